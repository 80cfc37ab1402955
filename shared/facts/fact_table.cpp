#include "shared/facts/fact_table.hpp"

#include <algorithm>

#include "shared/facts/fact_columns.hpp"

namespace portal {
namespace {

// Groups of one question while rows stream by: a dense array over the key's numbers, from `first` on.
template <class Sums>
class GroupArray {
  public:
    GroupArray(const FactTable::State& state, FactKey key) : m_state(state), m_key(key) {}

    // All rows of a segment fall into one group: at() of one of them serves them all.
    bool is_constant_in_segment() const {
        return m_key == FactKey::none || m_key == FactKey::practice || m_key == FactKey::location;
    }

    Sums& at(const Selection& selection, std::size_t row) {
        const std::int64_t number = number_of(selection, row);
        if (m_groups.empty()) m_first = number;
        if (number < m_first) {
            m_groups.insert(m_groups.begin(), static_cast<std::size_t>(m_first - number), Sums{});
            m_used.insert(m_used.begin(), static_cast<std::size_t>(m_first - number), 0);
            m_first = number;
        }
        const auto index = static_cast<std::size_t>(number - m_first);
        if (index >= m_groups.size()) {
            m_groups.resize(index + 1);
            m_used.resize(index + 1);
        }
        m_used[index] = 1;
        return m_groups[index];
    }

    template <class Visit>
    void each(const Visit& visit) const {
        std::vector<std::pair<FactGroup, std::size_t>> order;
        for (std::size_t index = 0; index < m_groups.size(); ++index)
            if (m_used[index] != 0) order.emplace_back(named(m_first + static_cast<std::int64_t>(index)), index);
        std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
            return a.first.number != b.first.number ? a.first.number < b.first.number : a.first.id < b.first.id;
        });
        for (auto& [group, index] : order)
            visit(std::move(group), m_groups[index]);
    }

  private:
    // Rows of one month come together, and telling a day's month costs more than adding a row.
    MonthIndex month_of(Day day) {
        if (!m_month_days.contains(day)) {
            m_month = month_of_day(day);
            m_month_days = {first_day_of_month(m_month), first_day_of_month(m_month + 1) - 1};
        }
        return m_month;
    }

    std::int64_t number_of(const Selection& selection, std::size_t row) {
        const Columns& columns = m_state.columns;
        switch (m_key) {
            case FactKey::none:
                return 0;
            case FactKey::day:
                return selection.day_of(columns, row);
            case FactKey::month:
                return month_of(selection.day_of(columns, row));
            case FactKey::practice:
                return columns.practice[row];
            case FactKey::location:
                return columns.location[row];
            case FactKey::plan:
                return columns.plan[row];
            case FactKey::channel:
                return columns.channel[row];
            case FactKey::status:
                return columns.status[row];
        }
        return 0;
    }

    FactGroup named(std::int64_t number) const {
        FactGroup group;
        const auto entry = static_cast<std::uint32_t>(number);
        if (m_key == FactKey::practice)
            group.id = m_state.practices.at(entry);
        else if (m_key == FactKey::location)
            group.id = m_state.locations.at(entry);
        else if (m_key == FactKey::plan)
            group.id = m_state.plans.at(entry);
        else
            group.number = number;
        return group;
    }

    const FactTable::State& m_state;
    FactKey m_key;
    DayRange m_month_days;
    MonthIndex m_month = 0;
    std::int64_t m_first = 0;
    std::vector<Sums> m_groups;
    std::vector<std::uint8_t> m_used;
};

struct Asked {
    Selection selection;
    GroupArray<FactSums> groups;
    std::uint8_t first_bit;
};

void add_segment(const FactTable::State& state, const SegmentRows& segment, Asked& asked) {
    const bool every_row = asked.selection.wants_every_row(segment);
    const bool one_group = asked.groups.is_constant_in_segment();
    FactSums* sums = nullptr;
    for (std::uint32_t row = segment.begin; row < segment.end; ++row) {
        if (!every_row && !asked.selection.wants_row(state.columns, row)) continue;
        if (sums == nullptr || !one_group) sums = &asked.groups.at(asked.selection, row);
        add_fact(*sums, state.event(row, asked.first_bit));
    }
}

template <class Visit>
void each_row(const FactTable::State& state, const Selection& selection, const Visit& visit) {
    for (const auto& segment : state.segments) {
        if (!selection.wants_segment(segment)) continue;
        for (std::uint32_t row = segment.begin; row < segment.end; ++row)
            if (selection.wants_row(state.columns, row)) visit(row);
    }
}

bool comes_before(const Columns& columns, FactOrder order, std::uint32_t a, std::uint32_t b) {
    const auto amount = [&](std::uint32_t row) {
        return columns.kind[row] == static_cast<std::uint8_t>(FactKind::application) ? columns.requested_cents[row]
                                                                                     : columns.settled_cents[row];
    };
    if (order == FactOrder::amount_descending && amount(a) != amount(b)) return amount(a) > amount(b);
    if (columns.event_day[a] != columns.event_day[b])
        return (columns.event_day[a] > columns.event_day[b]) == (order != FactOrder::oldest_first);
    // External keys are unique, so the order is the same wherever the rows came from.
    return columns.external_key.at(a) < columns.external_key.at(b);
}

}  // namespace

FactTable::FactTable() : m_state(std::make_unique<State>()) {}
FactTable::~FactTable() = default;
FactTable::FactTable(FactTable&&) noexcept = default;
FactTable& FactTable::operator=(FactTable&&) noexcept = default;

