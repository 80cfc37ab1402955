#include "shared/facts/fact_pass.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <optional>
#include <unordered_map>

#include "shared/base/limits.hpp"
#include "shared/facts/fact_keys.hpp"
#include "shared/facts/fact_selection.hpp"

namespace portal {
namespace {

// A block's selected rows, as all questions under one filter see them.
struct Block {
    std::size_t begin = 0, count = 0;   // Rows selected, not rows looked at.
    std::vector<std::uint16_t> places;  // From `begin` on.
    std::vector<std::uint16_t> day_room;
    const std::uint16_t* days = nullptr;  // Of the filter's basis, by place.
};

// Measures that depend on which rows count as a split sale's first.
constexpr FactMeasures split_measures = measure(&FactSums::sales) | measure(&FactSums::existing_cardholder_sales);

// What is added up for one or more questions under one filter. A cell is, for each slot of a group: rows, sum of first
// amounts, sum of second amounts, as far as the measures need them.
class Accumulator {
  public:
    Accumulator(const FactQuestion& question, FactMeasures measures)
        : m_keys{question.key, question.second}, m_split(split_of(question)), m_measures(measures) {}

    // Rows that are added up by more keys can be summed to fewer: is there anything in the question that is not here?
    bool take(const FactQuestion& question, FactMeasures measures) {
        const bool same_split = m_split == split_of(question) || ((m_measures | measures) & split_measures) == 0;
        if (!same_split || !has_key(question.key) || !has_key(question.second)) return false;
        m_measures |= measures;
        return true;
    }

    void prepare(const FactTable::State& state, const Selection& selection) {
        m_slots.emplace(selection.filter(), m_split, m_measures);
        m_stride = 1u + (m_slots->needs_first || m_slots->needs_second ? 1 : 0) + (m_slots->needs_second ? 1 : 0);
        for (const FactKey key : m_keys)
            m_tables.emplace_back(state, key, selection.days());
        m_group_size = m_slots->slots.size() * m_stride;
        const std::size_t groups = m_tables[0].count() * m_tables[1].count();
        m_is_dense = groups * m_slots->slots.size() <= limits::fact_dense_cells_max;
        if (m_is_dense) m_cells.resize(groups * m_group_size);
        const std::size_t steps[] = {m_tables[1].count() * m_group_size, m_group_size};
        for (std::size_t key = 0; key < 2; ++key)
            for (const std::uint32_t ordinal : m_tables[key].ordinals())
                m_steps[key].push_back(m_is_dense ? static_cast<std::uint32_t>(ordinal * steps[key]) : ordinal);
        for (std::size_t key = 0; key < ContributionClasses::keys; ++key)
            m_slot_steps[key] = static_cast<std::uint32_t>(m_slots->slot_of[key] * m_stride);
    }

    void add(const Columns& columns, const Block& block) {
        with_column(columns, block, m_tables[0].source(), [&](const auto* first) {
            with_column(columns, block, m_tables[1].source(), [&](const auto* second) {
                if (!m_is_dense) return add_hashed(columns, block, first, second);
                if (m_stride == 1) return add_rows<1>(columns, block, first, second);
                if (m_stride == 2) return add_rows<2>(columns, block, first, second);
                add_rows<3>(columns, block, first, second);
            });
        });
    }

    void tell(const FactQuestion& question, FactCells& answer) const {
        const std::size_t from[] = {table_of(question.key), table_of(question.second)};
        const std::size_t seconds = m_tables[1].count(), told_seconds = table(from[1]).count();
        const auto told = [&](std::uint64_t group) {
            const std::uint64_t ordinals[] = {group / seconds, group % seconds, 0};
            return ordinals[from[0]] * told_seconds + ordinals[from[1]];
        };
        const std::size_t groups = table(from[0]).count() * told_seconds;
        if (from[0] == 0 && from[1] == 1 && m_is_dense) {
            for (std::size_t group = 0; group < groups; ++group)
                tell_group(from, group, m_cells.data() + group * m_group_size, answer);
            return;
        }
        // Which of the cells are of one of the question's own groups; those lie together once sorted.
        std::vector<std::pair<std::uint64_t, std::size_t>> order;
        for (std::size_t index = 0; index * m_group_size < m_cells.size(); ++index)
            order.emplace_back(told(m_is_dense ? index : m_group_of[index]), index);
        std::sort(order.begin(), order.end());
        std::vector<std::int64_t> sums;
        for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
            sums.assign(m_group_size, 0);
            for (; end < order.size() && order[end].first == order[begin].first; ++end)
                for (std::size_t index = 0; index < m_group_size; ++index)
                    sums[index] += m_cells[order[end].second * m_group_size + index];
            tell_group(from, order[begin].first, sums.data(), answer);
        }
    }

  private:
    static constexpr std::size_t no_key = 2;

