#include "app/shell/waiting_leads.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/platform/window_headless.hpp"
#include "app/vm/leads_text.hpp"

namespace portal::shell {
namespace {

constexpr std::string_view key = "pitch-leads";
const Id first_id("01J00000000000000000000001"), second_id("01J00000000000000000000002");
const vm::Lead first_lead = {"Peña Dental", "Ada", "ada@pena.example", "", first_id};
const vm::Lead second_lead = {"Willow Vets", "Bo", "bo@willow.example", "", second_id};

class LeadIds final : public vm::IntentSink {
  public:
    void emit(vm::Intent) override {}
    Id new_id() override { return "01J0000000000000000000000" + std::to_string(++m_made + 4); }

  private:
    int m_made = 0;
};

// As a manager's page shows it.
struct LeadPage {
    vm::SessionPart session;
    vm::OverviewPart overview;
    vm::SyncPart sync;
    LeadIds ids;
    platform::HeadlessWindow window;

    LeadPage() { session.takes_leads = true; }
    std::vector<vm::Lead> look() {
        vm::Snapshot snapshot;
        snapshot.session = std::make_shared<const vm::SessionPart>(session);
        snapshot.overview = std::make_shared<const vm::OverviewPart>(overview);
        snapshot.sync = std::make_shared<const vm::SyncPart>(sync);
        return leads_to_send(window, snapshot, ids);
    }
    std::vector<vm::Lead> kept() const { return vm::leads_of_text(window.load_preference(key)); }
};

vm::ProspectLine line_of(const vm::Lead& lead, bool pending) {
    vm::ProspectLine line;
    line.id = lead.id;
    line.pending = pending;
    return line;
}

}  // namespace

TEST_CASE("a lead leaves the machine when the server has it, and not before", "[shell]") {
    LeadPage page;
    CHECK(page.look().empty());
    page.window.store_preference(key, vm::text_of_leads({first_lead, second_lead}));
    CHECK(page.look() == std::vector{first_lead, second_lead});
    // Sent, and on its way.
    page.overview.prospects = {line_of(first_lead, true)};
    CHECK(page.look() == std::vector{second_lead});
    CHECK(page.kept().size() == 2);
    // Refused: it is offered by the tray, and still kept.
    page.overview.prospects.clear();
    vm::TrayEntry refused;
    refused.row = first_id;
    page.sync.tray = {refused};
    CHECK(page.look() == std::vector{second_lead});
    CHECK(page.kept().size() == 2);
    // Answered; then it has arrived.
    page.sync.tray.clear();
    CHECK(page.look().size() == 2);
    page.overview.prospects = {line_of(first_lead, false)};
    CHECK(page.look() == std::vector{second_lead});
    CHECK(page.kept() == std::vector{second_lead});
    page.overview.prospects.push_back(line_of(second_lead, false));
    CHECK(page.look().empty());
    CHECK(page.window.load_preference(key).empty());
}

TEST_CASE("who may not take leads neither sees nor touches them", "[shell]") {
    LeadPage page;
    page.window.store_preference(key, vm::text_of_leads({first_lead}));
    page.session.takes_leads = false;
    page.overview.prospects = {line_of(first_lead, false)};
    CHECK(page.look().empty());
    CHECK(page.kept().size() == 1);
    vm::Snapshot nobody;
    CHECK(leads_to_send(page.window, nobody, page.ids).empty());
}

TEST_CASE("a lead without an id gets one that stays", "[shell]") {
    LeadPage page;
    page.window.store_preference(key, "Peña Dental\tAda\tada@pena.example\t\n");
    const auto offered = page.look();
    REQUIRE(offered.size() == 1);
    CHECK(is_id(offered.front().id));
    CHECK(page.look() == offered);
    CHECK(page.kept() == offered);
}

}  // namespace portal::shell
