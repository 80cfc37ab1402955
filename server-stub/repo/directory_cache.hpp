// The directory of places, built once per version of the rows it comes from. Thread: any.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

#include "shared/rules/access.hpp"

namespace portal::server {

class DirectoryCache {
  public:
    // See Directory::set_replica_facts_max().
    explicit DirectoryCache(std::int64_t replica_facts_max) : m_replica_facts_max(replica_facts_max) {}
    std::int64_t replica_facts_max() const { return m_replica_facts_max; }

    using Build = std::function<std::shared_ptr<const Directory>()>;

    std::shared_ptr<const Directory> take(std::int64_t version, const Build& build) {
        {
            std::lock_guard lock(m_mutex);
            if (m_directory && m_version == version) return m_directory;
        }
        auto built = build();
        std::lock_guard lock(m_mutex);
        // An older snapshot may come last; the newest version is the one worth keeping.
        if (!m_directory || version > m_version) {
            m_version = version;
            m_directory = built;
        }
        return built;
    }

  private:
    const std::int64_t m_replica_facts_max;
    std::mutex m_mutex;
    std::int64_t m_version = 0;
    std::shared_ptr<const Directory> m_directory;
};

}  // namespace portal::server
