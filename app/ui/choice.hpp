// Things that are on or off, and one out of a few: checkbox, toggle, radio rows, segments and tabs,
// filter chips.
//
// Thread: the UI thread, inside a frame. Every function returns true in the frame in which the user
// changed the value.
#pragma once

#include "app/ui/tokens.hpp"

#include <span>
#include <string_view>

namespace portal::ui {

struct ChoiceOptions {
    std::string_view hint = {};             // A quiet line under the label.
    std::string_view disabled_reason = {};  // Not empty: disabled.
};

bool checkbox(const char* id, std::string_view label, bool& checked, const ChoiceOptions& options = {});
// For what takes effect at once; the label stands left, the switch right when `width` is given.
bool toggle(const char* id, std::string_view label, bool& on, const ChoiceOptions& options = {}, float width = 0);

struct Segment {
    const char* id = "";
    std::string_view label = {};
    const char* icon = nullptr;
    std::string_view count = {};  // A small number behind the label ("12").
    std::string_view href = {};
};
// A joined row of two to five short choices. `name` is what is chosen ("Period").
bool segmented(const char* id, std::string_view name, std::span<const Segment> segments, int& selected);
// Tabs with an underline; the caller draws the panel below.
bool tabs(const char* id, std::string_view name, std::span<const Segment> segments, int& selected);
bool radio_group(const char* id, std::string_view name, std::span<const Segment> segments, int& selected);

struct ChipOptions {
    const char* icon = nullptr;
    std::string_view value = {};  // "Period: This month" reads label, then value in bold.
    std::string_view disabled_reason = {};
};
enum class ChipEvent : std::uint8_t { none, pressed, removed };
// A filter that can be switched on and off.
bool filter_chip(const char* id, std::string_view label, bool& on, const ChipOptions& options = {});
// A filter that is set: pressing edits it, the cross removes it.
ChipEvent removable_chip(const char* id, std::string_view label, const ChipOptions& options = {});
// Room of either, for flow(): with its cross or chevron.
float chip_width(std::string_view label, const ChipOptions& options = {});
// A chip that opens something: a chevron at its end.
bool menu_chip(const char* id, std::string_view label, const ChipOptions& options = {});
// The one or the other, as a filter is set or not.
ChipEvent choice_chip(const char* id, std::string_view label, bool is_set, const ChipOptions& options = {});

}  // namespace portal::ui
