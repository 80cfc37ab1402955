// Live shared views over the whole API: who makes them, what guests get, and that they get nothing else.
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

int status_of_share(SharedWorld& world, const std::string& name, std::vector<Id> practices,
                    const json& changes = json::object()) {
    return world
        .send(Method::post, "/api/v1/shares", SharedWorld::body_of(std::move(practices), changes), world.sign_in(name))
        .status;
}

json figure_in(const Response& dataset, std::string_view id) {
    const json body = json::parse(dataset.body);
    for (const json& figure : body["figures"])
        if (figure["id"] == id) return figure;
    return {};
}

void take_grant(SharedWorld& world, std::string_view grant) {
    world.write([&](WriteTransaction& writes) { writes.remove(Entity::grant, id_of(grant)); });
}

}  // namespace

TEST_CASE("shares are made by those who may, of what they may", "[server][share]") {
    SharedWorld world;
    CHECK(status_of_share(world, "mona", {id_of("willow"), id_of("aspen")}) == 201);
    CHECK(status_of_share(world, "mona", {id_of("willow"), id_of("cedar")}) == 403);
    CHECK(status_of_share(world, "olga", {id_of("cedar")}) == 201);
    CHECK(status_of_share(world, "olga", {id_of("willow")}) == 403);
    for (const char* name : {"frida", "sam", "vera", "ada", "audrey"}) {
        CAPTURE(name);
        CHECK(status_of_share(world, name, {id_of("willow")}) == 403);
    }
    CHECK(status_of_share(world, "mona", {}) == 400);
    CHECK(status_of_share(world, "mona", {id_of("willow")}, {{"hours", 721}}) == 400);
    CHECK(status_of_share(world, "mona", {id_of("willow")}, {{"presenter", id_of("olga")}}) == 400);
}

TEST_CASE("what would be shared is told by the check and the code that answer guests, and shares nothing",
          "[server][share]") {
    SharedWorld world;
    const auto preview = [&](const std::string& who, std::vector<Id> practices) {
        return world.send(Method::post, "/api/v1/shares/preview", SharedWorld::body_of(std::move(practices)),
                          world.sign_in(who));
    };
    const Response shown = preview("mona", {id_of("willow"), id_of("aspen")});
    REQUIRE(shown.status == 200);
    const auto datasets = wire::decode_share_preview(shown.body);
    REQUIRE(datasets.has_value());
    CHECK(datasets->size() == 6);
    const std::string guest = world.redeem(world.share(world.sign_in("mona"), {id_of("willow"), id_of("aspen")}).token);
    for (const ShareDataset& dataset : *datasets) {
        const std::string query = "view=" + std::string(text_of(dataset.view)) + "&practice=" + dataset.practice;
        CHECK(world.send(world.guest_request(Method::get, "/share/dataset", guest, query)).body ==
              wire::encode(dataset));
    }
    CHECK(preview("mona", {id_of("willow"), id_of("cedar")}).status == 403);
    CHECK(preview("frida", {id_of("willow")}).status == 403);
    CHECK(preview("mona", {}).status == 400);
    CHECK(preview("mona", {id_of("willow")}).body.find(id_of("aspen")) == std::string::npos);
    CHECK(json::parse(world.send(Method::get, "/api/v1/shares", {}, world.sign_in("olga")).body)["shares"].empty());
}

TEST_CASE("a share is its presenter's own, and the list tells no token", "[server][share]") {
    SharedWorld world;
    const std::string mona = world.sign_in("mona"), olga = world.sign_in("olga");
    const auto made = world.share(mona, {id_of("willow")});
    const std::string path = "/api/v1/shares/" + made.id;
    CHECK(world.send(Method::delete_, path, {}, olga).status == 404);
    CHECK(world.send(Method::patch, path, R"({"paused":true})", olga).status == 404);
    CHECK(world.show(olga, made.id, state_body(1)).status == 404);
    CHECK(world.show(mona, id_of("nothing"), state_body(1)).status == 404);
    const Response listed = world.send(Method::get, "/api/v1/shares", {}, mona);
    const json shares = json::parse(listed.body)["shares"];
    REQUIRE(shares.size() == 1);
    CHECK(shares[0]["id"] == made.id);
    CHECK(shares[0]["state"] == "live");
    CHECK(shares[0]["expires_ms"] == start_ms + limits::share_ms_default);
    CHECK(listed.body.find(made.token) == std::string::npos);
    CHECK(listed.body.find(hash_token(made.token)) == std::string::npos);
    CHECK(json::parse(world.send(Method::get, "/api/v1/shares", {}, olga).body)["shares"].empty());
    CHECK(world.send(Method::delete_, path, {}, mona).status == 204);
    CHECK(world.send(Method::delete_, path, {}, mona).status == 412);
    CHECK(world.send(Method::patch, path, R"({"paused":false})", mona).status == 412);
}

