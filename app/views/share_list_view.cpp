#include "app/views/share_list_view.hpp"

#include <array>

#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/text.hpp"
#include "app/views/shared_view.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Asking;
using vm::Word;

namespace {

struct StateLook {
    Word word;
    ui::Tone tone;
    const char* icon;
};
constexpr std::array<StateLook, 3> state_looks = {{{Word::share_state_live, ui::Tone::good, icons::circle_check},
                                                   {Word::share_state_paused, ui::Tone::warn, icons::circle_pause},
                                                   {Word::share_state_ended, ui::Tone::neutral, icons::circle_x}}};

// "Willow Creek" or "Willow Creek and 3 more".
std::string shared_names(const ViewContext& context, const ShareListing& share) {
    std::string first;
    for (const vm::PlaceChoice& known : context.snapshot.session->practices)
        if (!share.scope.practices.empty() && known.id == share.scope.practices.front()) first = known.name;
    if (share.scope.practices.size() < 2) return first;
    const auto more = static_cast<std::int64_t>(share.scope.practices.size()) - 1;
    return context.say(Word::share_names_more, {first, context.format.number(more)});
}

std::string view_names(const ViewContext& context, const ShareListing& share) {
    std::string names;
    for (const ShareView view : share.scope.views)
        names += (names.empty() ? "" : ", ") + std::string(context.say(word_of_share_view(view)));
    return names;
}

void pause_button(const ViewContext& context, const ShareListing& share, ShareSheetWishes& wishes) {
    const bool is_paused = share.state == ShareState::paused;
    const ui::ButtonOptions look{.size = ui::ButtonSize::small, .icon = is_paused ? icons::play : icons::circle_pause};
    if (ui::button("pause", context.say(is_paused ? Word::share_resume : Word::share_pause), look))
        wishes.pause = std::pair{share.id, !is_paused};
}

// Asked once more in place: the button that ends it says what it does.
void stop_buttons(const ViewContext& context, ShareSheetState& state, const ShareListing& share,
                  ShareSheetWishes& wishes) {
    const ui::ButtonSize small = ui::ButtonSize::small;
    if (state.ending != share.id) {
        if (ui::button("stop", context.say(Word::share_stop), {.size = small})) state.ending = share.id;
        return;
    }
    if (ui::button("stop_now", context.say(Word::share_stop_now), {.kind = ui::ButtonKind::danger, .size = small})) {
        wishes.end = share.id;
        state.ending.reset();
    }
    ui::beside();
    if (ui::button("keep_sharing", context.say(Word::share_keep), {.kind = ui::ButtonKind::quiet, .size = small}))
        state.ending.reset();
}

void draw_share(const ViewContext& context, ShareSheetState& state, const ShareListing& share,
                ShareSheetWishes& wishes) {
    const vm::Format& format = context.format;
    const bool is_open = share.state != ShareState::ended;
    const StateLook& look = state_looks[static_cast<std::size_t>(share.state)];
    const ui::Card card("share", {.padding = ui::space::large});
    ui::text(ui::TextStyle::body_strong,
             is_open ? shared_names(context, share)
                     : context.say(Word::share_of_day, {format.day_and_time(share.created_ms)}));
    ui::badge(context.say(look.word), look.tone, look.icon);
    const std::string until =
        is_open ? context.say(Word::share_expires, {format.day_and_time(share.expires_ms)}) : std::string();
    const std::string guests =
        context.say(Word::share_guests, {format.number(share.guests), format.number(share.followers)});
    ui::text_wrapped(ui::TextStyle::body, view_names(context, share) + ". " + guests + (is_open ? " " + until : ""),
                     ui::Color::text_muted);
    if (!is_open) return;
    pause_button(context, share, wishes);
    ui::beside();
    stop_buttons(context, state, share, wishes);
}

}  // namespace

void share_list_view(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part,
                     ShareSheetWishes& wishes) {
    if (part.list == Asking::idle) wishes.list = true;
    if (part.is_change_refused) {
        ui::note(ui::Tone::warn, context.say(Word::share_change_failed));
        ui::space_below(ui::space::medium);
    }
    if (part.list == Asking::failed) {
        ui::note(ui::Tone::warn, context.say(Word::share_needs_server));
        if (ui::button("list_again", context.say(Word::shared_try_again))) wishes.list = true;
        ui::space_below(ui::space::medium);
    }
    if (part.shares.empty()) {
        if (part.list == Asking::known)
            ui::empty_state("no_links", icons::link, context.say(Word::share_no_links));
        else if (part.list != Asking::failed)
            ui::skeleton_lines("links_wait", 4);
        return;
    }
    for (const ShareListing& share : part.shares) {
        ImGui::PushID(share.id.c_str());
        draw_share(context, state, share, wishes);
        ImGui::PopID();
        ui::space_below(ui::space::medium);
    }
}

ShareSheetWishes live_bar_view(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part,
                               const ShareListing& live) {
    ShareSheetWishes wishes;
    ImGui::PushID("live_bar");
    const bool is_phone = ui::current_breakpoint() == ui::Breakpoint::phone;
    const StateLook& look = state_looks[static_cast<std::size_t>(live.state)];
    const std::string followers = context.say(Word::share_followers, {context.format.number(live.followers)});
    std::string words = is_phone ? followers : shared_names(context, live) + ". " + followers;
    if (part.is_change_refused) words = context.say(Word::share_change_failed);
    // On the middle of the bar, as its buttons are.
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 badge = ui::badge_size(context.say(look.word), look.icon);
    const float middle = at.y + ui::icon_button_width(ui::ButtonSize::small) * 0.5f;
    ui::badge_at({at.x, middle - badge.y * 0.5f}, context.say(look.word), look.tone, look.icon);
    ui::text_at({at.x + badge.x + ui::space::small, middle - ui::line_height(ui::TextStyle::body_medium) * 0.5f},
                ui::TextStyle::body_medium, words);
    ImGui::Dummy({badge.x + ui::space::small + ui::measure(ui::TextStyle::body_medium, words).x, 1});
    using Pointer = ShareSheetState::Pointer;
    const bool is_pointing = state.pointer == Pointer::shown;
    ui::beside();
    if (ui::icon_button("pointer", is_pointing ? icons::target : icons::eye_off,
                        context.say(is_pointing ? Word::share_pointer_off : Word::share_pointer_on),
                        {.kind = ui::ButtonKind::quiet, .size = ui::ButtonSize::small}))
        state.pointer = is_pointing ? Pointer::hidden : Pointer::shown;
    const float room = state.ending == live.id ? (is_phone ? 230.0f : 250.0f) : (is_phone ? 150.0f : 210.0f);
    ui::align_right(room);
    if (state.ending != live.id) {
        if (is_phone) {
            const bool is_paused = live.state == ShareState::paused;
            if (ui::icon_button("pause", is_paused ? icons::play : icons::circle_pause,
                                context.say(is_paused ? Word::share_resume : Word::share_pause),
                                {.size = ui::ButtonSize::small}))
                wishes.pause = std::pair{live.id, !is_paused};
        } else {
            pause_button(context, live, wishes);
        }
        ui::beside();
    }
    stop_buttons(context, state, live, wishes);
    ImGui::PopID();
    return wishes;
}

}  // namespace portal::views
