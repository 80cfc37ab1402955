// What a pull asks with does not grow with what its user may see.
#include <catch2/catch_test_macros.hpp>

#include "tests/sim/one_client.hpp"

namespace portal::sim {

TEST_CASE("A manager of five hundred practices asks for a pull with less than 2 KB", "[sync]") {
    constexpr int practices = 500;
    constexpr std::size_t request_bytes_max = 2'048;
    OneClient world("mona");
    world.network.page_bytes = limits::pull_page_bytes_default;
    const auto before = world.network.pull_request_bytes_max;
    world.server.write([](server::WriteTransaction& writes) {
        for (int index = 0; index < practices; ++index) {
            const std::string number = std::to_string(index);
            server::test::put_place(writes, "practice" + number, "location" + number, "west");
        }
    });
    const auto places = [&] { return world.client.snapshot()->session->practices.size(); };
    world.settle_after(limits::pull_period_ms);
    REQUIRE(places() == practices + 1);
    // Another visit.
    world.client.restart();
    world.settle_after(limits::pull_period_ms);
    CHECK(before > 0);
    CHECK(world.network.pull_request_bytes_max < request_bytes_max);
    INFO("bytes: " << world.network.pull_request_bytes_max);
    // What asks for damaged streams anew has room for as many as may be asked for at once.
    wire::PullRequest repairing;
    repairing.repair.assign(limits::repair_streams_max, "l:" + server::test::id_of("north") + ":work");
    CHECK(wire::encode(repairing).size() + before < request_bytes_max);
}

}  // namespace portal::sim
