#include "app/pitch/leads.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/limits.hpp"

namespace portal::pitch {
namespace {

const vm::Lead good_lead = {"Peña Dental", "Ada Núñez", "ada@pena.example", "Call after 3 PM, 702-555-0142"};

}  // namespace

TEST_CASE("A lead names a practice and an address, and no number of a person's", "[pitch]") {
    CHECK(problem_of_lead(good_lead, 0) == vm::LeadProblem::none);
    vm::Lead lead = good_lead;
    lead.practice = " ";
    CHECK(problem_of_lead(lead, 0) == vm::LeadProblem::no_practice);
    for (const char* wrong :
         {"", "ada", "@pena.example", "ada@pena", "a da@pena.example", "ada@@pena.example", "ada@pena."}) {
        INFO(wrong);
        lead = good_lead;
        lead.email = wrong;
        CHECK(problem_of_lead(lead, 0) == vm::LeadProblem::wrong_email);
    }
    lead = good_lead;
    lead.note = "patient 123-45-6789";
    CHECK(problem_of_lead(lead, 0) == vm::LeadProblem::identifier);
    CHECK(problem_of_lead(good_lead, limits::leads_max) == vm::LeadProblem::too_many);
}

TEST_CASE("Leads are read as they were kept, and what is none is left out", "[pitch]") {
    vm::Lead second = good_lead;
    second.note = "two\nlines\tand a tab";
    const auto read = leads_of_text(text_of_leads({good_lead, second}));
    REQUIRE(read.size() == 2);
    CHECK(read[0] == good_lead);
    CHECK(read[1].note == "two lines and a tab");
    CHECK(leads_of_text("").empty());
    CHECK(leads_of_text("rubbish\n\t\n\t\t\t\t\n").empty());
    CHECK(leads_of_text("a\tb\tc\td").size() == 1);
    std::string many;
    for (std::size_t line = 0; line < limits::leads_max + 5; ++line)
        many += "a\tb\tc\td\n";
    CHECK(leads_of_text(many).size() == limits::leads_max);
    CHECK(csv_of_leads({good_lead}, vm::Format(vm::Language::english, 0)).find("ada@pena.example") !=
          std::string::npos);
}

TEST_CASE("What a wipe looks for is what is somebody's own, and not what stands in any text", "[pitch]") {
    vm::Lead lead = good_lead;
    lead.name = "Ada";
    lead.note = "Call\nlater";
    CHECK(traces_of_leads({lead}) == std::vector<std::string>{"Peña Dental", "ada@pena.example", "Call later"});
    CHECK(traces_of_leads({vm::Lead{}}).empty());
}

}  // namespace portal::pitch
