// The account manager's book: one line per practice, sorted by risk x dollars.
#include <algorithm>
#include <map>

#include "app/store/builders.hpp"
#include "shared/rules/figures/book.hpp"
#include "shared/rules/figures/period.hpp"

namespace portal::store {
namespace {

constexpr int trend_months = 12;

// The month so far, and equal elapsed business days of the month before. Practices of one calendar share the latter.
struct Period {
    MonthIndex month = 0;
    DayRange now;
    RecordsById<DayRange> before;  // By practice.
};

Period period_of(const BuildContext& context, Day until) {
    Period period;
    period.month = month_of_day(until);
    period.now = {first_day_of_month(period.month), until};
    RecordsById<DayRange> by_calendar;
    for (const auto& [practice, location] : context.first_locations()) {
        const auto place = context.records.locations().find(location);
        const Id calendar = place == context.records.locations().end() ? Id() : place->second.calendar;
        const auto [days, is_new] = by_calendar.try_emplace(calendar);
        if (is_new) days->second = context.equal_elapsed(location, period.now, prior_period_by_date(period.now));
        period.before.emplace(practice, days->second);
    }
    return period;
}

struct PracticeFacts {
    FactSums now, before;
    std::vector<std::int64_t> trend = std::vector<std::int64_t>(trend_months, 0);
};

RecordsById<PracticeFacts> facts_by_practice(const BuildContext& context, const Period& period) {
    FactFilter filter;
    context.places.restrict(filter);
    std::vector<FactQuestion> questions;
    const auto ask = [&](DayRange days) {
        filter.days = days;
        questions.push_back({filter, FactKey::practice});
    };
    ask(period.now);
    for (int back = trend_months - 1; back >= 0; --back)
        ask({first_day_of_month(period.month - back), first_day_of_month(period.month - back + 1) - 1});
    // Calendars differ by few days.
    std::map<Day, std::size_t> former_asked;
    for (const auto& [practice, days] : period.before)
        if (former_asked.try_emplace(days.last, questions.size()).second) ask(days);
    const auto answers = context.records.financing().answer(questions);
    RecordsById<PracticeFacts> facts;
    for (const FactGroup& group : answers[0])
        facts[group.id].now = group.sums;
    for (std::size_t month = 0; month < trend_months; ++month)
        for (const FactGroup& group : answers[1 + month])
            facts[group.id].trend[month] = group.sums.net_cents();
    for (const auto& [until, index] : former_asked)
        for (const FactGroup& group : answers[index])
            if (const auto days = period.before.find(group.id);
                days != period.before.end() && days->second.last == until)
                facts[group.id].before = group.sums;
    return facts;
}

// What a line of the book is made from, gathered in one pass over each kind of row: a manager has hundreds of lines.
struct BookRows {
    RecordsById<std::vector<const Integration*>> integrations;
    RecordsById<std::int64_t> targets;  // Of the month, in cents.
    RecordsById<std::int64_t> open_tickets;
};

BookRows rows_of_book(const BuildContext& context, MonthIndex month) {
    BookRows rows;
    for (const auto& [id, integration] : context.records.integrations())
        rows.integrations[integration.practice].push_back(&integration);
    for (const auto& [id, target] : context.records.targets())
        if (target.month == month) rows.targets.try_emplace(target.practice, target.cents);
    for (const auto& [id, ticket] : context.records.tickets())
        if (is_open(ticket)) ++rows.open_tickets[ticket.practice];
    return rows;
}

template <class Value>
Value value_of(const RecordsById<Value>& values, const Id& practice) {
    const auto found = values.find(practice);
    return found == values.end() ? Value() : found->second;
}

// The worst integration speaks for the practice.
void fill_health(const BuildContext& context, const std::vector<const Integration*>& integrations,
                 vm::PracticeStanding& standing) {
    for (const Integration* integration : integrations) {
        const vm::Health health = health_of(context, *integration);
        const auto& score = health.figure.value;
        const bool is_known = standing.health && standing.health->value;
        if (standing.health && (!score || (is_known && *standing.health->value <= *score))) continue;
        standing.health = health.figure;
        standing.health_integration = integration->id;
        if (score) standing.tone = health.tone;
    }
}

// Open action items, and those of them that are overdue.
RecordsById<std::pair<std::int64_t, std::int64_t>> actions_by_practice(const BuildContext& context) {
    RecordsById<std::pair<std::int64_t, std::int64_t>> counts;
    const PracticeDays days(context);
    for (const auto& [id, item] : context.records.action_items()) {
        if (item.done) continue;
        auto& [open, overdue] = counts[item.practice];
        ++open;
        overdue += group_of(item, days.today(item.practice)) == vm::ActionGroup::overdue ? 1 : 0;
    }
    return counts;
}

}  // namespace

std::vector<vm::PracticeStanding> book_of(const BuildContext& context) {
    std::vector<vm::PracticeStanding> book;
    FactFilter everything;
    context.places.restrict(everything);
    const Day until = context.records.financing().closed_until(everything).value_or(context.today() - 1);
    const Period period = period_of(context, until);
    const auto facts = facts_by_practice(context, period);
    const BookRows rows = rows_of_book(context, period.month);
    const auto actions = actions_by_practice(context);
    for (const auto& [id, practice] : context.records.practices()) {
        if (!context.places.has_practice(id)) continue;
        vm::PracticeStanding standing;
        standing.practice = id;
        standing.name = practice.name;
        standing.region = practice.region;
        standing.specialty = practice.specialty;
        fill_health(context, value_of(rows.integrations, id), standing);
        const auto found = facts.find(id);
        const PracticeFacts sums = found == facts.end() ? PracticeFacts() : found->second;
        const figures::Freshness freshness = context.freshness(until);
        standing.net = figures::net_financed_volume(sums.now, freshness);
        standing.change_basis_points = figures::change_basis_points(sums.now.net_cents(), sums.before.net_cents());
        const Day month_end = first_day_of_month(period.month + 1) - 1;
        const auto target = rows.targets.find(id);
        standing.pace = figures::pace(
            sums.now, target == rows.targets.end() ? std::nullopt : std::optional(target->second),
            context.business_days(context.first_location_of(id), period.now.first, month_end, until), freshness);
        standing.open_tickets = value_of(rows.open_tickets, id);
        const auto [open_actions, overdue_actions] = value_of(actions, id);
        standing.open_actions = figures::open_actions(open_actions, freshness);
        standing.overdue_actions = overdue_actions;
        standing.trend = sums.trend;
        std::int64_t yearly = 0;
        for (const std::int64_t cents : sums.trend)
            yearly += cents;
        const auto score = standing.health ? standing.health->value : std::nullopt;
        standing.at_risk = figures::dollars_at_risk(score, yearly, trend_months, freshness);
        book.push_back(std::move(standing));
    }
    std::sort(book.begin(), book.end(), [](const vm::PracticeStanding& left, const vm::PracticeStanding& right) {
        const std::int64_t left_cents = left.at_risk.value.value_or(0), right_cents = right.at_risk.value.value_or(0);
        if (left_cents != right_cents) return left_cents > right_cents;
        return std::tie(left.name, left.practice) < std::tie(right.name, right.practice);
    });
    return book;
}

std::optional<std::int64_t> target_of(const BuildContext& context, MonthIndex month) {
    // A part of a practice's locations has no target of its own.
    RecordsById<bool> whole;
    for (const auto& [id, location] : context.records.locations()) {
        auto& is_whole = whole.try_emplace(location.practice, true).first->second;
        is_whole = is_whole && context.places.has_location(id);
    }
    std::optional<std::int64_t> cents;
    for (const auto& [id, target] : context.records.targets()) {
        if (target.month != month || !context.places.has_practice(target.practice)) continue;
        const auto found = whole.find(target.practice);
        if (found != whole.end() && !found->second) continue;
        cents = cents.value_or(0) + target.cents;
    }
    return cents;
}

}  // namespace portal::store
