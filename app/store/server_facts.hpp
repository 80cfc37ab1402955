// Single facts that this replica does not hold and the server tells when it is asked: pages of a drill-down, kept while
// the figures stay as they are. In memory only.
//
//   wanted by a screen -> asked by sync -> answered, refused or out of reach -> (figures change) forgotten
//
// Thread: the store's.
#pragma once

#include <deque>
#include <optional>

#include "shared/wire/fact_page_json.hpp"

namespace portal::store {

class ServerFacts {
  public:
    enum class State : std::uint8_t { wanted, asked, answered, refused, unreachable };
    struct Answer {
        State state = State::wanted;
        wire::FactPage page;
    };

    // What is known of the page; what is not is wanted from now on. Holds until the next call.
    const Answer& look_up(const wire::FactPageQuery& query);
    // The page to ask for next, which is asked from then on.
    std::optional<wire::FactPageQuery> next_question();
    // An answer that nobody waits for any more is dropped.
    void take(const wire::FactPageQuery& query, Result<wire::FactPage> answer);
    void forget() { m_pages.clear(); }

  private:
    struct Known {
        wire::FactPageQuery query;
        Answer answer;
    };
    std::deque<Known> m_pages;  // At most limits::fact_pages_kept_max, the newest last.
};

}  // namespace portal::store
