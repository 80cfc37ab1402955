#include "app/ui/layout.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/ui/frame.hpp"
#include "app/ui/motion.hpp"
#include "tests/ui/screen.hpp"

namespace portal::ui {

TEST_CASE("the frame gives way to narrow windows") {
    const FrameBoxes wide = frame_boxes(ImVec2(1280, 800), RailState::expanded);
    CHECK(wide.navigation.width() == 232);
    CHECK(wide.content.min.x == 232);
    CHECK(wide.content.max.y == 800);
    const FrameBoxes collapsed = frame_boxes(ImVec2(1280, 800), RailState::collapsed);
    CHECK(collapsed.navigation.width() == 64);
    const FrameBoxes tablet = frame_boxes(ImVec2(800, 1024), RailState::expanded);
    CHECK(tablet.navigation.width() == 64);
    const FrameBoxes phone = frame_boxes(ImVec2(390, 844), RailState::expanded);
    CHECK(phone.navigation_kind == FrameBoxes::Navigation::bottom);
    CHECK(phone.navigation.max.y == 844);
    CHECK(phone.content.max.y == phone.navigation.min.y);
    CHECK(phone.content.width() == 390);
}

TEST_CASE("a span takes over what the smaller breakpoint says") {
    const Span span = {.phone = 12, .desktop = 4};
    CHECK(columns_of(span, Breakpoint::phone) == 12);
    CHECK(columns_of(span, Breakpoint::tablet) == 12);
    CHECK(columns_of(span, Breakpoint::desktop) == 4);
    CHECK(columns_of(span, Breakpoint::wide) == 4);
}

TEST_CASE("cards of one row get the height of the tallest, also below the fold") {
    test::Screen screen(ImVec2(1280, 300));
    Box first;
    Box second;
    Box third;
    screen.draw([&] {
        Grid grid("grid");
        first = grid.begin_card("a", {.phone = 12, .desktop = 6}, {.title = "A"}).box;
        text(TextStyle::body, "one");
        grid.end_cell();
        second = grid.begin_card("b", {.phone = 12, .desktop = 6}, {.title = "B"}).box;
        for (int line = 0; line < 30; ++line) {
            text(TextStyle::body, "many");
        }
        grid.end_cell();
        third = grid.begin_card("c", {.phone = 12}, {.title = "C"}).box;
        text(TextStyle::body, "below");
        grid.end_cell();
    });
    screen.frame(4);
    CHECK(first.height() == second.height());
    CHECK(first.height() > 30 * line_height(TextStyle::body));
    CHECK(second.min.x == first.max.x + 24);
    CHECK(third.min.y == first.max.y + 24);
    // Out of sight is not out of the mirror.
    CHECK(screen.find(mirror::Role::text, "below") != nullptr);
    CHECK(screen.find(mirror::Role::heading, "C") != nullptr);
}

TEST_CASE("a settled screen asks for no more frames") {
    test::Screen screen;
    screen.draw([] {
        Grid grid("grid");
        grid.begin_card("a", {}, {.title = "A", .as_of = "As of now"});
        text_wrapped(TextStyle::body, "Some words that stay as they are.");
        grid.end_cell();
    });
    screen.frame(5);
    screen.forget_requests();
    screen.frame(3);
    CHECK(screen.frames_requested() == 0);
}

TEST_CASE("motion eases out, asks for its frames and jumps when it is reduced") {
    CHECK(ease_out(0) == 0);
    CHECK(ease_out(1) == 1);
    CHECK(ease_out(0.5f) > 0.5f);
    float goal = 0;
    float value = -1;
    test::Screen screen;
    screen.draw([&] { value = eased(7, goal); });
    screen.frame(2);
    CHECK(value == 0);
    screen.forget_requests();
    goal = 1;
    screen.frame();
    CHECK(value > 0);
    CHECK(value < 1);
    CHECK(screen.frames_requested() > 0);
    screen.frame(30);
    CHECK(value == 1);
    apply_theme({.motion = Motion::reduced});
    goal = 0;
    screen.frame();
    CHECK(value == 0);
}

}  // namespace portal::ui
