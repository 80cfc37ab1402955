#include "shared/rules/figures/fact_sums.hpp"

namespace portal {

FactSums& FactSums::operator+=(const FactSums& other) {
    for (const auto member : fact_sum_members)
        this->*member += other.*member;
    return *this;
}

PullThroughSums& PullThroughSums::operator+=(const PullThroughSums& other) {
    approved += other.approved;
    used += other.used;
    used_net += other.used_net;
    presented += other.presented;
    immature_approved += other.immature_approved;
    immature_used += other.immature_used;
    return *this;
}

}  // namespace portal
