#include "shared/base/channel.hpp"

#include <catch2/catch_test_macros.hpp>
#include <memory>

namespace portal {
namespace {

TEST_CASE("a channel is a bounded queue") {
    Channel<std::unique_ptr<int>> channel(2);
    CHECK_FALSE(channel.try_pop());
    CHECK(channel.try_push(std::make_unique<int>(1)));
    CHECK(channel.try_push(std::make_unique<int>(2)));
    auto third = std::make_unique<int>(3);
    CHECK_FALSE(channel.try_push(std::move(third)));
    REQUIRE(third);  // Still the caller's.
    CHECK(**channel.try_pop() == 1);
    CHECK(channel.try_push(std::move(third)));
    CHECK(channel.size() == 2);
    CHECK(**channel.try_pop() == 2);
    CHECK(**channel.try_pop() == 3);
}

TEST_CASE("a closed channel takes nothing and still gives what it has") {
    Channel<int> channel(2);
    CHECK(channel.try_push(7));
    channel.close();
    CHECK(channel.is_closed());
    CHECK_FALSE(channel.try_push(8));
    CHECK(channel.pop_wait(1'000) == 7);
    CHECK_FALSE(channel.pop_wait(1'000'000));
}

TEST_CASE("waiting ends with the timeout") {
    Channel<int> channel(1);
    CHECK_FALSE(channel.pop_wait(1));
}

}  // namespace
}  // namespace portal
