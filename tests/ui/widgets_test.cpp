#include <array>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/menu.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/overlay.hpp"
#include "app/ui/palette.hpp"
#include "app/ui/select.hpp"
#include "app/ui/text.hpp"
#include "app/ui/text_field.hpp"
#include "tests/ui/screen.hpp"

namespace portal::ui {
namespace {

using mirror::Role;
using test::Screen;

}  // namespace

TEST_CASE("more text than sixteen bits count corners is drawn whole") {
    // A wall screen at one pixel per point: a line every eight pixels, each of 500 characters.
    const std::string line(500, 'x');
    constexpr int lines = 100;
    Screen screen(ImVec2(4000, 2400));
    screen.draw([&] {
        for (int i = 0; i < lines; ++i)
            text(TextStyle::body, line);
    });
    screen.frame(2);
    CHECK(ImGui::GetDrawData()->TotalVtxCount > 65'536);
}

TEST_CASE("what is scrolled out of sight costs no corners") {
    const auto corners = [](int entries) {
        Screen screen;
        screen.draw([&] {
            for (int i = 0; i < entries; ++i) {
                const Card card(("card" + std::to_string(i)).c_str(), {});
                avatar("Otto Alder");
                text_wrapped(TextStyle::body, "It prints every receipt twice.");
            }
        });
        screen.frame(3);
        return ImGui::GetDrawData()->TotalVtxCount;
    };
    CHECK(corners(1000) < corners(100) + 200);
}

TEST_CASE("a button is pressed by pointer and by keyboard") {
    int presses = 0;
    Screen screen;
    screen.draw([&] { presses += button("file", "File ticket", {.kind = ButtonKind::primary}); });
    screen.frame(3);
    screen.press(screen.node(Role::button, "File ticket"));
    CHECK(presses == 1);
    screen.key(ImGuiKey_Tab);
    screen.key(ImGuiKey_Enter);
    CHECK(presses == 2);
    screen.key(ImGuiKey_Space);
    CHECK(presses == 3);
}

TEST_CASE("a disabled button does nothing and says why") {
    int presses = 0;
    Screen screen;
    screen.draw([&] { presses += button("publish", "Publish", {.disabled_reason = "Record a decision first"}); });
    screen.frame(3);
    const mirror::MirrorNode& node = screen.node(Role::button, "Publish");
    CHECK((node.state & mirror::state_disabled) != 0);
    CHECK(node.description == "Record a decision first");
    screen.press(node);
    CHECK(presses == 0);
}

TEST_CASE("a busy button ignores presses") {
    int presses = 0;
    Screen screen;
    screen.draw([&] { presses += button("save", "Saving", {.busy = Busy::yes}); });
    screen.frame(3);
    screen.press(screen.node(Role::button, "Saving"));
    CHECK(presses == 0);
    CHECK((screen.node(Role::button, "Saving").state & mirror::state_busy) != 0);
}

TEST_CASE("a link carries its route") {
    Screen screen;
    screen.draw([] { link("open", "Open the review", "/reviews/1"); });
    screen.frame(3);
    CHECK(screen.node(Role::link, "Open the review").href == "/reviews/1");
}

TEST_CASE("checkboxes and toggles change and tell their state") {
    bool keep = false;
    bool offline = true;
    Screen screen;
    screen.draw([&] {
        checkbox("keep", "Keep data", keep);
        toggle("offline", "Go offline", offline);
    });
    screen.frame(3);
    screen.press(screen.node(Role::checkbox, "Keep data"));
    CHECK(keep);
    CHECK((screen.node(Role::checkbox, "Keep data").state & mirror::state_checked) != 0);
    screen.press(screen.node(Role::toggle, "Go offline"));
    CHECK_FALSE(offline);
    CHECK((screen.node(Role::toggle, "Go offline").state & mirror::state_checked) == 0);
}

TEST_CASE("segments choose one of a few") {
    int chosen = 0;
    const std::array<Segment, 3> segments = {{{"w", "Week"}, {"m", "Month"}, {"q", "Quarter"}}};
    Screen screen;
    screen.draw([&] { segmented("period", "Period", segments, chosen); });
    screen.frame(3);
    screen.press(screen.node(Role::tab, "Quarter"));
    CHECK(chosen == 2);
    CHECK((screen.node(Role::tab, "Quarter").state & mirror::state_selected) != 0);
    CHECK((screen.node(Role::tab, "Week").state & mirror::state_selected) == 0);
}

TEST_CASE("a field takes text up to its cap and never half a character") {
    std::string value;
    TextFieldResult last;
    Screen screen;
    screen.draw([&] { last = text_field("name", value, {.label = "Name", .error = "Too short", .bytes_max = 4}); });
    screen.frame(3);
    screen.press(screen.node(Role::textbox, "Name"));
    screen.type(
        "abc\xC3\xB1"
        "d");
    CHECK(value == "abc");
    const mirror::MirrorNode& node = screen.node(Role::textbox, "Name");
    CHECK(node.value == "abc");
    CHECK(node.description == "Too short");
    CHECK((node.state & mirror::state_invalid) != 0);
}

TEST_CASE("a password stays out of the mirror until it is shown") {
    std::string value = "secret";
    Screen screen;
    screen.draw([&] { text_field("password", value, {.label = "Password", .kind = FieldKind::password}); });
    screen.frame(3);
    CHECK(screen.node(Role::password, "Password").value.empty());
    screen.press(screen.node(Role::button, "Show password"));
    screen.frame(2);
    CHECK(screen.node(Role::textbox, "Password").value == "secret");
}

TEST_CASE("enter submits a single line") {
    std::string value;
    int submitted = 0;
    Screen screen;
    screen.draw([&] { submitted += text_field("q", value, {.label = "Query"}).submitted; });
    screen.frame(3);
    screen.press(screen.node(Role::textbox, "Query"));
    screen.type("x");
    CHECK(submitted == 0);
    screen.key(ImGuiKey_Enter);
    CHECK(submitted == 1);
}

TEST_CASE("a select opens, is chosen from by pointer and by keyboard") {
    int chosen = 0;
    const std::array<SelectOption, 3> options = {{{"Cedar"}, {"Harbor"}, {"Lake"}}};
    Screen screen;
    screen.draw([&] { select("practice", options, chosen, {.label = "Practice"}); });
    screen.frame(3);
    CHECK(screen.node(Role::combobox, "Practice").value == "Cedar");
    screen.press(screen.node(Role::combobox, "Practice"));
    screen.frame(3);
    CHECK((screen.node(Role::combobox, "Practice").state & mirror::state_expanded) != 0);
    screen.press(screen.node(Role::option, "Lake"));
    CHECK(chosen == 2);
    screen.frame(3);
    CHECK(screen.find(Role::option, "Lake") == nullptr);
    screen.press(screen.node(Role::combobox, "Practice"));
    screen.frame(3);
    screen.key(ImGuiKey_UpArrow);
    screen.key(ImGuiKey_Enter);
    CHECK(chosen == 1);
}

TEST_CASE("a dialog traps the screen and closes on escape") {
    Shown shown = Shown::no;
    int outside = 0;
    std::string subject;
    Screen screen;
    screen.draw([&] {
        outside += button("outside", "Outside");
        if (begin_dialog("dialog", shown, {.title = "File ticket"})) {
            text_field("subject", subject, {.label = "Subject"});
            end_dialog();
        }
    });
    screen.frame(3);
    const mirror::MirrorNode before = screen.node(Role::button, "Outside");
    shown = Shown::yes;
    screen.frame(4);
    const mirror::MirrorNode& dialog = screen.node(Role::dialog, "File ticket");
    CHECK((dialog.state & mirror::state_modal) != 0);
    screen.press(before);
    CHECK(outside == 0);
    screen.key(ImGuiKey_Escape);
    screen.frame(3);
    CHECK(shown == Shown::no);
    CHECK(screen.find(Role::dialog, "File ticket") == nullptr);
}

TEST_CASE("a dialog that is no longer drawn, or closed by its owner, blocks nothing") {
    Shown shown = Shown::yes;
    bool drawn = true;
    int outside = 0;
    Screen screen;
    screen.draw([&] {
        outside += button("outside", "Outside");
        if (drawn && begin_dialog("dialog", shown, {.title = "File ticket"})) {
            text(TextStyle::body, "Body");
            end_dialog();
        }
    });
    screen.frame(5);
    CHECK(screen.find(Role::dialog, "File ticket") != nullptr);
    SECTION("not drawn, as after a change of screen") {
        drawn = false;
    }
    SECTION("closed by its owner between frames") {
        shown = Shown::no;
    }
    screen.frame(3);
    screen.press(screen.node(Role::button, "Outside"));
    CHECK(outside == 1);
}

TEST_CASE("a menu returns the item that was chosen") {
    int chosen = -1;
    const std::array<MenuItem, 2> items = {
        {{.id = "copy", .label = "Copy link"}, {.id = "delete", .label = "Delete draft", .tone = Tone::bad}}};
    Screen screen;
    screen.draw([&] {
        if (button("more", "More actions")) {
            open_menu("menu");
        }
        if (const int picked = menu("menu", items); picked >= 0) {
            chosen = picked;
        }
    });
    screen.frame(3);
    screen.press(screen.node(Role::button, "More actions"));
    screen.frame(3);
    screen.press(screen.node(Role::menu_item, "Delete draft"));
    CHECK(chosen == 1);
}

TEST_CASE("a toast offers undo, and goes by itself") {
    ToastStack toasts;
    ToastResult last;
    Screen screen;
    screen.draw([&] {
        if (const ToastResult result = toasts.draw(); result.event != ToastEvent::none) {
            last = result;
        }
    });
    toasts.push({7, "Ticket closed", Tone::good, "Undo"});
    screen.frame(30);
    screen.press(screen.node(Role::button, "Undo"));
    CHECK(last.event == ToastEvent::acted);
    CHECK(last.key == 7);
    CHECK(toasts.is_empty());
    // A pointer that rests on a toast keeps it.
    screen.move_to(ImVec2(10, 10));
    toasts.push({8, "Saved", Tone::good, ""});
    screen.frame(60 * 6);
    CHECK(last.event == ToastEvent::expired);
    CHECK(last.key == 8);
}

TEST_CASE("no more toasts than the cap are kept") {
    ToastStack toasts;
    Screen screen;
    screen.draw([&] { toasts.draw(); });
    for (std::uint64_t key = 0; key < 10; ++key) {
        toasts.push({key, "Toast " + std::to_string(key), Tone::good, ""});
    }
    screen.frame(3);
    CHECK(screen.find(Role::text, "Toast 9") != nullptr);
    CHECK(screen.find(Role::text, "Toast 5") == nullptr);
    toasts.push({9, "Toast 9 once more", Tone::good, ""});
    screen.frame(3);
    CHECK(screen.find(Role::text, "Toast 9") == nullptr);
    CHECK(screen.find(Role::text, "Toast 9 once more") != nullptr);
    CHECK(screen.find(Role::text, "Toast 7") != nullptr);
}

TEST_CASE("the palette finds, and enter runs the best match") {
    PaletteState state;
    int chosen = -1;
    const std::array<PaletteItem, 3> items = {
        {{.label = "Go to overview"}, {.label = "File ticket"}, {.label = "Dark appearance"}}};
    Screen screen;
    screen.draw([&] {
        if (const int picked = palette(state, "Commands", "Search", items); picked >= 0) {
            chosen = picked;
        }
    });
    open_palette(state);
    screen.frame(5);
    screen.type("dark");
    CHECK(screen.find(Role::option, "File ticket") == nullptr);
    screen.key(ImGuiKey_Enter);
    CHECK(chosen == 2);
    CHECK(state.shown == Shown::no);
}

TEST_CASE("two keys make a shortcut, except inside of a field") {
    ShortcutListener listener;
    const std::array<Shortcut, 3> shortcuts = {
        {{"g t", "Tickets", 4}, {"c", "File ticket", 5}, {"Ctrl K", "Commands", 6}}};
    int command = -1;
    std::string value;
    Screen screen;
    screen.draw([&] {
        text_field("field", value, {.label = "Field"});
        if (const int heard = listener.listen(shortcuts); heard >= 0) {
            command = heard;
        }
    });
    screen.frame(3);
    screen.key(ImGuiKey_G);
    CHECK(command == -1);
    screen.key(ImGuiKey_T);
    CHECK(command == 4);
    command = -1;
    screen.key(ImGuiKey_T);
    CHECK(command == -1);
    screen.key(ImGuiKey_C);
    CHECK(command == 5);
    command = -1;
    screen.press(screen.node(Role::textbox, "Field"));
    screen.key(ImGuiKey_C);
    CHECK(command == -1);
}

}  // namespace portal::ui
