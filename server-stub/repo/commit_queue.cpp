#include "server-stub/repo/commit_queue.hpp"

#include <optional>

#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {
namespace {

Status run_job(const WriteJob& job, WriteTransaction& writes) {
    Status status;
    try {
        writes.attempt([&] {
            status = job.run(writes);
            return status.has_value();
        });
    } catch (const StorageFault&) {
        throw;
    } catch (const std::exception& exception) {
        return fail(ErrorCode::internal, exception.what());
    }
    return status;
}

// What the callers of a failed group are told: try again, unless trying again cannot help.
Error group_error(const Error& error) {
    if (error.code == ErrorCode::storage_full || error.code == ErrorCode::corrupted) return error;
    return {ErrorCode::unavailable, error.message};
}

}  // namespace

Status CommitQueue::submit(WriteJob job) {
    check(job.run && job.mutations > 0, "a write job has work");
    {
        std::lock_guard lock(m_mutex);
        if (m_jobs.size() >= limits::commit_queue_jobs_max)
            return fail(ErrorCode::resource_exhausted, "the server has too many writes waiting; try again shortly");
        m_waiting += job.mutations;
        m_jobs.push_back(std::move(job));
    }
    if (m_on_submit) m_on_submit();
    return {};
}

Status CommitQueue::run(std::function<Status(WriteTransaction&)> work) {
    std::optional<Status> outcome;
    PORTAL_TRY(submit({std::move(work), [&](Status status) { outcome = std::move(status); }, 1}));
    while (!outcome)
        check(run_group() > 0, "the job is in the queue");
    return *outcome;
}

std::vector<WriteJob> CommitQueue::take_group() {
    std::lock_guard lock(m_mutex);
    std::vector<WriteJob> group;
    std::size_t mutations = 0;
    while (!m_jobs.empty()) {
        const std::size_t next = m_jobs.front().mutations;
        if (!group.empty() && mutations + next > limits::commit_group_mutations_max) break;
        mutations += next;
        m_waiting -= next;
        group.push_back(std::move(m_jobs.front()));
        m_jobs.pop_front();
    }
    return group;
}

std::size_t CommitQueue::run_group() {
    const std::vector<WriteJob> jobs = take_group();
    if (jobs.empty()) return 0;
    std::vector<Status> outcomes;
    std::optional<CommitNotice> notice;
    bool committed = false;
    try {
        const auto group = m_repository.begin_group();
        for (const WriteJob& job : jobs)
            outcomes.push_back(run_job(job, group->writes()));
        notice = group->commit();
        committed = true;
    } catch (const StorageFault& fault) {
        outcomes.assign(jobs.size(), fail(group_error(fault.error())));
    }
    {
        std::lock_guard lock(m_mutex);
        ++m_counters.groups;
        m_counters.jobs += jobs.size();
        if (!committed) ++m_counters.failed_groups;
    }
    for (std::size_t index = 0; index < jobs.size(); ++index)
        if (jobs[index].done) jobs[index].done(std::move(outcomes[index]));
    if (notice && !notice->streams.empty() && m_on_commit) m_on_commit(*notice);
    return jobs.size();
}

std::size_t CommitQueue::waiting() const {
    std::lock_guard lock(m_mutex);
    return m_waiting;
}

CommitQueue::Counters CommitQueue::counters() const {
    std::lock_guard lock(m_mutex);
    return m_counters;
}

}  // namespace portal::server