    bool has_key(FactKey key) const { return key == FactKey::none || key == m_keys[0] || key == m_keys[1]; }
    std::size_t table_of(FactKey key) const { return key == m_keys[0] ? 0 : key == m_keys[1] ? 1 : no_key; }
    const KeyTable& table(std::size_t index) const {
        return index == no_key ? KeyTable::of_nothing() : m_tables[index];
    }

    template <class Use>
    static void with_column(const Columns& columns, const Block& block, KeyTable::Source source, const Use& use) {
        switch (source) {
            case KeyTable::Source::day:
                return use(block.days);
            case KeyTable::Source::location:
                return use(columns.location.data() + block.begin);
            case KeyTable::Source::plan:
                return use(columns.plan.data() + block.begin);
            case KeyTable::Source::occasion:
                return use(columns.occasion.data() + block.begin);
            case KeyTable::Source::code:
            case KeyTable::Source::nothing:
                return use(columns.traits.data() + block.begin);
        }
    }

    // Slot 0 takes the rows that add nothing: adding them is quicker than asking each.
    template <std::size_t stride, class First, class Second>
    void add_rows(const Columns& columns, const Block& block, const First* first, const Second* second) {
        const std::uint16_t* traits = columns.traits.data() + block.begin;
        const std::uint16_t* places = block.places.data();
        const std::uint32_t* first_cents = columns.first_cents.data() + block.begin;
        const std::uint32_t* second_cents = columns.second_cents.data() + block.begin;
        const std::uint32_t *first_steps = m_steps[0].data(), *second_steps = m_steps[1].data();
        const std::size_t first_offset = m_tables[0].offset(), second_offset = m_tables[1].offset();
        const std::uint32_t* slot_steps = m_slot_steps.data();
        std::int64_t* cells = m_cells.data();
        for (std::size_t index = 0; index < block.count; ++index) {
            const std::size_t place = places[index];
            std::int64_t* cell = cells + first_steps[first[place] - first_offset] +
                                 second_steps[second[place] - second_offset] + slot_steps[traits[place]];
            cell[0] += 1;
            if constexpr (stride > 1) cell[1] += first_cents[place];
            if constexpr (stride > 2) cell[2] += second_cents[place];
        }
    }

    // Too many groups could be: those that are get cells as they come.
    template <class First, class Second>
    void add_hashed(const Columns& columns, const Block& block, const First* first, const Second* second) {
        for (std::size_t index = 0; index < block.count; ++index) {
            const std::size_t place = block.places[index];
            const std::uint32_t slot = m_slot_steps[columns.traits[block.begin + place]];
            if (slot == 0) continue;
            const std::uint64_t group =
                std::uint64_t{m_steps[0][first[place] - m_tables[0].offset()]} * m_tables[1].count() +
                m_steps[1][second[place] - m_tables[1].offset()];
            const auto [found, is_new] = m_index_of.try_emplace(group, static_cast<std::uint32_t>(m_group_of.size()));
            if (is_new) {
                m_group_of.push_back(group);
                m_cells.resize(m_cells.size() + m_group_size);
            }
            std::int64_t* cell = m_cells.data() + found->second * m_group_size + slot;
            cell[0] += 1;
            if (m_stride > 1) cell[1] += columns.first_cents[block.begin + place];
            if (m_stride > 2) cell[2] += columns.second_cents[block.begin + place];
        }
    }

    bool has_rows(const std::int64_t* cells) const {
        for (std::size_t slot = 1; slot < m_slots->slots.size(); ++slot)
            if (cells[slot * m_stride] != 0) return true;
        return false;
    }

    void tell_group(const std::size_t (&from)[2], std::uint64_t group, const std::int64_t* cells,
                    FactCells& answer) const {
        if (!has_rows(cells)) return;
        const std::size_t held = answer.values.size(), seconds = table(from[1]).count();
        bool is_something = false;
        for (std::size_t measure = 0; measure < fact_sum_members.size(); ++measure) {
            if ((answer.measures >> measure & 1) == 0) continue;
            answer.values.push_back(sum(cells, measure));
            is_something |= answer.values.back() != 0;
        }
        if (is_something)
            answer.places.push_back(
                {table(from[0]).number(group / seconds), table(from[1]).number(group % seconds), false});
        else
            answer.values.resize(held);
    }

    std::int64_t sum(const std::int64_t* cells, std::size_t measure) const {
        std::int64_t sum = 0;
        for (std::size_t slot = 1; slot < m_slots->slots.size(); ++slot) {
            const std::int64_t* cell = cells + slot * m_stride;
            const Contribution& contribution = m_slots->slots[slot];
            sum += contribution.base[measure] * cell[0];
            if (m_stride > 1) sum += contribution.of_first[measure] * cell[1];
            if (m_stride > 2) sum += contribution.of_second[measure] * cell[2];
        }
        return sum;
    }

