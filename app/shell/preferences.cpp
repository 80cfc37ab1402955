#include "app/shell/preferences.hpp"

namespace portal::shell {
namespace {

// The sign-in page reads and writes the first three as well (web/sign-in.js).
constexpr std::string_view language_key = "language";
constexpr std::string_view theme_key = "theme";
constexpr std::string_view keep_data_key = "keep_data";
constexpr std::string_view density_key = "density";
constexpr std::string_view rail_key = "rail";
constexpr std::string_view stories_key = "stories";
constexpr std::string_view reports_key = "reports";

std::string_view text_of(views::ThemeChoice choice) {
    switch (choice) {
        case views::ThemeChoice::light:
            return "light";
        case views::ThemeChoice::dark:
            return "dark";
        case views::ThemeChoice::system:
            break;
    }
    return "system";
}

views::ThemeChoice theme_of(std::string_view text) {
    if (text == "light") return views::ThemeChoice::light;
    if (text == "dark") return views::ThemeChoice::dark;
    return views::ThemeChoice::system;
}

}  // namespace

views::Preferences load_preferences(const platform::Window& window) {
    views::Preferences preferences;
    const std::string language = window.load_preference(language_key);
    preferences.language = vm::language_of_tag(language.empty() ? window.environment().language : language);
    preferences.theme = theme_of(window.load_preference(theme_key));
    if (window.load_preference(density_key) == "compact") preferences.density = ui::Density::compact;
    if (window.load_preference(rail_key) == "collapsed") preferences.rail = ui::RailState::collapsed;
    preferences.stories_dismissed = window.load_preference(stories_key) == "hidden";
    preferences.sends_reports = window.load_preference(reports_key) == "yes";
    return preferences;
}

void store_preferences(platform::Window& window, const views::Preferences& preferences) {
    window.store_preference(language_key, vm::tag_of_language(preferences.language));
    window.store_preference(theme_key, text_of(preferences.theme));
    window.store_preference(density_key, preferences.density == ui::Density::compact ? "compact" : "normal");
    window.store_preference(rail_key, preferences.rail == ui::RailState::collapsed ? "collapsed" : "expanded");
    window.store_preference(stories_key, preferences.stories_dismissed ? "hidden" : "shown");
    window.store_preference(reports_key, preferences.sends_reports ? "yes" : "no");
}

bool load_keeps_data(const platform::Window& window) {
    return window.load_preference(keep_data_key) != "no";
}

void store_keeps_data(platform::Window& window, bool keeps) {
    window.store_preference(keep_data_key, keeps ? "yes" : "no");
}

}  // namespace portal::shell
