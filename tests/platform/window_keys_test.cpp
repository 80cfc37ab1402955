#include "app/platform/window_keys.hpp"

#include <catch2/catch_test_macros.hpp>

using portal::platform::key_of;

TEST_CASE("letters follow the layout, the rest its place", "[platform]") {
    struct Case {
        const char* code;
        const char* key;
        ImGuiKey wanted;
    };
    const Case cases[] = {
        {"KeyA", "a", ImGuiKey_A},
        {"KeyA", "A", ImGuiKey_A},
        {"KeyQ", "a", ImGuiKey_A},  // AZERTY.
        {"Digit1", "1", ImGuiKey_1},
        {"Digit1", "!", ImGuiKey_None},
        {"ArrowLeft", "ArrowLeft", ImGuiKey_LeftArrow},
        {"", "Backspace", ImGuiKey_Backspace},  // A soft keyboard.
        {"NumpadEnter", "Enter", ImGuiKey_KeypadEnter},
        {"Space", " ", ImGuiKey_Space},
        {"KeyO", "ö", ImGuiKey_None},
        {"AudioVolumeUp", "AudioVolumeUp", ImGuiKey_None},
        {"", "", ImGuiKey_None},
    };
    for (const Case& each : cases) {
        INFO(each.code << " " << each.key);
        CHECK(key_of(each.code, each.key) == each.wanted);
    }
}
