#include "shared/facts/fact_table.hpp"

#include <algorithm>
#include <map>

#include "shared/facts/fact_columns.hpp"
#include "shared/facts/fact_keys.hpp"
#include "shared/facts/fact_pass.hpp"
#include "shared/facts/fact_selection.hpp"

namespace portal {
namespace {

// What each of the cells' values counts for in a ranking: rank_value() is a sum of them with signs, and is asked for
// those.
std::vector<std::int64_t> rank_factors(FactRank rank, FactMeasures measures) {
    std::vector<std::int64_t> factors;
    for (std::size_t index = 0; index < fact_sum_members.size(); ++index) {
        if ((measures >> index & 1) == 0) continue;
        FactSums one;
        one.*fact_sum_members[index] = 1;
        factors.push_back(rank_value(one, rank));
    }
    return factors;
}

// Keeps the groups of the largest firsts and sums up the others. Groups of one first key are side by side.
void keep_top(const FactTable& table, const FactQuestion& question, FactCells& cells) {
    const FactTop& top = question.top;
    if (top.count == 0) return;
    std::vector<std::pair<std::int64_t, std::size_t>>
        firsts;  // Negative rank value, and where the first one's places begin.
    const std::vector<std::int64_t> factors = rank_factors(top.by, cells.measures);
    for (std::size_t place = 0; place < cells.places.size(); ++place) {
        if (place == 0 || cells.places[place - 1].first != cells.places[place].first) firsts.emplace_back(0, place);
        for (std::size_t index = 0; index < cells.width; ++index)
            firsts.back().first -= factors[index] * cells.values[place * cells.width + index];
    }
    // Negative, so that the largest is first, and equal ones keep their order.
    const std::size_t kept_count = std::min(top.count, firsts.size());
    std::partial_sort(firsts.begin(), firsts.begin() + static_cast<std::ptrdiff_t>(kept_count), firsts.end());
    FactCells kept;
    // Values by the second key, in its order.
    std::map<std::pair<std::string_view, std::int64_t>, std::vector<std::int64_t>> others;
    for (std::size_t rank = 0; rank < firsts.size(); ++rank) {
        const std::int64_t first = cells.places[firsts[rank].second].first;
        for (std::size_t place = firsts[rank].second; place < cells.places.size() && cells.places[place].first == first;
             ++place) {
            const auto values = cells.values.begin() + static_cast<std::ptrdiff_t>(place * cells.width);
            if (rank < top.count) {
                kept.places.push_back(cells.places[place]);
                kept.values.insert(kept.values.end(), values, values + static_cast<std::ptrdiff_t>(cells.width));
                continue;
            }
            const std::int64_t second = cells.places[place].second;
            const bool is_named = is_named_by_id(question.second);
            auto& sums = others[{is_named ? table.id_of(question.second, second) : std::string_view(), second}];
            sums.resize(cells.width);
            for (std::size_t index = 0; index < cells.width; ++index)
                sums[index] += values[static_cast<std::ptrdiff_t>(index)];
        }
    }
    for (const auto& [second, sums] : others) {
        kept.places.push_back({0, second.second, true});
        kept.values.insert(kept.values.end(), sums.begin(), sums.end());
    }
    cells.places = std::move(kept.places);
    cells.values = std::move(kept.values);
}

// A group's number by the key, as FactGroup tells it.
void name_group(const FactTable& table, FactKey key, std::int64_t number, Id& id, std::int64_t& told) {
    if (is_named_by_id(key))
        id = table.id_of(key, number);
    else
        told = number;
}

bool is_duplicate(const FactTable::State& state, std::uint32_t row) {
    return traits_of(state.columns.code(row)).duplicate;
}

// The rows' groups by one key while they stream by.
template <class Value>
class KeyedValues {
  public:
    KeyedValues(const FactTable::State& state, const Selection& selection, FactKey key)
        : m_columns(state.columns), m_key(key), m_table(state, key, selection.days()), m_values(m_table.count()) {}

    Value& at(std::uint32_t row, Day day) { return m_values[m_table.ordinal(m_columns, row, day)]; }

    // Groups with a value, in order.
    template <class Visit>
    void each(const FactTable& table, const Visit& visit) {
        for (std::size_t ordinal = 0; ordinal < m_values.size(); ++ordinal) {
            if (m_values[ordinal] == Value{}) continue;
            FactGroup group;
            name_group(table, m_key, m_table.number(ordinal), group.id, group.number);
            visit(std::move(group), m_values[ordinal]);
        }
    }

