// The design tokens: every colour, length and type size of the portal, and the theme in force.
//
// A view never names a colour or a pixel; it names a role from this file. Lengths are CSS pixels,
// which are also Dear ImGui units (the platform layer sets DisplayFramebufferScale, so device
// density never shows up here).
//
// Thread: the UI thread only.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <cstdint>

namespace portal::ui {

// forced_* serve a browser in forced-colours mode: few colours, all lines visible, no tints.
enum class Scheme : std::uint8_t { light, dark, forced_light, forced_dark };
inline constexpr std::size_t scheme_count = 4;

enum class Density : std::uint8_t { normal, compact, touch };
enum class Motion : std::uint8_t { full, reduced };

enum class Color : std::uint8_t {
    page,
    card,
    raised,  // Popovers and dialogs.
    sunken,  // Inputs and tracks.
    hover,
    selected,
    line,          // Hairlines: decoration only.
    control_line,  // Edges that must be seen to know a control (3:1).
    text,
    text_muted,
    accent,
    accent_hover,
    accent_soft,
    text_on_accent,
    good,
    warn,
    bad,
    info,
    good_soft,
    warn_soft,
    bad_soft,
    info_soft,
    text_on_bad,  // Label of a destructive button, whose ground is `bad`.
    focus,
    series_1,
    series_2,
    series_3,
    series_4,
    series_5,
    series_6,
    series_7,
    series_8,
    series_other,
    tooltip,  // Inverse ground, the same in every surface.
    text_on_tooltip,
    scrim,   // Behind dialogs. Translucent.
    shadow,  // Under popovers. Translucent.
    count,
};
inline constexpr std::size_t color_count = static_cast<std::size_t>(Color::count);

// Colours of text and marks that say how a thing is. Never used without a word or an icon.
enum class Tone : std::uint8_t { neutral, accent, good, warn, bad, info };

// The table itself, for tests and for the page that hosts the canvas. 0xRRGGBBAA.
std::uint32_t rgba(Scheme scheme, Color role);
// WCAG 2 relative-luminance contrast, 1..21, of two opaque colours as 0xRRGGBBAA.
double contrast_ratio(std::uint32_t first_rgba, std::uint32_t second_rgba);

// In the theme in force, as Dear ImGui packs colours.
ImU32 color(Color role);
ImU32 color_with_alpha(Color role, float alpha);
ImU32 mix(ImU32 from, ImU32 to, float amount);
ImVec4 color_vector(Color role);
// Soft grounds do not exist then: edges must do their work.
bool has_forced_colors();
Color tone_color(Tone tone);   // Foreground: text, icon.
Color tone_ground(Tone tone);  // Soft background.
// 0..7 are the series colours; everything after is "other", which charts hatch.
Color series_color(int index);
inline constexpr int series_color_count = 8;

// Lengths.
namespace space {
inline constexpr float hair = 2;
inline constexpr float tiny = 4;
inline constexpr float small = 8;
inline constexpr float medium = 12;
inline constexpr float large = 16;
inline constexpr float card = 20;
inline constexpr float section = 24;
inline constexpr float page = 32;
}  // namespace space

namespace radius {
inline constexpr float mark = 4;
inline constexpr float control = 8;
inline constexpr float card = 12;
inline constexpr float pill = 999;
}  // namespace radius

namespace size {
inline constexpr float rail_expanded = 232;
inline constexpr float rail_collapsed = 64;
inline constexpr float bottom_bar = 60;
inline constexpr float top_bar = 56;
inline constexpr float reading_width_max = 1440;
inline constexpr float dashboard_width_max = 3840;
inline constexpr float banner_height = 72;
inline constexpr float touch_target = 44;
inline constexpr float icon_small = 14;
inline constexpr float icon = 16;
inline constexpr float icon_large = 20;
inline constexpr float drawer_width = 480;
}  // namespace size

namespace breakpoint {
inline constexpr float phone_below = 640;
inline constexpr float tablet_below = 1024;
inline constexpr float wide_from = 1600;
}  // namespace breakpoint

enum class Breakpoint : std::uint8_t { phone, tablet, desktop, wide };
Breakpoint breakpoint_of(float window_width);
// Of the whole window this frame.
Breakpoint current_breakpoint();

namespace duration {
inline constexpr float quick_seconds = 0.12f;
inline constexpr float calm_seconds = 0.20f;
inline constexpr float skeleton_delay_seconds = 0.15f;
inline constexpr float tooltip_delay_seconds = 0.45f;
}  // namespace duration

// Type. `em` is the CSS font size; the face's line is `face_line_ratio` times that, which is the
// size ImGui asks for.
enum class TextStyle : std::uint8_t {
    caption,
    caption_strong,
    body,
    body_medium,
    body_strong,
    subtitle,
    title,
    figure,
    hero,
    count,
};
enum class FontWeight : std::uint8_t { regular, medium, semibold };
struct TypeToken {
    float em = 0;
    FontWeight weight = FontWeight::regular;
};
// Ascent plus descent of IBM Plex Sans in ems; ImGui sizes fonts by that height.
inline constexpr float face_line_ratio = 1.3f;
TypeToken type_token(TextStyle style);

struct Theme {
    Scheme scheme = Scheme::light;
    Density density = Density::normal;
    Motion motion = Motion::full;
    float text_scale = 1;  // The user's own enlargement, on top of the browser's zoom.
};

// Sets ImGui's and ImPlot's styles and what color(), metrics() and the widgets read. Call when the
// theme changes.
void apply_theme(const Theme& theme);
const Theme& theme();

// Heights that depend on the density in force.
struct Metrics {
    float control_height = 36;
    float row_height = 36;
    float icon_button = 36;
    float chip_height = 28;
    float option_height = 32;
    float gutter = space::section;
};
Metrics metrics_of(Density density, Breakpoint where);
Metrics metrics();

}  // namespace portal::ui
