// How a job's work reaches the one writer: a command that owns the database runs groups itself, a
// job inside a server waits for the writer's thread.
#pragma once

#include <functional>

#include "server-stub/repo/commit_queue.hpp"

namespace portal::import {

// Returns after COMMIT, or with the error that undid the work. Bulk work gets a group to itself, so
// that it neither delays nor is delayed by the people who are working.
using WritePort = std::function<Status(std::function<Status(server::WriteTransaction&)>)>;

// For a command: nobody else runs the queue's groups.
WritePort direct_writes(server::CommitQueue& queue);
// For a job beside a WriterThread; waits, so never on that thread. A full queue is waited out.
WritePort queued_writes(server::CommitQueue& queue);

}  // namespace portal::import
