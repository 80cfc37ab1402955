// The columnar engine against SQL over the same random facts, to the cent, through appends, replacements and removals.
#include "shared/facts/fact_table.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include <catch2/catch_test_macros.hpp>
#include <map>

#include "shared/facts/fact_sql.hpp"
#include "tests/facts/random_facts.hpp"

using namespace portal;
using namespace portal::random_facts;

namespace {

class Sql {
  public:
    explicit Sql(const Segments& segments) : m_database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
        m_database.exec(
            "CREATE TABLE financing_fact (external_key TEXT, application_ref TEXT, kind TEXT, status TEXT, practice "
            "TEXT, "
            "location TEXT, plan TEXT, duplicate INTEGER, event_day INTEGER, posted_day INTEGER, requested_cents "
            "INTEGER, "
            "approved_cents INTEGER, settled_cents INTEGER, fee_cents INTEGER);"
            "CREATE INDEX by_reference ON financing_fact (practice, application_ref)");
        SQLite::Statement insert(m_database, "INSERT INTO financing_fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        for (const auto& [place, facts] : segments) {
            for (const auto& fact : facts) {
                insert.reset();
                SQLite::bind(insert, fact.external_key, fact.application_ref, std::string(text_of(fact.kind)),
                             std::string(text_of(fact.status)), fact.practice, fact.location, fact.plan,
                             static_cast<int>(fact.duplicate), fact.event_day, fact.posted_day, fact.requested_cents,
                             fact.approved_cents, fact.settled_cents, fact.fee_cents);
                insert.exec();
            }
        }
    }

    // The row's columns. `where` restricts the table by a view of the same name.
    std::vector<std::int64_t> ask(std::string_view sql, DayRange days, Day closed_until,
                                  const std::string& where = "1") {
        std::string text(sql);
        for (std::size_t at = text.find("financing_fact"); at != std::string::npos;
             at = text.find("financing_fact", at + 2))
            text.replace(at, 14, where == "1" ? "financing_fact" : "selected_fact");
        if (where != "1")
            m_database.exec("CREATE TEMP VIEW selected_fact AS SELECT * FROM financing_fact WHERE " + where);
        std::vector<std::int64_t> values;
        {
            SQLite::Statement query(m_database, text);
            query.bind(1, days.first);
            query.bind(2, days.last);
            if (text.find("?3") != std::string::npos) query.bind(3, closed_until);
            REQUIRE(query.executeStep());
            for (int column = 0; column < query.getColumnCount(); ++column)
                values.push_back(query.getColumn(column));
        }
        if (where != "1") m_database.exec("DROP VIEW selected_fact");
        return values;
    }

  private:
    SQLite::Database m_database;
};

void check_against_sql(const FactTable& table, Sql& sql, const FactFilter& filter, const std::string& where) {
    const FactSums sums = table.sums(filter);
    const DayRange days = filter.days;
    const auto one = [&](std::string_view text) { return sql.ask(text, days, 0, where).at(0); };
    CHECK(sums.net_cents() == one(fact_sql::net_cents));
    CHECK(sums.gross_cents == one(fact_sql::gross_cents));
    CHECK(sums.sales == one(fact_sql::sales));
    CHECK(sums.fee_cents - sums.fee_refund_cents == one(fact_sql::fee_cents_net));
    CHECK(std::vector{sums.approved, sums.declined, sums.requested_cents, sums.approved_cents} ==
          sql.ask(fact_sql::decided, days, 0, where));
}

TEST_CASE("a filter's kinds and statuses let all, some or none of a sum's facts through") {
    struct Case {
        std::vector<FactKind> kinds;
        std::vector<FactStatus> statuses;
        FactMeasures measures;
        FilterReach reach;
    };
    const FactMeasures net = measures_of(FactRank::net_cents);
    const FactMeasures decided = measure(&FactSums::approved) | measure(&FactSums::declined);
    const Case cases[] = {
        {{}, {}, net, FilterReach::all},
        {{FactKind::sale}, {}, net, FilterReach::some},
        {{FactKind::application}, {}, net, FilterReach::nothing},
        {{FactKind::application}, {}, decided, FilterReach::all},
        {{FactKind::application}, {FactStatus::approved, FactStatus::declined}, decided, FilterReach::some},
        {{}, {FactStatus::approved, FactStatus::counter_offer, FactStatus::declined}, decided, FilterReach::all},
        {{}, {FactStatus::withdrawn}, decided, FilterReach::nothing},
        // A void takes its sale back out.
        {{FactKind::sale}, {}, measure(&FactSums::gross_cents), FilterReach::some},
        {{FactKind::sale, FactKind::void_}, {}, measure(&FactSums::gross_cents), FilterReach::all},
    };
    for (const Case& one : cases) {
        FactFilter filter;
        filter.kinds = one.kinds;
        filter.statuses = one.statuses;
        CHECK(reach_of(filter, one.measures) == one.reach);
    }
}

}  // namespace

