// The field above a list, and the address that it narrows the list by.
#include "app/views/search_field.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "tests/views/view_stage.hpp"

namespace portal::views {
namespace {

using mirror::Role;

struct DrawnSearch : test::ViewStage {
    DrawnSearch() {
        screen.draw([this] {
            std::string wanted = address;
            if (search_field(context(), field, vm::Word::tickets_search, wanted)) address = wanted;
        });
        screen.frame(2);
    }
    void type(const char* words) {
        screen.type(words);
        screen.frame(3);
    }
    void go(std::string_view search) {
        address = search;
        screen.frame(2);
    }
    const mirror::MirrorNode& box() const { return *screen.all(Role::search_box).at(0); }

    SearchField field;
    std::string address;
};

TEST_CASE("a search field says what the address says, also while it has the focus", "[views]") {
    DrawnSearch drawn;
    drawn.go("ledger");
    CHECK(drawn.box().value == "ledger");
    drawn.field.takes_focus = true;
    drawn.screen.frame(2);
    drawn.type("s");
    CHECK(drawn.address.find('s') != std::string::npos);
    drawn.go("");
    CHECK(drawn.box().value.empty());
    CHECK(drawn.address.empty());
}

TEST_CASE("what is typed narrows the address letter by letter and stands", "[views]") {
    DrawnSearch drawn;
    drawn.field.takes_focus = true;
    drawn.screen.frame(2);
    drawn.type("le");
    drawn.type("dger");
    CHECK(drawn.address == "ledger");
    CHECK(drawn.box().value == "ledger");
    CHECK(drawn.field.number == 0);
}

}  // namespace
}  // namespace portal::views
