// What the tenant is before anything happens in it: places, people, plans, and which story each place plays. Small
// enough to hold whole (240 practices); facts, checks and tickets are then generated from it place by place. Internal
// to shared/tenant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/base/random.hpp"
#include "shared/model/records.hpp"
#include "shared/rules/figures/fact_sums.hpp"
#include "shared/tenant/generator.hpp"
#include "shared/tenant/names.hpp"
#include "shared/tenant/office_days.hpp"

namespace portal::tenant {

// What is special about a practice. Those with a product story first.
enum class Plot : std::uint8_t {
    ledger_breaks,     // 1: now; the front desk's practice.
    ledger_recovered,  // 1: the same, six weeks ago, with its ticket and recovery.
    early_go_live,     // 2
    low_pull_through,  // 3
    mix_shift,         // 4
    seasonal_dip,      // 9
    low_march,         // The owner's question.
    young,             // Enrolled seven months ago; accented name.
    spanish,           // Tickets in Spanish.
    missing_target,
    silent_location,  // One of its locations has no traffic.
    flawless,
    long_name,
    open_forecast,  // Integration on its way, with P50 and P80 ahead.
    blocked,
    credentials_fail,
    ordinary,
};

// One plan of each kind, in this order.
enum class Plan : std::uint8_t {
    standard,
    deferred_6,
    deferred_12,
    deferred_18,
    deferred_24,
    apr_24,
    apr_36,
    apr_48,
    apr_60
};
inline constexpr std::size_t plan_count = 9;

struct LocationPlan {
    Location row;
    std::size_t practice = 0;
    double weight = 0;  // Share of the tenant's traffic, before normalising.
    bool silent = false;
    Zone zone = Zone::eastern;
    OfficeHours hours = OfficeHours::weekdays;
};

struct PracticePlan {
    Practice row;
    Plot plot = Plot::ordinary;
    std::vector<std::size_t> locations;
    std::vector<std::size_t> users;
    std::vector<std::size_t> integrations;
    std::size_t vendor = 0;
    OfficeHours hours = OfficeHours::weekdays;
    Zone zone = Zone::eastern;
    double approval_share = 0.62;
    double use_share = 0.70;
    double amount_factor = 1.0;
    bool spanish = false;
};

// How the checks of an integration behave.
enum class CheckMood : std::uint8_t {
    good,
    excellent,
    slow,
    flaky,
    story_one,
    recovered,
    credentials_fail,
    silent,
    no_checks
};

struct IntegrationPlan {
    Integration row;
    std::size_t practice = 0;
    Day live_since = 0;  // No checks before; after `today` when it is not live.
    CheckMood mood = CheckMood::good;
};

struct Blueprint {
    DemoOptions options;
    Day first_day = 0;          // First of the first of 24 full months.
    Day last_day = 0;           // Yesterday: the last one told.
    MonthIndex this_month = 0;  // Of last_day.
    std::size_t ordinary_count = 0;

    std::vector<Vendor> vendors;
    std::vector<PromoPlan> plans;     // Indexed by Plan.
    std::vector<Calendar> calendars;  // Indexed by OfficeHours.
    std::vector<PracticePlan> practices;
    std::vector<LocationPlan> locations;
    std::vector<User> users;
    std::vector<Grant> grants;
    std::vector<IntegrationPlan> integrations;
    std::vector<std::size_t> agents, engineers, managers;  // Indexes into users.

    const PracticePlan& practice_of(Plot plot) const;
};

// A generator of its own for every purpose and place: what one part draws never shifts another.
SeededRandom random_for(const DemoOptions& options, std::string_view purpose, std::uint64_t index = 0);
// The same id for the same thing whatever day the tenant is made.
Id id_for(const DemoOptions& options, std::string_view purpose, std::uint64_t index);

Blueprint make_blueprint(const DemoOptions& options);

// The days of the plots, from the open days before `today`.
Day ledger_break_day(const Blueprint& blueprint);      // First bad day, seven open days ago.
DayRange recovered_break(const Blueprint& blueprint);  // Its bad days; over for a month.
MonthIndex low_march(const Blueprint& blueprint);      // The latest March that is over.
inline constexpr int training_months_ago = 7;
inline constexpr int mix_shift_months_ago = 9;

}  // namespace portal::tenant
