#include "app/views/shared_view.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "app/ui/badge.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/frame.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/select.hpp"
#include "app/ui/text.hpp"
#include "app/views/shared_company_view.hpp"
#include "app/views/shared_follow_view.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::GuestPhase;
using vm::Word;

namespace {

constexpr float shared_practice_width = 320;
constexpr std::array<const char*, all_share_views.size()> shared_view_ids = {"overview", "integrations", "financing"};

std::string shared_by(const ViewContext& context, const ShareGuestSession& session,
                      std::optional<InstantMs> recorded_ms) {
    const vm::Format& format = context.format;
    if (recorded_ms)
        return context.say(Word::replay_of,
                           {format.day(format.local_day(*recorded_ms)), format.time(*recorded_ms), session.presenter});
    return context.say(Word::shared_by, {session.presenter, context.format.day_and_time(session.expires_ms)});
}

// Instead of the content: one heading, one sentence.
void said_instead(const char* icon, std::string_view title, std::string_view body) {
    ui::space_below(ui::space::page);
    ui::icon(icon, 32);
    ui::space_below(ui::space::small);
    ui::heading(1, ui::TextStyle::title, title);
    ui::text_wrapped(ui::TextStyle::body, body, ui::Color::text_muted);
}

bool is_content_shown(GuestPhase phase) {
    return phase == GuestPhase::opening || phase == GuestPhase::live || phase == GuestPhase::away;
}

void draw_phase(const ViewContext& context, const vm::GuestPart& part) {
    const auto say = [&](const char* icon, Word title, Word body) {
        said_instead(icon, context.say(title), context.say(body));
    };
    switch (part.phase) {
        case GuestPhase::paused:
            return said_instead(
                icons::circle_pause,
                context.say(Word::shared_paused_title, {part.session ? part.session->presenter : std::string()}),
                context.say(Word::shared_paused_body));
        case GuestPhase::ended:
            return say(icons::lock, Word::shared_ended_title, Word::shared_ended_body);
        case GuestPhase::link_wrong:
            return say(icons::octagon_alert, Word::shared_wrong_title, Word::shared_wrong_body);
        case GuestPhase::crowded:
            return say(icons::users, Word::shared_crowded_title, Word::shared_crowded_body);
        case GuestPhase::throttled:
            return said_instead(icons::clock, context.say(Word::shared_throttled_title),
                                context.say(Word::shared_throttled_body, {context.format.duration(part.wait_ms)}));
        case GuestPhase::opening:
        case GuestPhase::live:
        case GuestPhase::away:
            return;
    }
}

bool away_strip(const ViewContext& context) {
    const ui::BannerOptions strip{.tone = ui::Tone::warn,
                                  .cause = context.say(Word::shared_away_title),
                                  .evidence = context.say(Word::shared_away_body),
                                  .action_label = context.say(Word::shared_try_again),
                                  .icon = icons::cloud_off};
    const bool wants = ui::banner("away", strip) == ui::BannerEvent::acted;
    ui::space_below(ui::space::large);
    return wants;
}

// Keeps what is chosen among what is shared.
void choose_among(const ShareGuestSession& session, SharedViewState& state) {
    const bool knows_practice = std::ranges::any_of(
        session.practices, [&](const SharedPractice& practice) { return practice.id == state.practice; });
    if (!knows_practice) state.practice = session.practices.front().id;
    if (std::ranges::find(session.views, state.view) == session.views.end()) state.view = session.views.front();
}

// Whoever chooses for themselves stops following until they want to again.
void go_own_way(SharedViewState& state, const Id& practice, ShareView view) {
    state.practice = practice;
    state.view = view;
    state.following.follows = FollowState::Follows::own_way;
    state.parts.first_month.reset();
    state.parts.last_month.reset();
    state.parts.selected.clear();
}

void practice_choice(const ViewContext& context, const vm::GuestPart& part, SharedViewState& state) {
    const ShareGuestSession& session = *part.session;
    int selected = 0;
    std::vector<ui::SelectOption> options;
    for (const SharedPractice& practice : session.practices) {
        if (practice.id == state.practice) selected = static_cast<int>(options.size());
        options.push_back({.label = practice.name});
    }
    const SharedPractice& shown = session.practices[static_cast<std::size_t>(selected)];
    ui::heading(1, ui::TextStyle::title, shown.name);
    ui::text_wrapped(ui::TextStyle::body, shared_by(context, session, part.recorded_ms), ui::Color::text_muted);
    ui::text_wrapped(
        ui::TextStyle::body,
        context.say(Word::shared_period, {context.format.day(session.first_day), context.format.day(session.last_day)}),
        ui::Color::text_muted);
    ui::space_below(ui::space::medium);
    if (options.size() < 2) return;
    const bool is_long = options.size() >= searchable_from;
    if (ui::select("practice", options, selected,
                   {.label = context.say(Word::shared_practice),
                    .label_shown = ui::SelectOptions::Label::hidden,
                    .search_label = is_long ? context.say(Word::shared_practice) : std::string_view(),
                    .icon = icons::building_2,
                    .width = std::min(shared_practice_width, ImGui::GetContentRegionAvail().x)}))
        go_own_way(state, session.practices[static_cast<std::size_t>(selected)].id, state.view);
    ui::space_below(ui::space::medium);
}

void view_choice(const ViewContext& context, const ShareGuestSession& session, SharedViewState& state) {
    if (session.views.size() < 2) return;
    std::vector<ui::Segment> segments;
    int selected = 0;
    for (const ShareView view : session.views) {
        if (view == state.view) selected = static_cast<int>(segments.size());
        segments.push_back(
            {.id = shared_view_ids[static_cast<std::size_t>(view)], .label = context.say(word_of_share_view(view))});
    }
    if (ui::tabs("views", context.say(Word::shared_views), segments, selected))
        go_own_way(state, state.practice, session.views[static_cast<std::size_t>(selected)]);
    ui::space_below(ui::space::large);
}

void draw_dataset(const ViewContext& context, SharedPartsState& state, const ShareDataset& dataset) {
    if (!dataset.figures.empty()) {
        shared_figures(context, state, dataset);
        ui::space_below(ui::space::section);
    }
    ui::Grid grid("shared");
    const bool has_plans = dataset.view == ShareView::financing;
    if (!dataset.months.empty())
        shared_months_card(context, state, dataset, grid, {.phone = 12, .desktop = has_plans ? 7 : 12});
    if (has_plans) shared_plans_card(context, state, dataset, grid, {.phone = 12, .desktop = 5});
    if (dataset.view != ShareView::financing) shared_integrations_card(context, state, dataset, grid, {.phone = 12});
}

void shared_skeleton() {
    ui::skeleton_lines("shared_wait", 3);
    ui::space_below(ui::space::large);
    ui::skeleton_box("shared_chart_wait", ImGui::GetContentRegionAvail().x, 300);
}

void draw_shared_content(const ViewContext& context, SharedViewState& state, const vm::GuestPart& part,
                         SharedViewWishes& wishes) {
    if (part.phase == GuestPhase::away) wishes.try_again = away_strip(context);
    if (!part.session) {
        ui::heading(1, ui::TextStyle::title, context.say(Word::shared_loading));
        ui::space_below(ui::space::large);
        shared_skeleton();
        return;
    }
    if (part.shown) follow_presenter(*part.shown, state);
    choose_among(*part.session, state);
    practice_choice(context, part, state);
    view_choice(context, *part.session, state);
    if (part.is_recorded) {
        ui::badge(context.say(Word::shared_recorded, {part.session->presenter}), ui::Tone::neutral, icons::video);
        ui::space_below(ui::space::medium);
    }
    if (part.shown) following_line(context, state, part);
    if (const ShareDataset* dataset = part.find(state.view, state.practice)) {
        draw_dataset(context, state.parts, *dataset);
        shared_passport(context, state.parts, *dataset);
        if (part.shown) follow_scroll(state.following);
        if (part.shown) shared_pointer(state.following, part);
    } else if (part.recorded_ms && state.following.follows == FollowState::Follows::own_way) {
        ui::note(ui::Tone::info, context.say(Word::replay_not_shown));
    } else {
        shared_skeleton();
    }
}

}  // namespace

