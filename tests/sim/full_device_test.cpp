// Edits for which a device has no room: told at once, kept in memory, stored when there is room.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/sim/one_client.hpp"

namespace portal::sim {
namespace {

void check_filed(OneClient& world, const std::vector<vm::FileTicket>& filed) {
    const auto truth = world.server.repository->read();
    std::int64_t last_number = 0;
    for (const vm::FileTicket& one : filed) {
        const auto row = truth->row(Entity::ticket, one.ticket);
        REQUIRE(row.has_value());
        CHECK(integer_value(*row, "number") > last_number);
        last_number = integer_value(*row, "number");
    }
    CHECK(world.sync()->pending_count == 0);
    CHECK(world.sync()->tray_count == 0);
    CHECK(world.sync()->problem == vm::LocalProblem::none);
}

}  // namespace

TEST_CASE("An edit for which there is no room is told at once and stored when there is room", "[sync]") {
    OneClient world;
    const bool is_offline = GENERATE(true, false);
    world.client.set_offline(is_offline);
    world.settle();
    world.client.set_full(true);
    std::vector<vm::FileTicket> filed = {world.file("No room for this")};
    world.client.step();
    const auto told = world.client.snapshot();
    CHECK(told->sync->problem == vm::LocalProblem::storage_full);
    CHECK(told->sync->pending_count == 1);
    CHECK(told->sync->oldest_pending_ms > 0);
    REQUIRE(told->announcement);
    CHECK(told->announcement->kind == vm::Announcement::Kind::not_saved);
    // Of the next one, too; and what is only looked at is not held up by them.
    filed.push_back(world.file("Nor for this"));
    world.client.browser().owner().post(vm::ShowScreen{vm::TicketsQuery{.tab = vm::TicketTab::all}});
    world.client.step();
    CHECK(world.client.snapshot()->announcement->serial > told->announcement->serial);
    CHECK(world.client.snapshot()->tickets->query.tab == vm::TicketTab::all);
    world.settle();
    CHECK(world.sync()->pending_count == 2);
    // The file of edits has them, in order.
    world.client.browser().owner().post(vm::ExportData{vm::Export::outbox, vm::SyncQuery{}});
    world.client.step();
    REQUIRE(world.client.snapshot()->ready_export);
    const std::string edits = world.client.snapshot()->ready_export->bytes;
    CHECK(edits.find("No room for this") != std::string::npos);
    CHECK(edits.find("Nor for this") > edits.find("No room for this"));
    // Leaving asks first.
    world.client.browser().owner().post(vm::SignOut{});
    world.settle();
    CHECK(world.sync()->pending_count == 2);
    const std::int64_t serial = world.client.snapshot()->announcement->serial;
    world.settle();
    CHECK(world.client.snapshot()->announcement->serial == serial);

    world.client.set_full(false);
    world.settle_after(limits::room_retry_ms);
    if (is_offline) {
        CHECK(world.sync()->pending_count == 2);
        CHECK(world.sync()->pending.size() == 2);
        world.client.restart();
        world.settle();
        world.client.set_offline(false);
        world.settle_after(limits::retry_delay_ms_max);
    }
    check_filed(world, filed);
}

TEST_CASE("What a tab that follows wishes waits for room in it, whoever owns the store then", "[sync]") {
    OneClient world("frida", 2);
    REQUIRE(world.client.browser().follower());
    world.client.set_full(true);
    const std::vector<vm::FileTicket> filed = {world.file(*world.client.browser().follower(), "No room for this")};
    world.settle();
    for (const auto& tab : world.client.browser().tabs())
        CHECK(tab->snapshot()->sync->problem == vm::LocalProblem::storage_full);
    const bool owner_goes = GENERATE(false, true);
    if (owner_goes) world.client.close_owner();
    world.settle();
    CHECK_FALSE(world.server.repository->read()->row(Entity::ticket, filed.front().ticket).has_value());
    world.client.set_full(false);
    world.settle_after(limits::tab_word_period_ms);
    check_filed(world, filed);
}

}  // namespace portal::sim
