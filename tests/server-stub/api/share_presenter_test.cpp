// Presenting is handed over and taken back: who may, what guests are told meanwhile, and what goes wrong.
#include <catch2/catch_test_macros.hpp>

#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "tests/server-stub/api/shared_world.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;
using nlohmann::json;

namespace {

struct HandingWorld : SharedWorld {
    HandingWorld() {
        queue->on_commit([this](const CommitNotice& notice) { api->followers().publish(notice); });
        made = share(mona, {id_of("willow"), id_of("aspen")});
        path = "/api/v1/shares/" + made.id;
        guest = redeem(made.token);
    }
    int hand(const std::string& from, std::string_view to) {
        return send(Method::put, path + "/presenter", R"({"user":")" + id_of(to) + R"("})", from).status;
    }
    Follower join_as(const std::string& user) {
        REQUIRE(join(user, made.token).status == 200);
        Follower follower = follow_as(user, made.id);
        (void)follower.take();
        return follower;
    }
    std::string presenter_for_guests() {
        return json::parse(send(guest_request(Method::get, "/share/session", guest)).body)["presenter"]
            .get<std::string>();
    }
    json listed(const std::string& user) {
        return json::parse(send(Method::get, "/api/v1/shares", {}, user).body)["shares"];
    }

    std::string mona = sign_in("mona"), nora = hire_nora(), frida = sign_in("frida");
    Made made;
    std::string path, guest;
};

void drop_grant(SharedWorld& world, std::string_view grant) {
    world.write([&](WriteTransaction& writes) { writes.remove(Entity::grant, id_of(grant)); });
}

}  // namespace

TEST_CASE("presenting goes to a follower who may share it, and back", "[server][share]") {
    HandingWorld world;
    auto nora = world.join_as(world.nora);
    auto guest = world.follow(world.guest);
    (void)guest.take();
    CHECK(world.show(world.nora, world.made.id, state_body(1)).status == 404);
    CHECK(world.hand(world.mona, "nora") == 204);
    const AuditEntry audit = world.repository->read()->accounts().audit(1)[0];
    CHECK(audit.action == "share.hand_over");
    CHECK(audit.actor == id_of("mona"));
    CHECK(audit.detail == id_of("nora"));
    // All are told at once, and the guests go on.
    CHECK(nora.take().starts_with("event: changed"));
    CHECK(guest.take() == "event: changed\ndata: {}\n\n");
    CHECK(world.presenter_for_guests() == "nora");
    CHECK(world.dataset(world.guest, "willow").status == 200);
    CHECK(json::parse(world.send(Method::get, world.path + "/follower", {}, world.nora).body)["presents"] == true);
    // One presents at a time, and their states reach everybody.
    CHECK(world.show(world.mona, world.made.id, state_body(2)).status == 409);
    CHECK(world.show(world.nora, world.made.id, state_body(3)).status == 200);
    CHECK(guest.take().find(R"("q":3)") != std::string::npos);
    auto mona = world.follow_as(world.mona, world.made.id);
    CHECK(mona.take().find(R"("q":3)") != std::string::npos);
    CHECK(world.listed(world.nora)[0]["lent"] == true);
    CHECK_FALSE(world.listed(world.nora)[0].contains("presenter"));
    CHECK(world.listed(world.mona)[0]["presenter"] == "nora");
    // The link's maker takes it back, without having to ask.
    CHECK(world.hand(world.mona, "mona") == 204);
    CHECK(world.presenter_for_guests() == "mona");
    CHECK(world.show(world.nora, world.made.id, state_body(4)).status == 404);
    CHECK(world.show(world.mona, world.made.id, state_body(5)).status == 200);
    CHECK(world.listed(world.nora).empty());
    CHECK_FALSE(nora.take().find("event: changed") == std::string::npos);
}

TEST_CASE("whoever presents hands back or on; nobody else does", "[server][share]") {
    HandingWorld world;
    (void)world.join_as(world.nora);
    (void)world.join_as(world.frida);
    const std::string olga = world.sign_in("olga");
    CHECK(world.hand(olga, "olga") == 404);
    CHECK(world.hand(world.nora, "nora") == 409);
    CHECK(world.hand(world.frida, "nora") == 409);
    CHECK(world.hand({}, "nora") == 401);
    CHECK(world.hand(world.mona, "frida") == 403);
    CHECK(world.hand(world.mona, "olga") == 412);
    CHECK(world.hand(world.mona, "nobody") == 412);
    CHECK(world.send(Method::put, world.path + "/presenter", "{}", world.mona).status == 400);
    CHECK(world.send(Method::put, world.path + "/presenter", R"({"user":["a"]})", world.mona).status == 400);
    CHECK(world.presenter_for_guests() == "mona");
    CHECK(world.hand(world.mona, "nora") == 204);
    // Twice is once; to another one it is too late.
    CHECK(world.hand(world.mona, "nora") == 204);
    CHECK(world.hand(world.mona, "frida") == 409);
    CHECK(world.hand(world.nora, "mona") == 204);
    CHECK(world.hand(world.nora, "mona") == 204);
    CHECK(world.presenter_for_guests() == "mona");
}