TEST_CASE("sums equal SQL for any period and place", "[facts]") {
    SeededRandom random(23);
    Segments segments;
    add_random(random, segments, 0, 4'000);
    const FactTable table = table_of(segments);
    Sql sql(segments);
    CHECK(table.size() == 4'000);
    for (int round = 0; round < 25; ++round) {
        FactFilter filter;
        const Day from = static_cast<Day>(random.between(first_day - 5, last_day));
        filter.days = {from, from + static_cast<Day>(random.below(90))};
        check_against_sql(table, sql, filter, "1");
        CHECK(table.sums(filter).refund_earlier_cents == sql.ask(fact_sql::refund_earlier_cents, filter.days, 0).at(0));

        const std::string practice = "practice-" + std::to_string(random.below(3));
        filter.practices = {practice};
        check_against_sql(table, sql, filter, "practice = '" + practice + "'");
        const std::string plan = "plan-" + std::to_string(random.below(5));
        filter.plans = {plan};
        check_against_sql(table, sql, filter, "practice = '" + practice + "' AND plan = '" + plan + "'");
    }
}

TEST_CASE("pull-through equals SQL, matured cohorts only", "[facts]") {
    SeededRandom random(29);
    Segments segments;
    add_random(random, segments, 0, 3'000);
    const FactTable table = table_of(segments);
    Sql sql(segments);
    std::int64_t immature = 0;
    for (const Day closed_until : {first_day + 30, first_day + 90, last_day, last_day + 63}) {
        FactFilter filter;
        filter.days = {first_day, last_day};
        const PullThroughSums sums = table.pull_through(filter, closed_until);
        CHECK(std::vector{sums.approved, sums.used} == sql.ask(fact_sql::pull_through, filter.days, closed_until));
        CHECK(sums.used_net <= sums.used);
        CHECK(sums.approved + sums.immature_approved == table.sums(filter).approved);
        immature += sums.immature_approved;
        PullThroughSums added;
        for (const auto& [group, part] : table.pull_through_by(filter, FactKey::month, closed_until))
            added += part;
        CHECK(added == sums);
    }
    CHECK(immature > 0);
}

TEST_CASE("facts that add to a sum are all that it is made of, and no others", "[facts]") {
    SeededRandom random(37);
    Segments segments;
    add_random(random, segments, 0, 3'000);
    FactTable table(1);  // With cubes, which must not answer this.
    fill(table, segments);
    FactFilter filter;
    filter.days = {first_day + 10, last_day - 10};
    const FactSums all = table.sums(filter);
    for (const auto member : {&FactSums::gross_cents, &FactSums::refund_cents, &FactSums::approved, &FactSums::declined,
                              &FactSums::fee_cents, &FactSums::applications, &FactSums::voids}) {
        FactFilter narrowed = filter;
        narrowed.adding = measure(member);
        CHECK(table.sums(narrowed).*member == all.*member);
        std::int64_t count = 0;
        for (const auto& [place, facts] : segments)
            for (const FinancingFact& fact : facts) {
                FactSums one;
                const FactEvent event{
                    .kind = fact.kind,
                    .status = fact.status,
                    .duplicate = fact.duplicate,
                    .event_day = fact.event_day,
                    .posted_day = fact.posted_day,
                    .requested_cents = fact.requested_cents,
                    .approved_cents = fact.approved_cents,
                    .settled_cents = std::max<std::int64_t>(fact.settled_cents, fact.kind != FactKind::void_),
                    .fee_cents = std::max<std::int64_t>(fact.fee_cents, 1)};
                add_fact(one, event);
                if (filter.days.contains(basis_day(event)) && one.*member != 0) ++count;
            }
        CHECK(count > 0);
        CHECK(table.page(narrowed, FactOrder::newest_first, 0, 1).total == count);
    }
}

TEST_CASE("what came of an approval: a sale, a settled one, one that was given back", "[facts]") {
    struct Money {
        FactKind kind;
        FactStatus status;
        std::int64_t cents;
        Day day = first_day + 5;
    };
    constexpr FactStatus settled = FactStatus::settled, open = FactStatus::authorized, none = FactStatus::none;
    struct Case {
        const char* name;
        std::vector<Money> money;
        std::int64_t presented, used, used_net;
    };
    const Case cases[] = {
        {"nothing", {}, 0, 0, 0},
        {"a sale that never settled", {{FactKind::sale, open, 0}}, 1, 0, 0},
        {"a settled sale", {{FactKind::sale, settled, 900}}, 1, 1, 1},
        {"first authorized, then settled", {{FactKind::sale, open, 0}, {FactKind::sale, settled, 900}}, 1, 1, 1},
        {"a voided sale", {{FactKind::sale, settled, 900}, {FactKind::void_, none, 900}}, 1, 0, 0},
        {"refunded in part", {{FactKind::sale, settled, 900}, {FactKind::refund, none, 300}}, 1, 1, 1},
        {"refunded in full", {{FactKind::sale, settled, 900}, {FactKind::refund, none, 900}}, 1, 1, 0},
        {"too late", {{FactKind::sale, settled, 900, first_day + 64}}, 0, 0, 0},
        {"too late, and never settled", {{FactKind::sale, open, 0, first_day + 64}}, 0, 0, 0}};
    for (const Case& one : cases) {
        INFO(one.name);
        std::vector<FinancingFact> facts(1);
        facts[0].kind = FactKind::application;
        facts[0].status = FactStatus::approved;
        facts[0].requested_cents = facts[0].approved_cents = 900;
        for (const Money& money : one.money) {
            FinancingFact& fact = facts.emplace_back();
            fact.kind = money.kind;
            fact.status = money.status;
            fact.settled_cents = money.cents;
        }
        for (std::size_t index = 0; index < facts.size(); ++index) {
            facts[index].practice = "practice-1";
            facts[index].location = "location-1";
            facts[index].external_key = "fact-" + std::to_string(index);
            facts[index].application_ref = "ref-1";
            facts[index].event_day = first_day;
            facts[index].posted_day = index == 0 ? first_day : one.money[index - 1].day;
        }
        FactTable table;
        REQUIRE(table.put_segment(segment_of(facts)).has_value());
        FactFilter filter;
        filter.days = {first_day, first_day};
        const PullThroughSums sums = table.pull_through(filter, first_day + 63);
        CHECK(sums.approved == 1);
        CHECK(sums.presented == one.presented);
        CHECK(sums.used == one.used);
        CHECK(sums.used_net == one.used_net);
    }
}

TEST_CASE("groups add up to the sums of their selection", "[facts]") {
    SeededRandom random(31);
    Segments segments;
    add_random(random, segments, 0, 3'000);
    const FactTable table = table_of(segments);
    FactFilter filter;
    filter.days = {first_day + 20, last_day - 20};
    const FactSums all = table.sums(filter);
    std::vector<FactQuestion> questions;
    for (const FactKey key : {FactKey::day, FactKey::month, FactKey::practice, FactKey::location, FactKey::channel,
                              FactKey::status, FactKey::plan})
        questions.push_back({filter, key});
    const auto answers = table.answer(questions);
    for (std::size_t index = 0; index < answers.size(); ++index) {
        FactSums added;
        for (const auto& group : answers[index])
            added += group.sums;
        // A split over two plans is a sale of each plan, and one sale in all.
        if (questions[index].key == FactKey::plan) {
            CHECK(added.sales > all.sales);
            added.sales = all.sales;
            added.existing_cardholder_sales = all.existing_cardholder_sales;
        }
        CHECK(added == all);
        CHECK(answers[index].size() > 1);
    }
    const auto months = table.group(filter, FactKey::month);
    CHECK(
        std::is_sorted(months.begin(), months.end(), [](const auto& a, const auto& b) { return a.number < b.number; }));
    CHECK(months.front().number == month_of_day(first_day + 20));
}

TEST_CASE("a table after many replacements and removals is the table made afresh", "[facts]") {
    SeededRandom random(37);
    Segments segments;
    add_random(random, segments, 0, 2'000);
    FactTable table = table_of(segments);
    std::int64_t serial = 2'000;
    for (int round = 0; round < 60; ++round) {
        if (random.chance(0.2)) {
            auto gone = segments.begin();
            std::advance(gone, static_cast<std::ptrdiff_t>(random.below(segments.size())));
            CHECK(table.remove_segment(segment_id(gone->first.first, gone->first.second)));
            CHECK_FALSE(table.remove_segment(segment_id(gone->first.first, gone->first.second)));
            segments.erase(gone);
        }
        add_random(random, segments, serial, 100);
        serial += 100;
        for (const auto& [place, facts] : segments)
            REQUIRE(table.put_segment(segment_of(facts)).has_value());
    }
    const FactTable fresh = table_of(segments);
    CHECK(table.size() == fresh.size());
    CHECK(table.segment_count() == fresh.segment_count());
    FactFilter filter;
    filter.days = {first_day, last_day + 10};
    CHECK(table.sums(filter) == fresh.sums(filter));
    CHECK(table.pull_through(filter, last_day) == fresh.pull_through(filter, last_day));
    CHECK(table.page(filter, FactOrder::newest_first, 100, 50).facts ==
          fresh.page(filter, FactOrder::newest_first, 100, 50).facts);
    // Dead rows are swept, so replacing for ever does not grow for ever.
    CHECK(table.memory_bytes() < fresh.memory_bytes() * 4);
    table.clear();
    CHECK(table.size() == 0);
    CHECK(table.sums(filter) == FactSums{});
}

TEST_CASE("pages are slices of one order and give whole facts", "[facts]") {
    SeededRandom random(41);
    Segments segments;
    add_random(random, segments, 0, 500);
    const FactTable table = table_of(segments);
    FactFilter filter;
    filter.days = {first_day, last_day};
    filter.basis = DayBasis::event;
    for (const FactOrder order : {FactOrder::newest_first, FactOrder::oldest_first, FactOrder::amount_descending}) {
        const FactPage whole = table.page(filter, order, 0, 1'000);
        REQUIRE(whole.total == 500);
        REQUIRE(whole.facts.size() == 500);
        const FactPage part = table.page(filter, order, 100, 30);
        CHECK(part.total == 500);
        CHECK(std::equal(part.facts.begin(), part.facts.end(), whole.facts.begin() + 100));
        CHECK(table.page(filter, order, 490, 30).facts.size() == 10);
        CHECK(table.page(filter, order, 600, 30).facts.empty());
    }
    // Every fact comes back with every field.
    std::map<std::string, FinancingFact> by_key;
    for (const auto& fact : table.page(filter, FactOrder::newest_first, 0, 1'000).facts)
        by_key[fact.external_key] = fact;
    for (const auto& [place, facts] : segments)
        for (const auto& fact : facts)
            CHECK(by_key.at(fact.external_key) == fact);
    filter.kinds = {FactKind::refund};
    filter.channels = {FactChannel::phone};
    for (const auto& fact : table.page(filter, FactOrder::newest_first, 0, 1'000).facts) {
        CHECK(fact.kind == FactKind::refund);
        CHECK(fact.channel == FactChannel::phone);
    }
}

TEST_CASE("a segment that contradicts its row is refused and changes nothing", "[facts]") {
    SeededRandom random(43);
    Segments segments;
    add_random(random, segments, 0, 50);
    FactTable table = table_of(segments);
    const auto& facts = segments.begin()->second;
    FactFilter filter;
    filter.days = {first_day, last_day + 10};
    const FactSums before = table.sums(filter);

    FactSegment miscounted = segment_of(facts);
    miscounted.fact_count += 1;
    FactSegment misplaced = segment_of(facts);
    misplaced.month += 1;
    FactSegment damaged = segment_of(facts);
    damaged.columns.data.back() = static_cast<char>(damaged.columns.data.back() ^ 1);
    for (const auto& segment : {miscounted, misplaced, damaged}) {
        const Status status = table.put_segment(segment);
        REQUIRE_FALSE(status.has_value());
        CHECK(status.error().code == ErrorCode::corrupted);
    }
    CHECK(table.sums(filter) == before);
}

TEST_CASE("a fact beyond what the columns hold is refused and changes nothing", "[facts]") {
    SeededRandom random(53);
    Segments segments;
    add_random(random, segments, 0, 50);
    FactTable table = table_of(segments);
    FactFilter filter;
    filter.days = {first_day, last_day + 10};
    const FactSums before = table.sums(filter);
    const auto refused = [&](const auto& change) {
        std::vector<FinancingFact> facts = segments.begin()->second;
        change(facts.back());
        const Status status = table.put_segment(segment_of(facts));
        return !status.has_value() && status.error().code == ErrorCode::corrupted;
    };
    CHECK(refused([](FinancingFact& fact) { fact.posted_day = fact.event_day - 1; }));
    CHECK(refused([](FinancingFact& fact) { fact.posted_day = fact.event_day + limits::fact_posting_days_max + 1; }));
    for (const std::int64_t cents : {limits::fact_cents_max + 1, std::int64_t{-1}}) {
        CHECK(refused([&](FinancingFact& fact) { fact.requested_cents = fact.settled_cents = cents; }));
        CHECK(refused([&](FinancingFact& fact) { fact.approved_cents = fact.fee_cents = cents; }));
    }
    std::vector<FinancingFact> elsewhere = segments.begin()->second;
    for (FinancingFact& fact : elsewhere)
        fact.practice = "practice-9";
    CHECK_FALSE(table.put_segment(segment_of(elsewhere)).has_value());
    CHECK(table.sums(filter) == before);
    // The largest that there is, and amounts that the fact's kind does not move, are kept exactly.
    std::vector<FinancingFact> facts = segments.begin()->second;
    facts.back().kind = FactKind::sale;
    facts.back().status = FactStatus::settled;
    facts.back().settled_cents = limits::fact_cents_max;
    facts.back().requested_cents = std::numeric_limits<std::int64_t>::min();
    facts.back().approved_cents = std::numeric_limits<std::int64_t>::max();
    REQUIRE(table.put_segment(segment_of(facts)).has_value());
    FactFilter largest = filter;
    largest.basis = DayBasis::event;
    largest.amount.first = limits::fact_cents_max;
    const FactPage page = table.page(largest, FactOrder::amount_descending, 0, 10);
    REQUIRE(page.facts.size() == 1);
    CHECK(page.facts[0] == facts.back());
}

TEST_CASE("a segment with too many plans is refused", "[facts]") {
    SeededRandom random(59);
    std::vector<FinancingFact> facts;
    for (std::size_t plan = 0; plan <= limits::fact_plans_max; ++plan) {
        FinancingFact fact = random_fact(random, static_cast<std::int64_t>(plan));
        fact.practice = "practice-0";
        fact.location = "location-0";
        fact.event_day = fact.posted_day = first_day;
        fact.plan = "plan-" + std::to_string(plan);
        facts.push_back(fact);
    }
    FactTable table;
    CHECK_FALSE(table.put_segment(segment_of(facts)).has_value());
    facts.pop_back();
    REQUIRE(table.put_segment(segment_of(facts)).has_value());
    FactFilter filter;
    filter.days = {first_day, first_day};
    CHECK(table.group(filter, FactKey::plan).size() == limits::fact_plans_max);
}

TEST_CASE("unknown places select nothing", "[facts]") {
    SeededRandom random(47);
    Segments segments;
    add_random(random, segments, 0, 50);
    const FactTable table = table_of(segments);
    FactFilter filter;
    filter.days = {first_day, last_day + 10};
    filter.practices = {"nobody"};
    CHECK(table.sums(filter) == FactSums{});
    CHECK_FALSE(table.closed_until(filter).has_value());
    filter.practices.clear();
    CHECK(table.closed_until(filter) == last_day);
    CHECK(FactTable().group(filter, FactKey::month).empty());
}

TEST_CASE("a place and month have one segment id everywhere", "[facts]") {
    CHECK(is_id(segment_id("01ARZ3NDEKTSV4RRFFQ69G5FAV", 24'000)));
    CHECK(segment_id("a", 24'000) == segment_id("a", 24'000));
    CHECK(segment_id("a", 24'000) != segment_id("a", 24'001));
    CHECK(segment_id("a", 24'000) != segment_id("b", 24'000));
}
