// One push inside the writer's transaction: each mutation in a savepoint of its own, in the order of their numbers.
//
//   number known, same body    -> the stored result           number known, other body, or pruned -> renew
//   next number, intent known  -> the intent's stored result   number too high                     -> renew
//   next number, intent new    -> the mutator runs, its result is stored
#pragma once

#include <optional>

#include "server-stub/api/api.hpp"
#include "shared/wire/sync_messages.hpp"

namespace portal::server {

class PushBatch {
  public:
    PushBatch(Services& services, Id user, wire::PushRequest request)
        : m_services(services), m_user(std::move(user)), m_request(std::move(request)) {}

    // Thread: the writer's. Errors: permission_denied (the client id is another user's), unauthenticated.
    Status run(WriteTransaction& writes);
    // After the commit.
    const wire::PushResponse& response() const { return m_response; }

  private:
    enum class Step : std::uint8_t { go_on, renew };
    Step take(const Mutation& mutation, ClientRecord& client, const Caller& caller, WriteTransaction& writes);
    std::optional<MutationOutcome> repeated(const Mutation& mutation, const ClientRecord& client, ReadSnapshot& view);
    MutationRecord decide(const Mutation& mutation, const Caller& caller, WriteTransaction& writes);
    MutationOutcome mutate(const Mutation& mutation, const Caller& caller, WriteTransaction& writes,
                           std::string& incident);

    Services& m_services;
    const Id m_user;
    const wire::PushRequest m_request;
    wire::PushResponse m_response;
    InstantMs m_now_ms = 0;
};

}  // namespace portal::server
