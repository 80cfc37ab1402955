#include "shared/facts/vendor_counts.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "shared/facts/rollup_table.hpp"
#include "shared/facts/segment.hpp"
#include "shared/rules/share_suppression.hpp"

namespace portal {
namespace {

using MonthSums = std::map<MonthIndex, FactSums>;

// The whole months, those without facts among them too: leaving them out would tell what hiding them does not.
MonthSums whole_months(const RollupTable& table) {
    FactFilter filter;
    filter.days = {INT32_MIN, INT32_MAX};
    const auto closed_until = table.closed_until(filter);
    if (!closed_until) return {};
    const MonthIndex after = month_of_day(*closed_until + 1);
    filter.days = {first_day_of_month(after - vendor_months_told), first_day_of_month(after) - 1};
    const auto groups = table.group({filter, FactKey::month});
    MonthSums months;
    if (groups.empty()) return months;
    for (auto month = static_cast<MonthIndex>(groups.front().number); month < after; ++month)
        months.emplace(month, FactSums{});
    for (const FactGroup& group : groups)
        months[static_cast<MonthIndex>(group.number)] = group.sums;
    return months;
}

bool is_hidden(std::int64_t cases) {
    return exposure_of(cases) == ShareExposure::hidden;
}

void tell(VendorCount& row, const FactSums& sums) {
    if (!is_hidden(sums.sales)) row.sales = sums.sales;
    if (is_hidden(sums.applications)) return;
    row.applications = sums.applications;
    const std::array parts = {sums.approved, sums.applications - sums.approved};
    if (exposures_of_cells(parts).front() != ShareExposure::hidden) row.approved = sums.approved;
}

}  // namespace

Result<std::vector<VendorCount>> make_vendor_counts(const Practice& practice, std::span<const Integration> integrations,
                                                    std::span<const FactRollup> rollups) {
    std::vector<VendorCount> rows;
    if (!practice.vendor_consent) return rows;
    RollupTable table;
    for (const FactRollup& rollup : rollups)
        PORTAL_TRY(table.put(rollup));
    MonthSums months = whole_months(table);
    if (months.empty()) months.emplace(0, FactSums{});
    for (const Integration& integration : integrations) {
        if (integration.vendor.empty()) continue;
        for (const auto& [month, sums] : months) {
            VendorCount row;
            row.id = segment_id(integration.id, month);
            row.vendor = integration.vendor;
            row.integration = integration.id;
            row.practice = practice.id;
            row.month = month;
            tell(row, sums);
            rows.push_back(std::move(row));
        }
    }
    std::ranges::sort(rows, {}, &VendorCount::id);
    return rows;
}

}  // namespace portal
