// What one financing fact adds to a selection's sums. The only place that says which facts count in which figure; the
// columnar engine, the server and the exports all add through add_fact().
//
// Applications belong to their event day (cohort); money belongs to its posted day. A fact that the source flagged as a
// duplicate counts in `duplicates` and nowhere else. A void takes its sale back out: it carries the amount and fee that
// had been settled (zero when the sale was only authorized), so that sums stay additive over append-only facts.
//
// The same in SQL, over a table financing_fact with FinancingFact's members as columns and the vocabularies as texts,
// is in facts/fact_sql.hpp; a test compares both to the cent.
#pragma once

#include <array>
#include <cstdint>

#include "shared/model/records.hpp"

namespace portal {

// Days with both ends included. Empty when first > last.
struct DayRange {
    Day first = 0;
    Day last = -1;
    bool contains(Day day) const { return day >= first && day <= last; }
    friend bool operator==(const DayRange&, const DayRange&) = default;
};

// A fact's members that figures look at, without its texts.
struct FactEvent {
    FactKind kind = FactKind::application;
    FactStatus status = FactStatus::none;
    bool existing_cardholder = false;
    bool duplicate = false;
    bool first_of_sale = true;      // False for the further rows of a sale that is split over several.
    bool of_earlier_month = false;  // A refund or chargeback whose sale was posted in an earlier month.
    Day event_day = 0;
    Day posted_day = 0;
    std::int64_t requested_cents = 0;
    std::int64_t approved_cents = 0;
    std::int64_t settled_cents = 0;
    std::int64_t fee_cents = 0;
};

struct FactSums {
    std::int64_t rows = 0;  // Facts that added anything.

    // Cohort: by event day.
    std::int64_t applications = 0;  // All but duplicates.
    std::int64_t approved = 0;      // Counter-offers included.
    std::int64_t counter_offers = 0;
    std::int64_t declined = 0;
    std::int64_t pending = 0;
    std::int64_t withdrawn = 0;
    std::int64_t prequalified = 0;
    std::int64_t duplicates = 0;       // Applications and money.
    std::int64_t requested_cents = 0;  // Of decided applications.
    std::int64_t approved_cents = 0;   // Of decided applications.

    // Posted: by posted day.
    std::int64_t sales = 0;      // Splits merged, voided ones taken out.
    std::int64_t sale_rows = 0;  // Splits apart.
    std::int64_t existing_cardholder_sales = 0;
    std::int64_t gross_cents = 0;  // Settled sales without voided ones.
    std::int64_t refunds = 0;
    std::int64_t refund_cents = 0;
    std::int64_t refund_earlier_cents = 0;  // The part of refund_cents whose sale was posted in an earlier month.
    std::int64_t chargebacks = 0;
    std::int64_t chargeback_cents = 0;
    std::int64_t reversals = 0;
    std::int64_t reversal_cents = 0;
    std::int64_t voids = 0;
    std::int64_t void_cents = 0;
    std::int64_t fee_cents = 0;         // Merchant fees of settled sales, voided ones taken out, plus reversals' fees.
    std::int64_t fee_refund_cents = 0;  // Fees given back with refunds and chargebacks.

    std::int64_t decided() const { return approved + declined; }
    // Refunds and chargebacks net of reversals.
    std::int64_t returned_cents() const { return refund_cents + chargeback_cents - reversal_cents; }
    std::int64_t net_cents() const { return gross_cents - returned_cents(); }

