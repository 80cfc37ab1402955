#include "app/views/financing_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "app/ui/button.hpp"
#include "app/ui/carousel.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/landmark.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/views/export_menu.hpp"
#include "app/views/financing_filters_view.hpp"
#include "app/views/financing_parts_view.hpp"
#include "app/views/passport_view.hpp"
#include "app/views/peers_view.hpp"
#include "app/views/wording.hpp"
#include "app/vm/financing_words.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float chart_height = 320;
constexpr float tile_height = 150;  // A note of two lines has room.
constexpr float split_width = 200, compare_width = 280;
constexpr float tiles_in_one_row_from = 860;
constexpr std::size_t tiles_per_row = 5;
constexpr std::size_t alarm_strips_max = 3;

void figure_tile(const ViewContext& context, const vm::FinancingPart& part, const Figure& one) {
    const std::string id = "figure" + std::to_string(static_cast<int>(one.id));
    const std::string as_of = context.say(Word::as_of, {context.format.time(one.as_of_ms)});
    const ui::Landmark landmark("figure." + figure_name(one.id));
    const ui::Card card(id.c_str(), {.as_of = as_of, .height_min = tile_height, .padding = ui::space::large});
    std::string note = context.format.figure_note(one);
    // What a share of money is of, the passport tells exactly.
    if (note.empty() && one.denominator > 1 && one.unit == FigureUnit::basis_points && !vm::is_money(one, true))
        note = context.format.counts_of(one);
    if (note.empty() && one.id == FigureId::plan_mix) note = plan_name(context, part.largest_plan);
    if (const std::string chosen = vm::chosen_facts(context.format, part.query); note.empty() && !chosen.empty())
        note = context.say(Word::financing_only_note, {chosen});
    if (one.low && one.high) note = forecast_range(context, part.forecast, one);
    if (!ui::figure(id.c_str(),
                    {.label = context.say(vm::word_of(one.id)), .value = context.format.figure(one), .note = note}))
        return;
    vm::FinancingQuery next = part.query;
    next.passport = figure_name(one.id);
    context.show(std::move(next));
}

// Five side by side where there is room, else two in a row; on phones in one row that is moved.
void figure_tiles(const ViewContext& context, const vm::FinancingPart& part) {
    if (ui::current_breakpoint() == ui::Breakpoint::phone) {
        ui::Carousel tiles("figures");
        for (const Figure& figure : part.figures) {
            tiles.next();
            figure_tile(context, part, figure);
        }
        return;
    }
    const bool wide = ImGui::GetContentRegionAvail().x >= tiles_in_one_row_from;
    const std::size_t per_row = wide ? tiles_per_row : 2;
    for (std::size_t first = 0; first < part.figures.size(); first += per_row) {
        if (first > 0) ui::space_below(wide ? ui::space::large : ui::space::medium);
        ui::Columns columns =
            wide ? ui::Columns({-1, -1, -1, -1, -1}, ui::space::large) : ui::Columns({-1, -1}, ui::space::medium);
        for (std::size_t index = first; index < first + per_row && index < part.figures.size(); ++index) {
            columns.next();
            figure_tile(context, part, part.figures[index]);
        }
    }
}

struct ChartData {
    std::vector<std::string> labels, names, ids;
    std::vector<std::vector<double>> stacks;
    std::vector<double> net, compared, target;
    int first_partial = -1;
    bool has_target = false;
};

ChartData chart_data(const ViewContext& context, const vm::FinancingPart& part) {
    ChartData data;
    for (std::size_t index = 0; index < part.rows.size(); ++index) {
        const vm::FinancingRow& row = part.rows[index];
        data.labels.push_back(vm::bucket_label(context.format, part, row));
        data.net.push_back(static_cast<double>(row.net_cents));
        data.compared.push_back(index < part.compared.size() ? static_cast<double>(part.compared[index].net_cents)
                                                             : NAN);
        data.target.push_back(row.target_cents > 0 ? static_cast<double>(row.target_cents) : NAN);
        data.has_target = data.has_target || row.target_cents > 0;
    }
    // A first bucket that begins before the period is not what is still to come.
    for (std::size_t index = part.rows.size(); index-- > 0 && part.rows[index].partial;)
        data.first_partial = static_cast<int>(index);
    for (const vm::FinancingStack& stack : part.stacks) {
        data.stacks.emplace_back(stack.net_cents.begin(), stack.net_cents.end());
        data.ids.push_back("stack" + std::to_string(data.ids.size()));
        data.names.push_back(stack_name(context, stack));
    }
    return data;
}

