// An integration that goes live among the demo's rows, as far as the pitch wants it: its engineer's edits are decided
// by the one mutator, what its sources tell comes as they tell it. Nothing of it is timed here.
//
// Thread: the store's.
#pragma once

#include <cstddef>
#include <string>

#include "app/pitch/demo_rows.hpp"
#include "shared/model/mutation.hpp"
#include "shared/tenant/go_live.hpp"

namespace portal::pitch {

// Where the minute stands. Another run begins at the kick-off.
struct GoLivePosition {
    std::int64_t run = 0;
    DurationMs at_ms = 0;
};

class GoLiveRows {
  public:
    explicit GoLiveRows(tenant::GoLive script);

    const Integration& kickoff() const { return m_script.kickoff; }
    // Does what is due by then and has not been done; a position before it is a matter of another run.
    void follow(const GoLivePosition& position, DemoRows& rows);

  private:
    void go_back(DemoRows& rows);
    void act(const tenant::GoLiveEvent& event, DemoRows& rows);
    Mutation edit_of(const tenant::GoLiveEvent& event, const Row& row) const;

    tenant::GoLive m_script;
    Caller m_engineer;
    std::int64_t m_run = 0;
    std::size_t m_done = 0;  // Of the script's events.
};

}  // namespace portal::pitch
