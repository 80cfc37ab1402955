// Random financing facts and the segments that they make, for the engine's tests.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>
#include <vector>

#include "shared/base/random.hpp"
#include "shared/facts/fact_table.hpp"
#include "shared/facts/segment.hpp"

namespace portal::random_facts {

using Segments = std::map<std::pair<Id, MonthIndex>, std::vector<FinancingFact>>;

inline constexpr Day first_day = 20'000, last_day = 20'150;  // Five months and a bit.

inline FactStatus random_status(SeededRandom& random, FactKind kind) {
    if (kind == FactKind::application) return static_cast<FactStatus>(random.between(1, 6));
    if (kind == FactKind::sale) return random.chance(0.85) ? FactStatus::settled : FactStatus::authorized;
    return FactStatus::none;
}

// References from a small pool, so that splits, refunds of earlier months and foreign practices' uses happen often.
inline FinancingFact random_fact(SeededRandom& random, std::int64_t serial) {
    FinancingFact fact;
    const auto location = random.below(6);
    fact.practice = "practice-" + std::to_string(location / 2);
    fact.location = "location-" + std::to_string(location);
    fact.external_key = "fact-" + std::to_string(100'000 + serial);
    if (random.chance(0.8)) fact.application_ref = "ref-" + std::to_string(random.below(400));
    fact.row_number = serial;
    fact.kind = static_cast<FactKind>(random.chance(0.7) ? random.below(2) : random.below(6));
    fact.status = random_status(random, fact.kind);
    fact.plan = random.chance(0.2) ? Id() : Id("plan-" + std::to_string(random.below(5)));
    fact.channel = static_cast<FactChannel>(random.below(4));
    fact.existing_cardholder = random.chance(0.4);
    fact.duplicate = random.chance(0.05);
    fact.event_day = static_cast<Day>(random.between(first_day, last_day));
    fact.posted_day = fact.event_day + static_cast<Day>(random.below(6));
    fact.hour_band = static_cast<std::int32_t>(random.between(8, 18));
    fact.requested_cents = random.between(20'000, 800'000);
    fact.approved_cents = fact.status == FactStatus::declined ? 0 : random.between(20'000, fact.requested_cents);
    fact.settled_cents = random.chance(0.1) ? 0 : random.between(20'000, 300'000);
    fact.fee_cents = fact.settled_cents / 17;
    return fact;
}

// A further row of the same sale: same place, reference and event day, sometimes of another plan.
inline void make_split(SeededRandom& random, const FinancingFact& former, FinancingFact& fact) {
    fact.kind = former.kind;
    fact.status = former.status;
    fact.practice = former.practice;
    fact.location = former.location;
    fact.application_ref = former.application_ref;
    fact.event_day = former.event_day;
    fact.posted_day = fact.event_day + static_cast<Day>(random.below(6));
    if (random.chance(0.5)) fact.plan = former.plan;
}

inline void add_random(SeededRandom& random, Segments& segments, std::int64_t from, std::int64_t count) {
    FinancingFact former;
    for (std::int64_t serial = from; serial < from + count; ++serial) {
        FinancingFact fact = random_fact(random, serial);
        if (serial > from && random.chance(0.15)) make_split(random, former, fact);
        former = fact;
        segments[{fact.location, month_of_day(fact.event_day)}].push_back(std::move(fact));
    }
}

inline FactSegment segment_of(const std::vector<FinancingFact>& facts, Day closed_until = last_day) {
    return make_segment(facts[0].practice, facts[0].location, month_of_day(facts[0].event_day), closed_until, facts);
}

inline void fill(FactTable& table, const Segments& segments) {
    for (const auto& [place, facts] : segments)
        REQUIRE(table.put_segment(segment_of(facts)).has_value());
}

inline FactTable table_of(const Segments& segments) {
    FactTable table;
    fill(table, segments);
    return table;
}

}  // namespace portal::random_facts
