// What the address bar says and what follows from it: screens, steps that Back takes back, whose practices are looked
// at.
#include "app/shell/preferences.hpp"
#include "app/shell/shell.hpp"
#include "app/vm/route.hpp"

namespace portal::shell {

using vm::Word;

void Shell::route_changed(std::string_view route) {
    m_staged.wanted.reset();
    m_staged.asked.reset();
    if (m_stage && m_stage->enter(route)) return m_window.wake(2);
    m_query = vm::parse_route(route);
    m_address_scope.read(route);
    m_sharing.go_own_way();
    if (m_query) post(vm::ShowScreen{*m_query});
    m_window.wake(2);
}

// What the presenter of a followed view looks at; Back leads to before it.
void Shell::go_along(const views::ViewContext& context) {
    if (const auto query = m_sharing.wanted(context, m_query)) {
        m_window.replace_route(vm::route_of(*query));
        m_query = *query;
        post(vm::ShowScreen{*query});
    }
    if (auto scope = m_sharing.wanted_scope()) {
        m_address_scope.leave();
        post(vm::ChooseScope{std::move(*scope)});
    }
}

// Whose practices a link looks at, once the user's own are known.
void Shell::follow_address_scope() {
    if (!m_snapshot->session) return;
    if (auto scope = m_address_scope.wanted(*m_snapshot->session)) post(vm::ChooseScope{std::move(*scope)});
    if (!m_address_scope.take_refused()) return;
    ui::Toast toast{
        ++m_toast_serial, std::string(vm::say(m_preferences.language, Word::scope_refused)), ui::Tone::warn, {}};
    m_window.announce(toast.words, true);
    m_toasts.push(std::move(toast));
}

// A step: Back leads to the former choice, whose address therefore says it.
void Shell::tell_scope(const vm::Scope& chosen) {
    if (!m_query || !m_snapshot->session || is_staged()) return;
    const std::string route = vm::route_of(*m_query);
    m_address_scope.choose(m_snapshot->session->scope);
    m_window.replace_route(m_address_scope.told(route));
    m_address_scope.choose(chosen);
    m_window.push_route(m_address_scope.told(route));
}

// Another screen, place, passport or selection of figures is a step that Back takes back; another filter of a list and
// another look are not.
bool Shell::is_step(const vm::Query& former, const vm::Query& next) {
    if (former.index() != next.index()) return true;
    const std::string left = vm::route_of(former), right = vm::route_of(next);
    if (left.substr(0, left.find('?')) != right.substr(0, right.find('?'))) return true;
    if (vm::passport_of(former) != vm::passport_of(next)) return true;
    const auto* selected = std::get_if<vm::FinancingQuery>(&next);
    return selected && vm::selection_of(*selected) != vm::selection_of(std::get<vm::FinancingQuery>(former));
}

void Shell::emit(vm::Intent intent) {
    if (const auto* show = std::get_if<vm::ShowScreen>(&intent)) {
        // On a stage the address stays that of its step, to which a reload leads back.
        if (is_staged()) {
            m_staged.linked = show->query;
            return m_window.wake(2);
        }
        const std::string route = m_address_scope.told(vm::route_of(show->query));
        if (!m_query || is_step(*m_query, show->query))
            m_window.push_route(route);
        else
            m_window.replace_route(route);
        m_query = show->query;
        m_sharing.go_own_way();
    }
    if (const auto* choice = std::get_if<vm::ChooseScope>(&intent)) {
        m_sharing.go_own_way();
        tell_scope(choice->scope);
    }
    if (const auto* move = std::get_if<vm::MoveTicket>(&intent)) m_move_undo.made(*move);
    if (const auto* mark = std::get_if<vm::MarkAction>(&intent)) m_mark_undo.made(*mark);
    if (const auto* keep = std::get_if<vm::KeepDataOnDevice>(&intent)) store_keeps_data(m_window, keep->keep);
    post(std::move(intent));
}

}  // namespace portal::shell
