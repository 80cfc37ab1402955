// GET /api/v1/peers: how practices like this one do together. Whoever asks is looked up in the same snapshot, before
// anything is read of anybody.
#include "shared/rules/peers.hpp"
#include "server-stub/api/handlers.hpp"
#include "shared/facts/rollup_table.hpp"
#include "shared/wire/peers_json.hpp"

namespace portal::server {
namespace {

// A practice of the cohort, until its sums of the common period are taken.
struct Candidate {
    std::string size;
    RollupTable sums;
    Day closed_until = 0;
};

FactFilter filter_of_days(DayRange days) {
    FactFilter filter;
    filter.days = days;
    return filter;
}

Result<std::vector<Candidate>> read_candidates(ReadSnapshot& snapshot, Specialty specialty) {
    std::vector<Candidate> candidates;
    std::vector<Practice> practices;
    snapshot.each_row_where(Entity::practice, "specialty", Value{std::string(text_of(specialty))},
                            [&](Row row) { practices.push_back(from_row<Practice>(std::move(row))); });
    for (const Practice& practice : practices) {
        Candidate candidate{practice.size, {}, 0};
        Status read;
        snapshot.each_row_where(Entity::fact_rollup, "practice", Value{practice.id}, [&](Row row) {
            if (read) read = candidate.sums.put(from_row<FactRollup>(std::move(row)));
        });
        PORTAL_TRY(read);
        const auto closed = candidate.sums.closed_until(filter_of_days({INT32_MIN, INT32_MAX}));
        if (!closed) continue;
        candidate.closed_until = *closed;
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

Result<PeerSummary> summarize(ReadSnapshot& snapshot, const Practice& practice) {
    PORTAL_TRY_ASSIGN(candidates, read_candidates(snapshot, practice.specialty));
    Day latest = 0;
    for (const Candidate& candidate : candidates)
        latest = std::max(latest, candidate.closed_until);
    const DayRange period = peer_period(latest);
    std::vector<PeerPractice> reported;
    for (const Candidate& candidate : candidates) {
        if (candidate.closed_until < period.last) continue;
        PeerPractice peer{candidate.size, {}, candidate.sums.pull_through(filter_of_days(period), latest)};
        for (const FactGroup& group : candidate.sums.group({filter_of_days(period)}))
            peer.sums += group.sums;
        if (peer.sums.rows > 0) reported.push_back(std::move(peer));
    }
    PeerSummary summary = peer_summary(practice.specialty, practice.size, reported);
    summary.first_day = period.first;
    summary.last_day = period.last;
    return summary;
}

Result<std::string> read_peers(const Exchange& exchange) {
    PORTAL_TRY_ASSIGN(query, wire::decode_peer_query(exchange.request.query));
    const auto snapshot = exchange.services.repository.read();
    const auto caller = snapshot->caller(exchange.principal.caller.user);
    if (!caller) return fail(ErrorCode::unauthenticated, "sign in first");
    const auto directory = snapshot->directory(caller->user);
    // The same words for a practice that is not there: an answer must not tell which ones are.
    const auto practice = snapshot->row(Entity::practice, query.practice);
    if (!practice || !may_see_figures(*caller, *directory, query.practice))
        return fail(ErrorCode::permission_denied, "you may not see the figures of this practice");
    PORTAL_TRY_ASSIGN(summary, summarize(*snapshot, from_row<Practice>(*practice)));
    summary.as_of_ms = exchange.services.clock.now_ms();
    return wire::encode(summary);
}

}  // namespace

void handle_peers(const Exchange& exchange, Respond respond) {
    const auto body = read_peers(exchange);
    Response response = body ? json_response(200, *body) : error_response(body.error());
    response.headers.emplace_back("Cache-Control", "no-store");
    respond(std::move(response));
}

}  // namespace portal::server
