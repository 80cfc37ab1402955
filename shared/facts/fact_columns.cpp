#include "shared/facts/fact_columns.hpp"

#include <algorithm>

#include "shared/base/check.hpp"

namespace portal {
namespace {

// More dead rows than this share of the live ones are swept out.
constexpr std::size_t dead_share = 4, dead_rows_min = 1'024;

template <class T>
std::size_t bytes_of(const std::vector<T>& column) {
    return column.capacity() * sizeof(T);
}

// What a practice's reference is called in the dictionary, written into `text`, whose memory serves all rows.
std::string_view link_text(std::string& text, std::uint16_t practice, std::string_view reference) {
    text.assign({static_cast<char>(practice & 0xFF), static_cast<char>(practice >> 8)});
    return text.append(reference);
}

std::uint16_t narrow(std::uint32_t number) {
    check(number <= 0xFFFF, "more places or plans than a column can number");
    return static_cast<std::uint16_t>(number);
}

// A sale's rows share reference and event day; a lone row without a reference is a sale of its own.
struct SplitKey {
    std::uint32_t link;
    Day event_day;
    std::uint8_t kind;
    std::uint16_t plan;
    auto operator<=>(const SplitKey&) const = default;
};

// Marks, in rows [begin, end), the first row of each sale and of each sale's share of a plan.
void mark_splits(Columns& columns, std::uint32_t begin, std::uint32_t end) {
    std::vector<SplitKey> keys_seen, sales_seen;
    const auto seen_before = [](std::vector<SplitKey>& seen, const SplitKey& key) {
        if (std::find(seen.begin(), seen.end(), key) != seen.end()) return true;
        seen.push_back(key);
        return false;
    };
    // Rows sorted by reference and day put the splits side by side, so that the lists above stay short.
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = begin; row < end; ++row) {
        const auto kind = static_cast<FactKind>(columns.kind[row]);
        const bool is_sale = kind == FactKind::sale || kind == FactKind::void_;
        const bool counts = kind == FactKind::void_
                                ? columns.settled_cents[row] > 0
                                : columns.status[row] == static_cast<std::uint8_t>(FactStatus::settled);
        const bool splittable =
            is_sale && counts && columns.link[row] != 0 && (columns.flags[row] & Columns::duplicate_bit) == 0;
        if (splittable)
            rows.push_back(row);
        else
            columns.flags[row] |= Columns::first_of_sale_bit | Columns::first_in_plan_bit;
    }
    std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
        // By key and not by row, so that the first one is the same in every replica.
        return std::tuple(columns.link[a], columns.event_day[a], columns.external_key.at(a)) <
               std::tuple(columns.link[b], columns.event_day[b], columns.external_key.at(b));
    });
    for (std::size_t index = 0; index < rows.size(); ++index) {
        const std::uint32_t row = rows[index];
        if (index == 0 || columns.link[rows[index - 1]] != columns.link[row] ||
            columns.event_day[rows[index - 1]] != columns.event_day[row]) {
            keys_seen.clear();
            sales_seen.clear();
        }
        SplitKey key{columns.link[row], columns.event_day[row], columns.kind[row], columns.plan[row]};
        if (!seen_before(keys_seen, key)) columns.flags[row] |= Columns::first_in_plan_bit;
        key.plan = 0;
        if (!seen_before(sales_seen, key)) columns.flags[row] |= Columns::first_of_sale_bit;
    }
}

}  // namespace

std::size_t Columns::memory_bytes() const {
    return bytes_of(practice) + bytes_of(location) + bytes_of(plan) + bytes_of(link) + bytes_of(kind) +
           bytes_of(status) + bytes_of(channel) + bytes_of(flags) + bytes_of(hour_band) + bytes_of(event_day) +
           bytes_of(posted_day) + bytes_of(row_number) + bytes_of(requested_cents) + bytes_of(approved_cents) +
           bytes_of(settled_cents) + bytes_of(fee_cents) + external_key.memory_bytes();
}

FactTable::State::State() {
    links.add(std::string_view());
}