std::vector<ui::ChartSeries> bars_of(const ViewContext& context, const vm::FinancingPart& part, const ChartData& data) {
    if (part.stacks.empty())
        return {{.id = "net",
                 .name = context.say(Word::financing_series_net),
                 .kind = ui::SeriesKind::bars,
                 .values = data.net,
                 .cells = ui::Cells::press}};
    std::vector<ui::ChartSeries> series;
    for (std::size_t index = 0; index < part.stacks.size(); ++index)
        series.push_back({.id = data.ids[index].c_str(),
                          .name = data.names[index],
                          .kind = ui::SeriesKind::stacked_bars,
                          .values = data.stacks[index],
                          .color_index = static_cast<int>(index),
                          .style = part.stacks[index].kind == vm::ChangeKind::other ? ui::SeriesStyle::other
                                                                                    : ui::SeriesStyle::normal,
                          .cells = ui::Cells::press});
    return series;
}

void chart_choices(const ViewContext& context, const vm::FinancingPart& part) {
    const std::array<ui::Segment, 4> grains = {ui::Segment{.id = "day", .label = context.say(Word::grain_day)},
                                               ui::Segment{.id = "week", .label = context.say(Word::grain_week)},
                                               ui::Segment{.id = "month", .label = context.say(Word::grain_month)},
                                               ui::Segment{.id = "quarter", .label = context.say(Word::grain_quarter)}};
    const std::array<ui::Segment, 3> splits = {ui::Segment{.id = "none", .label = context.say(Word::stack_none)},
                                               ui::Segment{.id = "plan", .label = context.say(Word::column_plan)},
                                               ui::Segment{.id = "channel", .label = context.say(Word::stack_channel)}};
    const std::array<ui::Segment, 2> periods = {
        ui::Segment{.id = "year", .label = context.say(Word::compare_year)},
        ui::Segment{.id = "period", .label = context.say(Word::compare_period)}};
    vm::FinancingQuery next = part.query;
    int grain = static_cast<int>(next.grain), split = static_cast<int>(next.split);
    int comparison = static_cast<int>(next.comparison);
    bool changed = ui::segmented("grain", context.say(Word::financing_grain), grains, grain);
    ui::flow(split_width, ui::space::medium);
    changed = ui::segmented("split", context.say(Word::financing_stack), splits, split) || changed;
    ui::flow(compare_width, ui::space::medium);
    changed = ui::segmented("compare", context.say(Word::financing_compare), periods, comparison) || changed;
    ui::space_below(ui::space::medium);
    if (!changed) return;
    next.grain = static_cast<vm::Grain>(grain);
    next.split = static_cast<vm::Split>(split);
    next.comparison = static_cast<vm::Comparison>(comparison);
    context.show(std::move(next));
}

// What is behind a cell of the chart's table; the colours stand before the other series. The passport of a period's net
// tells what it is compared with.
std::string passport_of_bar(const vm::FinancingPart& part, const vm::FinancingRow& row, std::size_t series,
                            bool is_target) {
    if (series < part.stacks.size()) return vm::passport_of_stack(row, part.stacks[series]);
    return vm::passport_of_row(is_target ? FigureId::target : FigureId::net_financed_volume, row);
}

