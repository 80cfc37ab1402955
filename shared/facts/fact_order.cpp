#include "shared/facts/fact_order.hpp"

#include <algorithm>
#include <array>

#include "shared/base/limits.hpp"
#include "shared/facts/fact_columns.hpp"
#include "shared/facts/fact_keys.hpp"
#include "shared/facts/fact_selection.hpp"

namespace portal {
namespace {

// Below this many selected rows, sorting them is quicker than walking through a sorted index of all.
constexpr std::size_t sorted_at_once_max = 20'000;
constexpr unsigned digit_bits = 16;
constexpr std::size_t digits = 64 / digit_bits;

// A row's place in an order as one number. Rows with the same one are of one location and event day, so of one segment,
// and external keys decide among them.
class OrderKey {
  public:
    OrderKey(const FactTable::State& state, FactOrder order)
        : m_columns(state.columns), m_order(order), m_locations(state.location_ranks), m_plans(state.plan_ranks) {}

    std::uint64_t of(std::uint32_t row) const {
        const auto day = static_cast<std::uint64_t>(m_columns.event_day(row));
        const std::uint64_t newest = 0xFFFF - day;
        const std::uint64_t place = m_locations.rank_of[m_columns.location[row]];
        const std::uint64_t amount = m_columns.first_cents[row];
        switch (m_order) {
            case FactOrder::newest_first:
                return newest << 16 | place;
            case FactOrder::oldest_first:
                return day << 16 | place;
            case FactOrder::amount_descending:
                return (0xFFFFFFFF - amount) << 32 | newest << 16 | place;
            case FactOrder::amount_ascending:
                return amount << 32 | newest << 16 | place;
            case FactOrder::plan:
                return std::uint64_t{m_plans.rank_of[m_columns.plan[row]]} << 32 | newest << 16 | place;
            case FactOrder::location:
                return place << 16 | newest;
            case FactOrder::location_descending:
                return (0xFFFF - place) << 16 | newest;
            default:
                return first_key(row) << 32 | newest << 16 | place;
        }
    }

    // Sixteen bits that come before the days.
    std::uint64_t first_key(std::uint32_t row) const {
        switch (m_order) {
            case FactOrder::plan_descending:
                return 0xFFFF - m_plans.rank_of[m_columns.plan[row]];
            case FactOrder::posted_descending:
                return 0xFFFF - static_cast<std::uint64_t>(m_columns.posted_day(row));
            case FactOrder::posted_ascending:
                return static_cast<std::uint64_t>(m_columns.posted_day(row));
            case FactOrder::kind:
                return static_cast<std::uint64_t>(traits_of(m_columns.code(row)).kind);
            case FactOrder::kind_descending:
                return 0xFFFF - static_cast<std::uint64_t>(traits_of(m_columns.code(row)).kind);
            case FactOrder::status:
                return static_cast<std::uint64_t>(traits_of(m_columns.code(row)).status);
            case FactOrder::status_descending:
                return 0xFFFF - static_cast<std::uint64_t>(traits_of(m_columns.code(row)).status);
            case FactOrder::channel:
                return m_columns.occasion[row] & Occasion::channel_mask;
            case FactOrder::channel_descending:
                return 0xFFFFu - (m_columns.occasion[row] & Occasion::channel_mask);
            default:
                return 0;
        }
    }

