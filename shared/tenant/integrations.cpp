// Integrations of the demo tenant: their stages, forecasts, and how their checks will behave.
#include <algorithm>
#include <array>

#include "shared/tenant/blueprint_parts.hpp"

namespace portal::tenant {
namespace {

constexpr int steady_index = static_cast<int>(IntegrationStage::steady);
constexpr int live_index = static_cast<int>(IntegrationStage::live);
constexpr int pilot_index = static_cast<int>(IntegrationStage::pilot);

struct Course {
    IntegrationStage stage = IntegrationStage::steady;
    Day since = 0;
};

// The days on which the stages were entered, back from the present one.
std::vector<Day> stage_days(const Course& course, SeededRandom& random) {
    std::vector<Day> days(static_cast<std::size_t>(course.stage) + 1);
    days.back() = course.since;
    for (std::size_t index = days.size() - 1; index > 0; --index)
        days[index - 1] = days[index] - static_cast<Day>(random.between(9, 34));
    return days;
}

std::string history_text(const std::vector<Day>& days) {
    std::string text;
    for (std::size_t index = 0; index < days.size(); ++index) {
        if (!text.empty()) text += ',';
        text.append(text_of(static_cast<IntegrationStage>(index))).append(":").append(std::to_string(days[index]));
    }
    return text;
}

Course course_of(const Blueprint& blueprint, Plot plot, SeededRandom& random) {
    const Day today = blueprint.options.today;
    switch (plot) {
        case Plot::early_go_live:
            return {IntegrationStage::live, open_day_before(OfficeHours::weekdays, today, 12)};
        case Plot::open_forecast:
            return {IntegrationStage::certification, open_day_before(OfficeHours::weekdays, today, 9)};
        case Plot::blocked:
            return {IntegrationStage::build, open_day_before(OfficeHours::weekdays, today, 23)};
        case Plot::young:
            return {IntegrationStage::hypercare, today - 61};
        case Plot::ordinary:
            break;
        default:
            return {IntegrationStage::steady, today - static_cast<Day>(random.between(300, 900))};
    }
    const std::uint64_t draw = random.below(100);
    if (draw < 88) return {IntegrationStage::steady, today - static_cast<Day>(random.between(180, 1'200))};
    if (draw < 92) return {IntegrationStage::hypercare, today - static_cast<Day>(random.between(8, 30))};
    const auto stage = static_cast<IntegrationStage>(random.between(0, pilot_index));
    return {stage, today - static_cast<Day>(random.between(3, 40))};
}

CheckMood mood_of(Plot plot, SeededRandom& random) {
    switch (plot) {
        case Plot::ledger_breaks:
            return CheckMood::story_one;
        case Plot::ledger_recovered:
            return CheckMood::recovered;
        case Plot::credentials_fail:
            return CheckMood::credentials_fail;
        case Plot::flawless:
        case Plot::early_go_live:
            return CheckMood::excellent;
        case Plot::ordinary:
            break;
        default:
            return CheckMood::good;
    }
    const std::uint64_t draw = random.below(100);
    if (draw < 74) return CheckMood::good;
    if (draw < 86) return CheckMood::excellent;
    if (draw < 92) return CheckMood::slow;
    if (draw < 97) return CheckMood::flaky;
    return draw < 99 ? CheckMood::silent : CheckMood::no_checks;
}

void set_forecast(Integration& row, const Blueprint& blueprint, Plot plot, const std::vector<Day>& days,
                  SeededRandom& random) {
    if (plot == Plot::early_go_live) {
        row.go_live_p50 = days[live_index] + 2;
        row.go_live_p80 = days[live_index] + 9;
        return;
    }
    if (days.size() <= 2) return;  // Before the kick-off nobody has planned.
    const bool live = days.size() > static_cast<std::size_t>(live_index);
    const Day expected = live ? days[live_index] : blueprint.options.today + static_cast<Day>(random.between(9, 60));
    row.go_live_p50 = plot == Plot::open_forecast ? blueprint.options.today + 16
                                                  : expected + static_cast<Day>(live ? random.between(-12, 14) : 0);
    row.go_live_p80 = *row.go_live_p50 + static_cast<Day>(plot == Plot::open_forecast ? 22 : random.between(12, 34));
}

}  // namespace

void make_integrations(Blueprint& blueprint) {
    for (std::size_t index = 0; index < blueprint.practices.size(); ++index) {
        PracticePlan& practice = blueprint.practices[index];
        SeededRandom random = random_for(blueprint.options, "integration", index);
        // A few practices have no integration: they file and settle by hand.
        if (practice.plot == Plot::ordinary && random.chance(0.03)) continue;
        const Course course = course_of(blueprint, practice.plot, random);
        const std::vector<Day> days = stage_days(course, random);
        const Vendor& vendor = blueprint.vendors[practice.vendor];
        IntegrationPlan plan;
        plan.practice = index;
        plan.mood = mood_of(practice.plot, random);
        plan.live_since =
            days.size() > static_cast<std::size_t>(pilot_index) ? days[pilot_index] : blueprint.options.today + 1;
        Integration& row = plan.row;
        row.id = id_for(blueprint.options, "integration", index);
        row.external_key = numbered_key("I", index + 1, 4);
        row.practice = practice.row.id;
        row.vendor = vendor.id;
        row.name = vendor.product + " at " + practice.row.name;
        row.stage = course.stage;
        row.stage_since = course.since;
        row.stage_history = history_text(days);
        row.engineer = blueprint.users[blueprint.engineers[index % blueprint.engineers.size()]].id;
        set_forecast(row, blueprint, practice.plot, days, random);
        if (practice.plot == Plot::blocked) {
            row.blocked = true;
            row.blocked_reason = "The clearinghouse has not enabled the test submitter yet";
            row.blocked_owner = row.engineer;
        }
        practice.integrations.push_back(blueprint.integrations.size());
        blueprint.integrations.push_back(std::move(plan));
    }
    static_assert(steady_index == 9, "stage_history counts on the order of the stages");
}

}  // namespace portal::tenant
