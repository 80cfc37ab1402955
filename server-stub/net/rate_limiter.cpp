#include "server-stub/net/rate_limiter.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace portal::server {

Rate rate_of(RateClass rate_class, RateSubject subject) {
    // A practice's whole front office may share one network, so a network's rates are several
    // people's.
    const bool network = subject == RateSubject::network;
    switch (rate_class) {
        case RateClass::light:
            return network ? Rate{60, 300} : Rate{20, 100};
        case RateClass::sync:
            return network ? Rate{60, 300} : Rate{10, 60};
        case RateClass::live:
            return network ? Rate{10, 100} : Rate{1, 20};
        case RateClass::sign_in:
            return network ? Rate{2, 60} : Rate{1, 20};
        case RateClass::report:
            return network ? Rate{1, 30} : Rate{0.2, 10};
        case RateClass::show:
            // A pointer's twenty a second, and states between.
            return network ? Rate{120, 240} : Rate{30, 60};
        case RateClass::reaction:
            return network ? Rate{20, 60} : Rate{0.5, 5};
    }
    return {1, 1};
}

std::int64_t RateLimiter::take(RateClass rate_class, RateSubject subject, const std::string& name) {
    std::string key(text_of_rate_class(rate_class));
    key += subject == RateSubject::network ? " network " : " principal ";
    return take_from(std::move(key) + name, rate_of(rate_class, subject));
}

std::int64_t RateLimiter::take_site(const std::string& network) {
    return take_from("site network " + network, {200, 2'000});
}

std::int64_t RateLimiter::take_from(std::string key, Rate rate) {
    rate.per_second *= m_factor;
    rate.burst *= m_factor;
    const DurationMs now_ms = m_clock.monotonic_ms();
    std::lock_guard lock(m_mutex);
    auto found = m_by_key.find(key);
    if (found == m_by_key.end()) {
        if (m_buckets.size() >= m_buckets_max) {
            m_by_key.erase(m_buckets.back().key);
            m_buckets.pop_back();
        }
        m_buckets.push_front({key, rate.burst, now_ms});
        found = m_by_key.emplace(std::move(key), m_buckets.begin()).first;
    } else {
        m_buckets.splice(m_buckets.begin(), m_buckets, found->second);
    }
    Bucket& bucket = *found->second;
    const double elapsed_s = static_cast<double>(now_ms - bucket.filled_at_ms) / 1000.0;
    bucket.tokens = std::min(rate.burst, bucket.tokens + elapsed_s * rate.per_second);
    bucket.filled_at_ms = now_ms;
    if (bucket.tokens >= 1.0) {
        bucket.tokens -= 1.0;
        return 0;
    }
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil((1.0 - bucket.tokens) / rate.per_second)));
}

std::size_t RateLimiter::bucket_count() const {
    std::lock_guard lock(m_mutex);
    return m_buckets.size();
}

}  // namespace portal::server
