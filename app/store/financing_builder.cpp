#include <algorithm>
#include <map>

#include "app/store/builders.hpp"
#include "app/store/financing_breakdowns.hpp"
#include "app/store/financing_forecast.hpp"
#include "app/store/saved_views.hpp"
#include "shared/rules/figures/period.hpp"

namespace portal::store {
namespace {

constexpr int months_shown_before = 12;
constexpr Day days_of_a_week = 7;
constexpr MonthIndex months_of_a_quarter = 3;
constexpr int median_points = 5'000, high_points = 9'000;

bool is_of_months(vm::Grain grain) {
    return grain == vm::Grain::month || grain == vm::Grain::quarter;
}

vm::FinancingQuery with_defaults(vm::FinancingQuery query, Day today, bool has_daily_sums_alone) {
    if (has_daily_sums_alone) {
        // A link of somebody who has the facts may ask for them.
        query.existing_cardholder.reset();
        query.cents_from = query.cents_until = 0;
        query.weekday.reset();
        query.hour.reset();
        query.kind.reset();
        query.status.reset();
        if (query.rows) query.rows = vm::RowsQuery{.first = query.rows->first};
    }
    query.misread = false;  // Told by the screen, of its own address.
    if (query.until == 0) query.until = today;
    if (query.from == 0) query.from = first_day_of_month(month_of_day(query.until) - months_shown_before);
    if (query.from > query.until) std::swap(query.from, query.until);
    return query;
}

FactFilter filter_of(const BuildContext& context, const vm::FinancingQuery& query, DayRange days) {
    FactFilter filter;
    filter.days = days;
    context.places.restrict(filter);
    if (!query.location.empty())
        filter.locations = {query.location};
    else if (!query.practice.empty())
        filter.practices = {query.practice};
    if (!query.plan.empty()) filter.plans = {query.plan};
    if (query.channel) filter.channels = {*query.channel};
    if (query.existing_cardholder)
        filter.cardholder = *query.existing_cardholder ? Cardholder::existing : Cardholder::new_;
    if (query.cents_from > 0) filter.amount.first = query.cents_from;
    if (query.cents_until > 0) filter.amount.last = query.cents_until;
    filter.weekday = query.weekday;
    filter.hour_band = query.hour;
    if (query.kind) filter.kinds = {*query.kind};
    if (query.status) filter.statuses = {*query.status};
    if (query.rows && query.rows->figure) filter.adding = figures::measures_behind(*query.rows->figure).value_or(0);
    return filter;
}

Day bucket_start(vm::Grain grain, Day day) {
    switch (grain) {
        case vm::Grain::day:
            return day;
        case vm::Grain::week:
            return day - weekday_of_day(day);
        case vm::Grain::month:
            return first_day_of_month(month_of_day(day));
        case vm::Grain::quarter:
            return first_day_of_month(month_of_day(day) / months_of_a_quarter * months_of_a_quarter);
    }
    return day;
}

Day next_bucket(vm::Grain grain, Day start) {
    switch (grain) {
        case vm::Grain::day:
            return start + 1;
        case vm::Grain::week:
            return start + days_of_a_week;
        case vm::Grain::month:
            return first_day_of_month(month_of_day(start) + 1);
        case vm::Grain::quarter:
            return first_day_of_month(month_of_day(start) + months_of_a_quarter);
    }
    return start + 1;
}

void fill(vm::FinancingRow& row, const FactSums& sums) {
    row.net_cents = sums.net_cents();
    row.gross_cents = sums.gross_cents;
    row.refund_cents = sums.returned_cents();
    row.sales = sums.sales;
    row.applications = sums.applications;
    row.approved = sums.approved;
    row.declined = sums.declined;
}

// Every bucket of the range, also those without facts: a gap is a zero and not a missing bar.
std::vector<vm::FinancingRow> rows_of(vm::Grain grain, DayRange days, Day closed_until,
                                      const std::vector<FactGroup>& groups) {
    std::map<Day, FactSums> sums;
    for (const FactGroup& group : groups) {
        const Day day = is_of_months(grain) ? first_day_of_month(static_cast<MonthIndex>(group.number))
                                            : static_cast<Day>(group.number);
        sums[bucket_start(grain, day)] += group.sums;
    }
    std::vector<vm::FinancingRow> rows;
    for (Day start = bucket_start(grain, days.first); start <= days.last; start = next_bucket(grain, start)) {
        vm::FinancingRow row;
        const Day last = next_bucket(grain, start) - 1;
        row.from = std::max(start, days.first);
        row.until = std::min(last, days.last);
        row.partial = row.from != start || row.until != last || last > closed_until;
        if (const auto found = sums.find(start); found != sums.end()) fill(row, found->second);
        rows.push_back(row);
    }
    return rows;
}

// The former months in the quarters of those that they are compared with: a period before may begin within a quarter.
std::vector<vm::FinancingRow> quarters_of(const std::vector<vm::FinancingRow>& rows,
                                          const std::vector<vm::FinancingRow>& former_months) {
    std::vector<vm::FinancingRow> quarters(rows.size());
    MonthIndex month = rows.empty() ? 0 : month_of_day(rows.front().from);
    std::size_t index = 0;
    for (const vm::FinancingRow& former : former_months) {
        while (index + 1 < rows.size() && month > month_of_day(rows[index].until))
            ++index;
        if (index >= quarters.size()) break;
        vm::FinancingRow& quarter = quarters[index];
        if (quarter.from == 0) quarter.from = former.from;
        quarter.until = former.until;
        quarter.net_cents += former.net_cents;
        quarter.partial = quarter.partial || former.partial;
        ++month;
    }
    return quarters;
}

std::vector<vm::FinancingRow> compared_rows(const vm::FinancingPart& part, DayRange former,
                                            const std::vector<FactGroup>& groups) {
    if (part.query.grain != vm::Grain::quarter) return rows_of(part.query.grain, former, part.closed_until, groups);
    return quarters_of(part.rows, rows_of(vm::Grain::month, former, part.closed_until, groups));
}

// What only an open passport tells: it goes over all selected facts.
void fill_passport(const FactTable& facts, FactFilter filter, vm::FinancingPart& part) {
    if (part.has_daily_sums_alone) return;
    const auto opens = [&](FigureId figure) {
        return part.query.passport == figure_texts[static_cast<std::size_t>(figure)];
    };
    if (opens(FigureId::average_sale)) {
        filter.kinds = {FactKind::sale};
        filter.statuses = {FactStatus::settled};
        part.sale_quantiles = facts.amount_quantiles(filter, {median_points, high_points});
    } else if (opens(FigureId::applications)) {
        filter.kinds = {FactKind::application};
        std::int64_t distinct = 0;
        for (const FactCount& count : facts.distinct_applications(filter, FactKey::none))
            distinct += count.distinct;
        part.distinct_applications = distinct;
    }
}

// Months meet as many business days of their months, days and weeks the same weekdays.
DayRange compared_days(const BuildContext& context, const vm::FinancingQuery& query) {
    const DayRange days{query.from, query.until};
    const bool is_year_before = query.comparison == vm::Comparison::year_before;
    if (!is_of_months(query.grain)) return is_year_before ? prior_year_by_weekday(days) : prior_period_by_weekday(days);
    const Id of_practice =
        query.practice.empty() ? context.first_location() : context.first_location_of(query.practice);
    return context.equal_elapsed(query.location.empty() ? of_practice : query.location, days,
                                 is_year_before ? prior_year_by_date(days) : prior_period_by_date(days));
}

// A target is a practice's, for whole months and all of its facts: beside any other selection it would mislead.
bool has_targets(const vm::FinancingQuery& query) {
    vm::FinancingQuery of_practice = vm::without_filters(query);
    of_practice.practice = query.practice;
    return query == of_practice;
}

std::optional<std::int64_t> target_in(const BuildContext& context, const Id& practice, MonthIndex month) {
    if (practice.empty()) return target_of(context, month);
    std::optional<std::int64_t> cents;
    for (const auto& [id, target] : context.records.targets())
        if (target.practice == practice && target.month == month) cents = cents.value_or(0) + target.cents;
    return cents;
}

void fill_targets(const BuildContext& context, const vm::FinancingQuery& query, vm::FinancingPart& part) {
    if (!is_of_months(query.grain) || !has_targets(query)) return;
    for (vm::FinancingRow& row : part.rows)
        for (MonthIndex month = month_of_day(row.from); month <= month_of_day(row.until); ++month) {
            const auto target = target_in(context, query.practice, month);
            row.target_cents = target ? row.target_cents + *target : 0;
            if (!target) break;
        }
}

// Of all months that the period touches, when it begins with one.
std::optional<std::int64_t> target_of_period(const BuildContext& context, const vm::FinancingQuery& query) {
    const MonthIndex first = month_of_day(query.from);
    if (!has_targets(query) || query.from != first_day_of_month(first)) return std::nullopt;
    std::int64_t cents = 0;
    for (MonthIndex month = first; month <= month_of_day(query.until); ++month) {
        const auto target = target_in(context, query.practice, month);
        if (!target) return std::nullopt;
        cents += *target;
    }
    return cents;
}

void fill_figures(const BuildContext& context, const FactSums& all, const PullThroughSums& used,
                  const std::vector<FactGroup>& plans, vm::FinancingPart& part) {
    const figures::Freshness freshness = context.freshness(part.closed_until);
    const auto target = target_of_period(context, part.query);
    const Day whole_until = first_day_of_month(month_of_day(part.query.until) + 1) - 1;
    const figures::BusinessDays days =
        context.business_days(context.first_location(), part.query.from, whole_until,
                              std::min(part.query.until, std::max(part.closed_until, part.query.from - 1)));
    FactSums largest;
    for (const FactGroup& group : plans)
        if (group.sums.gross_cents > largest.gross_cents) {
            largest = group.sums;
            part.largest_plan = plan_share(context, group);
        }
    part.figures = {figures::net_financed_volume(all, freshness), figures::applications(all, freshness),
                    figures::approval_rate(all, freshness),       figures::pull_through(used, freshness),
                    figures::average_sale(all, freshness),        figures::plan_mix(largest, all, freshness),
                    figures::effective_fee_rate(all, freshness),  figures::attainment(all, target, freshness),
                    figures::pace(all, target, days, freshness)};
    part.totals = {figures::gross_settled(all, freshness), figures::returned(all, freshness),
                   figures::sales(all, freshness), figures::approved(all, freshness),
                   figures::target(target, freshness)};
}

// Under its own name no figure is told of facts that its definition sets against others which a filter leaves out.
void take_back_filtered(const FactFilter& filter, Figure& figure) {
    const FilterReach reach = reach_of(filter, figures::measures_behind(figure.id).value_or(every_measure));
    if (reach == FilterReach::all) return;
    if (reach == FilterReach::some && figures::is_told_of_some_facts(figure.id)) return;
    figure.value.reset();
    figure.low.reset();
    figure.high.reset();
    figure.reason = FigureReason::filtered_out;
}

void fill_plans(const BuildContext& context, const FactFilter& filter, const FactSums& all,
                const std::vector<FactGroup>& groups, vm::FinancingPart& part) {
    const figures::Freshness freshness = context.freshness(part.closed_until);
    for (const FactGroup& group : groups) {
        if (group.sums.gross_cents == 0 && group.sums.sales == 0) continue;
        vm::PlanShare& plan = part.plans.emplace_back(plan_share(context, group));
        plan.mix = figures::plan_mix(group.sums, all, freshness);
        take_back_filtered(filter, plan.mix);
    }
    sort_plans(part.plans);
}

void fill_change(const BuildContext& context, const FactFilter& filter, const FactSums& all,
                 const std::vector<FactGroup>& now, const std::vector<FactGroup>& former, vm::FinancingPart& part) {
    part.change = change_parts(context, part.query.explain, now, former);
    FactSums former_sums;
    for (const FactGroup& group : former)
        former_sums += group.sums;
    part.net_change = figures::net_change(all, former_sums, context.freshness(part.closed_until));
    take_back_filtered(filter, part.net_change);
}

// Its steps are set against all applications, of days that are matured. `used` keeps the matured part apart itself.
void tell_funnel(const FactFilter& filter, DayRange matured, const FactSums& cohort, const PullThroughSums& used,
                 vm::FinancingPart& part) {
    if (reach_of(filter, measure(&FactSums::applications)) != FilterReach::all)
        part.funnel_reason = FigureReason::filtered_out;
    else if (matured.first > matured.last)
        part.funnel_reason = FigureReason::not_matured;
    else
        part.funnel = figures::funnel(cohort, used, {part.as_of_ms, part.closed_until});
    if (part.has_daily_sums_alone)
        std::erase_if(part.funnel, [](const Figure& step) { return step.id == FigureId::funnel_used; });
}

bool is_of_selection(const BuildContext& context, const vm::FinancingQuery& query, const Id& practice) {
    if (!query.practice.empty() && query.practice != practice) return false;
    if (query.location.empty()) return true;
    const auto location = context.records.locations().find(query.location);
    return location != context.records.locations().end() && location->second.practice == practice;
}

}  // namespace

FactFilter fact_filter_of(const BuildContext& context, const vm::FinancingQuery& query) {
    return filter_of(context, query, {query.from, query.until});
}

vm::FinancingPart build_financing(const BuildContext& context, const vm::FinancingQuery& asked) {
    vm::FinancingPart part;
    part.as_of_ms = context.as_of_ms;
    const FinancingSums& facts = context.records.financing();
    part.has_daily_sums_alone = facts.has_rollups_alone();
    const vm::FinancingQuery query = with_defaults(asked, context.today(asked.location), part.has_daily_sums_alone);
    part.query = query;
    const DayRange days{query.from, query.until};
    const DayRange former = compared_days(context, query);
    const FactFilter filter = filter_of(context, query, days);
    const FactFilter former_filter = filter_of(context, query, former);
    part.closed_until = facts.closed_until(filter).value_or(0);
    part.may_see_rows = context.may_read_facts();
    if (query.rows) {
        // A list that is scrolled through asks for window after window: the figures wait until they are looked at.
        fill_choices(context, query, part);
        if (part.may_see_rows) part.fact_rows = build_fact_rows(context, query, filter);
        part.saved_views = read_views(context.replica.state().saved_views);
        return part;
    }
    const FactKey bucket_key = is_of_months(query.grain) ? FactKey::month : FactKey::day;
    const FactKey change_key = key_of_change(context, query);
    const FactKey place_key = key_of_places(context, query);
    const DayRange matured = matured_days(days, part.closed_until);

    QuestionSheet sheet;
    const auto whole = sheet.ask({filter});
    const auto buckets = sheet.ask({filter, bucket_key});
    const auto former_buckets = sheet.ask({former_filter, bucket_key});
    const auto plans = sheet.ask({filter, FactKey::plan});
    const auto change = sheet.ask({filter, change_key});
    const auto former_change = sheet.ask({former_filter, change_key});
    const auto stacks = sheet.ask({filter, bucket_key, key_of_split(query.split)});
    const auto cohort = sheet.ask({filter_of(context, query, matured)});
    // The picture in which a day and an hour are chosen goes on showing the others.
    FactFilter any_hour = filter;
    any_hour.weekday.reset();
    any_hour.hour_band.reset();
    const auto hours = sheet.ask({any_hour, FactKey::weekday, FactKey::hour_band});
    const auto places = sheet.ask({filter, place_key});
    const auto former_places = sheet.ask({former_filter, place_key});
    const auto place_months = sheet.ask({filter_of(context, query, ranked_days(days.last)), place_key, FactKey::month});
    sheet.answer(facts);

    const FactSums all = sheet.sum(whole);
    const PullThroughSums used = facts.pull_through(filter, part.closed_until);
    part.fact_count = all.rows;
    fill_figures(context, all, used, sheet[plans], part);
    fill_passport(facts.facts(), filter, part);
    fill_forecast(context, filter, part);
    for (auto* figures : {&part.figures, &part.totals})
        for (Figure& figure : *figures)
            take_back_filtered(filter, figure);
    for (vm::VolumeAlarmLine& alarm : volume_alarms(context))
        if (is_of_selection(context, query, alarm.practice)) part.alarms.push_back(std::move(alarm));
    part.rows = rows_of(query.grain, days, part.closed_until, sheet[buckets]);
    part.compared = compared_rows(part, former, sheet[former_buckets]);
    if (query.split != vm::Split::none) part.stacks = stacks_of(context, part, bucket_key, sheet[stacks]);
    fill_change(context, filter, all, sheet[change], sheet[former_change], part);
    fill_plans(context, filter, all, sheet[plans], part);
    if (matured.first <= matured.last) part.matured_until = matured.last;
    tell_funnel(filter, matured, sheet.sum(cohort), used, part);
    fill_hours(sheet[hours], part);
    part.ranks_locations = place_key == FactKey::location;
    part.ranking = ranking_of(context, days.last, sheet[places], sheet[former_places], sheet[place_months]);
    fill_choices(context, query, part);
    part.peers = build_peers(context, query);
    fill_targets(context, query, part);
    return part;
}

}  // namespace portal::store
