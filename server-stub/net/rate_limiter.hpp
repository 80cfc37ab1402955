// Token buckets: who may ask how often. One bucket per (class, principal or network), in a bounded
// table.
//
// Thread: any; one lock, held for a look-up. When the table is full the bucket that was used
// longest ago goes, which can only be generous to a client that has been quiet.
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "server-stub/api/routes.hpp"
#include "shared/base/clock.hpp"

namespace portal::server {

struct Rate {
    double per_second = 1;
    double burst = 1;
};

enum class RateSubject : std::uint8_t { network, principal };

class RateLimiter {
  public:
    // `factor` multiplies every rate and burst: 1 in production, more for load tests.
    RateLimiter(const Clock& clock, std::size_t buckets_max, double factor)
        : m_clock(clock), m_buckets_max(buckets_max), m_factor(factor) {}

    // 0 when the request may go on (and is counted); otherwise the seconds to wait, for
    // Retry-After.
    std::int64_t take(RateClass rate_class, RateSubject subject, const std::string& name);
    // For files of the site, by network.
    std::int64_t take_site(const std::string& network);

    std::size_t bucket_count() const;

  private:
    struct Bucket {
        std::string key;
        double tokens = 0;
        DurationMs filled_at_ms = 0;
    };

    std::int64_t take_from(std::string key, Rate rate);

    const Clock& m_clock;
    const std::size_t m_buckets_max;
    const double m_factor;
    mutable std::mutex m_mutex;
    std::list<Bucket> m_buckets;  // Used last stands first.
    std::unordered_map<std::string, std::list<Bucket>::iterator> m_by_key;
};

Rate rate_of(RateClass rate_class, RateSubject subject);

}  // namespace portal::server
