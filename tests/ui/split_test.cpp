#include "app/ui/split.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>

#include "app/ui/frame.hpp"
#include "app/ui/text.hpp"
#include "generated/icons.hpp"
#include "tests/ui/screen.hpp"

namespace portal::ui {
namespace {

void draw_tickets() {
    const std::array<NavigationItem, 1> items = {{{"tickets", icons::ticket, "Tickets", "/tickets"}}};
    RailState rail = RailState::expanded;
    Frame frame({.product_name = "Partner portal",
                 .navigation_name = "Main",
                 .items = items,
                 .items_at_end = {},
                 .selected = 0,
                 .rail = &rail});
    frame.navigation();
    Split split("tickets", frame, SplitNarrow::detail, 300);
    if (split.begin_list()) {
        heading(1, TextStyle::title, "Tickets");
        split.end_list();
    }
    if (split.begin_detail("one")) {
        heading(1, TextStyle::title, "Terminal is dark");
        heading(2, TextStyle::subtitle, "Thread");
        split.end_detail();
    }
}

}  // namespace

TEST_CASE("a detail's headings stand below its list's, and head the screen where it stands alone") {
    {
        test::Screen wide(ImVec2(1280, 800));
        wide.draw(draw_tickets);
        wide.frame(3);
        CHECK(wide.node(mirror::Role::heading, "Tickets").level == 1);
        CHECK(wide.node(mirror::Role::heading, "Terminal is dark").level == 2);
        CHECK(wide.node(mirror::Role::heading, "Thread").level == 3);
    }
    test::Screen narrow(ImVec2(390, 800));
    narrow.draw(draw_tickets);
    narrow.frame(3);
    CHECK(narrow.find(mirror::Role::heading, "Tickets") == nullptr);
    CHECK(narrow.node(mirror::Role::heading, "Terminal is dark").level == 1);
    CHECK(narrow.node(mirror::Role::heading, "Thread").level == 2);
}

}  // namespace portal::ui
