#include "shared/wire/peers_json.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>

namespace portal::wire {
namespace {

PeerSummary sample_peers() {
    PeerSummary summary;
    summary.as_of_ms = 1'790'000'000'000;
    summary.specialty = Specialty::vision;
    summary.size = "medium";
    summary.practices = 12;
    summary.first_day = 20'000;
    summary.last_day = 20'364;
    summary.figures = {{FigureId::approval_rate, 6'100, PeerReason::none},
                       {FigureId::average_sale, std::nullopt, PeerReason::one_dominates}};
    return summary;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a summary of peers survives its JSON") {
    CHECK(decode_peer_summary(encode(sample_peers())).value() == sample_peers());
    PeerSummary none;
    none.first_day = 1;
    CHECK(decode_peer_summary(encode(none)).value() == none);
}

TEST_CASE("a summary of peers that is none is refused by its member's name") {
    const std::string good = encode(sample_peers());
    const auto refused = [&](const std::string& from, const std::string& to, const std::string& member) {
        const auto read = decode_peer_summary(replaced(good, from, to));
        INFO(to);
        REQUIRE_FALSE(read.has_value());
        INFO(read.error().message);
        CHECK(read.error().message.find(member) != std::string::npos);
    };
    refused("\"vision\"", "\"ears\"", "specialty");
    refused("\"practices\":12", "\"practices\":-1", "practices");
    refused("\"approval_rate\"", "\"moon\"", "id");
    refused("\"one_dominates\"", "\"none\"", "value");
    refused("\"one_dominates\"", "\"secret\"", "reason");
    refused("\"size\"", "\"siz\"", "siz");
    refused("\"until\":\"", "\"until\":\"x", "until");
    CHECK_FALSE(decode_peer_summary("").has_value());
    CHECK_FALSE(decode_peer_summary("[]").has_value());
}

TEST_CASE("a question for peers names a practice") {
    const PeerQuery query{"01J8Z3K4M5N6P7Q8R9S0T1V2W6"};
    CHECK(decode_peer_query(encode(query)).value() == query);
    for (const char* bad : {"", "practice=", "practice=willow", "shop=01J8Z3K4M5N6P7Q8R9S0T1V2W6"})
        CHECK_FALSE(decode_peer_query(bad).has_value());
}

}  // namespace portal::wire
