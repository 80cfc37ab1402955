#include "server-stub/repo/writer_thread.hpp"

#include <chrono>
#include <condition_variable>
#include <thread>

#include "shared/base/limits.hpp"

namespace portal::server {

struct WriterThread::State {
    explicit State(CommitQueue& queue_in) : queue(queue_in) {}

    void loop() {
        std::unique_lock lock(mutex);
        for (;;) {
            wake.wait(lock, [this] { return stopping || queue.waiting() > 0; });
            if (queue.waiting() == 0) return;
            // A little patience makes one disk flush serve many.
            wake.wait_for(lock, std::chrono::milliseconds(limits::commit_group_wait_ms_max),
                          [this] { return stopping || queue.waiting() >= limits::commit_group_mutations_max; });
            lock.unlock();
            queue.run_group();
            lock.lock();
        }
    }

    CommitQueue& queue;
    std::mutex mutex;
    std::condition_variable wake;
    bool stopping = false;
    std::thread thread;
};

WriterThread::WriterThread(CommitQueue& queue) : m_state(std::make_unique<State>(queue)) {
    State* state = m_state.get();
    queue.on_submit([state] {
        // Taken and released so that a notification cannot fall between the loop's test and its sleep.
        {
            std::lock_guard lock(state->mutex);
        }
        state->wake.notify_one();
    });
    state->thread = std::thread([state] { state->loop(); });
}

WriterThread::~WriterThread() {
    {
        std::lock_guard lock(m_state->mutex);
        m_state->stopping = true;
    }
    m_state->wake.notify_one();
    m_state->thread.join();
    m_state->queue.on_submit({});
}

}  // namespace portal::server
