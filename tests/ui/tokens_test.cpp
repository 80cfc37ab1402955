#include "app/ui/tokens.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

namespace portal::ui {
namespace {

constexpr std::array schemes = {Scheme::light, Scheme::dark, Scheme::forced_light, Scheme::forced_dark};
constexpr double small_text_min = 4.5;
constexpr double large_text_min = 3.0;

double ratio(Scheme scheme, Color ink, Color ground) {
    return contrast_ratio(rgba(scheme, ink), rgba(scheme, ground));
}

void require_ratio(Scheme scheme, Color ink, Color ground, double least) {
    INFO("scheme " << static_cast<int>(scheme) << ", ink " << static_cast<int>(ink) << ", ground "
                   << static_cast<int>(ground) << ", ratio " << ratio(scheme, ink, ground));
    CHECK(ratio(scheme, ink, ground) >= least);
}

}  // namespace

TEST_CASE("contrast follows the published formula") {
    CHECK_THAT(contrast_ratio(0x000000FF, 0xFFFFFFFF), Catch::Matchers::WithinAbs(21.0, 0.001));
    CHECK_THAT(contrast_ratio(0x777777FF, 0xFFFFFFFF), Catch::Matchers::WithinAbs(4.48, 0.01));
    CHECK(contrast_ratio(0x123456FF, 0x123456FF) == 1.0);
}

TEST_CASE("text can be read on every surface it stands on") {
    constexpr std::array surfaces = {Color::page,   Color::card,  Color::raised,
                                     Color::sunken, Color::hover, Color::selected};
    for (const Scheme scheme : schemes) {
        for (const Color surface : surfaces) {
            require_ratio(scheme, Color::text, surface, small_text_min);
            require_ratio(scheme, Color::text_muted, surface, small_text_min);
            require_ratio(scheme, Color::accent, surface, small_text_min);
        }
        for (const Color ink : {Color::good, Color::warn, Color::bad, Color::info}) {
            require_ratio(scheme, ink, Color::card, small_text_min);
            require_ratio(scheme, ink, Color::page, small_text_min);
            require_ratio(scheme, ink, Color::raised, small_text_min);
        }
    }
}

TEST_CASE("words on tinted and filled grounds can be read") {
    for (const Scheme scheme : schemes) {
        for (const Tone tone : {Tone::neutral, Tone::accent, Tone::good, Tone::warn, Tone::bad, Tone::info}) {
            require_ratio(scheme, tone_color(tone), tone_ground(tone), small_text_min);
            require_ratio(scheme, Color::text, tone_ground(tone), small_text_min);
        }
        require_ratio(scheme, Color::text_on_accent, Color::accent, small_text_min);
        require_ratio(scheme, Color::text_on_accent, Color::accent_hover, small_text_min);
        require_ratio(scheme, Color::text_on_bad, Color::bad, small_text_min);
        require_ratio(scheme, Color::text_on_tooltip, Color::tooltip, small_text_min);
    }
}

TEST_CASE("controls, focus and series can be seen on a card") {
    for (const Scheme scheme : schemes) {
        require_ratio(scheme, Color::control_line, Color::card, large_text_min);
        require_ratio(scheme, Color::control_line, Color::page, large_text_min);
        require_ratio(scheme, Color::focus, Color::card, large_text_min);
        require_ratio(scheme, Color::focus, Color::page, large_text_min);
        require_ratio(scheme, Color::focus, Color::raised, large_text_min);
        for (int index = 0; index <= series_color_count; ++index) {
            require_ratio(scheme, series_color(index), Color::card, large_text_min);
        }
    }
}

TEST_CASE("the ninth series and everything after is other") {
    CHECK(series_color(0) == Color::series_1);
    CHECK(series_color(7) == Color::series_8);
    CHECK(series_color(8) == Color::series_other);
    CHECK(series_color(-1) == Color::series_other);
}

TEST_CASE("touch makes every target at least 44 pixels") {
    const Metrics touch = metrics_of(Density::touch, Breakpoint::phone);
    for (const float height :
         {touch.control_height, touch.row_height, touch.icon_button, touch.chip_height, touch.option_height}) {
        CHECK(height >= size::touch_target);
    }
    CHECK(metrics_of(Density::normal, Breakpoint::desktop).row_height == 36);
    CHECK(metrics_of(Density::compact, Breakpoint::desktop).row_height == 28);
    CHECK(touch.row_height == 48);
    CHECK(metrics_of(Density::normal, Breakpoint::tablet).gutter == 16);
}

TEST_CASE("breakpoints change at their edges") {
    CHECK(breakpoint_of(639.5f) == Breakpoint::phone);
    CHECK(breakpoint_of(640) == Breakpoint::tablet);
    CHECK(breakpoint_of(1023) == Breakpoint::tablet);
    CHECK(breakpoint_of(1024) == Breakpoint::desktop);
    CHECK(breakpoint_of(2560) == Breakpoint::wide);
}

}  // namespace portal::ui
