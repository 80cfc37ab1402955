// The bars of who presents and of who follows: in every language and however narrow, no button is cut or lies on
// another, and what must be known is said.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "app/ui/button.hpp"
#include "app/views/following_bar_view.hpp"
#include "app/views/share_sheet_view.hpp"
#include "tests/ui/screen.hpp"

namespace portal::views {
namespace {

using mirror::Role;

struct NoBarIntents final : vm::IntentSink {
    void emit(vm::Intent) override {}
    Id new_id() override { return {}; }
};

struct BarOfSharing {
    BarOfSharing(vm::Language language, float width, ui::Theme theme = {})
        : screen(ImVec2(width, 800), theme), format(language, 1'772'627'400'000) {
        vm::SessionPart session;
        session.practices = {{"one", "Alder Animal Hospital", {}, {}}, {"two", "Birch Dental", {}, {}}};
        snapshot.session = std::make_shared<const vm::SessionPart>(session);
        live.id = "share";
        live.state = ShareState::live;
        live.scope.practices = {"one", "two"};
        live.followers = 12;
        ShareGuestSession followed;
        followed.presenter = "Otto Alder";
        guest.phase = vm::GuestPhase::live;
        guest.session = std::make_shared<const ShareGuestSession>(followed);
    }
    void present(vm::Word last) {
        stop = context.say(last);
        screen.draw([this] {
            stop_width = ui::button_width(stop, {.size = ui::ButtonSize::small});
            live_bar_view(context, sheet, sharing, recording, live);
        });
        screen.frame(3);
    }
    void follow() {
        screen.draw([this] { following_bar_view(context, bar, guest, false); });
        screen.frame(3);
    }
    // From left to right.
    std::vector<mirror::Rect> buttons() const {
        std::vector<mirror::Rect> rects;
        for (const mirror::MirrorNode* node : screen.all(Role::button))
            rects.push_back(node->rect);
        std::ranges::sort(rects, {}, &mirror::Rect::x);
        return rects;
    }
    bool says(std::string_view words) const { return screen.find(Role::text, words) != nullptr; }

    ui::test::Screen screen;
    vm::Snapshot snapshot;
    vm::Format format;
    NoBarIntents sink;
    Preferences preferences;
    PageRequests page;
    std::optional<LostCopy> lost_copy;
    ViewContext context{snapshot, format, sink, preferences, page, lost_copy};
    ShareSheetState sheet;
    vm::SharingPart sharing;
    vm::RecordingPart recording;
    ShareListing live;
    FollowingBarState bar;
    vm::GuestPart guest;
    std::string_view stop;
    float stop_width = 0;  // With all of its words.
};

void check_that_buttons_are_whole(const BarOfSharing& bar) {
    const auto rects = bar.buttons();
    REQUIRE(rects.size() >= 2);
    CHECK(rects.front().x >= 0);
    CHECK(bar.screen.node(Role::button, bar.stop).rect.width + 1 >= bar.stop_width);
    CHECK(rects.back().x + rects.back().width <= ImGui::GetIO().DisplaySize.x);
    for (std::size_t index = 1; index < rects.size(); ++index) {
        CHECK(rects[index - 1].x + rects[index - 1].width <= rects[index].x);
        CHECK(rects[index].y == rects.front().y);
    }
}

}  // namespace

TEST_CASE("the presenter's bar has room for its buttons", "[views][share]") {
    for (const vm::Language language : {vm::Language::english, vm::Language::spanish})
        for (const float width : {1280.0f, 700.0f, 390.0f, 360.0f})
            for (const bool is_ending : {false, true})
                for (const bool is_recorded : {false, true}) {
                    INFO(vm::tag_of_language(language)
                         << " at " << width << (is_ending ? ", ending" : "") << (is_recorded ? ", recorded" : ""));
                    BarOfSharing bar(language, width);
                    if (is_ending) bar.sheet.ending = bar.live.id;
                    if (is_recorded) bar.recording.phase = vm::RecordingPhase::running;
                    bar.recording.share = bar.live.id;
                    bar.present(is_ending ? vm::Word::share_stop_now : vm::Word::share_stop);
                    check_that_buttons_are_whole(bar);
                }
}

TEST_CASE("a follower on a phone reads a whole sentence, and that somebody records", "[views][share]") {
    {
        BarOfSharing phone(vm::Language::spanish, 390);
        phone.bar.following.follows = FollowState::Follows::own_way;
        phone.follow();
        CHECK(phone.says("Usted mira por su cuenta"));
        phone.guest.is_recorded = true;
        phone.screen.frame(2);
        CHECK(phone.says("Otto Alder graba lo que se muestra aquí"));
    }
    BarOfSharing desk(vm::Language::spanish, 1280);
    desk.bar.following.follows = FollowState::Follows::own_way;
    desk.guest.is_recorded = true;
    desk.follow();
    CHECK(desk.says("Usted mira por su cuenta; Otto Alder continúa. Otto Alder graba lo que se muestra aquí"));
}

}  // namespace portal::views
