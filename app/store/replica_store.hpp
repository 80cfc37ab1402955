// The store: turns intents into mutations and rows into snapshots, one bounded step at a time.
//
//   attach(replica) -> loading records -> ready <-> applying a pull -> following what changed -> ready
//
// Screens are built only between transactions, so that a snapshot is always the server at one cursor plus the pending
// edits. Nothing here waits, sleeps or calls out; the executor decides when step() runs. Thread: the store's.
#pragma once

#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/store/builders.hpp"
#include "app/store/outbox.hpp"
#include "app/store/patch.hpp"
#include "app/store/records_in_memory.hpp"
#include "app/store/replica.hpp"
#include "app/store/salvage.hpp"
#include "app/store/server_answers.hpp"
#include "app/store/sql_runner.hpp"
#include "app/store/sum_recount.hpp"
#include "app/store/viewer.hpp"
#include "app/store/volume_watch.hpp"
#include "app/vm/intent.hpp"
#include "app/vm/snapshot.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/random.hpp"

namespace portal::store {

// How applying a pull ended.
struct ApplyEnd {
    Status status;
    std::vector<StreamId> bad_sums;
    bool epoch_changed = false;
    bool is_unfinished = false;  // Of a first load that goes on.
};

enum class Edited : std::uint8_t { no, yes };

class ReplicaStore {
  public:
    // Both outlive the store.
    ReplicaStore(const Clock& clock, RandomSource& random);

    // ---- The replica ----
    void attach(std::unique_ptr<Replica> replica);
    // Forgets every row in memory; the screens go too, or stay as they are for whoever builds the next ones. Null when
    // none is attached.
    enum class Screens : std::uint8_t { go, stay };
    std::unique_ptr<Replica> detach(Screens screens = Screens::go);
    bool is_attached() const { return m_replica != nullptr; }
    // Loaded, and no pull is being applied: edits may be taken.
    bool is_ready() const;
    // The file is no database any more, or not throughout: it is to be set aside.
    bool is_damaged() const { return m_is_damaged; }
    // What reading or writing ended with.
    void note_failure(const Error& error) { m_is_damaged |= error.code == ErrorCode::corrupted; }
    Replica& replica() { return *m_replica; }
    Outbox& outbox() { return *m_outbox; }

    // Asks for a step from elsewhere: an answer has come that nobody waits for. Null: whoever steps does so anyway.
    std::function<void()> wake;

    // ---- Who looks ----
    // This tab's own; the others are of tabs that follow it.
    Viewer& own_viewer() { return m_viewers.front(); }
    Viewer& add_viewer();
    void remove_viewer(const Viewer& viewer);

    // ---- What the user wants ----
    // Takes screens, scope, edits, tray answers and exports; other intents are the client's. Edits need is_ready().
    Result<Edited> take(const vm::Intent& intent, Viewer& viewer);
    Result<Edited> take(const vm::Intent& intent) { return take(intent, own_viewer()); }
    static bool needs_ready(const vm::Intent& intent);
    // Whether it is something that the user would miss, if it were not stored.
    static bool is_to_be_kept(const vm::Intent& intent);
    // Wishes that are not stored yet: the file of edits that is exported next has theirs, too.
    void note_unstored(const std::deque<vm::Intent>& wishes);

    // ---- Sync's side ----
    // Nothing has been published: each page of the pull is applied when it comes. Otherwise pages that are followed by
    // others are staged, and the last one is applied.
    bool is_first_load() const { return !is_published(m_replica->state()); }
    Status stage_page(std::string_view body, const CheckedPage& page, bool is_first);
    // The pull starts anew; of a first load the rows that have come go, too.
    Status discard_staging();
    void begin_apply(PatchApplier::Page page);
    std::optional<ApplyEnd> take_apply_end();
    Status mark_sent(std::int64_t mid_first, std::int64_t mid_last);
    // Returns the number of mutations that were refused.
    Result<std::int64_t> take_push_results(const wire::PushResponse& response);
    Status refuse_poison(const OutboxEntry& entry, const std::string& cause);
    // A new client id; pending edits are numbered again.
    Status renew_client(Journal journal);
    // Edits that were saved from a damaged replica, or from one whose copy this is: as if they had been made here.
    Status take_salvage(const Salvage& salvage);
    // What another tab had open was copied to be this: what has come along is known from now on, whatever becomes of
    // it, until nobody's files are left to be read.
    Status note_copied(std::int64_t generation);
    Status forget_copied();
    // Leaves no byte of rows that went away in the log. What fails stays due: after a crash, and with every pull.
    void scrub_when_due();
    // Has the next pulls load these streams anew, each at most once in limits::repair_period_ms. False: none of them
    // now.
    Result<bool> want_repair(const std::vector<StreamId>& streams);
    // Holds further rows against the streams' sums until `is_over()`. Nothing while more are left; at the round's end
    // the streams that disagree.
    std::optional<std::vector<StreamId>> recheck(const std::function<bool()>& is_over);
    Status remember_identity(const Id& user, bool demo, std::int64_t lease_days);