    FactSums& operator+=(const FactSums& other);
    friend bool operator==(const FactSums&, const FactSums&) = default;
};

// All sums, in the order of their declaration: what adds, compares or chooses among them goes by this list. Append
// only: rollups are stored with their numbers in it.
inline constexpr std::array fact_sum_members = {
    &FactSums::rows,           &FactSums::applications,
    &FactSums::approved,       &FactSums::counter_offers,
    &FactSums::declined,       &FactSums::pending,
    &FactSums::withdrawn,      &FactSums::prequalified,
    &FactSums::duplicates,     &FactSums::requested_cents,
    &FactSums::approved_cents, &FactSums::sales,
    &FactSums::sale_rows,      &FactSums::existing_cardholder_sales,
    &FactSums::gross_cents,    &FactSums::refunds,
    &FactSums::refund_cents,   &FactSums::refund_earlier_cents,
    &FactSums::chargebacks,    &FactSums::chargeback_cents,
    &FactSums::reversals,      &FactSums::reversal_cents,
    &FactSums::voids,          &FactSums::void_cents,
    &FactSums::fee_cents,      &FactSums::fee_refund_cents,
};
static_assert(sizeof(FactSums) == fact_sum_members.size() * sizeof(std::int64_t), "a sum is missing in the list");

// A set of sums: a bit for each of fact_sum_members.
using FactMeasures = std::uint32_t;
inline constexpr FactMeasures every_measure = (1u << fact_sum_members.size()) - 1;

constexpr FactMeasures measure(std::int64_t FactSums::* member) {
    FactMeasures found = 0;
    for (std::size_t index = 0; index < fact_sum_members.size(); ++index)
        if (fact_sum_members[index] == member) found |= 1u << index;
    return found;
}

// What groups are ranked by, and the sums that it is made of.
enum class FactRank : std::uint8_t { net_cents, gross_cents, sales, applications, approved, declined, refund_cents };

constexpr FactMeasures measures_of(FactRank rank) {
    switch (rank) {
        case FactRank::net_cents:
            return measure(&FactSums::gross_cents) | measure(&FactSums::refund_cents) |
                   measure(&FactSums::chargeback_cents) | measure(&FactSums::reversal_cents);
        case FactRank::gross_cents:
            return measure(&FactSums::gross_cents);
        case FactRank::sales:
            return measure(&FactSums::sales);
        case FactRank::applications:
            return measure(&FactSums::applications);
        case FactRank::approved:
            return measure(&FactSums::approved);
        case FactRank::declined:
            return measure(&FactSums::declined);
        case FactRank::refund_cents:
            return measure(&FactSums::refund_cents);
    }
    return every_measure;
}

inline std::int64_t rank_value(const FactSums& sums, FactRank rank) {
    if (rank == FactRank::net_cents) return sums.net_cents();
    for (std::size_t index = 0; index < fact_sum_members.size(); ++index)
        if ((measures_of(rank) >> index & 1) != 0) return sums.*fact_sum_members[index];
    return 0;
}

// The day a fact belongs to: the event's for applications, the posting's for money.
inline Day basis_day(const FactEvent& fact) {
    return fact.kind == FactKind::application ? fact.event_day : fact.posted_day;
}

// The one amount that a fact is found and sorted by: what was asked for, or what moved. Of a FactEvent or
// FinancingFact.
template <class Fact>
std::int64_t amount_cents(const Fact& fact) {
    return fact.kind == FactKind::application ? fact.requested_cents : fact.settled_cents;
}

namespace detail {

inline void add_application(FactSums& sums, const FactEvent& fact) {
    sums.applications += 1;
    switch (fact.status) {
        case FactStatus::counter_offer:
            sums.counter_offers += 1;
            [[fallthrough]];
        case FactStatus::approved:
            sums.approved += 1;
            sums.requested_cents += fact.requested_cents;
            sums.approved_cents += fact.approved_cents;
            break;
        case FactStatus::declined:
            sums.declined += 1;
            sums.requested_cents += fact.requested_cents;
            break;
        case FactStatus::pending:
            sums.pending += 1;
            break;
        case FactStatus::withdrawn:
            sums.withdrawn += 1;
            break;
        case FactStatus::prequalification:
            sums.prequalified += 1;
            break;
        case FactStatus::none:
        case FactStatus::settled:
        case FactStatus::authorized:
            break;
    }
}

// `sign` is 1 for a settled sale and -1 for the void that takes it back out.
inline void add_sale(FactSums& sums, const FactEvent& fact, std::int64_t sign) {
    const std::int64_t sale = fact.first_of_sale ? sign : 0;
    sums.sales += sale;
    sums.sale_rows += sign;
    if (fact.existing_cardholder) sums.existing_cardholder_sales += sale;
    sums.gross_cents += sign * fact.settled_cents;
    sums.fee_cents += sign * fact.fee_cents;
}

inline void add_refund(FactSums& sums, const FactEvent& fact) {
    const bool is_refund = fact.kind == FactKind::refund;
    (is_refund ? sums.refunds : sums.chargebacks) += 1;
    (is_refund ? sums.refund_cents : sums.chargeback_cents) += fact.settled_cents;
    if (is_refund && fact.of_earlier_month) sums.refund_earlier_cents += fact.settled_cents;
    sums.fee_refund_cents += fact.fee_cents;
}

}  // namespace detail

// Adds a fact whose basis_day() is in the period. Inline: the engine calls it once per row.
inline void add_fact(FactSums& sums, const FactEvent& fact) {
    sums.rows += 1;
    if (fact.duplicate) {
        sums.duplicates += 1;
        return;
    }
    switch (fact.kind) {
        case FactKind::application:
            detail::add_application(sums, fact);
            break;
        case FactKind::sale:
            if (fact.status == FactStatus::settled) detail::add_sale(sums, fact, 1);
            break;
        case FactKind::refund:
        case FactKind::chargeback:
            detail::add_refund(sums, fact);
            break;
        case FactKind::reversal:
            sums.reversals += 1;
            sums.reversal_cents += fact.settled_cents;
            sums.fee_cents += fact.fee_cents;
            break;
        case FactKind::void_:
            sums.voids += 1;
            sums.void_cents += fact.settled_cents;
            if (fact.settled_cents > 0) detail::add_sale(sums, fact, -1);
            break;
    }
}

// Where the quantile of some basis points lies among `count` sorted values, by the nearest rank. count > 0.
constexpr std::size_t quantile_rank(std::size_t count, int basis_points) {
    const auto points = static_cast<std::size_t>(basis_points < 0 ? 0 : basis_points > 10'000 ? 10'000 : basis_points);
    const std::size_t rank = (count * points + 9'999) / 10'000;
    return rank == 0 ? 0 : rank - 1;
}

// Approved applications and their use, for pull-through.
struct PullThroughSums {
    std::int64_t approved = 0;  // Of matured cohorts.
    std::int64_t used = 0;      // With a settled sale at the same practice in time.
    std::int64_t used_net = 0;  // The same without sales that were refunded in full.
    std::int64_t immature_approved = 0;
    std::int64_t immature_used = 0;
    // Of matured cohorts: with a sale in time, also one that did not settle or was voided. Daily sums do not tell it.
    std::int64_t presented = 0;

    PullThroughSums& operator+=(const PullThroughSums& other);
    friend bool operator==(const PullThroughSums&, const PullThroughSums&) = default;
};

inline constexpr std::int32_t pull_through_days = 60;
// Days between a sale and its posting that the source promises; a cohort matures after both.
inline constexpr std::int32_t settlement_lag_days = 3;

// A cohort day is matured once every sale that could still count has been reported.
inline bool is_matured(Day application_day, Day closed_until) {
    return application_day + pull_through_days + settlement_lag_days <= closed_until;
}
inline bool is_sale_in_time(Day application_day, Day sale_posted_day) {
    return sale_posted_day >= application_day &&
           sale_posted_day <= application_day + pull_through_days + settlement_lag_days;
}

}  // namespace portal
