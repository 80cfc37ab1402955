#include <algorithm>
#include <cctype>
#include <charconv>

#include "app/store/builders.hpp"
#include "app/store/dry_run.hpp"
#include "app/store/search.hpp"
#include "shared/rules/health.hpp"
#include "shared/rules/transitions.hpp"

namespace portal::store {
namespace {

constexpr std::size_t history_days = 30;

vm::Tone tone_of(HealthTone tone) {
    switch (tone) {
        case HealthTone::neutral:
            return vm::Tone::neutral;
        case HealthTone::good:
            return vm::Tone::good;
        case HealthTone::warn:
            return vm::Tone::warn;
        case HealthTone::bad:
            return vm::Tone::bad;
    }
    return vm::Tone::neutral;
}

vm::DayStatus status_of(HealthDay day) {
    switch (day) {
        case HealthDay::good:
            return vm::DayStatus::good;
        case HealthDay::warn:
            return vm::DayStatus::warn;
        case HealthDay::bad:
            return vm::DayStatus::bad;
        case HealthDay::closed:
            return vm::DayStatus::closed;
        case HealthDay::no_data:
            return vm::DayStatus::no_data;
    }
    return vm::DayStatus::no_data;
}

vm::HealthPart::Kind kind_of(HealthPartKind kind) {
    return static_cast<vm::HealthPart::Kind>(kind);
}
static_assert(static_cast<int>(HealthPartKind::errors_acknowledged) ==
              static_cast<int>(vm::HealthPart::Kind::errors_acknowledged));

bool is_before_live(IntegrationStage stage) {
    return stage < IntegrationStage::live;
}

std::vector<vm::StageVisit> stage_visits(const Integration& integration) {
    std::vector<vm::StageVisit> visits;
    for (auto stage = IntegrationStage::discovery; stage <= IntegrationStage::retired;
         stage = static_cast<IntegrationStage>(static_cast<int>(stage) + 1))
        visits.push_back({stage, std::nullopt});
    std::string_view rest = integration.stage_history;
    while (!rest.empty()) {
        const std::string_view item = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), item.size() + 1));
        const std::size_t colon = item.find(':');
        if (colon == std::string_view::npos) continue;
        const auto stage = parse_text<IntegrationStage>(item.substr(0, colon));
        Day day = 0;
        std::from_chars(item.data() + colon + 1, item.data() + item.size(), day);
        if (!stage) continue;
        if (*stage == IntegrationStage::cancelled) {
            visits.push_back({*stage, day});
            continue;
        }
        // A stage that was entered again shows its last entry.
        visits[static_cast<std::size_t>(*stage)].entered = day;
    }
    auto& present = visits[std::min<std::size_t>(static_cast<std::size_t>(integration.stage), visits.size() - 1)];
    if (present.stage == integration.stage && !present.entered) present.entered = integration.stage_since;
    return visits;
}

vm::DayStatus status_of_score(const std::optional<std::int32_t>& score, const CheckRollup& rollup) {
    if (rollup.closed) return vm::DayStatus::closed;
    if (!score) return vm::DayStatus::no_data;
    if (*score >= health_good_min) return vm::DayStatus::good;
    return *score >= health_warn_min ? vm::DayStatus::warn : vm::DayStatus::bad;
}

