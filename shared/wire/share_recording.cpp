#include "shared/wire/share_recording.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "shared/base/sha256.hpp"
#include "shared/wire/json_reader.hpp"
#include "shared/wire/share_dataset_json.hpp"
#include "shared/wire/share_json.hpp"

namespace portal::wire {
namespace {

constexpr std::string_view recording_kind = "portal-recording";
constexpr std::int64_t recording_version = 1;
// Room for the last line.
constexpr std::size_t recording_end_bytes = 200;
constexpr std::size_t recording_head_bytes_max = 1 << 10;

constexpr std::array<std::string_view, 4> part_texts = {"session", "dataset", "show", "event"};
constexpr std::array<std::string_view, 3> turn_texts = {"\"changed\"", "\"paused\"", "\"ended\""};
constexpr std::array<std::string_view, 3> recording_end_texts = {"stopped", "ended", "full"};

std::string recorded_line(DurationMs at_ms, std::string_view name, std::string_view json) {
    return "{\"t\":" + std::to_string(at_ms) + ",\"" + std::string(name) + "\":" + std::string(json) + "}\n";
}

// {"t":12,"name":json}, which the writer writes in no other way. The JSON itself is for its own decoder.
struct RecordedLine {
    DurationMs at_ms = 0;
    std::string_view name, json;
};

Result<RecordedLine> split_recorded_line(std::string_view line) {
    constexpr std::string_view head = "{\"t\":", open = ",\"", close = "\":";
    const auto broken = [] { return fail(ErrorCode::invalid_argument, "is no line of a recording"); };
    if (!line.starts_with(head) || !line.ends_with('}')) return broken();
    line.remove_prefix(head.size());
    line.remove_suffix(1);
    RecordedLine split;
    const auto [end, problem] = std::from_chars(line.data(), line.data() + line.size(), split.at_ms);
    if (problem != std::errc()) return broken();
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
    const std::size_t at = line.find(close);
    if (!line.starts_with(open) || at == std::string_view::npos) return broken();
    split.name = line.substr(open.size(), at - open.size());
    split.json = line.substr(at + close.size());
    return split;
}

template <std::size_t Count>
std::optional<std::size_t> place_of_text(const std::array<std::string_view, Count>& texts, std::string_view text) {
    const auto found = std::ranges::find(texts, text);
    if (found == texts.end()) return std::nullopt;
    return static_cast<std::size_t>(found - texts.begin());
}

Result<RecordedMoment> read_moment(const RecordedLine& line) {
    const auto part = place_of_text(part_texts, line.name);
    if (!part) return fail(ErrorCode::invalid_argument, "is of a kind that no recording has");
    RecordedMoment moment{line.at_ms, {}};
    switch (static_cast<RecordedPart>(*part)) {
        case RecordedPart::session: {
            PORTAL_TRY_ASSIGN(session, decode_share_guest_session(line.json));
            moment.what = std::make_shared<const ShareGuestSession>(std::move(session));
            break;
        }
        case RecordedPart::dataset: {
            PORTAL_TRY_ASSIGN(dataset, decode_share_dataset(line.json));
            moment.what = std::make_shared<const ShareDataset>(std::move(dataset));
            break;
        }
        case RecordedPart::show: {
            PORTAL_TRY_ASSIGN(show, decode_share_show(line.json));
            if (show.state) moment.what = std::move(*show.state);
            if (show.pointer) moment.what = std::move(*show.pointer);
            break;
        }
        case RecordedPart::event: {
            const auto turn = place_of_text(turn_texts, line.json);
            if (!turn) return fail(ErrorCode::invalid_argument, "tells of an event that no recording has");
            moment.what = static_cast<RecordedTurn>(*turn);
            break;
        }
    }
    return moment;
}

class RecordingReader {
  public:
    explicit RecordingReader(std::string_view file) : m_file(file) {}

    Result<ShareRecording> read() {
        if (m_file.size() > limits::share_recording_bytes_max)
            return fail(ErrorCode::resource_exhausted, "it is larger than any recording");
        while (m_at < m_file.size()) {
            ++m_number;
            const std::size_t end = m_file.find('\n', m_at);
            const bool is_whole = end != std::string_view::npos;
            const Status taken = take(m_file.substr(m_at, is_whole ? end - m_at : std::string_view::npos));
            // What the end of the file has cut through.
            if (!taken && !is_whole && m_number > 1) break;
            if (!taken)
                return fail(taken.error().code, "line " + std::to_string(m_number) + ": " + taken.error().message);
            m_at = is_whole ? end + 1 : m_file.size();
        }
        if (m_number == 0) return fail(ErrorCode::invalid_argument, "the file is empty");
        return std::move(m_recording);
    }

