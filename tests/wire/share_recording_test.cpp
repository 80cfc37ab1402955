// A recording comes back as it was written; what is cut plays as far as it is whole, anything else is refused with its
// line.
#include "shared/wire/share_recording.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/limits.hpp"
#include "shared/wire/share_dataset_json.hpp"
#include "shared/wire/share_json.hpp"

namespace portal::wire {
namespace {

const Id recorded_practice = "01JW1110W00000000000000000";

std::string recorded_session_text() {
    return encode(ShareGuestSession{.presenter = "Mona Reyes",
                                    .practices = {{recorded_practice, "Willow \"Creek\" - niño"}},
                                    .views = {ShareView::overview},
                                    .first_day = 20'454,
                                    .last_day = 20'543,
                                    .expires_ms = 1'795'000'900'000});
}

std::string recorded_dataset_text() {
    ShareDataset dataset;
    dataset.practice = recorded_practice;
    dataset.practice_name = "Willow";
    dataset.months = {{24'312, ShareExposure::hidden, std::nullopt, std::nullopt}};
    return encode(dataset);
}

std::string recorded_state_text(std::int64_t q) {
    ShareViewState state;
    state.q = q;
    return encode(state);
}

// Six moments between the first line and the last.
RecordingWriter written_recording() {
    RecordingWriter writer(1'795'000'000'000);
    writer.add(0, RecordedTurn::changed);
    writer.add(30, RecordedPart::session, recorded_session_text());
    writer.add(50, RecordedPart::dataset, recorded_dataset_text());
    writer.add(50, RecordedPart::show, recorded_state_text(4));
    writer.add(900, RecordedPart::show, encode(SharePointer{"widget:months", 10, 20, true}));
    writer.add(1'000, RecordedTurn::paused);
    return writer;
}

std::string whole_recording(RecordingEnd end = RecordingEnd::stopped) {
    RecordingWriter writer = written_recording();
    writer.finish(61'200, end);
    return writer.text();
}

std::string first_lines(const std::string& text, int count) {
    std::size_t at = 0;
    for (int line = 0; line < count; ++line)
        at = text.find('\n', at) + 1;
    return text.substr(0, at);
}

}  // namespace

TEST_CASE("a recording comes back as it was written, byte for byte", "[share]") {
    for (const RecordingEnd end : {RecordingEnd::stopped, RecordingEnd::ended, RecordingEnd::full, RecordingEnd::cut}) {
        const std::string text = whole_recording(end);
        const auto recording = read_share_recording(text);
        REQUIRE(recording.has_value());
        CHECK(recording->started_ms == 1'795'000'000'000);
        CHECK(recording->end == end);
        CHECK_FALSE(recording->is_altered);
        CHECK(recording->length_ms == (end == RecordingEnd::cut ? 1'000 : 61'200));
        REQUIRE(recording->moments.size() == 6);
        CHECK(std::get<std::shared_ptr<const ShareGuestSession>>(recording->moments[1].what)->presenter ==
              "Mona Reyes");
        CHECK(std::get<ShareViewState>(recording->moments[3].what).q == 4);
        CHECK(std::get<SharePointer>(recording->moments[4].what).is_laser);
        CHECK(std::get<RecordedTurn>(recording->moments[5].what) == RecordedTurn::paused);
        CHECK(encode(*recording) == text);
    }
}

TEST_CASE("what is sent to guests stands in the file as it was sent", "[share]") {
    const std::string text = whole_recording();
    for (const std::string& sent : {recorded_session_text(), recorded_dataset_text(), recorded_state_text(4)})
        CHECK(text.find(":" + sent + "}\n") != std::string::npos);
}

TEST_CASE("a recording that was cut anywhere after its first line plays what is whole", "[share]") {
    const std::string text = whole_recording();
    std::size_t moments = 0;
    for (std::size_t size = first_lines(text, 1).size(); size < text.size() - 1; ++size) {
        const auto recording = read_share_recording(std::string_view(text).substr(0, size));
        INFO(size);
        REQUIRE(recording.has_value());
        CHECK(recording->end == RecordingEnd::cut);
        CHECK(recording->moments.size() >= moments);
        moments = recording->moments.size();
    }
    CHECK(moments == 6);
    // Only the last line's own end is missing.
    CHECK(read_share_recording(std::string_view(text).substr(0, text.size() - 1))->end == RecordingEnd::stopped);
    CHECK_FALSE(read_share_recording(std::string_view(text).substr(0, 20)).has_value());
}

TEST_CASE("a recording that somebody has changed says so", "[share]") {
    std::string text = whole_recording();
    text.replace(text.find("Mona"), 4, "Lena");
    const auto recording = read_share_recording(text);
    REQUIRE(recording.has_value());
    CHECK(recording->is_altered);
}

TEST_CASE("what is no recording is refused, with the line and what is wrong", "[share]") {
    const std::string whole = whole_recording(), head = first_lines(whole, 1);
    struct Case {
        const char* what;
        std::string file;
        ErrorCode code;
        const char* words;
    };
    const Case cases[] = {
        {"nothing", "", ErrorCode::invalid_argument, "the file is empty"},
        {"a table", "net,gross\n1,2\n", ErrorCode::invalid_argument, "line 1: this file is no recording"},
        {"another kind", "{\"kind\":\"demo\"}\n", ErrorCode::invalid_argument, "line 1: this file is no recording"},
        {"a kind that is a number", "{\"kind\":7}\n", ErrorCode::invalid_argument, "line 1: this file is no recording"},
        {"a later version", "{\"kind\":\"portal-recording\",\"version\":2,\"frames\":9}\n",
         ErrorCode::unsupported_version, "line 1: a later portal"},
        {"no version", "{\"kind\":\"portal-recording\"}\n", ErrorCode::invalid_argument, "line 1: recording: member"},
        {"a line of its own", head + "hello\n", ErrorCode::invalid_argument, "line 2: is no line of a recording"},
        {"spaces", head + "{ \"t\":1,\"event\":\"paused\"}\n", ErrorCode::invalid_argument, "line 2: is no line"},
        {"an unknown part", head + "{\"t\":1,\"rows\":[]}\n", ErrorCode::invalid_argument, "line 2: is of a kind"},
        {"an unknown event", head + "{\"t\":1,\"event\":\"sold\"}\n", ErrorCode::invalid_argument, "line 2: tells of"},
        {"a time before", head + "{\"t\":9,\"event\":\"paused\"}\n{\"t\":8,\"event\":\"paused\"}\n",
         ErrorCode::invalid_argument, "line 3: has a time that cannot be"},
        {"a time below zero", head + "{\"t\":-1,\"event\":\"paused\"}\n", ErrorCode::invalid_argument, "line 2: has a"},
        {"a time beyond all", head + "{\"t\":99999999999999999999,\"event\":\"paused\"}\n", ErrorCode::invalid_argument,
         "line 2: is no line"},
        {"a broken dataset", head + "{\"t\":1,\"dataset\":{}}\n", ErrorCode::invalid_argument,
         "line 2: shared practice:"},
        {"a broken session", head + "{\"t\":1,\"session\":[]}\n", ErrorCode::invalid_argument, "line 2: shared view"},
        {"a broken state", head + "{\"t\":1,\"show\":{\"k\":\"rows\"}}\n", ErrorCode::invalid_argument,
         "line 2: view state:"},
        {"a line too many", whole + "{\"t\":61300,\"event\":\"paused\"}\n", ErrorCode::invalid_argument,
         "line 9: stands after the end"},
        {"no reason", head + "{\"t\":1,\"end\":{\"sha256\":\"\",\"why\":\"bored\"}}\n", ErrorCode::invalid_argument,
         "line 2: end: member \"why\""},
        {"a long file", std::string(limits::share_recording_bytes_max + 1, '\n'), ErrorCode::resource_exhausted,
         "it is larger"},
    };
    for (const Case& one : cases) {
        CAPTURE(one.what);
        const auto recording = read_share_recording(one.file);
        REQUIRE_FALSE(recording.has_value());
        CHECK(recording.error().code == one.code);
        CAPTURE(recording.error().message);
        CHECK(recording.error().message.starts_with(one.words));
    }
}

TEST_CASE("a writer that is full adds nothing, and what it has is a whole recording", "[share]") {
    RecordingWriter writer(1);
    CHECK_FALSE(writer.add(limits::share_recording_ms_max + 1, RecordedTurn::paused));
    std::size_t moments = 0;
    while (writer.add(1, RecordedPart::dataset, recorded_dataset_text()))
        ++moments;
    CHECK_FALSE(writer.add(1, RecordedPart::dataset, recorded_dataset_text()));
    writer.finish(limits::share_recording_ms_max + 5, RecordingEnd::full);
    CHECK(writer.text().size() <= limits::share_recording_bytes_max);
    const auto recording = read_share_recording(writer.text());
    REQUIRE(recording.has_value());
    CHECK(recording->moments.size() == moments);
    CHECK(recording->end == RecordingEnd::full);
    RecordingWriter many(1);
    for (std::size_t count = 0; count < limits::share_recording_moments_max; ++count)
        many.add(1, RecordedTurn::changed);
    CHECK_FALSE(many.add(1, RecordedTurn::changed));
}

}  // namespace portal::wire