std::vector<vm::CheckLine> check_lines(const BuildContext& context, const CheckRollup& rollup) {
    std::vector<vm::CheckLine> lines;
    const HealthReport day = integration_health(std::span(&rollup, 1), rollup.day, context.as_of_ms);
    for (const HealthPartScore& part : day.parts) {
        vm::CheckLine line;
        line.kind = kind_of(part.kind);
        line.status = status_of_score(part.score, rollup);
        line.last_success_ms = rollup.last_success_ms;
        switch (part.kind) {
            case HealthPartKind::call_success:
                line.numerator = rollup.calls_succeeded;
                line.denominator = rollup.calls;
                if (!rollup.credentials_valid) line.status = vm::DayStatus::bad;
                break;
            case HealthPartKind::ledger_match:
                line.numerator = rollup.ledger_matched;
                line.denominator = rollup.ledger_rows;
                break;
            case HealthPartKind::freshness:
                break;
            case HealthPartKind::latency:
                line.latency_ms = rollup.latency_p95_ms;
                break;
            case HealthPartKind::errors_acknowledged:
                line.numerator = rollup.errors_acknowledged;
                line.denominator = rollup.errors;
                break;
        }
        if (line.status != vm::DayStatus::good) line.note = rollup.note;
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<IntegrationStage> moves_allowed_to(const BuildContext& context, const Integration& integration) {
    std::vector<IntegrationStage> moves;
    for (const IntegrationStage to : allowed_integration_moves(integration.stage))
        if (is_applicable(context, stage_move(integration, to))) moves.push_back(to);
    return moves;
}

// Kept back where there is none.
Figure vendor_figure(Figure figure, const std::optional<std::int64_t>& count) {
    if (count) return figure;
    figure.value.reset();
    figure.numerator = figure.denominator = 0;
    return figure;
}

vm::VendorMonth vendor_month(const BuildContext& context, const VendorCount& count) {
    FactSums sums;
    sums.applications = count.applications.value_or(0);
    sums.approved = count.approved.value_or(0);
    sums.sales = count.sales.value_or(0);
    const figures::Freshness freshness = context.freshness(first_day_of_month(count.month + 1) - 1);
    return {.month = count.month,
            .applications = vendor_figure(figures::applications(sums, freshness), count.applications),
            .approved = vendor_figure(figures::approved(sums, freshness), count.approved),
            .sales = vendor_figure(figures::sales(sums, freshness), count.sales)};
}

std::optional<vm::VendorVolumes> volumes_of(const BuildContext& context, const Integration& integration) {
    if (!context.caller.has_role(Role::vendor_user)) return std::nullopt;
    vm::VendorVolumes volumes;
    for (const auto& [id, count] : context.records.vendor_counts()) {
        if (count.integration != integration.id) continue;
        volumes.is_agreed = true;
        if (count.month > 0) volumes.months.push_back(vendor_month(context, count));
    }
    std::ranges::sort(volumes.months, std::ranges::greater{}, &vm::VendorMonth::month);
    return volumes;
}

std::optional<vm::VendorConsent> consent_of(const BuildContext& context, const Integration& integration) {
    const auto found = context.records.practices().find(integration.practice);
    if (found == context.records.practices().end()) return std::nullopt;
    const Practice& practice = found->second;
    if (!is_applicable(context, consent_change(practice.id, !practice.vendor_consent))) return std::nullopt;
    return vm::VendorConsent{practice.id, practice.vendor_consent, context.is_pending(Entity::practice, practice.id)};
}

vm::IntegrationDetail detail_of(const BuildContext& context, const Integration& integration, std::optional<Day> day) {
    vm::IntegrationDetail detail;
    detail.brief = integration_brief(context, integration);
    if (const auto vendor = context.records.vendors().find(integration.vendor);
        vendor != context.records.vendors().end())
        detail.vendor_product = vendor->second.product;
    detail.engineer_name = context.records.user_name(integration.engineer);
    detail.stages = stage_visits(integration);
    detail.go_live_p50 = integration.go_live_p50;
    detail.go_live_p80 = integration.go_live_p80;
    detail.went_live = detail.stages[static_cast<std::size_t>(IntegrationStage::live)].entered;
    detail.allowed_moves = moves_allowed_to(context, integration);
    const vm::Blocker now{integration.blocked, integration.blocked_reason, integration.blocked_owner};
    const vm::Blocker asking{true, "?", context.caller.user};
    detail.may_block =
        is_applicable(context, blocker_change(integration.id, now, integration.blocked ? vm::Blocker{} : asking));
    detail.volumes = volumes_of(context, integration);
    detail.consent = consent_of(context, integration);
    std::vector<CheckRollup> rollups = context.records.rollups_of(integration.id);
    if (!rollups.empty()) {
        detail.checks_day = rollups.back().day;
        if (day && context.records.rollup_on(integration.id, *day)) detail.checks_day = *day;
        detail.checks = check_lines(context, *context.records.rollup_on(integration.id, detail.checks_day));
        std::reverse(rollups.begin(), rollups.end());
        if (rollups.size() > history_days) rollups.resize(history_days);
        detail.history = std::move(rollups);
    }
    for (const auto& [id, incident] : context.records.incidents())
        if (incident.integration == integration.id) detail.incidents.push_back(incident);
    std::sort(detail.incidents.begin(), detail.incidents.end(), [](const Incident& left, const Incident& right) {
        return std::tie(right.started_ms, left.id) < std::tie(left.started_ms, right.id);
    });
    for (const auto& [id, ticket] : context.records.tickets())
        if (ticket.integration == integration.id) detail.tickets.push_back(ticket_brief(context, ticket));
    std::sort(detail.tickets.begin(), detail.tickets.end(),
              [](const vm::TicketBrief& left, const vm::TicketBrief& right) {
                  return std::tie(right.created_ms, left.id) < std::tie(left.created_ms, right.id);
              });
    return detail;
}

bool passes(vm::IntegrationFilter filter, const vm::IntegrationBrief& brief) {
    switch (filter) {
        case vm::IntegrationFilter::all:
            return true;
        case vm::IntegrationFilter::needs_attention:
            return brief.health.tone == vm::Tone::bad || brief.health.tone == vm::Tone::warn;
        case vm::IntegrationFilter::blocked:
            return brief.blocked;
        case vm::IntegrationFilter::going_live:
            return brief.stage >= IntegrationStage::kickoff && is_before_live(brief.stage);
        case vm::IntegrationFilter::no_recent_calls:
            return brief.health.figure.reason == FigureReason::no_recent_calls;
    }
    return true;
}

}  // namespace

vm::Health health_of(const BuildContext& context, const Integration& integration) {
    const std::vector<CheckRollup> rollups = context.records.rollups_of(integration.id);
    const Id location = context.first_location_of(integration.practice);
    // The latest reported day counts as today: a source that has not reported this morning yet is not silent.
    const Day today = std::max(context.today(location) - 1, rollups.empty() ? 0 : rollups.back().day);
    const HealthReport report = integration_health(rollups, today, context.as_of_ms);
    vm::Health health;
    health.figure = report.figure;
    health.tone = tone_of(report.tone);
    for (std::size_t index = 0; index < report.parts.size(); ++index) {
        const HealthPartScore& part = report.parts[index];
        health.parts[index] = {kind_of(part.kind), part.weight_basis_points, part.score, part.numerator,
                               part.denominator};
        health.days[index] = vm::DayStatus::no_data;
    }
    for (std::size_t index = 0; index < report.days.size(); ++index)
        health.days[index] = status_of(report.days[index]);
    health.last_check_day = report.last_check_day;
    health.last_success_ms = report.last_success_ms;
    return health;
}

vm::IntegrationBrief integration_brief(const BuildContext& context, const Integration& integration) {
    vm::IntegrationBrief brief;
    brief.id = integration.id;
    brief.name = integration.name;
    brief.practice_name = context.records.practice_name(integration.practice);
    brief.vendor_name = context.records.vendor_name(integration.vendor);
    brief.stage = integration.stage;
    brief.stage_since = integration.stage_since;
    brief.blocked = integration.blocked;
    brief.blocked_reason = integration.blocked_reason;
    brief.blocked_owner = integration.blocked_owner;
    brief.health = health_of(context, integration);
    brief.pending = context.is_pending(Entity::integration, integration.id);
    return brief;
}

std::vector<const Integration*> integrations_in_scope(const BuildContext& context) {
    std::vector<const Integration*> integrations;
    for (const auto& [id, integration] : context.records.integrations())
        if (context.sees_integration(integration)) integrations.push_back(&integration);
    std::sort(integrations.begin(), integrations.end(), [](const Integration* left, const Integration* right) {
        return std::tie(left->name, left->id) < std::tie(right->name, right->id);
    });
    return integrations;
}

vm::IntegrationsPart build_integrations(const BuildContext& context, const vm::IntegrationsQuery& query) {
    vm::IntegrationsPart part;
    part.query = query;
    part.as_of_ms = context.as_of_ms;
    for (const Integration* integration : integrations_in_scope(context)) {
        vm::IntegrationBrief brief = integration_brief(context, *integration);
        ++part.total;
        for (std::size_t filter = 0; filter < part.count_by_filter.size(); ++filter)
            if (passes(static_cast<vm::IntegrationFilter>(filter), brief)) ++part.count_by_filter[filter];
        if (!passes(query.filter, brief)) continue;
        if (!matches_search(query.search, {brief.name, brief.practice_name, brief.vendor_name})) continue;
        part.rows.push_back(std::move(brief));
    }
    if (const auto found = context.records.integrations().find(query.selected);
        found != context.records.integrations().end())
        part.detail = detail_of(context, found->second, query.day);
    return part;
}

}  // namespace portal::store
