#include "shared/rules/figures/forecast.hpp"

#include <algorithm>

#include "shared/base/check.hpp"
#include "shared/rules/figures/make_figure.hpp"

namespace portal::figures {
namespace {

constexpr std::int64_t share_whole = 1'000'000'000;
// A month that was misjudged by more than this says no more than that it was.
constexpr std::int64_t misjudged_times_max = 1'000;
constexpr std::int64_t forecast_basis_points = 10'000;

// What a month had at this position among its business days; between two of them as a straight line.
std::int64_t net_at(const MonthCourse& course, const BusinessDays& days) {
    const std::int64_t steps = days.elapsed * static_cast<std::int64_t>(course.net_until_cents.size());
    const auto whole = static_cast<std::size_t>(steps / days.whole);
    const std::int64_t rest = steps % days.whole;
    const std::int64_t before = whole == 0 ? 0 : course.net_until_cents[whole - 1];
    if (rest == 0) return before;
    return before + product_over(course.net_until_cents[whole] - before, rest, days.whole);
}

bool teaches(const MonthCourse& course) {
    return course.net_cents > 0 && !course.net_until_cents.empty();
}

std::int64_t months_that_teach(const std::vector<MonthCourse>& courses) {
    return std::ranges::count_if(courses, teaches);
}

// Of share_whole, the months' money pooled: large months say more.
std::int64_t pooled_share(const std::vector<MonthCourse>& courses, const BusinessDays& days) {
    std::int64_t until = 0, all = 0;
    for (const MonthCourse& course : courses) {
        if (!teaches(course)) continue;
        until += net_at(course, days);
        all += course.net_cents;
    }
    return all > 0 ? product_over(until, share_whole, all) : 0;
}

// What a month came to, over what the share would have made of it at this position; share_whole is right.
struct Misjudged {
    std::int64_t ratio = 0;
    std::int64_t weight = 1;
};

void add_misjudged(const std::vector<MonthCourse>& courses, const BusinessDays& days, std::int64_t share,
                   std::int64_t weight, std::vector<Misjudged>& all) {
    for (const MonthCourse& course : courses) {
        if (!teaches(course)) continue;
        const std::int64_t until = net_at(course, days);
        // A month that had nothing yet says nothing about one that has.
        if (until <= 0) continue;
        const bool is_far_off = course.net_cents / until >= misjudged_times_max;
        all.push_back(
            {is_far_off ? share * misjudged_times_max : product_over(share, course.net_cents, until), weight});
    }
}

// Sorted ratios stand at the middle of n + 1 gaps, as for the next one of n; between two as a straight line.
std::int64_t quantile_of(const std::vector<Misjudged>& sorted, int basis_points) {
    const auto count = static_cast<std::int64_t>(sorted.size());
    std::int64_t weight = 0;
    for (const Misjudged& one : sorted)
        weight += one.weight;
    const std::int64_t wanted = weight * (count + 1) * basis_points;
    std::int64_t reached = 0;
    for (std::size_t index = 0; index < sorted.size(); ++index) {
        const std::int64_t former = reached;
        reached += sorted[index].weight * count * forecast_basis_points;
        if (reached < wanted) continue;
        if (index == 0) return sorted[0].ratio;
        const std::int64_t step = sorted[index].ratio - sorted[index - 1].ratio;
        return sorted[index - 1].ratio + product_over(step, wanted - former, reached - former);
    }
    return sorted.back().ratio;
}

Figure forecast_figure(const MonthSoFar& now, const Freshness& freshness) {
    Figure figure = make_figure(FigureId::month_forecast, FigureUnit::cents, FigureBasis::posted, freshness);
    figure.numerator = now.net_cents;
    figure.denominator = forecast_basis_points;
    return figure;
}

// Why there can be no forecast, whatever was learned.
FigureReason reason_against(const MonthSoFar& now, std::int64_t own_months, std::int64_t cohort_months) {
    if (now.days.elapsed < forecast_business_days_min) return FigureReason::too_early;
    if (own_months < forecast_months_min) return FigureReason::too_short_history;
    if (own_months < forecast_own_months_min && cohort_months == 0) return FigureReason::too_short_history;
    if (now.net_cents <= 0) return FigureReason::nothing_net_yet;
    return FigureReason::none;
}

FigureReason remark_on(std::int64_t own_months) {
    if (own_months < forecast_own_months_min) return FigureReason::cohort_alone;
    return own_months < forecast_months ? FigureReason::short_history : FigureReason::none;
}

}  // namespace

MonthCourse month_course(const std::map<Day, std::int64_t>& net_by_day, const std::vector<Day>& business_days) {
    MonthCourse course;
    auto next = net_by_day.begin();
    for (const Day day : business_days) {
        for (; next != net_by_day.end() && next->first <= day; ++next)
            course.net_cents += next->second;
        course.net_until_cents.push_back(course.net_cents);
    }
    for (; next != net_by_day.end(); ++next)
        course.net_cents += next->second;
    return course;
}

MonthForecast month_forecast(const MonthSoFar& now, const std::vector<MonthCourse>& own,
                             const std::vector<MonthCourse>& cohort, const Freshness& freshness) {
    check(now.days.elapsed >= 0 && now.days.elapsed <= now.days.whole, "elapsed business days lie within the month's");
    MonthForecast forecast{forecast_figure(now, freshness), months_that_teach(own), months_that_teach(cohort)};
    Figure& figure = forecast.figure;
    if (now.end == MonthEnd::reported) {
        figure.value = figure.low = figure.high = now.net_cents;
        return forecast;
    }
    figure.reason = reason_against(now, forecast.own_months, forecast.cohort_months);
    if (figure.reason != FigureReason::none) return forecast;
    const bool uses_own = forecast.own_months >= forecast_own_months_min;
    const std::int64_t own_weight = uses_own ? forecast.own_months : 0;
    const std::int64_t cohort_weight = forecast.cohort_months > 0 ? forecast_cohort_weight_months : 0;
    const std::int64_t share =
        product_over(1, own_weight * pooled_share(own, now.days) + cohort_weight * pooled_share(cohort, now.days),
                     own_weight + cohort_weight);
    std::vector<Misjudged> months;
    // Each own month weighs one, all of the cohort's together as much as they do in the share.
    if (uses_own) add_misjudged(own, now.days, share, std::max<std::int64_t>(forecast.cohort_months, 1), months);
    add_misjudged(cohort, now.days, share, forecast_cohort_weight_months, months);
    if (share <= 0 || months.empty()) {
        figure.reason = FigureReason::too_short_history;
        return forecast;
    }
    std::ranges::sort(months, {}, &Misjudged::ratio);
    figure.reason = remark_on(forecast.own_months);
    figure.denominator = product_over(share, forecast_basis_points, share_whole);
    figure.value = product_over(now.net_cents, share_whole, share);
    // Pooled money and counted months may disagree on the middle; the range holds what is said.
    const auto times = [&](int basis_points) {
        return product_over(*figure.value, quantile_of(months, basis_points), share_whole);
    };
    figure.low = std::min(*figure.value, times(forecast_low_basis_points));
    figure.high = std::max(*figure.value, times(forecast_high_basis_points));
    return forecast;
}

}  // namespace portal::figures
