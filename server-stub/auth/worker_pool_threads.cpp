#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "server-stub/auth/passwords.hpp"
#include "shared/base/check.hpp"

namespace portal::server {
namespace {

class ThreadPool final : public WorkerPool {
  public:
    ThreadPool(std::size_t threads, std::size_t queue_max) : m_queue_max(queue_max) {
        check(threads > 0 && queue_max > 0, "a pool has threads and room");
        for (std::size_t index = 0; index < threads; ++index)
            m_threads.emplace_back([this] { loop(); });
    }
    ~ThreadPool() override {
        {
            std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_wake.notify_all();
        for (std::thread& thread : m_threads)
            thread.join();
    }

    bool submit(std::function<void()> work) override {
        {
            std::lock_guard lock(m_mutex);
            if (m_stopping || m_queue.size() >= m_queue_max) return false;
            m_queue.push_back(std::move(work));
        }
        m_wake.notify_one();
        return true;
    }

  private:
    void loop() {
        for (;;) {
            std::function<void()> work;
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
                if (m_queue.empty()) return;
                work = std::move(m_queue.front());
                m_queue.pop_front();
            }
            work();
        }
    }

    const std::size_t m_queue_max;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_queue;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

}  // namespace

std::unique_ptr<WorkerPool> make_worker_pool(std::size_t threads, std::size_t queue_max) {
    return std::make_unique<ThreadPool>(threads, queue_max);
}

}  // namespace portal::server
