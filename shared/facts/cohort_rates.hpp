// What the practices of one specialty did in a year, for what a prospect of that kind may expect. Thread: any.
#pragma once

#include <span>

#include "shared/facts/fact_table.hpp"
#include "shared/model/what_if.hpp"

namespace portal {

// `facts` are those of all practices; of the year up to the latest closed day whose applications are matured.
CohortRates cohort_rates(const FactTable& facts, Specialty specialty, std::span<const Practice> practices,
                         std::span<const PromoPlan> plans);

}  // namespace portal
