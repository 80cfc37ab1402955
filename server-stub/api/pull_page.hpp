// What one page of a pull holds.
//
// The rows of a pull are read from the log of each stream, (stream, seq) by (stream, seq). A pull of many pages meets a
// moving head, so it goes in rounds: the first reads every stream from its own start up to the head of its first page,
// the next from there up to a newer head, and so on. A row that changes in between has moved forward in its streams and
// is met again in a later round. The page in which a round reaches the head of that very page's snapshot is the last:
// staging and that page together are the server at one seq.
//
//   round 1: (start of stream, head 1]    round 2: (head 1, head 2]   ..   until head n is the page's own head
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server-stub/repo/repository.hpp"
#include "shared/wire/sync_messages.hpp"

namespace portal::server {

struct PullPlan {
    SyncHead head;                     // Of the snapshot that this page is read from.
    std::string set;                   // Names the caller's streams.
    std::vector<StreamId> streams;     // Of the caller; sorted.
    std::vector<StreamId> lost;        // In the set last seen and not in this one, or to be repaired.
    std::vector<std::int64_t> starts;  // Per stream: 0 for all of it, else the cursor.
    std::int64_t cursor = 0;           // 0 for a full pull.
    FiguresForm figures = FiguresForm::facts;
    bool is_full() const { return cursor == 0; }
};

// 32 hex digits for a sorted list of streams.
std::string name_of_set(const std::vector<StreamId>& streams);

// A cursor of another epoch, below the floor, beyond the head or with an unknown set starts from nothing.
PullPlan plan_pull(ReadSnapshot& snapshot, const Caller& caller, const wire::PullRequest& request);

// Where a page starts.
struct PagePosition {
    std::int64_t round_low = 0;  // Rounds after the first read (round_low, round_high]; 0 in the first.
    std::int64_t round_high = 0;
    std::size_t stream = 0;  // Index into PullPlan::streams.
    std::int64_t after = 0;  // Entries of that stream up to here are done; 0 at its start.
};

// Error conflict: the token is of another epoch, set or kind of pull: discard what is staged and start the pull again.
Result<PagePosition> start_of_page(const PullPlan& plan, const std::string& token);

class PageWriter {
  public:
    PageWriter(ReadSnapshot& snapshot, const PullPlan& plan)
        : m_snapshot(snapshot), m_plan(plan), m_states(plan.streams.size()) {}
    // A begin or drop line.
    void add(const wire::PullLine& line);
    // Rows from `start` until the page is full or the head is reached, then the sums if it is, then the end line. A
    // page holds at least one row, so that every pull comes to its end.
    void fill(PagePosition start, std::size_t bytes_max);
    std::string take() { return std::move(m_bytes); }

  private:
    enum class Progress : std::uint8_t { page_full, round_done };
    Progress fill_round(PagePosition& position, std::size_t bytes_max);
    void add_entry(const StreamEntry& entry, const PagePosition& position);
    void add_sums();
    void add_end(const PagePosition& position, Progress progress);
    std::int64_t low_of(std::size_t stream, const PagePosition& position) const;
    const StreamState& state_of(std::size_t stream);

    ReadSnapshot& m_snapshot;
    const PullPlan& m_plan;
    std::vector<std::optional<StreamState>> m_states;  // Those that were asked for.
    std::string m_bytes;
    std::int64_t m_rows = 0;
    std::set<std::pair<Entity, Id>> m_deleted;
};

}  // namespace portal::server
