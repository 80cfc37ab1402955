// What the pitch's own screens show. Made by app/pitch each frame; typed values, which views word and format.
#pragma once

#include <cstdint>
#include <string>

#include "app/vm/talking_points.hpp"
#include "app/vm/words.hpp"
#include "shared/base/clock.hpp"
#include "shared/model/go_live.hpp"
#include "shared/model/states.hpp"

namespace portal::vm {

enum class PitchRoom : std::uint8_t { preflight, steps, what_if };

// Whether this page would open without a network.
enum class CopyState : std::uint8_t { looking, complete, incomplete, from_file, none };
enum class NotesState : std::uint8_t { closed, open, blocked };

// The integration that goes live before the audience.
struct GoLivePart {
    enum class State : std::uint8_t { waiting, running, paused, over };
    State state = State::waiting;
    bool is_faster = false;
    DurationMs at_ms = 0, length_ms = 0;
    GoLiveMoment moment = GoLiveMoment::kickoff;  // The latest.
    std::int64_t part = 0, whole = 0;
    std::int64_t number = 0;  // How many of its kind there have been, this one included.
};

struct PitchPart {
    PitchRoom room = PitchRoom::preflight;
    Specialty persona = Specialty::veterinary;
    // Preflight.
    CopyState copy = CopyState::looking;
    InstantMs copy_since_ms = 0;  // 0: not told.
    InstantMs now_ms = 0;         // By the same clock.
    std::int64_t copy_bytes = 0;
    bool keeps_texts = false;
    bool is_loaded = false;  // Every row of the demo is here.
    std::int64_t rows_loaded = 0, rows_expected = 0;
    Attested attested = Attested::no;
    InstantMs attested_ms = 0;  // By the same clock.
    // Steps.
    int step_count = 0;
    int step = 0;   // From 0.
    int story = 0;  // Number of the step's story; 0 of the step where an integration goes live.
    DurationMs elapsed_ms = 0;
    NotesState notes = NotesState::closed;
    bool spotlight = false;
    bool goes_live = false;  // This step is the one where it does.
};

// What the presenter wants; the same by keys and by buttons.
enum class PitchWish : std::uint8_t {
    none,
    next,
    previous,
    reset,
    spotlight,
    notes,
    leave,
    begin,
    look_again,
    attest,
    choose_persona,  // `value` is the specialty.
    show_step,       // `value` is its index.
    show_what_if,
    play_recording,
    choose_file,
    choose_day_column,  // `value` is its index, and so of the next.
    choose_amount_column,
    choose_day_order,  // `value` is the DayOrder.
    assume,            // `value` is the share, `index` the assumption's.
    assume_as_at_first,
    choose_state,  // `value` is the place of its first rule of those there are, or -1.
    save_leave_behind,
    keep_lead,
    take_leads,
    wipe,
    go_live_play,  // Or pause.
    go_live_faster,
    go_live_again,
};
struct PitchAsked {
    PitchWish wish = PitchWish::none;
    int value = 0;
    int index = 0;
};

}  // namespace portal::vm
