#include <algorithm>

#include "server-stub/api/handlers.hpp"
#include "server-stub/api/pull_page.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::server {
namespace {

// Kept for the next pull, which may need to know what this user saw. A lost record costs a full pull, no more.
void remember_set(Services& services, const Caller& caller, const PullPlan& plan) {
    const InstantMs now_ms = services.clock.now_ms();
    const auto store = [user = caller.user, former = caller.figures, now_ms, set = plan.set, figures = plan.figures,
                        streams = plan.streams](WriteTransaction& writes) -> Status {
        writes.put_permission_set(user, set, streams, now_ms);
        if (figures != former) writes.put_figures_given(user, figures);
        return {};
    };
    if (!services.writer.submit({store, {}, 1})) services.log.record("permission_set_not_stored", "queue full");
}

std::int64_t rows_in(ReadSnapshot& snapshot, const std::vector<StreamId>& streams) {
    std::int64_t rows = 0;
    for (const StreamId& stream : streams)
        rows += snapshot.stream(stream).count;
    return rows;
}

Result<Response> pull(const Exchange& exchange) {
    PORTAL_TRY_ASSIGN(request, wire::decode_pull_request(exchange.request.body));
    if (request.proto != wire::protocol_version || request.schema != wire::schema_version)
        return fail(ErrorCode::unsupported_version,
                    "this version of the portal is too old or too new: reload the page");
    if (!is_id(request.client)) return fail(ErrorCode::invalid_argument, "'client' is not an id");
    const auto snapshot = exchange.services.repository.read();
    // Grants as they are in this very snapshot: rows and permissions are of one instant.
    const auto caller = snapshot->caller(exchange.principal.caller.user);
    if (!caller) return fail(ErrorCode::unauthenticated, "sign in first");
    const auto client = snapshot->client(request.client);
    if (client && client->user != caller->user)
        return fail(ErrorCode::permission_denied, "this replica belongs to another user");
    PullPlan plan = plan_pull(*snapshot, *caller, request);
    PORTAL_TRY_ASSIGN(start, start_of_page(plan, request.page));

    PageWriter page(*snapshot, plan);
    wire::PullBegin begin{plan.head.epoch,
                          plan.set,
                          plan.is_full(),
                          exchange.services.clock.now_ms(),
                          request.set == plan.set ? std::vector<StreamId>() : plan.streams,
                          caller->user,
                          client ? client->last_mid : 0,
                          request.page.empty() && plan.is_full() ? rows_in(*snapshot, plan.streams) : 0};
    page.add(begin);
    if (request.page.empty())
        for (const StreamId& stream : plan.lost)
            page.add(wire::PullDrop{stream});
    const std::int64_t wanted =
        request.max_bytes > 0 ? request.max_bytes : static_cast<std::int64_t>(limits::pull_page_bytes_default);
    const auto bytes_max =
        static_cast<std::size_t>(std::min(wanted, static_cast<std::int64_t>(limits::pull_page_bytes_max)));
    page.fill(start, bytes_max);
    if (request.page.empty() && request.set != plan.set) remember_set(exchange.services, *caller, plan);
    return Response{200, "application/x-ndjson", {{"Cache-Control", "no-store"}}, page.take()};
}

}  // namespace

void handle_pull(const Exchange& exchange, Respond respond) {
    auto response = pull(exchange);
    respond(response ? std::move(*response) : error_response(response.error()));
}

}  // namespace portal::server
