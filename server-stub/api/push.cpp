#include "server-stub/api/handlers.hpp"
#include "server-stub/api/push_batch.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::server {
namespace {

// A push of two older schemas is read, so that edits are never stranded. Schemas 4 to 6 added entities of their own and
// what only the server writes, so an edit of schema 4 or 5 reads as one of schema 6: there is nothing to lift. The
// bodies of those builds stand in the tests as they were sent.
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
