// Daily rollups against the facts that they were made of: the same answers, to the cent and to the sale.
#include "shared/facts/rollup.hpp"

#include <catch2/catch_test_macros.hpp>
#include <map>

#include "shared/base/random.hpp"
#include "shared/facts/rollup_table.hpp"
#include "shared/facts/segment.hpp"
#include "shared/wire/rollup_columns.hpp"

using namespace portal;

namespace {

constexpr Day rollup_first_day = 20'000, rollup_last_day = 20'200;
constexpr std::int64_t practices = 3, locations = 6;

Id practice_name(std::int64_t location) {
    return "practice-" + std::to_string(location / 2);
}

// Few references and plans: sales split over plans and days, refunds months later, uses at another location.
FinancingFact tangled_fact(SeededRandom& random, std::int64_t serial) {
    FinancingFact fact;
    const auto location = static_cast<std::int64_t>(random.below(locations));
    fact.practice = practice_name(location);
    fact.location = "location-" + std::to_string(location);
    fact.external_key = "fact-" + std::to_string(100'000 + serial);
    if (random.chance(0.85)) fact.application_ref = "ref-" + std::to_string(random.below(300));
    fact.kind = static_cast<FactKind>(random.chance(0.75) ? random.below(2) : random.below(6));
    fact.status = fact.kind == FactKind::application                  ? static_cast<FactStatus>(random.between(1, 6))
                  : fact.kind == FactKind::sale && random.chance(0.9) ? FactStatus::settled
                                                                      : FactStatus::none;
    fact.plan = random.chance(0.2) ? Id() : Id("plan-" + std::to_string(random.below(4)));
    fact.channel = static_cast<FactChannel>(random.below(4));
    fact.existing_cardholder = random.chance(0.4);
    fact.duplicate = random.chance(0.05);
    // Few days, so that rows of one reference meet on one day.
    fact.event_day = rollup_first_day + static_cast<Day>(random.below(40)) * 5;
    fact.posted_day = fact.event_day + static_cast<Day>(random.below(45));
    fact.requested_cents = random.between(20'000, 800'000);
    fact.approved_cents = random.between(10'000, fact.requested_cents);
    fact.settled_cents = random.chance(0.1) ? 0 : random.between(20'000, 300'000);
    fact.fee_cents = fact.settled_cents / 17;
    return fact;
}

struct Tables {
    FactTable facts;
    RollupTable rollups;
    std::map<Id, std::vector<FactSegment>> segments;  // By practice.
};

Tables tables_of(std::uint64_t seed, std::int64_t count) {
    SeededRandom random(seed);
    std::map<std::pair<Id, MonthIndex>, std::vector<FinancingFact>> places;
    for (std::int64_t serial = 0; serial < count; ++serial) {
        FinancingFact fact = tangled_fact(random, serial);
        places[{fact.location, month_of_day(fact.event_day)}].push_back(std::move(fact));
    }
    Tables tables;
    for (const auto& [place, facts] : places) {
        // Not every segment was told on the same day.
        const Day closed_until = rollup_last_day - static_cast<Day>(place.second % 5);
        auto segment = make_segment(facts[0].practice, place.first, place.second, closed_until, facts);
        REQUIRE(tables.facts.put_segment(segment).has_value());
        tables.segments[facts[0].practice].push_back(std::move(segment));
    }
    for (const auto& [practice, segments] : tables.segments) {
        const auto rollups = make_rollups(segments);
        REQUIRE(rollups.has_value());
        for (const FactRollup& rollup : *rollups)
            REQUIRE(tables.rollups.put(rollup).has_value());
    }
    return tables;
}

void check_same(const std::vector<FactGroup>& facts, const std::vector<FactGroup>& rollups) {
    REQUIRE(facts.size() == rollups.size());
    for (std::size_t index = 0; index < facts.size(); ++index) {
        CHECK(facts[index].id == rollups[index].id);
        CHECK(facts[index].number == rollups[index].number);
        CHECK((facts[index].sums == rollups[index].sums));
    }
}

FactFilter random_daily_filter(SeededRandom& random) {
    FactFilter filter;
    filter.days.first = static_cast<Day>(random.between(rollup_first_day - 10, rollup_last_day));
    filter.days.last = filter.days.first + static_cast<Day>(random.below(120));
    if (random.chance(0.3)) filter.practices = {practice_name(static_cast<std::int64_t>(random.below(locations)))};
    if (random.chance(0.3)) filter.locations = {"location-" + std::to_string(random.below(locations + 1))};
    if (random.chance(0.3)) filter.plans = {"plan-" + std::to_string(random.below(4)), Id()};
    if (random.chance(0.2)) filter.channels = {FactChannel::online, FactChannel::integrated};
    return filter;
}

TEST_CASE("rollups answer as the facts do, to the cent", "[facts]") {
    const Tables tables = tables_of(7, 4'000);
    SeededRandom random(8);
    std::int64_t sales_of_plans = 0, sales = 0, earlier_cents = 0, used = 0;
    for (int round = 0; round < 60; ++round) {
        const FactFilter filter = random_daily_filter(random);
        for (const FactKey key : {FactKey::none, FactKey::day, FactKey::month, FactKey::practice, FactKey::location,
                                  FactKey::plan, FactKey::channel}) {
            INFO("round " << round << ", key " << static_cast<int>(key));
            const auto groups = tables.facts.group(filter, key);
            check_same(groups, tables.rollups.group({filter, key}));
            for (const FactGroup& group : groups) {
                if (key == FactKey::plan && filter.plans.empty()) sales_of_plans += group.sums.sales;
                if (key == FactKey::none && filter.plans.empty()) sales += group.sums.sales;
                earlier_cents += group.sums.refund_earlier_cents;
            }
        }
        const Day closed_until = static_cast<Day>(random.between(rollup_first_day, rollup_last_day + 80));
        PullThroughSums expected = tables.facts.pull_through(filter, closed_until);
        expected.presented = 0;  // Not told by daily sums.
        CHECK(tables.rollups.pull_through(filter, closed_until) == expected);
        CHECK(tables.rollups.closed_until(filter) == tables.facts.closed_until(filter));
        used += expected.used + expected.immature_used;
    }
    // The world has what is hard: sales over several plans, refunds of earlier months, used applications.
    CHECK(sales_of_plans > sales);
    CHECK(earlier_cents > 0);
    CHECK(used > 0);
    CHECK(tables.rollups.fact_count() == static_cast<std::int64_t>(tables.facts.size()));
}

TEST_CASE("locations whose facts are at hand are passed over", "[facts]") {
    const Tables tables = tables_of(9, 1'000);
    FactFilter filter;
    filter.days = {rollup_first_day, rollup_last_day + 60};
    const std::vector<Id> at_hand = {"location-1", "location-4"};
    for (const FactGroup& group : tables.rollups.group({filter, FactKey::location}, at_hand))
        CHECK(std::find(at_hand.begin(), at_hand.end(), group.id) == at_hand.end());
    CHECK(tables.rollups.group({filter, FactKey::location}, at_hand).size() == locations - at_hand.size());
    CHECK(tables.rollups.has_location_beside(at_hand));
    CHECK_FALSE(tables.rollups.has_location_beside(
        {"location-0", "location-1", "location-2", "location-3", "location-4", "location-5"}));
}

TEST_CASE("a change of facts changes the rollups of its days, and of the uses that it brings, alone", "[facts]") {
    Tables tables = tables_of(11, 0);
    const auto fact = [](const std::string& key, FactKind kind, Day day, const std::string& reference) {
        FinancingFact made;
        made.external_key = key;
        made.application_ref = reference;
        made.practice = "p";
        made.location = "l";
        made.kind = kind;
        made.status = kind == FactKind::application ? FactStatus::approved : FactStatus::settled;
        made.event_day = made.posted_day = day;
        made.requested_cents = made.approved_cents = made.settled_cents = 100;
        return made;
    };
    const Day january = 20'454, march = january + 60, may = march + 60;
    const auto segment = [&](const std::vector<FinancingFact>& facts) {
        return make_segment("p", "l", month_of_day(facts[0].event_day), may + 10, facts);
    };
    std::vector<FactSegment> segments = {segment({fact("a", FactKind::application, january, "one")}),
                                         segment({fact("b", FactKind::application, march, "two")}),
                                         segment({fact("c", FactKind::sale, may, "")})};
    const auto before = make_rollups(segments);
    REQUIRE(before.has_value());
    REQUIRE(before->size() == 3);
    segments[2] = segment({fact("c", FactKind::sale, may, ""), fact("d", FactKind::sale, may, "two")});
    const auto after = make_rollups(segments);
    REQUIRE(after.has_value());
    const auto bytes_of = [](const std::vector<FactRollup>& rollups, Day day) {
        for (const FactRollup& rollup : rollups)
            if (rollup.month == month_of_day(day)) return rollup.columns.data;
        return std::string();
    };
    CHECK(bytes_of(*before, january) == bytes_of(*after, january));
    CHECK(bytes_of(*before, march) != bytes_of(*after, march));
    CHECK(bytes_of(*before, may) != bytes_of(*after, may));
    CHECK_FALSE(bytes_of(*after, january).empty());
}

TEST_CASE("a practice summed in parts has the same rollups, to the byte", "[facts]") {
    const Tables tables = tables_of(14, 3'000);
    for (const auto& [practice, segments] : tables.segments) {
        const auto whole = make_rollups(segments);
        REQUIRE(whole.has_value());
        for (const std::int64_t facts_at_once : {5, 40, 700}) {
            const auto parted = make_rollups(segments, facts_at_once);
            REQUIRE(parted.has_value());
            REQUIRE(parted->size() == whole->size());
            for (std::size_t index = 0; index < whole->size(); ++index)
                CHECK(to_row((*parted)[index]) == to_row((*whole)[index]));
        }
    }
}

TEST_CASE("rollups are of one practice, and of segments that decode", "[facts]") {
    Tables tables = tables_of(12, 300);
    REQUIRE(tables.segments.size() == practices);
    auto mixed = tables.segments.begin()->second;
    mixed.push_back(tables.segments.rbegin()->second.front());
    CHECK_FALSE(make_rollups(mixed).has_value());
    auto damaged = tables.segments.begin()->second;
    damaged.front().columns.data[20] ^= 1;
    CHECK_FALSE(make_rollups(damaged).has_value());
    CHECK(make_rollups({}).value().empty());
}

TEST_CASE("a rollup of another month or of unknown sums is refused and changes nothing", "[facts]") {
    const Tables made = tables_of(13, 300);
    const auto rollups = make_rollups(made.segments.begin()->second);
    REQUIRE(rollups.has_value());
    RollupTable table;
    REQUIRE(table.put(rollups->front()).has_value());
    const std::int64_t count = table.fact_count();
    REQUIRE(count > 0);
    FactRollup wrong = rollups->front();
    wrong.month += 1;
    CHECK(table.put(wrong).error().code == ErrorCode::corrupted);
    wire::RollupColumns columns;
    columns.day = {first_day_of_month(rollups->front().month)};
    columns.plan = {0};
    columns.channel = {0};
    columns.measures = {std::uint32_t{1} << rollup::measures};
    columns.value = {1};
    wrong = rollups->front();
    wrong.columns.data = wire::encode_rollup(columns);
    CHECK(table.put(wrong).error().code == ErrorCode::unsupported_version);
    CHECK(table.fact_count() == count);
    CHECK(table.remove(rollups->front().id));
    CHECK_FALSE(table.remove(rollups->front().id));
    CHECK(table.is_empty());
}

}  // namespace
