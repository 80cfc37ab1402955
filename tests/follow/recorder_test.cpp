// A recording is what its stream tells and what the server gives, as it came; what breaks is taken up again.
#include "app/follow/recorder.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/share_dataset_json.hpp"
#include "shared/wire/share_json.hpp"
#include "tests/follow/fake_transport.hpp"

namespace portal::follow {
namespace {

using vm::RecordingPhase;

const Id kept_practice = "01JW1110W00000000000000000", next_practice = "01JCEDAR000000000000000000",
         kept_share = "01JSHARE000000000000000000";
const std::string share_address = "/api/v1/shares/" + kept_share + "/",
                  session_asked = "GET " + share_address + "session",
                  stream_asked = "LISTEN " + share_address + "recording";

std::string dataset_asked(std::string_view view, const Id& practice = kept_practice) {
    return "GET " + share_address + "dataset?view=" + std::string(view) + "&practice=" + practice;
}

std::string kept_session() {
    return wire::encode(ShareGuestSession{.presenter = "Mona",
                                          .practices = {{kept_practice, "Willow"}, {next_practice, "Cedar"}},
                                          .views = {ShareView::overview, ShareView::financing},
                                          .first_day = 20'454,
                                          .last_day = 20'543});
}

std::string kept_dataset(ShareView view, const Id& practice = kept_practice) {
    ShareDataset dataset;
    dataset.view = view;
    dataset.practice = practice;
    return wire::encode(dataset);
}

std::string kept_state(std::int64_t q, const Id& practice = kept_practice) {
    ShareViewState state;
    state.q = q;
    state.filters = {{"practice", {practice}}};
    return wire::encode(state);
}

struct RecordedPage {
    ManualClock clock{1'795'000'000'000};
    test::FakeTransport server;
    int changes = 0;
    Recorder recorder{server, clock, [this] { ++changes; }};

    RecordedPage() {
        ShareScope scope{{},     {next_practice, kept_practice}, {ShareView::overview, ShareView::financing}, 20'454,
                         20'543, ShareRows::aggregates};
        scope.practices = {kept_practice, next_practice};
        recorder.start({kept_share, ShareState::live, scope, 0, 0, 1, 2, {}, {}, {}}, 1'795'000'000'000);
    }
    void come_in() {
        server.tell("changed");
        server.answer(session_asked, 200, kept_session());
        server.answer(dataset_asked("overview"), 200, kept_dataset(ShareView::overview));
        server.answer(dataset_asked("financing"), 200, kept_dataset(ShareView::financing));
    }
    void wait(DurationMs ms) {
        clock.advance(ms);
        recorder.step();
    }
    ShareRecording finished(RecordingEnd end = RecordingEnd::stopped) {
        recorder.finish(end);
        auto recording = wire::read_share_recording(recorder.text());
        REQUIRE(recording.has_value());
        return std::move(*recording);
    }
};

}  // namespace

TEST_CASE("what guests are told and given is kept as it came, with its time", "[follow]") {
    RecordedPage page;
    CHECK(page.server.sent == std::vector{stream_asked});
    page.come_in();
    page.wait(1'500);
    page.server.tell("state", kept_state(4));
    page.server.tell("recorded");
    page.wait(700);
    page.server.tell("ptr", wire::encode(SharePointer{"widget:months", 1, 2}));
    page.recorder.finish(RecordingEnd::stopped);
    CHECK_FALSE(page.server.is_listening());
    CHECK(page.recorder.part().phase == RecordingPhase::over);
    CHECK(page.recorder.part().length_ms == 2'200);
    wire::RecordingWriter expected(1'795'000'000'000);
    expected.add(0, RecordedTurn::changed);
    expected.add(0, wire::RecordedPart::session, kept_session());
    expected.add(0, wire::RecordedPart::dataset, kept_dataset(ShareView::overview));
    expected.add(0, wire::RecordedPart::dataset, kept_dataset(ShareView::financing));
    expected.add(1'500, wire::RecordedPart::show, kept_state(4));
    expected.add(2'200, wire::RecordedPart::show, wire::encode(SharePointer{"widget:months", 1, 2}));
    expected.finish(2'200, RecordingEnd::stopped);
    CHECK(page.recorder.text() == expected.text());
    page.recorder.clear();
    CHECK(page.recorder.part().phase == RecordingPhase::none);
}

TEST_CASE("figures are asked for again when they have changed, and of the practice that is looked at", "[follow]") {
    RecordedPage page;
    page.come_in();
    page.server.tell("state", kept_state(1));
    CHECK_FALSE(page.server.is_waiting(dataset_asked("overview")));
    page.server.tell("changed");
    page.server.answer(session_asked, 200, kept_session());
    CHECK(page.server.is_waiting(dataset_asked("overview")));
    // What is on its way when they change again is kept, and asked for once more.
    page.server.tell("changed");
    page.server.answer(dataset_asked("overview"), 200, kept_dataset(ShareView::overview));
    page.server.answer(session_asked, 200, kept_session());
    page.server.answer(dataset_asked("overview"), 200, kept_dataset(ShareView::overview));
    page.server.answer(dataset_asked("financing"), 200, kept_dataset(ShareView::financing));
    page.server.tell("state", kept_state(2, next_practice));
    page.server.answer(dataset_asked("overview", next_practice), 200, kept_dataset(ShareView::overview, next_practice));
    // One that is no longer shared is not asked for again and again.
    page.server.answer(dataset_asked("financing", next_practice), 403);
    CHECK_FALSE(page.server.is_waiting(dataset_asked("financing", next_practice)));
}

TEST_CASE("during a pause nothing is asked, and nothing that comes is kept", "[follow]") {
    RecordedPage page;
    page.server.tell("changed");
    page.server.answer(session_asked, 200, kept_session());
    page.server.tell("paused");
    page.server.answer(dataset_asked("overview"), 200, kept_dataset(ShareView::overview));
    CHECK_FALSE(page.server.is_waiting(session_asked));
    CHECK_FALSE(page.server.is_waiting(dataset_asked("overview")));
    const ShareRecording recording = page.finished();
    CHECK(recording.moments.size() == 3);
    CHECK(std::get<RecordedTurn>(recording.moments.back().what) == RecordedTurn::paused);
}

TEST_CASE("a stream that breaks is taken up again, an answer that fails is asked for again", "[follow]") {
    RecordedPage page;
    page.server.tell("changed");
    page.server.answer(session_asked, 503);
    CHECK_FALSE(page.server.is_waiting(session_asked));
    page.wait(limits::share_recording_retry_ms);
    page.server.answer(session_asked, 200, kept_session());
    page.server.break_stream();
    page.server.answer(dataset_asked("overview"), 0);
    page.wait(limits::share_recording_retry_ms - 1);
    CHECK(page.server.sent.back() != stream_asked);
    page.wait(1);
    CHECK(page.server.is_listening());
    page.come_in();
    CHECK(page.finished().moments.size() == 6);
}

TEST_CASE("a recording ends with its shared view, and when it is full; an end is told once", "[follow]") {
    RecordedPage ended;
    ended.come_in();
    ended.server.tell("end");
    CHECK(ended.recorder.part().end == RecordingEnd::ended);
    CHECK(ended.finished().end == RecordingEnd::ended);

    RecordedPage full;
    full.come_in();
    full.wait(limits::share_recording_ms_max);
    CHECK(full.recorder.part().phase == RecordingPhase::over);
    CHECK(full.finished().end == RecordingEnd::full);
    CHECK(full.finished().length_ms == limits::share_recording_ms_max);
    CHECK_FALSE(full.recorder.step());

    RecordedPage large;
    large.come_in();
    const std::string body = kept_dataset(ShareView::overview) + std::string(limits::share_dataset_bytes_max / 2, ' ');
    while (large.recorder.part().phase == RecordingPhase::running) {
        large.server.tell("changed");
        large.server.answer(session_asked, 200, kept_session());
        if (large.server.is_waiting(dataset_asked("overview")))
            large.server.answer(dataset_asked("overview"), 200, body);
        if (large.server.is_waiting(dataset_asked("financing")))
            large.server.answer(dataset_asked("financing"), 200, kept_dataset(ShareView::financing));
    }
    CHECK(large.recorder.part().end == RecordingEnd::full);
    CHECK(large.recorder.text().size() <= limits::share_recording_bytes_max);
    CHECK(large.finished().end == RecordingEnd::full);
}

TEST_CASE("while it runs the next step is due with the next second that is shown", "[follow]") {
    RecordedPage page;
    page.clock.advance(1'250);
    CHECK(page.recorder.step() == 750);
    CHECK(page.recorder.part().length_ms == 1'250);
    page.recorder.finish(RecordingEnd::stopped);
    CHECK_FALSE(page.recorder.step());
}

}  // namespace portal::follow
