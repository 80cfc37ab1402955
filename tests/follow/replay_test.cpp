// What is played is what a guest's page had at that moment, forwards and back, at any speed.
#include "app/follow/replay.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/durations.hpp"
#include "shared/wire/share_dataset_json.hpp"
#include "shared/wire/share_json.hpp"
#include "shared/wire/share_recording.hpp"

namespace portal::follow {
namespace {

using vm::GuestPhase;
using vm::ReplayPhase;

const Id played_practice = "01JW1110W00000000000000000", other_practice = "01JCEDAR000000000000000000";

std::string played_dataset(ShareView view, InstantMs as_of_ms) {
    ShareDataset dataset;
    dataset.view = view;
    dataset.practice = played_practice;
    dataset.as_of_ms = as_of_ms;
    return wire::encode(dataset);
}

std::string played_state(std::int64_t q, ShareView route, const Id& practice = played_practice) {
    ShareViewState state;
    state.q = q;
    state.route = route;
    state.filters = {{"practice", {practice}}};
    return wire::encode(state);
}

// A minute: two views, newer figures at 20 s, a pause from 30 to 40, another practice at 50.
std::string played_file() {
    wire::RecordingWriter writer(1'795'000'000'000);
    const auto show = [&](DurationMs at_ms, const std::string& text) {
        writer.add(at_ms, wire::RecordedPart::show, text);
    };
    const auto give = [&](DurationMs at_ms, ShareView view, InstantMs as_of_ms) {
        writer.add(at_ms, wire::RecordedPart::dataset, played_dataset(view, as_of_ms));
    };
    writer.add(0, RecordedTurn::changed);
    writer.add(0, wire::RecordedPart::session,
               wire::encode(ShareGuestSession{.presenter = "Mona",
                                              .practices = {{played_practice, "Willow"}},
                                              .views = {ShareView::overview, ShareView::financing},
                                              .first_day = 20'454,
                                              .last_day = 20'543}));
    give(100, ShareView::overview, 1);
    give(100, ShareView::financing, 2);
    show(1'000, played_state(1, ShareView::overview));
    show(6'000, played_state(2, ShareView::overview));
    show(10'000, played_state(3, ShareView::financing));
    show(11'000, wire::encode(SharePointer{"widget:months", 1, 2}));
    writer.add(20'000, RecordedTurn::changed);
    give(20'100, ShareView::financing, 3);
    writer.add(30'000, RecordedTurn::paused);
    writer.add(40'000, RecordedTurn::changed);
    give(40'100, ShareView::financing, 4);
    show(50'000, played_state(4, ShareView::financing, other_practice));
    writer.add(55'000, RecordedTurn::ended);
    writer.finish(60'000, RecordingEnd::ended);
    return writer.text();
}

Replay opened() {
    Replay replay;
    replay.open(played_file());
    REQUIRE(replay.part().phase == ReplayPhase::ready);
    return replay;
}

// What is shown of a moment, in a line.
std::string shown_at(Replay& replay, DurationMs at_ms) {
    replay.seek(at_ms);
    const vm::GuestPart& guest = replay.guest();
    std::string line(guest.phase == GuestPhase::paused ? "paused" : "live");
    if (guest.shown) line += " " + std::string(text_of(guest.shown->route)) + " " + std::to_string(guest.shown->q);
    if (guest.pointer) line += " " + guest.pointer->at;
    if (const auto* dataset = guest.find(ShareView::financing, played_practice))
        line += " as of " + std::to_string(dataset->as_of_ms);
    return line;
}

}  // namespace

TEST_CASE("a recording is opened at its beginning, and tells where its view changes", "[follow]") {
    const Replay replay = opened();
    CHECK(replay.part().at_ms == 0);
    CHECK(replay.part().length_ms == 60'000);
    CHECK(replay.part().marks == std::vector<DurationMs>{10'000, 30'000, 50'000});
    CHECK_FALSE(replay.part().is_playing);
    CHECK(replay.guest().session->presenter == "Mona");
    CHECK(replay.guest().recorded_ms == 1'795'000'000'000);
    // What it begins with is there from the start.
    CHECK(replay.guest().datasets.size() == 2);
    CHECK_FALSE(replay.guest().shown);
    CHECK_FALSE(replay.due_ms());
}

TEST_CASE("every moment shows what its guests had, whichever way it is reached", "[follow]") {
    const std::vector<std::pair<DurationMs, std::string>> moments = {
        {500, "live as of 2"},
        {1'000, "live overview 1 as of 2"},
        {9'999, "live overview 2 as of 2"},
        {10'500, "live financing 3 as of 2"},
        {15'000, "live financing 3 widget:months as of 2"},
        {20'100, "live financing 3 widget:months as of 3"},
        {35'000, "paused"},
        {40'050, "live"},
        {45'000, "live as of 4"},
        // The end itself is not a screen of its own.
        {60'000, "live financing 4 as of 4"},
    };
    Replay replay = opened();
    for (const auto& [at_ms, shown] : moments)
        CHECK(shown_at(replay, at_ms) == shown);
    for (auto moment = moments.rbegin(); moment != moments.rend(); ++moment)
        CHECK(shown_at(replay, moment->first) == moment->second);
    CHECK(replay.guest().server_now_ms == 1'795'000'000'500);
    replay.seek(-5);
    CHECK(replay.part().at_ms == 0);
    replay.seek(hour_ms);
    CHECK(replay.part().at_ms == 60'000);
}

TEST_CASE("what was shown before something that is not shared is told, whichever way that is reached", "[follow]") {
    ShareViewState away;
    away.q = 9;
    away.away = true;
    wire::RecordingWriter writer(1);
    writer.add(1'000, wire::RecordedPart::show, played_state(1, ShareView::integrations));
    writer.add(2'000, wire::RecordedPart::show, wire::encode(away));
    writer.add(3'000, wire::RecordedPart::show, played_state(10, ShareView::financing));
    writer.finish(4'000, RecordingEnd::stopped);
    Replay replay;
    replay.open(writer.text());
    CHECK_FALSE(replay.part().seen);
    for (const DurationMs from_ms : {0, 4'000}) {
        replay.seek(from_ms);
        replay.seek(2'500);
        CHECK(replay.guest().shown->away);
        REQUIRE(replay.part().seen);
        CHECK(replay.part().seen->route == ShareView::integrations);
    }
}

TEST_CASE("it plays at its speed, stands at its end, and begins again from there", "[follow]") {
    Replay replay = opened();
    replay.pass(5'000);
    CHECK(replay.part().at_ms == 0);
    replay.play_or_stand();
    CHECK(replay.due_ms() == 1'000);
    replay.pass(5'000);
    CHECK(replay.part().at_ms == 5'000);
    replay.change_speed();
    replay.change_speed();
    CHECK(replay.part().speed == 4);
    CHECK(replay.due_ms() == 250);
    replay.pass(5'000);
    CHECK(replay.part().at_ms == 25'000);
    replay.change_speed();
    CHECK(replay.part().speed == 1);
    replay.pass(hour_ms);
    CHECK(replay.part().at_ms == 60'000);
    CHECK_FALSE(replay.part().is_playing);
    replay.play_or_stand();
    CHECK(replay.part().at_ms == 0);
    CHECK(replay.part().is_playing);
    replay.play_or_stand();
    replay.pass(5'000);
    CHECK(replay.part().at_ms == 0);
}

TEST_CASE("a file that cannot be played says why; the next one is played all the same", "[follow]") {
    Replay replay = opened();
    replay.seek(30'000);
    replay.open("net,gross\n1,2\n");
    CHECK(replay.part().phase == ReplayPhase::refused);
    CHECK(replay.part().fault.message.starts_with("line 1: "));
    replay.play_or_stand();
    CHECK_FALSE(replay.part().is_playing);
    const std::string whole = played_file();
    replay.open(whole.substr(0, whole.size() / 2));
    CHECK(replay.part().phase == ReplayPhase::ready);
    CHECK(replay.part().end == RecordingEnd::cut);
    CHECK(replay.part().length_ms < 60'000);
    replay.open("{\"kind\":\"portal-recording\",\"version\":1,\"started_ms\":5}\n");
    CHECK(replay.part().phase == ReplayPhase::ready);
    CHECK(replay.part().length_ms == 0);
    replay.play_or_stand();
    replay.pass(10);
    CHECK_FALSE(replay.part().is_playing);
}

}  // namespace portal::follow
