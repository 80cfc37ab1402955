#include "shared/rules/volume_baseline.hpp"

#include <algorithm>
#include <cmath>

namespace portal {
namespace {

constexpr MonthIndex months_of_a_year = 12;
// The level's weeks and the alarm's reach back into the two months before.
constexpr MonthIndex months_explained = 3;
constexpr std::size_t weekday_days_min = 10;
// Days that were alike to less than this were so by chance.
constexpr double spread_least = 0.01;

using DayCounts = std::span<const BusinessDayCount>;

struct MonthMean {
    double average = 0;  // Of a business day.
    double days = 0;
};

// The average business day of each month, by months before the present one (0 is the present).
std::array<MonthMean, baseline_months + 1> month_means(DayCounts days, MonthIndex present) {
    std::array<MonthMean, baseline_months + 1> means;
    for (const BusinessDayCount& one : days) {
        const MonthIndex ago = present - month_of_day(one.day);
        if (ago < 0 || ago > baseline_months) continue;
        MonthMean& mean = means[static_cast<std::size_t>(ago)];
        mean.average += static_cast<double>(one.count);
        mean.days += 1;
    }
    for (MonthMean& mean : means)
        if (mean.days > 0) mean.average /= mean.days;
    return means;
}

// Of the twelve months that end so many months ago, where all are known.
std::optional<double> mean_of_year(const std::array<MonthMean, baseline_months + 1>& means, MonthIndex ago) {
    double sum = 0, days = 0;
    for (MonthIndex month = ago; month < ago + months_of_a_year; ++month) {
        const MonthMean& mean = means[static_cast<std::size_t>(month)];
        if (mean.days == 0) return std::nullopt;
        sum += mean.average * mean.days;
        days += mean.days;
    }
    return sum > 0 ? std::optional(sum / days) : std::nullopt;
}

// What the months of the last quarter have over their year, a year ago and before. The year that ends now is asked for
// the present month alone: what is to be explained must not explain itself.
bool learn_season(const std::array<MonthMean, baseline_months + 1>& means, MonthIndex present,
                  VolumeBaseline& baseline) {
    const auto last_year = mean_of_year(means, 1), year_before = mean_of_year(means, 1 + months_of_a_year);
    for (MonthIndex ago = 0; ago < months_explained; ++ago) {
        double share = 0, days = 0;
        const auto learn = [&](MonthIndex from, const std::optional<double>& year) {
            if (!year || from > baseline_months) return;
            const MonthMean& mean = means[static_cast<std::size_t>(from)];
            share += mean.average * mean.days / *year;
            days += mean.days;
        };
        learn(ago + months_of_a_year, ago == 0 ? last_year : year_before);
        learn(ago + 2 * months_of_a_year, year_before);
        // Of a practice that is younger than two years the months before are taken from the year that it has.
        if (days == 0) learn(ago + months_of_a_year, last_year);
        if (days == 0 || share <= 0) return false;
        baseline.month_of_year[static_cast<std::size_t>((present - ago) % months_of_a_year)] = share / days;
        if (ago == 0) baseline.season_days = days;
    }
    return true;
}

void learn_weekdays(DayCounts days, MonthIndex present, const std::array<MonthMean, baseline_months + 1>& means,
                    VolumeBaseline& baseline) {
    std::array<double, 7> shares{}, counts{};
    for (const BusinessDayCount& one : days) {
        const MonthIndex ago = present - month_of_day(one.day);
        if (ago < 1 || ago > baseline_months || means[static_cast<std::size_t>(ago)].average <= 0) continue;
        const auto weekday = static_cast<std::size_t>(weekday_of_day(one.day));
        shares[weekday] += static_cast<double>(one.count) / means[static_cast<std::size_t>(ago)].average;
        counts[weekday] += 1;
    }
    for (std::size_t weekday = 0; weekday < shares.size(); ++weekday) {
        const bool is_known = counts[weekday] >= weekday_days_min && shares[weekday] > 0;
        baseline.weekday[weekday] = is_known ? shares[weekday] / counts[weekday] : 1;
    }
}

// How far single days lie from what their month and weekday say.
double learn_spread(DayCounts days, MonthIndex present, const std::array<MonthMean, baseline_months + 1>& means,
                    const VolumeBaseline& baseline) {
    double squares = 0, count = 0;
    for (const BusinessDayCount& one : days) {
        const MonthIndex ago = present - month_of_day(one.day);
        if (ago < 1 || ago > baseline_months || means[static_cast<std::size_t>(ago)].average <= 0) continue;
        const double usual = means[static_cast<std::size_t>(ago)].average *
                             baseline.weekday[static_cast<std::size_t>(weekday_of_day(one.day))];
        const double off = static_cast<double>(one.count) / usual - 1;
        squares += off * off;
        count += 1;
    }
    return count > 0 ? std::sqrt(squares / count) : 0;
}

}  // namespace

std::vector<BusinessDayCount> business_day_counts(const std::map<Day, std::int64_t>& count_by_day,
                                                  const std::vector<Day>& business_days) {
    std::vector<BusinessDayCount> days;
    auto next = count_by_day.begin();
    for (const Day day : business_days) {
        BusinessDayCount& one = days.emplace_back(BusinessDayCount{day, 0});
        for (; next != count_by_day.end() && next->first <= day; ++next)
            one.count += next->second;
    }
    return days;
}

double VolumeBaseline::usual(Day day) const {
    return level * weekday[static_cast<std::size_t>(weekday_of_day(day))] *
           month_of_year[static_cast<std::size_t>(month_of_day(day) % months_of_a_year)];
}

std::optional<VolumeBaseline> learn_baseline(DayCounts days) {
    if (days.size() < baseline_level_days + alarm_days_max) return std::nullopt;
    const MonthIndex present = month_of_day(days.back().day);
    const auto means = month_means(days, present);
    if (means[static_cast<std::size_t>(baseline_months_min) - 1].days == 0) return std::nullopt;
    VolumeBaseline baseline;
    baseline.month_of_year.fill(1);
    if (!learn_season(means, present, baseline)) return std::nullopt;
    learn_weekdays(days, present, means, baseline);
    baseline.spread = learn_spread(days, present, means, baseline);
    double actual = 0, usual = 0;
    baseline.level = 1;
    for (const BusinessDayCount& one :
         days.subspan(days.size() - alarm_days_max - baseline_level_days, baseline_level_days)) {
        actual += static_cast<double>(one.count);
        usual += baseline.usual(one.day);
    }
    if (actual <= 0 || usual <= 0) return std::nullopt;
    baseline.level = actual / usual;
    return baseline;
}

std::optional<VolumeAlarm> volume_alarm(DayCounts days) {
    const auto baseline = learn_baseline(days);
    if (!baseline) return std::nullopt;
    // What is known of level and season is itself a matter of so many days.
    const double known = 1.0 / static_cast<double>(baseline_level_days) + 1.0 / baseline->season_days;
    std::optional<VolumeAlarm> alarm;
    double most = alarm_deviations_min;
    VolumeAlarm run;
    run.until = days.back().day;
    double usual = 0;
    for (std::size_t count = 1; count <= alarm_days_max; ++count) {
        const BusinessDayCount& first = days[days.size() - count];
        const double usual_of_first = baseline->usual(first.day);
        run.since = first.day;
        run.business_days = static_cast<std::int64_t>(count);
        run.actual += first.count;
        usual += usual_of_first;
        run.usual = std::llround(usual);
        if (count < alarm_days_min || run.usual <= 0) continue;
        const double drop = 1 - static_cast<double>(run.actual) / usual;
        // The last days lack it, too: what is over is no alarm.
        if (count == alarm_days_min && drop < alarm_drop_min) return std::nullopt;
        const double chance =
            std::max(baseline->spread, spread_least) * std::sqrt(1.0 / static_cast<double>(count) + known);
        const bool begins_here = static_cast<double>(first.count) < usual_of_first * (1 - alarm_drop_min / 2);
        if (!begins_here || drop < alarm_drop_min || drop < most * chance) continue;
        alarm = run;
        most = drop / chance;
    }
    return alarm;
}

}  // namespace portal
