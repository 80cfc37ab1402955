// A whole pull, moved into the base in one transaction by resumable steps.
//
//   check_page()  a reply is whole: its last line is `end`, the CRC-32 and the row count agree
//   PatchApplier  lines -> base, memberships, sums; then cursor; then the overlay is replayed; then commit
//
// Until the commit nobody sees anything of it: the screens' records follow `changed` afterwards.
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

class PatchApplier {
  public:
    // `pages` are staged already, `last_body` is the page without `more`. Begins the transaction.
    // `wall_ms` is the device's clock; `new_client` the client id to take if the server turns out to be restored.
    PatchApplier(Replica& replica, Outbox& outbox, std::string last_body, CheckedPage last, InstantMs wall_ms,
                 Id new_client);

    enum class Progress : std::uint8_t { more, committed };
    // Applies lines until `is_over()` says that the step's time is up. After an error: rollback() and pull again.
    Result<Progress> step(const std::function<bool()>& is_over);

    bool replaces_everything() const { return m_last.begin.reset; }
    // Rows whose visible state may have changed, overlay included. Valid after `committed`.
    const RowKeys& changed() const { return m_changed; }
    // Streams whose sum disagreed.
    const std::vector<StreamId>& bad_sums() const { return m_bad_sums; }

  private:
    Status apply_line(std::string_view line);
    Status next_page();
    void finish();

    Replica& m_replica;
    Outbox& m_outbox;
    const std::string m_last_body;
    const CheckedPage m_last;
    const InstantMs m_wall_ms;
    const Id m_new_client;
    const std::int64_t m_staged_pages;
    std::int64_t m_page = 0;  // 1..m_staged_pages staged, then the last.
    std::string m_staged_body;
    std::string_view m_rest;
    RowKeys m_changed;
    std::vector<wire::PullSum> m_sums;
    std::vector<StreamId> m_bad_sums;
    bool m_removed_rows = false;
};

// Who the user is and what they may do, from their own rows in the replica. Empty user: not known yet.
Caller caller_of(Replica& replica);

}  // namespace portal::store
