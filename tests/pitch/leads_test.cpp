#include "app/pitch/leads.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/limits.hpp"

namespace portal::pitch {
namespace {

const vm::Lead good_lead = {"Peña Dental", "Ada Núñez", "ada@pena.example", "Call after 3 PM, 702-555-0142", {}};

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

TEST_CASE("Leads are taken away as a file", "[pitch]") {
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
