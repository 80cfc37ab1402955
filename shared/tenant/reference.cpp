// Vendors, promotional plans and calendars of the demo tenant.
#include <array>

#include "shared/tenant/blueprint_parts.hpp"

namespace portal::tenant {
namespace {

struct PlanTerms {
    std::string_view key, name;
    PlanKind kind;
    std::int32_t months;
    std::int64_t minimum_cents;
    std::int32_t apr_basis_points, fee_basis_points;
};

// Rates are examples and offers of nobody; minimums are the product's.
constexpr std::array<PlanTerms, plan_count> terms = {{
    {"STD", "Standard terms", PlanKind::standard, 0, 0, 2999, 190},
    {"DI-06", "Deferred interest, 6 months", PlanKind::deferred_interest, 6, 20'000, 2999, 490},
    {"DI-12", "Deferred interest, 12 months", PlanKind::deferred_interest, 12, 20'000, 2999, 790},
    {"DI-18", "Deferred interest, 18 months", PlanKind::deferred_interest, 18, 20'000, 2999, 1050},
    {"DI-24", "Deferred interest, 24 months", PlanKind::deferred_interest, 24, 20'000, 2999, 1390},
    {"APR-24", "Reduced APR, 24 months", PlanKind::reduced_apr, 24, 100'000, 1490, 590},
    {"APR-36", "Reduced APR, 36 months", PlanKind::reduced_apr, 36, 100'000, 1590, 690},
    {"APR-48", "Reduced APR, 48 months", PlanKind::reduced_apr, 48, 100'000, 1690, 790},
    {"APR-60", "Reduced APR, 60 months", PlanKind::reduced_apr, 60, 250'000, 1790, 890},
}};

}  // namespace

void make_reference(Blueprint& blueprint) {
    const DemoOptions& options = blueprint.options;
    for (std::size_t index = 0; index < vendor_count; ++index) {
        const VendorName& named = vendor_name(index);
        Vendor vendor;
        vendor.id = id_for(options, "vendor", index);
        vendor.external_key = numbered_key("V", index + 1, 2);
        vendor.name = named.company;
        vendor.product = named.product;
        vendor.kind = named.kind;
        blueprint.vendors.push_back(std::move(vendor));
    }
    for (std::size_t index = 0; index < plan_count; ++index) {
        PromoPlan plan;
        plan.id = id_for(options, "plan", index);
        plan.external_key = terms[index].key;
        plan.name = terms[index].name;
        plan.kind = terms[index].kind;
        plan.months = terms[index].months;
        plan.minimum_cents = terms[index].minimum_cents;
        plan.apr_basis_points = terms[index].apr_basis_points;
        plan.merchant_fee_basis_points = terms[index].fee_basis_points;
        plan.effective_from = day_from_civil({2020, 1, 1});
        blueprint.plans.push_back(std::move(plan));
    }
    for (std::size_t index = 0; index < office_hours_count; ++index) {
        // Next year's holidays too: what is due lies ahead.
        Calendar calendar =
            calendar_row(static_cast<OfficeHours>(index), blueprint.first_day, blueprint.last_day + 366);
        calendar.id = id_for(options, "calendar", index);
        calendar.external_key = numbered_key("C", index + 1, 2);
        blueprint.calendars.push_back(std::move(calendar));
    }
}

}  // namespace portal::tenant
