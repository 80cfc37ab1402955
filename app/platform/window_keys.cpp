#include "app/platform/window_keys.hpp"

namespace portal::platform {

namespace {

struct NamedKey {
    std::string_view code;
    ImGuiKey key;
};

constexpr NamedKey named_keys[] = {
    {"Tab", ImGuiKey_Tab},
    {"ArrowLeft", ImGuiKey_LeftArrow},
    {"ArrowRight", ImGuiKey_RightArrow},
    {"ArrowUp", ImGuiKey_UpArrow},
    {"ArrowDown", ImGuiKey_DownArrow},
    {"PageUp", ImGuiKey_PageUp},
    {"PageDown", ImGuiKey_PageDown},
    {"Home", ImGuiKey_Home},
    {"End", ImGuiKey_End},
    {"Insert", ImGuiKey_Insert},
    {"Delete", ImGuiKey_Delete},
    {"Backspace", ImGuiKey_Backspace},
    {"Space", ImGuiKey_Space},
    {"Enter", ImGuiKey_Enter},
    {"NumpadEnter", ImGuiKey_KeypadEnter},
    {"Escape", ImGuiKey_Escape},
    {"ControlLeft", ImGuiKey_LeftCtrl},
    {"ControlRight", ImGuiKey_RightCtrl},
    {"ShiftLeft", ImGuiKey_LeftShift},
    {"ShiftRight", ImGuiKey_RightShift},
    {"AltLeft", ImGuiKey_LeftAlt},
    {"AltRight", ImGuiKey_RightAlt},
    {"MetaLeft", ImGuiKey_LeftSuper},
    {"MetaRight", ImGuiKey_RightSuper},
    {"F2", ImGuiKey_F2},
    {"Slash", ImGuiKey_Slash},
    {"Comma", ImGuiKey_Comma},
    {"Period", ImGuiKey_Period},
    {"BracketLeft", ImGuiKey_LeftBracket},
    {"BracketRight", ImGuiKey_RightBracket},
    {"Equal", ImGuiKey_Equal},
    {"Minus", ImGuiKey_Minus},
};

}  // namespace

ImGuiKey key_of(std::string_view code, std::string_view key) {
    if (key.size() == 1) {
        const char typed = key[0];
        if (typed >= 'a' && typed <= 'z') return static_cast<ImGuiKey>(ImGuiKey_A + (typed - 'a'));
        if (typed >= 'A' && typed <= 'Z') return static_cast<ImGuiKey>(ImGuiKey_A + (typed - 'A'));
        if (typed >= '0' && typed <= '9') return static_cast<ImGuiKey>(ImGuiKey_0 + (typed - '0'));
    }
    for (const NamedKey& named : named_keys)
        if (named.code == code) return named.key;
    // Soft keyboards and key events made by software name the key, not its place.
    for (const NamedKey& named : named_keys)
        if (named.code == key) return named.key;
    return ImGuiKey_None;
}

}  // namespace portal::platform
