#include "app/mirror/mirror.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "app/mirror/imgui_hooks.hpp"
#include "shared/base/limits.hpp"

namespace portal::mirror {

// These run without an ImGui context: the mirror takes rectangles as they come.

namespace {

void add_two_rows(MirrorFrame& frame, std::string_view amount) {
    frame.push_container(10, {.role = Role::table, .name = "Deposits", .row_count = 2, .column_count = 1});
    for (std::uint32_t row = 0; row < 2; ++row) {
        frame.push_container(20 + row, {.role = Role::row, .row_index = static_cast<std::int32_t>(row) + 1});
        const Rect rect{100, 50 + 36.0f * static_cast<float>(row), 80, 20};
        frame.add_text_at(row == 0 ? std::string_view("Amount") : amount, rect);
        frame.pop_container();
    }
    frame.pop_container();
}

}  // namespace

TEST_CASE("the revision changes exactly when the picture does", "[mirror]") {
    MirrorFrame frame;
    const auto draw = [&](std::string_view amount) {
        frame.begin();
        add_two_rows(frame, amount);
        frame.end();
        return frame.revision();
    };
    const std::uint64_t first = draw("$12.00");
    CHECK(draw("$12.00") == first);
    const std::uint64_t second = draw("$12.01");
    CHECK(second != first);
    CHECK(draw("$12.01") == second);
    CHECK(draw("$12.00") != second);
}

TEST_CASE("a changed text keeps its node", "[mirror]") {
    MirrorFrame frame;
    frame.begin();
    add_two_rows(frame, "$12.00");
    frame.end();
    const std::uint32_t id = frame.nodes()[4].id;
    REQUIRE(frame.nodes()[4].name == "$12.00");
    frame.begin();
    add_two_rows(frame, "$99.00");
    frame.end();
    CHECK(frame.nodes()[4].id == id);
    CHECK(frame.nodes()[4].name == "$99.00");
}

TEST_CASE("containers nest and grow over their children", "[mirror]") {
    MirrorFrame frame;
    frame.begin();
    add_two_rows(frame, "$12.00");
    frame.end();
    REQUIRE(frame.nodes().size() == 5);
    const MirrorNode& table = frame.nodes()[0];
    CHECK(table.parent == 0);
    CHECK(frame.nodes()[1].parent == table.id);
    CHECK(frame.nodes()[2].parent == frame.nodes()[1].id);
    CHECK(table.rect.x == 100);
    CHECK(table.rect.y == 50);
    CHECK(table.rect.width == 80);
    CHECK(table.rect.height == 56);
    CHECK(table.row_count == 2);
}

TEST_CASE("a cell that holds one text says it itself, where the text stands", "[mirror]") {
    MirrorFrame frame;
    frame.begin();
    frame.push_container(10, {.role = Role::row, .row_index = 1}, {0, 50, 300, 36});
    const auto add_cell = [&](std::uint32_t id, std::string_view name, std::initializer_list<std::string_view> texts) {
        frame.push_container(id, {.role = Role::cell, .name = name, .column_index = 1}, {100, 50, 80, 36});
        for (const std::string_view text : texts)
            frame.add_text_at(text, {140, 59, 25, 18});
        frame.pop_container();
    };
    add_cell(20, {}, {"$12.00"});
    add_cell(30, {}, {"$12.00", "12 sales"});
    add_cell(40, "Net volume", {"$12.00"});
    add_cell(50, {}, {});
    frame.pop_container();
    frame.end();

    const auto nodes = frame.nodes();
    const auto child_count = [&](std::uint32_t id) { return std::ranges::count(nodes, id, &MirrorNode::parent); };
    const auto cell = std::ranges::find(nodes, 20u, &MirrorNode::id);
    CHECK(cell->name == "$12.00");
    CHECK(cell->rect.x == 140);
    // To the end of the cell: other words from there on move nothing.
    CHECK(cell->rect.width == 40);
    CHECK(cell->rect.height == 18);
    CHECK(cell->column_index == 1);
    CHECK(child_count(20) == 0);
    CHECK(child_count(30) == 2);
    CHECK(child_count(40) == 1);
    CHECK(std::ranges::find(nodes, 50u, &MirrorNode::id)->name.empty());
}

TEST_CASE("a container that is pushed again goes on", "[mirror]") {
    MirrorFrame frame;
    frame.begin();
    for (int part = 0; part < 2; ++part) {
        frame.push_container(10, {.role = Role::list, .name = "Tickets"});
        frame.add_text_at(part == 0 ? "One" : "Two", {0, 20.0f * static_cast<float>(part), 50, 20});
        frame.pop_container();
    }
    frame.end();
    REQUIRE(frame.nodes().size() == 3);
    CHECK(frame.nodes()[1].parent == 10);
    CHECK(frame.nodes()[2].parent == 10);
}

TEST_CASE("dialogs and popups hang under the root", "[mirror]") {
    MirrorFrame frame;
    frame.begin();
    frame.push_container(10, {.role = Role::table});
    frame.push_container(20, {.role = Role::dialog, .name = "Sure?", .state = state_modal});
    frame.on_item(21, {10, 10, 40, 20}, state_top_layer);
    frame.on_item_information(21, "Yes", state_none);
    frame.pop_container();
    frame.on_item(22, {10, 40, 40, 20}, state_top_layer);
    frame.on_item_information(22, "Tooltip", state_none);
    frame.on_item(23, {10, 80, 40, 20}, state_none);
    frame.on_item_information(23, "Cell", state_none);
    frame.pop_container();
    frame.end();
    REQUIRE(frame.nodes().size() == 5);
    CHECK(frame.nodes()[1].parent == 0);
    CHECK(frame.nodes()[2].parent == 20);
    CHECK(frame.nodes()[3].parent == 0);
    CHECK(frame.nodes()[4].parent == 10);
}

TEST_CASE("what the hooks found is exported only with a name or a role", "[mirror]") {
    MirrorFrame frame;
    frame.begin();
    frame.on_item(1, {0, 0, 10, 10}, state_none);  // A scroll bar: nobody says what it is.
    frame.on_item(2, {0, 20, 10, 10}, state_none);
    frame.on_item_information(2, "Save", state_none);
    frame.on_item(3, {0, 40, 10, 10}, state_none);
    frame.on_item_information(3, "Active", state_checkable | state_checked);
    frame.on_item(4, {0, 60, 10, 10}, state_none);
    frame.on_item_information(4, "", state_none);
    frame.on_item_inputable(4);
    frame.on_item(5, {0, 900, 10, 10}, state_clipped);
    frame.end();
    REQUIRE(frame.nodes().size() == 3);
    CHECK(frame.nodes()[0].role == Role::button);
    CHECK(frame.nodes()[1].role == Role::checkbox);
    CHECK((frame.nodes()[1].state & state_checked) != 0);
    CHECK(frame.nodes()[2].role == Role::textbox);
}

TEST_CASE("nothing is collected while the mirror is off", "[mirror]") {
    MirrorFrame frame;
    frame.set_enabled(false);
    frame.begin();
    add_two_rows(frame, "$12.00");
    frame.end();
    CHECK(frame.nodes().empty());
}

TEST_CASE("a frame keeps its first nodes when it is full", "[mirror]") {
    MirrorFrame frame;
    frame.begin();
    frame.push_container(1, {.role = Role::list});
    for (int i = 0; i < 20'000; ++i)
        frame.add_text_at("x", {0, static_cast<float>(i), 10, 10});
    frame.push_container(2, {.role = Role::group});
    frame.add_text_at("late", {0, 0, 10, 10});
    frame.pop_container();
    frame.pop_container();
    frame.end();
    CHECK(frame.nodes().size() == portal::limits::mirror_nodes_max);
    CHECK(frame.nodes()[0].role == Role::list);
}

TEST_CASE("every role has its own name", "[mirror]") {
    CHECK(role_name(Role::none) == "none");
    CHECK(role_name(Role::column_header) == "column_header");
    CHECK(role_name(Role::separator) == "separator");
}

}  // namespace portal::mirror