void chart_card(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part, ui::Grid& grid) {
    const std::string as_of = closed_note(context, part);
    const ui::Cell cell = grid.begin_card("chart", {.phone = 12, .tablet = 12, .desktop = 8}, {.as_of = as_of});
    ui::note_landmark("months", cell.box);
    ui::heading(2, ui::TextStyle::subtitle, context.say(Word::financing_chart_title));
    ui::space_below(ui::space::small);
    chart_choices(context, part);
    const ChartData data = chart_data(context, part);
    std::vector<ui::ChartSeries> series = bars_of(context, part, data);
    if (!part.compared.empty())
        series.push_back(
            {.id = "compared",
             .name = context.say(part.query.comparison == vm::Comparison::year_before ? Word::compare_year
                                                                                      : Word::compare_period),
             .kind = ui::SeriesKind::line,
             .values = data.compared,
             .color_index = 2,
             .style = ui::SeriesStyle::comparison,
             .cells = ui::Cells::press});
    if (data.has_target)
        series.push_back({.id = "target",
                          .name = context.say(Word::financing_series_target),
                          .kind = ui::SeriesKind::line,
                          .values = data.target,
                          .style = ui::SeriesStyle::target,
                          .cells = ui::Cells::press});
    const std::string sentence = vm::chart_sentence(context.format, part);
    const ui::ChartResult result = ui::chart(
        "net",
        {.name = context.say(Word::financing_chart_title),
         .sentence = sentence,
         .label_column = context.say(Word::column_period),
         .labels = data.labels,
         .series = series,
         .format_value = [&](double cents) { return context.format.money_exact(static_cast<std::int64_t>(cents)); },
         .format_tick = [&](double cents) { return context.format.money_short(static_cast<std::int64_t>(cents)); },
         .target = {},
         .first_immature = data.first_partial,
         .height = chart_height,
         .brush = ui::ChartOptions::Brush::on},
        state.chart, &state.crosshair);
    if (result.brush_first >= 0 && result.brush_last >= result.brush_first) {
        vm::FinancingQuery next = part.query;
        next.from = part.rows[static_cast<std::size_t>(result.brush_first)].from;
        next.until = part.rows[static_cast<std::size_t>(result.brush_last)].until;
        context.show(std::move(next));
    } else if (result.reset) {
        vm::FinancingQuery next = part.query;
        next.from = next.until = 0;
        context.show(std::move(next));
    }
    if (result.asked_point >= 0) {
        const auto asked = static_cast<std::size_t>(result.asked_series);
        show_passport(context, part,
                      passport_of_bar(part, part.rows[static_cast<std::size_t>(result.asked_point)], asked,
                                      series[asked].style == ui::SeriesStyle::target));
    }
    grid.end_cell();
}

// What chance does not explain, above the figures, with a ticket that knows it.
void alarm_strips(const ViewContext& context, const vm::FinancingPart& part) {
    const vm::Format& format = context.format;
    const bool may_file = context.snapshot.session->may_file_tickets;
    for (std::size_t index = 0; index < std::min(part.alarms.size(), alarm_strips_max); ++index) {
        const vm::VolumeAlarmLine& alarm = part.alarms[index];
        const std::string cause = context.say(Word::attention_volume_drop, {alarm.practice_name});
        const std::string evidence =
            context.say(Word::attention_volume_drop_evidence,
                        {format.number(alarm.actual), format.day(alarm.since), format.number(alarm.usual),
                         format.number(alarm.business_days), below_usual(format, alarm.actual, alarm.usual)});
        const ui::BannerOptions strip{
            .tone = ui::Tone::warn,
            .cause = cause,
            .evidence = evidence,
            .action_label = may_file ? context.say(Word::action_file_ticket) : std::string_view()};
        ImGui::PushID(static_cast<int>(index));
        if (ui::banner("alarm", strip) == ui::BannerEvent::acted)
            context.show(vm::TicketsQuery{.composing = true, .about_volume = alarm.practice});
        ImGui::PopID();
        ui::space_below(ui::space::medium);
    }
    if (part.alarms.size() <= alarm_strips_max) return;
    const auto more = static_cast<std::int64_t>(part.alarms.size() - alarm_strips_max);
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::financing_more_alarms, {format.number(more)}),
                     ui::Color::text_muted);
    ui::space_below(ui::space::medium);
}

void content(const ViewContext& context, FinancingState& state, const vm::FinancingPart& part) {
    if (const std::string chosen = vm::chosen_facts(context.format, part.query); !chosen.empty()) {
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::financing_only_facts, {chosen}), ui::Color::text_muted);
        ui::space_below(ui::space::medium);
    }
    figure_tiles(context, part);
    ui::space_below(ui::space::section);
    ui::Grid grid("charts");
    chart_card(context, state, part, grid);
    change_card(context, state, part, grid);
    funnel_card(context, state, part, grid);
    plans_card(context, state, part, grid);
    ranking_card(context, state, part, grid);
    hours_card(context, state, part, grid);
    peers_card(context, state, part, grid);
    table_card(context, state, part, grid);
}

// The pictures, in the order of vm::Picture.
std::array<ui::ChartState*, 4> pictures_of(FinancingState& state) {
    return {&state.chart, &state.change, &state.funnel, &state.hours};
}

// Back or a link: as the address says.
void follow_tables(FinancingState& state, const vm::FinancingQuery& query) {
    if (state.tables == query.tables) return;
    state.tables = state.told_tables = query.tables;
    std::uint32_t bits = query.tables;
    for (ui::ChartState* picture : pictures_of(state)) {
        picture->view = (bits & 1) != 0 ? ui::ChartState::View::table : ui::ChartState::View::picture;
        bits >>= 1;
    }
}

