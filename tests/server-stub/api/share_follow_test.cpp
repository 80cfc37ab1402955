// Signed-in users who follow a shared view: what they are told, by their own grants, and that it stops.
#include <catch2/catch_test_macros.hpp>

#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/share_dataset_json.hpp"
#include "tests/server-stub/api/shared_world.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;
using nlohmann::json;

namespace {

constexpr std::string_view followed_end = "event: end\ndata: {}\n\n";

struct FollowedWorld : SharedWorld {
    FollowedWorld() {
        queue->on_commit([this](const CommitNotice& notice) { api->followers().publish(notice); });
        made = share(mona, {id_of("willow"), id_of("aspen")});
        path = "/api/v1/shares/" + made.id;
    }
    void pass(DurationMs duration_ms) {
        for (DurationMs passed = 0; passed < duration_ms; passed += limits::share_tick_ms) {
            clock.advance(limits::share_tick_ms);
            api->followers().tick();
        }
    }
    Follower join_as(const std::string& user) {
        REQUIRE(join(user, made.token).status == 200);
        Follower follower = follow_as(user, made.id);
        CHECK(follower.take().starts_with("event: changed"));
        return follower;
    }
    std::string last_audit() { return repository->read()->accounts().audit(1)[0].action; }

    std::string mona = sign_in("mona"), frida = sign_in("frida");
    Made made;
    std::string path;
};

bool tells(const std::string& bytes, std::string_view text) {
    return bytes.find(text) != std::string::npos;
}

std::string pointing(int x) {
    return R"({"k":"ptr","at":"widget:chart","x":)" + std::to_string(x) + R"(,"y":0})";
}

}  // namespace

TEST_CASE("a user who opens a link is told of it as far as they reach it themselves", "[server][share]") {
    FollowedWorld world;
    const Response joined = world.join(world.frida, world.made.token);
    REQUIRE(joined.status == 200);
    const auto session = wire::decode_share_guest_session(joined.body);
    REQUIRE(session.has_value());
    CHECK(session->share == world.made.id);
    CHECK(session->presenter == "mona");
    CHECK_FALSE(session->presents);
    REQUIRE(session->practices.size() == 1);
    CHECK(session->practices[0].id == id_of("willow"));
    CHECK_FALSE(tells(joined.body, "aspen"));
    for (const auto& [name, value] : joined.headers)
        CHECK(name != "Set-Cookie");
    CHECK(world.last_audit() == "share.join");
    CHECK(world.send(Method::get, world.path + "/follower", {}, world.frida).body == joined.body);
    // An auditor reads all of it, and the presenter is told that they present.
    CHECK(json::parse(world.join(world.sign_in("audrey"), world.made.token).body)["practices"].size() == 2);
    CHECK(json::parse(world.join(world.mona, world.made.token).body)["presents"] == true);
}

TEST_CASE("a user who reaches nothing of it is told so, and becomes no follower", "[server][share]") {
    FollowedWorld world;
    const std::string olga = world.sign_in("olga");
    const Response outside = world.join(olga, world.made.token);
    CHECK(outside.status == 412);
    CHECK_FALSE(tells(outside.body, "willow"));
    CHECK(world.last_audit() == "share.outside");
    CHECK(world.send(Method::get, world.path + "/follower", {}, olga).status == 404);
    CHECK_FALSE(world.open_user_live(olga, world.made.id, [] {}).has_value());
    // The guest's page is still theirs to open.
    CHECK(world.dataset(world.redeem(world.made.token), "willow").status == 200);
}

