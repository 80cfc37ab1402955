#include "app/vm/leads_text.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/limits.hpp"

namespace portal::vm {
namespace {

const Lead good_lead = {"Peña Dental", "Ada Núñez", "ada@pena.example", "Call after 3 PM",
                        "01J00000000000000000000001"};

}  // namespace

TEST_CASE("Leads are read as they were kept, and what is none is left out", "[vm]") {
    Lead second = good_lead;
    second.note = "two\nlines\tand a tab";
    second.name.clear();
    const auto read = leads_of_text(text_of_leads({good_lead, second}));
    REQUIRE(read.size() == 2);
    CHECK(read[0] == good_lead);
    CHECK(read[1].note == "two lines and a tab");
    CHECK(read[1].name.empty());
    CHECK(leads_of_text("").empty());
    CHECK(leads_of_text("rubbish\n\t\n\t\t\t\t\t\n").empty());
    std::string many;
    for (std::size_t line = 0; line < limits::leads_max + 5; ++line)
        many += "a\tb\tc\td\t\n";
    CHECK(leads_of_text(many).size() == limits::leads_max);
    const std::string long_name(limits::lead_field_bytes_max + 1, 'x');
    CHECK(leads_of_text(long_name + "\tb\tc\td\t").front().practice.size() == limits::lead_field_bytes_max);
}

TEST_CASE("A lead of a build that gave no ids has none, nor has one whose id is none", "[vm]") {
    for (const char* text : {"a\tb\tc\td", "a\tb\tc\td\t", "a\tb\tc\td\tnonsense"}) {
        INFO(text);
        const auto read = leads_of_text(text);
        REQUIRE(read.size() == 1);
        CHECK(read.front() == Lead{"a", "b", "c", "d", {}});
    }
}

}  // namespace portal::vm
