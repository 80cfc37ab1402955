#include <catch2/catch_test_macros.hpp>
#include <string>
#include <thread>

#include "shared/base/channel.hpp"
#include "shared/base/latest_value.hpp"

namespace portal {
namespace {

TEST_CASE("values cross threads in order and none is lost", "[threads]") {
    constexpr int count = 20'000;
    Channel<int> channel(16);
    std::thread producer([&] {
        for (int value = 0; value < count;) {
            int copy = value;
            if (channel.try_push(std::move(copy)))
                ++value;
            else
                std::this_thread::yield();
        }
        channel.close();
    });
    int expected = 0;
    bool in_order = true;
    while (const auto value = channel.pop_wait(10'000))
        in_order = in_order && *value == expected++;
    producer.join();
    CHECK(in_order);
    CHECK(expected == count);
}

TEST_CASE("closing wakes a waiting thread", "[threads]") {
    Channel<int> channel(1);
    std::thread waiter([&] { CHECK_FALSE(channel.pop_wait(60'000)); });
    channel.close();
    waiter.join();
}

TEST_CASE("a reader always has a whole value, never an older one than before", "[threads]") {
    LatestValue<std::string> latest;
    CHECK(latest.take() == nullptr);
    std::thread writer([&] {
        for (int round = 1; round <= 5'000; ++round)
            latest.publish(std::make_shared<const std::string>(std::string(100, static_cast<char>('a' + round % 26)) +
                                                               std::to_string(1'000'000 + round)));
    });
    std::string newest;
    bool whole = true, forward = true;
    for (int round = 0; round < 5'000; ++round) {
        const auto value = latest.take();
        if (!value) continue;
        whole = whole && value->find_first_not_of(value->front()) == 100;
        forward = forward && value->substr(100) >= newest;
        newest = value->substr(100);
    }
    writer.join();
    CHECK(whole);
    CHECK(forward);
    CHECK(latest.take()->substr(100) == "1005000");
}

}  // namespace
}  // namespace portal
