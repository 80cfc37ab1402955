#include "app/shell/sharing.hpp"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/ui/landmark.hpp"
#include "app/views/share_marks_view.hpp"

namespace portal::shell {

using vm::Word;

Sharing::Sharing(platform::Window& window, std::unique_ptr<platform::Transport> transport, const Clock& clock)
    : m_window(window), m_transport(std::move(transport)) {
    if (!m_transport) return;
    m_executor = store::make_executor(store::ExecutorKind::interleaved);
    m_presenter = std::make_unique<follow::Presenter>(*m_transport, clock, [this] {
        m_executor->wake();
        m_window.wake(2);
    });
    m_teller = std::make_unique<follow::ShowTeller>(*m_transport, clock);
    m_executor->start([this] {
        const auto list_ms = m_presenter->step(), tell_ms = m_teller->step();
        return store::StepResult{false, list_ms && tell_ms ? std::min(*list_ms, *tell_ms) : list_ms};
    });
}

Sharing::~Sharing() {
    if (m_executor) m_executor->stop();
}

bool Sharing::may_share(const views::ViewContext& context) const {
    return m_presenter && context.snapshot.session && context.snapshot.session->may_share;
}

void Sharing::open(const views::ViewContext& context, const vm::Query& query) {
    views::open_share_sheet(context, query, m_sheet);
}

std::string Sharing::whole_link() const {
    return m_window.origin() + m_presenter->part().made_link;
}

void Sharing::draw_bar(const views::ViewContext& context) {
    obey(context, views::live_bar_view(context, m_sheet, m_presenter->part(), *m_presenter->part().live()));
}

namespace {

constexpr std::int64_t whole_place = 10'000;
// As finely as a scrolling presenter is followed.
constexpr std::int64_t scroll_steps = 20;

// The part of a screen that guests may follow, by the names that the server checks.
ShareViewState state_of(const views::ViewContext& context, const vm::Query* query) {
    ShareViewState state;
    const auto view = query ? views::share_view_of(*query) : std::nullopt;
    state.away = !view.has_value();
    state.route = view.value_or(ShareView::overview);
    const vm::Scope& scope = context.snapshot.session->scope;
    Id practice = scope.practices.size() == 1 ? scope.practices.front() : Id();
    if (state.away) return state;
    if (const auto* financing = std::get_if<vm::FinancingQuery>(query)) {
        if (financing->rows) state.away = true;
        if (!financing->practice.empty()) practice = financing->practice;
        if (financing->from > 0) state.filters.push_back({"from", {iso_day(financing->from)}});
        if (financing->until > 0) state.filters.push_back({"to", {iso_day(financing->until)}});
    }
    if (const auto* integrations = std::get_if<vm::IntegrationsQuery>(query))
        if (!integrations->selected.empty()) state.sel = "integration:" + integrations->selected;
    if (!practice.empty()) state.filters.push_back({"practice", {practice}});
    // Filters are written in the order of their names, and compared as they were written.
    std::ranges::sort(state.filters, {}, &ShareFilter::name);
    return state;
}

}  // namespace

void Sharing::show(const views::ViewContext& context, const vm::Query* query, float content_top) {
    if (!may_share(context) || !has_bar()) return ui::mark_landmarks({});
    ShareViewState state = state_of(context, query);
    if (const auto first = ui::landmark_in_sight(content_top); first && !state.away) {
        state.top = "widget:" + first->name;
        state.scroll = std::lround(first->part.y * scroll_steps) * (whole_place / scroll_steps);
    }
    mark(context, state);
    m_teller->look(m_presenter->part().shares, std::move(state));
    m_executor->wake();
    if (m_sheet.pointer != views::ShareSheetState::Pointer::hidden) point();
}

// Of the practice that is looked at: which one guests see otherwise is not known.
void Sharing::mark(const views::ViewContext& context, const ShareViewState& state) {
    const vm::SharingPart& part = m_presenter->part();
    const ShareViewState shown = follow::fitted_state(state, part.live()->scope);
    using Seen = views::ShareSheetState::Seen;
    m_sheet.seen = shown.away ? Seen::no : Seen::yes;
    ShareScope scope = part.live()->scope;
    for (const ShareFilter& filter : shown.filters)
        if (filter.name == "practice") scope.practices = filter.values;
    if (shown.away || scope.practices.size() != 1) return ui::mark_landmarks({});
    scope.views = {shown.route};
    m_presenter->mark(scope);
    ui::mark_landmarks(views::share_marks(context, part.marks));
}

// A laser that leaves every place goes out where it was.
void Sharing::point() {
    const ImGuiIO& io = ImGui::GetIO();
    if (!ImGui::IsMousePosValid(&io.MousePos)) return;
    const bool is_held = ImGui::IsKeyDown(ImGuiKey_L) && !io.WantTextInput && !io.KeyCtrl && !io.KeySuper;
    const bool is_laser = is_held || m_sheet.pointer == views::ShareSheetState::Pointer::laser;
    if (is_laser) ui::paint_pointer(io.MousePos, {}, ui::PointerKind::laser);
    if (const auto at = ui::landmark_at(io.MousePos))
        m_pointed = {"widget:" + at->name, static_cast<std::int32_t>(at->part.x * whole_place),
                     static_cast<std::int32_t>(at->part.y * whole_place), is_laser};
    else
        m_pointed.is_laser = false;
    if (m_pointed.at.empty()) return;
    m_teller->point(m_pointed);
    m_executor->wake();
}

void Sharing::draw(const views::ViewContext& context) {
    if (!may_share(context)) return;
    // Once the server is there: what was shared before is still shared.
    const bool is_up = context.snapshot.sync && context.snapshot.sync->phase == vm::SyncPhase::current;
    if (is_up && !m_has_listed) {
        m_has_listed = true;
        m_presenter->list();
    }
    obey(context, views::share_sheet_view(context, m_sheet, m_presenter->part(), whole_link()));
}

void Sharing::obey(const views::ViewContext& context, const views::ShareSheetWishes& wishes) {
    if (wishes.preview) m_presenter->preview(*wishes.preview);
    if (wishes.make) m_presenter->make_link(*wishes.make);
    if (wishes.list) m_presenter->list();
    if (wishes.pause) m_presenter->pause(wishes.pause->first, wishes.pause->second);
    if (wishes.end) m_presenter->end(*wishes.end);
    if (wishes.copy) {
        context.page.copy_text = whole_link();
        context.page.copied_sentence = context.say(Word::share_copied);
    }
}

}  // namespace portal::shell