Status FactTable::put_segment(const FactSegment& segment) {
    PORTAL_TRY_ASSIGN(columns, wire::decode_columns(segment.columns.data));
    if (static_cast<std::int64_t>(columns.size()) != segment.fact_count)
        return fail(ErrorCode::corrupted, "fact segment: it holds another number of facts than its row says");
    for (const Day day : columns.event_day)
        if (month_of_day(day) != segment.month)
            return fail(ErrorCode::corrupted, "fact segment: it holds a fact of another month than its row says");
    remove_segment(segment.id);
    m_state->append(columns, segment);
    return {};
}

bool FactTable::remove_segment(const Id& id) {
    const auto found = m_state->segment_by_id.find(id);
    if (found == m_state->segment_by_id.end()) return false;
    m_state->kill(found->second);
    m_state->sweep_if_due();
    return true;
}

void FactTable::clear() {
    m_state = std::make_unique<State>();
}

std::size_t FactTable::size() const {
    return m_state->columns.size() - m_state->dead_rows;
}
std::size_t FactTable::segment_count() const {
    return m_state->segment_by_id.size();
}

std::size_t FactTable::memory_bytes() const {
    return m_state->columns.memory_bytes() + m_state->links.memory_bytes() +
           m_state->link_money.capacity() * sizeof(LinkMoney) +
           m_state->linked_sales.capacity() * sizeof(State::LinkedSale) +
           m_state->segments.capacity() * sizeof(SegmentRows);
}

FactSums FactTable::sums(const FactFilter& filter) const {
    const auto groups = group(filter, FactKey::none);
    return groups.empty() ? FactSums{} : groups[0].sums;
}

std::vector<FactGroup> FactTable::group(const FactFilter& filter, FactKey key) const {
    return std::move(answer({{filter, key}})[0]);
}

std::vector<std::vector<FactGroup>> FactTable::answer(const std::vector<FactQuestion>& questions) const {
    m_state->refresh_links();
    std::vector<Asked> asked;
    for (const auto& question : questions) {
        Selection selection(*m_state, question.filter);
        const std::uint8_t first_bit = selection.first_bit(question.key);
        asked.push_back({std::move(selection), GroupArray<FactSums>(*m_state, question.key), first_bit});
    }
    // Segment by segment, so that its columns are in cache for every question.
    for (const auto& segment : m_state->segments) {
        for (auto& one : asked)
            if (one.selection.wants_segment(segment)) add_segment(*m_state, segment, one);
    }
    std::vector<std::vector<FactGroup>> answers(questions.size());
    for (std::size_t index = 0; index < asked.size(); ++index)
        asked[index].groups.each([&](FactGroup group, const FactSums& sums) {
            group.sums = sums;
            answers[index].push_back(std::move(group));
        });
    return answers;
}

PullThroughSums FactTable::pull_through(const FactFilter& filter, Day closed_until) const {
    PullThroughSums all;
    for (const auto& [group, sums] : pull_through_by(filter, FactKey::none, closed_until))
        all += sums;
    return all;
}

std::vector<std::pair<FactGroup, PullThroughSums>> FactTable::pull_through_by(const FactFilter& filter, FactKey key,
                                                                              Day closed_until) const {
    m_state->refresh_links();
    FactFilter applications = filter;
    applications.kinds = {FactKind::application};
    applications.basis = DayBasis::event;
    const Selection selection(*m_state, applications);
    GroupArray<PullThroughSums> groups(*m_state, key);
    const Columns& columns = m_state->columns;
    each_row(*m_state, selection, [&](std::uint32_t row) {
        const auto status = static_cast<FactStatus>(columns.status[row]);
        const bool approved = status == FactStatus::approved || status == FactStatus::counter_offer;
        if (!approved || (columns.flags[row] & Columns::duplicate_bit) != 0) return;
        const std::uint32_t link = columns.link[row];
        const LinkMoney& money = m_state->link_money[link];
        const bool used = link != 0 && money.gross_cents > 0 && m_state->has_sale_in_time(link, columns.event_day[row]);
        PullThroughSums& sums = groups.at(selection, row);
        if (!is_matured(columns.event_day[row], closed_until)) {
            sums.immature_approved += 1;
            sums.immature_used += used ? 1 : 0;
            return;
        }
        sums.approved += 1;
        sums.used += used ? 1 : 0;
        sums.used_net += used && money.refund_cents < money.gross_cents ? 1 : 0;
    });
    std::vector<std::pair<FactGroup, PullThroughSums>> result;
    groups.each([&](FactGroup group, const PullThroughSums& sums) { result.emplace_back(std::move(group), sums); });
    return result;
}

FactPage FactTable::page(const FactFilter& filter, FactOrder order, std::size_t offset, std::size_t count) const {
    const Selection selection(*m_state, filter);
    std::vector<std::uint32_t> rows;
    each_row(*m_state, selection, [&](std::uint32_t row) { rows.push_back(row); });
    FactPage page;
    page.total = static_cast<std::int64_t>(rows.size());
    const std::size_t begin = std::min(offset, rows.size());
    const std::size_t end = begin + std::min(count, rows.size() - begin);
    std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(end), rows.end(),
                      [&](std::uint32_t a, std::uint32_t b) { return comes_before(m_state->columns, order, a, b); });
    for (std::size_t index = begin; index < end; ++index)
        page.facts.push_back(m_state->fact(rows[index]));
    return page;
}

std::optional<Day> FactTable::closed_until(const FactFilter& filter) const {
    FactFilter places;
    places.practices = filter.practices;
    places.locations = filter.locations;
    places.days = {INT32_MIN, INT32_MAX};
    const Selection selection(*m_state, places);
    std::optional<Day> latest;
    for (const auto& segment : m_state->segments)
        if (selection.wants_segment(segment))
            latest = std::max(latest.value_or(segment.closed_until), segment.closed_until);
    return latest;
}

}  // namespace portal
