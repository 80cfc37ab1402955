// A guest's page against a server that says what the test says: every way in, through, out and back.
#include "app/follow/guest_loop.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/limits.hpp"
#include "shared/wire/share_dataset_json.hpp"
#include "tests/follow/fake_transport.hpp"

namespace portal::follow {
namespace {

using vm::GuestPhase;

const Id guest_willow = "01JW1110W00000000000000000", guest_cedar = "01JCEDAR000000000000000000";
constexpr const char* redeem_request = "POST /share/redeem";
constexpr const char* session_request = "GET /share/session";
const std::string overview_request = "GET /share/dataset?view=overview&practice=" + guest_willow;
const std::string financing_request = "GET /share/dataset?view=financing&practice=" + guest_willow;

std::string session_text(std::vector<SharedPractice> practices = {{guest_willow, "Willow"}},
                         std::vector<ShareView> views = {ShareView::overview, ShareView::financing}) {
    return wire::encode(ShareGuestSession{.presenter = "Mona",
                                          .practices = std::move(practices),
                                          .views = std::move(views),
                                          .first_day = 20'454,
                                          .last_day = 20'543,
                                          .expires_ms = 1'795'000'000'000});
}

std::string dataset_text(ShareView view, InstantMs as_of_ms = 1, const Id& practice = guest_willow) {
    ShareDataset dataset;
    dataset.view = view;
    dataset.practice = practice;
    dataset.as_of_ms = as_of_ms;
    return wire::encode(dataset);
}

struct GuestPage {
    ManualClock clock{1'795'000'000'000};
    SeededRandom random{7};
    test::FakeTransport transport;
    test::FakeTransport* server = &transport;
    std::vector<std::string> troubles;
    std::unique_ptr<GuestLoop> loop;

