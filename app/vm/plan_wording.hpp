// Promotional plans and estimates in the words that may be said of them: a claim never stands without its condition, a
// payment never without its number, period and total.
#pragma once

#include <string>

#include "app/vm/format.hpp"
#include "shared/model/payment_estimate.hpp"
#include "shared/model/records.hpp"

namespace portal::vm {

// As legible as each other, and next to each other.
struct PlanWording {
    std::string claim;
    std::string condition;  // Of deferred interest what happens otherwise; always that the APR is an example.
};
// A promotional plan; standard terms claim nothing and give empty texts.
PlanWording plan_wording(const Format& format, const PromoPlan& plan);

// What the payments come to, and what the estimate assumes.
std::string estimate_sentence(const Format& format, const PaymentEstimate& estimate);

}  // namespace portal::vm
