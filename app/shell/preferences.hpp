// The user's choices on this device, as the page stores them: small texts by key, never row data.
#pragma once

#include "app/platform/window.hpp"
#include "app/views/view.hpp"

namespace portal::shell {

// Anything missing or unknown takes the default; the language defaults to the browser's.
views::Preferences load_preferences(const platform::Window& window);
void store_preferences(platform::Window& window, const views::Preferences& preferences);

}  // namespace portal::shell
