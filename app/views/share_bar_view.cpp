// The bar over the screen while something is shared: who follows, what they press, the pointer, pausing and ending.
#include <vector>

#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/menu.hpp"
#include "app/ui/text.hpp"
#include "app/views/share_list_view.hpp"
#include "app/views/share_recording_view.hpp"
#include "app/views/shared_company_view.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float people_width = 280;
constexpr float followers_width_min = 48;
constexpr float whole_pixel = 1;        // Widths of words are fractions of one.
constexpr int buttons_of_pointing = 3;  // Pointer, laser and recording, where there is room for them.

struct BarRoom {
    float buttons = 0;
    bool is_phone = false;
};

BarRoom bar_room(const ViewContext& context, const ShareSheetState& state, const ShareListing& live) {
    const bool is_phone = ui::current_breakpoint() == ui::Breakpoint::phone;
    const float stop = share_stop_width(context, state, live) + whole_pixel;
    if (state.ending == live.id) return {stop, is_phone};
    const float pause =
        is_phone ? ui::icon_button_width(ui::ButtonSize::small) : share_pause_width(context, live) + whole_pixel;
    return {pause + ui::space::small + stop, is_phone};
}

// "Question: 2, 1 min ago".
std::string reaction_words(const ViewContext& context, const ShareReactionCount& one) {
    const vm::Format& format = context.format;
    return context.say(Word::share_reaction, {context.say(word_of(one.reaction)), format.number(one.count),
                                              format.relative(format.now_ms() - one.age_ms)});
}

std::string person_words(const ViewContext& context, const ShareFollower& one) {
    if (!one.user.empty()) return context.say(Word::hand_over_signed_in, {one.name});
    return one.name.empty() ? context.say(Word::share_guest_number, {context.format.number(one.number)}) : one.name;
}

// Presenting can be handed to those who may share it themselves.
void draw_person(const ViewContext& context, ShareSheetState& state, const ShareListing& live,
                 const ShareFollower& one) {
    if (!one.may_present) return ui::text_wrapped(ui::TextStyle::body, person_words(context, one));
    const std::string name = context.say(Word::hand_over_to, {one.name});
    const ui::ButtonOptions look{.size = ui::ButtonSize::small, .description = name};
    const float room = ui::button_width(context.say(Word::hand_over), look) + ui::space::small;
    ImGui::PushID(one.user.c_str());
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float below = (ui::icon_button_width(ui::ButtonSize::small) - ui::line_height(ui::TextStyle::body)) * 0.5f;
    ImGui::SetCursorScreenPos({at.x, at.y + below});
    ui::text_cut(ui::TextStyle::body, person_words(context, one), ImGui::GetContentRegionAvail().x - room);
    ui::align_right(room - ui::space::small);
    ImGui::SetCursorScreenPos({ImGui::GetCursorScreenPos().x, at.y});
    if (ui::button("hand_over", context.say(Word::hand_over), look)) {
        state.handing = {ui::Shown::yes, live.id, one.user, one.name};
        ui::close_popover();
    }
    ImGui::PopID();
}

// What guests see otherwise than the presenter, the weightiest first.
std::vector<Word> seen_words(const ShareSheetState& state) {
    std::vector<Word> words;
    if (state.seen == ShareSheetState::Seen::no) words.push_back(Word::share_not_seen);
    if (state.is_part) words.push_back(Word::share_guests_see_whole);
    if (state.seen == ShareSheetState::Seen::one_at_a_time) words.push_back(Word::share_one_at_a_time);
    return words;
}

void people_popover(const ViewContext& context, ShareSheetState& state, const ShareListing& live,
                    const vm::RecordingPart& recording, ShareSheetWishes& wishes) {
    if (!ui::begin_popover("people", context.say(Word::share_people), people_width)) return;
    ui::text(ui::TextStyle::body_strong, context.say(Word::share_people));
    if (live.people.empty()) ui::text_wrapped(ui::TextStyle::body, context.say(Word::share_people_none));
    for (const ShareFollower& one : live.people)
        draw_person(context, state, live, one);
    for (const ShareReactionCount& one : live.reactions)
        ui::text_wrapped(ui::TextStyle::body, reaction_words(context, one), ui::Color::text_muted);
    for (const Word word : seen_words(state))
        ui::text_wrapped(ui::TextStyle::body, context.say(word), ui::Color::text_muted);
    ui::space_below(ui::space::small);
    share_record_button(context, live, recording, RecordButton::words, wishes);
    ui::end_popover();
}

float room_of_followers(const BarRoom& room) {
    const float pointing = (ui::icon_button_width(ui::ButtonSize::small) + ui::space::small) * buttons_of_pointing;
    return ImGui::GetContentRegionAvail().x - room.buttons - ui::space::small - (room.is_phone ? 0 : pointing);
}

