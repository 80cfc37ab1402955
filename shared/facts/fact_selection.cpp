#include "shared/facts/fact_selection.hpp"

#include <algorithm>

#include "shared/base/limits.hpp"
#include "shared/facts/lanes.hpp"

namespace portal {
namespace {

std::vector<std::uint8_t> wanted_numbers(const Dictionary& dictionary, const std::vector<Id>& ids) {
    std::vector<std::uint8_t> wanted(dictionary.size(), ids.empty() ? 1 : 0);
    for (const auto& id : ids)
        if (const std::uint32_t number = dictionary.find(id); number != Dictionary::unknown) wanted[number] = 1;
    return wanted;
}

constexpr std::size_t lanes_at_once = 8;

// The places for which `is_kept` is 1 and not 0, moved together; without a branch, because no guess would hold.
template <class IsKept>
std::size_t keep(std::uint16_t* places, std::size_t count, const IsKept& is_kept) {
    std::size_t kept = 0;
    for (std::size_t index = 0; index < count; ++index) {
        const std::uint16_t place = places[index];
        places[kept] = place;
        kept += static_cast<std::size_t>(is_kept(place));
    }
    return kept;
}

}  // namespace

Selection::Selection(const FactTable::State& state, const FactFilter& filter) : m_filter(filter) {
    set_basis();
    set_days(state);
    set_weekday();
    set_amount();
    set_plans(state);
    set_occasions();
    m_has_places = !filter.practices.empty() || !filter.locations.empty();
    if (m_days.first <= m_days.last) find_ranges(state);
}

// An application's own day is that of its event, and any other fact's the one it was posted on. Rows of other kinds are
// left out by their kind.
void Selection::set_basis() {
    const auto is_application = [](FactKind kind) { return kind == FactKind::application; };
    m_basis = m_filter.basis;
    if (m_filter.kinds.empty()) return;
    const bool is_own = m_basis == DayBasis::event ? std::ranges::all_of(m_filter.kinds, is_application)
                                                   : std::ranges::none_of(m_filter.kinds, is_application);
    if (is_own) m_basis = DayBasis::own;
}

void Selection::set_days(const FactTable::State& state) {
    m_days = {std::max(m_filter.days.first, state.days.first), std::min(m_filter.days.last, state.days.last)};
    m_day_first = static_cast<std::uint16_t>(m_days.first);
    m_day_span = static_cast<std::uint16_t>(m_days.last - m_days.first);
}

void Selection::set_weekday() {
    if (!m_filter.weekday) return;
    for (Day day = m_days.first; day <= m_days.last; ++day)
        m_weekdays.push_back(weekday_of_day(day) == *m_filter.weekday);
}

void Selection::set_amount() {
    const std::int64_t first = std::max<std::int64_t>(m_filter.amount.first, 0);
    const std::int64_t last = std::min(m_filter.amount.last, limits::fact_cents_max);
    if (first > last) m_days = DayRange{};
    m_by_amount = first > 0 || last < limits::fact_cents_max;
    m_amount_first = static_cast<std::uint32_t>(first);
    m_amount_span = static_cast<std::uint32_t>(last - first);
}

void Selection::set_plans(const FactTable::State& state) {
    const auto wanted = wanted_numbers(state.plans, m_filter.plans);
    std::copy(wanted.begin(), wanted.end(), m_plans.begin());
    m_by_plan = !m_filter.plans.empty();
}

void Selection::set_occasions() {
    const std::vector<FactChannel>& channels = m_filter.channels;
    for (std::size_t value = 0; value < m_channels.size(); ++value) {
        const auto channel = static_cast<FactChannel>(value & Occasion::channel_mask);
        m_channels[value] = channels.empty() || std::find(channels.begin(), channels.end(), channel) != channels.end();
    }
    m_by_channel = !channels.empty();
    m_by_hour = m_filter.hour_band.has_value();
    m_hour = static_cast<std::uint16_t>(m_filter.hour_band.value_or(0));
}

void Selection::find_ranges(const FactTable::State& state) {
    if (!m_has_places) {
        if (state.columns.size() > 0) m_ranges = {{0, static_cast<std::uint32_t>(state.columns.size())}};
        return;
    }
    const auto practices = wanted_numbers(state.practices, m_filter.practices);
    const auto locations = wanted_numbers(state.locations, m_filter.locations);
    std::vector<std::uint8_t> with_location(practices.size(), 0);
    for (std::size_t location = 0; location < locations.size(); ++location)
        if (locations[location] != 0) with_location[state.practice_of_location[location]] = 1;
    for (std::size_t practice = 0; practice < practices.size(); ++practice) {
        if (practices[practice] == 0 || with_location[practice] == 0) continue;
        for (const std::uint32_t index : state.practice_rows[practice].segments) {
            const SegmentRows& segment = state.segments[index];
            if (locations[segment.location] == 0 || segment.is_gone() || segment.day_max < m_days.first ||
                segment.day_min > m_days.last)
                continue;
            if (!m_ranges.empty() && m_ranges.back().end == segment.begin)
                m_ranges.back().end = segment.end;
            else
                m_ranges.push_back({segment.begin, segment.end});
        }
    }
}

Selection::WantedKeys Selection::wanted_keys() const {
    WantedKeys wanted{};
    for (std::size_t code = 0; code < fact_traits::numbering.count; ++code)
        for (const bool existing : {false, true})
            wanted[code | (existing ? existing_key : 0u)] = is_wanted(m_filter, static_cast<TraitCode>(code), existing);
    return wanted;
}

const std::uint16_t* Selection::days_of(const Columns& columns, std::size_t begin, std::size_t count,
                                        std::uint16_t* room) const {
    if (m_basis == DayBasis::own) return columns.own_day.data() + begin;
    for (std::size_t place = 0; place < count; ++place) {
        const std::size_t row = begin + place;
        room[place] = columns.code(row) == dead_code ? std::uint16_t{0}
                      : m_basis == DayBasis::event   ? static_cast<std::uint16_t>(columns.event_day(row))
                                                     : static_cast<std::uint16_t>(columns.posted_day(row));
    }
    return room;
}

std::size_t Selection::select(const Columns& columns, std::size_t begin, std::size_t count, const std::uint16_t* days,
                              std::uint16_t* out) const {
    const std::uint32_t* amounts = columns.first_cents.data() + begin;
    const std::uint8_t* occasions = columns.occasion.data() + begin;
    const auto in_days = [&](std::size_t place) {
        return static_cast<std::uint16_t>(days[place] - m_day_first) <= m_day_span;
    };
    const auto in_amounts = [&](std::size_t place) { return amounts[place] - m_amount_first <= m_amount_span; };
    const auto in_hour = [&](std::size_t place) {
        return !m_by_hour || occasions[place] >> Occasion::hour_shift == m_hour;
    };
    std::size_t selected = 0, place = 0;
    // An unsigned difference tells both ends of a range at once.
    for (; place + lanes_at_once <= count; place += lanes_at_once) {
        const auto day = lanes::load<lanes::U16x8>(days + place);
        lanes::U16x8 mask = static_cast<lanes::U16x8>((day - m_day_first) <= m_day_span);
        if (m_by_amount) {
            const auto low = lanes::load<lanes::U32x4>(amounts + place);
            const auto high = lanes::load<lanes::U32x4>(amounts + place + lanes_at_once / 2);
            mask &= lanes::narrowed(static_cast<lanes::U32x4>((low - m_amount_first) <= m_amount_span),
                                    static_cast<lanes::U32x4>((high - m_amount_first) <= m_amount_span));
        }
        if (m_by_hour) {
            const auto wide = __builtin_convertvector(lanes::load<lanes::U8x8>(occasions + place), lanes::U16x8);
            mask &= static_cast<lanes::U16x8>((wide >> Occasion::hour_shift) == m_hour);
        }
        selected += lanes::put_numbers(lanes::bits_of(mask), static_cast<std::uint16_t>(place), out + selected);
    }
    for (; place < count; ++place) {
        out[selected] = static_cast<std::uint16_t>(place);
        selected += in_days(place) && in_amounts(place) && in_hour(place) ? 1 : 0;
    }
    if (m_by_plan || m_by_channel)
        selected = keep(out, selected, [&](std::uint16_t kept) {
            return m_plans[columns.plan[begin + kept]] & m_channels[occasions[kept]];
        });
    if (!m_weekdays.empty())
        selected = keep(out, selected, [&](std::uint16_t kept) { return m_weekdays[days[kept] - m_day_first]; });
    return selected;
}

}  // namespace portal
