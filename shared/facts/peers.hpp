// What a practice is told of its peers, from whichever form their sums are in: a FactTable or a RollupTable each. The
// rules are in rules/peers.hpp. Thread: any.
#pragma once

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "shared/facts/fact_question.hpp"
#include "shared/rules/peers.hpp"

namespace portal {

// A practice of the specialty, with all that is known of it.
template <class Table>
struct PeerCandidate {
    std::string size;
    Table table;
};

// Of all practices of the asking one's specialty. Who has not told the whole period, or has nothing in it, is left out.
template <class Table>
PeerSummary summarize_peers(const Practice& asking, const std::vector<PeerCandidate<Table>>& candidates) {
    FactFilter ever;
    ever.days = {std::numeric_limits<Day>::min(), std::numeric_limits<Day>::max()};
    Day latest = 0;
    for (const PeerCandidate<Table>& candidate : candidates)
        latest = std::max(latest, candidate.table.closed_until(ever).value_or(0));
    FactFilter filter;
    filter.days = peer_period(latest);
    std::vector<PeerPractice> reported;
    for (const PeerCandidate<Table>& candidate : candidates) {
        if (candidate.table.closed_until(ever).value_or(0) < filter.days.last) continue;
        PeerPractice peer{candidate.size, candidate.table.sums(filter), candidate.table.pull_through(filter, latest)};
        if (peer.sums.rows > 0) reported.push_back(std::move(peer));
    }
    PeerSummary summary = peer_summary(asking.specialty, asking.size, reported);
    summary.first_day = filter.days.first;
    summary.last_day = filter.days.last;
    return summary;
}

}  // namespace portal
