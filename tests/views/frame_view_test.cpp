// The top bar: whatever it has to say, each of its buttons lies inside the window, clear of the one beside it.
#include "app/views/frame_view.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "tests/ui/screen.hpp"

namespace portal::views {
namespace {

using mirror::Role;

class BarIntents final : public vm::IntentSink {
  public:
    void emit(vm::Intent) override {}
    Id new_id() override { return {}; }
};

struct DrawnBar {
    DrawnBar(vm::Language language, float width, ui::Theme theme = {})
        : screen(ImVec2(width, 800), theme), format(language, 1'772'627'400'000) {
        session.demo = true;
        session.name = "Mona Chen";
        session.title = "Account manager";
        session.practices = {{"one", "Alder Animal Hospital", {}, {}}, {"two", "Birch Dental", {}, {}}};
        sync.phase = vm::SyncPhase::current;
        screen.draw([this] {
            vm::Snapshot snapshot;
            snapshot.session = std::make_shared<const vm::SessionPart>(session);
            snapshot.sync = std::make_shared<const vm::SyncPart>(sync);
            ViewContext context{snapshot, format, sink, preferences, page, lost_copy};
            context.may_share = true;
            FrameView frame(context, vm::OverviewQuery{});
            frame.draw();
        });
        screen.frame(3);
    }
    // From left to right.
    std::vector<mirror::Rect> of_bar() const {
        std::vector<mirror::Rect> rects;
        for (const Role role : {Role::button, Role::combobox})
            for (const mirror::MirrorNode* node : screen.all(role))
                if (node->rect.y < bar_bottom) rects.push_back(node->rect);
        std::ranges::sort(rects, {}, &mirror::Rect::x);
        return rects;
    }

    static constexpr float bar_bottom = 40;
    ui::test::Screen screen;
    vm::SessionPart session;
    vm::SyncPart sync;
    vm::Format format;
    BarIntents sink;
    Preferences preferences;
    PageRequests page;
    std::optional<LostCopy> lost_copy;
};

}  // namespace

TEST_CASE("every button of the top bar lies inside the window, clear of its neighbours", "[views]") {
    ui::Theme touch;
    touch.density = ui::Density::touch;
    for (const vm::Language language : {vm::Language::english, vm::Language::spanish})
        for (const float width : {390.0f, 360.0f, 320.0f})
            for (const ui::Theme& theme : {ui::Theme{}, touch}) {
                INFO(vm::tag_of_language(language) << " at " << width);
                const DrawnBar bar(language, width, theme);
                const auto rects = bar.of_bar();
                // Places, commands, sync, and the person's menu.
                REQUIRE(rects.size() == 4);
                CHECK(rects.front().width >= 64);
                CHECK(rects.front().x >= 0);
                CHECK(rects.back().x + rects.back().width <= width);
                for (std::size_t index = 1; index < rects.size(); ++index)
                    CHECK(rects[index - 1].x + rects[index - 1].width <= rects[index].x);
            }
}

TEST_CASE("the sync pill tells what waits, since when, and when the server was heard", "[views]") {
    DrawnBar bar(vm::Language::english, 1280);
    constexpr InstantMs hour = 3'600'000, now = 1'772'627'400'000;
    bar.sync.pending_count = 3;
    bar.sync.oldest_pending_ms = now - 2 * hour;
    bar.sync.last_exchange_ms = now - 5 * hour;
    bar.screen.frame(3);
    const mirror::MirrorNode* pill = bar.screen.find(Role::button, "3 edits waiting");
    REQUIRE(pill != nullptr);
    CHECK(pill->description == "Last exchange " + bar.format.relative(now - 5 * hour) + ". Oldest waiting edit " +
                                   bar.format.relative(now - 2 * hour));
    bar.sync.pending_count = 0;
    bar.sync.tray_count = 2;
    bar.sync.last_exchange_ms = 0;
    bar.screen.frame(3);
    pill = bar.screen.find(Role::button, "2 edits need you");
    REQUIRE(pill != nullptr);
    CHECK(pill->description == "Last exchange never");
}

TEST_CASE("the demo's ribbon is on every bar", "[views]") {
    for (const float width : {1280.0f, 390.0f}) {
        INFO(width);
        CHECK(DrawnBar(vm::Language::english, width).screen.find(Role::text, "Demo data") != nullptr);
        CHECK(DrawnBar(vm::Language::spanish, width).screen.find(Role::text, "Datos de demo") != nullptr);
    }
    CHECK(DrawnBar(vm::Language::spanish, 320).screen.find(Role::text, "Demo") != nullptr);
}

}  // namespace portal::views
