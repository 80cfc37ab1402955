// What this replica does not hold and the server tells when it is asked: pages of single facts, what peers do. Kept
// while the figures stay as they are, in memory only.
//
//   wanted by a screen -> asked by sync -> answered, refused or out of reach -> (figures change) forgotten
//
// Thread: the store's.
#pragma once

#include <algorithm>
#include <deque>
#include <optional>

#include "shared/base/limits.hpp"
#include "shared/wire/fact_page_json.hpp"
#include "shared/wire/peers_json.hpp"

namespace portal::store {

enum class ServerAnswerState : std::uint8_t { wanted, asked, answered, refused, unreachable };

template <class Query, class Told>
class ServerAnswers {
  public:
    using State = ServerAnswerState;
    struct Answer {
        State state = State::wanted;
        Told told = {};
    };

    // What is known; what is not is wanted from now on. Holds until the next call.
    const Answer& look_up(const Query& query) {
        const auto found = std::ranges::find(m_answers, query, &Known::query);
        if (found != m_answers.end()) return found->answer;
        if (m_answers.size() == limits::server_answers_kept_max) m_answers.pop_front();
        return m_answers.emplace_back(Known{query, {}}).answer;
    }

    // The question to ask next, which is asked from then on.
    std::optional<Query> next_question() {
        // The newest is the one that somebody looks at.
        const auto found = std::find_if(m_answers.rbegin(), m_answers.rend(),
                                        [](const Known& known) { return known.answer.state == State::wanted; });
        if (found == m_answers.rend()) return std::nullopt;
        found->answer.state = State::asked;
        return found->query;
    }

    // An answer that nobody waits for any more is dropped.
    void take(const Query& query, Result<Told> told) {
        const auto found = std::ranges::find(m_answers, query, &Known::query);
        if (found == m_answers.end()) return;
        if (told) {
            found->answer = {State::answered, std::move(*told)};
            return;
        }
        const bool is_refused = told.error().code == ErrorCode::permission_denied;
        found->answer = {is_refused ? State::refused : State::unreachable, {}};
    }

    void forget() { m_answers.clear(); }

  private:
    struct Known {
        Query query;
        Answer answer;
    };
    std::deque<Known> m_answers;  // At most limits::server_answers_kept_max, the newest last.
};

using ServerFacts = ServerAnswers<wire::FactPageQuery, wire::FactPage>;
using ServerPeers = ServerAnswers<wire::PeerQuery, PeerSummary>;

struct ServerTold {
    ServerFacts facts;
    ServerPeers peers;
    void forget() {
        facts.forget();
        peers.forget();
    }
};

}  // namespace portal::store
