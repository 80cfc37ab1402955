#include <algorithm>

#include "app/store/builders.hpp"
#include "shared/base/durations.hpp"
#include "shared/rules/health.hpp"

namespace portal::store {
namespace {

constexpr std::size_t attention_items_max = 20;
constexpr Day days_shown_before_alarm = 28;  // So that the fall is seen.

int urgency(vm::AttentionKind kind) {
    switch (kind) {
        case vm::AttentionKind::credentials_fail:
            return 0;
        case vm::AttentionKind::ledger_mismatch:
            return 1;
        case vm::AttentionKind::no_success:
            return 2;
        case vm::AttentionKind::edit_rejected:
            return 3;
        case vm::AttentionKind::calls_failing:
            return 4;
        case vm::AttentionKind::ticket_waits_for_you:
            return 5;
        case vm::AttentionKind::ticket_overdue:
            return 6;
        case vm::AttentionKind::integration_blocked:
            return 7;
        case vm::AttentionKind::volume_drop:
            return 8;
    }
    return 9;
}

// The first day of the unbroken run of bad days that ends now; closed days and silence do not end it.
Day trouble_since(const std::vector<CheckRollup>& rollups) {
    Day since = rollups.empty() ? 0 : rollups.back().day;
    for (auto rollup = rollups.rbegin(); rollup != rollups.rend(); ++rollup) {
        const HealthDay day = health_of_day(*rollup);
        if (day == HealthDay::good) break;
        if (day == HealthDay::bad || day == HealthDay::warn || !rollup->credentials_valid) since = rollup->day;
    }
    return since;
}

vm::Attention about_integration(const BuildContext& context, const Integration& integration, vm::AttentionKind kind,
                                vm::Tone tone) {
    vm::Attention item;
    item.kind = kind;
    item.tone = tone;
    item.subject = integration.id;
    item.name = integration.name;
    item.practice_name = context.records.practice_name(integration.practice);
    item.open_ticket = open_ticket_about(context, integration.id);
    return item;
}

// One step from the strip to the work: the open ticket, else the form with its context, else the evidence.
vm::Query action_for(const BuildContext& context, const Integration& integration, const Id& open_ticket, Day day) {
    if (!open_ticket.empty()) return to_ticket(open_ticket);
    if (!context.caller.practice.empty()) {
        vm::TicketsQuery compose;
        compose.composing = true;
        compose.about_integration = integration.id;
        if (day > 0) compose.about_day = day;
        return compose;
    }
    return to_integration(integration.id, day > 0 ? std::optional<Day>(day) : std::nullopt);
}

std::optional<vm::AttentionKind> health_trouble(const vm::Health& health) {
    switch (health.figure.reason) {
        case FigureReason::credentials_fail:
            return vm::AttentionKind::credentials_fail;
        case FigureReason::ledger_mismatch:
            return vm::AttentionKind::ledger_mismatch;
        case FigureReason::no_success_for_a_day:
            return vm::AttentionKind::no_success;
        default:
            break;
    }
    const vm::HealthPart& calls = health.parts[static_cast<std::size_t>(vm::HealthPart::Kind::call_success)];
    if (calls.score && *calls.score < health_warn_min) return vm::AttentionKind::calls_failing;
    return std::nullopt;
}

void add_integration(const BuildContext& context, const Integration& integration, std::vector<vm::Attention>& items) {
    const vm::Health health = health_of(context, integration);
    if (const auto kind = health_trouble(health)) {
        const std::vector<CheckRollup> rollups = context.records.rollups_of(integration.id);
        const vm::Tone tone = *kind == vm::AttentionKind::calls_failing ? vm::Tone::warn : vm::Tone::bad;
        vm::Attention item = about_integration(context, integration, *kind, tone);
        item.since = trouble_since(rollups);
        const auto part = *kind == vm::AttentionKind::ledger_mismatch ? vm::HealthPart::Kind::ledger_match
                                                                      : vm::HealthPart::Kind::call_success;
        item.numerator = health.parts[static_cast<std::size_t>(part)].numerator;
        item.denominator = health.parts[static_cast<std::size_t>(part)].denominator;
        item.action = action_for(context, integration, item.open_ticket, rollups.empty() ? 0 : rollups.back().day);
        items.push_back(std::move(item));
    }
    if (integration.blocked) {
        vm::Attention item =
            about_integration(context, integration, vm::AttentionKind::integration_blocked, vm::Tone::warn);
        item.since = integration.stage_since;
        item.action = to_integration(integration.id);
        items.push_back(std::move(item));
    }
}

void add_tickets(const BuildContext& context, std::vector<vm::Attention>& items) {
    for (const Ticket* ticket : tickets_in_scope(context)) {
        const bool asks_practice = !context.caller.practice.empty() && waits_on_user(context, *ticket);
        const bool is_late = ticket->assignee == context.caller.user && is_overdue(context, *ticket);
        if (!asks_practice && !is_late) continue;
        vm::Attention item;
        item.kind = asks_practice ? vm::AttentionKind::ticket_waits_for_you : vm::AttentionKind::ticket_overdue;
        item.tone = asks_practice ? vm::Tone::info : vm::Tone::warn;
        item.subject = ticket->id;
        item.name = ticket->subject;
        item.practice_name = context.records.practice_name(*ticket);
        item.since = static_cast<Day>((asks_practice ? ticket->state_since_ms : *ticket->due_ms) / day_ms);
        item.open_ticket = ticket->id;
        item.action = to_ticket(ticket->id);
        items.push_back(std::move(item));
    }
}

// Those who answer for a practice's volume; others have it on Financing.
void add_volume(const BuildContext& context, std::vector<vm::Attention>& items) {
    const bool answers = !context.caller.practice.empty() || context.caller.has_role(Role::account_manager) ||
                         context.caller.has_role(Role::lead);
    if (!answers) return;
    for (const vm::VolumeAlarmLine& alarm : volume_alarms(context)) {
        vm::Attention item;
        item.kind = vm::AttentionKind::volume_drop;
        item.subject = alarm.practice;
        item.name = item.practice_name = alarm.practice_name;
        item.since = alarm.since;
        item.numerator = alarm.actual;
        item.denominator = alarm.usual;
        item.business_days = alarm.business_days;
        vm::FinancingQuery show;
        show.from = alarm.since - days_shown_before_alarm;
        show.until = alarm.until;
        show.grain = vm::Grain::day;
        show.practice = alarm.practice;
        item.action = show;
        items.push_back(std::move(item));
    }
}

}  // namespace

std::vector<vm::Attention> attention_of(const BuildContext& context) {
    std::vector<vm::Attention> items;
    for (const Integration* integration : integrations_in_scope(context))
        add_integration(context, *integration, items);
    add_tickets(context, items);
    add_volume(context, items);
    if (const auto tray = context.outbox.tray(); !tray.empty()) {
        vm::Attention item;
        item.kind = vm::AttentionKind::edit_rejected;
        item.subject = tray.front().mutation.row;
        item.name = tray.front().about;
        item.numerator = static_cast<std::int64_t>(tray.size());
        item.action = vm::SyncQuery{};
        items.push_back(std::move(item));
    }
    std::stable_sort(items.begin(), items.end(), [](const vm::Attention& left, const vm::Attention& right) {
        return urgency(left.kind) < urgency(right.kind);
    });
    if (items.size() > attention_items_max) items.resize(attention_items_max);
    return items;
}

}  // namespace portal::store