  private:
    const Columns& m_columns;
    FactOrder m_order;
    const NameRanks &m_locations, &m_plans;
};

// One stable step of sorting by digits, the lowest first (least significant digit radix sort). False when all rows have
// the same digit, and nothing was done.
bool sort_by_digit(const OrderKey& key, std::size_t digit, const std::vector<std::uint32_t>& rows,
                   std::vector<std::uint32_t>& sorted) {
    const auto digit_of = [&](std::uint32_t row) {
        return static_cast<std::size_t>(key.of(row) >> digit * digit_bits & 0xFFFF);
    };
    std::vector<std::uint32_t> begins((std::size_t{1} << digit_bits) + 1, 0);
    for (const std::uint32_t row : rows)
        ++begins[digit_of(row) + 1];
    if (std::find(begins.begin(), begins.end(), rows.size()) != begins.end()) return false;
    for (std::size_t value = 1; value < begins.size(); ++value)
        begins[value] += begins[value - 1];
    for (const std::uint32_t row : rows)
        sorted[begins[digit_of(row)]++] = row;
    return true;
}

// Rows of equal keys, by external key. They are of one segment.
void settle_ties(const FactTable::State& state, std::vector<std::uint32_t>::iterator begin,
                 std::vector<std::uint32_t>::iterator end) {
    if (end - begin < 2) return;
    const SegmentRows& segment = state.segment_at(*begin);
    const wire::TextColumn keys = segment.external_keys();
    std::sort(begin, end, [&](std::uint32_t a, std::uint32_t b) {
        return keys.at(a - segment.begin) < keys.at(b - segment.begin);
    });
}

// The page's rows from a run of selected rows in order, which begins and ends between ties; `skipped` come before it.
std::vector<std::uint32_t> page_of(const FactTable::State& state, const OrderKey& key, std::vector<std::uint32_t> run,
                                   std::size_t offset_in_run, std::size_t count) {
    const std::size_t last = std::min(run.size(), offset_in_run + count);
    for (auto begin = run.begin(); begin != run.end();) {
        const std::uint64_t same = key.of(*begin);
        const auto end = std::find_if(begin, run.end(), [&](std::uint32_t row) { return key.of(row) != same; });
        settle_ties(state, begin, end);
        begin = end;
    }
    return {run.begin() + static_cast<std::ptrdiff_t>(std::min(offset_in_run, last)),
            run.begin() + static_cast<std::ptrdiff_t>(last)};
}

// Few rows: those before and on the page are put in order.
std::vector<std::uint32_t> sorted_page(const FactTable::State& state, const OrderKey& key,
                                       const std::vector<std::uint32_t>& rows, std::size_t offset, std::size_t count) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
    for (const std::uint32_t row : rows)
        order.emplace_back(key.of(row), row);
    std::sort(order.begin(), order.end());
    // The run of whole ties around the page.
    std::size_t begin = std::min(offset, order.size()), end = std::min(offset + count, order.size());
    if (begin == end) return {};
    while (begin > 0 && order[begin - 1].first == order[begin].first)
        --begin;
    while (end < order.size() && order[end].first == order[end - 1].first)
        ++end;
    std::vector<std::uint32_t> run;
    for (std::size_t index = begin; index < end; ++index)
        run.push_back(order[index].second);
    return page_of(state, key, std::move(run), offset - begin, count);
}

// Many rows: a walk through the index, which a bit for each row tells whether to count.
class IndexWalk {
  public:
    IndexWalk(const std::vector<std::uint32_t>& index, const std::vector<std::uint32_t>& selected, std::size_t rows)
        : m_index(index), m_takes_all(selected.size() == index.size()) {
        if (m_takes_all) return;
        m_bits.resize(rows / 64 + 1);
        for (const std::uint32_t row : selected)
            m_bits[row / 64] |= std::uint64_t{1} << row % 64;
    }

    bool takes(std::uint32_t row) const { return m_takes_all || (m_bits[row / 64] >> row % 64 & 1) != 0; }

    // The place in the index of the selected row with this number, of `total`; from the nearer end.
    std::size_t find(std::size_t number, std::size_t total) const {
        if (m_takes_all) return number;
        std::size_t place = 0;
        if (number < total / 2) {
            for (std::size_t left = number;; ++place)
                if (takes(m_index[place]) && left-- == 0) return place;
        }
        place = m_index.size() - 1;
        for (std::size_t left = total - 1 - number;; --place)
            if (takes(m_index[place]) && left-- == 0) return place;
    }

  private:
    const std::vector<std::uint32_t>& m_index;
    bool m_takes_all;
    std::vector<std::uint64_t> m_bits;
};

std::vector<std::uint32_t> walked_page(const FactTable::State& state, const OrderKey& key,
                                       const std::vector<std::uint32_t>& index,
                                       const std::vector<std::uint32_t>& selected, std::size_t offset,
                                       std::size_t count) {
    const IndexWalk walk(index, selected, state.columns.size());
    std::size_t place = walk.find(offset, selected.size());
    // Back to where the ties of the page's first row begin, and on to where those of its last end.
    std::size_t before = 0;
    const std::uint64_t first = key.of(index[place]);
    for (; place > 0 && key.of(index[place - 1]) == first; --place)
        before += walk.takes(index[place - 1]) ? 1 : 0;
    std::vector<std::uint32_t> run;
    for (; place < index.size(); ++place) {
        const std::uint32_t row = index[place];
        if (!walk.takes(row)) continue;
        if (run.size() >= before + count && key.of(run.back()) != key.of(row)) break;
        run.push_back(row);
    }
    return page_of(state, key, std::move(run), before, count);
}

bool begins_with(std::string_view text, std::string_view folded) {
    const auto fold = [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    };
    if (text.size() < folded.size()) return false;
    for (std::size_t index = 0; index < folded.size(); ++index)
        if (fold(text[index]) != fold(folded[index])) return false;
    return true;
}

// Rows of a segment come together, so that each one's texts are decoded once.
void keep_references(const FactTable::State& state, std::string_view reference, std::vector<std::uint32_t>& rows) {
    const SegmentRows* segment = nullptr;
    std::optional<DecodedTexts> texts;
    std::erase_if(rows, [&](std::uint32_t row) {
        if (!segment || row < segment->begin || row >= segment->end) {
            segment = &state.segment_at(row);
            texts.emplace(*segment);
        }
        const std::size_t place = row - segment->begin;
        return !begins_with(texts->external_keys.at(place), reference) &&
               !begins_with(texts->references.at(place), reference);
    });
}

}  // namespace

