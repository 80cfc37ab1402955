#include "app/ui/timeline.hpp"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include "app/ui/landmark.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/text.hpp"
#include "tests/ui/screen.hpp"

namespace portal::ui {
namespace {

using mirror::Role;
using test::Screen;

struct DrawnTimeline {
    float place = 0.5f;
    Screen screen{ImVec2(800, 300)};

    DrawnTimeline() {
        screen.draw([this] {
            const float marks[] = {0.25f};
            if (const auto moved = timeline("time", {.name = "Timeline",
                                                     .value = "30 of 60 seconds",
                                                     .place = place,
                                                     .step = 0.1f,
                                                     .marks = marks,
                                                     .width = 400}))
                place = *moved;
        });
        screen.frame(3);
    }
    mirror::Rect rect() { return screen.node(Role::slider, "Timeline").rect; }
};

}  // namespace

TEST_CASE("a timeline is a slider that tells its place, and is moved by a press and by keys") {
    DrawnTimeline drawn;
    CHECK(drawn.screen.node(Role::slider, "Timeline").value == "30 of 60 seconds");
    const mirror::Rect rect = drawn.rect();
    drawn.screen.press_at(ImVec2(rect.x + rect.width * 0.75f, rect.y + rect.height / 2));
    CHECK(drawn.place == Catch::Approx(0.75f).margin(0.02));
    drawn.screen.press_at(ImVec2(rect.x + rect.width - 1, rect.y + rect.height / 2));
    CHECK(drawn.place == 1.0f);
    drawn.screen.key(ImGuiKey_LeftArrow);
    CHECK(drawn.place == Catch::Approx(0.9f));
    drawn.screen.key(ImGuiKey_RightArrow);
    drawn.screen.key(ImGuiKey_RightArrow);
    CHECK(drawn.place == 1.0f);
    drawn.screen.key(ImGuiKey_Home);
    CHECK(drawn.place == 0.0f);
    drawn.screen.key(ImGuiKey_LeftArrow);
    CHECK(drawn.place == 0.0f);
    drawn.screen.key(ImGuiKey_End);
    CHECK(drawn.place == 1.0f);
}

TEST_CASE("a card without a named place is marked where others never see it, one with a place as it says") {
    const auto draw = [] {
        Grid grid("grid");
        for (const char* id : {"named", "unnamed"}) {
            const Cell cell = grid.begin_card(id, {.phone = 12}, {.title = id});
            if (*id == 'n') note_landmark("months", cell.box);
            text(TextStyle::body, "what it says");
            grid.end_cell();
        }
    };
    const auto marks_of = [](Screen& screen, std::string_view words) {
        std::size_t count = 0;
        for (const mirror::MirrorNode* node : screen.all(Role::text))
            count += node->name == words ? 1 : 0;
        return count;
    };
    Screen screen;
    screen.draw(draw);
    screen.frame(3);
    CHECK(marks_of(screen, "never") == 0);
    mark_landmarks({{"months", "not all"}}, "never");
    screen.frame(2);
    CHECK(marks_of(screen, "never") == 1);
    CHECK(marks_of(screen, "not all") == 1);
    mark_landmarks({});
    screen.frame(2);
    CHECK(marks_of(screen, "never") + marks_of(screen, "not all") == 0);
}

}  // namespace portal::ui
