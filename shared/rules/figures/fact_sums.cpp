#include "shared/rules/figures/fact_sums.hpp"

namespace portal {

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
