#include "shared/wire/fact_page_json.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::wire {
namespace {

const Id asked_practice = "01J8Z3K4M5N6P7Q8R9S0T1V2W6";

FactPage sample_fact_page() {
    FinancingFact fact;
    fact.external_key = "F-1 \"ñ\"";
    fact.application_ref = "ref";
    fact.row_number = 7;
    fact.kind = FactKind::void_;
    fact.status = FactStatus::settled;
    fact.practice = asked_practice;
    fact.location = "01J8Z3K4M5N6P7Q8R9S0T1V2W7";
    fact.channel = FactChannel::integrated;
    fact.existing_cardholder = true;
    fact.duplicate = true;
    fact.event_day = 20'000;
    fact.posted_day = 20'003;
    fact.hour_band = 23;
    fact.requested_cents = 1;
    fact.approved_cents = 2;
    fact.settled_cents = -3;
    fact.fee_cents = 4;
    FinancingFact bare;
    bare.practice = asked_practice;
    return {12, 1'790'000'000'000, {fact, bare}};
}

TEST_CASE("a question for facts survives its query string") {
    FactPageQuery query;
    query.practice = asked_practice;
    query.location = "01J8Z3K4M5N6P7Q8R9S0T1V2W7";
    query.plan = "01J8Z3K4M5N6P7Q8R9S0T1V2W8";
    query.channel = FactChannel::phone;
    query.first_day = 20'000;
    query.last_day = 20'100;
    query.offset = 150;
    query.count = 7;
    CHECK(decode_fact_page_query(encode(query)).value() == query);
    query.location.clear();
    query.plan.clear();
    query.channel.reset();
    CHECK(decode_fact_page_query(encode(query)).value() == query);
}

TEST_CASE("a page of facts survives its JSON, and damaged ones are refused") {
    const FactPage page = sample_fact_page();
    const std::string text = encode(page);
    const auto decoded = decode_fact_page(text, asked_practice);
    REQUIRE(decoded.has_value());
    CHECK(decoded->total == page.total);
    CHECK(decoded->as_of_ms == page.as_of_ms);
    CHECK(decoded->facts == page.facts);
    for (std::size_t length = 0; length < text.size(); ++length)
        CHECK_FALSE(decode_fact_page(text.substr(0, length), asked_practice).has_value());
    for (const auto& [from, to] : {std::pair{"\"void\"", "\"theft\""},
                                   {"\"hour\":23", "\"hour\":24"},
                                   {"\"integrated\"", "7"},
                                   {"2024-10-04", "2024-13-04"},
                                   {"[{", "[[],{"}}) {
        std::string damaged = text;
        INFO(from);
        REQUIRE(damaged.find(from) != std::string::npos);
        damaged.replace(damaged.find(from), std::string_view(from).size(), to);
        CHECK_FALSE(decode_fact_page(damaged, asked_practice).has_value());
    }
}

}  // namespace
}  // namespace portal::wire
