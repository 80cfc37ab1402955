#include "app/views/fact_rows_view.hpp"

#include <algorithm>
#include <array>

#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/views/export_menu.hpp"
#include "app/views/financing_filters_view.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"
#include "shared/base/limits.hpp"

namespace portal::views {

using vm::RowsSort;
using vm::Word;

namespace {

constexpr float rows_table_height_min = 380;
constexpr float rows_search_width = 240;
constexpr float rows_head_width_min = 700;
// Rows that are to be there beyond those that are seen; windows begin at multiples of so many.
constexpr std::int64_t rows_ahead = 100;

// Of the table's columns; the reference cannot be sorted by.
constexpr int reference_column = 6;
constexpr std::array<RowsSort, 9> column_sorts = {RowsSort::day,  RowsSort::kind,     RowsSort::status,
                                                  RowsSort::plan, RowsSort::location, RowsSort::channel,
                                                  RowsSort::day,  RowsSort::posted,   RowsSort::amount};

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

constexpr ui::ButtonOptions sql_button{.kind = ui::ButtonKind::quiet, .icon = icons::database};

float sql_button_width(const ViewContext& context) {
    return ui::button_width(context.say(Word::nav_sql), sql_button) + ui::space::small;
}

void rows_head(const ViewContext& context, FactRowsState& state, const vm::FinancingQuery& query,
               const vm::FinancingPart* part) {
    if (ui::button("rows_back", context.say(Word::rows_back),
                   {.kind = ui::ButtonKind::quiet, .size = ui::ButtonSize::small, .icon = icons::arrow_left})) {
        vm::FinancingQuery figures = query;
        figures.rows.reset();
        figures.misread = false;
        context.show(std::move(figures));
    }
    ui::heading(1, ui::TextStyle::title, context.say(Word::rows_title));
    if (part && part->fact_rows) {
        const bool exports = part->fact_rows->state == vm::FactRows::State::here;
        const float export_width = exports ? export_menu_width(context, {}) + ui::space::small : 0;
        // Beside the title where there is room.
        if (ImGui::GetContentRegionAvail().x < rows_head_width_min)
            ui::space_below(ui::space::small);
        else
            ui::align_right(sql_button_width(context) + saved_views_button_width(context) + export_width);
        if (ui::button("sql", context.say(Word::nav_sql), sql_button)) context.show(vm::SqlQuery{});
        ui::beside();
        saved_views_button(context, state.views);
        if (exports) {
            ui::beside();
            export_menu(context, vm::Export::fact_rows, query, {});
        }
        saved_views_view(context, state.views, part->saved_views, query);
    }
    ui::space_below(ui::space::medium);
}

// Letters that a reference begins with; the figures' own filters stand above. The rows may be those of an address
// before `query`.
void reference_field(const ViewContext& context, FactRowsState& state, const vm::FinancingPart& part,
                     const vm::FinancingQuery& query) {
    const std::string_view needs_facts =
        part.has_daily_sums_alone ? context.say(Word::rows_need_facts) : std::string_view();
    ui::flow(rows_search_width, ui::space::medium);
    std::string reference = query.rows->reference;
    const SearchFieldOptions field{
        .bytes_max = limits::fact_text_bytes_max, .width = rows_search_width, .disabled_reason = needs_facts};
    if (!search_field(context, state.search, Word::rows_search, reference, field)) return;
    vm::FinancingQuery next = part.query;
    next.rows->reference = std::move(reference);
    context.show(std::move(next));
}

std::string status_of(const ViewContext& context, const vm::FactLine& line) {
    std::string status(line.status == FactStatus::none ? "" : context.say(vm::word_of(line.status)));
    if (line.duplicate) status += (status.empty() ? "" : ", ") + std::string(context.say(Word::rows_duplicate));
    return status;
}

void row_cells(const ViewContext& context, const vm::FactLine& line, bool names_practice, ui::TableRow& out) {
    using Kind = ui::TableCell::Kind;
    out.cell({.text = context.format.day(line.day)});
    out.cell({.text = context.say(vm::word_of(line.kind))});
    out.cell({.text = status_of(context, line)});
    out.cell({.text = line.plan_name});
    out.cell({.text = names_practice ? line.practice_name + ", " + line.location_name : line.location_name});
    out.cell({.text = context.say(vm::word_of(line.channel))});
    out.cell({.kind = Kind::muted, .text = line.reference});
    out.cell({.text = line.posted > 0 ? context.format.day(line.posted) : std::string()});
    out.cell({.kind = Kind::strong, .text = context.format.money_exact(line.cents)});
}

// As many cells as the row will have: what mirrors it changes words then, not elements.
void coming_cells(const ViewContext& context, std::size_t count, ui::TableRow& out) {
    out.cell({.kind = ui::TableCell::Kind::muted, .text = context.say(Word::rows_coming)});
    for (std::size_t index = 1; index < count; ++index)
        out.cell({});
}

ui::HeadFilter head_filter(bool is_set) {
    return is_set ? ui::HeadFilter::set : ui::HeadFilter::offered;
}

// Columns that have a chip; posted days and references have none.
void offer_head_filters(const vm::FinancingPart& part, std::array<ui::Column, 9>& columns) {
    const vm::FinancingQuery& query = part.query;
    columns[0].filter = ui::HeadFilter::offered;
    columns[1].filter = head_filter(query.kind.has_value());
    columns[2].filter = head_filter(query.status.has_value());
    columns[3].filter = head_filter(!query.plan.empty());
    columns[4].filter = head_filter(!query.location.empty());
    columns[5].filter = head_filter(query.channel.has_value());
    columns[8].filter = head_filter(query.cents_from > 0 || query.cents_until > 0);
}

std::array<ui::Column, 9> rows_columns(const ViewContext& context, bool sorts) {
    const ui::Sortable sortable = sorts ? ui::Sortable::yes : ui::Sortable::no;
    const auto column = [&](const char* id, Word title, float width, float least) {
        return ui::Column{
            .id = id, .title = context.say(title), .width = width, .sortable = sortable, .width_min = least};
    };
    std::array<ui::Column, 9> columns = {column("day", Word::column_day, 112, 100),
                                         column("kind", Word::column_kind, 118, 90),
                                         column("status", Word::rows_status, 122, 100),
                                         column("plan", Word::column_plan, -4, 120),
                                         column("location", Word::column_location, -5, 120),
                                         column("channel", Word::stack_channel, 112, 90),
                                         column("reference", Word::column_reference, 128, 90),
                                         column("posted", Word::column_posted, 130, 100),
                                         column("amount", Word::column_amount, 122, 110)};
    columns[reference_column].sortable = ui::Sortable::no;
    columns[7].hidden = ui::Hidden::yes;
    columns[8].align = ui::Align::right;
    columns[1].narrow = ui::NarrowPlace::title;
    columns[8].narrow = ui::NarrowPlace::trailing;
    for (const std::size_t dropped : {std::size_t{5}, std::size_t{6}, std::size_t{7}})
        columns[dropped].narrow = ui::NarrowPlace::dropped;
    return columns;
}

// The arrow of the order that is shown; on the first column that has it.
void show_sort(const vm::RowsQuery& query, ui::TableState& table) {
    const auto found = std::find(column_sorts.begin(), column_sorts.end(), query.sort);
    table.sort_column = static_cast<int>(found - column_sorts.begin());
    table.sort_direction = query.ascending ? ui::SortDirection::ascending : ui::SortDirection::descending;
}

void sort_as_chosen(const ViewContext& context, const ui::TableState& table, const vm::FinancingPart& part) {
    vm::FinancingQuery next = part.query;
    const bool sorts = table.sort_direction != ui::SortDirection::none && table.sort_column >= 0;
    next.rows->sort = sorts ? column_sorts[static_cast<std::size_t>(table.sort_column)] : RowsSort::day;
    next.rows->ascending = sorts && table.sort_direction == ui::SortDirection::ascending;
    context.show(std::move(next));
}

constexpr const char* head_values_menu = "head_values";

// Days and amounts are typed; of the others the values are counted first.
void open_head_filter(const ViewContext& context, FactRowsState& state, const vm::FinancingPart& part,
                      const ui::TableResult& seen) {
    const RowsSort column = column_sorts[static_cast<std::size_t>(seen.filter_column)];
    if (column == RowsSort::day) return open_days(context, state.filters, part.query);
    if (column == RowsSort::amount) return open_amounts(context, state.filters, part.query);
    state.head_filter = seen.filter_box;
    ui::open_menu(head_values_menu);
    vm::FinancingQuery next = part.query;
    next.rows->counted = column;
    context.show(std::move(next));
}

std::string value_name(const ViewContext& context, RowsSort column, const vm::ColumnValue& value) {
    switch (column) {
        case RowsSort::kind:
            return std::string(context.say(vm::word_of(static_cast<FactKind>(value.number))));
        case RowsSort::status:
            return std::string(context.say(vm::word_of(static_cast<FactStatus>(value.number))));
        case RowsSort::channel:
            return std::string(context.say(vm::word_of(static_cast<FactChannel>(value.number))));
        default:
            return value.name;
    }
}

// Sets what the column's chip sets.
void choose_value(RowsSort column, const vm::ColumnValue& value, vm::FinancingQuery& query) {
    switch (column) {
        case RowsSort::kind:
            query.kind = static_cast<FactKind>(value.number);
            break;
        case RowsSort::status:
            query.status = static_cast<FactStatus>(value.number);
            break;
        case RowsSort::channel:
            query.channel = static_cast<FactChannel>(value.number);
            break;
        case RowsSort::plan:
            query.plan = value.id;
            break;
        case RowsSort::location:
            query.location = value.id;
            break;
        default:
            break;
    }
}

// How often each value occurs beside its name.
void head_values(const ViewContext& context, const FactRowsState& state, const vm::FinancingPart& part) {
    const vm::RowsQuery& query = *part.query.rows;
    const std::vector<vm::ColumnValue>& values = part.fact_rows->values;
    if (!ui::is_popover_open(head_values_menu) || !query.counted) return;
    std::vector<std::string> ids, names, counts;
    for (const vm::ColumnValue& value : values) {
        ids.push_back("value" + std::to_string(ids.size()));
        names.push_back(value_name(context, *query.counted, value));
        counts.push_back(context.format.number(value.rows));
    }
    std::vector<ui::MenuItem> items = {{.id = "all", .label = context.say(Word::financing_everything)}};
    for (std::size_t index = 0; index < values.size(); ++index)
        items.push_back({.id = ids[index].c_str(), .label = names[index], .shortcut = counts[index]});
    const int chosen = ui::menu_at(head_values_menu, state.head_filter, items);
    if (chosen < 0) return;
    vm::FinancingQuery next = part.query;
    vm::take_back(*query.counted, next);
    if (chosen > 0) choose_value(*query.counted, values[static_cast<std::size_t>(chosen) - 1], next);
    next.rows->counted.reset();
    context.show(std::move(next));
}

// Asks for another window when the rows around those that are seen are not all in the one that is here.
void want_window(const ViewContext& context, FactRowsState& state, const vm::FactRows& rows,
                 const ui::TableResult& seen) {
    const std::int64_t last = rows.offset + static_cast<std::int64_t>(rows.lines.size());
    const std::int64_t first_seen = seen.first_visible_row, past_seen = first_seen + seen.visible_row_count;
    const std::int64_t first_wanted = std::max<std::int64_t>(0, first_seen - rows_ahead);
    const std::int64_t past_wanted = std::min(rows.total, past_seen + rows_ahead);
    if (first_wanted >= rows.offset && past_wanted <= last) return;
    const std::int64_t spare = (limits::fact_window_rows - seen.visible_row_count) / 2;
    const std::int64_t first = std::max<std::int64_t>(0, first_seen - spare) / rows_ahead * rows_ahead;
    // The wish is on its way until something else is shown.
    if (state.asked_with == context.snapshot.financing) return;
    state.asked_with = context.snapshot.financing;
    context.intents.emit(vm::WantRows{first});
}

void rows_table(const ViewContext& context, FactRowsState& state, const vm::FinancingPart& part) {
    const vm::FactRows& rows = *part.fact_rows;
    const bool names_practice = part.practice_choices.size() > 1 && part.query.practice.empty();
    std::array<ui::Column, 9> columns = rows_columns(context, rows.state == vm::FactRows::State::here);
    if (rows.state == vm::FactRows::State::here) offer_head_filters(part, columns);
    show_sort(*part.query.rows, state.table);
    const float height = std::max(ImGui::GetContentRegionAvail().y, rows_table_height_min);
    const ui::TableResult seen =
        ui::table("facts",
                  {.name = context.say(Word::rows_title),
                   .row_count = rows.total,
                   .columns = columns,
                   .height = height,
                   .chooser = ui::TableOptions::Chooser::shown},
                  state.table, [&](std::int64_t index, ui::TableRow& out) {
                      const std::int64_t place = index - rows.offset;
                      const bool is_here = place >= 0 && place < static_cast<std::int64_t>(rows.lines.size()) &&
                                           rows.lines[static_cast<std::size_t>(place)].is_known;
                      if (is_here)
                          row_cells(context, rows.lines[static_cast<std::size_t>(place)], names_practice, out);
                      else
                          coming_cells(context, columns.size(), out);
                  });
    if (seen.activated_row >= 0) state.table.selected_row = seen.activated_row;
    if (seen.sort_changed) sort_as_chosen(context, state.table, part);
    if (seen.filter_column >= 0) open_head_filter(context, state, part, seen);
    head_values(context, state, part);
    want_window(context, state, rows, seen);
}

void rows_body(const ViewContext& context, FactRowsState& state, const vm::FinancingPart& part) {
    const vm::FactRows& rows = *part.fact_rows;
    if (const std::string_view sentence = sentence_of(context, rows); !sentence.empty()) {
        ui::text_wrapped(ui::TextStyle::body, sentence, ui::Color::text_muted);
        ui::space_below(ui::space::medium);
    }
    if (rows.state == vm::FactRows::State::asking) return ui::skeleton_lines("facts_wait", 6);
    if (!is_told(rows)) return;
    if (rows.total == 0) {
        const bool filtered = is_filtered(part.query);
        const std::string_view action = filtered ? context.say(Word::financing_clear) : std::string_view();
        const std::string_view sentence = context.say(filtered ? Word::rows_none_filtered : Word::rows_none);
        if (!ui::empty_state("rows_empty", icons::list, sentence, action)) return;
        vm::FinancingQuery whole{.from = part.query.from, .until = part.query.until};
        whole.rows = vm::RowsQuery{};
        return context.show(std::move(whole));
    }
    ui::text_wrapped(ui::TextStyle::caption,
                     context.say(Word::rows_count, {context.format.number(rows.total)}) + ". " +
                         context.say(Word::as_of, {context.format.day_and_time(rows.as_of_ms)}),
                     ui::Color::text_muted);
    ui::space_below(ui::space::small);
    rows_table(context, state, part);
}

// Another list begins at its top; the window of the former one is of no use for it.
void begin_list(FactRowsState& state, const vm::FinancingQuery& query) {
    vm::FinancingQuery list = query;
    list.rows->first = 0;
    list.rows->counted.reset();
    if (state.shown == list) return;
    state.shown = std::move(list);
    state.asked_with.reset();
    state.table.scroll_pixels = 0;
    state.table.scroll_remainder = 0;
    state.table.cursor_row = state.table.selected_row = -1;
}

}  // namespace

void fact_rows_view(const ViewContext& context, FactRowsState& state, const vm::FinancingQuery& query) {
    const auto& shown = context.snapshot.financing;
    const vm::FinancingPart* part = shown && shown->query.rows ? shown.get() : nullptr;
    rows_head(context, state, query, part);
    if (!part) return ui::skeleton_lines("facts_wait", 6);
    begin_list(state, part->query);
    if (!part->may_see_rows) {
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::rows_no_permission));
        return;
    }
    if (ui::current_breakpoint() == ui::Breakpoint::phone)
        filters_button(context, state.filters, *part);
    else
        financing_filters_view(context, state.filters, *part);
    reference_field(context, state, *part, query);
    misread_note(context, query);
    ui::space_below(ui::space::medium);
    rows_body(context, state, *part);
}

}  // namespace portal::views