TEST_CASE("presenting is not handed to somebody who has left, nor of a share that has ended", "[server][share]") {
    HandingWorld world;
    const auto nora = world.join_as(world.nora);
    SECTION("their page is closed") {
        world.api->followers().close(nora.id);
        CHECK(world.hand(world.mona, "nora") == 412);
    }
    SECTION("their grant went at the same moment") {
        drop_grant(world, "grantnora");
        CHECK(world.hand(world.mona, "nora") == 403);
    }
    SECTION("a part of the scope left their reach, and the presenter's as well") {
        world.write([](WriteTransaction& writes) { put_place(writes, "aspen", "hill", "east"); });
        CHECK(world.hand(world.mona, "nora") == 204);
        CHECK(world.dataset(world.guest, "aspen").status == 403);
    }
    SECTION("ended") {
        CHECK(world.send(Method::delete_, world.path, {}, world.mona).status == 204);
        CHECK(world.hand(world.mona, "nora") == 412);
    }
    SECTION("its time is over") {
        world.clock.advance(limits::share_ms_default);
        CHECK(world.hand(world.sign_in("mona"), "nora") == 412);
    }
}

TEST_CASE("nobody sees more than who made it and who presents it both reach", "[server][share]") {
    HandingWorld world;
    (void)world.join_as(world.nora);
    REQUIRE(world.hand(world.mona, "nora") == 204);
    SECTION("the presenter's reach narrows it") {
        world.write([](WriteTransaction& writes) {
            writes.remove(Entity::grant, id_of("grantnora"));
            writes.put(
                to_row(grant_of("grantless", "nora", Role::practice_admin, ScopeKind::practice, id_of("willow"))));
        });
        CHECK(world.presenter_for_guests() == "nora");
        CHECK(world.dataset(world.guest, "aspen").status == 403);
        CHECK(world.dataset(world.guest, "willow").status == 200);
        CHECK(world.show(world.nora, world.made.id, state_body(1, R"({"practice":[")" + id_of("aspen") + R"("]})"))
                  .status == 403);
    }
    SECTION("with the presenter's last practice the maker presents again") {
        drop_grant(world, "grantnora");
        CHECK(world.presenter_for_guests() == "mona");
        CHECK(world.show(world.nora, world.made.id, state_body(1)).status == 404);
        CHECK(world.send(Method::delete_, world.path, {}, world.nora).status == 404);
        CHECK(world.show(world.mona, world.made.id, state_body(2)).status == 200);
        // Taken back, it stays so when the grant returns.
        CHECK(world.hand(world.mona, "mona") == 204);
        world.write([](WriteTransaction& writes) {
            writes.put(to_row(grant_of("grantnora", "nora", Role::account_manager, ScopeKind::book, id_of("west"))));
        });
        CHECK(world.presenter_for_guests() == "mona");
    }
    SECTION("what the maker loses is gone for all") {
        drop_grant(world, "grantmona");
        CHECK(world.dataset(world.guest, "willow").status == 401);
        CHECK(world.show(world.nora, world.made.id, state_body(1)).status == 404);
        CHECK(world.hand(world.nora, "mona") == 412);
    }
}

TEST_CASE("who made it and who presents it may pause and end it", "[server][share]") {
    HandingWorld world;
    (void)world.join_as(world.nora);
    CHECK(world.send(Method::delete_, world.path, {}, world.nora).status == 404);
    REQUIRE(world.hand(world.mona, "nora") == 204);
    CHECK(world.send(Method::patch, world.path, R"({"paused":true})", world.nora).status == 204);
    CHECK(world.dataset(world.guest, "willow").status == 412);
    CHECK(world.send(Method::patch, world.path, R"({"paused":false})", world.mona).status == 204);
    SECTION("by who presents") {
        CHECK(world.send(Method::delete_, world.path, {}, world.nora).status == 204);
        CHECK(world.listed(world.nora).empty());
    }
    SECTION("by who made it") {
        CHECK(world.send(Method::delete_, world.path, {}, world.mona).status == 204);
    }
    CHECK(world.dataset(world.guest, "willow").status == 401);
    CHECK(world.listed(world.mona)[0]["state"] == "ended");
    CHECK_FALSE(world.repository->read()->shares().has_user(world.made.id, id_of("nora")));
}
