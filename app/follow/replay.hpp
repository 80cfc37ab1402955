// A recording that is played: what the page of a guest had at a moment of it. Asks nobody for anything.
//
//   choosing, refused --open--> ready: plays or stands, from 0 to its length; at its end it stands
//
// Thread: one.
#pragma once

#include <optional>
#include <string_view>

#include "app/vm/guest_part.hpp"
#include "app/vm/replay_part.hpp"

namespace portal::follow {

class Replay {
  public:
    // A file takes the place of the one before it, also when it cannot be played.
    void open(std::string_view file);
    // From its beginning, when it stands at the end.
    void play_or_stand();
    void seek(DurationMs at_ms);
    // Once, twice, four times as quick, once.
    void change_speed();
    // So much time has passed where it is looked at.
    void pass(DurationMs passed_ms);
    // After how long there is something else to show.
    std::optional<DurationMs> due_ms() const;

    const vm::ReplayPart& part() const { return m_part; }
    // As it was then.
    const vm::GuestPart& guest() const { return m_guest; }

  private:
    void take(const RecordedMoment& moment);
    void take(RecordedTurn turn);
    std::vector<DurationMs> marks() const;

    ShareRecording m_recording;
    DurationMs m_first_ms = 0;  // Before the first figures came there is nothing to see: it begins with them.
    std::size_t m_next = 0;     // The first moment that is still to come.
    vm::ReplayPart m_part;
    vm::GuestPart m_guest;
};

}  // namespace portal::follow
