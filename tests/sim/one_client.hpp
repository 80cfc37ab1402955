// One user's browser against the production server, on simulated disks, without faults: what happens to them is the
// test's own.
#pragma once

#include <string>

#include "tests/sim/simulated_client.hpp"

namespace portal::sim {

struct OneClient {
    explicit OneClient(const std::string& user = "frida", std::size_t tabs = 1) : client(network, user, 1, tabs) {
        settle();
    }

    void settle() {
        for (int round = 0; round < 20; ++round) {
            client.step();
            server.clock.advance(1'000);
        }
    }
    void settle_after(DurationMs ms) {
        settle();
        server.clock.advance(ms);
        settle();
    }
    std::shared_ptr<const vm::SyncPart> sync() const { return client.snapshot()->sync; }

    vm::FileTicket file(SimulatedTab& tab, const std::string& subject) {
        vm::FileTicket intent;
        intent.intent = make_id(server.clock.now_ms(), random);
        intent.ticket = make_id(server.clock.now_ms(), random);
        intent.location = server::test::id_of("north");
        intent.subject = subject;
        intent.description = "Since this morning";
        tab.post(intent);
        return intent;
    }
    vm::FileTicket file(const std::string& subject) { return file(client.browser().owner(), subject); }

    Scenario scenario;
    SeededRandom random{1};
    SimulatedServer server{scenario, random};
    SimulatedNetwork network{server, random, scenario};
    SimulatedClient client;
};

}  // namespace portal::sim