  private:
    const Columns& m_columns;
    FactKey m_key;
    KeyTable m_table;
    std::vector<Value> m_values;
};

}  // namespace

FactTable::FactTable(std::size_t cube_rows_min) : m_state(std::make_unique<State>()) {
    m_state->cube_rows_min = cube_rows_min;
}
FactTable::~FactTable() = default;
FactTable::FactTable(FactTable&&) noexcept = default;
FactTable& FactTable::operator=(FactTable&&) noexcept = default;

Status FactTable::put_segment(const FactSegment& segment) {
    const wire::FactColumns& facts = m_state->facts;
    PORTAL_TRY(wire::decode_columns(segment.columns.data, wire::SegmentTexts::looked_through, m_state->facts));
    if (static_cast<std::int64_t>(facts.size()) != segment.fact_count)
        return fail(ErrorCode::corrupted, "fact segment: it holds another number of facts than its row says");
    const DayRange month{first_day_of_month(segment.month), first_day_of_month(segment.month + 1) - 1};
    const auto [day_min, day_max] = std::minmax_element(facts.event_day.begin(), facts.event_day.end());
    if (facts.size() > 0 && (!month.contains(*day_min) || !month.contains(*day_max)))
        return fail(ErrorCode::corrupted, "fact segment: it holds a fact of another month than its row says");
    PORTAL_TRY(m_state->check_fits(segment));
    remove_segment(segment.id);
    m_state->append(segment);
    return {};
}

bool FactTable::remove_segment(const Id& id) {
    const auto found = m_state->segment_of(id);
    if (!found) return false;
    m_state->kill(*found);
    m_state->sweep_if_due();
    return true;
}

void FactTable::clear() {
    *this = FactTable(m_state->cube_rows_min);
}

std::size_t FactTable::size() const {
    return m_state->columns.size() - m_state->dead_rows;
}
std::size_t FactTable::segment_count() const {
    return m_state->live_segments;
}
std::size_t FactTable::memory_bytes() const {
    return m_state->memory_bytes();
}

FactSums FactTable::sums(const FactFilter& filter) const {
    const auto answers = cells({{filter}});
    return answers[0].places.empty() ? FactSums{} : answers[0].sums(0);
}

std::vector<FactGroup> FactTable::group(const FactFilter& filter, FactKey key) const {
    return std::move(answer({{filter, key}})[0]);
}

std::vector<FactCells> FactTable::cells(const std::vector<FactQuestion>& questions) const {
    m_state->refresh();
    std::vector<FactCells> answers;
    std::vector<std::size_t> open;
    for (std::size_t index = 0; index < questions.size(); ++index) {
        answers.push_back(empty_cells(questions[index]));
        const bool has_cubes = size() >= m_state->cube_rows_min;
        if (!has_cubes || !m_state->cubes.answer(*m_state, questions[index], answers[index])) open.push_back(index);
    }
    if (!open.empty()) answer_by_rows(*m_state, questions, open, answers);
    for (std::size_t index = 0; index < questions.size(); ++index)
        keep_top(*this, questions[index], answers[index]);
    return answers;
}

std::vector<std::vector<FactGroup>> FactTable::answer(const std::vector<FactQuestion>& questions) const {
    std::vector<std::vector<FactGroup>> answers;
    const auto told = cells(questions);
    for (std::size_t index = 0; index < questions.size(); ++index) {
        auto& groups = answers.emplace_back();
        for (std::size_t place = 0; place < told[index].places.size(); ++place) {
            const FactCells::Place& at = told[index].places[place];
            FactGroup group;
            group.sums = told[index].sums(place);
            group.is_other = at.is_other;
            if (!at.is_other) name_group(*this, questions[index].key, at.first, group.id, group.number);
            name_group(*this, questions[index].second, at.second, group.second_id, group.second_number);
            groups.push_back(std::move(group));
        }
    }
    return answers;
}

std::string_view FactTable::id_of(FactKey key, std::int64_t number) const {
    const auto entry = static_cast<std::uint32_t>(number);
    if (key == FactKey::practice) return m_state->practices.at(entry);
    return key == FactKey::location ? m_state->locations.at(entry) : m_state->plans.at(entry);
}

std::vector<FactCount> FactTable::distinct_applications(const FactFilter& filter, FactKey key) const {
    m_state->refresh();
    const Selection selection(*m_state, filter);
    KeyedValues<std::vector<std::uint64_t>> groups(*m_state, selection, key);
    each_row(*m_state, selection, [&](std::uint32_t row, Day day) {
        const std::uint32_t link = m_state->columns.link[row];
        const std::uint64_t practice = m_state->practice_of_location[m_state->columns.location[row]];
        if (link != 0 && !is_duplicate(*m_state, row)) groups.at(row, day).push_back(practice << 32 | link);
    });
    std::vector<FactCount> counts;
    groups.each(*this, [&](FactGroup group, std::vector<std::uint64_t>& links) {
        std::sort(links.begin(), links.end());
        const auto end = std::unique(links.begin(), links.end());
        counts.push_back({std::move(group), end - links.begin()});
    });
    return counts;
}

std::vector<std::int64_t> FactTable::amount_quantiles(const FactFilter& filter,
                                                      const std::vector<int>& basis_points) const {
    m_state->refresh();
    const Selection selection(*m_state, filter);
    std::vector<std::uint32_t> amounts;
    each_row(*m_state, selection, [&](std::uint32_t row, Day) {
        if (!is_duplicate(*m_state, row)) amounts.push_back(m_state->columns.first_cents[row]);
    });
    if (amounts.empty()) return {};
    std::vector<std::int64_t> quantiles;
    for (const int points : basis_points) {
        const auto rank = static_cast<std::ptrdiff_t>(quantile_rank(amounts.size(), points));
        std::nth_element(amounts.begin(), amounts.begin() + rank, amounts.end());
        quantiles.push_back(amounts[static_cast<std::size_t>(rank)]);
    }
    return quantiles;
}

PullThroughSums FactTable::pull_through(const FactFilter& filter, Day closed_until) const {
    PullThroughSums all;
    for (const auto& [group, sums] : pull_through_by(filter, FactKey::none, closed_until))
        all += sums;
    return all;
}

std::vector<std::pair<FactGroup, PullThroughSums>> FactTable::pull_through_by(const FactFilter& filter, FactKey key,
                                                                              Day closed_until) const {
    m_state->refresh();
    FactFilter applications = filter;
    applications.kinds = {FactKind::application};
    applications.basis = DayBasis::event;
    const Selection selection(*m_state, applications);
    KeyedValues<PullThroughSums> groups(*m_state, selection, key);
    each_row(*m_state, selection, [&](std::uint32_t row, Day day) {
        const FactTraits& traits = traits_of(m_state->columns.code(row));
        if (!fact_traits::is_approval(traits.status) || traits.duplicate) return;
        const auto use = static_cast<FactUse>(traits.detail);
        PullThroughSums& sums = groups.at(row, day);
        if (!is_matured(day, closed_until)) {
            sums.immature_approved += 1;
            sums.immature_used += use >= FactUse::used ? 1 : 0;
            return;
        }
        sums.approved += 1;
        sums.presented += use != FactUse::unused ? 1 : 0;
        sums.used += use >= FactUse::used ? 1 : 0;
        sums.used_net += use == FactUse::used_and_kept ? 1 : 0;
    });
    std::vector<std::pair<FactGroup, PullThroughSums>> result;
    groups.each(*this,
                [&](FactGroup group, const PullThroughSums& sums) { result.emplace_back(std::move(group), sums); });
    return result;
}

FactPage FactTable::page(const FactFilter& filter, FactOrder order, std::size_t offset, std::size_t count) const {
    m_state->refresh();
    const FactOrders::Page rows = m_state->orders.page(*m_state, Selection(*m_state, filter), order, offset, count);
    FactPage page;
    page.total = rows.total;
    page.facts = m_state->facts_at(rows.rows);
    return page;
}

FactPage FactTable::window(const FactFilter& filter, std::string_view reference, FactOrder order, std::size_t offset,
                           std::size_t count) const {
    m_state->refresh();
    const FactOrders::Page rows = m_state->orders.window(*m_state, filter, reference, order, offset, count);
    FactPage page;
    page.total = rows.total;
    page.facts = m_state->facts_at(rows.rows);
    return page;
}

std::vector<std::pair<FactGroup, std::int64_t>> FactTable::listed_by(const FactFilter& filter,
                                                                     std::string_view reference, FactKey key) const {
    m_state->refresh();
    KeyedValues<std::int64_t> counts(*m_state, Selection(*m_state, filter), key);
    for (const std::uint32_t row : m_state->orders.selected(*m_state, filter, reference))
        ++counts.at(row, m_state->columns.event_day(row));
    std::vector<std::pair<FactGroup, std::int64_t>> result;
    counts.each(*this, [&](FactGroup group, std::int64_t count) { result.emplace_back(std::move(group), count); });
    return result;
}

std::optional<Day> FactTable::closed_until(const FactFilter& filter) const {
    const auto wanted = [](const std::vector<Id>& ids, std::string_view id) {
        return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
    };
    std::vector<std::uint8_t> practices, locations;
    for (std::uint32_t number = 0; number < m_state->practices.size(); ++number)
        practices.push_back(wanted(filter.practices, m_state->practices.at(number)));
    for (std::uint32_t number = 0; number < m_state->locations.size(); ++number)
        locations.push_back(wanted(filter.locations, m_state->locations.at(number)));
    std::optional<Day> latest;
    for (const SegmentRows& segment : m_state->segments)
        if (!segment.is_gone() && practices[segment.practice] != 0 && locations[segment.location] != 0)
            latest = std::max(latest.value_or(segment.closed_until), segment.closed_until);
    return latest;
}

}  // namespace portal
