#include "app/views/share_list_view.hpp"

#include <array>

#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/text.hpp"
#include "app/views/share_recording_view.hpp"
#include "app/views/shared_view.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Asking;
using vm::Word;

namespace {

constexpr std::array<ShareStateLook, 3> state_looks = {{{Word::share_state_live, ui::Tone::good, icons::circle_check},
                                                        {Word::share_state_paused, ui::Tone::warn, icons::circle_pause},
                                                        {Word::share_state_ended, ui::Tone::neutral, icons::circle_x}}};

std::string view_names(const ViewContext& context, const ShareListing& share) {
    std::string names;
    for (const ShareView view : share.scope.views)
        names += (names.empty() ? "" : ", ") + std::string(context.say(word_of_share_view(view)));
    return names;
}

struct PauseLook {
    Word word;
    const char* icon;
};

PauseLook look_of_pause(const ShareListing& share) {
    if (share.state == ShareState::paused) return {Word::share_resume, icons::play};
    return {Word::share_pause, icons::circle_pause};
}

constexpr ui::ButtonOptions small_button{.size = ui::ButtonSize::small};

float stop_width(const ViewContext& context, Word words) {
    return ui::button_width(context.say(words), small_button);
}

void draw_share(const ViewContext& context, ShareSheetState& state, const ShareListing& share,
                const vm::RecordingPart& recording, ShareSheetWishes& wishes) {
    const vm::Format& format = context.format;
    const bool is_open = share.state != ShareState::ended;
    const ShareStateLook look = look_of_share(share.state);
    const ui::Card card("share", {.padding = ui::space::large});
    ui::text(ui::TextStyle::body_strong,
             is_open ? names_of_practices(context, share.scope.practices)
                     : context.say(Word::share_of_day, {format.day_and_time(share.created_ms)}));
    ui::badge(context.say(look.word), look.tone, look.icon);
    const std::string until =
        is_open ? context.say(Word::share_expires, {format.day_and_time(share.expires_ms)}) : std::string();
    const std::string guests =
        context.say(Word::share_guests, {format.number(share.guests), format.number(share.followers)});
    ui::text_wrapped(ui::TextStyle::body, view_names(context, share) + ". " + guests + (is_open ? " " + until : ""),
                     ui::Color::text_muted);
    if (!is_open) return;
    if (!share.presenter.empty()) {
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::hand_over_presents, {share.presenter}));
        if (ui::button("take_back", context.say(Word::follow_take_back),
                       {.size = ui::ButtonSize::small, .icon = icons::undo_2}))
            wishes.hand_over = std::pair{share.id, context.snapshot.session->user};
        ui::flow(share_pause_width(context, share));
    }
    // On a phone they do not stand in one line.
    share_pause_button(context, share, wishes);
    ui::flow(stop_width(context, state.ending == share.id ? Word::share_stop_now : Word::share_stop));
    share_stop_buttons(context, state, share, wishes);
    ui::flow(share_record_width(context, share, recording));
    share_record_button(context, share, recording, RecordButton::words, wishes);
    if (!recording.runs(share.id)) return;
    const std::string words = recording_words(context, recording);
    ui::flow(ui::badge_size(words, icons::video).x);
    ui::badge(words, ui::Tone::bad, icons::video);
}

}  // namespace

ShareStateLook look_of_share(ShareState state) {
    return state_looks[static_cast<std::size_t>(state)];
}

std::string names_of_practices(const ViewContext& context, std::span<const Id> practices) {
    std::string first;
    for (const vm::PlaceChoice& known : context.snapshot.session->practices)
        if (!practices.empty() && known.id == practices.front()) first = known.name;
    if (practices.size() < 2) return first;
    const auto more = static_cast<std::int64_t>(practices.size()) - 1;
    return context.say(Word::share_names_more, {first, context.format.number(more)});
}

float share_pause_width(const ViewContext& context, const ShareListing& share) {
    const PauseLook look = look_of_pause(share);
    return ui::button_width(context.say(look.word), {.size = ui::ButtonSize::small, .icon = look.icon});
}

void share_pause_button(const ViewContext& context, const ShareListing& share, ShareSheetWishes& wishes) {
    const PauseLook look = look_of_pause(share);
    if (ui::button("pause", context.say(look.word), {.size = ui::ButtonSize::small, .icon = look.icon}))
        wishes.pause = std::pair{share.id, share.state != ShareState::paused};
}

float share_stop_width(const ViewContext& context, const ShareSheetState& state, const ShareListing& share) {
    if (state.ending != share.id) return stop_width(context, Word::share_stop);
    return stop_width(context, Word::share_stop_now) + ui::space::small + stop_width(context, Word::share_keep);
}

// Asked once more in place: the button that ends it says what it does.
void share_stop_buttons(const ViewContext& context, ShareSheetState& state, const ShareListing& share,
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
    ui::flow(stop_width(context, Word::share_keep));
    if (ui::button("keep_sharing", context.say(Word::share_keep), {.kind = ui::ButtonKind::quiet, .size = small}))
        state.ending.reset();
}

void share_list_view(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part,
                     const vm::RecordingPart& recording, ShareSheetWishes& wishes) {
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
        draw_share(context, state, share, recording, wishes);
        ImGui::PopID();
        ui::space_below(ui::space::medium);
    }
}

}  // namespace portal::views
