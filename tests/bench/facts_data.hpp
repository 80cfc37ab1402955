// The bench's financing facts from a seed: the seven columns that peers hold, and the whole facts that the engine
// holds.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "shared/base/random.hpp"
#include "shared/facts/segment.hpp"

namespace portal::bench {

inline constexpr int practices = 500, locations_each = 4, days = 730, plans = 6, channels = 4, statuses = 5;
inline constexpr Day first_day = 19'358;  // 2023-01-01.

enum class Status : std::uint8_t { applied, approved, declined, funded, refunded };

// One value of each for a fact; days count from first_day, months from its month.
struct Columns {
    std::vector<std::uint16_t> practice, location, day;
    std::vector<std::uint32_t> amount;
    std::vector<std::uint8_t> plan, channel, status, month;
};

inline Status drawn_status(double share) {
    return share < 0.12   ? Status::applied
           : share < 0.27 ? Status::approved
           : share < 0.52 ? Status::declined
           : share < 0.95 ? Status::funded
                          : Status::refunded;
}

inline std::uint32_t drawn_cents(SeededRandom& random) {
    const double normal = std::sqrt(-2 * std::log(1 - random.unit())) * std::cos(2 * 3.14159265358979 * random.unit());
    return static_cast<std::uint32_t>(
        std::min(800'000.0, std::max(20'000.0, std::round(120'000 * std::exp(0.8 * normal)))));
}

inline Columns make_columns(std::uint64_t seed, std::size_t count) {
    SeededRandom random(seed);
    std::vector<std::uint8_t> month_of;
    for (Day day = 0; day < days; ++day)
        month_of.push_back(static_cast<std::uint8_t>(month_of_day(first_day + day) - month_of_day(first_day)));
    Columns columns;
    for (std::size_t index = 0; index < count; ++index) {
        const auto practice = static_cast<std::uint16_t>(practices * std::pow(random.unit(), 1.5));
        columns.practice.push_back(practice);
        columns.location.push_back(
            static_cast<std::uint16_t>(practice * locations_each + random.below(locations_each)));
        columns.day.push_back(static_cast<std::uint16_t>(random.below(days)));
        columns.amount.push_back(drawn_cents(random));
        columns.plan.push_back(static_cast<std::uint8_t>(random.below(plans)));
        columns.channel.push_back(static_cast<std::uint8_t>(random.below(channels)));
        columns.status.push_back(static_cast<std::uint8_t>(drawn_status(random.unit())));
        columns.month.push_back(month_of[columns.day.back()]);
    }
    return columns;
}

// Ids are as long as the product's.
inline Id numbered_id(const char* kind, std::size_t number) {
    std::string digits = std::to_string(number);
    return std::string("01J0000000000000") + kind + std::string(7 - digits.size(), '0') + digits;
}
inline Id practice_id(std::size_t number) {
    return numbered_id("PRA", number);
}
inline Id location_id(std::size_t number) {
    return numbered_id("LOC", number);
}
inline Id plan_id(std::size_t number) {
    return numbered_id("PLA", number);
}
inline std::int64_t number_of_id(std::string_view id) {
    return std::stoll(std::string(id.substr(19)));
}

// The column's day is the fact's own; money happened up to two days before it was posted.
inline Day event_day_at(const Columns& columns, std::size_t index) {
    const Day day = first_day + columns.day[index];
    const bool application = static_cast<Status>(columns.status[index]) < Status::funded;
    return application ? day : std::max(first_day, day - static_cast<Day>(index % 3));
}

inline FinancingFact fact_at(const Columns& columns, std::size_t index) {
    const auto status = static_cast<Status>(columns.status[index]);
    const bool application = status < Status::funded;
    FinancingFact fact;
    fact.external_key = "F-" + std::to_string(100'000 + index);
    fact.application_ref = "FA-" + std::to_string(100'000 + (application || index < 3 ? index : index - 3));
    fact.row_number = static_cast<std::int64_t>(index) + 2;
    fact.kind = application ? FactKind::application : status == Status::funded ? FactKind::sale : FactKind::refund;
    fact.status = status == Status::applied    ? FactStatus::pending
                  : status == Status::approved ? FactStatus::approved
                  : status == Status::declined ? FactStatus::declined
                                               : FactStatus::settled;
    fact.practice = practice_id(columns.practice[index]);
    fact.location = location_id(columns.location[index]);
    fact.plan = plan_id(columns.plan[index]);
    fact.channel = static_cast<FactChannel>(columns.channel[index]);
    fact.existing_cardholder = index % 3 == 0;
    fact.posted_day = first_day + columns.day[index];
    fact.event_day = event_day_at(columns, index);
    fact.hour_band = 8 + static_cast<std::int32_t>(index % 10);
    const std::int64_t cents = columns.amount[index];
    fact.requested_cents = application ? cents : 0;
    fact.approved_cents = status == Status::approved ? cents : 0;
    fact.settled_cents = application ? 0 : cents;
    fact.fee_cents = application ? 0 : cents * 9 / 100;
    return fact;
}

// As a store gives them back: in the order in which the server published them, which is by place, numbered as they were
// first told of, and month; the facts of each by key.
inline std::vector<FactSegment> make_segments(const Columns& columns) {
    std::map<std::uint16_t, std::size_t> places;
    std::map<std::pair<std::size_t, MonthIndex>, std::vector<std::uint32_t>> by_segment;
    for (std::size_t index = 0; index < columns.day.size(); ++index) {
        const std::size_t place = places.try_emplace(columns.location[index], places.size()).first->second;
        by_segment[{place, month_of_day(event_day_at(columns, index))}].push_back(static_cast<std::uint32_t>(index));
    }
    std::vector<FactSegment> segments;
    for (const auto& [place, indexes] : by_segment) {
        std::vector<FinancingFact> facts;
        for (const std::uint32_t index : indexes)
            facts.push_back(fact_at(columns, index));
        std::sort(facts.begin(), facts.end(),
                  [](const auto& a, const auto& b) { return a.external_key < b.external_key; });
        segments.push_back(
            make_segment(facts[0].practice, facts[0].location, place.second, first_day + days - 1, facts));
    }
    return segments;
}

}  // namespace portal::bench