    // What a screen wants of the server, single facts or what peers do, and what became of it.
    std::optional<wire::FactPageQuery> next_fact_question() { return m_server_told.facts.next_question(); }
    void take_facts(const wire::FactPageQuery& query, Result<wire::FactPage> answer);
    std::optional<wire::PeerQuery> next_peer_question() { return m_server_told.peers.next_question(); }
    void take_peers(const wire::PeerQuery& query, Result<PeerSummary> answer);
    void forget_server_answers();

    void set_sync_facts(const SyncFacts& facts);
    void announce(vm::Announcement::Kind kind, std::string about);
    // True while the rows must not be shown (signed out, lease over).
    void set_hidden(bool hidden);
    bool is_hidden() const { return m_hidden; }

    InstantMs server_now_ms() const;

    // ---- Steps ----
    // Works until `is_over()`; true when more waits.
    bool step(const std::function<bool()>& is_over);
    std::shared_ptr<const vm::Snapshot> snapshot() const { return m_viewers.front().snapshot(); }

  private:
    bool step_apply(const std::function<bool()>& is_over);
    bool step_load(const std::function<bool()>& is_over);
    bool step_follow(const std::function<bool()>& is_over);
    bool step_sql(const std::function<bool()>& is_over);
    bool step_build();
    void finish_apply(ApplyEnd& end);
    void start_loading();
    void finish_loading();
    void follow(const RowKeys& keys);
    void repair_undecodable();
    void put_record(Row row);
    bool may_build() const;
    Viewer* next_waiting();
    void mark(Viewer::Parts parts);
    void build_sync_part();
    void with_context(const vm::Scope& scope, const std::function<void(const BuildContext&)>& build);

    Result<Edited> edit(Mutation mutation, const std::string& about);
    // Inside a transaction. Adds the rows that it touches to `keys`.
    Result<Edited> put_edit(Mutation mutation, const std::string& about, RowKeys& keys);
    Status put_again(std::vector<TrayItem> items, const Id& first_intent, RowKeys& keys);
    Result<Edited> answer_tray(const vm::AnswerTray& intent);
    Status keep_views(const vm::KeepViews& intent);
    Status run_sql(const vm::RunSql& intent);
    void make_export(const vm::ExportData& intent, Viewer& viewer);
    Status in_transaction(const std::function<Status()>& work);

    const Clock& m_clock;
    RandomSource& m_random;
    std::unique_ptr<Replica> m_replica;
    std::unique_ptr<Outbox> m_outbox;
    RecordsInMemory m_records;
    ServerTold m_server_told;
    VolumeWatch m_volume_watch;
    SqlRunner m_sql_runner{[this] {
        if (wake) wake();
    }};
    Caller m_caller;
    std::list<Viewer> m_viewers;  // Never without our own, the first.

    // Loading: entity by entity, after the last id seen.
    struct Loading {
        std::size_t entity = 0;
        std::int64_t place = 0;
    };
    std::optional<Loading> m_loading;
    std::deque<RowKey> m_to_follow;
    std::unique_ptr<PatchApplier> m_applier;
    std::string m_epoch_before;
    std::optional<SumRecount> m_recount;
    std::optional<ApplyEnd> m_apply_end;

    bool m_sync_dirty = true;
    bool m_hidden = false;
    bool m_is_log_to_fold = false;  // After a first load, when nothing else is to do.
    SyncFacts m_sync_facts;
    SyncFacts m_told_facts;
    RowKeys m_undecodable;  // Segments whose former facts are shown, where there were any.
    bool m_is_damaged = false;
    std::vector<Mutation> m_unstored;
    std::optional<std::pair<InstantMs, DurationMs>> m_time_anchor;  // Server time, monotonic time.
};

}  // namespace portal::store
