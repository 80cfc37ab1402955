#include "app/views/integration_view.hpp"

#include <array>
#include <vector>

#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/landmark.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/list.hpp"
#include "app/ui/menu.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/text_field.hpp"
#include "app/views/checks_view.hpp"
#include "app/views/passport_view.hpp"
#include "app/views/vendor_volumes_view.hpp"
#include "app/views/wording.hpp"
#include "app/vm/route.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"
#include "shared/base/limits.hpp"

namespace portal::views {

using vm::Word;

namespace {

void head(const ViewContext& context, const vm::IntegrationDetail& detail) {
    const vm::IntegrationBrief& brief = detail.brief;
    ui::heading(1, ui::TextStyle::title, brief.name);
    std::string line = brief.practice_name + ", " + brief.vendor_name;
    if (!detail.engineer_name.empty()) line += ", " + context.say(Word::integration_led_by, {detail.engineer_name});
    ui::text_wrapped(ui::TextStyle::body, line, ui::Color::text_muted);
    ui::space_below(ui::space::small);
    if (context.snapshot.session->writes_actions) {
        const vm::ActionsQuery add{.composing = true, .about_integration = brief.id};
        if (ui::link("add_action", context.say(Word::actions_add), vm::route_of(add), ui::TextStyle::caption))
            context.show(add);
        ui::space_below(ui::space::small);
    }
    if (brief.blocked) {
        ui::note(ui::Tone::warn, context.say(Word::integration_blocked_since, {brief.blocked_reason}));
        ui::space_below(ui::space::small);
    }
}

Word cap_word(FigureReason reason) {
    if (reason == FigureReason::credentials_fail) return Word::integration_cap_credentials;
    if (reason == FigureReason::ledger_mismatch) return Word::integration_cap_ledger;
    return Word::integration_cap_success;
}

bool is_capped(FigureReason reason) {
    return reason == FigureReason::credentials_fail || reason == FigureReason::ledger_mismatch ||
           reason == FigureReason::no_success_for_a_day;
}

void part_row(const ViewContext& context, const vm::HealthPart& part, int index) {
    const std::string id = "part" + std::to_string(index);
    const std::string name(context.say(vm::word_of(part.kind)));
    if (!part.score) {
        ui::part_bar(id.c_str(), 0,
                     {.label = name, .value = context.say(Word::integration_part_absent), .tone = ui::Tone::neutral});
        return;
    }
    const ui::Tone tone = *part.score >= 80 ? ui::Tone::good : *part.score >= 60 ? ui::Tone::warn : ui::Tone::bad;
    std::string value = context.format.number(*part.score);
    if (ui::current_breakpoint() != ui::Breakpoint::phone)
        value += ", " + context.say(Word::integration_part_weight, {context.format.percent(part.weight_basis_points)});
    ui::part_bar(id.c_str(), static_cast<float>(*part.score) / 100.0f, {.label = name, .value = value, .tone = tone});
}

void health_card(const ViewContext& context, ui::Grid& grid, const vm::Health& health, vm::IntegrationsQuery query) {
    const bool known = health.figure.value.has_value();
    const std::string word(context.say(health_word(health)));
    const std::string value = known ? context.format.number(*health.figure.value) : "-";
    const std::string sentence = known ? context.say(Word::integration_health_value, {value, word})
                                       : std::string(context.say(Word::integration_health_none));
    const std::string as_of = context.say(Word::as_of, {context.format.day_and_time(health.figure.as_of_ms)});
    const ui::Cell cell = grid.begin_card("health", {.phone = 12, .tablet = 12, .desktop = 12, .wide = 6},
                                          {.title = context.say(Word::integration_health_title), .as_of = as_of});
    ui::note_landmark("integrations", cell.box);
    ui::Columns columns({112, -1}, ui::space::section);
    columns.next();
    ui::ring("ring", known ? static_cast<float>(*health.figure.value) : -1.0f, value, word, tone_of(health.tone),
             sentence);
    columns.next();
    for (std::size_t index = 0; index < health.parts.size(); ++index)
        part_row(context, health.parts[index], static_cast<int>(index));
    if (is_capped(health.figure.reason)) ui::note(ui::Tone::bad, context.say(cap_word(health.figure.reason)));
    const bool asks = ui::link("health_passport", context.say(Word::passport_open), {});
    grid.end_cell();
    const std::string own = figure_name(FigureId::integration_health);
    if (query.passport == own && passport_drawer(context, health.figure, {}) == PassportEvent::closed) {
        query.passport.clear();
        context.show(std::move(query));
    } else if (asks && query.passport != own) {
        query.passport = own;
        context.show(std::move(query));
    }
}

std::vector<ui::Stage> stages_of(const ViewContext& context, const vm::IntegrationDetail& detail,
                                 std::vector<std::string>& dates) {
    dates.clear();
    for (const vm::StageVisit& visit : detail.stages)
        dates.push_back(visit.entered ? context.format.day_short(*visit.entered) : std::string());
    std::vector<ui::Stage> stages;
    bool passed_current = false;
    for (std::size_t index = 0; index < detail.stages.size(); ++index) {
        const bool current = detail.stages[index].stage == detail.brief.stage;
        using State = ui::Stage::State;
        const State state = current          ? (detail.brief.blocked ? State::blocked : State::current)
                            : passed_current ? State::ahead
                                             : State::done;
        passed_current = passed_current || current;
        stages.push_back({context.say(vm::word_of(detail.stages[index].stage)), dates[index], state});
    }
    return stages;
}

std::string forecast_of(const ViewContext& context, const vm::IntegrationDetail& detail) {
    const vm::Format& format = context.format;
    if (detail.went_live && detail.go_live_p80 && *detail.went_live < *detail.go_live_p80)
        return context.say(Word::integration_early, {format.number(*detail.go_live_p80 - *detail.went_live)});
    if (detail.went_live) return context.say(Word::integration_went_live, {format.day(*detail.went_live)});
    if (detail.go_live_p50 && detail.go_live_p80)
        return context.say(Word::integration_forecast,
                           {format.day_short(*detail.go_live_p50), format.day(*detail.go_live_p80)});
    return {};
}

void stage_moves(const ViewContext& context, const vm::IntegrationDetail& detail) {
    if (detail.allowed_moves.empty()) return;
    ui::space_below(ui::space::medium);
    if (ui::button("move_stage", context.say(Word::integration_move_title),
                   {.size = ui::ButtonSize::small, .trailing_icon = icons::chevron_down}))
        ui::open_menu("stages");
    std::vector<std::string> labels;
    for (const IntegrationStage to : detail.allowed_moves)
        labels.push_back(context.say(Word::integration_move_to, {context.say(vm::word_of(to))}));
    std::vector<ui::MenuItem> items;
    for (const std::string& label : labels)
        items.push_back({.id = label.c_str(), .label = label});
    const int chosen = ui::menu("stages", items);
    if (chosen >= 0)
        context.intents.emit(vm::MoveIntegration{context.intents.new_id(), detail.brief.id, detail.brief.stage,
                                                 detail.allowed_moves[static_cast<std::size_t>(chosen)]});
}

void block_dialog(const ViewContext& context, IntegrationsState& state, const vm::IntegrationDetail& detail,
                  const vm::Blocker& seen) {
    if (!ui::begin_dialog("block", state.block_shown, {.title = context.say(Word::integration_block_title)})) return;
    ui::text_field("reason", state.block_reason,
                   {.label = context.say(Word::integration_block_reason),
                    .hint = context.say(Word::composer_reply_hint),
                    .kind = ui::FieldKind::multiline,
                    .required = ui::Required::yes,
                    .bytes_max = limits::short_text_bytes_max});
    identifier_warning(context, state.block_reason);
    const std::string reason(trimmed(state.block_reason));
    const std::string_view missing = context.say(Word::integration_block_reason_needed);
    ui::dialog_footer();
    if (ui::button(
            "block_now", context.say(Word::integration_block),
            {.kind = ui::ButtonKind::primary, .disabled_reason = reason.empty() ? missing : std::string_view()})) {
        const vm::Blocker wanted{true, reason, context.snapshot.session->user};
        context.intents.emit(vm::SetBlocker{context.intents.new_id(), detail.brief.id, seen, wanted});
        state.block_reason.clear();
        state.block_shown = ui::Shown::no;
    }
    ui::beside();
    if (ui::button("cancel", context.say(Word::cancel))) state.block_shown = ui::Shown::no;
    ui::end_dialog();
}

// Who reports a blocker owns it until somebody else takes it.
void blocker(const ViewContext& context, IntegrationsState& state, const vm::IntegrationDetail& detail) {
    if (!detail.may_block) return;
    const vm::IntegrationBrief& brief = detail.brief;
    const vm::Blocker seen{brief.blocked, brief.blocked_reason, brief.blocked_owner};
    const Word word = brief.blocked ? Word::integration_unblock : Word::integration_block;
    const ui::ButtonOptions look{.size = ui::ButtonSize::small, .icon = brief.blocked ? icons::check : icons::flag};
    if (detail.allowed_moves.empty())
        ui::space_below(ui::space::medium);
    else
        ui::flow(ui::button_width(context.say(word), look));
    if (ui::button("blocker", context.say(word), look)) {
        if (brief.blocked)
            context.intents.emit(vm::SetBlocker{context.intents.new_id(), brief.id, seen, {}});
        else
            state.block_shown = ui::Shown::yes;
    }
    block_dialog(context, state, detail, seen);
}

void stage_card(const ViewContext& context, ui::Grid& grid, IntegrationsState& state,
                const vm::IntegrationDetail& detail) {
    const std::string since =
        std::string(context.say(vm::word_of(detail.brief.stage))) + ", " +
        context.say(Word::integration_stage_since, {context.format.day(detail.brief.stage_since)});
    const ui::Cell cell = grid.begin_card("stage", {.phone = 12, .tablet = 12, .desktop = 12, .wide = 6},
                                          {.title = context.say(Word::integration_stage_title), .subtitle = since});
    ui::note_landmark("integrations", cell.box);
    std::vector<std::string> dates;
    const std::vector<ui::Stage> stages = stages_of(context, detail, dates);
    ui::stage_rail("rail", context.say(Word::integration_stage_title), stages, forecast_of(context, detail));
    stage_moves(context, detail);
    blocker(context, state, detail);
    grid.end_cell();
}

void incidents_card(const ViewContext& context, ui::Grid& grid, const vm::IntegrationDetail& detail) {
    grid.begin_card("incidents", {.phone = 12, .desktop = 6},
                    {.title = context.say(Word::integration_incidents_title)});
    if (detail.incidents.empty())
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::integration_incidents_none), ui::Color::text_muted);
    for (const Incident& incident : detail.incidents) {
        const vm::Format& format = context.format;
        const std::string when = incident.ended_ms
                                     ? context.say(Word::incident_ended, {format.day_and_time(incident.started_ms),
                                                                          format.day_and_time(*incident.ended_ms)})
                                     : context.say(Word::incident_open, {format.day_and_time(incident.started_ms)});
        ui::text_wrapped(ui::TextStyle::body_medium, incident.title);
        ui::text(ui::TextStyle::caption, when, incident.ended_ms ? ui::Color::text_muted : ui::Color::bad);
        ui::space_below(ui::space::small);
    }
    grid.end_cell();
}

