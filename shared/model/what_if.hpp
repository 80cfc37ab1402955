// What a prospect's own production could come to if its patients could finance it: plain numbers, which
// rules/what_if.hpp makes. Nothing in here can name a patient: the file's rows are added up by size and forgotten.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/calendar_day.hpp"
#include "shared/model/records.hpp"
#include "shared/model/states.hpp"

namespace portal {

// Cases go by size: below the first bound, up to the next ones, and from the last one on. The bounds are those that
// plans begin at.
inline constexpr std::array<std::int64_t, 4> case_bounds_cents = {200'00, 1'000'00, 2'500'00, 5'000'00};
inline constexpr std::size_t case_sizes = case_bounds_cents.size() + 1;

struct CaseSum {
    std::int64_t cases = 0;
    std::int64_t cents = 0;
    friend bool operator==(const CaseSum&, const CaseSum&) = default;
};

// What a payments or production report tells.
struct Production {
    Day first_day = 0, last_day = 0;
    std::array<CaseSum, case_sizes> by_size{};
    CaseSum total() const {
        CaseSum sum;
        for (const CaseSum& one : by_size) {
            sum.cases += one.cases;
            sum.cents += one.cents;
        }
        return sum;
    }
    friend bool operator==(const Production&, const Production&) = default;
};

// Of a cohort's practices: what a tenth of them is below, half, nine tenths. Basis points.
struct RateRange {
    std::int64_t low = 0, middle = 0, high = 0;
    friend bool operator==(const RateRange&, const RateRange&) = default;
};

struct CohortPlan {
    PromoPlan plan;
    // Of the cohort's gross sales of that size of case, basis points. Over all plans they sum to 10,000 or to nothing.
    std::array<std::int64_t, case_sizes> share{};
    bool is_barred = false;  // The prospect's office may not arrange it (rules/state_rules.hpp).
};

// What the practices of one specialty did in a period.
struct CohortRates {
    Specialty specialty = Specialty::dental;
    Day first_day = 0, last_day = 0;
    std::int64_t practices = 0;  // That have enough cases for both rates.
    RateRange approval;
    RateRange pull_through;
    RateRange used;  // Approved and used, of one and the same practice: not the product of the two ranges.
    std::vector<CohortPlan> plans;
};

// What nobody's rows tell. Basis points.
struct WhatIfAssumptions {
    std::array<std::int64_t, case_sizes> apply{};  // Of the cases of that size, those that apply.
    std::int64_t approval = 0;
    std::int64_t pull_through = 0;
    friend bool operator==(const WhatIfAssumptions&, const WhatIfAssumptions&) = default;
};

struct CentsSpan {
    std::int64_t low = 0, middle = 0, high = 0;
    friend bool operator==(const CentsSpan&, const CentsSpan&) = default;
};

enum class WhatIfFactor : std::uint8_t { apply, approval, pull_through, case_amount };

// A year's volume with one assumption at its low and its high end and the others as they are.
struct Sensitivity {
    WhatIfFactor factor = WhatIfFactor::apply;
    std::int64_t low_cents = 0, high_cents = 0;
    std::int64_t spread() const { return high_cents - low_cents; }
};

struct WhatIfPlan {
    PromoPlan plan;
    CentsSpan volume;
    CentsSpan cost;
};

// Of a year of the prospect's.
struct WhatIf {
    std::int64_t days = 0;                         // That the file told.
    std::array<CaseSum, case_sizes> production{};  // Scaled to a year.
    std::array<CentsSpan, case_sizes> by_size{};   // Financed.
    std::array<CentsSpan, case_sizes> cost_by_size{};
    CentsSpan volume, cost;
    RateRange approval, pull_through, used;
    std::vector<WhatIfPlan> by_plan;         // By the middle, most first. Plans sum to the whole, as sizes do.
    std::vector<Sensitivity> sensitivities;  // Widest first.
};

}  // namespace portal