    std::array<FactKey, 2> m_keys;
    SplitBy m_split;
    FactMeasures m_measures;
    std::optional<MeasureSlots> m_slots;
    std::vector<KeyTable> m_tables;
    std::array<std::vector<std::uint32_t>, 2> m_steps;  // By a column's value: how far its groups' cells are.
    std::array<std::uint32_t, ContributionClasses::keys> m_slot_steps{};
    std::size_t m_stride = 1, m_group_size = 0;
    bool m_is_dense = true;
    std::vector<std::int64_t> m_cells;
    std::unordered_map<std::uint64_t, std::uint32_t> m_index_of;  // Never walked: m_group_of has the order of arrival.
    std::vector<std::uint64_t> m_group_of;
};

// All open questions under one filter: rows are selected once for them.
class FilterPass {
  public:
    FilterPass(const FactTable::State& state, const FactFilter& filter) : m_state(state), m_selection(state, filter) {
        m_block.places.resize(block_rows + 8);
        if (filter.basis != DayBasis::own) m_block.day_room.resize(block_rows);
    }

    const Selection& selection() const { return m_selection; }
    const FactFilter& filter() const { return m_selection.filter(); }

    // Those by two keys first, so that the others find what they can be summed from.
    void ask(const FactQuestion& question, FactMeasures measures, std::size_t index) {
        auto fit = m_sums.begin();
        while (fit != m_sums.end() && !fit->take(question, measures))
            ++fit;
        m_asked.emplace_back(index, static_cast<std::size_t>(fit - m_sums.begin()));
        if (fit == m_sums.end()) m_sums.emplace_back(question, measures);
    }

    void prepare() {
        for (Accumulator& sums : m_sums)
            sums.prepare(m_state, m_selection);
    }

    void add_rows(std::size_t begin, std::size_t count) {
        const Columns& columns = m_state.columns;
        m_block.days = m_selection.days_of(columns, begin, count, m_block.day_room.data());
        m_block.begin = begin;
        m_block.count = m_selection.select(columns, begin, count, m_block.days, m_block.places.data());
        if (m_block.count == 0) return;
        for (Accumulator& sums : m_sums)
            sums.add(columns, m_block);
    }

    void tell(const std::vector<FactQuestion>& questions, std::vector<FactCells>& answers) const {
        for (const auto& [index, sums] : m_asked)
            m_sums[sums].tell(questions[index], answers[index]);
    }

  private:
    const FactTable::State& m_state;
    Selection m_selection;
    std::vector<Accumulator> m_sums;
    std::vector<std::pair<std::size_t, std::size_t>> m_asked;  // A question's index and its sums' one.
    Block m_block;
};

void add_range(FilterPass& pass, RowRange range) {
    for (std::size_t begin = range.begin; begin < range.end; begin += block_rows)
        pass.add_rows(begin, std::min<std::size_t>(block_rows, range.end - begin));
}

}  // namespace

SplitBy split_of(const FactQuestion& question) {
    const bool tells_plans =
        !question.filter.plans.empty() || question.key == FactKey::plan || question.second == FactKey::plan;
    return tells_plans ? SplitBy::plan : SplitBy::sale;
}

FactCells empty_cells(const FactQuestion& question) {
    FactCells cells;
    cells.measures = question.measures & every_measure;
    if (question.top.count > 0) cells.measures |= measures_of(question.top.by);
    cells.width = static_cast<std::size_t>(std::popcount(cells.measures));
    return cells;
}

void answer_by_rows(const FactTable::State& state, const std::vector<FactQuestion>& questions,
                    std::span<const std::size_t> open, std::vector<FactCells>& answers) {
    std::vector<std::unique_ptr<FilterPass>> passes;
    std::vector<std::size_t> order(open.begin(), open.end());
    std::stable_partition(order.begin(), order.end(), [&](std::size_t index) {
        return questions[index].key != FactKey::none && questions[index].second != FactKey::none;
    });
    for (const std::size_t index : order) {
        const FactFilter& filter = questions[index].filter;
        auto same =
            std::find_if(passes.begin(), passes.end(), [&](const auto& pass) { return pass->filter() == filter; });
        if (same == passes.end()) same = passes.insert(same, std::make_unique<FilterPass>(state, filter));
        (*same)->ask(questions[index], answers[index].measures, index);
    }
    for (const auto& pass : passes)
        pass->prepare();
    // Filters without places go over all rows together, block by block, while the block's columns are near.
    std::vector<FilterPass*> everywhere;
    for (const auto& pass : passes) {
        if (pass->selection().ranges().empty()) continue;
        if (!pass->selection().has_places())
            everywhere.push_back(pass.get());
        else
            for (const RowRange& range : pass->selection().ranges())
                add_range(*pass, range);
    }
    if (!everywhere.empty())
        for (std::size_t begin = 0; begin < state.columns.size(); begin += block_rows)
            for (FilterPass* pass : everywhere)
                pass->add_rows(begin, std::min(block_rows, state.columns.size() - begin));
    for (const auto& pass : passes)
        pass->tell(questions, answers);
}

}  // namespace portal
