// GET /api/v1/facts: a page of one practice's single facts, for the drill-down of those whose replica has daily
// rollups. Whoever asks is looked up in the same snapshot, before anything is read of the practice.
#include "server-stub/api/handlers.hpp"
#include "shared/facts/fact_table.hpp"
#include "shared/wire/fact_page_json.hpp"

namespace portal::server {
namespace {

Result<std::string> read_page_of_facts(const Exchange& exchange) {
    PORTAL_TRY_ASSIGN(query, wire::decode_fact_page_query(exchange.request.query));
    const auto snapshot = exchange.services.repository.read();
    const auto caller = snapshot->caller(exchange.principal.caller.user);
    if (!caller) return fail(ErrorCode::unauthenticated, "sign in first");
    const auto directory = snapshot->directory(caller->user);
    // The same words for a practice that is not there: an answer must not tell which ones are.
    const bool is_elsewhere =
        !query.location.empty() && directory->practice_of_location(query.location) != query.practice;
    if (is_elsewhere || !may_read_facts(*caller, *directory, query.practice))
        return fail(ErrorCode::permission_denied, "you may not see single facts of this practice");
    FactTable facts;
    Status read;
    snapshot->each_row_where(Entity::fact_segment, "practice", Value{query.practice}, [&](Row row) {
        if (read && (query.location.empty() || text_value(row, "location") == query.location))
            read = facts.put_segment(from_row<FactSegment>(std::move(row)));
    });
    PORTAL_TRY(read);
    FactFilter filter;
    filter.days = {query.first_day, query.last_day};
    if (!query.plan.empty()) filter.plans = {query.plan};
    if (query.channel) filter.channels = {*query.channel};
    auto found = facts.page(filter, FactOrder::newest_first, static_cast<std::size_t>(query.offset),
                            static_cast<std::size_t>(query.count));
    return wire::encode(wire::FactPage{found.total, exchange.services.clock.now_ms(), std::move(found.facts)});
}

}  // namespace

void handle_facts(const Exchange& exchange, Respond respond) {
    const auto body = read_page_of_facts(exchange);
    Response response = body ? json_response(200, *body) : error_response(body.error());
    response.headers.emplace_back("Cache-Control", "no-store");
    respond(std::move(response));
}

}  // namespace portal::server
