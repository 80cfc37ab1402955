// What the overview says of leads: those that wait on this machine, with what can be done about them, and those sent.
#include "app/views/prospects_view.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/views/view_stage.hpp"

namespace portal::views {
namespace {

using mirror::Role;

struct DrawnLeads : test::ViewStage {
    explicit DrawnLeads(vm::Language language, ImVec2 extent = ImVec2(1280, 800)) : ViewStage(extent, language) {
        screen.draw([this] {
            waiting_leads_note(context(), waiting);
            ui::Grid grid("home");
            prospects_card(context(), grid, part);
        });
    }
    void press(std::string_view name) { ViewStage::press(Role::button, name); }

    vm::OverviewPart part;
    WaitingLeadsState waiting;
};

const std::vector<vm::Lead> two_leads = {
    {"Peña Dental", "Ada Núñez", "ada@pena.example", "Call after 3 PM", "01J00000000000000000000001"},
    {"Willow Vets", "", "bo@willow.example", "", "01J00000000000000000000002"}};

}  // namespace

TEST_CASE("leads that wait are told plainly, looked at, put off, and sent each by its own id", "[views]") {
    DrawnLeads drawn(vm::Language::english);
    drawn.screen.frame(2);
    CHECK(drawn.screen.find(Role::button, "Send") == nullptr);
    drawn.waiting.leads = two_leads;
    drawn.screen.frame(2);
    CHECK(drawn.screen.find(Role::heading, "2 leads of a pitch wait on this machine") != nullptr);
    CHECK(drawn.screen.all(Role::list_item).empty());
    drawn.press("Look");
    CHECK(drawn.screen.all(Role::list_item).size() == 2);
    drawn.press("Send");
    REQUIRE(drawn.sink.intents.size() == 2);
    CHECK(std::get<vm::SendLead>(drawn.sink.intents[0]).lead == two_leads[0]);
    CHECK(std::get<vm::SendLead>(drawn.sink.intents[1]).lead == two_leads[1]);
    drawn.press("Later");
    CHECK(drawn.screen.find(Role::button, "Send") == nullptr);
    CHECK(drawn.waiting.leads.size() == 2);
}

TEST_CASE("on a phone, in Spanish, what can be done about leads lies inside the page", "[views]") {
    DrawnLeads drawn(vm::Language::spanish, ImVec2(390, 800));
    drawn.waiting.leads = {two_leads.front()};
    drawn.screen.frame(3);
    CHECK(drawn.screen.find(Role::heading, "1 contacto de una presentación espera en este equipo") != nullptr);
    for (const char* name : {"Enviar", "Ver", "Más tarde"}) {
        const mirror::MirrorNode& node = drawn.screen.node(Role::button, name);
        INFO(name);
        CHECK(node.rect.x >= 0);
        CHECK(node.rect.x + node.rect.width <= 390);
    }
}

TEST_CASE("leads that were sent are listed, and exported", "[views]") {
    DrawnLeads drawn(vm::Language::english);
    vm::ProspectLine line;
    line.id = two_leads[0].id;
    line.name = "Peña Dental";
    line.sent_ms = 1'772'627'400'000;
    line.pending = true;
    drawn.part.prospects = {line};
    drawn.screen.frame(3);
    CHECK(drawn.screen.find(Role::heading, "Leads of pitches") != nullptr);
    drawn.press("Export");
    drawn.screen.frame(20);
    drawn.screen.key(ImGuiKey_DownArrow);
    drawn.screen.key(ImGuiKey_Enter);
    drawn.screen.frame(2);
    REQUIRE_FALSE(drawn.sink.intents.empty());
    CHECK(std::get<vm::ExportData>(drawn.sink.intents.back()).what == vm::Export::prospects);
}

}  // namespace portal::views
