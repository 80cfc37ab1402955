// Passwords: Argon2id through libsodium (2 passes, 19 MiB), always on a bounded pool because each costs 20 ms.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace portal::server {

// Thread: any; stateless.
class PasswordHasher {
  public:
    virtual ~PasswordHasher() = default;
    // Error resource_exhausted: no memory for it.
    virtual Result<std::string> hash(std::string_view password) = 0;
    virtual bool verify(const std::string& hash, std::string_view password) = 0;
};

std::unique_ptr<PasswordHasher> make_argon2id_hasher();

// Length rules only (12 to 256 bytes, valid UTF-8): composition rules make passwords worse. Error invalid_argument.
Status check_new_password(std::string_view password, std::string_view email);

class WorkerPool {
  public:
    virtual ~WorkerPool() = default;
    // False when the queue is full: answer 503. Any thread.
    virtual bool submit(std::function<void()> work) = 0;
};

// Runs the work at once, in the caller: for the simulation, tests and commands.
class InlineWorker final : public WorkerPool {
  public:
    bool submit(std::function<void()> work) override {
        work();
        return true;
    }
};

// Threads of its own; the destructor finishes what is queued.
std::unique_ptr<WorkerPool> make_worker_pool(std::size_t threads, std::size_t queue_max);

}  // namespace portal::server
