// A pull, moved into the base by resumable steps.
//
//   check_page()  a reply is whole: its last line is `end`, the CRC-32 and the row count agree
//   PatchApplier  lines -> base, streams, sums; then cursor; then the overlay is replayed; then commit
//
// Over a base that is shown, all pages of a pull go in with one transaction, from staging: until its commit nobody sees
// anything of it, and the screens' records follow `changed` afterwards. A first load has nothing to disturb: each page
// goes into the base when it comes, with its own transaction, and an unpublished base (no epoch) is shown to nobody
// until the last page has set epoch and cursor.
// Thread: the store's.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/store/outbox.hpp"
#include "app/store/replica.hpp"
#include "shared/rules/caller.hpp"
#include "shared/wire/sync_messages.hpp"

namespace portal::store {

struct CheckedPage {
    wire::PullBegin begin;
    wire::PullEnd end;
};
// `body` is one reply. Errors: corrupted, with what was wrong.
Result<CheckedPage> check_page(std::string_view body);

// Lays the uncovered mutations over the base again, in order; those that no longer apply are marked. Returns the caller
// that the replica's own rows describe beforehand.
void replay_overlay(Replica& replica, Outbox& outbox, const Caller& caller, InstantMs now_ms);

bool is_published(const ReplicaState& state);

// Told of each row of a first load as it goes into the base, so that nobody has to read it back.
struct FirstLoadObserver {
    std::function<void(Row)> put;
    std::function<void(Entity, const Id&)> removed;
};

class PatchApplier {
  public:
    struct Page {
        std::string body;
        CheckedPage checked;
        bool is_first = true;
    };
    // Of a first load any page; otherwise the one without `more`, whose others are staged already. Begins the
    // transaction. `wall_ms` is the device's clock; `new_client` the client id to take if the server turns out to be
    // restored.
    PatchApplier(Replica& replica, Outbox& outbox, Page page, InstantMs wall_ms, Id new_client,
                 FirstLoadObserver observer = {});

    enum class Progress : std::uint8_t { more, committed };
    // Applies lines until `is_over()` says that the step's time is up. After an error: rollback() and pull again.
    Result<Progress> step(const std::function<bool()>& is_over);

    bool is_first_load() const { return m_is_first_load; }
    // More pages of the first load are to come.
    bool is_unfinished() const { return m_is_first_load && m_last.end.more; }
    bool replaces_everything() const { return m_last.begin.reset; }
    // Rows whose visible state may have changed, overlay included; not collected in a first load. Valid after
    // `committed`.
    const RowKeys& changed() const { return m_changed; }
    // Streams whose sum disagreed.
    const std::vector<StreamId>& bad_sums() const { return m_bad_sums; }

  private:
    Status apply_line(std::string_view line);
    void put_row(wire::PullUpsert upsert);
    void remove_row(const wire::PullDelete& removal);
    void drop_streams();
    void forget_rows();
    Status next_page();
    void finish();
    void keep_place();

    Replica& m_replica;
    Outbox& m_outbox;
    const std::string m_last_body;
    const CheckedPage m_last;
    const InstantMs m_wall_ms;
    const Id m_new_client;
    const FirstLoadObserver m_observer;
    const bool m_is_first_load;
    const std::int64_t m_staged_pages;
    std::int64_t m_page = 0;  // 1..m_staged_pages staged, then the last.
    std::string m_staged_body;
    std::string_view m_rest;
    RowKeys m_changed;
    std::vector<StreamId> m_drops;  // Lost streams that are still there: one reading of all rows for all of them.
    RowKeys m_revoked;              // Rows that went with them.
    RowKeys m_gone;                 // Rows that went otherwise, as far as edits tell of them.
    std::vector<wire::PullSum> m_sums;
    std::vector<StreamId> m_bad_sums;
    bool m_removed_rows = false;
};

// Who the user is and what they may do, from their own rows in the replica. Empty user: not known yet.
Caller caller_of(Replica& replica);

}  // namespace portal::store
