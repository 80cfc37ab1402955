#include "shared/base/clock.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal {
namespace {

TEST_CASE("a manual clock moves by hand, and a skew moves its wall clock alone") {
    ManualClock clock(1'000);
    clock.advance(50);
    CHECK(clock.now_ms() == 1'050);
    CHECK(clock.monotonic_ms() == 50);
    clock.skew(-500);
    CHECK(clock.now_ms() == 550);
    CHECK(clock.monotonic_ms() == 50);
}

TEST_CASE("the machine's clock is of this century and its monotonic time does not go back") {
    const Clock& clock = system_clock();
    CHECK(clock.now_ms() > 1'700'000'000'000);
    const DurationMs before = clock.monotonic_ms();
    CHECK(clock.monotonic_ms() >= before);
}

}  // namespace
}  // namespace portal
