#include "app/views/sql_view.hpp"

#include <algorithm>
#include <array>

#include "app/ui/layout.hpp"
#include "app/ui/list.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/text_field.hpp"
#include "app/views/export_menu.hpp"
#include "generated/icons.hpp"
#include "shared/base/limits.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr int question_rows = 7;
constexpr float sql_table_height_min = 320;
constexpr float sql_column_width = 132;
constexpr std::size_t history_title_bytes = 60;

// In the order of vm::SqlExample::About.
constexpr std::array<Word, 3> example_titles = {Word::sql_example_months, Word::sql_example_plans,
                                                Word::sql_example_tickets};

void write_question(SqlState& state, std::string sql) {
    state.sql = std::move(sql);
    ++state.field;
}

bool is_blank(std::string_view text) {
    return std::ranges::all_of(text, [](char letter) { return letter == ' ' || letter == '\n' || letter == '\t'; });
}

void sql_head(const ViewContext& context, SqlState& state) {
    ui::heading(1, ui::TextStyle::title, context.say(Word::nav_sql));
    const ui::ButtonOptions tables{.icon = icons::database}, history{.icon = icons::clock};
    const float room = ui::button_width(context.say(Word::sql_tables), tables) + ui::space::small +
                       ui::button_width(context.say(Word::sql_history), history);
    ui::align_right(room);
    if (ui::button("tables", context.say(Word::sql_tables), tables)) state.tables_shown = ui::Shown::yes;
    ui::beside();
    if (ui::button("history", context.say(Word::sql_history), history)) state.history_shown = ui::Shown::yes;
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::sql_sentence), ui::Color::text_muted);
    ui::space_below(ui::space::medium);
}

bool is_busy(const vm::SqlPart& part) {
    return part.state == vm::SqlPart::State::copying || part.state == vm::SqlPart::State::running;
}

void question_field(const ViewContext& context, SqlState& state, const vm::SqlPart& part) {
    const ui::TextFieldOptions field{.label = context.say(Word::sql_question),
                                     .placeholder = context.say(Word::sql_placeholder),
                                     .hint = context.say(Word::sql_hint),
                                     .kind = ui::FieldKind::multiline,
                                     .bytes_max = limits::sql_text_bytes_max,
                                     .rows = question_rows};
    const std::string id = "question" + std::to_string(state.field);
    const bool submitted = ui::text_field(id.c_str(), state.sql, field).submitted;
    ui::space_below(ui::space::small);
    const std::string_view reason = is_blank(state.sql) ? context.say(Word::sql_write_first) : std::string_view();
    const bool pressed = ui::button(
        "run", context.say(Word::sql_run),
        {.kind = ui::ButtonKind::primary, .icon = icons::play, .disabled_reason = reason, .shortcut = "Ctrl Enter"});
    if ((pressed || submitted) && reason.empty()) context.intents.emit(vm::RunSql{state.sql});
    if (is_busy(part)) {
        ui::beside();
        if (ui::button("stop", context.say(Word::sql_stop), {.icon = icons::x})) context.intents.emit(vm::StopSql{});
    }
    ui::space_below(ui::space::section);
}

// The title says it; the question itself is put into the field.
void example_list(const ViewContext& context, SqlState& state, const vm::SqlPart& part) {
    ui::section_heading(context.say(Word::sql_examples));
    ui::begin_list("examples", context.say(Word::sql_examples));
    for (const vm::SqlExample& example : part.examples) {
        const auto about = static_cast<std::size_t>(example.about);
        ImGui::PushID(static_cast<int>(about));
        if (ui::list_row("example", {.title = context.say(example_titles[about]), .icon = icons::play}))
            write_question(state, example.sql);
        ImGui::PopID();
    }
    ui::end_list();
}

bool is_number_column(const vm::SqlAnswer& answer, std::size_t column) {
    using Kind = vm::SqlCell::Kind;
    bool has_number = false;
    for (const auto& row : answer.rows) {
        if (row[column].kind == Kind::text || row[column].kind == Kind::bytes) return false;
        has_number |= row[column].kind == Kind::number;
    }
    return has_number;
}