// What was turned over in this frame goes into the address.
void tell_tables(const ViewContext& context, FinancingState& state, const vm::FinancingQuery& query) {
    std::uint32_t bits = 0, bit = 1;
    for (const ui::ChartState* picture : pictures_of(state)) {
        if (picture->view == ui::ChartState::View::table) bits |= bit;
        bit <<= 1;
    }
    if (bits == state.told_tables) return;
    state.told_tables = bits;
    vm::FinancingQuery next = query;
    next.tables = bits;
    next.misread = false;
    context.show(std::move(next));
}

// Right-aligned, with room for the button that follows.
void deposits_button(const ViewContext& context, float room) {
    if (!context.snapshot.session->sees_deposits) return ui::align_right(room);
    const std::string_view words = context.say(Word::nav_deposits);
    const ui::ButtonOptions look{.kind = ui::ButtonKind::quiet, .icon = icons::wallet};
    const bool narrow = ui::current_breakpoint() == ui::Breakpoint::phone;
    const float width = narrow ? ui::icon_button_width(look.size) : ui::button_width(words, look);
    ui::align_right(width + ui::space::small + room);
    const bool pressed =
        narrow ? ui::icon_button("deposits", icons::wallet, words, look) : ui::button("deposits", words, look);
    if (pressed) context.show(vm::DepositsQuery{});
    ui::beside();
}

// The store may not have answered yet that a picture was turned: what is pressed meanwhile begins from what it has
// told, and keeps the pictures as the address says.
class KeepsPictures final : public vm::IntentSink {
  public:
    KeepsPictures(vm::IntentSink& sink, std::uint32_t tables) : m_sink(sink), m_tables(tables) {}
    void emit(vm::Intent intent) override {
        if (auto* show = std::get_if<vm::ShowScreen>(&intent))
            if (auto* query = std::get_if<vm::FinancingQuery>(&show->query)) query->tables = m_tables;
        m_sink.emit(std::move(intent));
    }
    Id new_id() override { return m_sink.new_id(); }

  private:
    vm::IntentSink& m_sink;
    std::uint32_t m_tables;
};

ViewContext through(vm::IntentSink& sink, const ViewContext& context) {
    return {context.snapshot,     context.format,    sink,
            context.preferences,  context.page,      context.lost_copy,
            context.is_demo_page, context.may_share, context.has_live_bar,
            context.is_following};
}

bool is_empty(const vm::FinancingPart& part) {
    for (const vm::FinancingRow& row : part.rows)
        if (row.sales || row.applications || row.net_cents) return false;
    return true;
}

}  // namespace

void financing_head_view(const ViewContext& context, FinancingState& state, const vm::FinancingQuery& query) {
    ui::heading(1, ui::TextStyle::title, context.say(Word::financing_title));
    deposits_button(context, export_menu_width(context, {}));
    export_menu(context, vm::Export::financing, query, {});
    const auto& part = context.snapshot.financing;
    if (!part || part->query.rows) return;
    ui::space_below(ui::space::small);
    KeepsPictures sink(context.intents, query.tables);
    const ViewContext keeping = through(sink, context);
    if (ui::current_breakpoint() == ui::Breakpoint::phone)
        filters_button(keeping, state.filters, *part);
    else
        financing_filters_view(keeping, state.filters, *part);
    misread_note(context, query);
}

void financing_view(const ViewContext& context, FinancingState& state, const vm::FinancingQuery& query) {
    if (query.rows) return fact_rows_view(context, state.fact_rows, query);
    const auto& part = context.snapshot.financing;
    if (!part || part->query.rows) {
        ui::skeleton_lines("financing_wait", 3);
        ui::skeleton_box("chart_wait", ImGui::GetContentRegionAvail().x, chart_height);
        return;
    }
    KeepsPictures sink(context.intents, query.tables);
    const ViewContext keeping = through(sink, context);
    // Also where the period is empty: that may be the alarm.
    alarm_strips(context, *part);
    if (is_empty(*part)) {
        const Word word = is_filtered(part->query) ? Word::financing_empty_filtered : Word::financing_empty;
        if (ui::empty_state("empty", icons::chart_column, context.say(word), context.say(Word::financing_clear)))
            context.show(vm::FinancingQuery{});
    } else {
        follow_tables(state, query);
        content(keeping, state, *part);
        tell_tables(context, state, query);
    }
    passport_view(keeping, *part);
}

}  // namespace portal::views
