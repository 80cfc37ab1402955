#include "shared/base/random.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <set>

namespace portal {
namespace {

TEST_CASE("the seeded source is SplitMix64, the same everywhere") {
    // The first values of the published reference for seed 1234567.
    SeededRandom random(1'234'567);
    CHECK(random.next() == 6'457'827'717'110'365'317ull);
    CHECK(random.next() == 3'203'168'211'198'807'973ull);
    CHECK(random.next() == 9'817'491'932'198'370'423ull);
}

TEST_CASE("draws stay in their bounds and reach them") {
    SeededRandom random(1);
    std::array<int, 6> counts{};
    for (int draw = 0; draw < 6'000; ++draw)
        ++counts[random.below(6)];
    for (const int count : counts)
        CHECK((count > 850 && count < 1'150));
    std::set<std::int64_t> values;
    for (int draw = 0; draw < 200; ++draw)
        values.insert(random.between(-2, 2));
    CHECK(values == std::set<std::int64_t>{-2, -1, 0, 1, 2});
    for (int draw = 0; draw < 1'000; ++draw) {
        const double unit = random.unit();
        CHECK((unit >= 0 && unit < 1));
    }
    CHECK_FALSE(random.chance(0));
    CHECK(random.chance(1));
}

TEST_CASE("the machine's source does not repeat itself") {
    const auto random = make_system_random();
    std::set<std::uint64_t> values;
    for (int draw = 0; draw < 100; ++draw)
        values.insert(random->next());
    CHECK(values.size() == 100);
}

}  // namespace
}  // namespace portal