  private:
    Status take(std::string_view line) {
        if (m_number == 1) return take_head(line);
        if (m_recording.end != RecordingEnd::cut)
            return fail(ErrorCode::invalid_argument, "stands after the end of the recording");
        PORTAL_TRY_ASSIGN(split, split_recorded_line(line));
        if (split.at_ms < m_recording.length_ms || split.at_ms > limits::share_recording_ms_max)
            return fail(ErrorCode::invalid_argument, "has a time that cannot be");
        if (split.name == "end") return take_end(split);
        if (m_recording.moments.size() >= limits::share_recording_moments_max)
            return fail(ErrorCode::resource_exhausted, "there are more lines than a recording has");
        PORTAL_TRY_ASSIGN(moment, read_moment(split));
        m_recording.moments.push_back(std::move(moment));
        m_recording.length_ms = split.at_ms;
        return {};
    }

    Status take_head(std::string_view line) {
        const auto head = parse_object(line, "recording", recording_head_bytes_max);
        if (!head || !head->contains("kind") || (*head)["kind"] != recording_kind)
            return fail(ErrorCode::invalid_argument, "this file is no recording of a shared view");
        Reader reader(*head, "recording");
        const std::int64_t version = reader.integer("version", 1);
        PORTAL_TRY(reader.status());
        if (version > recording_version)
            return fail(ErrorCode::unsupported_version, "a later portal has recorded this: reload the page");
        reader.allow_only({"kind", "version", "started_ms"});
        m_recording.started_ms = reader.integer("started_ms");
        return reader.status();
    }

    Status take_end(const RecordedLine& line) {
        PORTAL_TRY_ASSIGN(object, parse_object(line.json, "end", recording_end_bytes));
        Reader reader(object, "end");
        reader.allow_only({"sha256", "why"});
        m_recording.is_altered = reader.text("sha256") != sha256_hex(m_file.substr(0, m_at));
        const auto why = place_of_text(recording_end_texts, reader.text("why"));
        if (!why) reader.complain("why", "is no reason");
        PORTAL_TRY(reader.status());
        m_recording.end = static_cast<RecordingEnd>(*why);
        m_recording.length_ms = line.at_ms;
        return {};
    }

    std::string_view m_file;
    std::size_t m_at = 0;      // Where the line begins.
    std::size_t m_number = 0;  // The line's, from 1.
    ShareRecording m_recording;
};

}  // namespace

RecordingWriter::RecordingWriter(InstantMs started_ms)
    : m_text(R"({"kind":")" + std::string(recording_kind) + R"(","version":)" + std::to_string(recording_version) +
             R"(,"started_ms":)" + std::to_string(started_ms) + "}\n") {}

bool RecordingWriter::add(DurationMs at_ms, RecordedPart part, std::string_view json) {
    const std::string line = recorded_line(at_ms, part_texts[static_cast<std::size_t>(part)], json);
    if (at_ms > limits::share_recording_ms_max || m_moments >= limits::share_recording_moments_max ||
        m_text.size() + line.size() + recording_end_bytes > limits::share_recording_bytes_max)
        return false;
    m_text += line;
    ++m_moments;
    return true;
}

bool RecordingWriter::add(DurationMs at_ms, RecordedTurn turn) {
    return add(at_ms, RecordedPart::event, turn_texts[static_cast<std::size_t>(turn)]);
}

void RecordingWriter::finish(DurationMs at_ms, RecordingEnd end) {
    if (end == RecordingEnd::cut) return;
    m_text += recorded_line(std::min(at_ms, limits::share_recording_ms_max), "end",
                            R"({"sha256":")" + sha256_hex(m_text) + R"(","why":")" +
                                std::string(recording_end_texts[static_cast<std::size_t>(end)]) + "\"}");
}

std::string encode(const ShareRecording& recording) {
    RecordingWriter writer(recording.started_ms);
    for (const RecordedMoment& moment : recording.moments) {
        const DurationMs at_ms = moment.at_ms;
        if (const auto* session = std::get_if<std::shared_ptr<const ShareGuestSession>>(&moment.what))
            writer.add(at_ms, RecordedPart::session, encode(**session));
        else if (const auto* dataset = std::get_if<std::shared_ptr<const ShareDataset>>(&moment.what))
            writer.add(at_ms, RecordedPart::dataset, encode(**dataset));
        else if (const auto* state = std::get_if<ShareViewState>(&moment.what))
            writer.add(at_ms, RecordedPart::show, encode(*state));
        else if (const auto* pointer = std::get_if<SharePointer>(&moment.what))
            writer.add(at_ms, RecordedPart::show, encode(*pointer));
        else
            writer.add(at_ms, std::get<RecordedTurn>(moment.what));
    }
    writer.finish(recording.length_ms, recording.end);
    return writer.text();
}

Result<ShareRecording> read_share_recording(std::string_view file) {
    return RecordingReader(file).read();
}

}  // namespace portal::wire