void tickets_card(const ViewContext& context, ui::Grid& grid, const vm::IntegrationDetail& detail) {
    grid.begin_card("tickets", {.phone = 12, .desktop = 6}, {.title = context.say(Word::integration_tickets_title)});
    if (detail.tickets.empty())
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::integration_tickets_none), ui::Color::text_muted);
    ui::begin_list("about", context.say(Word::integration_tickets_title));
    for (const vm::TicketBrief& ticket : detail.tickets) {
        const DueWords due = due_words(context, ticket);
        const std::string number = ticket_number(context, ticket.number);
        if (ui::list_row(ticket.id.c_str(), {.title = ticket.subject,
                                             .detail = number,
                                             .trailing = due.words,
                                             .trailing_tone = due.tone,
                                             .href = vm::route_of(vm::TicketsQuery{.selected = ticket.id})}))
            context.show(vm::TicketsQuery{.selected = ticket.id});
    }
    ui::end_list();
    grid.end_cell();
}

}  // namespace

void integration_view(const ViewContext& context, IntegrationsState& state, const vm::IntegrationDetail& detail,
                      const vm::IntegrationsQuery& query) {
    head(context, detail);
    ui::Grid grid("integration", ui::size::reading_width_max);
    health_card(context, grid, detail.brief.health, query);
    stage_card(context, grid, state, detail);
    checks_card(context, grid, state.checks, detail, query);
    vendor_volumes_card(context, grid, state.volumes, detail, query);
    incidents_card(context, grid, detail);
    tickets_card(context, grid, detail);
    vendor_consent_card(context, grid, state, detail);
    history_card(context, grid, state.history, detail);
}

}  // namespace portal::views
