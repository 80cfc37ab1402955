// The user's mutations on their way to the server, in the order made, and the tray of those that were refused.
//
//   append -> pending -> (sent) -> acknowledged, kept as a journal -> covered by a pull -> pruned after seven days
//                            \-> rejected: moved to the tray until the user answers
//
// Writes happen inside the replica's transaction. Thread: the store's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/store/replica.hpp"
#include "shared/wire/sync_messages.hpp"

namespace portal::store {

enum class Journal : std::uint8_t { keep, offer };
enum class EntryState : std::uint8_t { pending, acknowledged };

struct OutboxEntry {
    Mutation mutation;
    std::string about;  // Subject of the ticket, name of the integration.
    InstantMs made_ms = 0;
    EntryState state = EntryState::pending;
    bool sent = false;     // A send was tried.
    bool covered = false;  // Acknowledged, and in the base.
    bool may_conflict = false;
};

struct TrayItem {
    Mutation mutation;
    MutationOutcome outcome;
    std::string about;
    InstantMs made_ms = 0;
};

class Outbox {
  public:
    explicit Outbox(Replica& replica) : m_replica(replica) {}

    // Numbers the mutation and stores it.
    void append(Mutation mutation, const std::string& about, InstantMs made_ms);

    // Refused before it was sent: straight to the tray, so that what the user wrote is not lost.
    void refuse(Mutation mutation, const MutationOutcome& outcome, const std::string& about, InstantMs made_ms);
    // The same for one that waits.
    void refuse_pending(const OutboxEntry& entry, const MutationOutcome& outcome);

    // The intent of the pending creation of a row, or empty: what an edit of it depends on.
    Id pending_creation_of(const Id& row);

    std::int64_t pending_count();
    InstantMs oldest_pending_ms();  // 0 when nothing waits.
    // Lowest numbers first.
    std::vector<OutboxEntry> pending(std::size_t count);
    std::optional<OutboxEntry> find(const Id& intent);
    bool is_known(const Id& intent);
    // Pending, and acknowledged ones no pull has covered: what the overlay is made of, in order.
    std::vector<OutboxEntry> uncovered();

    void mark_sent(std::int64_t mid_first, std::int64_t mid_last);
    void mark_may_conflict(std::int64_t mid, bool may_conflict);
    // One result of a push: acknowledges, or moves to the tray. Unknown intents (an earlier reply repeated) do nothing.
    void take_result(const wire::PushResult& result, InstantMs now_ms);
    // A completed pull contains every mutation of this client up to here. Its time, the server's, is the one from which
    // the journal counts.
    void mark_covered(std::int64_t mid_last, InstantMs now_ms);
    void prune(InstantMs now_ms);
    // The rows that edits and refusals here tell of, those that they belong to among them.
    RowKeys rows_concerned();
    // Rows are `gone`: they were deleted, or may not be seen any more. Of what concerns them only the user's own words
    // stay; the server knows an edit without what its author saw. Where the access was `revoked` for certain, what was
    // never sent goes to the tray; what was sent waits for its result. True: numbers are missing now, and a new client
    // id is due.
    bool forget(const RowKeys& gone, const RowKeys& revoked);
    // A new client id: pending mutations are numbered from 1 again, in their order. With Journal::offer (the server was
    // restored) the acknowledged ones of the journal's days too: the server knows by intent which it still has.
    void renumber(Journal journal, InstantMs now_ms);

    std::vector<TrayItem> tray();
    std::int64_t tray_count();
    std::optional<TrayItem> tray_item(const Id& intent);
    // Those that hang on `intent`, directly or not.
    std::vector<TrayItem> tray_children(const Id& intent);
    void remove_from_tray(const Id& intent);

  private:
    std::vector<OutboxEntry> select(std::string_view condition, std::size_t count);
    void rewrite(const OutboxEntry& entry);
    void remove(std::int64_t mid);
    void put_in_tray(const OutboxEntry& entry, const MutationOutcome& outcome);

    Replica& m_replica;
};

}  // namespace portal::store
