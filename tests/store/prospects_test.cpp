// Leads of a pitch in the store: sent once however often it is told, refused into the tray, listed and exported.
#include "tests/store/demo_replica.hpp"

namespace portal::store::test {
namespace {

vm::SendLead lead_of(DemoStore& demo, std::string practice) {
    return {{std::move(practice), "Ada Núñez", "ada@pena.example", "Call after 3 PM",
             make_id(demo.clock.now_ms(), demo.random)}};
}

wire::PushResult answered(DemoStore& demo, RejectionCode code) {
    const Mutation sent = demo.store.outbox().pending(1).front().mutation;
    const auto kind = code == RejectionCode::none ? OutcomeKind::applied : OutcomeKind::rejected;
    return {sent.mid, sent.intent, {kind, code, "", {}}};
}

}  // namespace

TEST_CASE("A lead that is sent twice waits once, and is listed as waiting until the server has it", "[store]") {
    DemoStore demo("account_manager");
    REQUIRE(demo.store.snapshot()->session->takes_leads);
    REQUIRE(demo.store.snapshot()->overview->prospects.empty());
    const vm::SendLead first = lead_of(demo, "Peña Dental");
    demo.after(first);
    demo.clock.advance(1'000);
    demo.after(lead_of(demo, "Willow Vets"));
    const auto shown = demo.after(first);
    CHECK(shown.sync->pending_count == 2);
    REQUIRE(shown.overview->prospects.size() == 2);
    const vm::ProspectLine& line = shown.overview->prospects.front();
    CHECK(shown.overview->prospects.back().name == "Willow Vets");
    CHECK(line.id == first.lead.id);
    CHECK(line.contact == "Ada Núñez, ada@pena.example");
    CHECK(line.note == "Call after 3 PM");
    CHECK(line.sent_ms == DemoTenant::today * 86'400'000LL);
    CHECK(line.pending);
    REQUIRE(demo.store.take_push_results({"demo", {answered(demo, RejectionCode::none)}, false}).has_value());
    demo.settle();
    // It is in sight all the time, and waits no more once a pull has brought it.
    CHECK(demo.store.snapshot()->overview->prospects.front().pending);
    Replica& replica = demo.store.replica();
    replica.begin();
    replica.put_base(*replica.get(Entity::prospect, first.lead.id), {"b:book"});
    replica.commit();
    CHECK(demo.store.snapshot()->overview->prospects.size() == 2);
    const auto csv = demo.after(vm::ExportData{vm::Export::prospects, vm::OverviewQuery{}}).ready_export;
    REQUIRE(csv);
    CHECK(csv->name.starts_with("leads"));
    CHECK(csv->bytes.find("Peña Dental,Ada Núñez,ada@pena.example,Call after 3 PM") != std::string::npos);
    CHECK(csv->bytes.find("Willow Vets") != std::string::npos);
}

TEST_CASE("A lead that the server refuses is in the tray with what was noted down, and can be sent again", "[store]") {
    DemoStore demo("account_manager");
    const vm::SendLead lead = lead_of(demo, "Peña Dental");
    demo.after(lead);
    REQUIRE(demo.store.take_push_results({"demo", {answered(demo, RejectionCode::access_denied)}, false}).has_value());
    demo.settle();
    const auto refused = demo.store.snapshot();
    CHECK(refused->overview->prospects.empty());
    REQUIRE(refused->sync->tray.size() == 1);
    const vm::TrayEntry& entry = refused->sync->tray.front();
    CHECK(entry.row == lead.lead.id);
    CHECK(entry.about == "Peña Dental");
    CHECK(entry.op == "prospect.create");
    REQUIRE(entry.fields.size() == 3);
    CHECK(entry.fields[0].yours == "Ada Núñez");
    CHECK(entry.fields[1].yours == "ada@pena.example");
    const Id again = make_id(2, demo.random);
    const auto after = demo.after(vm::AnswerTray{lead.lead.id, again, vm::TrayAnswer::reapply_mine});
    CHECK(after.sync->tray.empty());
    CHECK(after.sync->pending.front().intent == again);
    CHECK(after.overview->prospects.front().id == lead.lead.id);
}

TEST_CASE("Only managers and leads are offered to send leads", "[store]") {
    for (const char* account : {"front_desk", "practice_owner", "support_agent", "vendor_engineer", "auditor"}) {
        INFO(account);
        CHECK_FALSE(DemoStore(account).store.snapshot()->session->takes_leads);
    }
}

}  // namespace portal::store::test
