#include "server-stub/import/write_port.hpp"

#include <future>
#include <memory>

#include "shared/base/limits.hpp"

namespace portal::import {

WritePort direct_writes(server::CommitQueue& queue) {
    return [&queue](std::function<Status(server::WriteTransaction&)> work) { return queue.run(std::move(work)); };
}

WritePort queued_writes(server::CommitQueue& queue) {
    return [&queue](std::function<Status(server::WriteTransaction&)> work) -> Status {
        auto outcome = std::make_shared<std::promise<Status>>();
        auto done = outcome->get_future();
        // A full queue refuses and keeps nothing of the job, so that it can be offered again.
        constexpr int attempts_max = 200;
        for (int attempt = 0;; ++attempt) {
            const Status queued =
                queue.submit({work, [outcome](Status status) { outcome->set_value(std::move(status)); },
                              limits::commit_group_mutations_max});
            if (queued) break;
            if (attempt == attempts_max) return queued;
            done.wait_for(std::chrono::milliseconds(50));
        }
        return done.get();
    };
}

}  // namespace portal::import
