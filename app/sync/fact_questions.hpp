// Asks the server for the single facts that a screen wants and this replica does not hold, one page at a time. What
// could not be asked is said, and asked anew after the next pull that went through: no retries of its own.
//
// Thread: the store's.
#pragma once

#include <functional>
#include <optional>

#include "app/platform/transport.hpp"
#include "app/store/replica_store.hpp"

namespace portal::sync {

class FactQuestions {
  public:
    // Both outlive it; `wake` is called when an answer has come.
    FactQuestions(store::ReplicaStore& store, platform::Transport& transport, std::function<void()> wake)
        : m_store(store), m_transport(transport), m_wake(std::move(wake)) {}
    ~FactQuestions();

    // Call once per step of the client, with an open replica. True: a screen has an answer, or has to ask anew, so the
    // store has something to build.
    enum class Link : std::uint8_t { up, down };
    bool step(Link link);

  private:
    struct Reply {
        int status = 0;
        std::string body;
    };
    void ask(const wire::FactPageQuery& query);
    void answer(const wire::FactPageQuery& query, const Status& status, const Reply& reply);
    void fail_to_ask(const wire::FactPageQuery& query);

    store::ReplicaStore& m_store;
    platform::Transport& m_transport;
    std::function<void()> m_wake;
    platform::RequestId m_request = 0;
    std::optional<InstantMs> m_failed_after_ms;  // The pull before the failure.
};

}  // namespace portal::sync
