// Rows that were taken back leave no byte on the device, even if its program or its power ends in between.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>

#include "tests/sim/simulated_client.hpp"

namespace portal::sim {
namespace {

using Death = SimulatedDisk::Death;

constexpr std::string_view canary = "known here until the grant was taken back";
constexpr int rounds_of_scrubbing = 6;
constexpr std::uint64_t crashes_max = 1'000;
constexpr std::uint64_t step = 3;  // Not every operation, for the time it takes.

struct Losing {
    Losing() {
        server.write([](server::WriteTransaction& writes) {
            Ticket ticket = from_row<Ticket>(*writes.get(Entity::ticket, server::test::id_of("ticketb")));
            ticket.description = canary;
            writes.put(to_row(ticket));
        });
        settle(client);
        REQUIRE(shows(client));
        server.write([](server::WriteTransaction& writes) {
            writes.remove(Entity::grant, server::test::id_of(grant_on_leave));
        });
    }

    void settle(SimulatedClient& settled) {
        for (int round = 0; round < rounds_of_scrubbing; ++round) {
            settled.step();
            server.clock.advance(1'000);
        }
    }
    static bool shows(const SimulatedClient& client) {
        const auto tickets = client.snapshot()->tickets;
        REQUIRE(tickets);
        return std::any_of(tickets->rows.begin(), tickets->rows.end(),
                           [](const vm::TicketBrief& brief) { return brief.id == server::test::id_of("ticketb"); });
    }

    Scenario scenario;
    SeededRandom random{1};
    SimulatedServer server{scenario, random};
    SimulatedNetwork network{server, random, scenario};
    SimulatedClient client{network, std::string(on_leave), 1};
};

}  // namespace

TEST_CASE("A crash between losing rows and scrubbing them leaves no byte once the device is used again, even offline",
          "[sim]") {
    Losing world;
    for (const Death death : {Death::program, Death::power}) {
        int in_between = 0;
        bool has_died = true;
        for (std::uint64_t operation = 1; has_died; operation += step) {
            REQUIRE(operation < crashes_max);
            world.network.is_away = false;
            SimulatedClient copy(world.client);
            copy.die_at(operation, death);
            for (int round = 0; round < rounds_of_scrubbing && !copy.has_come_back(); ++round) {
                copy.step();
                world.server.clock.advance(1'000);
            }
            has_died = copy.has_come_back();
            const bool held = copy.holds(canary);
            world.network.is_away = true;
            world.settle(copy);
            INFO("operation " << operation);
            if (Losing::shows(copy)) continue;
            CHECK_FALSE(copy.holds(canary));
            in_between += held ? 1 : 0;
        }
        CHECK(in_between > 0);
    }
}

}  // namespace portal::sim
