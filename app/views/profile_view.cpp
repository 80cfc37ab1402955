#include "app/views/profile_view.hpp"

#include <array>

#include "app/ui/button.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/text.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

void fact(const ViewContext& context, Word label, std::string_view value) {
    ui::text(ui::TextStyle::caption, context.say(label), ui::Color::text_muted);
    ui::text_cut(ui::TextStyle::body, value);
    ui::space_below(ui::space::small);
}

void you_card(const ViewContext& context, ui::Grid& grid) {
    const vm::SessionPart& session = *context.snapshot.session;
    grid.begin_card("you", {.phone = 12, .desktop = 6}, {.title = context.say(Word::profile_you)});
    ui::text(ui::TextStyle::subtitle, session.name);
    ui::space_below(ui::space::small);
    fact(context, Word::profile_email, session.email);
    fact(context, Word::profile_role, context.say(vm::word_of(session.role)));
    fact(context, Word::profile_places,
         context.say(Word::profile_places_text,
                     {context.format.number(static_cast<std::int64_t>(session.practices.size())),
                      context.format.number(static_cast<std::int64_t>(session.locations.size()))}));
    grid.end_cell();
}

void appearance_card(const ViewContext& context, ui::Grid& grid) {
    Preferences& preferences = context.preferences;
    grid.begin_card("appearance", {.phone = 12, .desktop = 6}, {.title = context.say(Word::profile_appearance)});
    const std::array<ui::Segment, 3> themes = {
        ui::Segment{.id = "system", .label = context.say(Word::theme_system), .icon = icons::monitor},
        ui::Segment{.id = "light", .label = context.say(Word::theme_light), .icon = icons::sun},
        ui::Segment{.id = "dark", .label = context.say(Word::theme_dark), .icon = icons::moon}};
    int theme = static_cast<int>(preferences.theme);
    ui::text(ui::TextStyle::body_medium, context.say(Word::profile_theme));
    if (ui::segmented("theme", context.say(Word::profile_theme), themes, theme))
        preferences.theme = static_cast<ThemeChoice>(theme);
    ui::space_below(ui::space::medium);

    const std::array<ui::Segment, 2> languages = {
        ui::Segment{.id = "en", .label = context.say(Word::language_english)},
        ui::Segment{.id = "es", .label = context.say(Word::language_spanish)}};
    int language = static_cast<int>(preferences.language);
    ui::text(ui::TextStyle::body_medium, context.say(Word::profile_language));
    if (ui::segmented("language", context.say(Word::profile_language), languages, language))
        preferences.language = static_cast<vm::Language>(language);
    ui::space_below(ui::space::medium);

    const std::array<ui::Segment, 2> densities = {
        ui::Segment{.id = "normal", .label = context.say(Word::density_normal)},
        ui::Segment{.id = "compact", .label = context.say(Word::density_compact)}};
    int density = preferences.density == ui::Density::compact ? 1 : 0;
    ui::text(ui::TextStyle::body_medium, context.say(Word::profile_density));
    if (ui::segmented("density", context.say(Word::profile_density), densities, density))
        preferences.density = density == 1 ? ui::Density::compact : ui::Density::normal;
    grid.end_cell();
}

void device_card(const ViewContext& context, ui::Grid& grid) {
    grid.begin_card("device", {.phone = 12, .desktop = 6}, {.title = context.say(Word::profile_device)});
    bool keeps_data = !context.snapshot.sync || context.snapshot.sync->keeps_data;
    if (ui::checkbox("keep_data", context.say(Word::profile_keep_data), keeps_data,
                     {.hint = context.say(Word::profile_keep_data_hint)}))
        context.intents.emit(vm::KeepDataOnDevice{keeps_data});
    ui::space_below(ui::space::medium);
    ui::checkbox("reports", context.say(Word::profile_reports), context.preferences.sends_reports,
                 {.hint = context.say(Word::profile_reports_hint)});
    grid.end_cell();
}

void diagnostics_card(const ViewContext& context, ui::Grid& grid) {
    grid.begin_card("diagnostics", {.phone = 12, .desktop = 6}, {.title = context.say(Word::profile_diagnostics)});
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::profile_diagnostics_sentence), ui::Color::text_muted);
    ui::space_below(ui::space::medium);
    if (ui::button("copy_diagnostics", context.say(Word::profile_copy_diagnostics), {.icon = icons::copy}))
        context.page.copy_diagnostics = true;
    grid.end_cell();
}

void session_card(const ViewContext& context, ui::Grid& grid) {
    grid.begin_card("session", {.phone = 12}, {.title = context.say(Word::profile_session)});
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::profile_erases), ui::Color::text_muted);
    ui::space_below(ui::space::medium);
    if (ui::button("sign_out", context.say(Word::sign_out), {.icon = icons::log_out}))
        context.page.sign_out = SignOutRequest::here;
    const ui::ButtonOptions everywhere{.kind = ui::ButtonKind::quiet};
    ui::flow(ui::button_width(context.say(Word::sign_out_everywhere), everywhere));
    if (ui::button("sign_out_everywhere", context.say(Word::sign_out_everywhere), everywhere))
        context.page.sign_out = SignOutRequest::everywhere;
    grid.end_cell();
}

}  // namespace

void profile_view(const ViewContext& context) {
    if (!context.snapshot.session) return;
    ui::heading(1, ui::TextStyle::title, context.say(Word::profile_title));
    ui::space_below(ui::space::large);
    ui::Grid grid("profile", ui::size::reading_width_max);
    you_card(context, grid);
    appearance_card(context, grid);
    device_card(context, grid);
    diagnostics_card(context, grid);
    session_card(context, grid);
}

}  // namespace portal::views
