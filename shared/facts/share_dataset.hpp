// Computes what guests of a shared view are given, by the figures' own functions.
#pragma once

#include <span>

#include "shared/base/result.hpp"
#include "shared/facts/fact_table.hpp"
#include "shared/model/share_dataset.hpp"

namespace portal {

// Of one practice, read in one snapshot. Rows of other practices are left out, whoever put them in.
struct ShareSource {
    const FactTable& facts;
    const Practice& practice;
    std::span<const PromoPlan> plans;
    std::span<const Integration> integrations;
    std::span<const CheckRollup> rollups;  // Of those integrations, at least the last 14 days.
    Day today = 0;                         // The practice's business date.
    InstantMs as_of_ms = 0;
};

// Error permission_denied: the scope has not the view or not the practice. A pure function.
Result<ShareDataset> share_dataset(const ShareSource& source, const ShareScope& scope, ShareView view);

}  // namespace portal
