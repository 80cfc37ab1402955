#include "app/store/executor.hpp"

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <thread>

namespace portal::store {

TEST_CASE("The store's thread steps while work waits, sleeps, and wakes", "[store][threads]") {
    const auto executor = make_executor(ExecutorKind::threaded);
    std::atomic<int> steps = 0;
    executor->start([&] { return StepResult{++steps < 10, std::nullopt}; });
    while (steps < 10)
        std::this_thread::yield();
    const int before = steps;
    executor->wake();
    while (steps == before)
        std::this_thread::yield();
    executor->stop();
    const int after = steps;
    executor->wake();
    CHECK(steps == after);
}

TEST_CASE("The store's thread comes back by itself when a step asks for it", "[store][threads]") {
    const auto executor = make_executor(ExecutorKind::threaded);
    std::atomic<int> steps = 0;
    executor->start([&] {
        ++steps;
        return StepResult{false, DurationMs{1}};
    });
    while (steps < 5)
        std::this_thread::yield();
    executor->stop();
}

TEST_CASE("A manual executor does one step at a time", "[store]") {
    const auto executor = make_manual_executor();
    int steps = 0;
    executor->start([&] { return StepResult{++steps < 3, std::nullopt}; });
    CHECK(executor->step_once());
    CHECK(executor->step_once());
    CHECK_FALSE(executor->step_once());
    CHECK(steps == 3);
    executor->stop();
    CHECK_FALSE(executor->step_once());
}

}  // namespace portal::store
