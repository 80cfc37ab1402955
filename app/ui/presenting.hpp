// What a presenter's screen needs: its keys, the dots that say which step of how many this is, and a spotlight that
// dims everything but one widget.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include <cstdint>
#include <string_view>

#include "app/ui/paint.hpp"

namespace portal::ui {

enum class PresenterKey : std::uint8_t {
    none,
    next,
    previous,
    reset,
    spotlight,
    notes,
    what_if,
    leave_behind,
    play,
    faster,
    leave
};
// Whose the arrow keys are: the presenter has them while steps are shown, and then they do not move the focus.
enum class ArrowKeys : std::uint8_t { presenter, widgets };
// The key that was pressed in this frame, unless a field or a popup has it. Call once per frame.
PresenterKey presenter_key(ArrowKeys arrows);
// The same for a key by the name that a page gives it ("ArrowRight").
PresenterKey presenter_key_named(std::string_view name);

// In the bar at the top, on the line of its buttons: what this is, leaving `room_after` for what follows, and a quiet
// text of its natural width. The caption heads the page unless a screen below it does.
enum class Heads : std::uint8_t { no, yes };
void bar_caption(std::string_view words, float room_after, Heads heads);
void bar_text(std::string_view words);
float bar_text_width(std::string_view words);

// What happens while it is looked at, and how far it is: screen readers hear each change of the words.
struct LiveProgress {
    std::string_view name;
    std::string_view words;
    float share = 0;
    std::string_view words_for_share;
};
void live_progress(const char* id, const LiveProgress& progress);

// One dot for each step, the present one wide; the index of the one that was pressed, or -1. `name` says it in words.
int step_dots(const char* id, std::string_view name, int count, int current);
float step_dots_width(int count);

// What is lit is the widget under the pointer, or the next one by the keys up and down. Call after everything else was
// drawn; dims only while `is_on`.
struct SpotlightState {
    bool is_on = false;
    std::uint32_t lit = 0;  // The mirror's id; 0 until there is one.
};
void spotlight(SpotlightState& state);

}  // namespace portal::ui
