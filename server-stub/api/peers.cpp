// GET /api/v1/peers: how practices like this one do together. Whoever asks is looked up in the same snapshot, before
// anything is read of anybody.
#include "shared/facts/peers.hpp"
#include "server-stub/api/handlers.hpp"
#include "shared/facts/rollup_table.hpp"
#include "shared/wire/peers_json.hpp"

namespace portal::server {
namespace {

using Candidates = std::vector<PeerCandidate<RollupTable>>;

Result<Candidates> read_candidates(ReadSnapshot& snapshot, Specialty specialty) {
    std::vector<Practice> practices;
    snapshot.each_row_where(Entity::practice, "specialty", Value{std::string(text_of(specialty))},
                            [&](Row row) { practices.push_back(from_row<Practice>(std::move(row))); });
    Candidates candidates;
    for (const Practice& practice : practices) {
        PeerCandidate<RollupTable> candidate{practice.size, {}};
        Status read;
        snapshot.each_row_where(Entity::fact_rollup, "practice", Value{practice.id}, [&](Row row) {
            if (read) read = candidate.table.put(from_row<FactRollup>(std::move(row)));
        });
        PORTAL_TRY(read);
        candidates.push_back(std::move(candidate));
    }
    return candidates;
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
    const auto asking = from_row<Practice>(*practice);
    PORTAL_TRY_ASSIGN(candidates, read_candidates(*snapshot, asking.specialty));
    PeerSummary summary = summarize_peers(asking, candidates);
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
