// The one way to write: a bounded queue of jobs, committed in groups.
//
// A group is closed by limits::commit_group_mutations_max mutations or limits::commit_group_wait_ms_max, whichever
// comes first. Each job runs in a savepoint: a job that fails undoes itself alone. No `done` is called before COMMIT; a
// failed COMMIT fails every job of its group with `unavailable` (or the storage's own code).
//
//   submit() -> queued -> run_group(): BEGIN, job, job, .. COMMIT -> done(ok), on_commit(notice)
//                                                          failed -> done(error)
//
// There is no thread in here: WriterThread (writer_thread.hpp) or the simulator's scheduler calls run_group().
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "server-stub/repo/repository.hpp"
#include "shared/base/result.hpp"

namespace portal::server {

struct WriteJob {
    // An Error, or false by exception, undoes this job alone and is handed to `done`.
    std::function<Status(WriteTransaction&)> run;
    // After COMMIT or failure, on the thread that runs groups; must not wait.
    std::function<void(Status)> done;
    // Counts towards the group's cap; a job of bulk work (an import's chunk) is given a group to itself.
    std::size_t mutations = 1;
};

class CommitQueue {
  public:
    explicit CommitQueue(Repository& repository) : m_repository(repository) {}

    // From any thread. Error resource_exhausted (limits::commit_queue_jobs_max): `done` is then not called.
    Status submit(WriteJob job);
    // submit() and run_group() until this job is done: for commands that own the repository, and for tests.
    Status run(std::function<Status(WriteTransaction&)> work);

    // Commits the next group; returns the number of jobs finished, 0 when nothing was queued. Thread: the writer's.
    std::size_t run_group();
    void run_all() {
        while (run_group() > 0) {
        }
    }

    // Mutations queued; any thread.
    std::size_t waiting() const;
    // Called after each COMMIT that changed rows, on the writer's thread. Set before the first group.
    void on_commit(std::function<void(const CommitNotice&)> listener) { m_on_commit = std::move(listener); }
    // Called by submit(), to wake the writer's thread.
    void on_submit(std::function<void()> listener) { m_on_submit = std::move(listener); }

    struct Counters {
        std::uint64_t groups = 0, jobs = 0, failed_groups = 0;
    };
    Counters counters() const;

  private:
    std::vector<WriteJob> take_group();

    Repository& m_repository;
    mutable std::mutex m_mutex;
    std::deque<WriteJob> m_jobs;
    std::size_t m_waiting = 0;
    Counters m_counters;
    std::function<void(const CommitNotice&)> m_on_commit;
    std::function<void()> m_on_submit;
};

}  // namespace portal::server