TEST_CASE("wrong, ended and expired links are refused to users alike, counted and audited", "[server][share]") {
    FollowedWorld world;
    const auto brief = world.share(world.mona, {id_of("willow")}, {{"hours", 1}});
    const auto ended = world.share(world.mona, {id_of("willow")});
    CHECK(world.send(Method::delete_, "/api/v1/shares/" + ended.id, {}, world.mona).status == 204);
    world.clock.advance(hour_ms);
    const Response wrong = world.join(world.frida, std::string(43, 'A'));
    CHECK(wrong.status == 403);
    CHECK(world.join(world.frida, ended.token).body == wrong.body);
    CHECK(world.join(world.frida, brief.token).body == wrong.body);
    CHECK(world.last_audit() == "share.refused");
    // Where nobody is signed in, nothing is looked at.
    CHECK(world.join({}, world.made.token).status == 204);
    CHECK(world.join({}, ended.token).status == 204);
    CHECK(world.send(Method::post, "/api/v1/shares/join", "{}").status == 400);
    CHECK(world.last_audit() == "share.refused");
    CHECK(world.send(Method::post, "/api/v1/shares/join", "{}", world.frida).status == 400);
    CHECK(world.send(Method::post, "/api/v1/shares/join", R"({"token":7})", world.frida).status == 400);
    Request forged =
        world.request(Method::post, "/api/v1/shares/join", R"({"token":")" + world.made.token + R"("})", world.frida);
    forged.origin = "https://evil.example";
    CHECK(world.send(forged).status == 403);
    int status = 403;
    for (int guess = 0; guess < 2 * limits::throttle_free_attempts_of_address && status == 403; ++guess)
        status = world.join(world.frida, "guess" + std::to_string(guess)).status;
    CHECK(status == 429);
    for (const AuditEntry& entry : world.repository->read()->accounts().audit(100))
        CHECK_FALSE(tells(entry.detail + entry.subject, ended.token));
}

TEST_CASE("knowing a share's id is not having opened its link", "[server][share]") {
    FollowedWorld world;
    CHECK(world.send(Method::get, world.path + "/follower", {}, world.frida).status == 404);
    CHECK(world.open_user_live(world.frida, world.made.id, [] {}).error().code == ErrorCode::not_found);
    CHECK(world.send(Method::post, world.path + "/reactions", R"({"kind":"agree"})", world.frida).status == 404);
    // A guest's cookie is none of a user's, and the other way round.
    const std::string guest = world.redeem(world.made.token);
    Request as_guest = world.request(Method::get, world.path + "/follower");
    as_guest.cookie = "__Host-portal_share=" + guest + "; __Host-portal_session=" + guest;
    CHECK(world.send(as_guest).status == 401);
    REQUIRE(world.join(world.frida, world.made.token).status == 200);
    Request as_user = world.request(Method::get, "/share/session");
    as_user.cookie = "__Host-portal_session=" + world.frida + "; __Host-portal_share=" + world.frida;
    CHECK(world.send(as_user).status == 401);
    // What stands for a user among the followers is nothing that a cookie could be.
    CHECK(world.dataset("user " + id_of("frida"), "willow").status == 401);
}

TEST_CASE("a user follows what they may read themselves; the rest is told as away", "[server][share]") {
    FollowedWorld world;
    auto follower = world.join_as(world.frida);
    CHECK(
        world.show(world.mona, world.made.id, state_body(1, R"({"practice":[")" + id_of("willow") + R"("]})")).status ==
        200);
    CHECK(*follower.wakes > 0);
    CHECK(tells(follower.take(), id_of("willow")));
    CHECK(world.show(world.mona, world.made.id, pointing(5)).status == 204);
    CHECK(tells(follower.take(), "event: ptr"));
    CHECK(
        world.show(world.mona, world.made.id, state_body(2, R"({"practice":[")" + id_of("aspen") + R"("]})")).status ==
        200);
    const std::string away = follower.take();
    CHECK(tells(away, R"("away":true)"));
    CHECK(tells(away, R"("q":2)"));
    CHECK_FALSE(tells(away, id_of("aspen")));
    world.clock.advance(limits::share_pointer_period_ms);
    CHECK(world.show(world.mona, world.made.id, pointing(6)).status == 204);
    CHECK_FALSE(tells(follower.take(), "event: ptr"));
    // Once they read that practice too, they are told.
    world.write([](WriteTransaction& writes) {
        writes.put(to_row(grant_of("grantmore", "frida", Role::practice_user, ScopeKind::practice, id_of("aspen"))));
    });
    world.pass(second_ms);
    const std::string told = follower.take();
    CHECK(told.starts_with("event: changed"));
    CHECK(tells(told, id_of("aspen")));
}

