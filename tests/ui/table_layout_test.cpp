#include <catch2/catch_test_macros.hpp>
#include <numeric>

#include "app/ui/table.hpp"

namespace portal::ui {
namespace {

float sum(const std::array<float, table_columns_max>& widths) {
    return std::accumulate(widths.begin(), widths.end(), 0.0f);
}

}  // namespace

TEST_CASE("columns fill the room exactly") {
    const Column columns[] = {{.id = "a", .title = "A", .width = -2},
                              {.id = "b", .title = "B", .width = 120},
                              {.id = "c", .title = "C", .width = -1}};
    TableState state;
    const auto widths = column_widths(columns, state, 720);
    CHECK(widths[0] == 400);
    CHECK(widths[1] == 120);
    CHECK(widths[2] == 200);
}

TEST_CASE("a column never falls under its minimum and the others pay for it") {
    const Column columns[] = {{.id = "a", .title = "A", .width = -9},
                              {.id = "b", .title = "B", .width = -1, .width_min = 100}};
    TableState state;
    const auto widths = column_widths(columns, state, 300);
    CHECK(widths[1] == 100);
    CHECK(sum(widths) == 300);
}

TEST_CASE("hidden columns take no room and chosen widths are kept") {
    const Column columns[] = {{.id = "a", .title = "A", .width = -1},
                              {.id = "b", .title = "B", .width = 120},
                              {.id = "c", .title = "C", .width = -1}};
    TableState state;
    state.hidden_columns = 0b100;
    state.widths[1] = 200;
    const auto widths = column_widths(columns, state, 500);
    CHECK(widths[0] == 300);
    CHECK(widths[1] == 200);
    CHECK(widths[2] == 0);
}

TEST_CASE("visible rows are counted in whole pixels at any length") {
    constexpr std::int64_t million = 1'000'000;
    struct Case {
        std::int64_t scroll, view, row, count, first, shown, offset;
    };
    const Case cases[] = {
        {0, 360, 36, million, 0, 10, 0},
        {1, 360, 36, million, 0, 11, 1},
        {35, 360, 36, million, 0, 11, 35},
        {36, 360, 36, million, 1, 10, 0},
        // The end, beyond what a float offset can address by single pixels.
        {million * 36 - 360, 360, 36, million, million - 10, 10, 0},
        {million * 36 - 361, 360, 36, million, million - 11, 11, 35},
        {0, 360, 36, 3, 0, 3, 0},
        {0, 360, 36, 0, 0, 0, 0},
        {0, 0, 36, million, 0, 0, 0},
    };
    for (const Case& sample : cases) {
        const VisibleRows rows = rows_in_view(sample.scroll, sample.view, sample.row, sample.count);
        INFO("scroll " << sample.scroll << ", count " << sample.count);
        CHECK(rows.first == sample.first);
        CHECK(rows.count == sample.shown);
        CHECK(rows.offset_pixels == sample.offset);
    }
}

TEST_CASE("scrolling shows a row with the least movement") {
    CHECK(scroll_to_show(0, 500, 360, 36, 100) == 0);
    CHECK(scroll_to_show(20, 0, 360, 36, 100) == 21 * 36 - 360);
    CHECK(scroll_to_show(5, 100, 360, 36, 100) == 100);
    CHECK(scroll_to_show(99, 0, 360, 36, 100) == 100 * 36 - 360);
    CHECK(scroll_to_show(2, 0, 360, 36, 3) == 0);
}

}  // namespace portal::ui
