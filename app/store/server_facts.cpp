#include "app/store/server_facts.hpp"

#include <algorithm>

namespace portal::store {

const ServerFacts::Answer& ServerFacts::look_up(const wire::FactPageQuery& query) {
    const auto found = std::ranges::find(m_pages, query, &Known::query);
    if (found != m_pages.end()) return found->answer;
    if (m_pages.size() == limits::fact_pages_kept_max) m_pages.pop_front();
    return m_pages.emplace_back(Known{query, {}}).answer;
}

std::optional<wire::FactPageQuery> ServerFacts::next_question() {
    // The newest is the one that somebody looks at.
    const auto found = std::find_if(m_pages.rbegin(), m_pages.rend(),
                                    [](const Known& known) { return known.answer.state == State::wanted; });
    if (found == m_pages.rend()) return std::nullopt;
    found->answer.state = State::asked;
    return found->query;
}

void ServerFacts::take(const wire::FactPageQuery& query, Result<wire::FactPage> answer) {
    const auto found = std::ranges::find(m_pages, query, &Known::query);
    if (found == m_pages.end()) return;
    if (answer) {
        found->answer = {State::answered, std::move(*answer)};
        return;
    }
    const bool is_refused = answer.error().code == ErrorCode::permission_denied;
    found->answer = {is_refused ? State::refused : State::unreachable, {}};
}

}  // namespace portal::store
