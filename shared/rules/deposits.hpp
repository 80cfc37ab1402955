// Settled sales against deposits, for a location and a posted day.
//
// What a day brings is its net financed volume without the merchant's fees; a day that gives back more than it takes is
// carried to the next. A deposit closes the day it names. Days before a location's first known deposit are not
// compared, because their deposits may never have been told; what they gave back is carried all the same. Thread: any.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "shared/model/records.hpp"
#include "shared/rules/figures/fact_sums.hpp"

namespace portal {

// What one posted day brings a location's account: net less fees, with refunded fees given back. May be negative.
std::int64_t deposit_due_cents(const FactSums& sums);

struct DepositDay {
    Day day = 0;
    std::int64_t expected_cents = 0;   // Never negative; includes what was carried.
    std::int64_t carried_cents = 0;    // From days before that gave back more than they took; 0 or negative.
    std::int64_t deposited_cents = 0;  // All deposits of the day.
    std::int64_t difference_cents() const { return deposited_cents - expected_cents; }
    friend bool operator==(const DepositDay&, const DepositDay&) = default;
};

// A location's days that expect a deposit or have one, oldest first, up to the last one the source has reported.
std::vector<DepositDay> compare_deposits(const std::map<Day, std::int64_t>& due_cents,
                                         const std::map<Day, std::int64_t>& deposited_cents, Day closed_until);

// A review holds for the amounts that its author saw. Null: there is none.
DepositState deposit_state(const DepositDay& day, const DepositReview* review);

// A location's day has one review, whoever writes it and wherever: its id is made of both.
Id deposit_review_id(const Id& location, Day day);

}  // namespace portal
