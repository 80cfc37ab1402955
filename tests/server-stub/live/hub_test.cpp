#include "server-stub/live/hub.hpp"

#include <catch2/catch_test_macros.hpp>
#include <map>

#include "shared/base/limits.hpp"

using namespace portal;
using namespace portal::server;

namespace {

// Sessions and what each may follow, changed by hand; connections that count their wakes.
struct HubWorld {
    std::map<std::string, std::vector<StreamId>> sessions{{"ana", {"g", "l:1:work", "u:ana"}},
                                                          {"bo", {"g", "l:2:work", "u:bo"}}};
    std::map<std::string, int> wakes;
    LiveHub hub{[this](const std::string& session) { return sessions[session]; }};

    Result<LiveConnectionId> open(const std::string& session) {
        return hub.open({session, session, [this, session] { ++wakes[session]; }});
    }
};

}  // namespace

TEST_CASE("a commit wakes those who follow a touched stream, and nobody else", "[live]") {
    HubWorld world;
    const auto ana = world.open("ana").value();
    const auto bo = world.open("bo").value();
    world.hub.publish({57, {"l:1:work"}});
    CHECK(world.wakes["ana"] == 1);
    CHECK(world.wakes["bo"] == 0);
    CHECK(world.hub.take(ana).bytes == "id: 57\nevent: hint\ndata: {\"seq\":57}\n\n");
    CHECK(world.hub.take(ana).bytes.empty());
    CHECK(world.hub.take(bo).bytes.empty());
}

TEST_CASE("hints coalesce to the newest and stay short", "[live]") {
    HubWorld world;
    const auto ana = world.open("ana").value();
    for (std::int64_t seq = 1; seq <= 10'000; ++seq)
        world.hub.publish({seq, {"g"}});
    const auto output = world.hub.take(ana);
    CHECK(output.bytes == "id: 10000\nevent: hint\ndata: {\"seq\":10000}\n\n");
    CHECK(output.bytes.size() <= limits::live_hint_bytes_max);
    world.hub.publish({999'999'999'999, {"g"}});
    CHECK(world.hub.take(ana).bytes.size() <= limits::live_hint_bytes_max);
}

TEST_CASE("the first word names the newest seq", "[live]") {
    HubWorld world;
    world.hub.start_from(12);
    CHECK(world.hub.take(world.open("ana").value()).bytes == "id: 12\nevent: hint\ndata: {\"seq\":12}\n\n");
}

TEST_CASE("grants are asked again before a queued hint is written", "[live]") {
    HubWorld world;
    const auto ana = world.open("ana").value();
    world.hub.publish({5, {"l:1:work"}});
    SECTION("a session that has ended closes the connection and is told nothing") {
        world.sessions["ana"].clear();
        const auto output = world.hub.take(ana);
        CHECK(output.bytes.empty());
        CHECK(output.next == LiveOutput::Next::close);
        CHECK(world.hub.heartbeat(ana).next == LiveOutput::Next::close);
    }
    SECTION("after a lost grant its stream wakes nobody any more") {
        world.sessions["ana"] = {"g", "u:ana"};
        // The change of what she sees is itself worth a pull.
        CHECK(!world.hub.take(ana).bytes.empty());
        world.hub.publish({6, {"l:1:work"}});
        CHECK(world.hub.take(ana).bytes.empty());
        world.hub.publish({7, {"u:ana"}});
        CHECK(world.hub.take(ana).bytes.find("7") != std::string::npos);
    }
    SECTION("a new grant is followed from the next event on") {
        world.hub.take(ana);
        world.sessions["ana"] = {"g", "l:1:work", "l:3:work", "u:ana"};
        world.hub.publish({8, {"u:ana"}});
        world.hub.take(ana);
        world.hub.publish({9, {"l:3:work"}});
        CHECK(world.hub.take(ana).bytes.find("9") != std::string::npos);
    }
}

TEST_CASE("a stream never heard of is asked about once by everybody", "[live]") {
    HubWorld world;
    const auto ana = world.open("ana").value();
    const auto bo = world.open("bo").value();
    world.sessions["ana"] = {"g", "l:1:work", "p:new", "u:ana"};
    world.hub.publish({3, {"p:new"}});
    CHECK(world.wakes["bo"] == 1);
    CHECK(world.hub.take(bo).bytes.empty());
    CHECK(!world.hub.take(ana).bytes.empty());
    world.hub.publish({4, {"p:new"}});
    CHECK(world.wakes["bo"] == 1);
    CHECK(!world.hub.take(ana).bytes.empty());
}

TEST_CASE("who gains or loses a practice is told, though its streams are known and followed by others", "[live]") {
    HubWorld world;
    const auto ana = world.open("ana").value();
    const auto bo = world.open("bo").value();
    world.sessions["cy"] = {"g", "u:cy"};
    const auto cy = world.open("cy").value();
    world.sessions["ana"] = {"g", "u:ana"};
    world.sessions["bo"] = {"g", "l:1:work", "l:2:work", "u:bo"};
    world.hub.publish({3, {"l:1:work"}, true});
    CHECK(!world.hub.take(ana).bytes.empty());
    CHECK(!world.hub.take(bo).bytes.empty());
    CHECK(world.hub.take(cy).bytes.empty());
    world.hub.publish({4, {"l:1:work"}});
    CHECK(world.hub.take(ana).bytes.empty());
    CHECK(!world.hub.take(bo).bytes.empty());
}

TEST_CASE("unsent bytes are bounded: newest by key, then resync and the end", "[live]") {
    HubWorld world;
    const auto ana = world.open("ana").value();
    for (int step = 0; step < 1'000; ++step)
        world.hub.send(ana, "pointer", "ptr", std::string(1'000, 'x'));
    CHECK(world.hub.take(ana).bytes.size() < 2'000);
    for (int step = 0; step < 1'000; ++step)
        world.hub.send(ana, std::to_string(step), "state", std::string(1'000, 'x'));
    const auto output = world.hub.take(ana);
    CHECK(output.bytes == "event: resync\ndata: {}\n\n");
    CHECK(output.next == LiveOutput::Next::close);
}

TEST_CASE("connections of one user are capped and counted", "[live]") {
    HubWorld world;
    std::vector<LiveConnectionId> open;
    for (std::size_t count = 0; count < limits::live_connections_per_user_max; ++count)
        open.push_back(world.open("ana").value());
    REQUIRE(!world.open("ana"));
    CHECK(world.open("ana").error().code == ErrorCode::resource_exhausted);
    CHECK(world.open("bo"));
    world.hub.close(open.front());
    CHECK(world.open("ana"));
    world.sessions["ana"].clear();
    CHECK(world.open("ana").error().code == ErrorCode::unauthenticated);
    CHECK(world.hub.connection_count() == limits::live_connections_per_user_max + 1);
}