void FactTable::State::append(const wire::FactColumns& facts, const FactSegment& segment) {
    SegmentRows rows;
    rows.id = segment.id;
    rows.begin = static_cast<std::uint32_t>(columns.size());
    rows.end = rows.begin + static_cast<std::uint32_t>(facts.size());
    rows.practice = narrow(practices.add(segment.practice));
    rows.location = narrow(locations.add(segment.location));
    rows.month = segment.month;
    rows.closed_until = segment.closed_until;
    std::vector<std::uint16_t> plan_numbers;
    for (const auto& plan : facts.plans)
        plan_numbers.push_back(narrow(plans.add(plan)));
    std::string link;
    for (std::size_t index = 0; index < facts.size(); ++index) {
        const std::string_view reference = facts.application_ref.at(index);
        columns.practice.push_back(rows.practice);
        columns.location.push_back(rows.location);
        columns.plan.push_back(plan_numbers[facts.plan[index]]);
        columns.link.push_back(reference.empty() ? 0 : links.add(link_text(link, rows.practice, reference)));
        columns.kind.push_back(static_cast<std::uint8_t>(facts.kind[index]));
        columns.status.push_back(static_cast<std::uint8_t>(facts.status[index]));
        columns.channel.push_back(static_cast<std::uint8_t>(facts.channel[index]));
        columns.external_key.add(facts.external_key.at(index));
    }
    const auto extend = [](auto& column, const auto& values) {
        column.insert(column.end(), values.begin(), values.end());
    };
    extend(columns.flags, facts.flags);
    extend(columns.hour_band, facts.hour_band);
    extend(columns.event_day, facts.event_day);
    extend(columns.posted_day, facts.posted_day);
    extend(columns.row_number, facts.row_number);
    extend(columns.requested_cents, facts.requested_cents);
    extend(columns.approved_cents, facts.approved_cents);
    extend(columns.settled_cents, facts.settled_cents);
    extend(columns.fee_cents, facts.fee_cents);
    if (facts.size() > 0) {
        const auto [event_min, event_max] = std::minmax_element(facts.event_day.begin(), facts.event_day.end());
        const auto [posted_min, posted_max] = std::minmax_element(facts.posted_day.begin(), facts.posted_day.end());
        rows.day_min = std::min(*event_min, *posted_min);
        rows.day_max = std::max(*event_max, *posted_max);
    }
    mark_splits(columns, rows.begin, rows.end);
    segment_by_id[segment.id] = segments.size();
    segments.push_back(std::move(rows));
    links_stale = true;
}

void FactTable::State::kill(std::size_t segment_index) {
    SegmentRows& rows = segments[segment_index];
    std::fill(columns.kind.begin() + rows.begin, columns.kind.begin() + rows.end, Columns::dead_kind);
    dead_rows += rows.end - rows.begin;
    segment_by_id.erase(rows.id);
    // An empty range stays behind until the sweep, so that the other indexes hold.
    rows.id.clear();
    rows.end = rows.begin;
    links_stale = true;
}

void FactTable::State::sweep_if_due() {
    const std::size_t live = columns.size() - dead_rows;
    const bool rows_due = dead_rows >= dead_rows_min && dead_rows * dead_share >= live;
    const bool ranges_due = segments.size() >= dead_rows_min && segments.size() > segment_by_id.size() * 2;
    if (!rows_due && !ranges_due) return;
    // Texts of dead rows go too: everything is taken over into a new state, segment by segment.
    State swept;
    for (const auto& rows : segments) {
        if (rows.id.empty()) continue;
        FactSegment segment;
        segment.id = rows.id;
        segment.practice = practices.at(rows.practice);
        segment.location = locations.at(rows.location);
        segment.month = rows.month;
        segment.closed_until = rows.closed_until;
        std::vector<FinancingFact> facts;
        for (std::uint32_t row = rows.begin; row < rows.end; ++row)
            facts.push_back(fact(row));
        auto decoded = wire::decode_columns(wire::encode_segment(facts));
        check(decoded.has_value(), "a segment that was decoded once encodes again");
        swept.append(*decoded, segment);
    }
    *this = std::move(swept);
}

