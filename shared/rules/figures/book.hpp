// The figures of a practice in an account manager's book that are made of more than its financing facts.
#pragma once

#include <cstdint>
#include <optional>

#include "shared/rules/figures/financing.hpp"

namespace portal::figures {

// Action items that are not done, now. Version 1.
Figure open_actions(std::int64_t open, const Freshness& freshness);

// Net financed volume of an average month, which is never below zero, times what the health lacks of 100. The numerator
// is that month in cents, the denominator the health. Without a health there is no value. Version 1.
Figure dollars_at_risk(std::optional<std::int64_t> health, std::int64_t net_cents, std::int64_t months,
                       const Freshness& freshness);

}  // namespace portal::figures