TEST_CASE("whatever is done with a share is audited: by whom, of which share, from where", "[server][share]") {
    SharedWorld world;
    const std::string mona = world.sign_in("mona");
    const auto made = world.share(mona, {id_of("willow")});
    const std::string path = "/api/v1/shares/" + made.id;
    const auto expect = [&](std::string_view action, const Id& actor) {
        const AuditEntry entry = world.repository->read()->accounts().audit(1)[0];
        CAPTURE(action);
        CHECK(entry.action == action);
        CHECK(entry.actor == actor);
        CHECK(entry.subject == made.id);
        CHECK(entry.time_ms == world.clock.now_ms());
        CHECK(entry.address == "192.0.2.1");
    };
    expect("share.create", id_of("mona"));
    world.clock.advance(second_ms);
    CHECK(world.try_redeem(made.token).status == 204);
    expect("share.redeem", {});
    CHECK(world.send(Method::patch, path, R"({"paused":true})", mona).status == 204);
    expect("share.pause", id_of("mona"));
    CHECK(world.send(Method::patch, path, R"({"paused":false})", mona).status == 204);
    expect("share.resume", id_of("mona"));
    CHECK(world.send(Method::delete_, path, {}, mona).status == 204);
    expect("share.end", id_of("mona"));
    CHECK(world.try_redeem(made.token).status == 403);
    // Of a link that opens nothing it is not told which share it was.
    CHECK(world.repository->read()->accounts().audit(1)[0].action == "share.refused");
}

TEST_CASE("one presenter has so many shares at a time", "[server][share]") {
    SharedWorld world;
    const std::string mona = world.sign_in("mona");
    for (std::size_t count = 0; count < limits::shares_per_presenter_max; ++count)
        world.share(mona, {id_of("willow")}, {{"hours", 1}});
    CHECK(world.send(Method::post, "/api/v1/shares", SharedWorld::body_of({id_of("willow")}), mona).status == 429);
    world.clock.advance(hour_ms);
    CHECK(world.send(Method::post, "/api/v1/shares", SharedWorld::body_of({id_of("willow")}), mona).status == 201);
}

TEST_CASE("a link becomes a cookie of its own; hashes alone are stored", "[server][share]") {
    SharedWorld world;
    const auto made = world.share(world.sign_in("mona"), {id_of("willow")}, {{"hours", 2}});
    CHECK(made.token.size() == 43);
    const Response response = world.try_redeem(made.token);
    REQUIRE(response.status == 204);
    CHECK(response.headers[0].second.starts_with("__Host-portal_share="));
    CHECK(response.headers[0].second.ends_with("; Path=/; HttpOnly; SameSite=Strict; Max-Age=7200; Secure"));
    const std::string guest = world.redeem(made.token);
    const auto snapshot = world.repository->read();
    CHECK_FALSE(snapshot->shares().guest(guest));
    CHECK(snapshot->shares().guest(hash_token(guest))->share == made.id);
    CHECK_FALSE(snapshot->shares().share_by_token(made.token));
    CHECK(snapshot->shares().guest_count(made.id) == 2);
    Request forged = world.request(Method::post, "/share/redeem", R"({"token":")" + made.token + R"("})");
    forged.origin = "https://evil.example";
    CHECK(world.send(forged).status == 403);
    Request in_the_clear = world.request(Method::post, "/share/redeem", R"({"token":")" + made.token + R"("})");
    in_the_clear.connection = ConnectionKind::plain_remote;
    CHECK(world.send(in_the_clear).status == 403);
}

TEST_CASE("wrong, ended and expired links are answered alike, counted and audited", "[server][share]") {
    SharedWorld world;
    const std::string mona = world.sign_in("mona");
    const auto ended = world.share(mona, {id_of("willow")}),
               expired = world.share(mona, {id_of("willow")}, {{"hours", 1}});
    CHECK(world.send(Method::delete_, "/api/v1/shares/" + ended.id, {}, mona).status == 204);
    world.clock.advance(hour_ms);
    const Response wrong = world.try_redeem(std::string(43, 'A'));
    CHECK(wrong.status == 403);
    CHECK(world.try_redeem(ended.token).body == wrong.body);
    CHECK(world.try_redeem(expired.token).body == wrong.body);
    CHECK(world.try_redeem("").status == 403);
    CHECK(world.repository->read()->accounts().audit(1)[0].action == "share.refused");
    int status = 403;
    for (int guess = 0; guess < 2 * limits::throttle_free_attempts_of_address && status == 403; ++guess)
        status = world.try_redeem("guess" + std::to_string(guess)).status;
    CHECK(status == 429);
    // Whoever signs in from there does so still.
    CHECK(world.try_sign_in("mona").status == 200);
    for (const AuditEntry& entry : world.repository->read()->accounts().audit(100))
        for (const std::string& text : {entry.detail, entry.subject, entry.action})
            CHECK(text.find(ended.token) == std::string::npos);
    for (const std::string& line : world.log.lines)
        CHECK(line.find(ended.token) == std::string::npos);
}

