#include "app/store/financing_forecast.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "shared/rules/figures/forecast.hpp"

namespace portal::store {
namespace {

using NetByDay = std::map<Day, std::int64_t>;

// The practices whose facts the filter selects, among those with a location here.
std::set<Id> practices_selected(const BuildContext& context, const FactFilter& filter) {
    std::set<Id> practices;
    for (const auto& [id, location] : context.records.locations())
        if (is_selected(filter.locations, id) && is_selected(filter.practices, location.practice))
            practices.insert(location.practice);
    return practices;
}

Id location_selected(const BuildContext& context, const FactFilter& filter) {
    for (const auto& [id, location] : context.records.locations())
        if (is_selected(filter.locations, id) && is_selected(filter.practices, location.practice)) return id;
    return {};
}

// The other practices of this device that are of the same kind.
std::vector<Id> cohort_of(const BuildContext& context, const Practice& practice) {
    std::vector<Id> cohort;
    for (const auto& [id, other] : context.records.practices())
        if (id != practice.id && other.specialty == practice.specialty && other.size == practice.size)
            cohort.push_back(id);
    return cohort;
}

// The months that are over, of those that the forecast learns from.
std::vector<figures::MonthCourse> courses_of(const BuildContext& context, const Id& location, MonthIndex month,
                                             const NetByDay& net) {
    const MonthIndex first = month - figures::forecast_months;
    const std::vector<Day> all =
        context.business_days_between(location, first_day_of_month(first), first_day_of_month(month) - 1);
    std::vector<figures::MonthCourse> courses;
    auto from = all.begin();
    for (MonthIndex one = first; one < month; ++one) {
        const auto until = std::lower_bound(from, all.end(), first_day_of_month(one + 1));
        const NetByDay days(net.lower_bound(first_day_of_month(one)), net.lower_bound(first_day_of_month(one + 1)));
        courses.push_back(figures::month_course(days, {from, until}));
        from = until;
    }
    return courses;
}

figures::MonthSoFar so_far(const BuildContext& context, const Id& location, Day until, const NetByDay& net,
                           Day& counted_until) {
    const Day first = first_day_of_month(month_of_day(until));
    const Day last = first_day_of_month(month_of_day(until) + 1) - 1;
    const std::vector<Day> days = context.business_days_between(location, first, last);
    figures::MonthSoFar now;
    now.end = until == last ? figures::MonthEnd::reported : figures::MonthEnd::ahead;
    now.days.whole = static_cast<std::int64_t>(days.size());
    now.days.elapsed = std::upper_bound(days.begin(), days.end(), until) - days.begin();
    counted_until = now.end == figures::MonthEnd::reported ? last
                    : now.days.elapsed == 0                ? first - 1
                                                           : days[static_cast<std::size_t>(now.days.elapsed) - 1];
    for (auto day = net.lower_bound(first); day != net.end() && day->first <= counted_until; ++day)
        now.net_cents += day->second;
    return now;
}

}  // namespace

void fill_forecast(const BuildContext& context, const FactFilter& filter, vm::FinancingPart& part) {
    const Day until = part.closed_until;
    const MonthIndex month = month_of_day(until);
    vm::ForecastFooting& footing = part.forecast;
    footing.month = month;
    FactFilter own = filter;
    own.days = {first_day_of_month(month - figures::forecast_months), until};
    const std::set<Id> selected = practices_selected(context, filter);
    std::vector<Id> cohort;
    const auto practice =
        selected.size() == 1 ? context.records.practices().find(*selected.begin()) : context.records.practices().end();
    if (practice != context.records.practices().end()) {
        cohort = cohort_of(context, practice->second);
        footing.specialty = practice->second.specialty;
        footing.size = practice->second.size;
    }
    std::vector<FactQuestion> questions = {{own, FactKey::day, FactKey::none, {}, measures_of(FactRank::net_cents)}};
    if (!cohort.empty()) {
        own.practices = cohort;
        own.locations.clear();
        own.days.last = first_day_of_month(month) - 1;
        questions.push_back({own, FactKey::practice, FactKey::day, {}, measures_of(FactRank::net_cents)});
    }
    const auto answers = context.records.financing().answer(questions);
    NetByDay net;
    for (const FactGroup& group : answers[0])
        net[static_cast<Day>(group.number)] += group.sums.net_cents();
    std::map<Id, NetByDay> others;
    if (answers.size() > 1)
        for (const FactGroup& group : answers[1])
            others[group.id][static_cast<Day>(group.second_number)] += group.sums.net_cents();
    const Id location = location_selected(context, filter);
    std::vector<figures::MonthCourse> peers;
    const RecordsById<Id>& places = context.first_locations();
    for (const auto& [id, days] : others) {
        const auto place = places.find(id);
        const auto courses = courses_of(context, place == places.end() ? Id() : place->second, month, days);
        peers.insert(peers.end(), courses.begin(), courses.end());
    }
    const figures::MonthSoFar now = so_far(context, location, until, net, footing.counted_until);
    const figures::MonthForecast forecast =
        figures::month_forecast(now, courses_of(context, location, month, net), peers, context.freshness(until));
    footing.cohort = selected.size() != 1          ? vm::ForecastFooting::Cohort::several_practices
                     : forecast.cohort_months == 0 ? vm::ForecastFooting::Cohort::nobody_else
                                                   : vm::ForecastFooting::Cohort::learned_from;
    footing.own_months = forecast.own_months;
    footing.cohort_practices = static_cast<std::int64_t>(others.size());
    footing.business_days_elapsed = now.days.elapsed;
    footing.business_days = now.days.whole;
    part.figures.push_back(forecast.figure);
}

}  // namespace portal::store
