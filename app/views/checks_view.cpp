#include "app/views/checks_view.hpp"

#include <array>

#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/views/wording.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

using Kind = vm::HealthPart::Kind;

std::string evidence_of(const ViewContext& context, const vm::CheckLine& check) {
    const vm::Format& format = context.format;
    switch (check.kind) {
        case Kind::call_success:
            return context.say(Word::check_calls_evidence, {format.of_total(check.numerator, check.denominator)});
        case Kind::ledger_match:
            return context.say(Word::check_ledger_evidence, {format.of_total(check.numerator, check.denominator)});
        case Kind::latency:
            return context.say(Word::check_latency_evidence, {format.number(check.latency_ms)});
        case Kind::freshness:
            return check.last_success_ms
                       ? context.say(Word::check_freshness_evidence, {format.day_and_time(*check.last_success_ms)})
                       : std::string(context.say(Word::check_freshness_never));
        case Kind::errors_acknowledged:
            if (check.denominator == 0) return std::string(context.say(Word::check_errors_none));
            return context.say(Word::check_errors_evidence, {format.of_total(check.numerator, check.denominator)});
    }
    return {};
}

Word next_step_of(const vm::CheckLine& check) {
    if (check.status != vm::DayStatus::bad && check.status != vm::DayStatus::warn) return Word::check_next_good;
    switch (check.kind) {
        case Kind::call_success:
            return Word::check_next_call_success;
        case Kind::ledger_match:
            return Word::check_next_ledger_match;
        case Kind::freshness:
            return Word::check_next_freshness;
        case Kind::latency:
            return Word::check_next_latency;
        case Kind::errors_acknowledged:
            return Word::check_next_errors;
    }
    return Word::check_next_good;
}

// What an opened row says: reason, next step, and the way to a ticket with its context.
void opened_check(const ViewContext& context, const vm::IntegrationDetail& detail, const vm::CheckLine& check) {
    ui::space_below(ui::space::medium);
    ui::heading(3, ui::TextStyle::subtitle, context.say(vm::word_of(check.kind)));
    ui::text_wrapped(ui::TextStyle::body, evidence_of(context, check));
    if (!check.note.empty()) {
        ui::text(ui::TextStyle::body_medium, context.say(Word::check_reason));
        ui::text_wrapped(ui::TextStyle::body, check.note);
    }
    ui::text(ui::TextStyle::body_medium, context.say(Word::check_next_step));
    ui::text_wrapped(ui::TextStyle::body, context.say(next_step_of(check)));
    ui::space_below(ui::space::medium);
    if (!context.snapshot.session->may_file_tickets) return;
    if (ui::button("file_from_check", context.say(Word::action_file_ticket),
                   {.kind = ui::ButtonKind::primary, .icon = icons::ticket}))
        context.show(
            vm::TicketsQuery{.composing = true, .about_integration = detail.brief.id, .about_day = detail.checks_day});
}

}  // namespace

void checks_card(const ViewContext& context, ui::Grid& grid, ui::TableState& table, const vm::IntegrationDetail& detail,
                 const vm::IntegrationsQuery& query) {
    const std::string title = context.say(Word::integration_checks_title, {context.format.day(detail.checks_day)});
    grid.begin_card("checks", {.phone = 12},
                    {.title = detail.checks.empty() ? context.say(Word::column_check) : std::string_view(title)});
    if (detail.checks.empty()) {
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::integration_checks_none), ui::Color::text_muted);
        grid.end_cell();
        return;
    }
    const std::array<ui::Column, 3> columns = {
        ui::Column{.id = "check", .title = context.say(Word::column_check), .width = -2},
        ui::Column{.id = "result",
                   .title = context.say(Word::column_result),
                   .width = 150,
                   .narrow = ui::NarrowPlace::trailing},
        ui::Column{.id = "evidence", .title = context.say(Word::column_evidence), .width = -3}};
    const ui::TableResult result = ui::table(
        "checks", {.name = title, .row_count = static_cast<std::int64_t>(detail.checks.size()), .columns = columns},
        table, [&](std::int64_t row, ui::TableRow& out) {
            const vm::CheckLine& check = detail.checks[static_cast<std::size_t>(row)];
            out.cell({.kind = ui::TableCell::Kind::strong, .text = context.say(vm::word_of(check.kind))});
            out.cell({.kind = ui::TableCell::Kind::status,
                      .text = context.say(vm::word_of(check.status)),
                      .tone = tone_of(check.status)});
            out.cell({.text = evidence_of(context, check)});
        });
    if (result.activated_row >= 0) {
        table.selected_row = table.selected_row == result.activated_row ? -1 : result.activated_row;
        vm::IntegrationsQuery next = query;
        next.day = table.selected_row >= 0 ? std::optional<Day>(detail.checks_day) : std::nullopt;
        context.show(std::move(next));
    }
    if (table.selected_row >= 0 && table.selected_row < static_cast<std::int64_t>(detail.checks.size()))
        opened_check(context, detail, detail.checks[static_cast<std::size_t>(table.selected_row)]);
    grid.end_cell();
}

void history_card(const ViewContext& context, ui::Grid& grid, ui::TableState& table,
                  const vm::IntegrationDetail& detail) {
    if (detail.history.empty()) return;
    grid.begin_card("history", {.phone = 12}, {.title = context.say(Word::integration_history_title)});
    const std::array<ui::Column, 6> columns = {
        ui::Column{.id = "day", .title = context.say(Word::column_day), .width = 130},
        ui::Column{.id = "calls", .title = context.say(Word::column_calls), .width = -1, .align = ui::Align::right},
        ui::Column{
            .id = "succeeded", .title = context.say(Word::column_succeeded), .width = -1, .align = ui::Align::right},
        ui::Column{.id = "ledger",
                   .title = context.say(Word::column_ledger),
                   .width = -1,
                   .align = ui::Align::right,
                   .narrow = ui::NarrowPlace::trailing},
        ui::Column{.id = "latency", .title = context.say(Word::column_latency), .width = -1, .align = ui::Align::right},
        ui::Column{.id = "note", .title = context.say(Word::column_note), .width = -3}};
    ui::table("history",
              {.name = context.say(Word::integration_history_title),
               .row_count = static_cast<std::int64_t>(detail.history.size()),
               .columns = columns,
               .rows = ui::TableOptions::Rows::rest},
              table, [&](std::int64_t row, ui::TableRow& out) {
                  const CheckRollup& day = detail.history[static_cast<std::size_t>(row)];
                  const vm::Format& format = context.format;
                  const auto rate = [&](std::int64_t part, std::int64_t total) {
                      return total ? format.percent(part * 10'000 / total) : std::string("-");
                  };
                  out.cell({.text = format.day(day.day)});
                  out.cell({.text = day.closed ? std::string(context.say(Word::day_status_closed))
                                               : format.number(day.calls)});
                  out.cell({.text = rate(day.calls_succeeded, day.calls)});
                  out.cell({.text = rate(day.ledger_matched, day.ledger_rows)});
                  out.cell({.text = day.calls ? format.number(day.latency_p95_ms) + " ms" : std::string("-")});
                  out.cell({.kind = ui::TableCell::Kind::muted, .text = day.note});
              });
    grid.end_cell();
}

}  // namespace portal::views
