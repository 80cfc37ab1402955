#include "shared/rules/figures/fact_sums.hpp"

namespace portal {
namespace {

void add_application(FactSums& sums, const FactEvent& fact) {
    sums.applications += 1;
    switch (fact.status) {
        case FactStatus::counter_offer: sums.counter_offers += 1; [[fallthrough]];
        case FactStatus::approved:
            sums.approved += 1;
            sums.requested_cents += fact.requested_cents;
            sums.approved_cents += fact.approved_cents;
            break;
        case FactStatus::declined:
            sums.declined += 1;
            sums.requested_cents += fact.requested_cents;
            break;
        case FactStatus::pending: sums.pending += 1; break;
        case FactStatus::withdrawn: sums.withdrawn += 1; break;
        case FactStatus::prequalification: sums.prequalified += 1; break;
        case FactStatus::none:
        case FactStatus::settled:
        case FactStatus::authorized: break;
    }
}

// `sign` is 1 for a settled sale and -1 for the void that takes it back out.
void add_sale(FactSums& sums, const FactEvent& fact, std::int64_t sign) {
    const std::int64_t sale = fact.first_of_sale ? sign : 0;
    sums.sales += sale;
    sums.sale_rows += sign;
    if (fact.existing_cardholder) sums.existing_cardholder_sales += sale;
    sums.gross_cents += sign * fact.settled_cents;
    sums.fee_cents += sign * fact.fee_cents;
}

void add_refund(FactSums& sums, const FactEvent& fact) {
    const bool is_refund = fact.kind == FactKind::refund;
    (is_refund ? sums.refunds : sums.chargebacks) += 1;
    (is_refund ? sums.refund_cents : sums.chargeback_cents) += fact.settled_cents;
    if (is_refund && fact.of_earlier_month) sums.refund_earlier_cents += fact.settled_cents;
    sums.fee_refund_cents += fact.fee_cents;
}

}  // namespace

void add_fact(FactSums& sums, const FactEvent& fact) {
    sums.rows += 1;
    if (fact.duplicate) {
        sums.duplicates += 1;
        return;
    }
    switch (fact.kind) {
        case FactKind::application: add_application(sums, fact); break;
        case FactKind::sale:
            if (fact.status == FactStatus::settled) add_sale(sums, fact, 1);
            break;
        case FactKind::refund:
        case FactKind::chargeback: add_refund(sums, fact); break;
        case FactKind::reversal:
            sums.reversals += 1;
            sums.reversal_cents += fact.settled_cents;
            sums.fee_cents += fact.fee_cents;
            break;
        case FactKind::void_:
            sums.voids += 1;
            sums.void_cents += fact.settled_cents;
            if (fact.settled_cents > 0) add_sale(sums, fact, -1);
            break;
    }
}

FactSums& FactSums::operator+=(const FactSums& other) {
    rows += other.rows;
    applications += other.applications;
    approved += other.approved;
    counter_offers += other.counter_offers;
    declined += other.declined;
    pending += other.pending;
    withdrawn += other.withdrawn;
    prequalified += other.prequalified;
    duplicates += other.duplicates;
    requested_cents += other.requested_cents;
    approved_cents += other.approved_cents;
    sales += other.sales;
    sale_rows += other.sale_rows;
    existing_cardholder_sales += other.existing_cardholder_sales;
    gross_cents += other.gross_cents;
    refunds += other.refunds;
    refund_cents += other.refund_cents;
    refund_earlier_cents += other.refund_earlier_cents;
    chargebacks += other.chargebacks;
    chargeback_cents += other.chargeback_cents;
    reversals += other.reversals;
    reversal_cents += other.reversal_cents;
    voids += other.voids;
    void_cents += other.void_cents;
    fee_cents += other.fee_cents;
    fee_refund_cents += other.fee_refund_cents;
    return *this;
}

PullThroughSums& PullThroughSums::operator+=(const PullThroughSums& other) {
    approved += other.approved;
    used += other.used;
    used_net += other.used_net;
    immature_approved += other.immature_approved;
    immature_used += other.immature_used;
    return *this;
}

}  // namespace portal
