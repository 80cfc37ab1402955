#include "app/store/saved_views.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/vm/route.hpp"
#include "tests/store/demo_replica.hpp"

namespace portal::store::test {
namespace {

const std::string refunds = "/financing/rows?kind=refund&sort=amount";

TEST_CASE("Views are read as they were kept, without what is none", "[store]") {
    CHECK(read_views(text_of_views({{"Refunds", refunds}, {"Señal, \"todo\"", "/financing/rows"}})) ==
          std::vector<vm::SavedView>{{"Refunds", refunds}, {"Señal, \"todo\"", "/financing/rows"}});
    CHECK(text_of_views({{"", refunds}, {" \n\t", refunds}, {"Nowhere", "/nowhere"}}).empty());
    CHECK(read_views(text_of_views({{" two\nlines\t ", refunds}})).front().name == "two lines");
    // An address says nothing that it does not mean, and a name is no half of a letter.
    CHECK(read_views(text_of_views({{"x", refunds + "&first=9&color=red"}})).front().route == refunds);
    const std::string name = read_views(text_of_views({{std::string(79, 'a') + "ñ", refunds}})).front().name;
    CHECK(name == std::string(79, 'a'));
    CHECK(read_views("").empty());
    CHECK(read_views("no tab\n").empty());
}

TEST_CASE("No more views are kept than their cap says", "[store]") {
    std::vector<vm::SavedView> many;
    for (std::size_t index = 0; index < limits::saved_views_max + 5; ++index)
        many.push_back({"View " + std::to_string(index), refunds});
    CHECK(read_views(text_of_views(many)).size() == limits::saved_views_max);
}

TEST_CASE("A user's views stay in the replica, and the screen shows them", "[store]") {
    auto replica = replica_of("practice_owner");
    DemoStore demo(std::move(replica));
    const vm::ShowScreen show{*vm::parse_route(refunds)};
    CHECK(demo.after(show).financing->saved_views.empty());
    demo.after(vm::KeepViews{{{"Refunds", refunds}}});
    CHECK(demo.store.snapshot()->financing->saved_views == std::vector<vm::SavedView>{{"Refunds", refunds}});
    DemoStore again(demo.store.detach());
    CHECK(again.after(show).financing->saved_views == std::vector<vm::SavedView>{{"Refunds", refunds}});
    again.after(vm::KeepViews{});
    CHECK(again.store.snapshot()->financing->saved_views.empty());
}

}  // namespace
}  // namespace portal::store::test
