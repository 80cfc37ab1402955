// Asks the server what a screen wants to know and this replica does not hold, one question at a time: pages of single
// facts, what peers do. What could not be asked is said, and asked anew after the next pull that went through: no
// retries of its own.
//
// Thread: the store's.
#pragma once

#include <functional>
#include <optional>

#include "app/platform/transport_answer.hpp"
#include "app/store/replica_store.hpp"

namespace portal::sync {

class ServerQuestions {
  public:
    // Both outlive it; `wake` is called when an answer has come.
    ServerQuestions(store::ReplicaStore& store, platform::Transport& transport, std::function<void()> wake)
        : m_store(store), m_transport(transport), m_wake(std::move(wake)) {}
    ~ServerQuestions();

    // Call once per step of the client, with an open replica. True: a screen has an answer, or has to ask anew, so the
    // store has something to build.
    enum class Link : std::uint8_t { up, down };
    bool step(Link link);

  private:
    struct Question {
        std::string path;
        std::size_t bytes_max = 0;
        std::function<void(Result<std::string> body)> take;
    };
    std::optional<Question> next_question();
    void ask(Question question);
    void answer(const Question& question, platform::HttpAnswer told);
    void fail_to_ask(const Question& question);

    store::ReplicaStore& m_store;
    platform::Transport& m_transport;
    std::function<void()> m_wake;
    platform::RequestId m_request = 0;
    std::optional<InstantMs> m_failed_after_ms;  // The pull before the failure.
};

}  // namespace portal::sync