vm::Word word_of_share_view(ShareView view) {
    switch (view) {
        case ShareView::overview:
            return Word::nav_overview;
        case ShareView::integrations:
            return Word::nav_integrations;
        case ShareView::financing:
            break;
    }
    return Word::nav_financing;
}

SharedViewWishes shared_view(const ViewContext& context, SharedViewState& state, const vm::GuestPart& part) {
    SharedViewWishes wishes;
    ui::Frame frame({.product_name = context.say(Word::product_name), .items_at_end = {}});
    frame.begin_top_bar();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float below = (ui::metrics().control_height - ui::line_height(ui::TextStyle::body_strong)) * 0.5f;
    ui::text_at({at.x, at.y + below}, ui::TextStyle::body_strong, context.say(Word::product_name));
    ImGui::Dummy(
        {ui::measure(ui::TextStyle::body_strong, context.say(Word::product_name)).x, ui::metrics().control_height});
    if (part.phase == GuestPhase::live) shared_company_bar(context, state.company, part, wishes);
    frame.end_top_bar();
    frame.begin_content("shared_view", ui::ContentWidth::reading);
    if (shared_content(context, state, part).try_again) wishes.try_again = true;
    frame.end_content();
    return wishes;
}

SharedViewWishes shared_content(const ViewContext& context, SharedViewState& state, const vm::GuestPart& part) {
    SharedViewWishes wishes;
    if (is_content_shown(part.phase))
        draw_shared_content(context, state, part, wishes);
    else
        draw_phase(context, part);
    return wishes;
}

}  // namespace portal::views
