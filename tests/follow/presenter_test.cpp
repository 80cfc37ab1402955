// A presenter's questions against a server that says what the test says.
#include "app/follow/presenter.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/share_dataset_json.hpp"
#include "shared/wire/share_json.hpp"
#include "tests/follow/fake_transport.hpp"

namespace portal::follow {
namespace {

using vm::Asking;

const Id shown_practice = "01JW1110W00000000000000000", share_id = "01JSHARE000000000000000000";
constexpr const char* preview_request = "POST /api/v1/shares/preview";
constexpr const char* make_request = "POST /api/v1/shares";
constexpr const char* list_request = "GET /api/v1/shares";

struct PresenterPage {
    ManualClock clock;
    test::FakeTransport server;
    Presenter presenter{server, clock, [] {}};
    const vm::SharingPart& part() const { return presenter.part(); }
};

ShareScope shown_scope(std::vector<ShareView> views = {ShareView::overview}) {
    return {{}, {shown_practice}, std::move(views), 20'454, 20'543, ShareRows::aggregates};
}

std::string preview_text() {
    ShareDataset dataset;
    dataset.practice = shown_practice;
    dataset.months = {{24'312, ShareExposure::hidden, std::nullopt, std::nullopt}};
    return wire::encode_share_preview(std::span(&dataset, 1));
}

ShareListing listing_in(ShareState state) {
    return {share_id, state, shown_scope(), 2, 1, 1'000, 2'000, {}, {}, {}};
}

}  // namespace

TEST_CASE("what becomes visible is that of the newest question", "[follow]") {
    PresenterPage page;
    page.presenter.preview(shown_scope({ShareView::financing}));
    page.presenter.preview(shown_scope());
    CHECK(page.part().preview == Asking::asking);
    const std::string body = page.server.answer(preview_request, 200, preview_text());
    CHECK(wire::decode_share_request(body)->scope.views == std::vector{ShareView::overview});
    CHECK_FALSE(page.server.is_waiting(preview_request));
    REQUIRE(page.part().preview == Asking::known);
    // The one month, and the two views that are not shared.
    REQUIRE(page.part().lines.size() == 3);
    CHECK(page.part().lines[0].kind == RedactionKind::month);
    CHECK(page.part().lines[0].exposure == ShareExposure::hidden);
}

TEST_CASE("a refusal is told in the server's words, silence as silence", "[follow]") {
    for (const auto& [status, asking] :
         {std::pair{403, Asking::refused}, std::pair{0, Asking::failed}, std::pair{503, Asking::failed}}) {
        CAPTURE(status);
        PresenterPage page;
        page.presenter.preview(shown_scope());
        page.server.answer(preview_request, status, R"({"error":{"code":"permission_denied","message":"not yours"}})");
        CHECK(page.part().preview == asking);
        CHECK(page.part().refusal == (asking == Asking::refused ? "not yours" : ""));
        page.presenter.make_link({shown_scope(), hour_ms});
        page.server.answer(make_request, status);
        CHECK(page.part().link == asking);
        CHECK(page.part().made_link.empty());
    }
    PresenterPage page;
    page.presenter.preview(shown_scope());
    page.server.answer(preview_request, 200, R"({"datasets":[7]})");
    CHECK(page.part().preview == Asking::failed);
}

TEST_CASE("a link is made once, told once, and forgotten with the next question", "[follow]") {
    PresenterPage page;
    page.presenter.make_link({shown_scope(), 3 * hour_ms});
    page.presenter.make_link({shown_scope(), 3 * hour_ms});
    ShareListing made = listing_in(ShareState::live);
    made.link = "/share#token";
    const std::string body = page.server.answer(make_request, 201, wire::encode(made));
    CHECK(wire::decode_share_request(body)->duration_ms == 3 * hour_ms);
    CHECK_FALSE(page.server.is_waiting(make_request));
    CHECK(page.part().made_link == "/share#token");
    REQUIRE(page.part().live());
    CHECK(page.part().live()->link.empty());
    page.presenter.preview(shown_scope());
    CHECK(page.part().made_link.empty());
}

TEST_CASE("while something is live the list is kept up, and every change asks for it anew", "[follow]") {
    PresenterPage page;
    CHECK_FALSE(page.presenter.step());
    page.presenter.list();
    const std::vector<ShareListing> live = {listing_in(ShareState::live)};
    page.server.answer(list_request, 200, wire::encode_share_list(live));
    CHECK(page.presenter.step() == limits::share_list_period_ms);
    page.clock.advance(limits::share_list_period_ms);
    page.presenter.step();
    // What is known stays when nobody answers.
    page.server.answer(list_request, 0);
    CHECK(page.part().list == Asking::failed);
    REQUIRE(page.part().live());
    CHECK(page.part().live()->followers == 1);

    page.presenter.pause(share_id, true);
    CHECK(page.server.answer("PATCH /api/v1/shares/" + share_id, 204) == R"({"paused":true})");
    CHECK_FALSE(page.part().is_change_refused);
    page.server.answer(list_request, 200, wire::encode_share_list(live));
    page.presenter.end(share_id);
    page.server.answer("DELETE /api/v1/shares/" + share_id, 412);
    CHECK(page.part().is_change_refused);
    const std::vector<ShareListing> ended = {listing_in(ShareState::ended)};
    page.server.answer(list_request, 200, wire::encode_share_list(ended));
    CHECK_FALSE(page.part().live());
    CHECK_FALSE(page.presenter.step());
}

TEST_CASE("presenting is handed over: what the server says is told, and who presents is asked anew", "[follow]") {
    PresenterPage page;
    const Id user = "01J0TT0000000000000000000Z";
    const std::string hand_request = "PUT /api/v1/shares/" + share_id + "/presenter";
    page.presenter.list();
    const std::vector<ShareListing> own = {listing_in(ShareState::live)};
    page.server.answer(list_request, 200, wire::encode_share_list(own));
    page.presenter.hand_over(share_id, user);
    page.presenter.hand_over(share_id, user);
    CHECK(page.part().handing == Asking::asking);
    CHECK(page.server.answer(hand_request, 204) == R"({"user":")" + user + "\"}");
    CHECK_FALSE(page.server.is_waiting(hand_request));
    CHECK(page.part().handing == Asking::known);
    ShareListing handed = listing_in(ShareState::live);
    handed.presenter = "Otto Alder";
    page.server.answer(list_request, 200, wire::encode_share_list(std::vector{handed}));
    // Ours still, but another one presents it.
    CHECK_FALSE(page.part().live());
    REQUIRE(page.part().handed());
    CHECK(page.part().handed()->id == share_id);
    page.presenter.forget_handing();
    CHECK(page.part().handing == Asking::idle);
    page.presenter.hand_over(share_id, user);
    page.server.answer(hand_request, 412, R"({"error":{"code":"precondition_failed","message":"they have left"}})");
    CHECK(page.part().handing == Asking::refused);
    CHECK(page.part().refusal == "they have left");
    page.server.answer(list_request, 200, wire::encode_share_list(own));
    page.presenter.hand_over(share_id, user);
    page.server.answer(hand_request, 0);
    CHECK(page.part().handing == Asking::failed);
    CHECK(page.part().live());
}

TEST_CASE("what guests see of the screen is asked once a minute, and anew of another screen", "[follow]") {
    PresenterPage page;
    ShareDataset dataset;
    dataset.view = ShareView::financing;
    dataset.practice = shown_scope().practices.front();
    dataset.figures = {{Figure{}, ShareExposure::hidden}};
    const std::vector<ShareDataset> told = {dataset};
    ShareScope scope = shown_scope();
    scope.views = {ShareView::financing};
    page.presenter.mark(scope);
    page.presenter.mark(scope);
    page.server.answer(preview_request, 200, wire::encode_share_preview(told));
    CHECK_FALSE(page.server.is_waiting(preview_request));
    REQUIRE_FALSE(page.part().marks.empty());
    CHECK(page.part().marks.front().exposure == ShareExposure::hidden);
    page.presenter.mark(scope);
    CHECK_FALSE(page.server.is_waiting(preview_request));
    page.clock.advance(limits::share_marks_period_ms);
    page.presenter.mark(scope);
    // Without an answer what is known stays.
    page.server.answer(preview_request, 0);
    CHECK_FALSE(page.part().marks.empty());
    scope.views = {ShareView::overview};
    page.presenter.mark(scope);
    CHECK(page.part().marks.empty());
    CHECK(page.server.is_waiting(preview_request));
}

}  // namespace portal::follow
