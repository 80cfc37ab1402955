// What guests are told over their live connections, when, and that it stops.
#include "server-stub/live/share_hub.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "tests/server-stub/api/shared_world.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

constexpr std::string_view end_event = "event: end\ndata: {}\n\n", changed_event = "event: changed\ndata: {}\n\n",
                           paused_event = "event: paused\ndata: {}\n\n";

std::string pointer_body(int x) {
    return R"({"k":"ptr","at":"widget:chart","x":)" + std::to_string(x) + R"(,"y":0})";
}

struct Sharing : SharedWorld {
    Sharing() {
        queue->on_commit([this](const CommitNotice& notice) { api->followers().publish(notice); });
        made = share(mona, {id_of("willow"), id_of("aspen")});
        guest = redeem(made.token);
    }
    // Time passes as the network lets it: in ticks.
    void pass(DurationMs duration_ms) {
        for (DurationMs passed = 0; passed < duration_ms; passed += limits::share_tick_ms) {
            clock.advance(limits::share_tick_ms);
            api->followers().tick();
        }
    }
    Follower join() {
        Follower follower = follow(guest);
        (void)follower.take();
        return follower;
    }
    std::string mona = sign_in("mona");
    Made made;
    std::string guest;
};

bool has(const std::string& bytes, std::string_view text) {
    return bytes.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("a guest who joins is told the state, and again every five seconds", "[server][share]") {
    Sharing world;
    CHECK(world.show(world.mona, world.made.id, state_body(4)).status == 200);
    auto follower = world.follow(world.guest);
    CHECK(follower.take() == std::string(changed_event) + "event: state\ndata: " +
                                 R"({"filters":{},"k":"state","q":4,"route":"overview","scroll":0,"sel":""})" + "\n\n");
    CHECK(follower.take().empty());
    world.pass(limits::share_state_period_ms - limits::share_check_ms);
    CHECK(follower.take().empty());
    *follower.wakes = 0;
    world.pass(limits::share_check_ms);
    CHECK(*follower.wakes > 0);
    CHECK(has(follower.take(), R"("q":4)"));
}

TEST_CASE("the newest state wins, in whatever order they come", "[server][share]") {
    Sharing world;
    auto follower = world.join();
    CHECK(world.show(world.mona, world.made.id, state_body(2)).body == R"({"followers":1,"q":2})");
    CHECK(world.show(world.mona, world.made.id, state_body(7)).body == R"({"followers":1,"q":7})");
    CHECK(world.show(world.mona, world.made.id, state_body(5)).body == R"({"followers":1,"q":7})");
    CHECK(*follower.wakes == 2);
    const std::string told = follower.take();
    CHECK(has(told, R"("q":7)"));
    CHECK_FALSE(has(told, R"("q":2)"));
    CHECK_FALSE(has(told, R"("q":5)"));
}

TEST_CASE("a state that names a hidden practice is refused and reaches nobody", "[server][share]") {
    Sharing world;
    auto follower = world.join();
    CHECK(
        world.show(world.mona, world.made.id, state_body(1, R"({"practice":[")" + id_of("cedar") + R"("]})")).status ==
        403);
    CHECK(follower.take().empty());
    // One that named a practice when it was shared is not repeated once it no longer is.
    CHECK(
        world.show(world.mona, world.made.id, state_body(2, R"({"practice":[")" + id_of("aspen") + R"("]})")).status ==
        200);
    CHECK(has(follower.take(), id_of("aspen")));
    world.write([](WriteTransaction& writes) { put_place(writes, "aspen", "hill", "east"); });
    CHECK(follower.take() == changed_event);
    world.pass(2 * limits::share_state_period_ms);
    CHECK(follower.take().empty());
}

TEST_CASE("pointers are gathered: the newest, at most twenty a second", "[server][share]") {
    Sharing world;
    auto follower = world.join();
    std::string told;
    for (int x = 1; x <= 1'000; ++x) {
        CHECK(world.show(world.mona, world.made.id, pointer_body(x)).status == 204);
        told += follower.take();
        if (x % 5 == 0) world.pass(limits::share_tick_ms);
    }
    world.pass(limits::share_tick_ms);
    told += follower.take();
    std::size_t pointers = 0;
    for (std::size_t at = 0; (at = told.find("event: ptr", at)) != std::string::npos; ++at)
        ++pointers;
    // A thousand in ten seconds.
    CHECK(pointers <= 201);
    CHECK(pointers > 150);
    CHECK(has(told, R"("x":1000)"));
    CHECK(world.show(world.mona, world.made.id, R"({"k":"ptr","at":"cedar","x":1,"y":1})").status == 400);
    CHECK(follower.take().empty());
}

TEST_CASE("guests are told when a dataset may have changed, and not when another has", "[server][share]") {
    Sharing world;
    auto follower = world.join();
    *follower.wakes = 0;
    world.write([](WriteTransaction& writes) {
        put_sales(writes, "cedar", "main", month_of_start(), cedar_sale_cents);
        writes.put(to_row(ticket_of("ticketw", "willow", "north")));
    });
    CHECK(*follower.wakes == 0);
    CHECK(follower.take().empty());
    world.write(
        [](WriteTransaction& writes) { put_sales(writes, "willow", "north", month_of_start(), willow_sale_cents); });
    CHECK(*follower.wakes == 1);
    CHECK(follower.take() == changed_event);
}

TEST_CASE("an end, an expiry and a lost grant end open streams within a second", "[server][share]") {
    Sharing world;
    auto follower = world.join();
    CHECK(world.show(world.mona, world.made.id, state_body(1)).status == 200);
    const auto other = world.follow(world.guest);
    *follower.wakes = 0;
    SECTION("ended: at once") {
        CHECK(world.send(Method::delete_, "/api/v1/shares/" + world.made.id, {}, world.mona).status == 204);
    }
    SECTION("its presenter lost the practices: at the next look") {
        world.write([](WriteTransaction& writes) { writes.remove(Entity::grant, id_of("grantmona")); });
        world.pass(second_ms - limits::share_tick_ms);
    }
    SECTION("its time has come") {
        world.clock.advance(limits::share_ms_default - second_ms / 2);
        CHECK_FALSE(has(world.api->followers().take(other.id).bytes, end_event));
        *follower.wakes = 0;
        world.pass(second_ms);
    }
    CHECK(*follower.wakes > 0);
    for (const LiveConnectionId id : {follower.id, other.id}) {
        const LiveOutput output = world.api->followers().take(id);
        CHECK(output.bytes == end_event);
        CHECK(output.next == LiveOutput::Next::close);
    }
    CHECK_FALSE(world.open_live(world.guest, [] {}).has_value());
    CHECK(world.api->followers().heartbeat(follower.id).next == LiveOutput::Next::close);
}

TEST_CASE("a question serves all who follow, until rows change or time has passed", "[server][share]") {
    Sharing world;
    auto first = world.join(), second = world.join();
    CHECK(world.show(world.mona, world.made.id, state_body(1)).status == 200);
    (void)first.take();
    // With reads that fail, whoever asked would be told of an end.
    world.repository->fail_reads = true;
    CHECK(has(second.take(), R"("q":1)"));
    world.repository->fail_reads = false;
    world.write([](WriteTransaction& writes) { writes.remove(Entity::grant, id_of("grantmona")); });
    CHECK(first.take() == end_event);
    CHECK(second.take() == end_event);
}

TEST_CASE("before many a pointer moves less often, and its last place arrives", "[server][share]") {
    Sharing world;
    std::vector<Sharing::Follower> followers;
    const std::size_t guests = limits::share_guests_max / 2;
    for (std::size_t guest = 0; guest < guests; ++guest) {
        const std::string cookie = world.redeem(world.made.token);
        for (std::size_t count = 0; count < limits::live_connections_per_user_max; ++count) {
            followers.push_back(world.follow(cookie));
            (void)followers.back().take();
        }
    }
    auto& one = followers.front();
    int told = 0;
    for (int x = 1; x <= 20; ++x) {
        CHECK(world.show(world.mona, world.made.id, pointer_body(x)).status == 204);
        told += has(one.take(), "event: ptr") ? 1 : 0;
        world.pass(limits::share_pointer_period_ms);
    }
    const auto period_ms = static_cast<DurationMs>(followers.size()) * second_ms / limits::share_pointers_per_s_max;
    CHECK(told <= 1 + 20 * limits::share_pointer_period_ms / period_ms);
    CHECK(told > 1);
    *one.wakes = 0;
    world.pass(period_ms);
    CHECK(*one.wakes > 0);
    CHECK(has(one.take(), R"("x":20)"));
}

TEST_CASE("a pause is told once and holds everything back", "[server][share]") {
    Sharing world;
    auto follower = world.join();
    const std::string path = "/api/v1/shares/" + world.made.id;
    CHECK(world.send(Method::patch, path, R"({"paused":true})", world.mona).status == 204);
    CHECK(follower.take() == paused_event);
    CHECK(world.show(world.mona, world.made.id, state_body(1)).status == 200);
    CHECK(world.show(world.mona, world.made.id, pointer_body(1)).status == 204);
    world.pass(2 * limits::share_state_period_ms);
    CHECK(follower.take().empty());
    CHECK(world.send(Method::patch, path, R"({"paused":false})", world.mona).status == 204);
    const std::string told = follower.take();
    CHECK(told.starts_with(changed_event));
    CHECK(has(told, R"("q":1)"));
}

TEST_CASE("a presenter is told who is here, by number and by what they call themselves", "[server][share]") {
    Sharing world;
    auto& hub = world.api->followers();
    auto first = world.join();
    const auto again = world.follow(world.guest);
    const std::string other = world.redeem(world.made.token);
    const auto second = world.follow(other);
    CHECK(hub.people(world.made.id) == std::vector<ShareFollower>{{1, ""}, {2, ""}});
    const auto say = [&](const std::string& guest, const std::string& body) {
        return world.send(world.guest_request(Method::put, "/share/name", guest, {}, body)).status;
    };
    CHECK(say(other, R"({"name":"Ana"})") == 204);
    CHECK(say(world.guest, R"({"name":"with\nlines"})") == 400);
    CHECK(say(world.guest, R"({"name":")" + std::string(limits::share_name_bytes_max + 1, 'a') + "\"}") == 400);
    CHECK(say("nobody", R"({"name":"Eve"})") == 401);
    const std::string listed = world.send(Method::get, "/api/v1/shares", {}, world.mona).body;
    CHECK(has(listed, R"({"name":"Ana","number":2})"));
    CHECK_FALSE(has(listed, "lines"));
    CHECK(first.take().empty());
    hub.close(second.id);
    CHECK(hub.people(world.made.id) == std::vector<ShareFollower>{{1, ""}});
}