std::size_t FactOrders::memory_bytes() const {
    std::size_t bytes = m_listed ? m_listed->rows.capacity() * sizeof(std::uint32_t) : 0;
    for (const Sorted& sorted : m_orders)
        bytes += sorted.rows.capacity() * sizeof(std::uint32_t);
    return bytes;
}

const std::vector<std::uint32_t>& FactOrders::sorted(const FactTable::State& state, FactOrder order) {
    const auto found =
        std::find_if(m_orders.begin(), m_orders.end(), [&](const Sorted& one) { return one.order == order; });
    if (found != m_orders.end()) {
        std::rotate(found, found + 1, m_orders.end());
        return m_orders.back().rows;
    }
    if (m_orders.size() == limits::fact_orders_max) m_orders.erase(m_orders.begin());
    std::vector<std::uint32_t> rows, room;
    rows.reserve(state.columns.size() - state.dead_rows);
    for (std::uint32_t row = 0; row < state.columns.size(); ++row)
        if (state.columns.code(row) != dead_code) rows.push_back(row);
    room.resize(rows.size());
    const OrderKey key(state, order);
    for (std::size_t digit = 0; digit < digits; ++digit)
        if (sort_by_digit(key, digit, rows, room)) rows.swap(room);
    m_orders.push_back({order, std::move(rows)});
    return m_orders.back().rows;
}

FactOrders::Page FactOrders::page(const FactTable::State& state, const Selection& selection, FactOrder order,
                                  std::size_t offset, std::size_t count) {
    std::vector<std::uint32_t> selected;
    each_row(state, selection, [&](std::uint32_t row, Day) { selected.push_back(row); });
    Page page;
    page.total = static_cast<std::int64_t>(selected.size());
    if (offset >= selected.size() || count == 0) return page;
    count = std::min(count, selected.size());
    const OrderKey key(state, order);
    page.rows = selected.size() <= sorted_at_once_max
                    ? sorted_page(state, key, selected, offset, count)
                    : walked_page(state, key, sorted(state, order), selected, offset, count);
    return page;
}

std::vector<std::uint32_t> FactOrders::selected(const FactTable::State& state, const FactFilter& filter,
                                                std::string_view reference) const {
    if (m_listed && m_listed->reference == reference && m_listed->filter == filter) return m_listed->rows;
    std::vector<std::uint32_t> rows;
    each_row(state, Selection(state, filter), [&](std::uint32_t row, Day) { rows.push_back(row); });
    if (!reference.empty()) keep_references(state, reference, rows);
    return rows;
}

const FactOrders::Listed& FactOrders::listed(const FactTable::State& state, const FactFilter& filter,
                                             std::string_view reference, FactOrder order) {
    if (m_listed && m_listed->order == order && m_listed->reference == reference && m_listed->filter == filter)
        return *m_listed;
    std::vector<std::uint32_t> rows = selected(state, filter, reference);
    m_listed.reset();
    if (rows.size() <= sorted_at_once_max) {
        const OrderKey key(state, order);
        std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return key.of(a) < key.of(b); });
    } else {
        const std::vector<std::uint32_t>& index = sorted(state, order);
        const IndexWalk walk(index, rows, state.columns.size());
        std::size_t count = 0;
        for (const std::uint32_t row : index)
            if (walk.takes(row)) rows[count++] = row;
    }
    return m_listed.emplace(Listed{filter, std::string(reference), order, std::move(rows)});
}

FactOrders::Page FactOrders::window(const FactTable::State& state, const FactFilter& filter, std::string_view reference,
                                    FactOrder order, std::size_t offset, std::size_t count) {
    const std::vector<std::uint32_t>& rows = listed(state, filter, reference, order).rows;
    Page page;
    page.total = static_cast<std::int64_t>(rows.size());
    std::size_t begin = std::min(offset, rows.size()), end = std::min(begin + count, rows.size());
    if (begin == end) return page;
    const OrderKey key(state, order);
    // The run of whole ties around the window.
    while (begin > 0 && key.of(rows[begin - 1]) == key.of(rows[begin]))
        --begin;
    while (end < rows.size() && key.of(rows[end]) == key.of(rows[end - 1]))
        ++end;
    std::vector<std::uint32_t> run(rows.begin() + static_cast<std::ptrdiff_t>(begin),
                                   rows.begin() + static_cast<std::ptrdiff_t>(end));
    page.rows = page_of(state, key, std::move(run), offset - begin, count);
    return page;
}

}  // namespace portal
