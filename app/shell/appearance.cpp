#include "app/shell/appearance.hpp"

#include <implot.h>

#include "app/shell/preferences.hpp"
#include "app/shell/ui_words.hpp"
#include "app/ui/fonts.hpp"
#include "app/ui/motion.hpp"
#include "shared/rules/business_time.hpp"

namespace portal::shell {
namespace {

ui::Scheme scheme_of(const platform::Environment& environment, views::ThemeChoice choice) {
    const bool dark = choice == views::ThemeChoice::system ? environment.color_scheme == platform::ColorScheme::dark
                                                           : choice == views::ThemeChoice::dark;
    if (environment.forced_colors) return dark ? ui::Scheme::forced_dark : ui::Scheme::forced_light;
    return dark ? ui::Scheme::dark : ui::Scheme::light;
}

}  // namespace

views::Preferences open_canvas(platform::Window& window, platform::WindowListener& listener,
                               mirror::MirrorFrame& mirror) {
    ui::set_frame_request([&window](int frame_count) { window.wake(frame_count); });
    window.start(listener, mirror);
    // The window has made ImGui's context; ImGui wants its faces before the first frame.
    ImPlot::CreateContext();
    ui::load_fonts();
    const views::Preferences preferences = load_preferences(window);
    ui::set_words(widget_words(preferences.language));
    window.set_language(vm::tag_of_language(preferences.language));
    return preferences;
}

ui::Theme theme_of(const platform::Environment& environment, const views::Preferences& preferences) {
    ui::Theme theme;
    theme.scheme = scheme_of(environment, preferences.theme);
    theme.density = environment.coarse_pointer ? ui::Density::touch : preferences.density;
    theme.motion = environment.reduced_motion ? ui::Motion::reduced : ui::Motion::full;
    return theme;
}

vm::Format format_in_zone(vm::Language language, InstantMs now_ms, const std::string& zone) {
    const Result<TimeZone> found = TimeZone::find(zone);
    if (!found) return vm::Format(language, now_ms);
    return vm::Format(language, now_ms, [time_zone = *found](InstantMs instant_ms) {
        return time_zone.local(instant_ms).offset_minutes;
    });
}

}  // namespace portal::shell
