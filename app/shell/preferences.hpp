// The user's choices on this device, as the page stores them: small texts by key, never row data.
#pragma once

#include "app/platform/window.hpp"
#include "app/views/view.hpp"

namespace portal::shell {

// Anything missing or unknown takes the default; the language defaults to the browser's.
views::Preferences load_preferences(const platform::Window& window);
void store_preferences(platform::Window& window, const views::Preferences& preferences);

// "Keep data on this device?": asked on the sign-in page, changed in the profile. Kept unless it was declined.
bool load_keeps_data(const platform::Window& window);
void store_keeps_data(platform::Window& window, bool keeps);

}  // namespace portal::shell
