// A restore undoes edits that were answered; they are offered again before whatever was made on top of them.
#include <catch2/catch_test_macros.hpp>

#include "tests/sim/one_client.hpp"

namespace portal::sim {
namespace {

// As after a copy of the profile: the server has not met the new client id, so no gap in its numbers tells of a
// restore.
void renew_client(OneClient& world) {
    {
        const auto replica = world.client.take_replica();
        store::Outbox outbox(*replica);
        replica->begin();
        store::ReplicaState state = replica->state();
        state.client = make_id(world.server.clock.now_ms(), world.random);
        replica->set_state(state);
        outbox.renumber(store::Journal::keep, world.server.clock.now_ms());
        replica->commit();
    }
    world.client.restart();
    world.settle();
}

TEST_CASE("After a restore an edit waits for those before it, also of a client that the server has not met", "[sync]") {
    OneClient world;
    REQUIRE(world.server.back_up("backup"));
    const vm::FileTicket ticket = world.file("Undone by the restore");
    world.settle();
    REQUIRE(world.sync()->pending_count == 0);
    renew_client(world);
    world.server.restore("backup");
    vm::ReplyToTicket reply;
    reply.intent = make_id(world.server.clock.now_ms(), world.random);
    reply.message = make_id(world.server.clock.now_ms(), world.random);
    reply.ticket = ticket.ticket;
    reply.body = "Made before the device knew of it";
    world.client.browser().owner().post(reply);
    world.settle_after(limits::retry_delay_ms_max);
    CHECK(world.sync()->pending_count == 0);
    CHECK(world.sync()->tray_count == 0);
    const auto truth = world.server.repository->read();
    CHECK(truth->row(Entity::ticket, ticket.ticket).has_value());
    CHECK(truth->row(Entity::message, reply.message).has_value());
}

}  // namespace
}  // namespace portal::sim
