#include "app/views/fact_rows_view.hpp"

#include <array>

#include "app/ui/button.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/overlay.hpp"
#include "app/views/export_menu.hpp"
#include "app/vm/vocabulary.hpp"
#include "shared/base/limits.hpp"

namespace portal::views {

using vm::Word;

namespace {

// Nothing where the rows speak for themselves.
std::string_view sentence_of(const ViewContext& context, const vm::FactRows& rows) {
    using State = vm::FactRows::State;
    switch (rows.state) {
        case State::here:
            return {};
        case State::from_server:
            return context.say(Word::rows_from_server);
        case State::asking:
            return context.say(Word::rows_asking);
        case State::choose_practice:
            return context.say(Word::rows_choose_practice);
        case State::refused:
            return context.say(Word::rows_refused);
        case State::unreachable:
            break;
    }
    return context.say(Word::rows_unreachable);
}

bool is_told(const vm::FactRows& rows) {
    return rows.state == vm::FactRows::State::here || rows.state == vm::FactRows::State::from_server;
}

std::string what_of(const ViewContext& context, const vm::FactLine& line) {
    std::string what(context.say(vm::word_of(line.kind)));
    if (line.kind == FactKind::application || (line.kind == FactKind::sale && line.status != FactStatus::settled))
        what += ", " + std::string(context.say(vm::word_of(line.status)));
    if (line.kind == FactKind::sale && !line.plan_name.empty()) what += ", " + line.plan_name;
    if (line.duplicate) what += ", " + std::string(context.say(Word::rows_duplicate));
    return what;
}

void lines_table(const ViewContext& context, ui::TableState& table, const vm::FactRows& rows) {
    std::array<ui::Column, 4> columns = {
        ui::Column{.id = "what", .title = context.say(Word::column_what), .width = -1, .width_min = 240},
        ui::Column{.id = "day", .title = context.say(Word::column_day), .width = 110},
        ui::Column{.id = "posted", .title = context.say(Word::column_posted), .width = 110},
        ui::Column{.id = "amount", .title = context.say(Word::column_amount), .width = 110, .align = ui::Align::right}};
    columns[3].narrow = ui::NarrowPlace::trailing;
    ui::table("facts",
              {.name = context.say(Word::rows_title),
               .row_count = static_cast<std::int64_t>(rows.lines.size()),
               .columns = columns,
               .rows = ui::TableOptions::Rows::rest},
              table, [&](std::int64_t index, ui::TableRow& out) {
                  const vm::FactLine& line = rows.lines[static_cast<std::size_t>(index)];
                  out.cell({.text = what_of(context, line)});
                  out.cell({.text = context.format.day(line.day)});
                  out.cell({.text = line.posted > 0 ? context.format.day(line.posted) : std::string()});
                  out.cell({.kind = ui::TableCell::Kind::strong, .text = context.format.money_exact(line.cents)});
              });
}

void show_page(const ViewContext& context, const vm::FinancingPart& part, std::int32_t page) {
    vm::FinancingQuery next = part.query;
    next.rows_page = page;
    context.show(std::move(next));
}

void pages(const ViewContext& context, const vm::FinancingPart& part, const vm::FactRows& rows) {
    const std::int64_t last = rows.offset + static_cast<std::int64_t>(rows.lines.size());
    if (part.query.rows_page <= 1 && last >= rows.total) return;
    ui::space_below(ui::space::medium);
    if (part.query.rows_page > 1) {
        if (ui::button("newer", context.say(Word::rows_newer))) show_page(context, part, part.query.rows_page - 1);
        ui::beside();
    }
    if (last < rows.total && ui::button("older", context.say(Word::rows_older)))
        show_page(context, part, part.query.rows_page + 1);
}

void rows_body(const ViewContext& context, ui::TableState& table, const vm::FinancingPart& part) {
    const vm::FactRows& rows = *part.fact_rows;
    if (const std::string_view sentence = sentence_of(context, rows); !sentence.empty()) {
        ui::text_wrapped(ui::TextStyle::body, sentence, ui::Color::text_muted);
        ui::space_below(ui::space::medium);
    }
    if (rows.state == vm::FactRows::State::asking) return ui::skeleton_lines("facts_wait", 6);
    if (!is_told(rows)) return;
    if (rows.lines.empty()) return ui::text_wrapped(ui::TextStyle::body, context.say(Word::rows_none));
    const vm::Format& format = context.format;
    ui::text_wrapped(
        ui::TextStyle::caption,
        context.say(Word::rows_count, {format.number(rows.offset + 1),
                                       format.number(rows.offset + static_cast<std::int64_t>(rows.lines.size())),
                                       format.number(rows.total)}) +
            ". " + context.say(Word::as_of, {format.day_and_time(rows.as_of_ms)}),
        ui::Color::text_muted);
    if (rows.state == vm::FactRows::State::here) {
        const ui::ButtonOptions file{.kind = ui::ButtonKind::quiet, .size = ui::ButtonSize::small};
        ui::align_right(export_menu_width(context, file));
        export_menu(context, vm::Export::fact_rows, part.query, file);
    }
    ui::space_below(ui::space::small);
    lines_table(context, table, rows);
    pages(context, part, rows);
}

}  // namespace

void fact_rows_view(const ViewContext& context, ui::TableState& table, const vm::FinancingPart& part) {
    if (!part.fact_rows) return;
    ui::Shown shown = ui::Shown::yes;
    if (ui::begin_dialog("fact_rows", shown,
                         {.kind = ui::DialogKind::drawer,
                          .title = context.say(Word::rows_title),
                          .width = ui::size::drawer_width,
                          .outside_press = ui::DialogOptions::OutsidePress::closes})) {
        rows_body(context, table, part);
        ui::end_dialog();
    }
    if (shown == ui::Shown::no) show_page(context, part, 0);
}

}  // namespace portal::views
