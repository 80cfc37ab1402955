#include "app/views/following_bar_view.hpp"

#include <algorithm>

#include "app/ui/button.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/text.hpp"
#include "app/views/shared_company_view.hpp"
#include "app/views/shared_follow_view.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::GuestPhase;
using vm::Word;

namespace {

// At most one of these stands in the bar, beside leaving.
enum class BarAction : std::uint8_t { none, look_around, resume, try_again };

bool goes_own_way(const FollowState& state) {
    return state.follows == FollowState::Follows::own_way;
}

// In full, and where that does not fit.
struct BarSentence {
    Word whole;
    Word brief = whole;
};

BarSentence bar_sentence(const FollowState& state, const vm::GuestPart& part) {
    switch (part.phase) {
        case GuestPhase::paused:
            return {Word::follow_paused};
        case GuestPhase::away:
        case GuestPhase::throttled:
            return {Word::follow_lost, Word::shared_away_title};
        case GuestPhase::ended:
        case GuestPhase::link_wrong:
        case GuestPhase::crowded:
            return {Word::follow_ended, Word::follow_ended_short};
        case GuestPhase::opening:
        case GuestPhase::live:
            break;
    }
    if (!part.session) return {Word::follow_loading};
    if (goes_own_way(state)) return {Word::follow_own_way, Word::follow_own_way_short};
    if (part.shown && part.shown->away) return {Word::follow_away, Word::follow_away_short};
    return {Word::shared_following};
}

// That somebody records is seen however little room there is.
void bar_words(const ViewContext& context, const FollowState& state, const vm::GuestPart& part, float room) {
    const ui::TextStyle style = ui::TextStyle::body;
    const std::string presenter = part.session ? part.session->presenter : std::string();
    const BarSentence sentence = bar_sentence(state, part);
    std::string words = context.say(sentence.whole, {presenter});
    if (part.is_recorded && part.session) {
        const std::string recorded = context.say(Word::shared_recorded, {presenter});
        const std::string both = words + ". " + recorded;
        if (ui::measure(style, both).x <= room) return ui::text_cut(style, both, room);
        ui::icon(icons::video, ui::size::icon, ui::Color::bad, recorded);
        ui::beside(ui::space::tiny);
        room -= ui::size::icon + ui::space::tiny;
    }
    if (ui::measure(style, words).x > room) words = context.say(sentence.brief, {presenter});
    ui::text_cut(style, words, std::max(room, 1.0f));
}

BarAction bar_action(const FollowState& state, const vm::GuestPart& part) {
    if (part.phase == GuestPhase::away) return BarAction::try_again;
    if (part.phase != GuestPhase::live || !part.session) return BarAction::none;
    return goes_own_way(state) ? BarAction::resume : BarAction::look_around;
}

// On phones the icon alone.
struct BarButton {
    const char* id;
    const char* icon;
    std::string_view words;
    ui::ButtonKind kind = ui::ButtonKind::secondary;

    ui::ButtonOptions look() const { return {.kind = kind, .size = ui::ButtonSize::small, .icon = icon}; }
    float width() const {
        const bool is_phone = ui::current_breakpoint() == ui::Breakpoint::phone;
        return is_phone ? ui::icon_button_width(ui::ButtonSize::small) : ui::button_width(words, look());
    }
    bool draw() const {
        const bool is_phone = ui::current_breakpoint() == ui::Breakpoint::phone;
        return is_phone ? ui::icon_button(id, icon, words, look()) : ui::button(id, words, look());
    }
};

BarButton button_of(const ViewContext& context, BarAction action) {
    if (action == BarAction::resume)
        return {"resume", icons::play, context.say(Word::shared_resume), ui::ButtonKind::primary};
    if (action == BarAction::try_again) return {"try_again", icons::refresh_cw, context.say(Word::shared_try_again)};
    return {"look_around", icons::eye, context.say(Word::follow_look_around)};
}

void act(BarAction action, FollowState& state, FollowingBarWishes& wishes) {
    if (action == BarAction::resume) resume_following(state);
    if (action == BarAction::look_around) state.follows = FollowState::Follows::own_way;
    wishes.try_again = action == BarAction::try_again;
}

}  // namespace

FollowingBarWishes following_bar_view(const ViewContext& context, FollowingBarState& state, const vm::GuestPart& part,
                                      bool may_take_back) {
    FollowingBarWishes wishes;
    ImGui::PushID("following_bar");
    const BarAction action = bar_action(state.following, part);
    const bool reacts = part.phase == GuestPhase::live && part.session;
    const BarButton acting = button_of(context, action);
    const BarButton take_back{"take_back", icons::undo_2, context.say(Word::follow_take_back)};
    const BarButton leave{"leave", icons::x, context.say(Word::follow_leave), ui::ButtonKind::quiet};
    const float gap = ui::space::small;
    float room = leave.width() + gap;
    if (action != BarAction::none) room += acting.width() + gap;
    if (may_take_back) room += take_back.width() + gap;
    if (reacts) room += reaction_buttons_width(ui::ButtonSize::small) + gap;

    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float whole = ImGui::GetContentRegionAvail().x;
    const float below = (ui::icon_button_width(ui::ButtonSize::small) - ui::line_height(ui::TextStyle::body)) * 0.5f;
    ImGui::SetCursorScreenPos({at.x, at.y + below});
    bar_words(context, state.following, part, std::max(whole - room, 1.0f));
    ImGui::SetCursorScreenPos({at.x + whole - room + gap, at.y});
    if (reacts) wishes.reaction = reaction_buttons(context, state.company, ui::ButtonSize::small);
    if (action != BarAction::none) {
        if (acting.draw()) act(action, state.following, wishes);
        ui::beside(gap);
    }
    if (may_take_back) {
        wishes.take_back = take_back.draw();
        ui::beside(gap);
    }
    wishes.leave = leave.draw();
    ImGui::PopID();
    return wishes;
}

}  // namespace portal::views
