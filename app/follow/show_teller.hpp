// Tells the server what a presenter looks at and points to, for each of their shares as far as it reaches: what is not
// shared is told as "away", and nothing else of it.
//
// Thread: one, the transport's.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "app/platform/transport.hpp"
#include "shared/base/clock.hpp"
#include "shared/model/share.hpp"

namespace portal::follow {

// What guests of a scope may be told of a state. Its route, a practice or a selection outside make it "away"; days
// outside of the period are left out.
ShareViewState fitted_state(ShareViewState state, const ShareScope& scope);

class ShowTeller {
  public:
    // Both outlive it.
    ShowTeller(platform::Transport& transport, const Clock& clock) : m_transport(transport), m_clock(clock) {}

    // Where the presenter is; `state.q` is counted here. Told when it is new, and again every
    // limits::share_state_period_ms; who scrolls is told of every limits::share_scroll_period_ms.
    void look(const std::vector<ShareListing>& shares, ShareViewState state);
    // At most one in limits::share_pointer_period_ms; the last one always.
    void point(const SharePointer& pointer);
    // Does what is due; after how long to call again.
    std::optional<DurationMs> step();

  private:
    struct Told {
        std::optional<ShareViewState> state;
        std::optional<DurationMs> at_ms;  // Nothing: to be told now.
        bool is_refused = false;          // Until the presenter looks elsewhere.
    };

    DurationMs tell(const ShareListing& share);
    void put(const Id& share, std::string body, bool is_state);
    void count_on(const Id& share, const std::string& answer);

    platform::Transport& m_transport;
    const Clock& m_clock;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
    std::vector<ShareListing> m_shares;  // The live ones.
    std::optional<ShareViewState> m_state;
    std::map<Id, Told> m_told;
    std::int64_t m_q = 0;
    std::optional<SharePointer> m_pointer;  // Not yet told.
    std::optional<SharePointer> m_pointed;
    DurationMs m_pointed_ms = 0;
};

}  // namespace portal::follow
