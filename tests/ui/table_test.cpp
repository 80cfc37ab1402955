#include "app/ui/table.hpp"
#include "app/ui/heat_map.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <string>

#include "app/mirror/imgui_hooks.hpp"
#include "app/ui/chart.hpp"
#include "tests/ui/screen.hpp"

namespace portal::ui {
namespace {

using mirror::Role;
using test::Screen;

constexpr std::array<Column, 2> columns = {{{.id = "name", .title = "Practice", .width = -1, .sortable = Sortable::yes},
                                            {.id = "net", .title = "Net", .width = 120, .align = Align::right}}};

struct Book {
    TableState state;
    TableResult last;
    std::int64_t rows = 0;
    float height = 0;
    std::int64_t rows_made = 0;

    void draw() {
        rows_made = 0;
        const TableResult result =
            table("book", {.name = "Book", .row_count = rows, .columns = columns, .height = height}, state,
                  [&](std::int64_t row, TableRow& out) {
                      ++rows_made;
                      out.href("/practices/" + std::to_string(row));
                      out.cell({.kind = TableCell::Kind::strong, .text = "Practice " + std::to_string(row)});
                      out.cell({.text = std::to_string(row * 10)});
                  });
        if (result.activated_row >= 0) {
            last.activated_row = result.activated_row;
        }
        last.sort_changed |= result.sort_changed;
    }
};

}  // namespace

TEST_CASE("a table has rows and cells with their indices in the mirror") {
    Book book;
    book.rows = 3;
    Screen screen;
    screen.draw([&] { book.draw(); });
    screen.frame(3);
    const mirror::MirrorNode& node = screen.node(Role::table, "Book");
    CHECK(node.row_count == 4);
    CHECK(node.column_count == 2);
    CHECK(screen.all(Role::row).size() == 4);
    CHECK(screen.all(Role::cell).size() == 6);
    CHECK(screen.all(Role::column_header).size() == 2);
    CHECK(screen.find(Role::cell, "20") != nullptr);
    const mirror::MirrorNode& link = screen.node(Role::link, "Practice 2");
    CHECK(link.href == "/practices/2");
}

TEST_CASE("pressing a row and a title acts") {
    Book book;
    book.rows = 3;
    Screen screen;
    screen.draw([&] { book.draw(); });
    screen.frame(3);
    screen.press(screen.node(Role::link, "Practice 1"));
    CHECK(book.last.activated_row == 1);
    screen.press(screen.node(Role::button, "Practice"));
    CHECK(book.last.sort_changed);
    CHECK(book.state.sort_column == 0);
    CHECK(book.state.sort_direction == SortDirection::ascending);
    screen.press(screen.node(Role::button, "Practice"));
    CHECK(book.state.sort_direction == SortDirection::descending);
    CHECK((screen.node(Role::column_header, "Practice").state & mirror::state_sorted_descending) != 0);
}

TEST_CASE("a million rows are scrolled exactly and only the visible ones are made") {
    Book book;
    book.rows = 1'000'000;
    book.height = 400;
    Screen screen;
    screen.draw([&] { book.draw(); });
    screen.frame(3);
    CHECK(book.rows_made < 15);
    screen.press(screen.node(Role::link, "Practice 2"));
    screen.key(ImGuiKey_End);
    screen.frame(2);
    CHECK(book.state.cursor_row == 999'999);
    const mirror::MirrorNode& last = screen.node(Role::link, "Practice 999999");
    CHECK(last.rect.height == 36);
    CHECK(book.rows_made < 15);
    screen.key(ImGuiKey_UpArrow);
    CHECK(book.state.cursor_row == 999'998);
    screen.key(ImGuiKey_Enter);
    CHECK(book.last.activated_row == 999'998);
    screen.key(ImGuiKey_Home);
    CHECK(book.state.cursor_row == 0);
    CHECK(book.state.scroll_pixels == 0);
    screen.key(ImGuiKey_PageDown);
    CHECK(book.state.cursor_row > 5);
    CHECK(book.state.cursor_row < 12);
}

TEST_CASE("the wheel moves a scrolling table by whole pixels") {
    Book book;
    book.rows = 1000;
    book.height = 400;
    Screen screen;
    screen.draw([&] { book.draw(); });
    screen.frame(3);
    screen.move_to(ImVec2(300, 200));
    screen.wheel(-1);
    const std::int64_t step = book.state.scroll_pixels;
    CHECK(step > 36);
    screen.wheel(-0.5f);
    CHECK(std::llabs(book.state.scroll_pixels - step * 3 / 2) <= 1);
    screen.wheel(5);
    CHECK(book.state.scroll_pixels == 0);
}

TEST_CASE("where columns do not fit the rows become list items") {
    Book book;
    book.rows = 2;
    Screen screen(ImVec2(230, 600));
    screen.draw([&] { book.draw(); });
    screen.frame(3);
    CHECK(screen.find(Role::table, "Book") == nullptr);
    CHECK(screen.find(Role::list, "Book") != nullptr);
    CHECK(screen.all(Role::list_item).size() == 2);
    CHECK(screen.find(Role::text, "Net 10") != nullptr);
}

TEST_CASE("a chart is an image with its sentence, and a table of the same data") {
    ChartState state;
    const std::array<std::string, 3> labels = {"Jan", "Feb", "Mar"};
    const std::array<double, 3> values = {10, 20, 30};
    const std::array<ChartSeries, 1> series = {{{.id = "net", .name = "Net", .values = values}}};
    Screen screen;
    screen.draw([&] {
        chart("net",
              {.title = "What did we finance?",
               .sentence = "It rises.",
               .label_column = "Month",
               .labels = labels,
               .series = series,
               .format_value = [](double value) { return std::to_string(static_cast<int>(value)) + " dollars"; }},
              state);
    });
    screen.frame(3);
    CHECK(screen.find(Role::image, "It rises.") != nullptr);
    CHECK(screen.find(Role::heading, "What did we finance?") != nullptr);
    CHECK(screen.find(Role::text, "20 dollars") == nullptr);
    screen.press(screen.node(Role::button, "Show as table"));
    screen.frame(2);
    CHECK(screen.find(Role::cell, "20 dollars") != nullptr);
    CHECK(screen.find(Role::cell, "Feb") != nullptr);
    CHECK(screen.all(Role::row).size() == 4);
}

TEST_CASE("the keyboard chooses its own cell of a heat map, wherever the pointer rests") {
    ChartState state;
    HeatPlace pressed;
    const std::array<std::string, 2> rows = {"Mon", "Tue"}, columns = {"8 AM", "9 AM"};
    const std::array<double, 4> values = {1, 2, 3, 4};
    Screen screen;
    screen.draw([&] {
        const HeatPress press = heat_map("hours",
                                         {.sentence = "Most come on Tue.",
                                          .rows = rows,
                                          .columns = columns,
                                          .values = values,
                                          .format_value = [](double value) { return std::to_string(value); },
                                          .press_action = "Show it alone"},
                                         state);
        if (!press.cell.is_none()) pressed = press.cell;
    });
    screen.frame(3);
    const mirror::Rect picture = screen.node(Role::image, "Most come on Tue.").rect;
    const ImVec2 last_cell(picture.x + picture.width * 0.75f, picture.y + picture.height * 0.75f);
    screen.press_at(last_cell);
    screen.frame(2);
    CHECK(pressed.row == 1);
    CHECK(pressed.column == 1);
    mirror::request_focus(screen.node(Role::image, "Most come on Tue.").id);
    screen.frame(2);
    screen.key(ImGuiKey_Enter);
    CHECK(pressed.row == 0);
    CHECK(pressed.column == 0);
    screen.move_to(ImVec2(last_cell.x - 1, last_cell.y));
    screen.press_at(last_cell);
    screen.frame(2);
    CHECK(pressed.row == 1);
}

TEST_CASE("dragging over a chart brushes a range and a double press resets it") {
    ChartState state;
    ChartResult brushed;
    bool reset = false;
    const std::array<std::string, 4> labels = {"Jan", "Feb", "Mar", "Apr"};
    const std::array<double, 4> values = {10, 20, 30, 40};
    const std::array<ChartSeries, 1> series = {{{.id = "net", .name = "Net", .values = values}}};
    Screen screen;
    screen.draw([&] {
        const ChartResult result = chart("net",
                                         {.sentence = "It rises.",
                                          .labels = labels,
                                          .series = series,
                                          .format_value = [](double value) { return std::to_string(value); },
                                          .brush = ChartOptions::Brush::on},
                                         state);
        if (result.brush_first >= 0) {
            brushed = result;
        }
        reset |= result.reset;
    });
    screen.frame(3);
    const mirror::MirrorNode picture = screen.node(Role::image, "It rises.");
    const float quarter = picture.rect.width / 4;
    const float y = picture.rect.y + 40;
    screen.move_to(ImVec2(picture.rect.x + quarter * 1.5f, y));
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    screen.frame(2);
    screen.move_to(ImVec2(picture.rect.x + quarter * 3.5f, y));
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    screen.frame(2);
    CHECK(brushed.brush_first == 1);
    CHECK(brushed.brush_last == 3);
    screen.frame(60);
    screen.press_at(ImVec2(picture.rect.x + quarter, y));
    screen.press_at(ImVec2(picture.rect.x + quarter, y));
    CHECK(reset);
}

}  // namespace portal::ui
