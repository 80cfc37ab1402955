// Any question that the engine can be asked, against SQL over the same facts, to the cent: random facts, random deltas,
// random filters, keys and measures.
#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>

#include "tests/facts/fact_oracle.hpp"

using namespace portal;
using namespace portal::random_facts;

namespace {

constexpr std::array every_key = {FactKey::none,     FactKey::day,       FactKey::week,      FactKey::month,
                                  FactKey::quarter,  FactKey::weekday,   FactKey::hour_band, FactKey::practice,
                                  FactKey::location, FactKey::plan,      FactKey::channel,   FactKey::status,
                                  FactKey::kind,     FactKey::cardholder};
constexpr int cases_of_a_table = 50;

FactKey random_key(SeededRandom& random) {
    return every_key[random.below(every_key.size())];
}

// Some values of a vocabulary, one of them perhaps unknown.
template <class Make>
auto some_of(SeededRandom& random, std::uint64_t count, const Make& make) {
    std::vector<decltype(make(0))> values;
    for (std::uint64_t index = 0, wanted = 1 + random.below(2); index < wanted; ++index)
        values.push_back(make(random.below(count)));
    return values;
}

FactFilter random_filter(SeededRandom& random) {
    FactFilter filter;
    const Day from = static_cast<Day>(random.between(first_day - 10, last_day));
    filter.days = {from, from + static_cast<Day>(random.below(170))};
    if (random.chance(0.1)) filter.days = {-1'000'000, 1'000'000};
    if (random.chance(0.15)) filter.basis = static_cast<DayBasis>(random.below(3));
    // Half of the questions restrict hardly anything, as most of a screen's do.
    const double often = random.chance(0.5) ? 0.03 : 0.2;
    const auto numbered = [](const char* prefix) {
        return [prefix](std::uint64_t number) { return prefix + std::to_string(number); };
    };
    if (random.chance(often)) filter.practices = some_of(random, 4, numbered("practice-"));
    if (random.chance(often)) filter.locations = some_of(random, 7, numbered("location-"));
    if (random.chance(often))
        filter.plans = some_of(
            random, 6, [](std::uint64_t number) { return number == 0 ? Id() : "plan-" + std::to_string(number); });
    if (random.chance(often))
        filter.channels = some_of(random, 4, [](std::uint64_t value) { return static_cast<FactChannel>(value); });
    if (random.chance(often))
        filter.kinds = some_of(random, 6, [](std::uint64_t value) { return static_cast<FactKind>(value); });
    if (random.chance(often))
        filter.statuses = some_of(random, 9, [](std::uint64_t value) { return static_cast<FactStatus>(value); });
    if (random.chance(often)) filter.cardholder = static_cast<Cardholder>(random.below(3));
    if (random.chance(often)) {
        filter.amount.first = random.between(0, 400'000);
        filter.amount.last = filter.amount.first + random.between(0, 400'000);
    }
    if (random.chance(often)) filter.weekday = static_cast<int>(random.below(7));
    if (random.chance(often)) filter.hour_band = static_cast<int>(random.below(24));
    return filter;
}

FactMeasures random_measures(SeededRandom& random) {
    if (random.chance(0.3)) return every_measure;
    FactMeasures measures = 0;
    for (std::uint64_t index = 0, wanted = 1 + random.below(4); index < wanted; ++index)
        measures |= 1u << random.below(fact_sum_members.size());
    return measures;
}

std::vector<std::int64_t> values_of(const FactSums& sums, FactMeasures measures) {
    std::vector<std::int64_t> values;
    for (std::size_t index = 0; index < fact_sum_members.size(); ++index)
        values.push_back((measures >> index & 1) != 0 ? sums.*fact_sum_members[index] : 0);
    return values;
}

OracleRows told(const FactQuestion& question, const std::vector<FactGroup>& groups) {
    OracleRows rows;
    for (const FactGroup& group : groups)
        rows.push_back({{told_key(question.key, group.id, group.number),
                         told_key(question.second, group.second_id, group.second_number)},
                        values_of(group.sums, question.measures)});
    std::sort(rows.begin(), rows.end());
    return rows;
}

// A vocabulary's own order, as SQL.
template <class Enum>
std::string in_order_of(const std::string& column, int count) {
    std::string order = "CASE " + column;
    for (int value = 0; value < count; ++value)
        order += " WHEN '" + std::string(text_of(static_cast<Enum>(value))) + "' THEN " + std::to_string(value);
    return order + " END";
}

std::string upper_case(std::string text) {
    for (char& letter : text)
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    return text;
}

class PropertyRun {
  public:
    explicit PropertyRun(std::uint64_t seed) : m_random(seed) {}

    void run(int cases) {
        for (int table = 0; table * cases_of_a_table < cases; ++table) {
            Segments segments;
            add_random(m_random, segments, 0, static_cast<std::int64_t>(m_random.below(500)));
            // A third of the tables have cubes.
            FactTable facts(table % 3 == 0 ? 0 : limits::fact_cube_rows_min);
            fill(facts, segments);
            check_table(facts, segments, cases_of_a_table / 2);
            change(facts, segments);
            check_table(facts, segments, cases_of_a_table / 2);
        }
    }

  private:
    // Some segments go, some grow.
    void change(FactTable& facts, Segments& segments) {
        for (std::uint64_t left = m_random.below(4); left > 0 && !segments.empty(); --left) {
            auto gone = segments.begin();
            std::advance(gone, static_cast<std::ptrdiff_t>(m_random.below(segments.size())));
            REQUIRE(facts.remove_segment(segment_id(gone->first.first, gone->first.second)));
            segments.erase(gone);
        }
        Segments delta;
        add_random(m_random, delta, 1'000, static_cast<std::int64_t>(m_random.below(60)));
        for (const auto& [place, added] : delta) {
            auto& segment = segments[place];
            segment.insert(segment.end(), added.begin(), added.end());
            REQUIRE(facts.put_segment(segment_of(segment)).has_value());
        }
    }

    void check_table(const FactTable& facts, const Segments& segments, int cases) {
        FactOracle oracle(segments);
        while (cases > 0) {
            // A screen asks several questions at once, often under one filter.
            std::vector<FactQuestion> questions;
            const FactFilter shared = random_filter(m_random);
            for (std::uint64_t left = 1 + m_random.below(4); left > 0 && cases > 0; --left, --cases) {
                FactQuestion question;
                question.filter = m_random.chance(0.6) ? shared : random_filter(m_random);
                question.key = random_key(m_random);
                if (m_random.chance(0.5)) question.second = random_key(m_random);
                question.measures = random_measures(m_random);
                questions.push_back(std::move(question));
            }
            const auto answers = facts.answer(questions);
            REQUIRE(answers.size() == questions.size());
            for (std::size_t index = 0; index < questions.size(); ++index)
                check_answer(oracle, questions[index], answers[index]);
            check_others(facts, oracle, shared);
        }
    }

    void check_answer(FactOracle& oracle, const FactQuestion& question, const std::vector<FactGroup>& groups) {
        INFO(FactOracle::where(question.filter)
             << " by " << static_cast<int>(question.key) << " and " << static_cast<int>(question.second));
        OracleRows wanted =
            oracle.groups(question.filter, question.key, question.second, std::string(fact_sql::sum_columns));
        for (auto& [keys, values] : wanted)
            for (std::size_t index = 0; index < values.size(); ++index)
                if ((question.measures >> index & 1) == 0) values[index] = 0;
        // A group in which nothing that was asked for happened is absent.
        const auto is_empty = [](const auto& row) {
            return std::all_of(row.second.begin(), row.second.end(), [](std::int64_t value) { return value == 0; });
        };
        OracleRows answered = told(question, groups);
        std::erase_if(wanted, is_empty);
        std::sort(wanted.begin(), wanted.end());
        CHECK(answered == wanted);
    }

    // Distinct applications, pull-through, quantiles and pages of the same filter.
    void check_others(const FactTable& facts, FactOracle& oracle, const FactFilter& filter) {
        INFO(FactOracle::where(filter));
        const FactKey key = random_key(m_random);
        OracleRows counts;
        for (const FactCount& count : facts.distinct_applications(filter, key))
            counts.push_back({{told_key(key, count.group.id, count.group.number), "0"}, {count.distinct}});
        OracleRows wanted = oracle.groups(filter, key, FactKey::none,
                                          "count(DISTINCT CASE WHEN NOT duplicate AND application_ref <> ''"
                                          " THEN practice || '/' || application_ref END)");
        std::erase_if(wanted, [](const auto& row) { return row.second[0] == 0; });
        std::sort(counts.begin(), counts.end());
        std::sort(wanted.begin(), wanted.end());
        CHECK(counts == wanted);
        check_pull_through(facts, oracle, filter, key);
        if (m_random.chance(0.2)) check_order(facts, oracle, filter);
    }

    void check_pull_through(const FactTable& facts, FactOracle& oracle, FactFilter filter, FactKey key) {
        const Day closed_until = static_cast<Day>(m_random.between(first_day, last_day + 70));
        OracleRows answered;
        for (const auto& [group, sums] : facts.pull_through_by(filter, key, closed_until))
            answered.push_back({{told_key(key, group.id, group.number), "0"},
                                {sums.approved, sums.used, sums.used_net, sums.immature_approved, sums.immature_used,
                                 sums.presented}});
        filter.kinds = {FactKind::application};
        filter.basis = DayBasis::event;
        const std::string mature = "event_day + 63 <= " + std::to_string(closed_until);
        const std::string approved = "sum(NOT duplicate AND status IN ('approved', 'counter_offer') AND ";
        OracleRows wanted =
            oracle.groups(filter, key, FactKey::none,
                          approved + mature + "), " + approved + mature + " AND used), " + approved + mature +
                              " AND used AND kept), " + approved + "NOT " + mature + "), " + approved + "NOT " +
                              mature + " AND used), " + approved + mature + " AND presented)");
        std::erase_if(wanted, [](const auto& row) { return row.second[0] + row.second[3] == 0; });
        std::sort(answered.begin(), answered.end());
        std::sort(wanted.begin(), wanted.end());
        CHECK(answered == wanted);
    }

    void check_order(const FactTable& facts, FactOracle& oracle, const FactFilter& filter) {
        const std::string where = FactOracle::where(filter);
        // The smallest amount that enough facts do not exceed.
        const int points = static_cast<int>(m_random.below(10'001));
        const std::string counted = "FROM marked WHERE NOT duplicate AND " + where;
        const auto least = oracle.texts("WITH s AS (SELECT amount " + counted +
                                        ") SELECT min(amount) FROM s"
                                        " WHERE (SELECT count(*) FROM s AS o WHERE o.amount <= s.amount) * 10000 >= " +
                                        std::to_string(points) + " * (SELECT count(*) FROM s)");
        const auto quantiles = facts.amount_quantiles(filter, {points});
        REQUIRE(least.size() == 1);
        CHECK((quantiles.empty() ? std::string() : std::to_string(quantiles[0])) == least[0]);

        const std::array<std::string, 16> orders = {"event_day DESC",
                                                    "event_day",
                                                    "amount DESC, event_day DESC",
                                                    "amount, event_day DESC",
                                                    "plan, event_day DESC",
                                                    "location, event_day DESC",
                                                    "plan DESC, event_day DESC",
                                                    "location DESC, event_day DESC",
                                                    "posted_day DESC, event_day DESC",
                                                    "posted_day, event_day DESC",
                                                    in_order_of<FactKind>("kind", 6) + ", event_day DESC",
                                                    in_order_of<FactKind>("kind", 6) + " DESC, event_day DESC",
                                                    in_order_of<FactStatus>("status", 9) + ", event_day DESC",
                                                    in_order_of<FactStatus>("status", 9) + " DESC, event_day DESC",
                                                    in_order_of<FactChannel>("channel", 4) + ", event_day DESC",
                                                    in_order_of<FactChannel>("channel", 4) + " DESC, event_day DESC"};
        const std::size_t order = m_random.below(orders.size());
        const std::size_t offset = m_random.below(300), count = m_random.below(60);
        const FactPage page = facts.page(filter, static_cast<FactOrder>(order), offset, count);
        CHECK(std::to_string(page.total) == oracle.texts("SELECT count(*) FROM marked WHERE " + where).at(0));
        std::vector<std::string> keys;
        for (const FinancingFact& fact : page.facts)
            keys.push_back(fact.external_key);
        CHECK(keys == oracle.texts("SELECT external_key FROM marked WHERE " + where + " ORDER BY " + orders[order] +
                                   ", location, external_key LIMIT " + std::to_string(count) + " OFFSET " +
                                   std::to_string(offset)));
        CHECK(facts.window(filter, "", static_cast<FactOrder>(order), offset, count).facts == page.facts);
        // Whose key or application begins like that of some fact; asked for in capitals.
        const std::string key = page.facts.empty() ? "none" : page.facts.front().external_key;
        std::string begin = key.substr(0, 1 + m_random.below(key.size()));
        const FactPage found =
            facts.window(filter, upper_case(begin), static_cast<FactOrder>(order), offset / 4, count);
        const std::string length = std::to_string(begin.size());
        const std::string matches = "(substr(external_key, 1, " + length + ") = '" + begin +
                                    "' COLLATE NOCASE OR substr(application_ref, 1, " + length + ") = '" + begin +
                                    "' COLLATE NOCASE)";
        keys.clear();
        for (const FinancingFact& fact : found.facts)
            keys.push_back(fact.external_key);
        CHECK(keys == oracle.texts("SELECT external_key FROM marked WHERE " + where + " AND " + matches + " ORDER BY " +
                                   orders[order] + ", location, external_key LIMIT " + std::to_string(count) +
                                   " OFFSET " + std::to_string(offset / 4)));
        // How many of them each kind has.
        std::vector<std::string> counts;
        for (const auto& [group, rows] : facts.listed_by(filter, upper_case(begin), FactKey::kind))
            counts.push_back(std::to_string(rows));
        CHECK(counts == oracle.texts("SELECT count(*) FROM marked WHERE " + where + " AND " + matches +
                                     " GROUP BY kind ORDER BY " + in_order_of<FactKind>("kind", 6)));
    }

    SeededRandom m_random;
};

}  // namespace

TEST_CASE("any question is answered as SQL answers it", "[facts]") {
    PropertyRun(101).run(500);
}

TEST_CASE("ten thousand questions are answered as SQL answers them", "[facts][harness]") {
    PropertyRun(103).run(10'000);
}

TEST_CASE("the largest groups are kept and the others summed", "[facts]") {
    SeededRandom random(107);
    Segments segments;
    add_random(random, segments, 0, 2'000);
    const FactTable facts = table_of(segments);
    FactFilter filter;
    filter.days = {first_day, last_day + 10};
    for (const FactKey second : {FactKey::none, FactKey::month}) {
        const auto all = facts.answer({{filter, FactKey::location, second}})[0];
        std::map<Id, FactSums> firsts;
        FactSums total;
        for (const FactGroup& group : all)
            firsts[group.id] += group.sums, total += group.sums;
        std::vector<std::pair<std::int64_t, Id>> ranked;
        for (const auto& [id, sums] : firsts)
            ranked.emplace_back(-sums.gross_cents, id);
        std::sort(ranked.begin(), ranked.end());

        const auto top = facts.answer({{filter, FactKey::location, second, {2, FactRank::gross_cents}}})[0];
        std::vector<Id> order;
        FactSums added, others;
        for (const FactGroup& group : top) {
            added += group.sums;
            if (group.is_other)
                others += group.sums;
            else if (order.empty() || order.back() != group.id)
                order.push_back(group.id);
        }
        CHECK(order == std::vector{ranked[0].second, ranked[1].second});
        CHECK(added == total);
        CHECK(others.rows == total.rows - firsts[order[0]].rows - firsts[order[1]].rows);
        CHECK(top.back().is_other);
        CHECK(facts.answer({{filter, FactKey::location, second, {6, FactRank::sales}}})[0].size() == all.size());
    }
}
