#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/ui/chart.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/list.hpp"
#include "app/ui/table.hpp"
#include "app/ui/text.hpp"
#include "generated/icons.hpp"
#include "tests/ui/gallery/gallery.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

namespace portal::ui::gallery {
namespace {

std::string dollars(double value) {
    char buffer[48];
    std::snprintf(buffer, sizeof buffer, "$%.0f", value);
    return buffer;
}

std::string dollars_short(double value) {
    char buffer[48];
    std::snprintf(buffer, sizeof buffer, "$%.0fK", value / 1000);
    return value == 0 ? "$0" : buffer;
}

std::string percent(double value) {
    char buffer[48];
    std::snprintf(buffer, sizeof buffer, "%.1f%%", value);
    return buffer;
}

struct Data {
    std::vector<std::string> months;
    std::vector<double> net, last_year, rate, pull;
    std::array<std::vector<double>, 4> plans;
    std::vector<float> spark;
};

const Data& data() {
    static const Data value = [] {
        Data made;
        const char* names[12] = {"Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"};
        for (int month = 0; month < 24; ++month) {
            const double wave = std::sin(month * 0.5) * 6000;
            made.months.push_back(std::string(names[month % 12]) + (month < 12 ? " 2025" : " 2026"));
            made.net.push_back(34000 + month * 600 + wave - (month == 20 ? 18000 : 0));
            made.last_year.push_back(30000 + month * 450 + wave * 0.8);
            made.rate.push_back(61.8 + std::sin(month * 0.9) * 3);
            made.pull.push_back(month == 7 ? NAN : 52 + std::cos(month * 0.6) * 5);
            for (int plan = 0; plan < 4; ++plan) {
                made.plans[static_cast<std::size_t>(plan)].push_back(9000 + plan * 1500 +
                                                                     std::sin(month * 0.4 + plan) * 2500);
            }
        }
        for (int day = 0; day < 30; ++day) {
            made.spark.push_back(static_cast<float>(std::sin(day * 0.4) + day * 0.06));
        }
        return made;
    }();
    return value;
}

void net_card(Grid& grid, State& state) {
    grid.begin_card("net", {.phone = 12, .tablet = 12, .desktop = 8},
                    {.title = "What did we finance?", .as_of = "As of 9:12 AM, source closed Mar 3"});
    const std::array<ChartSeries, 2> net = {
        {{.id = "net", .name = "Net financed volume", .kind = SeriesKind::bars, .values = data().net},
         {.id = "last",
          .name = "Year before",
          .kind = SeriesKind::line,
          .values = data().last_year,
          .style = SeriesStyle::comparison}}};
    chart("net",
          {.sentence = "Net financed volume fell to $28,100 in December and has recovered since.",
           .label_column = "Month",
           .labels = data().months,
           .series = net,
           .format_value = dollars,
           .format_tick = dollars_short,
           .target = {40000, "Target $40K"},
           .first_immature = 22,
           .height = 320,
           .brush = ChartOptions::Brush::on},
          state.net, &state.crosshair);
    grid.end_cell();
}

void why_card(Grid& grid) {
    grid.begin_card("why", {.phone = 12, .tablet = 12, .desktop = 4}, {.title = "Why was December low?"});
    const std::array<WaterfallPart, 4> parts = {{{"apps", "Fewer applications", -9200, "-$9,200"},
                                                 {"approval", "Lower approval", -2100, "-$2,100"},
                                                 {"sale", "Higher average sale", 3120, "+$3,120"},
                                                 {"refund", "Refunds of November", -1400, "-$1,400"}}};
    waterfall("why", "The change from November to December in parts", parts, {"total", "Change", -9580, "-$9,580"});
    grid.end_cell();
}

void rates_card(Grid& grid, State& state) {
    grid.begin_card("rates", {.phone = 12, .tablet = 12, .desktop = 6}, {.title = "Are we approving more?"});
    const std::array<ChartSeries, 2> rates = {
        {{.id = "rate", .name = "Approval rate", .kind = SeriesKind::line, .values = data().rate, .color_index = 0},
         {.id = "pull", .name = "Pull-through", .kind = SeriesKind::area, .values = data().pull, .color_index = 1}}};
    chart("rates",
          {.sentence = "Approval stayed near 62%; pull-through fell in the spring.",
           .label_column = "Month",
           .labels = data().months,
           .series = rates,
           .format_value = percent,
           .height = 260,
           .zero = ChartOptions::Zero::free},
          state.rates, &state.crosshair);
    grid.end_cell();
}

void plans_card(Grid& grid, State& state) {
    grid.begin_card("mix", {.phone = 12, .tablet = 12, .desktop = 6}, {.title = "Which plans?"});
    std::array<ChartSeries, 4> mix;
    const char* names[4] = {"6 months", "12 months", "24 months", "Standard terms"};
    for (std::size_t index = 0; index < 4; ++index) {
        mix[index] = {.id = names[index],
                      .name = names[index],
                      .kind = SeriesKind::stacked_bars,
                      .values = data().plans[index],
                      .color_index = static_cast<int>(index),
                      .style = index == 3 ? SeriesStyle::other : SeriesStyle::normal};
    }
    chart("mix",
          {.sentence = "Half of the volume is on 12 and 24 months.",
           .label_column = "Month",
           .labels = data().months,
           .series = mix,
           .format_value = dollars,
           .format_tick = dollars_short,
           .height = 260},
          state.mix, &state.crosshair);
    grid.end_cell();
}

void health_card(Grid& grid) {
    grid.begin_card("health", {.phone = 12, .tablet = 6, .desktop = 4},
                    {.title = "Integration health",
                     .as_of = "As of 9:12 AM",
                     .action_label = "Details",
                     .action_href = "/integrations"});
    {
        Columns columns({88, -1}, space::card);
        columns.next();
        ring("score", 40, "40", "Failing", Tone::bad, "Health 40 of 100: failing");
        columns.next();
        part_bar("calls", 0.98f, {.label = "Calls", .value = "98", .tone = Tone::good});
        part_bar("ledger", 0.61f, {.label = "Ledger match", .value = "61", .tone = Tone::bad});
    }
    grid.end_cell();
}

void volume_card(Grid& grid) {
    grid.begin_card("net", {.phone = 12, .tablet = 6, .desktop = 4},
                    {.title = "Net financed volume", .as_of = "As of 9:12 AM"});
    figure("net", {.label = "March so far",
                   .value = "$41.2K",
                   .change = "+12.4% on February",
                   .direction = Direction::up,
                   .change_tone = Tone::good,
                   .style = TextStyle::hero,
                   .spark = data().spark,
                   .spark_sentence = "30 days, rising"});
    space_below(space::medium);
    part_bar("pace", 0.72f, {.label = "Pace", .value = "103%", .mark = 0.7f, .mark_label = "expected by today"});
    grid.end_cell();
}

void tickets_card(Grid& grid) {
    grid.begin_card(
        "tickets", {.phone = 12, .tablet = 12, .desktop = 4},
        {.title = "Tickets", .as_of = "As of 9:12 AM", .action_label = "All tickets", .action_href = "/tickets"});
    begin_list("tickets", "Open tickets");
    list_row("a", {.title = "Sales missing from the ledger",
                   .detail = "Jordan Lee, Northwind PMS",
                   .trailing = "by 2:30 PM",
                   .trailing_tone = Tone::warn,
                   .icon = icons::circle_dot,
                   .icon_tone = Tone::info,
                   .icon_words = "In progress"});
    list_row("b", {.title = "Terminal asks for a code",
                   .detail = "You",
                   .trailing = "waiting",
                   .icon = icons::hourglass,
                   .icon_words = "Waiting for the practice"});
    list_row("c", {.title = "New location in Flagstaff",
                   .detail = "Óscar Ruiz",
                   .trailing = "by Mar 9",
                   .icon = icons::circle_dot,
                   .icon_tone = Tone::info,
                   .icon_words = "In progress"});
    end_list();
    grid.end_cell();
}

void stages_card(Grid& grid) {
    grid.begin_card("stages", {.phone = 12}, {.title = "Where the integration stands"});
    const std::array<Stage, 8> stages = {{{"Discovery", "Jan 6", Stage::State::done},
                                          {"Contracted", "Jan 20", Stage::State::done},
                                          {"Kickoff", "Feb 2", Stage::State::done},
                                          {"Sandbox", "Feb 9", Stage::State::done},
                                          {"Build", "Feb 16", Stage::State::blocked},
                                          {"Certification", "", Stage::State::ahead},
                                          {"Pilot", "", Stage::State::ahead},
                                          {"Live", "", Stage::State::ahead}}};
    stage_rail("stages", "Stages", stages, "Go-live between Apr 3 (P50) and Apr 21 (P80).");
    grid.end_cell();
}

void thread_card(Grid& grid) {
    grid.begin_card("thread", {.phone = 12, .tablet = 12, .desktop = 8}, {.title = "Sales missing from the ledger"});
    comment("1", {.author = "Ana María Peña",
                  .role_words = "Practice",
                  .when = "9:02 AM",
                  .body = "Since the upgrade on Tuesday a third of our sales do not appear in the "
                          "ledger. We see them in the PMS."});
    space_below(space::large);
    comment("2", {.author = "Jordan Lee",
                  .role_words = "Support",
                  .when = "9:10 AM",
                  .body = "The vendor changed the sale id. Asking them for the mapping.",
                  .audience = Comment::Audience::internal,
                  .audience_words = "Internal note"});
    space_below(space::large);
    comment("3", {.author = "Ana María Peña",
                  .role_words = "Practice",
                  .when = "9:12 AM",
                  .body = "Thank you.",
                  .pending_words = "Waiting to be sent"});
    grid.end_cell();
}

void facts_card(Grid& grid) {
    grid.begin_card("facts", {.phone = 12, .tablet = 12, .desktop = 4}, {.title = "Facts"});
    key_value("Vendor", "Northwind PMS");
    key_value("Version", "8.4.1");
    key_value("Last check", "9:05 AM, 320 ms");
    const std::array<Tone, 7> week = {Tone::good, Tone::good, Tone::good, Tone::neutral,
                                      Tone::good, Tone::warn, Tone::bad};
    strip("week", week, "Seven days: one slow, one failed");
    space_below(space::medium);
    progress_bar("export", 0.4f, "Export");
    grid.end_cell();
}

}  // namespace

void page_data(State& state) {
    heading(1, TextStyle::title, "Financing");
    space_below(space::large);
    Grid grid("data");
    net_card(grid, state);
    why_card(grid);
    rates_card(grid, state);
    plans_card(grid, state);
}

void page_overview(State&) {
    heading(1, TextStyle::title, "One thing needs you");
    space_below(space::large);
    banner("ledger", {.tone = Tone::bad,
                      .cause = "Ledger match broke after the upgrade",
                      .evidence = "61% of yesterday's sales match; 97% the week before.",
                      .action_label = "File ticket"});
    space_below(metrics().gutter);
    Grid grid("overview");
    health_card(grid);
    volume_card(grid);
    tickets_card(grid);
    stages_card(grid);
    thread_card(grid);
    facts_card(grid);
}

void page_tables(State& state) {
    heading(1, TextStyle::title, "Portfolio");
    space_below(space::large);
    const std::array<Column, 6> columns = {
        {{.id = "practice", .title = "Practice", .width = -2, .sortable = Sortable::yes},
         {.id = "state", .title = "State", .width = 130, .narrow = NarrowPlace::trailing},
         {.id = "week", .title = "Seven days", .width = 110},
         {.id = "owner", .title = "Account manager", .width = -1, .sortable = Sortable::yes},
         {.id = "net", .title = "Net financed volume", .width = 170, .align = Align::right, .sortable = Sortable::yes},
         {.id = "rate", .title = "Approval rate", .width = 130, .align = Align::right, .sortable = Sortable::yes}}};
    const std::array<const char*, 5> names = {"Brookside Veterinary Group", "Cedar Dental", "Harbor Animal Hospital",
                                              "Lakeview Orthodontics", "Núñez Family Medicine"};
    const std::array<Tone, 7> week = {Tone::good, Tone::good, Tone::good, Tone::neutral,
                                      Tone::good, Tone::warn, Tone::bad};
    const auto row = [&](std::int64_t index, TableRow& out) {
        const auto name = static_cast<std::size_t>(index % 5);
        const Tone tone = index % 3 == 0 ? Tone::good : (index % 3 == 1 ? Tone::warn : Tone::bad);
        out.href("/practices/1");
        out.cell({.kind = TableCell::Kind::strong, .text = std::string(names[name]) + " " + std::to_string(index + 1)});
        out.cell({.kind = TableCell::Kind::status,
                  .text = tone == Tone::good ? "Working" : (tone == Tone::warn ? "Slow" : "Failing"),
                  .tone = tone});
        out.cell({.kind = TableCell::Kind::strip, .text = "one failed", .strip = week});
        out.cell({.kind = TableCell::Kind::muted, .text = "Jordan Lee"});
        out.cell({.text = dollars(41238 + static_cast<double>(index % 1000) * 37)});
        out.cell({.text = percent(61.8 + static_cast<double>(index % 7))});
    };
    {
        const Card card("book", {.title = "Book of 12"});
        if (state.book.selected_row < 0) {
            state.book.selected_row = 2;
            state.book.sort_column = 4;
            state.book.sort_direction = SortDirection::descending;
        }
        const TableResult result = table(
            "book", {.name = "Book", .row_count = 12, .columns = columns, .chooser = TableOptions::Chooser::shown},
            state.book, row);
        state.book.selected_row = result.activated_row >= 0 ? result.activated_row : state.book.selected_row;
    }
    space_below(metrics().gutter);
    const Card card("endless", {.title = "A million rows"});
    table("endless", {.name = "Events", .row_count = 1'000'000, .columns = columns, .height = 300}, state.endless, row);
}

}  // namespace portal::ui::gallery