// On a narrow bar the number alone.
void followers_button(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part,
                      const vm::RecordingPart& recording, const ShareListing& live, const BarRoom& room,
                      ShareSheetWishes& wishes) {
    const std::string count = context.format.number(live.followers);
    const std::string followers = context.say(Word::share_followers, {count});
    std::string words =
        room.is_phone ? followers : names_of_practices(context, live.scope.practices) + ". " + followers;
    ui::ButtonOptions look{.kind = ui::ButtonKind::quiet, .size = ui::ButtonSize::small, .icon = icons::users};
    const float left = room_of_followers(room);
    if (part.is_change_refused) {
        words = context.say(Word::share_change_failed);
    } else if (room.is_phone && ui::button_width(words, look) > left) {
        look.name = followers;
        words = count;
    }
    // While it is asked whether to end, a phone has room for the question alone.
    const float whole = ui::button_width(words, look);
    if (whole > left && left < followers_width_min) return;
    if (whole > left) look.width = left;
    if (ui::button("followers", words, look)) ui::open_popover("people");
    people_popover(context, state, live, recording, wishes);
}

void pointer_buttons(const ViewContext& context, ShareSheetState& state) {
    using Pointer = ShareSheetState::Pointer;
    const auto toggle = [&](const char* id, const char* icon, Word words, Pointer off, Pointer on,
                            std::string_view key) {
        ui::beside();
        if (ui::icon_button(id, icon, context.say(words),
                            {.kind = ui::ButtonKind::quiet, .size = ui::ButtonSize::small, .shortcut = key}))
            state.pointer = state.pointer == on ? off : on;
    };
    const bool is_hidden = state.pointer == Pointer::hidden, is_laser = state.pointer == Pointer::laser;
    toggle("pointer", is_hidden ? icons::eye_off : icons::eye,
           is_hidden ? Word::share_pointer_on : Word::share_pointer_off, Pointer::shown, Pointer::hidden, {});
    toggle("laser", is_laser ? icons::circle_dot : icons::target,
           is_laser ? Word::share_laser_off : Word::share_laser_on, Pointer::shown, Pointer::laser, "L");
}

// What there is room for; the rest is with the followers.
void bar_notes(const ViewContext& context, const ShareSheetState& state, const ShareListing& live, float room) {
    const auto note = [&](std::string_view words, ui::Tone tone, const char* icon) {
        if (ImGui::GetItemRectMax().x + ui::badge_size(words, icon).x + 2 * ui::space::small >
            ImGui::GetWindowPos().x + ImGui::GetWindowWidth() - room)
            return;
        ui::beside();
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const ImVec2 extent = ui::badge_size(words, icon);
        ui::badge_at({at.x, at.y + (ui::icon_button_width(ui::ButtonSize::small) - extent.y) * 0.5f}, words, tone,
                     icon);
        ImGui::Dummy(extent);
    };
    if (live.is_lent) note(context.say(Word::follow_you_present_short), ui::Tone::info, icons::user_check);
    // A question of the moment before what stays as it is.
    const bool is_unseen = state.seen == ShareSheetState::Seen::no;
    if (is_unseen) note(context.say(Word::share_not_seen), ui::Tone::warn, icons::eye_off);
    for (const ShareReactionCount& one : live.reactions)
        note(reaction_words(context, one), ui::Tone::neutral, icon_of(one.reaction));
    if (is_unseen) return;
    for (const Word word : seen_words(state))
        note(context.say(word), ui::Tone::info, icons::eye);
}

}  // namespace

ShareSheetWishes live_bar_view(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part,
                               const vm::RecordingPart& recording, const ShareListing& live) {
    ShareSheetWishes wishes;
    ImGui::PushID("live_bar");
    const BarRoom room = bar_room(context, state, live);
    const ShareStateLook look = look_of_share(live.state);
    // A pause is the more important of the two.
    const bool shows_recording = recording.runs(live.id) && live.state == ShareState::live;
    const std::string words =
        shows_recording ? recording_words(context, recording) : std::string(context.say(look.word));
    const char* icon = shows_recording ? icons::video : look.icon;
    // On the middle of the bar, as its buttons are.
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 badge = ui::badge_size(words, icon);
    const float height = ui::icon_button_width(ui::ButtonSize::small);
    ui::badge_at({at.x, at.y + (height - badge.y) * 0.5f}, words, shows_recording ? ui::Tone::bad : look.tone, icon);
    ImGui::Dummy({badge.x, height});
    ui::beside();
    followers_button(context, state, part, recording, live, room, wishes);
    if (!room.is_phone) {
        pointer_buttons(context, state);
        ui::beside();
        share_record_button(context, live, recording, RecordButton::icon, wishes);
        bar_notes(context, state, live, room.buttons);
    }
    ui::align_right(room.buttons);
    if (state.ending != live.id) {
        if (room.is_phone) {
            const bool is_paused = live.state == ShareState::paused;
            if (ui::icon_button("pause", is_paused ? icons::play : icons::circle_pause,
                                context.say(is_paused ? Word::share_resume : Word::share_pause),
                                {.size = ui::ButtonSize::small}))
                wishes.pause = std::pair{live.id, !is_paused};
        } else {
            share_pause_button(context, live, wishes);
        }
        ui::beside();
    }
    share_stop_buttons(context, state, live, wishes);
    ImGui::PopID();
    return wishes;
}

}  // namespace portal::views
