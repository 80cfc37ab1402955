// Rows and files that something else than the client has changed on its device.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>

#include "shared/base/limits.hpp"
#include "tests/sim/one_client.hpp"

namespace portal::sim {
namespace {

struct Repairing : OneClient {
    // Between two runs of the client.
    void damage(const std::string& sql) {
        client.take_replica()->database().exec(sql);
        client.restart();
    }
    std::string stored(const std::string& sql) {
        const std::string value = client.take_replica()->database().execAndGet(sql).getString();
        client.restart();
        return value;
    }
    std::int64_t troubles() const {
        return std::count_if(client.troubles().begin(), client.troubles().end(),
                             [](const std::string& text) { return text.starts_with("stream sum"); });
    }
};

constexpr const char* subject = "SELECT subject FROM base_ticket LIMIT 1";
constexpr const char* spoil = "UPDATE base_ticket SET rev = rev + 7, subject = 'spoilt'";
// Of another stream, and its sum does not tell.
constexpr const char* mark = "UPDATE base_practice SET region = 'kept'";
constexpr const char* marked = "SELECT region FROM base_practice LIMIT 1";

}  // namespace

TEST_CASE("Rows that went bad on the device are told and loaded anew, their stream alone", "[sync]") {
    Repairing world;
    const std::string before = world.stored(subject);
    world.damage(spoil);
    world.damage(mark);
    world.settle();
    CHECK(world.stored(subject) == "spoilt");
    world.settle_after(limits::recheck_wait_ms);
    CHECK(world.stored(subject) == before);
    CHECK(world.stored(marked) == "kept");
    CHECK(world.troubles() == 1);
}

TEST_CASE("A sum that the server tells and the device does not have loads the stream anew", "[sync]") {
    Repairing world;
    const std::string before = world.stored(subject);
    world.damage(spoil);
    world.damage(mark);
    world.damage("UPDATE stream SET hash_low = hash_low + 1 WHERE name LIKE 'l:%:work'");
    world.server.write([](server::WriteTransaction& writes) {
        Ticket ticket = from_row<Ticket>(*writes.get(Entity::ticket, server::test::id_of("ticketa")));
        ticket.description += " and more";
        writes.put(to_row(ticket));
    });
    // Before the device itself would look.
    static_assert(limits::pull_period_ms + 20'000 < limits::recheck_wait_ms);
    world.client.step();
    world.server.clock.advance(limits::pull_period_ms);
    world.settle();
    CHECK(world.stored(subject) == before);
    CHECK(world.stored(marked) == "kept");
}

TEST_CASE("A stream is loaded anew once a day, whatever its sum says", "[sync]") {
    Repairing world;
    world.damage(spoil);
    world.settle_after(limits::recheck_wait_ms);
    REQUIRE(world.stored(subject) != "spoilt");
    world.damage(spoil);
    world.settle_after(limits::recheck_wait_ms);
    CHECK(world.troubles() == 2);
    CHECK(world.stored(subject) == "spoilt");
    world.settle_after(limits::repair_period_ms);
    world.settle_after(limits::recheck_wait_ms);
    CHECK(world.stored(subject) != "spoilt");
}

TEST_CASE("A damaged database is set aside, loaded again, and keeps the edits that it held", "[sync]") {
    Repairing world;
    world.client.set_offline(true);
    world.settle();
    while (world.client.act() != Deed::filed) {
    }
    world.settle();
    REQUIRE(world.client.snapshot()->sync->pending_count > 0);
    std::int64_t saved = world.client.snapshot()->sync->pending_count;
    std::size_t page_bytes = 0, page = 0;
    {
        const auto replica = world.client.take_replica();
        page_bytes = static_cast<std::size_t>(replica->database().execAndGet("PRAGMA page_size").getInt());
        page = static_cast<std::size_t>(
            replica->database().execAndGet("SELECT rootpage FROM sqlite_schema WHERE name = 'base_ticket'").getInt());
    }
    SECTION("in the rows of one table, while it is open") {
        world.client.spoil((page - 1) * page_bytes, std::string(page_bytes, 'x'));
    }
    SECTION("in what is read when it opens") {
        page = static_cast<std::size_t>(world.client.take_replica()
                                            ->database()
                                            .execAndGet("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'")
                                            .getInt());
        world.client.spoil((page - 1) * page_bytes, std::string(page_bytes, 'x'));
    }
    SECTION("in the rows' index, which is found when the edits have been sent") {
        saved = 0;
        page = static_cast<std::size_t>(
            world.client.take_replica()
                ->database()
                .execAndGet("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_base_ticket_1'")
                .getInt());
        world.client.spoil((page - 1) * page_bytes, std::string(page_bytes, 'x'));
    }
    world.client.restart();
    world.settle();
    world.server.clock.advance(limits::recheck_wait_ms);
    world.settle();
    CHECK(world.client.is_quiet());
    CHECK(world.client.snapshot()->sync->problem == vm::LocalProblem::none);
    CHECK(world.client.snapshot()->sync->storage == vm::StorageKind::durable);
    const auto told = std::find_if(world.client.troubles().begin(), world.client.troubles().end(),
                                   [](const std::string& text) { return text.find("set aside") != std::string::npos; });
    REQUIRE(told != world.client.troubles().end());
    CHECK(told->ends_with(": " + std::to_string(saved)));
    // Those that were saved have numbers; what comes after them has others.
    const Id after = world.file("After the damage").intent;
    world.settle();
    const auto truth = world.server.repository->read();
    CHECK(truth->mutation(after).has_value());
    const auto& tray = world.sync()->tray;
    for (const auto& posted : world.client.posted())
        CHECK((truth->mutation(posted.intent).has_value() ||
               std::ranges::find(tray, posted.intent, &vm::TrayEntry::intent) != tray.end()));
}

TEST_CASE("A copy that was taken away is told apart from one that was damaged", "[sync]") {
    Repairing world;
    const auto sync = [&] { return world.client.snapshot()->sync; };
    CHECK(sync()->began_empty);
    world.client.restart();
    world.settle();
    CHECK_FALSE(sync()->began_empty);
    const Id client = sync()->client;
    CHECK_FALSE(client.empty());
    (void)world.client.take_replica();
    world.client.spoil(0, std::string(4'096, 'x'));
    world.client.restart();
    world.settle();
    CHECK_FALSE(sync()->began_empty);
    world.client.evict();
    world.settle();
    CHECK(sync()->began_empty);
    CHECK(sync()->client != client);
}

TEST_CASE("A file that is no database any more is loaded again", "[sync]") {
    Repairing world;
    const std::string before = world.stored(subject);
    (void)world.client.take_replica();
    world.client.spoil(0, std::string(4'096, 'x'));
    world.client.restart();
    world.settle();
    CHECK(world.client.is_quiet());
    CHECK(world.stored(subject) == before);
}

}  // namespace portal::sim
