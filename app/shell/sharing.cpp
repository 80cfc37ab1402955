#include "app/shell/sharing.hpp"

#include <imgui.h>

#include <algorithm>

#include "app/ui/landmark.hpp"

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

void Sharing::show(const views::ViewContext& context, const vm::Query* query) {
    if (!may_share(context) || !has_bar()) return;
    m_teller->look(m_presenter->part().shares, state_of(context, query));
    if (m_sheet.pointer == views::ShareSheetState::Pointer::shown) point();
}

void Sharing::point() {
    constexpr float whole = 10'000;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (!ImGui::IsMousePosValid(&mouse)) return;
    const auto at = ui::landmark_at(mouse);
    if (!at) return;
    m_teller->point({"widget:" + at->name, static_cast<std::int32_t>(at->part.x * whole),
                     static_cast<std::int32_t>(at->part.y * whole)});
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
