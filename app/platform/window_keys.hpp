// A browser's key names as Dear ImGui's keys.
#pragma once

#include <imgui.h>

#include <string_view>

namespace portal::platform {

// `code` is the physical key ("KeyA", "ArrowLeft"), `key` what it types on the user's layout ("q" on AZERTY).
// Letters and digits follow the layout, so that Ctrl+Z is where the user finds it. ImGuiKey_None when we have no use
// for the key.
ImGuiKey key_of(std::string_view code, std::string_view key);

}  // namespace portal::platform
