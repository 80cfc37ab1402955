#include "server-stub/api/handlers.hpp"
#include "server-stub/api/push_batch.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::server {
namespace {

// A push of two older schemas is read, so that edits are never stranded. Schema 2 added to the rows what only the
// server writes, schema 3 an entity of its own and schemas 4 and 5 some that only the server writes and a
// field that was the server's alone, so an edit of schema 3 or 4 is one of schema 5.
constexpr int oldest_schema = wire::schema_version > 2 ? wire::schema_version - 2 : 1;

Result<wire::PushRequest> decode(const Exchange& exchange) {
    PORTAL_TRY_ASSIGN(request, wire::decode_push_request(exchange.request.body));
    if (request.proto != wire::protocol_version || request.schema < oldest_schema ||
        request.schema > wire::schema_version)
        return fail(ErrorCode::unsupported_version,
                    "this version of the portal is too old or too new: reload the page");
    if (!is_id(request.client)) return fail(ErrorCode::invalid_argument, "'client' is not an id");
    if (request.mutations.size() > limits::push_mutations_max)
        return fail(ErrorCode::invalid_argument,
                    "a push takes at most " + std::to_string(limits::push_mutations_max) + " mutations");
    for (const Mutation& mutation : request.mutations)
        if (!is_id(mutation.intent) || mutation.mid < 1)
            return fail(ErrorCode::invalid_argument, "a mutation has an id as its intent and a number from 1 on");
    return request;
}

}  // namespace

void handle_push(const Exchange& exchange, Respond respond) {
    auto request = decode(exchange);
    if (!request) return respond(error_response(request.error()));
    const std::size_t mutations = std::max<std::size_t>(1, request->mutations.size());
    auto batch = std::make_shared<PushBatch>(exchange.services, exchange.principal.caller.user, std::move(*request));
    const auto done = [batch, respond](Status status) {
        respond(status ? json_response(200, wire::encode(batch->response())) : error_response(status.error()));
    };
    const auto run = [batch](WriteTransaction& writes) { return batch->run(writes); };
    if (auto status = exchange.services.writer.submit({run, done, mutations}); !status)
        respond(error_response({ErrorCode::unavailable, status.error().message}));
}

}  // namespace portal::server
