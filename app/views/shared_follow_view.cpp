#include "app/views/shared_follow_view.hpp"

#include <algorithm>

#include "app/ui/button.hpp"
#include "app/ui/landmark.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/text.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;
using Follows = FollowState::Follows;

namespace {

constexpr std::string_view widget_prefix = "widget:";
constexpr float pointer_whole = 10'000;

std::optional<MonthIndex> month_in(const ShareViewState& shown, std::string_view name) {
    for (const ShareFilter& filter : shown.filters)
        if (filter.name == name && !filter.values.empty())
            if (const auto day = parse_iso_day(filter.values.front())) return month_of_day(*day);
    return std::nullopt;
}

std::string place_of(std::string_view widget) {
    return std::string(widget.substr(std::min(widget.size(), widget_prefix.size())));
}

// What is pointed at, in words; empty for what has none.
std::string_view pointed_words(const ViewContext& context, const SharePointer& pointer) {
    std::string_view name = pointer.at;
    name.remove_prefix(std::min(name.size(), widget_prefix.size()));
    if (name == "months") return context.say(Word::financing_chart_title);
    if (name == "plans") return context.say(Word::financing_plans_title);
    if (name == "integrations") return context.say(Word::integrations_title);
    if (!name.starts_with("figure.")) return {};
    name.remove_prefix(std::string_view("figure.").size());
    const auto found = std::ranges::find(figure_texts, name);
    if (found == figure_texts.end()) return {};
    return context.say(vm::word_of(static_cast<FigureId>(found - figure_texts.begin())));
}

bool points(const FollowState& state, const vm::GuestPart& part) {
    return part.pointer && part.shown && !part.shown->away && state.follows == Follows::presenter;
}

}  // namespace

bool goes_along(const ShareViewState& shown, FollowState& state) {
    if (state.follows == Follows::own_way || shown.q == state.followed_q) return false;
    state.followed_q = shown.q;
    if (shown.away) return false;
    if (shown.top == state.top && shown.scroll == state.scroll) return true;
    state.top = shown.top;
    state.scroll = shown.scroll;
    state.scrolling = FollowState::Scrolling::due;
    return true;
}

void resume_following(FollowState& state) {
    state.follows = Follows::presenter;
    state.followed_q = -1;
    state.scrolling = FollowState::Scrolling::due;
}

void follow_presenter(const ShareViewState& shown, SharedViewState& state) {
    if (!goes_along(shown, state.following)) return;
    state.view = shown.route;
    for (const ShareFilter& filter : shown.filters)
        if (filter.name == "practice" && filter.values.size() == 1) state.practice = filter.values.front();
    state.parts.first_month = month_in(shown, "from");
    state.parts.last_month = month_in(shown, "to");
    state.parts.selected = shown.sel;
}

void follow_scroll(FollowState& state) {
    if (state.scrolling == FollowState::Scrolling::done || state.follows == Follows::own_way) return;
    const std::optional<ui::Box> box = ui::find_landmark(place_of(state.top));
    if (!state.top.empty() && !box) return;
    state.scrolling = FollowState::Scrolling::done;
    if (state.top.empty()) return ui::scroll_to_head();
    ui::scroll_to_part(*box, static_cast<float>(state.scroll) / pointer_whole);
}

void following_line(const ViewContext& context, SharedViewState& state, const vm::GuestPart& part) {
    const std::string& presenter = part.session->presenter;
    if (state.following.follows == Follows::own_way) {
        const std::string cause = context.say(Word::shared_own_way, {presenter});
        const ui::BannerOptions strip{.tone = ui::Tone::info,
                                      .cause = cause,
                                      .evidence = context.say(Word::shared_own_way_sentence),
                                      .action_label = context.say(Word::shared_resume),
                                      .icon = icons::eye};
        if (ui::banner("own_way", strip) == ui::BannerEvent::acted) resume_following(state.following);
    } else if (part.shown->away) {
        ui::note(ui::Tone::info, context.say(Word::shared_presenter_away));
    } else {
        const std::string_view at =
            points(state.following, part) ? pointed_words(context, *part.pointer) : std::string_view();
        ui::text_wrapped(ui::TextStyle::body,
                         at.empty() ? context.say(Word::shared_following, {presenter})
                                    : context.say(Word::shared_following_pointer, {presenter, at}),
                         ui::Color::text_muted);
        if (looks_at_part(*part.shown, part.session->first_day, part.session->last_day))
            ui::text_wrapped(ui::TextStyle::body, context.say(Word::shared_part, {presenter}), ui::Color::text_muted);
    }
    ui::space_below(ui::space::medium);
}

void shared_pointer(FollowState& state, const vm::GuestPart& part) {
    if (!points(state, part)) return;
    const std::string name = place_of(part.pointer->at);
    const std::optional<ui::Box> box = ui::find_landmark(name);
    if (!box) return;
    if (std::exchange(state.pointed_at, name) != name) ui::scroll_into_view(*box);
    const float x = static_cast<float>(part.pointer->x) / pointer_whole;
    const float y = static_cast<float>(part.pointer->y) / pointer_whole;
    ui::paint_pointer({box->min.x + box->width() * x, box->min.y + box->height() * y}, part.session->presenter,
                      part.pointer->is_laser ? ui::PointerKind::laser : ui::PointerKind::quiet);
}

}  // namespace portal::views
