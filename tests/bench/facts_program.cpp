// The financing engine alone, for the bench's page: facts from a seed, the engine filled with them, the dashboard's
// questions, and the fixed kernel that is the limit. Called function by function from tests/bench/peers/facts_ours.js.
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "shared/facts/fact_table.hpp"
#include "tests/bench/facts_limit.hpp"

namespace {

using namespace portal;

struct Bench {
    bench::Columns columns;
    std::vector<FactSegment> segments;
    std::unique_ptr<FactTable> table;
    std::optional<bench::LimitKernel> limit;
    std::vector<FactCells> answers;
    FactPage page;
    std::string text;
};
Bench the_bench;

FactFilter filter_of(int from, int until, double amount_first, double amount_last, int location) {
    FactFilter filter;
    filter.days = {bench::first_day + from, bench::first_day + until};
    if (amount_last > 0)
        filter.amount = {static_cast<std::int64_t>(amount_first), static_cast<std::int64_t>(amount_last)};
    if (location >= 0) filter.locations = {bench::location_id(static_cast<std::size_t>(location))};
    return filter;
}

void tell(const char* name, FactKey key, FactKey second, const FactCells& cells) {
    const auto told = [&](FactKey one, std::int64_t number) {
        if (is_named_by_id(one)) return bench::number_of_id(the_bench.table->id_of(one, number));
        return one == FactKey::month ? number - month_of_day(bench::first_day) : number;
    };
    for (std::size_t place = 0; place < cells.places.size(); ++place) {
        if (cells.places[place].is_other) continue;
        the_bench.text += std::string(name) + "|" + std::to_string(told(key, cells.places[place].first)) + "|" +
                          std::to_string(told(second, cells.places[place].second));
        for (std::size_t index = 0; index < cells.width; ++index)
            the_bench.text += "|" + std::to_string(cells.values[place * cells.width + index]);
        the_bench.text += "\n";
    }
}

constexpr FactMeasures funded = measure(&FactSums::sale_rows) | measure(&FactSums::gross_cents);

// Those of the dashboard. No amounts when the last one is 0, no location when it is negative.
std::vector<FactQuestion> questions_of(int from, int until, int recent_from, int practice, double amount_first,
                                       double amount_last, int location) {
    const FactFilter filter = filter_of(from, until, amount_first, amount_last, location);
    FactFilter of_practice = filter, recent = filter;
    of_practice.practices = {bench::practice_id(static_cast<std::size_t>(practice))};
    recent.days.first = bench::first_day + recent_from;
    constexpr FactMeasures statuses = measure(&FactSums::pending) | measure(&FactSums::approved) |
                                      measure(&FactSums::declined) | measure(&FactSums::sale_rows) |
                                      measure(&FactSums::refunds);
    constexpr FactMeasures decided = measure(&FactSums::approved) | measure(&FactSums::declined);
    return {{filter, FactKey::month, FactKey::plan, {}, funded},
            {of_practice, FactKey::month, FactKey::plan, {}, funded},
            {filter, FactKey::month, FactKey::none, {}, statuses},
            {recent, FactKey::practice, FactKey::none, {20, FactRank::gross_cents}, measure(&FactSums::gross_cents)},
            {filter, FactKey::practice, FactKey::channel, {}, decided}};
}

}  // namespace

extern "C" {

void facts_make(double seed, int count) {
    the_bench.columns = bench::make_columns(static_cast<std::uint64_t>(seed), static_cast<std::size_t>(count));
    the_bench.limit.emplace(the_bench.columns);
}

const void* facts_column(int index) {
    const bench::Columns& columns = the_bench.columns;
    const void* all[] = {columns.practice.data(), columns.location.data(), columns.day.data(),    columns.amount.data(),
                         columns.plan.data(),     columns.channel.data(),  columns.status.data(), columns.month.data()};
    return all[index];
}

void facts_encode() {
    the_bench.segments = bench::make_segments(the_bench.columns);
}

// From encoded segments to the first figure.
double facts_load() {
    the_bench.table = std::make_unique<FactTable>();
    for (const FactSegment& segment : the_bench.segments)
        if (!the_bench.table->put_segment(segment)) return -1;
    return static_cast<double>(the_bench.table->sums(filter_of(0, bench::days - 1, 0, 0, -1)).rows);
}

// The last `count` segments anew, and the first figure after them.
double facts_change(int first, int count) {
    for (int index = 0; index < count; ++index)
        if (!the_bench.table->put_segment(the_bench.segments[static_cast<std::size_t>(first + index)])) return -1;
    return static_cast<double>(the_bench.table->sums(filter_of(0, bench::days - 1, 0, 0, -1)).rows);
}

double facts_memory() {
    return static_cast<double>(the_bench.table->memory_bytes());
}

// The dashboard: five questions.
void facts_q7(int from, int until, int recent_from, int practice, double amount_first, double amount_last,
              int location) {
    the_bench.answers =
        the_bench.table->cells(questions_of(from, until, recent_from, practice, amount_first, amount_last, location));
}

// One of them, by its place.
void facts_question(int index, int from, int until, int recent_from, int practice, double amount_first,
                    double amount_last, int location) {
    const auto questions = questions_of(from, until, recent_from, practice, amount_first, amount_last, location);
    the_bench.answers = the_bench.table->cells({questions[static_cast<std::size_t>(index)]});
}

// What the last dashboard said, a line for each group.
const char* facts_told() {
    the_bench.text.clear();
    tell("q1", FactKey::month, FactKey::plan, the_bench.answers[0]);
    tell("q2", FactKey::month, FactKey::plan, the_bench.answers[1]);
    tell("q3", FactKey::month, FactKey::none, the_bench.answers[2]);
    tell("q4", FactKey::practice, FactKey::none, the_bench.answers[3]);
    tell("q5", FactKey::practice, FactKey::channel, the_bench.answers[4]);
    return the_bench.text.c_str();
}

double facts_limit(int from, int until, int recent_from, int practice, double amount_first, double amount_last) {
    bench::Question question;
    question.from = static_cast<std::uint16_t>(from);
    question.until = static_cast<std::uint16_t>(until);
    question.recent_from = static_cast<std::uint16_t>(recent_from);
    question.practice = static_cast<std::uint16_t>(practice);
    if (amount_last > 0) {
        question.amount_first = static_cast<std::uint32_t>(amount_first);
        question.amount_last = static_cast<std::uint32_t>(amount_last);
    }
    the_bench.limit->run(question);
    return static_cast<double>(the_bench.limit->funded_cents());
}

double facts_read() {
    return the_bench.limit->read();
}

// Q6: a hundred rows by amount, of one plan. The amounts are told.
const char* facts_page(int plan, int offset, int count) {
    FactFilter filter = filter_of(0, bench::days - 1, 0, 0, -1);
    filter.plans = {bench::plan_id(static_cast<std::size_t>(plan))};
    the_bench.page = the_bench.table->page(filter, FactOrder::amount_descending, static_cast<std::size_t>(offset),
                                           static_cast<std::size_t>(count));
    the_bench.text = std::to_string(the_bench.page.total);
    for (const FinancingFact& fact : the_bench.page.facts)
        the_bench.text +=
            "|" + std::to_string(fact.kind == FactKind::application ? fact.requested_cents : fact.settled_cents);
    return the_bench.text.c_str();
}
}

int main() {
    return 0;
}
