// Runs a CommitQueue's groups on a thread of its own, for production. Construct after the queue's listeners are set;
// the destructor commits what is queued and joins.
#pragma once

#include <memory>

#include "server-stub/repo/commit_queue.hpp"

namespace portal::server {

class WriterThread {
  public:
    explicit WriterThread(CommitQueue& queue);
    ~WriterThread();
    WriterThread(const WriterThread&) = delete;
    WriterThread& operator=(const WriterThread&) = delete;

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace portal::server