TEST_CASE("what guests press is counted for a while", "[server][share]") {
    Sharing world;
    auto& hub = world.api->followers();
    const auto follower = world.join();
    const auto press = [&](const std::string& kind) {
        return world
            .send(world.guest_request(Method::post, "/share/reactions", world.guest, {}, R"({"kind":")" + kind + "\"}"))
            .status;
    };
    CHECK(hub.reactions(world.made.id).empty());
    CHECK(press("question") == 204);
    CHECK(press("question") == 204);
    CHECK(press("applause") == 400);
    world.clock.advance(second_ms);
    CHECK(hub.reactions(world.made.id) == std::vector<ShareReactionCount>{{ShareReaction::question, 2, second_ms}});
    world.clock.advance(limits::share_reaction_ms);
    CHECK(hub.reactions(world.made.id).empty());
    CHECK(press("question") == 204);
    CHECK(hub.reactions(world.made.id).front().count == 1);
}

TEST_CASE("connections of one guest are bounded, and a storage that fails ends them", "[server][share]") {
    Sharing world;
    std::vector<LiveConnectionId> ids;
    for (std::size_t count = 0; count < limits::live_connections_per_user_max; ++count)
        ids.push_back(world.follow(world.guest).id);
    CHECK(world.open_live(world.guest, [] {}).error().code == ErrorCode::resource_exhausted);
    world.api->followers().close(ids.back());
    CHECK(world.open_live(world.guest, [] {}).has_value());
    world.repository->fail_reads = true;
    world.clock.advance(limits::share_check_ms);
    CHECK(world.api->followers().take(ids.front()).next == LiveOutput::Next::close);
}
