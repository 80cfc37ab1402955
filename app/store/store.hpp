// The store as the shell sees it: intents in, immutable snapshots out.
//
//   UI thread                          store thread (or the same one, inline)
//   post(intent)  -> bounded queue ->  commit to the replica, sync, rebuild what changed
//   latest()      <- LatestValue   <-  publish(snapshot), then wake()
//
// The shell makes one with sync::make_client() (app/sync/client.hpp); tests may make their own.
// Thread: every function is the UI thread's and returns at once.
#pragma once

#include <cstdint>
#include <memory>

#include "app/vm/intent.hpp"
#include "app/vm/snapshot.hpp"

namespace portal::store {

enum class PostResult : std::uint8_t { taken, queue_full };

class StoreHost {
  public:
    virtual ~StoreHost() = default;

    // Opens the replica and starts to sync. The first snapshot (phase `starting`) is there before this returns.
    virtual void start() = 0;

    // What the user wants. A full queue (limits::intent_queue_max) takes nothing; the shell says so.
    virtual PostResult post(vm::Intent intent) = 0;

    // Never null after start(). The same pointer until something changed.
    virtual std::shared_ptr<const vm::Snapshot> latest() const = 0;

    // A hidden page pulls less often. The browser's online flag is a hint: it only ends or starts waiting.
    virtual void set_visible(bool visible) = 0;
    virtual void set_online(bool online) = 0;

    // With ExecutorKind::manual: does work of at most limits::store_step_ms_max and says whether more waits. The
    // other executors run by themselves, and this returns false.
    virtual bool step() = 0;

    // Lets running work end and closes the replica. Called by the destructor too.
    virtual void stop() = 0;
};

// All of them at once; otherwise each is read when a screen first needs it. Any thread.
void read_time_zones();

}  // namespace portal::store
