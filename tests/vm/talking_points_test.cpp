#include "app/vm/talking_points.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::vm {

TEST_CASE("An attestation holds for the words that were attested, and for no others", "[vm]") {
    CHECK(attested({}) == Attested::no);
    CHECK(attested(Attestation{talking_points_version(), 1}) == Attested::yes);
    CHECK(attested(Attestation{"00000000", 1}) == Attested::other_version);
    CHECK(talking_points_version().size() == 8);
}

TEST_CASE("An attestation is kept as text, and what is none is not taken for one", "[vm]") {
    const Attestation given{talking_points_version(), 1'780'000'000'123};
    const auto read = attestation_of_text(text_of_attestation(given));
    REQUIRE(read);
    CHECK(read->version == given.version);
    CHECK(read->at_ms == given.at_ms);
    for (const std::string_view text : {"", "12345678", "12345678 ", "12345678 later", "12345678 12x", "1234 5678"}) {
        INFO(text);
        CHECK_FALSE(attestation_of_text(text));
    }
}

TEST_CASE("The rules on wording say whole what may not be said by half", "[vm]") {
    for (const Language language : {Language::english, Language::spanish}) {
        std::string all;
        for (const PitchWord rule : wording_rules())
            all.append(say(language, rule)).push_back('\n');
        for (const std::string_view said : {"APR", "0%", "California"}) {
            INFO(said);
            CHECK(all.find(said) != std::string::npos);
        }
    }
    // A step without notes of its own would show another's.
    CHECK(notes_of_story(0) == PitchWord::pitch_notes_go_live);
    CHECK(notes_of_story(9) == PitchWord::pitch_notes_9);
}

}  // namespace portal::vm