TEST_CASE("one link is opened by so many guests", "[server][share]") {
    SharedWorld world;
    const auto made = world.share(world.sign_in("mona"), {id_of("willow")});
    for (std::size_t count = 0; count < limits::share_guests_max; ++count)
        REQUIRE(world.try_redeem(made.token).status == 204);
    CHECK(world.try_redeem(made.token).status == 412);
}

TEST_CASE("a guest reads the figures of the shared practices and views, and no others", "[server][share]") {
    SharedWorld world;
    const std::string mona = world.sign_in("mona");
    const std::string guest = world.redeem(world.share(mona, {id_of("willow")}).token);
    const Response dataset = world.dataset(guest, "willow");
    REQUIRE(dataset.status == 200);
    CHECK(figure_in(dataset, "net_financed_volume")["value"] == 2 * sales_a_month * willow_sale_cents);
    CHECK(figure_in(dataset, "average_sale")["value"] == willow_sale_cents);
    CHECK(json::parse(dataset.body)["months"].size() == 2);
    CHECK(json::parse(world.dataset(guest, "willow", "integrations").body)["integrations"].size() == 1);
    for (const char* practice : {"aspen", "cedar", "nothing"}) {
        const Response refused = world.dataset(guest, practice);
        CHECK(refused.status == 403);
        CHECK(refused.body == world.dataset(guest, "cedar").body);
    }
    CHECK(world.dataset(guest, "willow", "tickets").status == 400);
    CHECK(world.send(world.guest_request(Method::get, "/share/dataset", guest)).status == 400);
    const std::string other = world.redeem(world.share(mona, {id_of("willow")}, {{"views", {"overview"}}}).token);
    CHECK(world.dataset(other, "willow", "overview").status == 200);
    CHECK(world.dataset(other, "willow").status == 403);
    const Response session = world.send(world.guest_request(Method::get, "/share/session", guest));
    REQUIRE(session.status == 200);
    const json body = json::parse(session.body);
    CHECK(body["presenter"] == "mona");
    CHECK(body["practices"].size() == 1);
    CHECK(body["practices"][0]["name"] == "willow");
    for (const Response& answer : {dataset, session})
        for (const char* foreign : {"aspen", "cedar"}) {
            CHECK(answer.body.find(foreign) == std::string::npos);
            CHECK(answer.body.find(id_of(foreign)) == std::string::npos);
        }
}

TEST_CASE("a guest is refused on every route that is not for guests", "[server][share]") {
    for (const Route& route : routes()) {
        SharedWorld world;
        const auto made = world.share(world.sign_in("mona"), {id_of("willow")});
        const std::string guest = world.redeem(made.token);
        CAPTURE(text_of_method(route.method), route.pattern);
        std::string path(route.pattern);
        if (const std::size_t open = path.find('{'); open != std::string::npos)
            path.replace(open, path.find('}') - open + 1, made.id);
        const Request asked =
            world.guest_request(route.method, path, guest, "view=financing&practice=" + id_of("willow"),
                                route.body_bytes_max > 0 ? "{}" : "");
        const Admission admission = world.api->admit(asked);
        CHECK_FALSE(admission.principal.signed_in);
        const bool is_for_guests = route.access == Access::share_guest;
        CHECK(is_for_guests == (path.starts_with("/share/") && path != "/share/redeem"));
        if (is_for_guests) {
            CHECK(admission.route == &route);
            // What guests say is kept in memory: they have no way of writing a row.
            CHECK((route.csrf == Csrf::not_needed) == (route.method == Method::get));
            const auto commits = world.queue->counters().groups;
            if (route.delivery == Delivery::handler) (void)world.send(asked);
            CHECK(world.queue->counters().groups == commits);
            continue;
        }
        // What anybody may ask, a guest asks as nobody.
        CHECK(admission.principal.guest.session.empty() == !path.starts_with("/share/"));
        if (route.access == Access::anyone) continue;
        CHECK(admission.route == nullptr);
        CHECK(world.send(asked).status == (route.access == Access::same_machine ? 403 : 401));
    }
}

