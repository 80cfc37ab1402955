#include "app/mirror/delta.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::mirror {

namespace {

MirrorNode node(std::uint32_t id, std::uint32_t parent, Rect rect, std::string name) {
    MirrorNode made;
    made.id = id;
    made.parent = parent;
    made.rect = rect;
    made.role = parent == 0 ? Role::list : Role::list_item;
    made.name = std::move(name);
    return made;
}

std::vector<MirrorNode> three_items() {
    return {node(1, 0, {10, 100, 200, 60}, "Tickets"), node(2, 1, {10, 100, 200, 20}, "First"),
            node(3, 1, {10, 120, 200, 20}, "Second")};
}

std::string text_of(const Delta& delta, std::size_t record, int which) {
    const DeltaRecord& told = delta.changed[record];
    return {delta.text + told.text_offset[which], told.text_length[which]};
}

}  // namespace

TEST_CASE("the first delta tells everything, an unchanged one nothing", "[mirror]") {
    DeltaEncoder encoder;
    const auto nodes = three_items();
    const Delta first = encoder.encode(nodes);
    REQUIRE(first.changed.size() == 3);
    CHECK(first.order_changed);
    CHECK(first.order.size() == 3);
    CHECK(first.order[2].parent == 1);
    CHECK(text_of(first, 1, 0) == "First");
    // Relative to the parent.
    CHECK(first.changed[2].x == 0);
    CHECK(first.changed[2].y == 20);
    const Delta second = encoder.encode(nodes);
    CHECK(second.changed.empty());
    CHECK_FALSE(second.order_changed);
}

TEST_CASE("scrolling a container tells its rectangle alone", "[mirror]") {
    DeltaEncoder encoder;
    auto nodes = three_items();
    encoder.encode(nodes);
    for (MirrorNode& moved : nodes)
        moved.rect.y -= 36;
    const Delta delta = encoder.encode(nodes);
    REQUIRE(delta.changed.size() == 1);
    CHECK(delta.changed[0].id == 1);
    CHECK(delta.changed[0].changed == change_rect);
    CHECK_FALSE(delta.order_changed);
}

TEST_CASE("a changed value tells one node", "[mirror]") {
    DeltaEncoder encoder;
    auto nodes = three_items();
    encoder.encode(nodes);
    nodes[2].value = "by 2:30 PM";
    const Delta delta = encoder.encode(nodes);
    REQUIRE(delta.changed.size() == 1);
    CHECK(delta.changed[0].id == 3);
    CHECK(delta.changed[0].changed == change_content);
    CHECK(text_of(delta, 0, 1) == "by 2:30 PM");
}

TEST_CASE("a new node tells itself and the order, not its siblings", "[mirror]") {
    DeltaEncoder encoder;
    auto nodes = three_items();
    encoder.encode(nodes);
    nodes.insert(nodes.begin() + 1, node(9, 1, {10, 140, 200, 20}, "Third"));
    const Delta delta = encoder.encode(nodes);
    REQUIRE(delta.changed.size() == 1);
    CHECK(delta.changed[0].id == 9);
    REQUIRE(delta.order_changed);
    CHECK(delta.order[1].id == 9);
    nodes.erase(nodes.begin() + 1);
    const Delta removed = encoder.encode(nodes);
    CHECK(removed.changed.empty());
    CHECK(removed.order.size() == 3);
}

TEST_CASE("a node under another parent is placed anew", "[mirror]") {
    DeltaEncoder encoder;
    auto nodes = three_items();
    encoder.encode(nodes);
    nodes[2].parent = 2;
    const Delta delta = encoder.encode(nodes);
    REQUIRE(delta.order_changed);
    CHECK(delta.order[2].parent == 2);
}

TEST_CASE("after forget() everything is told again", "[mirror]") {
    DeltaEncoder encoder;
    const auto nodes = three_items();
    encoder.encode(nodes);
    encoder.forget();
    CHECK(encoder.encode(nodes).changed.size() == 3);
}

}  // namespace portal::mirror
