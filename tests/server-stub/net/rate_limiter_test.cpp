#include "server-stub/net/rate_limiter.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace portal;
using namespace portal::server;

TEST_CASE("a bucket empties, tells how long to wait, and fills again", "[net]") {
    ManualClock clock;
    RateLimiter limiter(clock, 100, 1);
    const Rate rate = rate_of(RateClass::sync, RateSubject::principal);
    for (int count = 0; count < static_cast<int>(rate.burst); ++count)
        REQUIRE(limiter.take(RateClass::sync, RateSubject::principal, "ana") == 0);
    CHECK(limiter.take(RateClass::sync, RateSubject::principal, "ana") == 1);
    // Another person, another network and another class have their own.
    CHECK(limiter.take(RateClass::sync, RateSubject::principal, "bo") == 0);
    CHECK(limiter.take(RateClass::sync, RateSubject::network, "ana") == 0);
    CHECK(limiter.take(RateClass::light, RateSubject::principal, "ana") == 0);
    clock.advance(1'000);
    for (int count = 0; count < static_cast<int>(rate.per_second); ++count)
        REQUIRE(limiter.take(RateClass::sync, RateSubject::principal, "ana") == 0);
    CHECK(limiter.take(RateClass::sync, RateSubject::principal, "ana") > 0);
    // The wall clock has no say.
    clock.skew(86'400'000);
    CHECK(limiter.take(RateClass::sync, RateSubject::principal, "ana") > 0);
}

TEST_CASE("the wait that is told is long enough", "[net]") {
    ManualClock clock;
    RateLimiter limiter(clock, 100, 1);
    std::int64_t wait_s = 0;
    while ((wait_s = limiter.take(RateClass::report, RateSubject::principal, "ana")) == 0) {
    }
    CHECK(wait_s == 5);
    clock.advance(wait_s * 1'000);
    CHECK(limiter.take(RateClass::report, RateSubject::principal, "ana") == 0);
}

TEST_CASE("the table of buckets is bounded", "[net]") {
    ManualClock clock;
    RateLimiter limiter(clock, 10, 1);
    for (int count = 0; count < 1'000; ++count)
        limiter.take(RateClass::light, RateSubject::network, std::to_string(count));
    CHECK(limiter.bucket_count() == 10);
}
