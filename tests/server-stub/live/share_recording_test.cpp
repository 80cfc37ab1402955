// A recording of a shared view is made of what its guests are told and given, byte for byte, and they are told of it.
#include <catch2/catch_test_macros.hpp>

#include "shared/base/limits.hpp"
#include "tests/server-stub/api/shared_world.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

struct RecordedShare : SharedWorld {
    RecordedShare() {
        queue->on_commit([this](const CommitNotice& notice) { api->followers().publish(notice); });
        made = share(mona, {id_of("willow"), id_of("aspen")});
        guest = redeem(made.token);
    }
    // What a guest is given of it, and what its presenter records.
    Response given(const std::string& what, const std::string& query) {
        return send(guest_request(Method::get, "/share/" + what, guest, query));
    }
    Response recorded(const std::string& what, const std::string& query, const std::string& who) {
        Request asked = request(Method::get, recorded_path(made.id, what), {}, who);
        asked.query = query;
        return send(asked);
    }
    std::string mona = sign_in("mona"), olga = sign_in("olga");
    Made made;
    std::string guest;
};

}  // namespace

TEST_CASE("what is recorded are the bytes that guests are given, and nothing of what is not shared",
          "[server][share]") {
    RecordedShare world;
    CHECK(world.recorded("session", {}, world.mona).body == world.given("session", {}).body);
    for (const std::string_view view : {"overview", "integrations", "financing"})
        for (const std::string_view practice : {"willow", "aspen"}) {
            const std::string query = "view=" + std::string(view) + "&practice=" + id_of(practice);
            const Response given = world.given("dataset", query);
            REQUIRE(given.status == 200);
            CHECK(world.recorded("dataset", query, world.mona).body == given.body);
        }
    const std::string hidden = "view=financing&practice=" + id_of("cedar");
    CHECK(world.recorded("dataset", hidden, world.mona).status == 403);
    for (const char* what : {"session", "dataset"})
        CHECK(world.recorded(what, "view=financing&practice=" + id_of("willow"), world.olga).status == 404);
    CHECK_FALSE(world.try_record(world.olga, world.made.id).has_value());
    // What the presenter no longer reaches, guests and recordings are no longer given.
    world.write([](WriteTransaction& writes) { put_place(writes, "aspen", "hill", "east"); });
    const std::string lost = "view=financing&practice=" + id_of("aspen");
    CHECK(world.recorded("dataset", lost, world.mona).status == 403);
    CHECK(world.recorded("session", {}, world.mona).body == world.given("session", {}).body);
}

TEST_CASE("a recording hears every byte that a guest hears", "[server][share]") {
    RecordedShare world;
    auto follower = world.follow(world.guest);
    auto recording = world.record(world.mona, world.made.id);
    CHECK(*follower.wakes == 1);
    const std::string recorded_event = "event: recorded\ndata: {}\n\n";
    std::string heard = follower.take(), kept = recording.take();
    CHECK(heard == recorded_event + kept);
    heard.clear();
    kept.clear();
    const auto go_on = [&] {
        heard += follower.take();
        kept += recording.take();
    };
    const std::string path = "/api/v1/shares/" + world.made.id;
    CHECK(world.show(world.mona, world.made.id, state_body(1)).status == 200);
    go_on();
    CHECK(world.show(world.mona, world.made.id, R"({"k":"ptr","at":"widget:months","x":1,"y":2})").status == 204);
    go_on();
    CHECK(world.send(Method::patch, path, R"({"paused":true})", world.mona).status == 204);
    CHECK(world.show(world.mona, world.made.id, state_body(2)).status == 200);
    go_on();
    CHECK(kept.find("\"q\":2") == std::string::npos);
    CHECK(world.send(Method::patch, path, R"({"paused":false})", world.mona).status == 204);
    world.write([](WriteTransaction& writes) {
        put_sales(writes, "willow", "north", month_of_start() - 1, willow_sale_cents, 70);
    });
    go_on();
    CHECK(world.send(Method::delete_, path, {}, world.mona).status == 204);
    go_on();
    CHECK(kept.find("event: paused") != std::string::npos);
    CHECK(kept.find("event: end") != std::string::npos);
    CHECK(heard == kept);
    // There is nothing left to record.
    CHECK_FALSE(world.try_record(world.mona, world.made.id).has_value());
}

TEST_CASE("guests are told while they are recorded, whenever they come; a recording counts as nobody",
          "[server][share]") {
    RecordedShare world;
    auto early = world.follow(world.guest);
    (void)early.take();
    auto first = world.record(world.mona, world.made.id), second = world.record(world.mona, world.made.id);
    auto late = world.follow(world.guest);
    for (auto* follower : {&early, &late})
        CHECK(follower->take().starts_with("event: recorded\n"));
    const auto listed = nlohmann::json::parse(world.send(Method::get, "/api/v1/shares", {}, world.mona).body);
    CHECK(listed["shares"][0]["followers"] == 2);
    CHECK(listed["shares"][0]["people"].size() == 1);
    world.api->followers().close(first.id);
    CHECK(early.take().empty());
    *early.wakes = 0;
    world.api->followers().close(second.id);
    CHECK(*early.wakes == 1);
    for (auto* follower : {&early, &late})
        CHECK(follower->take() == "event: unrecorded\ndata: {}\n\n");
    // One that is recorded during a pause is told so, too.
    const std::string path = "/api/v1/shares/" + world.made.id;
    CHECK(world.send(Method::patch, path, R"({"paused":true})", world.mona).status == 204);
    (void)early.take();
    auto third = world.record(world.mona, world.made.id);
    CHECK(early.take() == "event: recorded\ndata: {}\n\n");
    CHECK(third.take() == "event: paused\ndata: {}\n\n");
}
