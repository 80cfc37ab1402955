// A bounded queue between threads. The UI thread only ever calls try_push and try_pop, whose lock is held for a move.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

#include "shared/base/check.hpp"
#include "shared/base/clock.hpp"

namespace portal {

template <class T>
class Channel {
  public:
    explicit Channel(std::size_t capacity) : m_capacity(capacity) {
        check(capacity > 0, "a channel needs room for one");
    }

    // False when the channel is full or closed; the value is then untouched.
    bool try_push(T&& value) {
        {
            std::lock_guard lock(m_mutex);
            if (m_closed || m_queue.size() >= m_capacity) return false;
            m_queue.push_back(std::move(value));
        }
        m_ready.notify_one();
        return true;
    }

    std::optional<T> try_pop() {
        std::lock_guard lock(m_mutex);
        if (m_queue.empty()) return std::nullopt;
        T value = std::move(m_queue.front());
        m_queue.pop_front();
        return value;
    }

    // Waits for a value, for close(), or for the timeout; never on the browser's main thread.
    std::optional<T> pop_wait(DurationMs timeout_ms) {
        std::unique_lock lock(m_mutex);
        m_ready.wait_for(lock, std::chrono::milliseconds(timeout_ms), [this] { return m_closed || !m_queue.empty(); });
        if (m_queue.empty()) return std::nullopt;
        T value = std::move(m_queue.front());
        m_queue.pop_front();
        return value;
    }

    void close() {
        {
            std::lock_guard lock(m_mutex);
            m_closed = true;
        }
        m_ready.notify_all();
    }

    bool is_closed() const {
        std::lock_guard lock(m_mutex);
        return m_closed;
    }

    std::size_t size() const {
        std::lock_guard lock(m_mutex);
        return m_queue.size();
    }

  private:
    const std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<T> m_queue;
    bool m_closed = false;
};

}  // namespace portal
