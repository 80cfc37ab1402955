// The newest of a series of immutable values: one thread publishes, others take it. The lock is held for a pointer
// swap.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace portal {

template <class T>
class LatestValue {
  public:
    void publish(std::shared_ptr<const T> value) {
        std::lock_guard lock(m_mutex);
        m_value.swap(value);
        // The former value, now in the argument, is released after the lock.
    }

    // Null before the first publish().
    std::shared_ptr<const T> take() const {
        std::lock_guard lock(m_mutex);
        return m_value;
    }

  private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const T> m_value;
};

}  // namespace portal
