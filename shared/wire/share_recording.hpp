// The recording of a shared view as a file: a JSON object a line, in the order of time, each with the milliseconds
// since the start. What guests were sent stands in it as it was sent, byte for byte.
//
//   {"kind":"portal-recording","version":1,"started_ms":1795000000000}
//   {"t":0,"event":"changed"}                           or "paused", "ended"
//   {"t":31,"session":{..}}                             share_dataset_json.hpp
//   {"t":48,"dataset":{..}}
//   {"t":940,"show":{..}}                               a state or a pointer: share_json.hpp
//   {"t":61200,"end":{"sha256":"..","why":"stopped"}}   of all bytes before this line; or why "ended", "full"
//
// A file without its last line was cut, and is as much of it as is whole.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/model/share_recording.hpp"

namespace portal::wire {

enum class RecordedPart : std::uint8_t { session, dataset, show, event };

// Gathers a recording, never more than limits::share_recording_bytes_max of it.
class RecordingWriter {
  public:
    explicit RecordingWriter(InstantMs started_ms);

    // `json` as it came: one value on one line. False: it is full, and nothing was added.
    bool add(DurationMs at_ms, RecordedPart part, std::string_view json);
    bool add(DurationMs at_ms, RecordedTurn turn);
    // Nothing is added after it. One that was cut has no last line.
    void finish(DurationMs at_ms, RecordingEnd end);

    const std::string& text() const { return m_text; }

  private:
    std::string m_text;
    std::size_t m_moments = 0;
};

std::string encode(const ShareRecording& recording);

// Takes what an enemy may have written. Errors name the line and what is wrong with it: invalid_argument,
// unsupported_version (a later portal has recorded it), resource_exhausted (it is larger than any recording).
Result<ShareRecording> read_share_recording(std::string_view file);

}  // namespace portal::wire
