#include "app/views/pitch_view.hpp"

#include <algorithm>
#include <array>

#include "app/ui/button.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/frame.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/presenting.hpp"
#include "app/vm/pitch_words.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::PitchAsked;
using vm::PitchWish;
using vm::PitchWord;

namespace {

std::string_view pitch_say(const ViewContext& context, PitchWord word) {
    return vm::say(context.format.language(), word);
}
std::string pitch_say(const ViewContext& context, PitchWord word, std::initializer_list<std::string_view> arguments) {
    return vm::say(context.format.language(), word, arguments);
}

struct StoryCaption {
    int story;
    vm::Word caption;
};
constexpr auto story_captions = std::to_array<StoryCaption>({{1, vm::Word::story_1},
                                                             {2, vm::Word::story_2},
                                                             {3, vm::Word::story_3},
                                                             {4, vm::Word::story_4},
                                                             {8, vm::Word::story_8},
                                                             {9, vm::Word::story_9}});

std::string clock_text(DurationMs elapsed_ms) {
    const std::int64_t seconds = elapsed_ms / 1000;
    const std::string rest = std::to_string(seconds % 60);
    return std::to_string(seconds / 60) + (rest.size() < 2 ? ":0" : ":") + rest;
}

struct CheckLook {
    std::string words;
    ui::Tone tone;
};

CheckLook copy_look(const ViewContext& context, const vm::PitchPart& part) {
    const std::string size =
        vm::fill_phrase("{0} MB", {context.format.number((part.copy_bytes + 500'000) / 1'000'000)});
    switch (part.copy) {
        case vm::CopyState::complete: {
            // By the machine's own clock, which both instants are of.
            const vm::Format clock(context.format.language(), part.now_ms);
            if (part.copy_since_ms == 0) return {pitch_say(context, PitchWord::pitch_ready, {size}), ui::Tone::good};
            return {pitch_say(context, PitchWord::pitch_ready_since, {clock.relative(part.copy_since_ms), size}),
                    ui::Tone::good};
        }
        case vm::CopyState::from_file:
            return {std::string(pitch_say(context, PitchWord::pitch_from_file)), ui::Tone::good};
        case vm::CopyState::incomplete:
            return {std::string(pitch_say(context, PitchWord::pitch_incomplete)), ui::Tone::warn};
        case vm::CopyState::none:
            return {std::string(pitch_say(context, PitchWord::pitch_no_copy)), ui::Tone::warn};
        case vm::CopyState::looking:
            break;
    }
    return {std::string(pitch_say(context, PitchWord::pitch_looking)), ui::Tone::neutral};
}

CheckLook rows_look(const ViewContext& context, const vm::PitchPart& part) {
    if (part.is_loaded) return {std::string(pitch_say(context, PitchWord::pitch_rows_here)), ui::Tone::good};
    const std::string rows = context.format.number(part.rows_loaded);
    return {pitch_say(context, PitchWord::pitch_rows_coming, {rows}), ui::Tone::neutral};
}

CheckLook attested_look(const ViewContext& context, const vm::PitchPart& part) {
    switch (part.attested) {
        case vm::Attested::yes: {
            const vm::Format clock(context.format.language(), part.now_ms);
            return {pitch_say(context, PitchWord::attest_done, {clock.relative(part.attested_ms)}), ui::Tone::good};
        }
        case vm::Attested::other_version:
            return {std::string(pitch_say(context, PitchWord::attest_changed)), ui::Tone::warn};
        case vm::Attested::no:
            break;
    }
    return {std::string(pitch_say(context, PitchWord::attest_missing)), ui::Tone::warn};
}

void check_row(std::string_view title, const CheckLook& look) {
    ui::icon(look.tone == ui::Tone::neutral ? icons::hourglass : ui::tone_icon(look.tone), ui::size::icon,
             ui::tone_color(look.tone));
    ui::beside();
    ui::text(ui::TextStyle::body_medium, title);
    ui::text_wrapped(ui::TextStyle::caption, look.words, ui::Color::text_muted);
    ui::space_below(ui::space::medium);
}

void preflight_card(const ViewContext& context, const vm::PitchPart& part, ui::Grid& grid, PitchAsked& asked) {
    grid.begin_card("preflight", {.phone = 12, .tablet = 12, .desktop = 7},
                    {.title = pitch_say(context, PitchWord::pitch_preflight)});
    check_row(pitch_say(context, PitchWord::pitch_check_copy), copy_look(context, part));
    check_row(pitch_say(context, PitchWord::pitch_check_rows), rows_look(context, part));
    const PitchWord kept = part.keeps_texts ? PitchWord::pitch_texts_kept : PitchWord::pitch_texts_not_kept;
    check_row(pitch_say(context, PitchWord::pitch_check_texts),
              {std::string(pitch_say(context, kept)), part.keeps_texts ? ui::Tone::good : ui::Tone::warn});
    check_row(pitch_say(context, PitchWord::attest_title), attested_look(context, part));
    if (ui::button("look_again", pitch_say(context, PitchWord::pitch_look_again), {.icon = icons::refresh_cw}))
        asked.wish = PitchWish::look_again;
    grid.end_cell();
}

void persona_card(const ViewContext& context, const vm::PitchPart& part, ui::Grid& grid, PitchAsked& asked) {
    constexpr std::array specialties = {Specialty::dental, Specialty::veterinary, Specialty::medical};
    const std::array<ui::Segment, 3> segments = {
        {{.id = "dental", .label = pitch_say(context, PitchWord::pitch_persona_dental)},
         {.id = "veterinary", .label = pitch_say(context, PitchWord::pitch_persona_veterinary)},
         {.id = "medical", .label = pitch_say(context, PitchWord::pitch_persona_medical)}}};
    grid.begin_card("persona", {.phone = 12, .tablet = 12, .desktop = 5},
                    {.title = pitch_say(context, PitchWord::pitch_persona)});
    ui::text_wrapped(ui::TextStyle::body, pitch_say(context, PitchWord::pitch_persona_sentence), ui::Color::text_muted);
    ui::space_below(ui::space::medium);
    int selected = 0;
    for (std::size_t index = 0; index < specialties.size(); ++index)
        if (specialties[index] == part.persona) selected = static_cast<int>(index);
    if (ui::segmented("persona", pitch_say(context, PitchWord::pitch_persona), segments, selected))
        asked = {PitchWish::choose_persona, static_cast<int>(specialties[static_cast<std::size_t>(selected)])};
    ui::space_below(ui::space::section);
    if (ui::button("begin", pitch_say(context, PitchWord::pitch_begin),
                   {.kind = ui::ButtonKind::primary,
                    .icon = icons::play,
                    .disabled_reason =
                        part.is_loaded ? std::string_view() : pitch_say(context, PitchWord::pitch_begin_later)}))
        asked.wish = PitchWish::begin;
    ui::beside();
    if (ui::button("what_if", pitch_say(context, PitchWord::what_if_title), {.icon = icons::sliders_horizontal}))
        asked.wish = PitchWish::show_what_if;
    ui::flow(ui::button_width(pitch_say(context, PitchWord::pitch_recording)));
    if (ui::button("recording", pitch_say(context, PitchWord::pitch_recording), {.icon = icons::video}))
        asked.wish = PitchWish::play_recording;
    grid.end_cell();
}

void talking_points_card(const ViewContext& context, const vm::PitchPart& part, ui::Grid& grid, PitchAsked& asked) {
    const std::string version = pitch_say(context, PitchWord::attest_version, {vm::talking_points_version()});
    grid.begin_card("talking_points", {.phone = 12},
                    {.title = pitch_say(context, PitchWord::attest_title), .subtitle = version});
    ui::text_wrapped(ui::TextStyle::body, pitch_say(context, PitchWord::attest_sentence), ui::Color::text_muted);
    ui::space_below(ui::space::medium);
    for (const PitchWord rule : vm::wording_rules()) {
        ui::text_wrapped(ui::TextStyle::body, pitch_say(context, rule));
        ui::space_below(ui::space::small);
    }
    ui::space_below(ui::space::medium);
    const CheckLook look = attested_look(context, part);
    if (part.attested == vm::Attested::yes)
        ui::note(look.tone, look.words);
    else if (ui::button("attest", pitch_say(context, PitchWord::attest_button), {.icon = icons::check}))
        asked.wish = PitchWish::attest;
    grid.end_cell();
}

void keys_card(const ViewContext& context, ui::Grid& grid) {
    grid.begin_card("keys", {.phone = 12}, {.title = pitch_say(context, PitchWord::pitch_keys)});
    ui::text_wrapped(ui::TextStyle::body, pitch_say(context, PitchWord::pitch_keys_sentence), ui::Color::text_muted);
    grid.end_cell();
}

bool bar_button(const ViewContext& context, const char* id, const char* icon, PitchWord word,
                std::string_view shortcut) {
    return ui::icon_button(id, icon, pitch_say(context, word), {.kind = ui::ButtonKind::quiet, .shortcut = shortcut});
}

struct BarControl {
    const char* id;
    const char* icon;
    PitchWord word;
    std::string_view shortcut;
    PitchWish wish;
    bool on_phone;
};
constexpr auto bar_controls = std::to_array<BarControl>({
    {"previous", icons::chevron_left, PitchWord::pitch_previous, "Left", PitchWish::previous, true},
    {"next", icons::chevron_right, PitchWord::pitch_next, "Right", PitchWish::next, true},
    {"spotlight", icons::sun, PitchWord::pitch_spotlight, "S", PitchWish::spotlight, false},
    {"what_if", icons::sliders_horizontal, PitchWord::what_if_title, "W", PitchWish::show_what_if, true},
    {"leave_behind", icons::download, PitchWord::leave_save, "L", PitchWish::save_leave_behind, false},
    {"notes", icons::file_text, PitchWord::pitch_notes, "N", PitchWish::notes, false},
    {"reset", icons::rotate_ccw, PitchWord::pitch_reset, "R", PitchWish::reset, false},
});

constexpr std::size_t controls_on_phone = 3;
static_assert(std::ranges::count(bar_controls, true, &BarControl::on_phone) == controls_on_phone);

void step_controls(const ViewContext& context, const vm::PitchPart& part, bool is_phone, const std::string& elapsed,
                   PitchAsked& asked) {
    const std::string place = pitch_say(context, PitchWord::pitch_step_of,
                                        {context.format.number(part.step + 1), context.format.number(part.step_count)});
    if (!is_phone) {
        if (const int shown = ui::step_dots("steps", place, part.step_count, part.step); shown >= 0)
            asked = {PitchWish::show_step, shown};
        ui::beside(ui::space::medium);
    }
    ui::bar_text(elapsed);
    ui::beside(ui::space::medium);
    for (const BarControl& control : bar_controls) {
        if (is_phone && !control.on_phone) continue;
        if (bar_button(context, control.id, control.icon, control.word, control.shortcut)) asked.wish = control.wish;
        ui::beside(ui::space::tiny);
    }
}

std::string_view caption_of_room(const ViewContext& context, const vm::PitchPart& part) {
    if (part.room == vm::PitchRoom::steps) return caption_of_story(context, part.story);
    return pitch_say(context, part.room == vm::PitchRoom::what_if ? PitchWord::what_if_title : PitchWord::pitch_title);
}

}  // namespace

std::string_view caption_of_story(const ViewContext& context, int story) {
    if (story == 0) return pitch_say(context, PitchWord::go_live_title);
    const auto found = std::ranges::find(story_captions, story, &StoryCaption::story);
    return context.say((found == story_captions.end() ? story_captions.begin() : found)->caption);
}

PitchAsked pitch_bar_view(const ViewContext& context, const vm::PitchPart& part) {
    PitchAsked asked;
    const bool is_phone = ui::current_breakpoint() == ui::Breakpoint::phone;
    const bool has_steps = part.room == vm::PitchRoom::steps;
    const std::string elapsed = clock_text(part.elapsed_ms);
    const float button = ui::icon_button_width(ui::ButtonSize::normal) + ui::space::tiny;
    float right = button;
    if (!is_phone) right += ui::ribbon_width(context.say(vm::Word::demo_ribbon)) + ui::space::medium;
    if (has_steps)
        right += ui::bar_text_width(elapsed) + ui::space::medium +
                 button * static_cast<float>(is_phone ? controls_on_phone : bar_controls.size());
    if (has_steps && !is_phone) right += ui::step_dots_width(part.step_count) + ui::space::medium;
    ui::bar_caption(caption_of_room(context, part), right + ui::space::medium,
                    has_steps ? ui::Heads::no : ui::Heads::yes);
    ui::top_bar_right(right);
    if (!is_phone) {
        ui::ribbon(context.say(vm::Word::demo_ribbon));
        ui::beside(ui::space::medium);
    }
    if (has_steps) step_controls(context, part, is_phone, elapsed, asked);
    if (bar_button(context, "leave", icons::x, PitchWord::pitch_leave, "Esc")) asked.wish = PitchWish::leave;
    return asked;
}

PitchAsked pitch_preflight_view(const ViewContext& context, const vm::PitchPart& part, LeadsState& state,
                                const vm::LeadsPart& leads) {
    PitchAsked asked;
    ui::text_wrapped(ui::TextStyle::body, pitch_say(context, PitchWord::pitch_sentence), ui::Color::text_muted);
    ui::space_below(ui::space::large);
    if (part.notes == vm::NotesState::blocked) {
        ui::note(ui::Tone::warn, pitch_say(context, PitchWord::pitch_notes_blocked));
        ui::space_below(ui::space::large);
    }
    ui::Grid grid("pitch");
    preflight_card(context, part, grid, asked);
    persona_card(context, part, grid, asked);
    const PitchAsked of_leads = pitch_leads_card(context, state, leads, grid);
    talking_points_card(context, part, grid, asked);
    keys_card(context, grid);
    return of_leads.wish == PitchWish::none ? asked : of_leads;
}

void pitch_slide_view(const ViewContext& context, const vm::PitchPart& part) {
    ui::space_below(ui::space::section);
    ui::heading(1, ui::TextStyle::hero, caption_of_story(context, part.story));
    ui::space_below(ui::space::medium);
    ui::text_wrapped(ui::TextStyle::subtitle, pitch_say(context, PitchWord::pitch_slide), ui::Color::text_muted);
}

bool pitch_entry_view(const ViewContext& context) {
    ui::space_below(ui::space::section);
    ui::Grid grid("pitch_entry");
    grid.begin_card("pitch", {.phone = 12, .tablet = 12, .desktop = 8},
                    {.title = pitch_say(context, PitchWord::pitch_title),
                     .subtitle = pitch_say(context, PitchWord::pitch_sentence)});
    const bool pressed = ui::button("present", pitch_say(context, PitchWord::pitch_present), {.icon = icons::play});
    grid.end_cell();
    return pressed;
}

}  // namespace portal::views