// The columns that have room are shown; the chooser has the others, as far as a table goes.
std::vector<ui::Column> answer_columns(const ViewContext& context, const vm::SqlAnswer& answer,
                                       std::vector<std::string>& ids) {
    const std::size_t count = std::min<std::size_t>(answer.columns.size(), ui::table_columns_max);
    const auto fitting = static_cast<std::size_t>(std::max(2.0f, ImGui::GetContentRegionAvail().x / sql_column_width));
    ids.clear();
    for (std::size_t column = 0; column < count; ++column)
        ids.push_back("column" + std::to_string(column));
    std::vector<ui::Column> columns;
    for (std::size_t column = 0; column < count; ++column) {
        ui::Column one{.id = ids[column].c_str(), .title = answer.columns[column]};
        if (one.title.empty()) one.title = context.say(Word::sql_column);
        if (is_number_column(answer, column)) one.align = ui::Align::right;
        if (column >= fitting) one.hidden = ui::Hidden::yes;
        columns.push_back(one);
    }
    return columns;
}

ui::TableCell cell_of(const ViewContext& context, const vm::SqlCell& cell, std::string& words) {
    using Kind = vm::SqlCell::Kind;
    if (cell.kind == Kind::null) return {.kind = ui::TableCell::Kind::muted, .text = context.say(Word::sql_null)};
    if (cell.kind != Kind::bytes) return {.text = cell.text};
    words = context.say(Word::sql_bytes, {cell.text});
    return {.kind = ui::TableCell::Kind::muted, .text = words};
}

void answer_table(const ViewContext& context, SqlState& state, const vm::SqlAnswer& answer) {
    std::vector<std::string> ids;
    const std::vector<ui::Column> columns = answer_columns(context, answer, ids);
    const float height = std::max(ImGui::GetContentRegionAvail().y, sql_table_height_min);
    std::string words;
    ui::table("answer",
              {.name = context.say(Word::nav_sql),
               .row_count = static_cast<std::int64_t>(answer.rows.size()),
               .columns = columns,
               .height = height,
               .rows = ui::TableOptions::Rows::rest,
               .chooser = ui::TableOptions::Chooser::shown},
              state.table, [&](std::int64_t index, ui::TableRow& out) {
                  const auto& row = answer.rows[static_cast<std::size_t>(index)];
                  for (std::size_t column = 0; column < columns.size(); ++column)
                      out.cell(cell_of(context, row[column], words));
              });
}

void answer_rows(const ViewContext& context, SqlState& state, const vm::SqlPart& part) {
    const vm::SqlAnswer& answer = *part.answer;
    if (state.shown != part.answer) {
        state.shown = part.answer;
        state.table = {};
    }
    const vm::Format& format = context.format;
    const Word told = answer.is_cut ? Word::sql_rows_cut : Word::sql_rows_told;
    ui::text_wrapped(ui::TextStyle::caption,
                     context.say(told, {format.number(static_cast<std::int64_t>(answer.rows.size())),
                                        format.number(answer.elapsed_ms)}) +
                         ". " + context.say(Word::as_of, {format.day_and_time(part.as_of_ms)}),
                     ui::Color::text_muted);
    ui::align_right(export_menu_width(context, {.size = ui::ButtonSize::small}));
    export_menu(context, vm::Export::sql, vm::SqlQuery{}, {.size = ui::ButtonSize::small});
    ui::space_below(ui::space::small);
    if (answer.rows.empty())
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::sql_no_rows), ui::Color::text_muted);
    else
        answer_table(context, state, answer);
}

std::string problem_of(const ViewContext& context, const vm::SqlAnswer& answer) {
    const std::string seconds = context.format.number(limits::sql_ms_max / 1000);
    switch (answer.outcome) {
        case vm::SqlAnswer::Outcome::refused:
            return std::string(context.say(Word::sql_refused));
        case vm::SqlAnswer::Outcome::too_long:
            return context.say(Word::sql_too_long, {seconds});
        case vm::SqlAnswer::Outcome::lost:
            return std::string(context.say(Word::sql_lost));
        case vm::SqlAnswer::Outcome::failed:
        case vm::SqlAnswer::Outcome::rows:
            break;
    }
    if (answer.problem_line == 0) return context.say(Word::sql_failed, {answer.problem});
    return context.say(Word::sql_failed_line, {answer.problem, context.format.number(answer.problem_line)});
}

