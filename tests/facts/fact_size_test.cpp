// Tables large enough for cubes, sorted indexes and hashed groups, and what they take.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <tuple>

#include "tests/facts/random_facts.hpp"

using namespace portal;
using namespace portal::random_facts;

namespace {

constexpr std::int64_t many = 60'000;  // More than limits::fact_cube_rows_min, and than are sorted at once.

FactFilter everything() {
    FactFilter filter;
    filter.days = {first_day, last_day + 10};
    return filter;
}

// The same facts without cubes.
FactTable plain_table(const Segments& segments) {
    FactTable table(static_cast<std::size_t>(many) * 10);
    fill(table, segments);
    return table;
}

}  // namespace

TEST_CASE("a large table answers as one without cubes does, and again after a change", "[facts]") {
    static_assert(many > static_cast<std::int64_t>(limits::fact_cube_rows_min));
    SeededRandom random(61);
    Segments segments;
    add_random(random, segments, 0, many);
    FactTable cubes = table_of(segments);
    const FactFilter filter = everything();
    const std::vector<FactQuestion> questions = {
        {filter, FactKey::month, FactKey::plan},
        {filter, FactKey::practice, FactKey::channel, {}, measure(&FactSums::approved) | measure(&FactSums::declined)},
        {filter, FactKey::practice, FactKey::week, {2, FactRank::net_cents}, measures_of(FactRank::net_cents)}};
    for (int round = 0; round < 2; ++round) {
        const FactTable plain = plain_table(segments);
        const auto with = cubes.cells(questions), without = plain.cells(questions);
        for (std::size_t index = 0; index < questions.size(); ++index) {
            CHECK(with[index].values == without[index].values);
            CHECK(with[index].places.size() == without[index].places.size());
            CHECK(!with[index].values.empty());
        }
        // Cubes are there, and no larger than they may be.
        CHECK(cubes.memory_bytes() > plain.memory_bytes());
        CHECK(cubes.memory_bytes() - plain.memory_bytes() < limits::fact_cube_bytes_max);
        auto& changed = segments.begin()->second;
        FinancingFact more = changed[0];
        more.external_key = "fact-new";
        changed.push_back(more);
        REQUIRE(cubes.put_segment(segment_of(changed)).has_value());
    }
}

TEST_CASE("pages of a large table follow its index, from either end", "[facts]") {
    SeededRandom random(67);
    Segments segments;
    add_random(random, segments, 0, many);
    const FactTable table = table_of(segments);
    FactFilter filter = everything();
    for (const bool is_filtered : {false, true}) {
        if (is_filtered) filter.channels = {FactChannel::phone, FactChannel::online};
        for (const FactOrder order : {FactOrder::amount_descending, FactOrder::newest_first, FactOrder::plan}) {
            const auto total = static_cast<std::size_t>(table.page(filter, order, 0, 0).total);
            REQUIRE(total > 20'000);
            const FactPage whole = table.page(filter, order, 0, 3'000);
            const FactPage tail = table.page(filter, order, total - 3'000, 5'000);
            REQUIRE(tail.facts.size() == 3'000);
            for (const std::size_t offset : {std::size_t{0}, std::size_t{7}, std::size_t{2'900}}) {
                const FactPage page = table.page(filter, order, offset, 100);
                CHECK(std::equal(page.facts.begin(), page.facts.end(),
                                 whole.facts.begin() + static_cast<std::ptrdiff_t>(offset)));
                const FactPage late = table.page(filter, order, total - 3'000 + offset, 100);
                CHECK(std::equal(late.facts.begin(), late.facts.end(),
                                 tail.facts.begin() + static_cast<std::ptrdiff_t>(offset)));
            }
        }
        const FactPage by_amount = table.page(filter, FactOrder::amount_ascending, 0, 5'000);
        const auto amount = [](const FinancingFact& fact) {
            return fact.kind == FactKind::application ? fact.requested_cents : fact.settled_cents;
        };
        CHECK(std::is_sorted(by_amount.facts.begin(), by_amount.facts.end(),
                             [&](const auto& a, const auto& b) { return amount(a) < amount(b); }));
    }
}

TEST_CASE("more groups than are laid out are found as they come", "[facts]") {
    SeededRandom random(71);
    Segments segments;
    for (std::int64_t serial = 0; serial < 6'000; ++serial) {
        FinancingFact fact = random_fact(random, serial);
        fact.location = "location-" + std::to_string(serial % 400);
        fact.practice = "practice-" + std::to_string(serial % 400);
        segments[{fact.location, month_of_day(fact.event_day)}].push_back(fact);
    }
    const FactTable table = table_of(segments);
    const FactFilter filter = everything();
    static_assert(400 * (last_day - first_day) * 5 > static_cast<Day>(limits::fact_dense_cells_max));
    const auto groups = table.answer({{filter, FactKey::location, FactKey::day}, {filter, FactKey::day}});
    FactSums all;
    std::map<std::int64_t, FactSums> by_day;
    for (const FactGroup& group : groups[0]) {
        all += group.sums;
        by_day[group.second_number] += group.sums;
    }
    CHECK(all == table.sums(filter));
    REQUIRE(groups[1].size() == by_day.size());
    for (const FactGroup& group : groups[1])
        CHECK(group.sums == by_day[group.number]);
    CHECK(std::is_sorted(groups[0].begin(), groups[0].end(), [](const FactGroup& a, const FactGroup& b) {
        return std::tie(a.id, a.second_number) < std::tie(b.id, b.second_number);
    }));
}