void FactTable::State::refresh_links() const {
    if (!links_stale) return;
    link_money.assign(links.size(), {});
    linked_sales.clear();
    for (std::size_t row = 0; row < columns.size(); ++row) {
        const std::uint32_t link = columns.link[row];
        if (link == 0 || columns.kind[row] == Columns::dead_kind || (columns.flags[row] & Columns::duplicate_bit) != 0)
            continue;
        LinkMoney& money = link_money[link];
        const std::int64_t cents = columns.settled_cents[row];
        switch (static_cast<FactKind>(columns.kind[row])) {
            case FactKind::sale:
                if (static_cast<FactStatus>(columns.status[row]) != FactStatus::settled) break;
                money.first_sale_posted = money.sale_rows == 0
                                              ? columns.posted_day[row]
                                              : std::min(money.first_sale_posted, columns.posted_day[row]);
                money.sale_rows += 1;
                money.gross_cents += cents;
                linked_sales.push_back({link, columns.posted_day[row]});
                break;
            case FactKind::void_:
                money.gross_cents -= cents;
                break;
            case FactKind::refund:
            case FactKind::chargeback:
                money.refund_cents += cents;
                break;
            case FactKind::reversal:
                money.refund_cents -= cents;
                break;
            case FactKind::application:
                break;
        }
    }
    std::sort(linked_sales.begin(), linked_sales.end());
    links_stale = false;
}

bool FactTable::State::has_sale_in_time(std::uint32_t link, Day application_day) const {
    const auto sale = std::lower_bound(linked_sales.begin(), linked_sales.end(), LinkedSale{link, application_day});
    return sale != linked_sales.end() && sale->link == link && is_sale_in_time(application_day, sale->posted_day);
}

FinancingFact FactTable::State::fact(std::size_t row) const {
    FinancingFact fact;
    fact.external_key = columns.external_key.at(row);
    if (columns.link[row] != 0) fact.application_ref = links.at(columns.link[row]).substr(2);
    fact.row_number = columns.row_number[row];
    fact.kind = static_cast<FactKind>(columns.kind[row]);
    fact.status = static_cast<FactStatus>(columns.status[row]);
    fact.practice = practices.at(columns.practice[row]);
    fact.location = locations.at(columns.location[row]);
    fact.plan = plans.at(columns.plan[row]);
    fact.channel = static_cast<FactChannel>(columns.channel[row]);
    fact.existing_cardholder = (columns.flags[row] & Columns::existing_bit) != 0;
    fact.duplicate = (columns.flags[row] & Columns::duplicate_bit) != 0;
    fact.event_day = columns.event_day[row];
    fact.posted_day = columns.posted_day[row];
    fact.hour_band = columns.hour_band[row];
    fact.requested_cents = columns.requested_cents[row];
    fact.approved_cents = columns.approved_cents[row];
    fact.settled_cents = columns.settled_cents[row];
    fact.fee_cents = columns.fee_cents[row];
    return fact;
}

namespace {

std::vector<std::uint8_t> wanted_numbers(const Dictionary& dictionary, const std::vector<Id>& ids) {
    if (ids.empty()) return {};
    // At least one entry, so that a list of unknown ids selects nothing instead of everything.
    std::vector<std::uint8_t> wanted(std::max<std::size_t>(1, dictionary.size()), 0);
    for (const auto& id : ids)
        if (const std::uint32_t number = dictionary.find(id); number != Dictionary::unknown) wanted[number] = 1;
    return wanted;
}

template <class Enum>
std::uint32_t wanted_values(const std::vector<Enum>& values) {
    if (values.empty()) return 0xFFFFFFFF;
    std::uint32_t bits = 0;
    for (const Enum value : values)
        bits |= 1u << static_cast<unsigned>(value);
    return bits;
}

}  // namespace

Selection::Selection(const FactTable::State& state, const FactFilter& filter)
    : m_days(filter.days),
      m_basis(filter.basis),
      m_practices(wanted_numbers(state.practices, filter.practices)),
      m_locations(wanted_numbers(state.locations, filter.locations)),
      m_plans(wanted_numbers(state.plans, filter.plans)),
      m_channels(wanted_values(filter.channels)),
      m_kinds(wanted_values(filter.kinds)) {}

bool Selection::wants_segment(const SegmentRows& segment) const {
    return segment.begin < segment.end && segment.day_max >= m_days.first && segment.day_min <= m_days.last &&
           is_wanted(m_practices, segment.practice) && is_wanted(m_locations, segment.location);
}

}  // namespace portal
