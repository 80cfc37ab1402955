#include "app/vm/talking_points.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "shared/base/sha256.hpp"

namespace portal::vm {
namespace {

constexpr std::size_t version_digits = 8;

constexpr auto rules =
    std::to_array<PitchWord>({PitchWord::attest_rule_claim, PitchWord::attest_rule_rate, PitchWord::attest_rule_payment,
                              PitchWord::attest_rule_never, PitchWord::attest_rule_state});

struct StoryNotes {
    int story;
    PitchWord notes;
};
constexpr auto story_notes = std::to_array<StoryNotes>({{0, PitchWord::pitch_notes_go_live},
                                                        {1, PitchWord::pitch_notes_1},
                                                        {2, PitchWord::pitch_notes_2},
                                                        {3, PitchWord::pitch_notes_3},
                                                        {4, PitchWord::pitch_notes_4},
                                                        {8, PitchWord::pitch_notes_8},
                                                        {9, PitchWord::pitch_notes_9}});

std::string version_of_words() {
    std::string words;
    const auto add = [&](PitchWord word) {
        for (const Language language : {Language::english, Language::spanish})
            words.append(say(language, word)).push_back('\n');
    };
    std::ranges::for_each(rules, add);
    std::ranges::for_each(story_notes, add, &StoryNotes::notes);
    return sha256_hex(words).substr(0, version_digits);
}

}  // namespace

std::span<const PitchWord> wording_rules() {
    return rules;
}

PitchWord notes_of_story(int story) {
    const auto found = std::ranges::find(story_notes, story, &StoryNotes::story);
    return (found == story_notes.end() ? story_notes.begin() : found)->notes;
}

const std::string& talking_points_version() {
    static const std::string version = version_of_words();
    return version;
}

Attested attested(const std::optional<Attestation>& attestation) {
    if (!attestation) return Attested::no;
    return attestation->version == talking_points_version() ? Attested::yes : Attested::other_version;
}

std::string text_of_attestation(const Attestation& attestation) {
    return attestation.version + " " + std::to_string(attestation.at_ms);
}

std::optional<Attestation> attestation_of_text(std::string_view text) {
    if (text.size() <= version_digits + 1 || text[version_digits] != ' ') return std::nullopt;
    Attestation attestation{.version = std::string(text.substr(0, version_digits))};
    const std::string_view at = text.substr(version_digits + 1);
    const auto read = std::from_chars(at.data(), at.data() + at.size(), attestation.at_ms);
    if (read.ec != std::errc() || read.ptr != at.data() + at.size()) return std::nullopt;
    return attestation;
}

}  // namespace portal::vm