void sql_body(const ViewContext& context, SqlState& state, const vm::SqlPart& part) {
    using State = vm::SqlPart::State;
    switch (part.state) {
        case State::idle:
            return example_list(context, state, part);
        case State::copying:
            return ui::text_wrapped(ui::TextStyle::body, context.say(Word::sql_copying), ui::Color::text_muted);
        case State::running:
            return ui::text_wrapped(ui::TextStyle::body,
                                    context.say(Word::sql_running, {context.format.number(limits::sql_ms_max / 1000)}),
                                    ui::Color::text_muted);
        case State::answered:
            break;
    }
    if (part.answer->outcome == vm::SqlAnswer::Outcome::rows) return answer_rows(context, state, part);
    ui::note(ui::Tone::warn, problem_of(context, *part.answer));
}

std::string columns_in_words(const vm::SqlTable& table) {
    std::string names;
    for (const vm::SqlColumn& column : table.columns)
        names += (names.empty() ? "" : ", ") + column.name;
    return names;
}

void tables_drawer(const ViewContext& context, SqlState& state, const vm::SqlPart& part) {
    if (!ui::begin_dialog("tables_drawer", state.tables_shown,
                          {.kind = ui::DialogKind::drawer,
                           .title = context.say(Word::sql_tables),
                           .subtitle = context.say(Word::sql_tables_sentence),
                           .width = ui::size::drawer_width,
                           .outside_press = ui::DialogOptions::OutsidePress::closes}))
        return;
    for (const vm::SqlTable& table : part.tables) {
        ImGui::PushID(table.name.c_str());
        if (ui::button("table", table.name, {.kind = ui::ButtonKind::quiet, .icon = icons::table})) {
            write_question(state, state.sql + (is_blank(state.sql) ? "SELECT * FROM " : " ") + table.name);
            state.tables_shown = ui::Shown::no;
        }
        ui::text_wrapped(ui::TextStyle::caption, columns_in_words(table), ui::Color::text_muted);
        ui::space_below(ui::space::medium);
        ImGui::PopID();
    }
    ui::end_dialog();
}

std::string first_line(std::string_view sql) {
    std::string line(ui::cut_to_bytes(sql, history_title_bytes));
    std::ranges::replace(line, '\n', ' ');
    return line.size() < sql.size() ? line + "..." : line;
}

void history_drawer(const ViewContext& context, SqlState& state, const vm::SqlPart& part) {
    if (!ui::begin_dialog("history_drawer", state.history_shown,
                          {.kind = ui::DialogKind::drawer,
                           .title = context.say(Word::sql_history),
                           .subtitle = context.say(Word::sql_history_sentence),
                           .width = ui::size::drawer_width,
                           .outside_press = ui::DialogOptions::OutsidePress::closes}))
        return;
    if (part.history.empty()) ui::text_wrapped(ui::TextStyle::body, context.say(Word::sql_history_none));
    for (std::size_t index = 0; index < part.history.size(); ++index) {
        ImGui::PushID(static_cast<int>(index));
        if (ui::button("former", first_line(part.history[index]), {.kind = ui::ButtonKind::quiet})) {
            write_question(state, part.history[index]);
            state.history_shown = ui::Shown::no;
        }
        ImGui::PopID();
    }
    ui::end_dialog();
}

}  // namespace

void sql_view(const ViewContext& context, SqlState& state) {
    const auto& part = context.snapshot.sql;
    sql_head(context, state);
    if (!part) return ui::skeleton_lines("sql_wait", 6);
    question_field(context, state, *part);
    sql_body(context, state, *part);
    tables_drawer(context, state, *part);
    history_drawer(context, state, *part);
}

}  // namespace portal::views
