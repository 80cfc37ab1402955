// How the program looks here: from what the window tells and what the user chose. Thread: the UI thread.
#pragma once

#include <string>

#include "app/mirror/mirror.hpp"
#include "app/platform/window.hpp"
#include "app/views/view.hpp"
#include "app/vm/format.hpp"

namespace portal::shell {

// The canvas of a page without a store, up to its first frame.
views::Preferences open_canvas(platform::Window& window, platform::WindowListener& listener,
                               mirror::MirrorFrame& mirror);
ui::Theme theme_of(const platform::Environment& environment, const views::Preferences& preferences);
// With the hours of that zone; of an unknown one with UTC's, rather than wrong ones.
vm::Format format_in_zone(vm::Language language, InstantMs now_ms, const std::string& zone);

}  // namespace portal::shell
