#include "shared/facts/fact_cubes.hpp"

#include <algorithm>

#include "shared/base/limits.hpp"
#include "shared/facts/fact_columns.hpp"
#include "shared/facts/fact_keys.hpp"
#include "shared/facts/fact_pass.hpp"
#include "shared/facts/fact_selection.hpp"

namespace portal {
namespace {

constexpr std::size_t channel_count = Occasion::channel_mask + std::size_t{1};
// Room for days and practices to come, so that a new one does not ask for a new layout.
constexpr std::size_t spare_days = 31, plans_step = 4, practices_step = 16;

constexpr FactMeasures counts_of_splits = measure(&FactSums::sales) | measure(&FactSums::existing_cardholder_sales);

constexpr FactMeasures cents_measures =
    measure(&FactSums::requested_cents) | measure(&FactSums::approved_cents) | measure(&FactSums::gross_cents) |
    measure(&FactSums::refund_cents) | measure(&FactSums::refund_earlier_cents) | measure(&FactSums::chargeback_cents) |
    measure(&FactSums::reversal_cents) | measure(&FactSums::void_cents) | measure(&FactSums::fee_cents) |
    measure(&FactSums::fee_refund_cents);

bool has(FactMeasures measures, std::size_t index) {
    return (measures >> index & 1) != 0;
}

std::vector<CubeMeasure> whole_measures() {
    std::vector<CubeMeasure> measures;
    for (std::size_t index = 0; index < fact_sum_members.size(); ++index) {
        measures.push_back({index, true, !has(counts_of_splits, index)});
        if (has(counts_of_splits, index)) measures.push_back({index, false, true});
    }
    return measures;
}

std::vector<CubeMeasure> some_measures(FactMeasures wanted) {
    std::vector<CubeMeasure> measures;
    for (std::size_t index = 0; index < fact_sum_members.size(); ++index)
        if (has(wanted, index)) measures.push_back({index, true, false});
    return measures;
}

bool is_of_days(FactKey key) {
    return key == FactKey::none || key == FactKey::day || key == FactKey::week || key == FactKey::month ||
           key == FactKey::quarter || key == FactKey::weekday;
}

}  // namespace

FactCube::FactCube(CubeAxis axis, bool by_channel, std::vector<CubeMeasure> measures)
    : m_axis(axis), m_by_channel(by_channel), m_measures(std::move(measures)) {
    make_addends();
}

std::size_t FactCube::channels() const {
    return m_by_channel ? channel_count : 1;
}

void FactCube::make_addends() {
    for (std::size_t key = 0; key < ContributionClasses::keys; ++key) {
        m_addends_at.push_back(static_cast<std::uint32_t>(m_addends.size()));
        for (std::size_t track = 0; track < m_measures.size(); ++track) {
            const CubeMeasure& one = m_measures[track];
            const ContributionClasses& classes = contribution_classes(one.by_sale ? SplitBy::sale : SplitBy::plan);
            const Contribution& adds = classes.classes()[classes.class_of(key)];
            const Addend addend{static_cast<std::uint16_t>(track), adds.base[one.measure], adds.of_first[one.measure],
                                adds.of_second[one.measure]};
            if (addend.base != 0 || addend.of_first != 0 || addend.of_second != 0) m_addends.push_back(addend);
        }
    }
    m_addends_at.push_back(static_cast<std::uint32_t>(m_addends.size()));
}

std::size_t FactCube::track_of(std::size_t measure, bool by_plan) const {
    std::size_t track = 0;
    while (track < m_measures.size() &&
           (m_measures[track].measure != measure || !(by_plan ? m_measures[track].by_plan : m_measures[track].by_sale)))
        ++track;
    return track;
}

std::vector<std::size_t> FactCube::tracks_of(const FactQuestion& question, FactMeasures measures) const {
    std::vector<std::size_t> tracks;
    for (std::size_t measure = 0; measure < fact_sum_members.size(); ++measure)
        if (has(measures, measure)) tracks.push_back(track_of(measure, split_of(question) == SplitBy::plan));
    return tracks;
}

bool FactCube::can_answer(const FactQuestion& question) const {
    const FactFilter& filter = question.filter;
    if (filter.basis != DayBasis::own || !filter.locations.empty() || !filter.kinds.empty() ||
        !filter.statuses.empty() || filter.cardholder != Cardholder::any || filter.amount != CentsRange{} ||
        filter.weekday || filter.hour_band || filter.adding != 0)
        return false;
    if (!filter.channels.empty() && !m_by_channel) return false;
    if (m_axis == CubeAxis::plan ? !filter.practices.empty() : !filter.plans.empty()) return false;
    const FactKey axis_key = m_axis == CubeAxis::plan ? FactKey::plan : FactKey::practice;
    for (const FactKey key : {question.key, question.second})
        if (!is_of_days(key) && key != axis_key && !(key == FactKey::channel && m_by_channel)) return false;
    const auto tracks = tracks_of(question, empty_cells(question).measures);
    return std::find(tracks.begin(), tracks.end(), m_measures.size()) == tracks.end();
}

void FactCube::practice_changed(std::uint16_t practice) {
    if (m_is_stale.size() <= practice) m_is_stale.resize(practice + std::size_t{1}, 0);
    if (m_is_stale[practice] != 0) return;
    m_is_stale[practice] = 1;
    m_stale.push_back(practice);
}

bool FactCube::fits(const FactTable::State& state) const {
    const std::size_t entries = m_axis == CubeAxis::plan ? state.plans.size() : state.practices.size();
    return m_is_made && entries <= m_entries && state.days.first >= m_first_day &&
           state.days.last < m_first_day + static_cast<Day>(m_days);
}

bool FactCube::refresh(const FactTable::State& state, std::size_t bytes_max) {
    if (m_is_too_large) return false;
    if (fits(state) && m_stale.empty()) return true;
    const bool is_whole = m_axis == CubeAxis::plan || !fits(state);
    if (!fits(state)) {
        const std::size_t entries = m_axis == CubeAxis::plan ? state.plans.size() : state.practices.size();
        const std::size_t step = m_axis == CubeAxis::plan ? plans_step : practices_step;
        m_entries = (entries / step + 1) * step;
        m_first_day = state.days.first;
        m_days = static_cast<std::size_t>(state.days.last - state.days.first) + 1 + spare_days;
        std::size_t bytes = 0;
        for (const CubeMeasure& one : m_measures)
            bytes += PrefixSums::bytes_for(m_days, cells(), has(cents_measures, one.measure) ? 4 : 2);
        m_tracks.clear();
        m_is_made = false;
        m_is_too_large = bytes > bytes_max;
        if (m_is_too_large) return false;
        m_tracks.assign(m_measures.size(), PrefixSums(m_days, cells()));
    }
    if (m_axis == CubeAxis::plan) {
        make_whole(state);
    } else if (is_whole) {
        for (std::size_t practice = 0; practice < state.practices.size(); ++practice)
            make_practice(state, static_cast<std::uint16_t>(practice));
    } else {
        for (const std::uint16_t practice : m_stale)
            make_practice(state, practice);
    }
    m_stale.clear();
    m_is_stale.assign(m_is_stale.size(), 0);
    m_is_made = true;
    // Numbers that turned out wider than was reckoned with.
    m_is_too_large = memory_bytes() > bytes_max;
    if (m_is_too_large) m_tracks = {};
    return !m_is_too_large;
}

// `daily` is by day, one of `cells`, and track: what a row adds is side by side.
void FactCube::add_row(const FactTable::State& state, std::size_t row, std::size_t cell, std::size_t cells,
                       std::vector<std::int64_t>& daily) const {
    const Columns& columns = state.columns;
    const std::uint16_t key = columns.traits[row];
    const auto day = static_cast<std::size_t>(columns.own_day[row] - m_first_day);
    std::int64_t* sums = daily.data() + (day * cells + cell) * m_measures.size();
    const std::int64_t first = columns.first_cents[row], second = columns.second_cents[row];
    for (std::uint32_t at = m_addends_at[key]; at < m_addends_at[key + std::size_t{1}]; ++at) {
        const Addend& addend = m_addends[at];
        sums[addend.track] += addend.base + addend.of_first * first + addend.of_second * second;
    }
}

void FactCube::make_whole(const FactTable::State& state) {
    std::vector<std::int64_t> daily(m_days * m_measures.size() * cells());
    const Columns& columns = state.columns;
    for (std::size_t row = 0; row < columns.size(); ++row) {
        if (columns.code(row) == dead_code) continue;
        const std::size_t channel = m_by_channel ? columns.occasion[row] & Occasion::channel_mask : 0u;
        add_row(state, row, columns.plan[row] * channels() + channel, cells(), daily);
    }
    for (std::size_t track = 0; track < m_tracks.size(); ++track)
        for (std::size_t cell = 0; cell < cells(); ++cell)
            m_tracks[track].set(cell, daily.data() + cell * m_measures.size() + track, m_measures.size() * cells());
}

void FactCube::make_practice(const FactTable::State& state, std::uint16_t practice) {
    std::vector<std::int64_t> daily(m_days * m_measures.size() * channels());
    for (const std::uint32_t index : state.practice_rows[practice].segments)
        for (std::size_t row = state.segments[index].begin; row < state.segments[index].end; ++row)
            add_row(state, row, m_by_channel ? state.columns.occasion[row] & Occasion::channel_mask : 0u, channels(),
                    daily);
    for (std::size_t track = 0; track < m_tracks.size(); ++track)
        for (std::size_t channel = 0; channel < channels(); ++channel)
            m_tracks[track].set(practice * channels() + channel, daily.data() + channel * m_measures.size() + track,
                                m_measures.size() * channels());
}

// The cells that the filter wants, in runs of neighbours.
std::vector<RowRange> FactCube::wanted_cells(const FactTable::State& state, const FactFilter& filter) const {
    const Dictionary& names = m_axis == CubeAxis::plan ? state.plans : state.practices;
    const auto& ids = m_axis == CubeAxis::plan ? filter.plans : filter.practices;
    std::vector<std::uint8_t> wanted(names.size(), ids.empty() ? 1 : 0);
    for (const Id& id : ids)
        if (const std::uint32_t number = names.find(id); number != Dictionary::unknown) wanted[number] = 1;
    std::vector<RowRange> runs;
    for (std::uint32_t cell = 0; cell < names.size() * channels(); ++cell) {
        const auto channel = static_cast<FactChannel>(cell % channels());
        const bool has_channel = filter.channels.empty() || std::find(filter.channels.begin(), filter.channels.end(),
                                                                      channel) != filter.channels.end();
        if (wanted[cell / channels()] == 0 || !has_channel) continue;
        if (!runs.empty() && runs.back().end == cell)
            runs.back().end = cell + 1;
        else
            runs.push_back({cell, cell + 1});
    }
    return runs;
}

// Where the cells' groups are, for those of the two keys that are not of days.
std::vector<std::uint32_t> FactCube::groups_of_cells(const FactTable::State& state, const FactQuestion& question,
                                                     std::size_t second_count) const {
    const auto& ranks = m_axis == CubeAxis::plan ? state.plan_ranks.rank_of : state.practice_ranks.rank_of;
    const FactKey axis_key = m_axis == CubeAxis::plan ? FactKey::plan : FactKey::practice;
    std::vector<std::uint32_t> groups(ranks.size() * channels());
    for (std::size_t cell = 0; cell < groups.size(); ++cell) {
        const auto ordinal = [&](FactKey key) -> std::size_t {
            return key == axis_key ? ranks[cell / channels()] : key == FactKey::channel ? cell % channels() : 0;
        };
        groups[cell] = static_cast<std::uint32_t>(ordinal(question.key) * second_count + ordinal(question.second));
    }
    return groups;
}

void FactCube::answer(const FactTable::State& state, const FactQuestion& question, FactCells& answer) const {
    const DayRange days{std::max(question.filter.days.first, state.days.first),
                        std::min(question.filter.days.last, state.days.last)};
    if (days.first > days.last) return;
    const KeyTable first(state, question.key, days), second(state, question.second, days);
    const bool by_day[] = {first.source() == KeyTable::Source::day, second.source() == KeyTable::Source::day};
    const std::vector<std::uint32_t> groups = groups_of_cells(state, question, second.count());
    const std::vector<RowRange> runs = wanted_cells(state, question.filter);
    const auto tracks = tracks_of(question, answer.measures);
    std::vector<std::int64_t> values(first.count() * second.count() * tracks.size());
    for (Day day = days.first; day <= days.last;) {
        // On to the end of the days that are in the same groups.
        Day end = day + 1;
        while (end <= days.last && (!by_day[0] || first.ordinal_of_day(end) == first.ordinal_of_day(day)) &&
               (!by_day[1] || second.ordinal_of_day(end) == second.ordinal_of_day(day)))
            ++end;
        const std::size_t group =
            (by_day[0] ? first.ordinal_of_day(day) * second.count() : 0) + (by_day[1] ? second.ordinal_of_day(day) : 0);
        for (std::size_t index = 0; index < tracks.size(); ++index)
            for (const RowRange& run : runs)
                m_tracks[tracks[index]].each(static_cast<std::size_t>(day - m_first_day),
                                             static_cast<std::size_t>(end - m_first_day), run.begin,
                                             run.end - run.begin, [&](std::size_t cell, std::int64_t value) {
                                                 values[(group + groups[cell]) * tracks.size() + index] += value;
                                             });
        day = end;
    }
    tell(first, second, std::move(values), tracks.size(), answer);
}

void FactCube::tell(const KeyTable& first, const KeyTable& second, std::vector<std::int64_t> values, std::size_t width,
                    FactCells& answer) {
    answer.places.resize(first.count() * second.count());
    std::size_t told = 0, group = 0;
    for (std::size_t ordinal = 0; ordinal < first.count(); ++ordinal)
        for (std::size_t other = 0; other < second.count(); ++other, ++group) {
            std::int64_t any = 0;
            for (std::size_t index = 0; index < width; ++index) {
                any |= values[group * width + index];
                values[told * width + index] = values[group * width + index];
            }
            answer.places[told] = {first.number(ordinal), second.number(other), false};
            told += any != 0 ? 1 : 0;
        }
    answer.places.resize(told);
    values.resize(told * width);
    answer.values = std::move(values);
}

std::size_t FactCube::memory_bytes() const {
    std::size_t bytes = m_addends.capacity() * sizeof(Addend) + m_addends_at.capacity() * sizeof(std::uint32_t);
    for (const PrefixSums& track : m_tracks)
        bytes += track.memory_bytes();
    return bytes;
}

FactCubes::FactCubes() {
    m_cubes.emplace_back(CubeAxis::plan, true, whole_measures());
    m_cubes.emplace_back(CubeAxis::practice, true,
                         some_measures(measure(&FactSums::approved) | measure(&FactSums::declined)));
    m_cubes.emplace_back(
        CubeAxis::practice, false,
        some_measures(measure(&FactSums::sales) | measure(&FactSums::sale_rows) | measures_of(FactRank::net_cents)));
}

void FactCubes::practice_changed(std::uint16_t practice) {
    for (FactCube& cube : m_cubes)
        cube.practice_changed(practice);
}

bool FactCubes::answer(const FactTable::State& state, const FactQuestion& question, FactCells& answer) {
    for (FactCube& cube : m_cubes) {
        if (!cube.can_answer(question)) continue;
        const std::size_t others = memory_bytes() - cube.memory_bytes();
        if (others >= limits::fact_cube_bytes_max || !cube.refresh(state, limits::fact_cube_bytes_max - others))
            continue;
        cube.answer(state, question, answer);
        return true;
    }
    return false;
}

std::size_t FactCubes::memory_bytes() const {
    std::size_t bytes = 0;
    for (const FactCube& cube : m_cubes)
        bytes += cube.memory_bytes();
    return bytes;
}

}  // namespace portal
