// What a refused edit leaves, until its author has answered.
#include <catch2/catch_test_macros.hpp>

#include "tests/store/demo_replica.hpp"
#include "tests/store/replica_fixture.hpp"

namespace portal::store {

using test::DemoStore;

namespace {

vm::FileTicket filed(DemoStore& demo, const std::string& subject) {
    vm::FileTicket intent;
    intent.intent = make_id(1, demo.random);
    intent.ticket = make_id(1, demo.random);
    intent.location = demo.store.snapshot()->session->locations.front().id;
    intent.subject = subject;
    intent.description = "Since this morning";
    return intent;
}

// A ticket that the server has refused, with a reply that hangs on it.
vm::FileTicket refused_with_reply(DemoStore& demo) {
    const vm::FileTicket file = filed(demo, "Refused with what hangs on it");
    demo.after(file);
    vm::ReplyToTicket reply;
    reply.intent = make_id(2, demo.random);
    reply.message = make_id(2, demo.random);
    reply.ticket = file.ticket;
    reply.body = "And this besides.";
    demo.after(reply);
    const auto result = [&](std::int64_t mid, const Id& intent, RejectionCode code) {
        return wire::PushResult{mid, intent, {OutcomeKind::rejected, code, "", {}}};
    };
    const std::int64_t mid = demo.store.outbox().pending(1).front().mutation.mid;
    REQUIRE(demo.store
                .take_push_results({"demo",
                                    {result(mid, file.intent, RejectionCode::access_denied),
                                     result(mid + 1, reply.intent, RejectionCode::depends_on_rejected)},
                                    false})
                .has_value());
    demo.settle();
    return file;
}

void append_edits(DemoStore& demo, std::size_t count) {
    Mutation mutation = creation(1, "Another");
    demo.store.replica().begin();
    while (count-- > 0) {
        mutation.intent = make_id(5, demo.random);
        demo.store.outbox().append(mutation, "Another", 1);
    }
    demo.store.replica().commit();
}

template <std::size_t... Index>
void take_early(ReplicaStore& store, std::index_sequence<Index...>) {
    const auto take = [&](const vm::Intent& intent) {
        if (!ReplicaStore::needs_ready(intent)) CHECK(store.take(intent).has_value());
    };
    (take(std::variant_alternative_t<Index, vm::Intent>{}), ...);
}

}  // namespace

TEST_CASE("What is taken before there are rows needs none", "[store]") {
    DemoStore demo("practice_owner");
    demo.store.detach();
    take_early(demo.store, std::make_index_sequence<std::variant_size_v<vm::Intent>>());
    CHECK(ReplicaStore::needs_ready(vm::SetVendorConsent{}));
    CHECK_FALSE(ReplicaStore::needs_ready(vm::ShowScreen{}));
}

TEST_CASE("A ticket goes along with its location while it waits, and is neither refused nor out of sight", "[store]") {
    DemoStore demo("account_manager");
    const vm::FileTicket file = filed(demo, "Filed before the location came to another practice");
    demo.after(file);
    Replica& replica = demo.store.replica();
    auto location = from_row<Location>(*replica.get_base(Entity::location, file.location));
    const auto session = demo.store.snapshot()->session;
    const auto other =
        std::ranges::find_if(session->practices, [&](const auto& each) { return each.id != location.practice; });
    REQUIRE(other != session->practices.end());
    location.practice = other->id;
    replica.begin();
    replica.put_base(to_row(location), {});
    replay_overlay(replica, demo.store.outbox(), caller_of(replica), 1);
    replica.commit();
    demo.store.attach(demo.store.detach());
    vm::TicketsQuery query;
    query.selected = file.ticket;
    const vm::Snapshot& snapshot = demo.after(vm::ShowScreen{query});
    REQUIRE(snapshot.tickets->detail.has_value());
    CHECK(snapshot.tickets->detail->brief.practice_name == other->name);
    REQUIRE(snapshot.sync->pending.size() == 1);
    CHECK_FALSE(snapshot.sync->pending.front().may_conflict);
}

TEST_CASE("A refused ticket says all its words and what hangs on it, and both come back together", "[store]") {
    DemoStore demo("practice_owner");
    const vm::FileTicket file = refused_with_reply(demo);
    const auto sync = demo.store.snapshot()->sync;
    REQUIRE(sync->tray.size() == 1);
    CHECK(sync->tray_count == 1);
    CHECK(sync->pending_count == 0);
    const vm::TrayEntry& entry = sync->tray.front();
    CHECK(entry.attached == 1);
    REQUIRE(entry.fields.size() == 2);
    CHECK(entry.fields[0].yours == file.subject);
    CHECK(entry.fields[1].yours == file.description);
    const auto again = demo.after(vm::AnswerTray{entry.intent, make_id(4, demo.random), vm::TrayAnswer::reapply_mine});
    CHECK(again.sync->tray_count == 0);
    REQUIRE(again.sync->pending.size() == 2);
    const auto pending = demo.store.outbox().pending(2);
    CHECK(pending[1].mutation.depends_on == pending[0].mutation.intent);
}

TEST_CASE("An edit that cannot be applied again stays in the tray, whole", "[store]") {
    DemoStore demo("practice_owner");
    refused_with_reply(demo);
    const Id entry = demo.store.snapshot()->sync->tray.front().intent;
    // Room for the ticket and not for the reply.
    append_edits(demo, limits::outbox_mutations_max - 1);
    CHECK_FALSE(demo.store.take(vm::AnswerTray{entry, make_id(4, demo.random), vm::TrayAnswer::reapply_mine}));
    demo.settle();
    const auto sync = demo.store.snapshot()->sync;
    CHECK(sync->pending_count == static_cast<std::int64_t>(limits::outbox_mutations_max) - 1);
    REQUIRE(sync->tray.size() == 1);
    CHECK(sync->tray.front().intent == entry);
    CHECK(sync->tray.front().attached == 1);
}

TEST_CASE("The tray keeps every edit until it is answered, and shows the first of many", "[store]") {
    DemoStore demo("practice_owner");
    constexpr std::int64_t count = 700;
    demo.store.replica().begin();
    for (std::int64_t index = 0; index < count; ++index) {
        Mutation mutation = creation(1, "Many");
        mutation.intent = make_id(5, demo.random);
        demo.store.outbox().refuse(std::move(mutation), {OutcomeKind::rejected, RejectionCode::invalid, {}, {}}, "Many",
                                   index);
    }
    demo.store.outbox().prune(demo.clock.now_ms());
    demo.store.replica().commit();
    demo.store.attach(demo.store.detach());
    demo.settle();
    const auto sync = demo.store.snapshot()->sync;
    CHECK(sync->tray_count == count);
    CHECK(sync->tray.size() < static_cast<std::size_t>(count));
    CHECK_FALSE(sync->tray.empty());
    CHECK(vm::unsent_count(*sync) == count);
}

}  // namespace portal::store
