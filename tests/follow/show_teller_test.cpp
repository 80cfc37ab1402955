// What a presenter's page tells of where it looks, against a server that says what the test says.
#include "app/follow/show_teller.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/limits.hpp"
#include "shared/wire/share_json.hpp"
#include "tests/follow/fake_transport.hpp"

namespace portal::follow {
namespace {

const Id told_practice = "01JW1110W00000000000000000", untold_practice = "01JCEDAR000000000000000000",
         told_share = "01JSHARE000000000000000000";
const std::string show_request = "PUT /api/v1/shares/" + told_share + "/show";

struct Show {
    ManualClock clock{1'795'000'000'000};
    test::FakeTransport server;
    ShowTeller teller{server, clock};
    std::vector<ShareListing> shares;

    Show() {
        ShareScope scope{{}, {told_practice}, {ShareView::financing}, 20'454, 20'543, ShareRows::aggregates};
        shares.push_back({told_share, ShareState::live, scope, 0, 0, 1, 2, {}, {}, {}});
    }
    void look(ShareView route, std::vector<ShareFilter> filters = {}) {
        ShareViewState state;
        state.route = route;
        state.filters = std::move(filters);
        teller.look(shares, state);
    }
    // What waits to be answered, as a state.
    ShareViewState told(int status = 200) {
        const auto show = wire::decode_share_show(server.answer(show_request, status));
        REQUIRE(show->state);
        return *show->state;
    }
};

}  // namespace

TEST_CASE("a look is told when it is new, and again after a while", "[follow]") {
    Show show;
    show.look(ShareView::financing, {{"practice", {told_practice}}});
    const ShareViewState first = show.told();
    CHECK(first.route == ShareView::financing);
    CHECK(first.filters.size() == 1);
    show.look(ShareView::financing, {{"practice", {told_practice}}});
    CHECK_FALSE(show.server.is_waiting(show_request));
    show.clock.advance(limits::share_state_period_ms);
    show.teller.step();
    CHECK(show.told().q > first.q);
    show.shares.front().state = ShareState::paused;
    show.look(ShareView::financing);
    CHECK_FALSE(show.server.is_waiting(show_request));
}

TEST_CASE("after another who presented by a clock that is ahead, one's own states are newer", "[follow]") {
    Show show;
    show.look(ShareView::financing);
    const std::int64_t theirs = show.clock.now_ms() + 60'000;
    show.server.answer(show_request, 200, R"({"q":)" + std::to_string(theirs) + R"(,"followers":1})");
    CHECK(show.told().q == theirs + 1);
    CHECK_FALSE(show.server.is_waiting(show_request));
    // While another presents, nothing is told.
    show.shares.front().presenter = "Otto Alder";
    show.look(ShareView::overview);
    CHECK_FALSE(show.server.is_waiting(show_request));
}

TEST_CASE("a presenter who scrolls is told of a few times a second, and where they stop always", "[follow]") {
    Show show;
    ShareViewState state;
    state.route = ShareView::financing;
    const auto scroll_to = [&](std::int64_t part) {
        state.top = "widget:months";
        state.scroll = part;
        show.teller.look(show.shares, state);
    };
    scroll_to(0);
    CHECK(show.told().scroll == 0);
    scroll_to(500);
    scroll_to(1'000);
    CHECK_FALSE(show.server.is_waiting(show_request));
    show.clock.advance(limits::share_scroll_period_ms);
    CHECK(show.teller.step().has_value());
    CHECK(show.told().scroll == 1'000);
    // Another place need not wait.
    scroll_to(1'500);
    show.look(ShareView::overview);
    CHECK(show.told().away);
}

TEST_CASE("of what is not shared nothing is told but that it is", "[follow]") {
    Show show;
    show.look(ShareView::overview);
    ShareViewState away = show.told();
    CHECK(away.away);
    CHECK(away.route == ShareView::financing);
    show.look(ShareView::financing, {{"practice", {untold_practice}}, {"from", {"2026-01-01"}}});
    // The same as before: there is nothing new to tell.
    CHECK_FALSE(show.server.is_waiting(show_request));
    // Days outside of the period are left out.
    show.look(ShareView::financing, {{"from", {"2025-12-31"}}, {"to", {"2026-02-01"}}});
    const ShareViewState inside = show.told();
    CHECK_FALSE(inside.away);
    CHECK(inside.filters == std::vector<ShareFilter>{{"to", {"2026-02-01"}}});
    // What only the server can know is refused, and then told as not shared.
    ShareViewState selection;
    selection.route = ShareView::financing;
    selection.sel = "integration:" + untold_practice;
    show.teller.look(show.shares, selection);
    CHECK(show.told(403).sel == selection.sel);
    away = show.told();
    CHECK(away.away);
    CHECK(away.sel.empty());
}

TEST_CASE("a pointer is told as often as may be, and nowhere but on what is shared", "[follow]") {
    Show show;
    show.look(ShareView::financing);
    show.told();
    const auto pointed = [&] { return wire::decode_share_show(show.server.answer(show_request, 204))->pointer->x; };
    show.teller.point({"widget:months", 1, 1});
    CHECK(pointed() == 1);
    show.teller.point({"widget:months", 2, 1});
    show.teller.point({"widget:months", 3, 1});
    CHECK_FALSE(show.server.is_waiting(show_request));
    show.clock.advance(limits::share_pointer_period_ms);
    show.teller.step();
    CHECK(pointed() == 3);
    show.look(ShareView::overview);
    show.told();
    show.clock.advance(limits::share_pointer_period_ms);
    show.teller.point({"widget:months", 4, 1});
    CHECK_FALSE(show.server.is_waiting(show_request));
}

}  // namespace portal::follow
