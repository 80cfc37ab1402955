// The store's thread where the system has threads. One of the few files that may name them.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/store/executor.hpp"

namespace portal::store {
namespace {

class ThreadedExecutor final : public Executor {
  public:
    ~ThreadedExecutor() override { ThreadedExecutor::stop(); }

    void start(std::function<StepResult()> step) override {
        m_thread = std::thread([this, step = std::move(step)] { loop(step); });
    }

    void wake() override {
        {
            std::lock_guard lock(m_mutex);
            m_woken = true;
        }
        m_ready.notify_one();
    }

    void stop() override {
        {
            std::lock_guard lock(m_mutex);
            m_stopped = true;
        }
        m_ready.notify_one();
        if (m_thread.joinable()) m_thread.join();
    }

  private:
    void loop(const std::function<StepResult()>& step) {
        std::unique_lock lock(m_mutex);
        while (!m_stopped) {
            m_woken = false;
            lock.unlock();
            const StepResult result = step();
            lock.lock();
            if (result.more) continue;
            const auto is_wanted = [this] { return m_stopped || m_woken; };
            if (result.again_in)
                m_ready.wait_for(lock, std::chrono::milliseconds(*result.again_in), is_wanted);
            else
                m_ready.wait(lock, is_wanted);
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_ready;
    bool m_woken = false;
    bool m_stopped = false;
    std::thread m_thread;
};

}  // namespace

std::unique_ptr<Executor> make_executor(ExecutorKind kind) {
    if (kind == ExecutorKind::threaded) return std::make_unique<ThreadedExecutor>();
    return make_manual_executor();
}

}  // namespace portal::store