    explicit GuestPage(std::string token = "the-token", Id share = {}) {
        loop = std::make_unique<GuestLoop>(GuestOptions{
            .token = std::move(token),
            .share = std::move(share),
            .transport = &transport,
            .clock = &clock,
            .random = &random,
            .changed = [] {},
            .trouble = [this](std::string_view, const std::string& detail) { troubles.push_back(detail); }});
        loop->step();
    }
    GuestPhase phase() const { return loop->part().phase; }
    void look_at(ShareView view) {
        loop->look_at(view, guest_willow);
        loop->step();
    }
    // As far as the first drawn view.
    void come_in() {
        server->answer(redeem_request, 204);
        server->tell("changed");
        server->answer(session_request, 200, session_text());
        look_at(ShareView::overview);
        server->answer(overview_request, 200, dataset_text(ShareView::overview));
        server->answer(financing_request, 200, dataset_text(ShareView::financing));
    }
    void wait(DurationMs ms) {
        clock.advance(ms);
        loop->step();
    }
};

}  // namespace

TEST_CASE("a guest redeems the link, listens, and only then reads what is shared", "[follow]") {
    GuestPage page;
    CHECK(page.phase() == GuestPhase::opening);
    CHECK(page.server->sent == std::vector<std::string>{redeem_request});
    CHECK(page.server->answer(redeem_request, 204) == R"({"token":"the-token"})");
    CHECK(page.server->sent.back() == "LISTEN /share/live");
    CHECK_FALSE(page.server->is_waiting(session_request));
    page.server->tell("changed");
    page.server->answer(session_request, 200, session_text());
    CHECK(page.phase() == GuestPhase::live);
    CHECK(page.loop->part().session->presenter == "Mona");
    // What is looked at comes first, the other views of the same practice after it.
    page.look_at(ShareView::financing);
    page.server->answer(financing_request, 200, dataset_text(ShareView::financing));
    page.server->answer(overview_request, 200, dataset_text(ShareView::overview));
    CHECK(page.loop->part().find(ShareView::financing, guest_willow));
    CHECK(page.loop->part().find(ShareView::overview, guest_willow));
    CHECK(page.server->sent.size() == 5);
    CHECK(page.troubles.empty());
}

TEST_CASE("a page that is loaded again comes in by its cookie", "[follow]") {
    GuestPage page("");
    CHECK(page.server->sent == std::vector<std::string>{"LISTEN /share/live"});
    page.server->tell("changed");
    page.server->answer(session_request, 200, session_text());
    CHECK(page.phase() == GuestPhase::live);

    // Whose cookie says nothing is refused the stream; the question after it tells why.
    GuestPage stranger("");
    stranger.server->break_stream();
    stranger.wait(limits::share_retry_ms_max);
    stranger.server->answer(session_request, 401);
    CHECK(stranger.phase() == GuestPhase::ended);
}

TEST_CASE("a link that does not work says so, and nothing more is asked", "[follow]") {
    for (const auto& [status, phase] : {std::pair{403, GuestPhase::link_wrong}, std::pair{400, GuestPhase::link_wrong},
                                        std::pair{412, GuestPhase::crowded}}) {
        GuestPage page;
        page.server->answer(redeem_request, status);
        page.wait(limits::share_retry_ms_max);
        CHECK(page.phase() == phase);
        CHECK(page.server->sent.size() == 1);
        CHECK_FALSE(page.loop->step());
    }
}

TEST_CASE("after too many tries it waits as long as it is told, and after silence a while", "[follow]") {
    GuestPage page;
    page.server->answer(redeem_request, 429, {}, 60'000);
    CHECK(page.phase() == GuestPhase::throttled);
    CHECK(page.loop->part().wait_ms == 60'000);
    CHECK(page.loop->step() == 60'000);
    page.wait(59'999);
    CHECK_FALSE(page.server->is_waiting(redeem_request));
    page.wait(1);
    page.server->answer(redeem_request, 0);
    CHECK(page.phase() == GuestPhase::away);
    CHECK_FALSE(page.server->is_waiting(redeem_request));
    page.loop->try_now();
    page.loop->step();
    CHECK(page.server->answer(redeem_request, 204) == R"({"token":"the-token"})");
    CHECK(page.server->is_listening());
}

TEST_CASE("what changes is read anew, and stays to be seen until it is there", "[follow]") {
    GuestPage page;
    page.come_in();
    page.server->tell("changed");
    CHECK(page.loop->part().find(ShareView::overview, guest_willow));
    page.server->answer(session_request, 200, session_text());
    page.server->answer(overview_request, 200, dataset_text(ShareView::overview, 2));
    CHECK(page.loop->part().find(ShareView::overview, guest_willow)->as_of_ms == 2);
    // An answer that was on its way when the next change came is not the last word.
    page.server->tell("changed");
    page.server->answer(financing_request, 200, dataset_text(ShareView::financing, 2));
    page.server->answer(session_request, 200, session_text());
    page.server->answer(overview_request, 200, dataset_text(ShareView::overview, 3));
    page.server->answer(financing_request, 200, dataset_text(ShareView::financing, 3));
    CHECK(page.loop->part().find(ShareView::financing, guest_willow)->as_of_ms == 3);
}

TEST_CASE("nothing of the datasets stays while the presenter pauses, and it comes back with them", "[follow]") {
    GuestPage page;
    page.come_in();
    page.server->tell("paused");
    CHECK(page.phase() == GuestPhase::paused);
    CHECK(page.loop->part().datasets.empty());
    page.server->answer(session_request, 200, session_text());
    CHECK(page.phase() == GuestPhase::paused);
    CHECK_FALSE(page.server->is_waiting(overview_request));
    page.server->tell("changed");
    page.server->answer(session_request, 200, session_text());
    page.server->answer(overview_request, 200, dataset_text(ShareView::overview));
    CHECK(page.phase() == GuestPhase::live);
    CHECK(page.loop->part().datasets.size() == 1);
}

TEST_CASE("an end takes everything away, however it is told", "[follow]") {
    const auto has_ended = [](GuestPage& page) {
        CHECK(page.phase() == GuestPhase::ended);
        CHECK(page.loop->part().datasets.empty());
        CHECK_FALSE(page.loop->part().session);
        CHECK_FALSE(page.server->is_listening());
        const std::size_t sent = page.server->sent.size();
        page.wait(limits::share_retry_ms_max);
        CHECK(page.server->sent.size() == sent);
    };
    GuestPage told;
    told.come_in();
    told.server->tell("end");
    has_ended(told);

    GuestPage asked;
    asked.come_in();
    asked.server->tell("changed");
    asked.server->answer(session_request, 200, session_text());
    asked.server->answer(overview_request, 401);
    has_ended(asked);
}

TEST_CASE("without the server what is known stays readable, and it comes back by itself", "[follow]") {
    GuestPage page;
    page.come_in();
    page.server->break_stream();
    CHECK(page.phase() == GuestPhase::away);
    CHECK(page.loop->part().datasets.size() == 2);
    page.wait(limits::share_retry_ms_max);
    page.server->answer(session_request, 0);
    CHECK(page.phase() == GuestPhase::away);
    page.wait(limits::share_retry_ms_max);
    page.server->answer(session_request, 200, session_text());
    REQUIRE(page.server->is_listening());
    page.server->tell("changed");
    page.server->answer(session_request, 200, session_text());
    page.server->answer(overview_request, 200, dataset_text(ShareView::overview, 9));
    CHECK(page.phase() == GuestPhase::live);
    CHECK(page.loop->part().find(ShareView::overview, guest_willow)->as_of_ms == 9);
}

TEST_CASE("what is no longer shared is dropped", "[follow]") {
    GuestPage page;
    page.come_in();
    page.server->tell("changed");
    page.server->answer(session_request, 200, session_text({{guest_willow, "Willow"}}, {ShareView::overview}));
    CHECK(page.loop->part().datasets.size() == 1);
    page.server->tell("changed");
    page.server->answer(session_request, 200, session_text({{guest_cedar, "Cedar"}}));
    CHECK(page.loop->part().datasets.empty());
}

TEST_CASE("answers that cannot be right are told and not shown", "[follow]") {
    GuestPage page;
    page.server->answer(redeem_request, 204);
    page.server->tell("changed");
    page.server->answer(session_request, 200, "{}");
    CHECK_FALSE(page.loop->part().session);
    CHECK(page.troubles.size() == 1);
    page.wait(limits::share_retry_ms_max);
    page.server->answer(session_request, 200, session_text());
    page.look_at(ShareView::overview);
    page.server->answer(overview_request, 200, dataset_text(ShareView::overview, 1, guest_cedar));
    CHECK(page.loop->part().datasets.empty());
    CHECK(page.troubles.size() == 2);
}

TEST_CASE("what a guest says goes to the presenter, and their name again after the stream has greeted anew",
          "[follow]") {
    GuestPage page;
    page.come_in();
    page.loop->say_name("Ana \"Peña\"");
    CHECK(page.server->answer("PUT /share/name", 204) == R"({"name":"Ana \"Peña\""})");
    page.loop->react(ShareReaction::slower);
    CHECK(page.server->answer("POST /share/reactions", 204) == R"({"kind":"slower"})");
    page.server->tell("changed");
    page.loop->step();
    page.server->answer(session_request, 200, session_text());
    page.loop->step();
    CHECK(page.server->is_waiting("PUT /share/name"));
    CHECK_FALSE(page.server->is_waiting("POST /share/reactions"));
}

TEST_CASE("a user who has joined follows by their own session, without a dataset", "[follow]") {
    const Id share = "01JSHARE000000000000000000";
    const std::string base = "/api/v1/shares/" + share, asked = "GET " + base + "/follower";
    GuestPage page("", share);
    CHECK(page.server->sent == std::vector<std::string>{"LISTEN " + base + "/follow"});
    page.server->tell("changed");
    page.server->tell("state", R"({"k":"state","q":7,"route":"financing","filters":{},"sel":"","scroll":0})");
    page.server->answer(asked, 200, session_text());
    CHECK(page.phase() == GuestPhase::live);
    CHECK(page.loop->part().shown->route == ShareView::financing);
    page.loop->react(ShareReaction::question);
    page.server->answer("POST " + base + "/reactions", 204);
    SECTION("the stream breaks: it comes back by itself") {
        page.server->break_stream();
        CHECK(page.phase() == GuestPhase::away);
        page.wait(limits::share_retry_ms_max);
        page.server->answer(asked, 200, session_text());
        page.server->tell("changed");
        page.server->answer(asked, 200, session_text());
        CHECK(page.phase() == GuestPhase::live);
    }
    SECTION("it has ended meanwhile, or they may not follow any more") {
        page.server->break_stream();
        page.wait(limits::share_retry_ms_max);
        page.server->answer(asked, 404);
        CHECK(page.phase() == GuestPhase::ended);
        CHECK_FALSE(page.loop->part().session);
        CHECK_FALSE(page.loop->part().shown);
    }
    SECTION("it ends") {
        page.server->tell("end");
        CHECK(page.phase() == GuestPhase::ended);
    }
    for (const std::string& request : page.server->sent)
        CHECK(request.find("/share/") == std::string::npos);
}

TEST_CASE("a guest is told while what they see is recorded", "[follow]") {
    GuestPage page;
    page.come_in();
    CHECK_FALSE(page.loop->part().is_recorded);
    page.server->tell("recorded");
    CHECK(page.loop->part().is_recorded);
    CHECK(page.phase() == GuestPhase::live);
    page.server->tell("unrecorded");
    CHECK_FALSE(page.loop->part().is_recorded);
    page.server->tell("recorded");
    page.server->break_stream();
    CHECK_FALSE(page.loop->part().is_recorded);
}

}  // namespace portal::follow
