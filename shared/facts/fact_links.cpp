// What one practice's facts say of each other: which rows are one sale, whose sale a refund takes back, which approved
// applications were used.
#include <algorithm>
#include <tuple>

#include "shared/facts/fact_columns.hpp"
#include "shared/facts/reference_numbers.hpp"

namespace portal {
namespace {

// What is known of one reference: its settled sales and what was given back.
struct LinkMoney {
    static constexpr std::uint32_t no_sale = 0xFFFFFFFF;
    std::uint32_t sales = 0, voids = 0;  // Rows.
    std::uint32_t last_sale = no_sale;   // Index of a LinkedSale.
    std::uint32_t last_open = no_sale;   // The same, of sales that have not settled.
    Day first_sale_posted = 0;           // Meaningless without sales.
    std::int64_t gross_cents = 0;        // Voids taken out.
    std::int64_t refund_cents = 0;       // Chargebacks in, reversals out.
};

struct LinkedSale {
    Day posted_day;
    std::uint32_t former;  // Of the same reference, or no_sale.
};

// Rows of one sale share reference and event day, and all are sales or all are voids.
struct SplitRow {
    std::uint32_t link;
    Day event_day;
    FactKind kind;
    std::uint32_t row;
    auto sale() const { return std::tuple(link, event_day, kind); }
};

class PracticeLinker {
  public:
    explicit PracticeLinker(FactTable::State& state) : m_state(state), m_columns(state.columns) {}

    void link(PracticeRows& practice) {
        m_practice = &practice;
        m_sales.clear();
        number_references();
        // A practice's segments lie apart, so each is come by as seldom as can be.
        for (const std::uint32_t segment : m_practice->segments) {
            for (std::uint32_t row = m_state.segments[segment].begin; row < m_state.segments[segment].end; ++row)
                settle(row);
            mark_splits(m_state.segments[segment]);
        }
    }

  private:
    // And what is known of each.
    void number_references() {
        m_references.clear();
        for (const std::uint32_t index : m_practice->segments)
            wire::add_texts(m_state.segments[index].references(), m_state.segments[index].size(), m_references);
        m_numbers.begin(m_references);
        m_money.assign(m_references.size() + 1, {});
        std::uint32_t index = 0;
        for (const std::uint32_t segment : m_practice->segments)
            for (std::uint32_t row = m_state.segments[segment].begin; row < m_state.segments[segment].end; ++row) {
                m_columns.link[row] = m_numbers.number(index++);
                sum_money(row);
            }
        m_practice->links = m_numbers.count();
    }

