#include <array>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "app/ui/badge.hpp"
#include "app/ui/fuzzy.hpp"
#include "app/ui/palette.hpp"
#include "app/ui/select.hpp"
#include "app/ui/text_field.hpp"

namespace portal::ui {

TEST_CASE("fuzzy matching wants the letters in order, whatever their case or accent") {
    CHECK(fuzzy_score("nunez",
                      "N\xC3\xBA\xC3\xB1"
                      "ez Family Medicine") > 0);
    CHECK(fuzzy_score("BVG", "Brookside Veterinary Group") > 0);
    CHECK(fuzzy_score("gvb", "Brookside Veterinary Group") == 0);
    CHECK(fuzzy_score("ok", "book out") > 0);
    CHECK(fuzzy_score("", "anything") == 1);
    CHECK(fuzzy_score("a", "") == 0);
}

TEST_CASE("starts of words and neighbours weigh more") {
    CHECK(fuzzy_score("fi", "File ticket") > fuzzy_score("fi", "Stuff in boxes"));
    CHECK(fuzzy_score("tick", "Tickets") > fuzzy_score("tick", "The indoor cat keeper"));
}

TEST_CASE("the palette ranks labels before keywords and keeps order when nothing is typed") {
    const std::array<PaletteItem, 3> items = {
        {{.label = "Overview"}, {.label = "File ticket", .keywords = "problem"}, {.label = "Problem list"}}};
    std::vector<int> order;
    rank("problem", items, order);
    CHECK(order == std::vector<int>{2, 1});
    rank("", items, order);
    CHECK(order == std::vector<int>{0, 1, 2});
    rank("zz", items, order);
    CHECK(order.empty());
}

TEST_CASE("type-ahead goes on from where it is and wraps") {
    const std::array<SelectOption, 4> options = {{{"Cedar"}, {"Harbor"}, {"Cobalt"}, {"Lake"}}};
    CHECK(type_ahead(options, -1, "c") == 0);
    CHECK(type_ahead(options, 0, "C") == 2);
    CHECK(type_ahead(options, 2, "c") == 0);
    CHECK(type_ahead(options, 0, "ce") == 0);
    CHECK(type_ahead(options, 0, "x") == -1);
    CHECK(type_ahead({}, 0, "x") == -1);
}

TEST_CASE("text is cut between characters") {
    CHECK(cut_to_bytes("abc", 5) == "abc");
    CHECK(cut_to_bytes("abc", 2) == "ab");
    CHECK(cut_to_bytes("a\xC3\xB1", 2) == "a");
    CHECK(cut_to_bytes("\xE2\x82\xAC", 2).empty());
}

TEST_CASE("initials come from the first and the last name") {
    CHECK(initials_of("Ana Mar\xC3\xAD"
                      "a Pe\xC3\xB1"
                      "a")
              .view() == "AP");
    CHECK(initials_of("\xC3\xB3scar ruiz").view() == "\xC3\x93R");
    CHECK(initials_of("support").view() == "S");
    CHECK(initials_of("  ").view().empty());
    CHECK(initials_of("").view().empty());
}

}  // namespace portal::ui
