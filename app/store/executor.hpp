// Where the store's steps run: on a thread of their own, between the page's frames, or when a test says so.
//
// A step does at most limits::store_step_ms_max of work and tells when it wants to run again.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "shared/base/clock.hpp"

namespace portal::store {

struct StepResult {
    bool more = false;                   // Work waits: run again as soon as others have had their turn.
    std::optional<DurationMs> again_in;  // Otherwise run again after this long, or when woken.
};

class Executor {
  public:
    virtual ~Executor() = default;
    // Runs `step` until stop(). Called once.
    virtual void start(std::function<StepResult()> step) = 0;
    // Asks for a step soon. Any thread; coalesced.
    virtual void wake() = 0;
    // No step runs after this returns. Not from inside a step.
    virtual void stop() = 0;
    // Manual executors only: one step; true when more work waits.
    virtual bool step_once() { return false; }
};

enum class ExecutorKind : std::uint8_t {
    threaded,     // A thread of its own.
    interleaved,  // The caller's thread, one step per turn of its event loop (browser without threads).
    manual,       // One step per StoreHost::step().
};

// Natively `interleaved` is `manual`: there is no event loop to take turns with.
std::unique_ptr<Executor> make_executor(ExecutorKind kind);
std::unique_ptr<Executor> make_manual_executor();

}  // namespace portal::store