    void sum_money(std::uint32_t row) {
        const FactTraits& traits = traits_of(m_columns.code(row));
        const std::uint32_t link = m_columns.link[row];
        if (link == 0 || traits.duplicate) return;
        LinkMoney& money = m_money[link];
        const std::int64_t cents = m_columns.first_cents[row];
        switch (traits.kind) {
            case FactKind::sale: {
                const Day posted = m_columns.posted_day(row);
                if (traits.status != FactStatus::settled) {
                    add_sale(money.last_open, posted);
                    break;
                }
                money.first_sale_posted = money.sales == 0 ? posted : std::min(money.first_sale_posted, posted);
                money.sales += 1;
                money.gross_cents += cents;
                add_sale(money.last_sale, posted);
                break;
            }
            case FactKind::void_:
                money.voids += 1;
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

    void add_sale(std::uint32_t& last, Day posted) {
        m_sales.push_back({posted, last});
        last = static_cast<std::uint32_t>(m_sales.size() - 1);
    }

    bool has_sale_in_time(std::uint32_t last, Day application_day) const {
        for (std::uint32_t sale = last; sale != LinkMoney::no_sale; sale = m_sales[sale].former)
            if (is_sale_in_time(application_day, m_sales[sale].posted_day)) return true;
        return false;
    }

    FactUse use_of(std::uint32_t row) const {
        const std::uint32_t link = m_columns.link[row];
        const LinkMoney& money = m_money[link];
        if (link == 0) return FactUse::unused;
        const Day day = m_columns.event_day(row);
        const bool has_settled = has_sale_in_time(money.last_sale, day);
        if (money.gross_cents <= 0 || !has_settled)
            return has_settled || has_sale_in_time(money.last_open, day) ? FactUse::presented : FactUse::unused;
        return money.refund_cents < money.gross_cents ? FactUse::used_and_kept : FactUse::used;
    }

    bool is_of_earlier_month(std::uint32_t row) const {
        const LinkMoney& money = m_money[m_columns.link[row]];
        return money.sales > 0 && money.first_sale_posted < m_columns.posted_day(row) &&
               month_of_day(money.first_sale_posted) < month_of_day(m_columns.posted_day(row));
    }

    void settle(std::uint32_t row) {
        FactTraits traits = traits_of(m_columns.code(row));
        if (traits.duplicate) return;
        if (traits.kind == FactKind::application && fact_traits::is_approval(traits.status))
            set_detail(row, traits, static_cast<std::uint8_t>(use_of(row)));
        else if (traits.kind == FactKind::refund)
            set_detail(row, traits, is_of_earlier_month(row) ? refund_of_earlier_month : 0);
    }

    void set_detail(std::uint32_t row, FactTraits traits, std::uint8_t detail) {
        traits.detail = detail;
        m_columns.set_code(row, code_of(traits));
    }

    // Tells, in one segment, the first row of each sale and of each sale's share of a plan.
    void mark_splits(const SegmentRows& segment) {
        m_splits.clear();
        for (std::uint32_t row = segment.begin; row < segment.end; ++row) {
            const FactTraits& traits = traits_of(m_columns.code(row));
            const bool counts = (traits.kind == FactKind::sale && traits.status == FactStatus::settled) ||
                                (traits.kind == FactKind::void_ && traits.detail >= void_of_settled);
            if (!counts || traits.duplicate) continue;
            set_sale_row(row, SaleRow::first);
            // A row without a reference, or alone with it, is a sale of its own.
            const LinkMoney& money = m_money[m_columns.link[row]];
            if (m_columns.link[row] != 0 && (traits.kind == FactKind::sale ? money.sales : money.voids) > 1)
                m_splits.push_back({m_columns.link[row], m_columns.event_day(row), traits.kind, row});
        }
        std::sort(m_splits.begin(), m_splits.end(),
                  [](const SplitRow& a, const SplitRow& b) { return a.sale() < b.sale(); });
        wire::TextColumn keys;
        for (auto begin = m_splits.begin(); begin != m_splits.end();) {
            const auto end =
                std::find_if(begin, m_splits.end(), [&](const SplitRow& row) { return row.sale() != begin->sale(); });
            if (end - begin > 1) {
                if (keys.size() == 0) keys = segment.external_keys();
                mark_sale(segment, keys, {begin, end});
            }
            begin = end;
        }
    }

    void mark_sale(const SegmentRows& segment, const wire::TextColumn& keys, std::span<SplitRow> rows) {
        // By key and not by row, so that the first one is the same in every replica.
        std::sort(rows.begin(), rows.end(), [&](const SplitRow& a, const SplitRow& b) {
            return keys.at(a.row - segment.begin) < keys.at(b.row - segment.begin);
        });
        std::vector<std::uint8_t> plans;
        for (const SplitRow& split : rows) {
            const std::uint8_t plan = m_columns.plan[split.row];
            const bool is_known = std::find(plans.begin(), plans.end(), plan) != plans.end();
            if (plans.empty())
                set_sale_row(split.row, SaleRow::first);
            else
                set_sale_row(split.row, is_known ? SaleRow::further : SaleRow::first_in_plan);
            if (!is_known) plans.push_back(plan);
        }
    }

    void set_sale_row(std::uint32_t row, SaleRow place) {
        FactTraits traits = traits_of(m_columns.code(row));
        const std::uint8_t base = traits.kind == FactKind::void_ ? void_of_settled : 0;
        set_detail(row, traits, static_cast<std::uint8_t>(base + static_cast<std::uint8_t>(place)));
    }

    FactTable::State& m_state;
    Columns& m_columns;
    PracticeRows* m_practice = nullptr;
    wire::TextColumn m_references;  // Of the practice's rows.
    ReferenceNumbers m_numbers;
    std::vector<LinkMoney> m_money;
    std::vector<LinkedSale> m_sales;
    std::vector<SplitRow> m_splits;
};

}  // namespace

void link_practices(FactTable::State& state) {
    PracticeLinker linker(state);
    for (const std::uint16_t practice : state.stale_practices)
        linker.link(state.practice_rows[practice]);
}

}  // namespace portal
