#include "app/views/share_sheet_view.hpp"

#include <algorithm>
#include <array>

#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/select.hpp"
#include "app/ui/text.hpp"
#include "app/views/redaction_view.hpp"
#include "app/views/share_list_view.hpp"
#include "app/views/shared_view.hpp"
#include "app/vm/shown_state.hpp"
#include "generated/icons.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"

namespace portal::views {

using vm::Asking;
using vm::Word;

namespace {

constexpr float sheet_width = 880;
constexpr float sheet_height = 640;
constexpr float choices_width = 300;
constexpr float narrow_below = 640;
constexpr std::array<std::int64_t, 4> expiry_hours = {1, 24, 7 * 24, 30 * 24};
constexpr std::array<Word, 4> expiry_words = {Word::share_for_an_hour, Word::share_for_a_day, Word::share_for_a_week,
                                              Word::share_for_a_month};
constexpr std::array<Word, 3> period_words = {Word::share_period_screen, Word::financing_period_quarter,
                                              Word::financing_period_year};
constexpr std::array<MonthIndex, 3> period_months = {0, 2, 11};  // Before the present one; of the screen: its own.

ShareScope scope_of(const ViewContext& context, const ShareSheetState& state) {
    const Day today = context.format.local_day(context.format.now_ms());
    ShareScope scope;
    scope.practices = state.practices;
    scope.views = state.views;
    std::sort(scope.practices.begin(), scope.practices.end());
    std::sort(scope.views.begin(), scope.views.end());
    scope.first_day = state.screen_from;
    scope.last_day = state.screen_until;
    if (state.period > 0) {
        scope.first_day =
            first_day_of_month(month_of_day(today) - period_months[static_cast<std::size_t>(state.period)]);
        scope.last_day = today;
    }
    return scope;
}

std::string_view name_of_practice(const ViewContext& context, const Id& practice) {
    for (const vm::PlaceChoice& known : context.snapshot.session->practices)
        if (known.id == practice) return known.name;
    return practice;
}

void choose_practices(const ViewContext& context, ShareSheetState& state) {
    ui::text(ui::TextStyle::body_medium, context.say(Word::share_practices));
    std::optional<std::size_t> removed;
    for (std::size_t index = 0; index < state.practices.size(); ++index) {
        const std::string id = "chosen" + std::to_string(index);
        if (ui::removable_chip(id.c_str(), name_of_practice(context, state.practices[index])) == ui::ChipEvent::removed)
            removed = index;
    }
    if (removed) state.practices.erase(state.practices.begin() + static_cast<std::ptrdiff_t>(*removed));
    std::vector<ui::SelectOption> options;
    std::vector<Id> addable;
    for (const vm::PlaceChoice& practice : context.snapshot.session->practices) {
        if (std::ranges::find(state.practices, practice.id) != state.practices.end()) continue;
        options.push_back({.label = practice.name});
        addable.push_back(practice.id);
    }
    if (addable.empty() || state.practices.size() >= limits::share_practices_max) return;
    int selected = -1;
    const std::string_view words = context.say(Word::share_add_practice);
    if (ui::select("add_practice", options, selected,
                   {.label = words,
                    .label_shown = ui::SelectOptions::Label::hidden,
                    .placeholder = words,
                    .search_label = addable.size() >= searchable_from ? words : std::string_view()}))
        state.practices.push_back(addable[static_cast<std::size_t>(selected)]);
}

void choose_views(const ViewContext& context, ShareSheetState& state) {
    ui::text(ui::TextStyle::body_medium, context.say(Word::share_views));
    for (const ShareView view : all_share_views) {
        const auto found = std::ranges::find(state.views, view);
        bool is_on = found != state.views.end();
        const std::string id = "view_" + std::string(text_of(view));
        if (!ui::checkbox(id.c_str(), context.say(word_of_share_view(view)), is_on)) continue;
        if (is_on)
            state.views.push_back(view);
        else
            state.views.erase(found);
    }
}

template <std::size_t count>
void choose_one(const ViewContext& context, const char* id, Word label, const std::array<Word, count>& words,
                int& selected) {
    std::array<ui::SelectOption, count> options;
    for (std::size_t index = 0; index < count; ++index)
        options[index].label = context.say(words[index]);
    ui::select(id, options, selected, {.label = context.say(label)});
}

void made_link(const ViewContext& context, ShareSheetState& state, const std::string& link, ShareSheetWishes& wishes) {
    if (state.wants_copy) {
        state.wants_copy = false;
        wishes.copy = true;
    }
    ui::note(ui::Tone::good, context.say(Word::share_link_made));
    ui::space_below(ui::space::small);
    ui::text_cut(ui::TextStyle::body, link);
    if (ui::button("copy_again", context.say(Word::share_copy_again), {.icon = icons::copy})) wishes.copy = true;
}

void link_button(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part,
                 const ShareScope& scope, const std::string& link, ShareSheetWishes& wishes) {
    if (part.link == Asking::known) return made_link(context, state, link, wishes);
    const bool is_ready = part.preview == Asking::known && part.previewed == scope && state.was_drawn;
    const std::string_view reason = scope.practices.empty() ? context.say(Word::share_needs_practice)
                                    : scope.views.empty()   ? context.say(Word::share_needs_view)
                                    : !is_ready             ? context.say(Word::share_needs_diff)
                                                            : std::string_view();
    const bool is_busy = part.link == Asking::asking;
    if (ui::button("copy_link", context.say(Word::share_copy_link),
                   {.kind = ui::ButtonKind::primary,
                    .icon = icons::link,
                    .disabled_reason = reason,
                    .busy = is_busy ? ui::Busy::yes : ui::Busy::no,
                    .width = ui::fill_width})) {
        const DurationMs duration_ms = expiry_hours[static_cast<std::size_t>(state.expiry)] * hour_ms;
        wishes.make = vm::ShareWish{scope, duration_ms};
        state.wants_copy = true;
    }
    if (part.link == Asking::failed) ui::note(ui::Tone::warn, context.say(Word::share_needs_server));
    if (part.link == Asking::refused) ui::note(ui::Tone::warn, context.say(Word::share_refused, {part.refusal}));
}

void choices(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part, const std::string& link,
             ShareSheetWishes& wishes) {
    choose_practices(context, state);
    ui::space_below(ui::space::medium);
    choose_views(context, state);
    ui::space_below(ui::space::medium);
    choose_one(context, "period", Word::financing_period, period_words, state.period);
    ui::space_below(ui::space::medium);
    choose_one(context, "expiry", Word::share_expiry, expiry_words, state.expiry);
    ui::space_below(ui::space::large);
    link_button(context, state, part, scope_of(context, state), link, wishes);
}

void what_is_seen(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part,
                  const ShareScope& scope, ShareSheetWishes& wishes) {
    const std::string period =
        context.say(Word::shared_period, {context.format.day(scope.first_day), context.format.day(scope.last_day)});
    ui::heading(2, ui::TextStyle::subtitle, context.say(Word::share_diff_title));
    ui::text_wrapped(ui::TextStyle::body, context.say(Word::share_diff_sentence, {period}), ui::Color::text_muted);
    ui::space_below(ui::space::medium);
    if (scope.practices.empty() || scope.views.empty()) {
        const Word what = scope.practices.empty() ? Word::share_needs_practice : Word::share_needs_view;
        return ui::note(ui::Tone::info, context.say(what));
    }
    // What was asked about last is something else.
    if (part.previewed != scope || part.preview == Asking::idle) {
        wishes.preview = scope;
        state.was_drawn = false;
        return ui::skeleton_lines("diff_wait", 6);
    }
    switch (part.preview) {
        case Asking::known:
            redaction_view(context, part.lines);
            state.was_drawn = true;
            return;
        case Asking::failed:
            ui::note(ui::Tone::warn, context.say(Word::share_needs_server));
            if (ui::button("ask_again", context.say(Word::shared_try_again))) wishes.preview = scope;
            return;
        case Asking::refused:
            return ui::note(ui::Tone::warn, context.say(Word::share_refused, {part.refusal}));
        case Asking::idle:
        case Asking::asking:
            return ui::skeleton_lines("diff_wait", 6);
    }
}

void new_link(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part, const std::string& link,
              ShareSheetWishes& wishes) {
    if (ImGui::GetContentRegionAvail().x < narrow_below) {
        choices(context, state, part, link, wishes);
        ui::space_below(ui::space::section);
        what_is_seen(context, state, part, scope_of(context, state), wishes);
        return;
    }
    ui::Columns columns({choices_width, -1}, ui::space::section);
    columns.next();
    choices(context, state, part, link, wishes);
    columns.next();
    what_is_seen(context, state, part, scope_of(context, state), wishes);
}

}  // namespace

void open_share_sheet(const ViewContext& context, const vm::Query& query, ShareSheetState& state) {
    const vm::SessionPart& session = *context.snapshot.session;
    const Day today = context.format.local_day(context.format.now_ms());
    const ShareSheetState::Pointer pointer = state.pointer;
    state = {};
    state.pointer = pointer;
    state.shown = ui::Shown::yes;
    state.screen_from = first_day_of_month(month_of_day(today) - period_months.back());
    state.screen_until = today;
    state.views = {vm::share_view_of(query).value_or(ShareView::overview)};
    if (const auto* financing = std::get_if<vm::FinancingQuery>(&query)) {
        if (!financing->practice.empty()) state.practices = {financing->practice};
        // Days that the address leaves open are those that the screen has chosen.
        const vm::FinancingPart* shown = context.snapshot.financing.get();
        const vm::FinancingQuery& days = shown ? shown->query : *financing;
        if (days.from > 0) state.screen_from = days.from;
        if (days.until > 0) state.screen_until = days.until;
    }
    if (state.practices.empty() && session.scope.practices.size() <= limits::share_practices_max)
        state.practices = session.scope.practices;
    if (state.practices.empty() && session.practices.size() == 1) state.practices = {session.practices.front().id};
}

ShareSheetWishes share_sheet_view(const ViewContext& context, ShareSheetState& state, const vm::SharingPart& part,
                                  const vm::RecordingPart& recording, const std::string& link) {
    ShareSheetWishes wishes;
    if (!ui::begin_dialog("share_sheet", state.shown,
                          {.kind = ui::DialogKind::sheet,
                           .title = context.say(Word::share_title),
                           .width = sheet_width,
                           .height = sheet_height}))
        return wishes;
    const std::string count = context.format.number(static_cast<std::int64_t>(part.shares.size()));
    const std::array<ui::Segment, 2> tabs = {
        ui::Segment{.id = "new_link", .label = context.say(Word::share_tab_new)},
        ui::Segment{.id = "links", .label = context.say(Word::share_tab_links), .count = count}};
    if (ui::tabs("share_tabs", context.say(Word::share_title), tabs, state.tab) && state.tab == 1) wishes.list = true;
    ui::space_below(ui::space::large);
    if (state.tab == 0)
        new_link(context, state, part, link, wishes);
    else
        share_list_view(context, state, part, recording, wishes);
    ui::end_dialog();
    return wishes;
}

}  // namespace portal::views
