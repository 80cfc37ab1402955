// The columns of FactTable, one value per row, and what a pass over them needs. Internal to shared/facts.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "shared/facts/dictionary.hpp"
#include "shared/facts/fact_table.hpp"

namespace portal {

struct Columns {
    static constexpr std::uint8_t dead_kind = 0xFF;

    // Bits of `flags`.
    static constexpr std::uint8_t existing_bit = wire::FactColumns::existing_cardholder_bit;
    static constexpr std::uint8_t duplicate_bit = wire::FactColumns::duplicate_bit;
    static constexpr std::uint8_t first_of_sale_bit = 4;  // No earlier row of the segment is of the same sale.
    static constexpr std::uint8_t first_in_plan_bit = 8;  // The same, among rows of the same plan.

    std::vector<std::uint16_t> practice, location, plan;
    std::vector<std::uint32_t> link;  // (practice, application_ref); 0 is no reference.
    std::vector<std::uint8_t> kind, status, channel, flags, hour_band;
    std::vector<Day> event_day, posted_day;
    std::vector<std::int64_t> row_number, requested_cents, approved_cents, settled_cents, fee_cents;
    wire::TextColumn external_key;

    std::size_t size() const { return kind.size(); }
    std::size_t memory_bytes() const;
};

// Rows [begin, end) of the columns, all of one location.
struct SegmentRows {
    Id id;
    std::uint32_t begin = 0, end = 0;
    std::uint16_t practice = 0, location = 0;
    MonthIndex month = 0;
    Day closed_until = 0;
    Day day_min = 0, day_max = -1;  // Of event and posted days together.
};

// What is known of one (practice, reference): its settled sales and what was given back.
struct LinkMoney {
    Day first_sale_posted = 0;  // Meaningless without sales.
    std::int64_t sale_rows = 0;
    std::int64_t gross_cents = 0;   // Voids taken out.
    std::int64_t refund_cents = 0;  // Chargebacks in, reversals out.
};

struct FactTable::State {
    Dictionary practices, locations, plans, links;
    Columns columns;
    std::vector<SegmentRows> segments;                     // In row order.
    std::map<Id, std::size_t, std::less<>> segment_by_id;  // Index into segments.
    std::size_t dead_rows = 0;

    // Joins by reference, rebuilt when asked for after a change.
    mutable bool links_stale = true;
    mutable std::vector<LinkMoney> link_money;
    struct LinkedSale {
        std::uint32_t link;
        Day posted_day;
        auto operator<=>(const LinkedSale&) const = default;
    };
    mutable std::vector<LinkedSale> linked_sales;  // Sorted.

    State();
    void append(const wire::FactColumns& facts, const FactSegment& segment);
    void kill(std::size_t segment_index);
    void sweep_if_due();
    void refresh_links() const;
    bool has_sale_in_time(std::uint32_t link, Day application_day) const;

    FactEvent event(std::size_t row, std::uint8_t first_bit) const;
    FinancingFact fact(std::size_t row) const;
};

// A filter with ids turned into numbers: one byte per dictionary entry says whether it is wanted.
class Selection {
  public:
    Selection(const FactTable::State& state, const FactFilter& filter);

    bool wants_segment(const SegmentRows& segment) const;
    // Nothing of a wanted segment is left out: its rows need no look of their own.
    bool wants_every_row(const SegmentRows& segment) const {
        return m_plans.empty() && m_channels == every_value && m_kinds == every_value &&
               segment.day_min >= m_days.first && segment.day_max <= m_days.last;
    }
    // For rows of a wanted segment.
    bool wants_row(const Columns& columns, std::size_t row) const;
    // The flag that tells a sale's first row under this filter.
    std::uint8_t first_bit(FactKey key) const {
        return m_plans.empty() && key != FactKey::plan ? Columns::first_of_sale_bit : Columns::first_in_plan_bit;
    }
    Day day_of(const Columns& columns, std::size_t row) const;

  private:
    static constexpr std::uint32_t every_value = 0xFFFFFFFF;
    static bool is_wanted(const std::vector<std::uint8_t>& wanted, std::uint16_t number) {
        return wanted.empty() || wanted[number] != 0;
    }

    DayRange m_days;
    DayBasis m_basis;
    std::vector<std::uint8_t> m_practices, m_locations, m_plans;    // Empty: all.
    std::uint32_t m_channels = every_value, m_kinds = every_value;  // Bit per value.
};

// What runs once per row is inline.

inline FactEvent FactTable::State::event(std::size_t row, std::uint8_t first_bit) const {
    FactEvent event;
    event.kind = static_cast<FactKind>(columns.kind[row]);
    event.status = static_cast<FactStatus>(columns.status[row]);
    event.existing_cardholder = (columns.flags[row] & Columns::existing_bit) != 0;
    event.duplicate = (columns.flags[row] & Columns::duplicate_bit) != 0;
    event.first_of_sale = (columns.flags[row] & first_bit) != 0;
    event.event_day = columns.event_day[row];
    event.posted_day = columns.posted_day[row];
    event.requested_cents = columns.requested_cents[row];
    event.approved_cents = columns.approved_cents[row];
    event.settled_cents = columns.settled_cents[row];
    event.fee_cents = columns.fee_cents[row];
    if (event.kind == FactKind::refund && columns.link[row] != 0) {
        const LinkMoney& money = link_money[columns.link[row]];
        event.of_earlier_month =
            money.sale_rows > 0 && month_of_day(money.first_sale_posted) < month_of_day(event.posted_day);
    }
    return event;
}

inline Day Selection::day_of(const Columns& columns, std::size_t row) const {
    const bool by_event =
        m_basis == DayBasis::event ||
        (m_basis == DayBasis::own && columns.kind[row] == static_cast<std::uint8_t>(FactKind::application));
    return by_event ? columns.event_day[row] : columns.posted_day[row];
}

inline bool Selection::wants_row(const Columns& columns, std::size_t row) const {
    return m_days.contains(day_of(columns, row)) && is_wanted(m_plans, columns.plan[row]) &&
           (m_channels >> columns.channel[row] & 1) != 0 && (m_kinds >> columns.kind[row] & 1) != 0;
}

}  // namespace portal