TEST_CASE("within a second a user's stream ends with their grants, their session, or the share", "[server][share]") {
    FollowedWorld world;
    auto follower = world.join_as(world.frida);
    *follower.wakes = 0;
    std::string_view last_words;
    SECTION("their grant was taken") {
        world.write([](WriteTransaction& writes) { writes.remove(Entity::grant, id_of("grantfrida")); });
        world.pass(second_ms - limits::share_tick_ms);
    }
    SECTION("they signed out") {
        CHECK(world.send(Method::delete_, "/api/v1/session", {}, world.frida).status == 204);
        world.pass(second_ms - limits::share_tick_ms);
    }
    SECTION("they were disabled") {
        world.write([](WriteTransaction& writes) {
            User frida = from_row<User>(*writes.get(Entity::user, id_of("frida")));
            frida.disabled = true;
            writes.put(to_row(frida));
        });
        world.pass(second_ms - limits::share_tick_ms);
    }
    SECTION("the practice left its presenter's book") {
        world.write([](WriteTransaction& writes) { put_place(writes, "willow", "north", "east"); });
        world.pass(second_ms - limits::share_tick_ms);
    }
    SECTION("the share was ended") {
        last_words = followed_end;
        CHECK(world.send(Method::delete_, world.path, {}, world.mona).status == 204);
    }
    CHECK(*follower.wakes > 0);
    const LiveOutput output = world.api->followers().take(follower.id);
    CHECK(output.bytes == last_words);
    CHECK(output.next == LiveOutput::Next::close);
    CHECK(world.api->followers().heartbeat(follower.id).next == LiveOutput::Next::close);
    CHECK_FALSE(world.open_user_live(world.frida, world.made.id, [] {}).has_value());
}

TEST_CASE("a pause holds users back too, and their own session alone cannot end others'", "[server][share]") {
    FollowedWorld world;
    auto follower = world.join_as(world.frida);
    auto guest = world.follow(world.redeem(world.made.token));
    (void)guest.take();
    CHECK(world.send(Method::patch, world.path, R"({"paused":true})", world.mona).status == 204);
    CHECK(follower.take() == "event: paused\ndata: {}\n\n");
    CHECK(world.show(world.mona, world.made.id, state_body(1)).status == 200);
    world.pass(2 * limits::share_state_period_ms);
    CHECK(follower.take().empty());
    CHECK(world.send(Method::patch, world.path, R"({"paused":false})", world.mona).status == 204);
    CHECK(tells(follower.take(), R"("q":1)"));
    CHECK(world.send(Method::delete_, "/api/v1/session", {}, world.frida).status == 204);
    world.pass(second_ms);
    CHECK(world.api->followers().take(follower.id).next == LiveOutput::Next::close);
    CHECK_FALSE(tells(guest.take(), "event: end"));
}

TEST_CASE("signed-in followers are here by their name, press as guests do, and have so many connections",
          "[server][share]") {
    FollowedWorld world;
    const std::string nora = world.hire_nora();
    (void)world.follow(world.redeem(world.made.token));
    (void)world.join_as(world.frida);
    (void)world.join_as(nora);
    (void)world.join_as(world.mona);
    CHECK(world.send(Method::post, world.path + "/reactions", R"({"kind":"slower"})", world.frida).status == 204);
    CHECK(world.send(Method::post, world.path + "/reactions", R"({"kind":"applause"})", world.frida).status == 400);
    const json told = json::parse(world.send(Method::get, "/api/v1/shares", {}, world.mona).body)["shares"][0];
    // Who presents is not among those who follow.
    CHECK(told["followers"] == 3);
    CHECK(told["people"] ==
          json::parse(R"([{"number":1,"name":""},{"number":2,"name":"frida","user":")" + id_of("frida") +
                      R"("},{"number":3,"name":"nora","user":")" + id_of("nora") + R"(","may_present":true}])"));
    CHECK(told["reactions"][0]["kind"] == "slower");
    for (std::size_t count = 1; count < limits::live_connections_per_user_max; ++count)
        CHECK(world.open_user_live(world.frida, world.made.id, [] {}).has_value());
    CHECK(world.open_user_live(world.frida, world.made.id, [] {}).error().code == ErrorCode::resource_exhausted);
}

TEST_CASE("one link is opened by so many users", "[server][share]") {
    FollowedWorld world;
    world.write([&](WriteTransaction& writes) {
        for (std::size_t count = 0; count < limits::share_users_max; ++count)
            writes.shares().put_user(world.made.id, id_of("crowd" + std::to_string(count)));
    });
    CHECK(world.join(world.frida, world.made.token).status == 429);
    CHECK(world.send(Method::get, world.path + "/follower", {}, world.frida).status == 404);
}
