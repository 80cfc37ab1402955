#include "tests/ui/gallery/gallery.hpp"

#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/menu.hpp"
#include "app/ui/select.hpp"
#include "app/ui/text.hpp"
#include "app/ui/text_field.hpp"
#include "app/ui/words.hpp"
#include "generated/icons.hpp"

#include <array>

namespace portal::ui::gallery {
namespace {

Words english() {
    Words result;
    result.close = "Close";
    result.cancel = "Cancel";
    result.show_password = "Show password";
    result.hide_password = "Hide password";
    result.clear = "Clear";
    result.remove = "Remove filter";
    result.required = "required";
    result.busy = "Working";
    result.more = "More";
    result.dismiss = "Dismiss";
    result.undo = "Undo";
    result.columns = "Columns";
    result.filter_by = "Filter by";
    result.show_as_table = "Show as table";
    result.show_as_chart = "Show as chart";
    result.no_options = "Nothing matches";
    result.sorted_ascending = "sorted ascending";
    result.sorted_descending = "sorted descending";
    result.expand_navigation = "Expand navigation";
    result.collapse_navigation = "Collapse navigation";
    result.previous_month = "Previous month";
    result.next_month = "Next month";
    result.immature = "Not complete yet";
    result.other = "Other";
    result.loading = "Loading";
    return result;
}

void controls_card(Grid& grid, State& state) {
    grid.begin_card("buttons", {.phone = 12, .tablet = 12, .desktop = 7},
                    {.title = "Buttons and choices", .action_label = "View all", .action_href = "/x"});
    button("primary", "File ticket", {.kind = ButtonKind::primary, .icon = icons::plus});
    flow(110);
    button("secondary", "Export", {.icon = icons::download});
    flow(90);
    button("quiet", "Cancel", {.kind = ButtonKind::quiet});
    flow(130);
    button("danger", "Delete draft", {.kind = ButtonKind::danger});
    flow(100);
    button("busy", "Saving", {.busy = Busy::yes});
    flow(120);
    button("disabled", "Publish", {.disabled_reason = "Record a decision first"});
    flow(44);
    icon_button("refresh", icons::refresh_cw, "Refresh", {.shortcut = "R"});
    flow(44);
    link("link", "Open the review", "/reviews/1");
    space_below(space::medium);
    const std::array<Segment, 4> periods = {{{"w", "Week"}, {"m", "Month"}, {"q", "Quarter"}, {"y", "Year"}}};
    segmented("period", "Period", periods, state.period);
    space_below(space::medium);
    filter_chip("vets", "Veterinary", state.vets);
    flow(90);
    filter_chip("dentists", "Dental", state.dentists);
    flow(150);
    removable_chip("plan", "Plan", {.value = "12 months"});
    flow(150);
    menu_chip("practice", "Practice", {.value = "All"});
    space_below(space::large);
    checkbox("keep", "Keep data on this device", state.checked, {.hint = "Only on a computer you do not share."});
    checkbox("other", "Show closed tickets", state.unchecked);
    toggle("offline", "Go offline", state.on, {}, 260);
    toggle("demo", "Synthetic pulse", state.off, {}, 260);
    const std::array<Segment, 2> ways = {{{"mail", "E-mail"}, {"phone", "Telephone"}}};
    radio_group("ways", "How to reach you", ways, state.contact);
    grid.end_cell();
}

void fields_card(Grid& grid, State& state) {
    grid.begin_card("fields", {.phone = 12, .tablet = 12, .desktop = 5}, {.title = "Fields", .as_of = "As of 9:12 AM"});
    text_field("name", state.name, {.label = "Practice", .hint = "As it stands on the contract."});
    space_below(space::large);
    text_field("email", state.email,
               {.label = "E-mail",
                .placeholder = "you@practice.example",
                .error = "Enter an address with an @ sign.",
                .required = Required::yes});
    space_below(space::large);
    text_field("password", state.password, {.label = "Password", .kind = FieldKind::password});
    space_below(space::large);
    text_field("search", state.search,
               {.label = "Search",
                .label_shown = TextFieldOptions::Label::hidden,
                .placeholder = "Search practices",
                .kind = FieldKind::search});
    space_below(space::large);
    const std::array<SelectOption, 5> options = {{{"Brookside Veterinary Group"},
                                                  {"Cedar Dental"},
                                                  {"Harbor Animal Hospital"},
                                                  {"Lakeview Orthodontics"},
                                                  {"Núñez Family Medicine"}}};
    select("practice", options, state.practice, {.label = "Location"});
    space_below(space::large);
    text_field("body", state.body,
               {.label = "Message", .placeholder = "What happened?", .kind = FieldKind::multiline, .bytes_max = 2000});
    grid.end_cell();
}

void page_controls(State& state) {
    heading(1, TextStyle::title, "Controls");
    space_below(space::large);
    if (banner("ledger", {.tone = Tone::bad,
                          .cause = "Ledger match broke after the upgrade",
                          .evidence = "61% of yesterday's sales match; 97% the week before.",
                          .action_label = "File ticket"}) == BannerEvent::acted) {
        state.dialog = Shown::yes;
    }
    space_below(space::large);
    Grid grid("controls");
    controls_card(grid, state);
    fields_card(grid, state);
    grid.begin_card("badges", {.phone = 12, .tablet = 6, .desktop = 4}, {.title = "Marks"});
    badge("Pending", Tone::warn, icons::clock);
    flow(80);
    badge("Live", Tone::good, icons::check);
    flow(80);
    badge("Blocked", Tone::bad, icons::octagon_alert);
    flow(80);
    badge("Draft");
    flow(80);
    badge("Vendor", Tone::info);
    space_below(space::medium);
    status("Working", Tone::good);
    status("Slow answers", Tone::warn);
    status("Credentials fail", Tone::bad);
    status("No recent calls", Tone::neutral);
    space_below(space::medium);
    avatar("Ana María Peña");
    beside();
    avatar("Jordan Lee");
    beside();
    avatar("Óscar Ruiz");
    beside();
    avatar("support", 36);
    beside();
    key_hint("Ctrl K");
    grid.end_cell();
    grid.begin_card("type", {.phone = 12, .tablet = 6, .desktop = 4}, {.title = "Type", .as_of = "As of 9:12 AM"});
    text(TextStyle::hero, "$1.24M");
    text(TextStyle::figure, "61.8%");
    text(TextStyle::title, "Title 20");
    text(TextStyle::subtitle, "Subtitle 16");
    text(TextStyle::body, "Body 14: 0123456789 $41,238.50");
    text(TextStyle::caption, "Caption 12: As of Mar 4, 2026", Color::text_muted);
    text_cut(TextStyle::body, "A name that is far too long for the room that is left in this card, Ñandú");
    grid.end_cell();
    grid.begin_card("notes", {.phone = 12, .tablet = 12, .desktop = 4}, {.title = "Notes"});
    note(Tone::info, "Peers are at least ten practices; none is named.");
    space_below(space::small);
    note(Tone::warn, "Looks like a card number. Identifiers are not stored.");
    space_below(space::small);
    offline_note("Offline. Shown as of 9:12 AM.");
    space_below(space::medium);
    skeleton_lines("wait", 3);
    grid.end_cell();
}

void page_states(State& state) {
    heading(1, TextStyle::title, "States");
    space_below(space::large);
    all_well("All four checks passed in the last hour.");
    space_below(space::large);
    Grid grid("states");
    grid.begin_card("empty", {.phone = 12, .tablet = 6, .desktop = 4}, {.title = "Tickets"});
    empty_state("new", icons::ticket, "No open tickets. File one when something does not work.", "File ticket");
    grid.end_cell();
    grid.begin_card("error", {.phone = 12, .tablet = 6, .desktop = 4}, {.title = "Sync"});
    error_state("retry", "The server refused the last change",
                "Your edit is kept on this device and nothing else changed.", "Try again");
    grid.end_cell();
    grid.begin_card("lock", {.phone = 12, .tablet = 6, .desktop = 4}, {.title = "Users"});
    no_permission_state("You cannot see the users of this practice", "A practice admin, Dr. Peña, can grant it.");
    grid.end_cell();
    grid.finish();
    space_below(space::large);
    if (button("toast", "Close ticket", {})) {
        state.toasts.push({1, "Ticket closed", Tone::good, "Undo"});
    }
    if (button("drawer", "Open drawer", {})) {
        state.drawer = Shown::yes;
    }
}

void draw_overlays(State& state) {
    if (begin_dialog("new_ticket", state.dialog,
                     {.title = "File ticket", .subtitle = "The check and its last run are attached."})) {
        text_field("subject", state.name, {.label = "Subject"});
        space_below(space::large);
        text_field("text", state.body, {.label = "What happened", .kind = FieldKind::multiline, .rows = 4});
        const float width = button_width("Cancel") + button_width("File ticket") + space::small;
        dialog_footer(width);
        if (button("cancel", "Cancel", {})) {
            state.dialog = Shown::no;
        }
        beside();
        if (button("file", "File ticket", {.kind = ButtonKind::primary})) {
            state.dialog = Shown::no;
            state.toasts.push({2, "Ticket filed. It will be sent when you are online.", Tone::good, "Undo"});
        }
        end_dialog();
    }
    if (begin_dialog("drill", state.drawer,
                     {.kind = DialogKind::drawer,
                      .title = "Net financed volume",
                      .subtitle = "Settled sales - refunds - chargebacks + reversals",
                      .outside_press = DialogOptions::OutsidePress::closes})) {
        text(TextStyle::hero, "$41,238.50");
        end_dialog();
    }
    state.toasts.draw();
}

void draw_top_bar(Frame& frame) {
    frame.begin_top_bar();
    button("scope", "Brookside Veterinary Group",
           {.kind = ButtonKind::quiet, .trailing_icon = icons::chevrons_up_down});
    const PillOptions sync = {.icon = icons::circle_check, .tone = Tone::good};
    const float right =
        pill_width("Synced", sync) + 2 * (metrics().icon_button + space::small) + metrics().icon_button + space::small;
    top_bar_right(right);
    pill("sync", "Synced", sync);
    beside();
    icon_button("search", icons::search, "Search", {.shortcut = "Ctrl K"});
    beside();
    icon_button("share", icons::share_2, "Share");
    beside();
    avatar_button("profile", "Ana María Peña");
    frame.end_top_bar();
}

void draw_commands(State& state) {
    const std::array<Shortcut, 4> shortcuts = {{{"Ctrl K", "Search and commands", 1},
                                                {"?", "Keyboard shortcuts", 2},
                                                {"g o", "Go to overview", 3},
                                                {"g t", "Go to tickets", 4}}};
    switch (state.shortcuts.listen(shortcuts)) {
        case 1:
            open_palette(state.palette);
            break;
        case 2:
            state.sheet = Shown::yes;
            break;
        case 3:
            state.page = 0;
            break;
        case 4:
            state.page = 3;
            break;
        default:
            break;
    }
    const std::array<PaletteItem, 5> commands = {{{"Go to overview", "g o", icons::house},
                                                  {"File ticket", "c", icons::plus, "new problem"},
                                                  {"Brookside Veterinary Group", "Practice", icons::building},
                                                  {"Harbor Animal Hospital", "Practice", icons::building},
                                                  {"Dark appearance", "", icons::moon}}};
    palette(state.palette, "Commands", "Search practices, tickets and commands", commands);
    shortcut_sheet(state.sheet, "Keyboard shortcuts", shortcuts);
}

}  // namespace

void draw_gallery(State& state) {
    if (!state.words_are_set) {
        set_words(english());
        state.words_are_set = true;
    }
    const std::array<NavigationItem, 5> items = {
        {{"overview", icons::house, "Overview", "/"},
         {"integrations", icons::plug, "Integrations", "/integrations"},
         {"financing", icons::chart_column, "Financing", "/financing"},
         {"tickets", icons::ticket, "Tickets", "/tickets", "3", Tone::accent, "3 open tickets"},
         {"reviews", icons::clipboard, "Reviews", "/reviews"}}};
    const std::array<NavigationItem, 2> end_items = {
        {{"sync", icons::refresh_cw, "Sync", "/sync"}, {"help", icons::circle_help, "Help", "/help"}}};
    Frame frame({.product_name = "Partner portal",
                 .tenant_name = "Brookside Veterinary",
                 .navigation_name = "Main",
                 .items = items,
                 .items_at_end = end_items,
                 .selected = state.page,
                 .rail = &state.rail});
    if (const int chosen = frame.navigation(); chosen >= 0) {
        state.page = chosen;
    }
    draw_top_bar(frame);
    frame.begin_content("page");
    ribbon("Demo data");
    space_below(space::medium);
    switch (state.page) {
        case 0:
            page_controls(state);
            break;
        case 1:
            page_states(state);
            break;
        case 2:
            page_data(state);
            break;
        case 3:
            page_overview(state);
            break;
        default:
            page_tables(state);
            break;
    }
    frame.end_content();
    draw_overlays(state);
    draw_commands(state);
}

}  // namespace portal::ui::gallery