TEST_CASE("a request is a user's or a guest's by its address, never both", "[server][share]") {
    SharedWorld world;
    const std::string mona = world.sign_in("mona"), olga = world.sign_in("olga");
    const std::string guest = world.redeem(world.share(mona, {id_of("willow")}).token);
    const auto both = [&](const std::string& path, const std::string& query = {}) {
        Request asked = world.guest_request(Method::get, path, guest, query);
        asked.cookie += "; __Host-portal_session=" + olga;
        return asked;
    };
    const Admission as_user = world.api->admit(both("/api/v1/session"));
    CHECK(as_user.principal.signed_in);
    CHECK(as_user.principal.guest.session.empty());
    const Admission as_guest = world.api->admit(both("/share/session"));
    CHECK_FALSE(as_guest.principal.signed_in);
    CHECK(as_guest.principal.caller.user.empty());
    CHECK_FALSE(as_guest.principal.guest.session.empty());
    // What olga sees by her own grants does not widen what the guest sees, nor the other way round.
    CHECK(world.send(both("/share/dataset", "view=financing&practice=" + id_of("cedar"))).status == 403);
    Request by_session = world.request(Method::get, "/share/session", {}, olga);
    CHECK(world.send(by_session).status == 401);
    Request swapped = world.request(Method::get, "/api/v1/session");
    swapped.cookie = "__Host-portal_session=" + guest + "; __Host-portal_share=" + olga;
    CHECK(world.send(swapped).status == 401);
    swapped.path = "/share/session";
    CHECK(world.send(swapped).status == 401);
}

TEST_CASE("a paused share tells nothing until it goes on", "[server][share]") {
    SharedWorld world;
    const std::string mona = world.sign_in("mona");
    const auto made = world.share(mona, {id_of("willow")});
    const std::string guest = world.redeem(made.token), path = "/api/v1/shares/" + made.id;
    CHECK(world.send(Method::patch, path, R"({"paused":true})", mona).status == 204);
    CHECK(world.dataset(guest, "willow").status == 412);
    CHECK(json::parse(world.send(world.guest_request(Method::get, "/share/session", guest)).body)["paused"] == true);
    CHECK(world.send(Method::patch, path, R"({"paused":false})", mona).status == 204);
    CHECK(world.dataset(guest, "willow").status == 200);
}

TEST_CASE("what a presenter loses, guests lose; with the last practice the share has ended", "[server][share]") {
    SharedWorld world;
    const auto made = world.share(world.sign_in("mona"), {id_of("willow"), id_of("aspen")});
    const std::string guest = world.redeem(made.token);
    CHECK(world.dataset(guest, "aspen").status == 200);
    world.write([](WriteTransaction& writes) { put_place(writes, "aspen", "hill", "east"); });
    CHECK(world.dataset(guest, "aspen").status == 403);
    CHECK(world.dataset(guest, "willow").status == 200);
    CHECK(world.send(world.guest_request(Method::get, "/share/session", guest)).body.find("aspen") ==
          std::string::npos);
    SECTION("by a grant") {
        take_grant(world, "grantmona");
    }
    SECTION("by being disabled") {
        world.write([](WriteTransaction& writes) {
            User mona = from_row<User>(*writes.get(Entity::user, id_of("mona")));
            mona.disabled = true;
            writes.put(to_row(mona));
        });
    }
    CHECK(world.dataset(guest, "willow").status == 401);
    CHECK(world.send(world.guest_request(Method::get, "/share/session", guest)).status == 401);
    CHECK(world.try_redeem(made.token).status == 403);
}

TEST_CASE("shares end by their time and by a restore, and are forgotten in time", "[server][share]") {
    SharedWorld world;
    const std::string mona = world.sign_in("mona");
    const auto made = world.share(mona, {id_of("willow")});
    const std::string guest = world.redeem(made.token);
    SECTION("by time") {
        world.clock.advance(limits::share_ms_default - 1);
        CHECK(world.dataset(guest, "willow").status == 200);
        world.clock.advance(1);
        CHECK(world.dataset(guest, "willow").status == 401);
        world.clock.advance(day_ms);
        world.write([&](WriteTransaction& writes) { writes.collect_garbage(world.clock.now_ms()); });
        CHECK_FALSE(world.repository->read()->shares().share(made.id));
        CHECK_FALSE(world.repository->read()->shares().guest(hash_token(guest)));
    }
    SECTION("by a restore: the backup may be of before it was ended") {
        const std::string backup = world.folder.file("backup.sqlite");
        REQUIRE(world.repository->backup_to(backup).has_value());
        CHECK(world.send(Method::delete_, "/api/v1/shares/" + made.id, {}, mona).status == 204);
        world.restore(backup);
        CHECK(world.dataset(guest, "willow").status == 401);
        CHECK(world.try_redeem(made.token).status == 403);
    }
}
