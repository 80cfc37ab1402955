#include "app/ui/tokens.hpp"

#include <implot.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace portal::ui {
namespace {

struct Entry {
    Color role;
    std::array<std::uint32_t, scheme_count> rgba;  // light, dark, forced light, forced dark
};

// One row per role. Light and dark are the design's; forced colours follow the usual high-contrast
// system palettes.
constexpr std::array<Entry, color_count> color_table = {{
    {Color::page, {0xF4F6F8FF, 0x0F141AFF, 0xFFFFFFFF, 0x000000FF}},
    {Color::card, {0xFFFFFFFF, 0x171E26FF, 0xFFFFFFFF, 0x000000FF}},
    {Color::raised, {0xFFFFFFFF, 0x212B36FF, 0xFFFFFFFF, 0x000000FF}},
    {Color::sunken, {0xECF0F4FF, 0x0B0F14FF, 0xE0E0E0FF, 0x333333FF}},
    {Color::hover, {0xF0F4F7FF, 0x1D2630FF, 0xE8E8FFFF, 0x1A1A40FF}},
    {Color::selected, {0xDFF1F0FF, 0x12383AFF, 0xD0D0FFFF, 0x2A2A66FF}},
    {Color::line, {0xD5DBE3FF, 0x2C3744FF, 0x000000FF, 0xFFFFFFFF}},
    {Color::control_line, {0x74818FFF, 0x74859AFF, 0x000000FF, 0xFFFFFFFF}},
    {Color::text, {0x17202BFF, 0xE8EDF2FF, 0x000000FF, 0xFFFFFFFF}},
    {Color::text_muted, {0x525E6CFF, 0xA9B5C2FF, 0x000000FF, 0xFFFFFFFF}},
    {Color::accent, {0x00696BFF, 0x4FD1C5FF, 0x00009FFF, 0xFFFF00FF}},
    {Color::accent_hover, {0x00595BFF, 0x6FDDD3FF, 0x000070FF, 0xFFFF80FF}},
    {Color::accent_soft, {0xDFF1F0FF, 0x12383AFF, 0xE8E8FFFF, 0x1A1A40FF}},
    {Color::text_on_accent, {0xFFFFFFFF, 0x04211FFF, 0xFFFFFFFF, 0x000000FF}},
    {Color::good, {0x156B39FF, 0x63D08BFF, 0x006100FF, 0x7CFF7CFF}},
    {Color::warn, {0x824E00FF, 0xF2B84BFF, 0x6B3F00FF, 0xFFD24DFF}},
    {Color::bad, {0xB3261EFF, 0xFF9A91FF, 0xA00000FF, 0xFF9C9CFF}},
    {Color::info, {0x1C5BA3FF, 0x86BCFFFF, 0x00009FFF, 0x8FC4FFFF}},
    {Color::good_soft, {0xE2F3E8FF, 0x15301FFF, 0xFFFFFFFF, 0x000000FF}},
    {Color::warn_soft, {0xFFF1D6FF, 0x35280FFF, 0xFFFFFFFF, 0x000000FF}},
    {Color::bad_soft, {0xFCE8E6FF, 0x3B1C1BFF, 0xFFFFFFFF, 0x000000FF}},
    {Color::info_soft, {0xE3EEFAFF, 0x152B45FF, 0xFFFFFFFF, 0x000000FF}},
    {Color::text_on_bad, {0xFFFFFFFF, 0x3B0907FF, 0xFFFFFFFF, 0x000000FF}},
    {Color::focus, {0x1556D6FF, 0x8AB8FFFF, 0x00009FFF, 0x1AEBFFFF}},
    {Color::series_1, {0x087161FF, 0x44C099FF, 0x087161FF, 0x44C099FF}},
    {Color::series_2, {0xE45F06FF, 0xF19413FF, 0xE45F06FF, 0xF19413FF}},
    {Color::series_3, {0x2E3883FF, 0x4A74EAFF, 0x2E3883FF, 0x4A74EAFF}},
    {Color::series_4, {0xB760A8FF, 0xC8489BFF, 0xB760A8FF, 0xC8489BFF}},
    {Color::series_5, {0x1B88F3FF, 0x77E9FFFF, 0x1B88F3FF, 0x77E9FFFF}},
    {Color::series_6, {0xA93900FF, 0x877B30FF, 0xA93900FF, 0x877B30FF}},
    {Color::series_7, {0x7B3FB9FF, 0xBB97FBFF, 0x7B3FB9FF, 0xBB97FBFF}},
    {Color::series_8, {0x5F3134FF, 0xF5DE9FFF, 0x5F3134FF, 0xF5DE9FFF}},
    {Color::series_other, {0x74818FFF, 0x8796A9FF, 0x000000FF, 0xFFFFFFFF}},
    {Color::tooltip, {0x17202BFF, 0xE8EDF2FF, 0x000000FF, 0xFFFFFFFF}},
    {Color::text_on_tooltip, {0xFFFFFFFF, 0x17202BFF, 0xFFFFFFFF, 0x000000FF}},
    {Color::scrim, {0x0F141A73, 0x000000A6, 0x00000099, 0x000000CC}},
    {Color::shadow, {0x17202B1F, 0x00000066, 0x00000000, 0x00000000}},
}};

constexpr bool palette_is_in_order() {
    for (std::size_t index = 0; index < color_table.size(); ++index) {
        if (static_cast<std::size_t>(color_table[index].role) != index) {
            return false;
        }
    }
    return true;
}
static_assert(palette_is_in_order(), "palette rows must follow the order of Color");

constexpr std::array<TypeToken, static_cast<std::size_t>(TextStyle::count)> type_scale = {{
    {12, FontWeight::regular},
    {12, FontWeight::medium},
    {14, FontWeight::regular},
    {14, FontWeight::medium},
    {14, FontWeight::semibold},
    {16, FontWeight::semibold},
    {20, FontWeight::semibold},
    {28, FontWeight::semibold},
    {36, FontWeight::semibold},
}};

Theme& theme_in_force() {
    static Theme value;
    return value;
}

ImU32 pack(std::uint32_t value) {
    return IM_COL32((value >> 24) & 0xFF, (value >> 16) & 0xFF, (value >> 8) & 0xFF, value & 0xFF);
}

double linear_channel(std::uint32_t byte) {
    const double channel = static_cast<double>(byte) / 255.0;
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(std::uint32_t value) {
    return 0.2126 * linear_channel((value >> 24) & 0xFF) + 0.7152 * linear_channel((value >> 16) & 0xFF) +
           0.0722 * linear_channel((value >> 8) & 0xFF);
}

// Only what ImGui itself still draws (text fields, scroll bars, windows) needs its palette.
void set_imgui_colors(ImGuiStyle& style) {
    const ImVec4 none(0, 0, 0, 0);
    for (ImVec4& entry : style.Colors) {
        entry = none;
    }
    style.Colors[ImGuiCol_Text] = color_vector(Color::text);
    style.Colors[ImGuiCol_TextDisabled] = color_vector(Color::text_muted);
    style.Colors[ImGuiCol_WindowBg] = color_vector(Color::page);
    style.Colors[ImGuiCol_PopupBg] = color_vector(Color::raised);
    style.Colors[ImGuiCol_Border] = color_vector(Color::line);
    style.Colors[ImGuiCol_ModalWindowDimBg] = color_vector(Color::scrim);
    style.Colors[ImGuiCol_InputTextCursor] = color_vector(Color::accent);
    ImVec4 selection = color_vector(Color::focus);
    selection.w = 0.28f;
    style.Colors[ImGuiCol_TextSelectedBg] = selection;
    ImVec4 grab = color_vector(Color::control_line);
    grab.w = 0.45f;
    style.Colors[ImGuiCol_ScrollbarGrab] = grab;
    grab.w = 0.8f;
    style.Colors[ImGuiCol_ScrollbarGrabHovered] = grab;
    style.Colors[ImGuiCol_ScrollbarGrabActive] = color_vector(Color::control_line);
    style.Colors[ImGuiCol_Separator] = color_vector(Color::line);
    // Focus rings are painted by the widgets, with an offset; ImGui's own would double them.
    style.Colors[ImGuiCol_NavCursor] = none;
}

void set_imgui_lengths(ImGuiStyle& style, const Theme& chosen) {
    style.WindowPadding = ImVec2(0, 0);
    style.WindowRounding = 0;
    style.WindowBorderSize = 0;
    style.WindowMinSize = ImVec2(1, 1);
    style.ChildRounding = 0;
    style.ChildBorderSize = 0;
    style.PopupRounding = radius::card;
    style.PopupBorderSize = 1;
    style.FramePadding = ImVec2(space::medium, space::small);
    style.FrameRounding = radius::control;
    style.FrameBorderSize = 0;
    style.ItemSpacing = ImVec2(space::small, space::small);
    style.ItemInnerSpacing = ImVec2(space::small, space::tiny);
    style.ScrollbarSize = 10;
    style.ScrollbarRounding = radius::pill;
    style.GrabMinSize = 32;
    style.DisabledAlpha = 1;
    style.FontSizeBase = type_scale[static_cast<std::size_t>(TextStyle::body)].em * face_line_ratio;
    style.FontScaleMain = chosen.text_scale;
    style.HoverStationaryDelay = 0.1f;
    style.HoverDelayNormal = duration::tooltip_delay_seconds;
    style.MouseCursorScale = 1;
    style.AntiAliasedLinesUseTex = true;
    style.CircleTessellationMaxError = 0.15f;
    style.CurveTessellationTol = 0.6f;
}

void set_implot_style(ImPlotStyle& style) {
    const ImVec4 none(0, 0, 0, 0);
    for (ImVec4& entry : style.Colors) {
        entry = none;
    }
    style.Colors[ImPlotCol_TitleText] = color_vector(Color::text);
    style.Colors[ImPlotCol_InlayText] = color_vector(Color::text_muted);
    style.Colors[ImPlotCol_AxisText] = color_vector(Color::text_muted);
    style.Colors[ImPlotCol_AxisGrid] = color_vector(Color::line);
    ImVec4 brush = color_vector(Color::accent);
    brush.w = 0.18f;
    style.Colors[ImPlotCol_Selection] = brush;
    style.PlotBorderSize = 0;
    style.MinorAlpha = 0;
    style.MajorTickLen = ImVec2(0, 0);
    style.MinorTickLen = ImVec2(0, 0);
    style.MajorGridSize = ImVec2(1, 1);
    style.PlotPadding = ImVec2(0, space::tiny);
    style.LabelPadding = ImVec2(space::tiny, space::small);
    style.PlotMinSize = ImVec2(40, 40);
    style.LineWeight = 2;
    style.FillAlpha = 1;
}

}  // namespace

std::uint32_t rgba(Scheme scheme, Color role) {
    return color_table[static_cast<std::size_t>(role)].rgba[static_cast<std::size_t>(scheme)];
}

double contrast_ratio(std::uint32_t first_rgba, std::uint32_t second_rgba) {
    const double first = luminance(first_rgba);
    const double second = luminance(second_rgba);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

ImU32 color(Color role) {
    return pack(rgba(theme_in_force().scheme, role));
}

ImU32 color_with_alpha(Color role, float alpha) {
    const ImU32 base = color(role);
    const auto scaled =
        static_cast<ImU32>(static_cast<float>(base >> IM_COL32_A_SHIFT) * std::clamp(alpha, 0.0f, 1.0f));
    return (base & ~IM_COL32_A_MASK) | (scaled << IM_COL32_A_SHIFT);
}

ImU32 mix(ImU32 from, ImU32 to, float amount) {
    const ImVec4 first = ImGui::ColorConvertU32ToFloat4(from);
    const ImVec4 second = ImGui::ColorConvertU32ToFloat4(to);
    const float part = std::clamp(amount, 0.0f, 1.0f);
    return ImGui::ColorConvertFloat4ToU32(
        ImVec4(first.x + (second.x - first.x) * part, first.y + (second.y - first.y) * part,
               first.z + (second.z - first.z) * part, first.w + (second.w - first.w) * part));
}

ImVec4 color_vector(Color role) {
    return ImGui::ColorConvertU32ToFloat4(color(role));
}

bool has_forced_colors() {
    return theme_in_force().scheme == Scheme::forced_light || theme_in_force().scheme == Scheme::forced_dark;
}

Color tone_color(Tone tone) {
    switch (tone) {
        case Tone::accent:
            return Color::accent;
        case Tone::good:
            return Color::good;
        case Tone::warn:
            return Color::warn;
        case Tone::bad:
            return Color::bad;
        case Tone::info:
            return Color::info;
        case Tone::neutral:
            break;
    }
    return Color::text_muted;
}

Color tone_ground(Tone tone) {
    switch (tone) {
        case Tone::accent:
            return Color::accent_soft;
        case Tone::good:
            return Color::good_soft;
        case Tone::warn:
            return Color::warn_soft;
        case Tone::bad:
            return Color::bad_soft;
        case Tone::info:
            return Color::info_soft;
        case Tone::neutral:
            break;
    }
    return Color::sunken;
}

Color series_color(int index) {
    if (index < 0 || index >= series_color_count) {
        return Color::series_other;
    }
    return static_cast<Color>(static_cast<int>(Color::series_1) + index);
}

Breakpoint breakpoint_of(float window_width) {
    if (window_width < breakpoint::phone_below) {
        return Breakpoint::phone;
    }
    if (window_width < breakpoint::tablet_below) {
        return Breakpoint::tablet;
    }
    return window_width < breakpoint::wide_from ? Breakpoint::desktop : Breakpoint::wide;
}

Breakpoint current_breakpoint() {
    return breakpoint_of(ImGui::GetIO().DisplaySize.x);
}

TypeToken type_token(TextStyle style) {
    return type_scale[static_cast<std::size_t>(style)];
}

void apply_theme(const Theme& chosen) {
    theme_in_force() = chosen;
    set_imgui_colors(ImGui::GetStyle());
    set_imgui_lengths(ImGui::GetStyle(), chosen);
    if (ImPlot::GetCurrentContext() != nullptr) {
        set_implot_style(ImPlot::GetStyle());
    }
}

const Theme& theme() {
    return theme_in_force();
}

Metrics metrics_of(Density density, Breakpoint where) {
    Metrics result;
    if (density == Density::compact) {
        result = {32, 28, 32, 24, 28, space::section};
    } else if (density == Density::touch) {
        result = {size::touch_target, 48, size::touch_target, size::touch_target, size::touch_target, space::section};
    }
    if (where == Breakpoint::phone || where == Breakpoint::tablet) {
        result.gutter = space::large;
    }
    return result;
}

Metrics metrics() {
    return metrics_of(theme_in_force().density, current_breakpoint());
}

}  // namespace portal::ui
