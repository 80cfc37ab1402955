#include <algorithm>

#include "app/store/builders.hpp"
#include "shared/rules/figures/period.hpp"
#include "shared/rules/figures/tickets.hpp"
#include "shared/tenant/generator.hpp"

namespace portal::store {
namespace {

constexpr Day daily_days = 30;
constexpr int monthly_months = 13;
constexpr std::size_t tickets_listed_max = 6;
constexpr std::size_t deposits_listed_max = 7;
constexpr std::size_t queue_listed_max = 50;

void fill_health(const BuildContext& context, vm::OverviewPart& part) {
    std::optional<std::int64_t> worst;
    for (const Integration* integration : integrations_in_scope(context)) {
        const vm::Health health = health_of(context, *integration);
        const bool is_worse = health.figure.value && (!worst || *health.figure.value < *worst);
        if (part.health && !is_worse) continue;
        if (health.figure.value) worst = health.figure.value;
        part.health = health;
        part.health_integration = integration->id;
        part.health_integration_name = integration->name;
    }
}

void fill_volume(const BuildContext& context, vm::OverviewPart& part) {
    FactFilter filter;
    context.places.restrict(filter);
    const FinancingSums& facts = context.records.financing();
    const Day until = facts.closed_until(filter).value_or(context.today() - 1);
    part.closed_until = until;
    const MonthIndex month = month_of_day(until);
    const Day first = first_day_of_month(month);
    FactFilter now = filter, before = filter, daily = filter, monthly = filter;
    now.days = {first, until};
    before.days = context.equal_elapsed(context.first_location(), now.days, prior_period_by_date(now.days));
    daily.days = {until - daily_days + 1, until};
    monthly.days = {first_day_of_month(month - monthly_months + 1), until};
    const auto answers =
        facts.answer({{now, FactKey::none}, {before, FactKey::none}, {daily, FactKey::day}, {monthly, FactKey::month}});
    FactSums sums_now, sums_before;
    for (const FactGroup& group : answers[0])
        sums_now += group.sums;
    for (const FactGroup& group : answers[1])
        sums_before += group.sums;
    const figures::Freshness freshness = context.freshness(until);
    const auto target = target_of(context, month);
    const Day month_end = first_day_of_month(month + 1) - 1;
    part.net = figures::net_financed_volume(sums_now, freshness);
    part.attainment = figures::attainment(sums_now, target, freshness);
    part.pace = figures::pace(sums_now, target,
                              context.business_days(context.first_location(), first, month_end, until), freshness);
    part.net_change_basis_points = figures::change_basis_points(sums_now.net_cents(), sums_before.net_cents());
    for (Day day = daily.days.first; day <= until; ++day)
        part.daily_net.push_back({day, 0, false, false});
    for (const FactGroup& group : answers[2])
        part.daily_net[static_cast<std::size_t>(group.number - daily.days.first)].value = group.sums.net_cents();
    for (MonthIndex which = month - monthly_months + 1; which <= month; ++which) {
        const Day day = first_day_of_month(which);
        part.monthly_net.push_back({day, 0, which == month && until < month_end, false});
        part.monthly_target.push_back({day, target_of(context, which).value_or(0), false, false});
    }
    for (const FactGroup& group : answers[3])
        part.monthly_net[static_cast<std::size_t>(group.number - (month - monthly_months + 1))].value =
            group.sums.net_cents();
}

bool is_due_before(const Ticket* left, const Ticket* right) {
    // Without a promise last.
    if (left->due_ms.has_value() != right->due_ms.has_value()) return left->due_ms.has_value();
    if (left->due_ms != right->due_ms) return left->due_ms < right->due_ms;
    return left->id < right->id;
}

// Those whose promises come first.
std::vector<vm::TicketBrief> next_due(const BuildContext& context, std::vector<const Ticket*> tickets,
                                      std::size_t count_max) {
    const auto end = tickets.begin() + static_cast<std::ptrdiff_t>(std::min(tickets.size(), count_max));
    std::partial_sort(tickets.begin(), end, tickets.end(), is_due_before);
    std::vector<vm::TicketBrief> briefs;
    std::for_each(tickets.begin(), end,
                  [&](const Ticket* ticket) { briefs.push_back(ticket_brief(context, *ticket)); });
    return briefs;
}

void fill_tickets(const BuildContext& context, vm::OverviewPart& part) {
    std::vector<const Ticket*> tickets = tickets_in_scope(context);
    part.open_tickets = figures::open_tickets(tickets, context.as_of_ms);
    std::erase_if(tickets, [](const Ticket* ticket) { return !is_open(*ticket); });
    part.whos_on_it = next_due(context, tickets, tickets_listed_max);
    if (!part.whos_on_it.empty() && part.whos_on_it.front().due_ms) part.next_promise = part.whos_on_it.front();
    if (!context.caller.is_staff()) return;
    // The next case: those that nobody else has, and not those that wait for somebody else.
    std::erase_if(tickets, [&](const Ticket* ticket) {
        const bool waits =
            ticket->state == TicketState::waiting_practice || ticket->state == TicketState::waiting_vendor;
        return waits || (!ticket->assignee.empty() && ticket->assignee != context.caller.user);
    });
    part.queue = next_due(context, std::move(tickets), queue_listed_max);
}

void fill_deposits(const BuildContext& context, vm::OverviewPart& part) {
    for (const auto& [id, deposit] : context.records.deposits())
        if (context.places.has_location(deposit.location)) part.deposits.push_back(deposit);
    std::sort(part.deposits.begin(), part.deposits.end(), [](const Deposit& left, const Deposit& right) {
        return std::tie(right.day, left.id) < std::tie(left.day, right.id);
    });
    if (part.deposits.size() > deposits_listed_max) part.deposits.resize(deposits_listed_max);
}

void fill_stories(const BuildContext& context, vm::OverviewPart& part) {
    if (context.demo != Demo::yes) return;
    tenant::DemoOptions options;
    options.today = context.today();
    for (const tenant::Story& story : tenant::stories(options)) {
        const bool here = context.records.practices().contains(story.practice);
        part.stories.push_back({story.number, story.account, story.route, here});
    }
}

// Those that wait come after all that the server has.
void fill_prospects(const BuildContext& context, vm::OverviewPart& part) {
    context.replica.each(Entity::prospect, [&](const Row& row) {
        const std::string contact(text_value(row, "contact")), email(text_value(row, "email"));
        part.prospects.push_back({row.id, std::string(text_value(row, "name")),
                                  contact + (contact.empty() ? "" : ", ") + email, std::string(text_value(row, "note")),
                                  integer_value(row, "created_ms"), context.is_pending(Entity::prospect, row.id)});
    });
}

}  // namespace

vm::OverviewPart build_overview(const BuildContext& context) {
    vm::OverviewPart part;
    part.as_of_ms = context.as_of_ms;
    part.attention = attention_of(context);
    fill_health(context, part);
    if (context.sees_financing()) {
        fill_volume(context, part);
        fill_deposits(context, part);
    }
    fill_tickets(context, part);
    part.activity = activity_of(context);
    fill_prospects(context, part);
    fill_stories(context, part);
    const vm::Home home = home_of(context.caller.leading_role());
    if (home == vm::Home::account_manager || home == vm::Home::auditor) part.book = book_of(context);
    return part;
}

}  // namespace portal::store
