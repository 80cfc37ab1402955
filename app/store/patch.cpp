#include "app/store/patch.hpp"

#include "shared/base/check.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::store {
namespace {

// Looking at the clock after each short line would take longer than some of them.
constexpr std::size_t bytes_per_look = 4 << 10;

// Takes the next line with its newline; empty at the end.
std::string_view take_line(std::string_view& rest) {
    const std::size_t newline = rest.find('\n');
    const std::size_t length = newline == std::string_view::npos ? rest.size() : newline + 1;
    const std::string_view line = rest.substr(0, length);
    rest.remove_prefix(length);
    return line;
}

tl::unexpected<Error> bad_page(const std::string& cause) {
    return fail(ErrorCode::corrupted, "the server's reply is not whole: " + cause);
}

// The mutator's view: reads overlay over base, writes the overlay.
class Replay {
  public:
    Replay(Replica& replica, Outbox& outbox, const Caller& caller, InstantMs now_ms)
        : m_replica(replica), m_outbox(outbox), m_caller(caller), m_now_ms(now_ms) {}

    void run(const OutboxEntry& entry) {
        const MutationContext context{.now_ms = m_now_ms, .caller = m_caller};
        const MutationOutcome outcome = apply_mutation(entry.mutation, context, m_replica);
        // An acknowledged mutation that does not apply was merged on the server: the next pull shows how.
        if (entry.state == EntryState::acknowledged) return;
        const bool conflicts = outcome.kind == OutcomeKind::rejected;
        if (conflicts != entry.may_conflict) m_outbox.mark_may_conflict(entry.mutation.mid, conflicts);
    }

  private:
    Replica& m_replica;
    Outbox& m_outbox;
    const Caller& m_caller;
    const InstantMs m_now_ms;
};

}  // namespace

Result<CheckedPage> check_page(std::string_view body) {
    if (body.empty() || body.back() != '\n') return bad_page("it ends in mid-line");
    const std::size_t last_start = body.size() < 2 ? 0 : body.rfind('\n', body.size() - 2) + 1;
    const std::string_view before = body.substr(0, last_start);
    auto last = wire::decode_pull_line(body.substr(last_start));
    if (!last) return fail(std::move(last).error());
    const auto* end = std::get_if<wire::PullEnd>(&*last);
    if (!end) return bad_page("it has no end line");
    if (wire::crc32(before) != end->crc) return bad_page("its check sum differs");
    std::string_view rest = before;
    auto first = wire::decode_pull_line(take_line(rest));
    if (!first) return fail(std::move(first).error());
    const auto* begin = std::get_if<wire::PullBegin>(&*first);
    if (!begin) return bad_page("it does not begin with a begin line");
    return CheckedPage{*begin, *end};
}

void replay_overlay(Replica& replica, Outbox& outbox, const Caller& caller, InstantMs now_ms) {
    replica.clear_overlay();
    Replay replay(replica, outbox, caller, now_ms);
    for (const OutboxEntry& entry : outbox.uncovered())
        replay.run(entry);
}

bool is_published(const ReplicaState& state) {
    return !state.epoch.empty();
}

PatchApplier::PatchApplier(Replica& replica, Outbox& outbox, Page page, InstantMs wall_ms, Id new_client,
                           FirstLoadObserver observer)
    : m_replica(replica),
      m_outbox(outbox),
      m_last_body(std::move(page.body)),
      m_last(std::move(page.checked)),
      m_wall_ms(wall_ms),
      m_new_client(std::move(new_client)),
      m_observer(std::move(observer)),
      m_is_first_load(!is_published(replica.state())),
      m_staged_pages(m_is_first_load ? 0 : replica.staged_page_count()) {
    check(m_is_first_load || !m_last.end.more, "pages that are followed by others are staged");
    if (m_is_first_load) m_replica.defer_log();
    // A page that more pages follow is nobody's yet: if it is lost with the machine's power, it is asked for again.
    m_replica.begin(is_unfinished() ? Replica::Durability::with_a_later_one : Replica::Durability::at_once);
    const bool starts_anew = m_is_first_load ? page.is_first : m_last.begin.reset;
    if (!starts_anew) return;
    m_removed_rows = !m_replica.sums().held().empty();
    m_gone = m_outbox.rows_concerned();
    std::erase_if(m_gone, [&](const RowKey& key) { return !m_replica.get_base(key.first, key.second); });
    m_replica.clear_base();
}

Status PatchApplier::next_page() {
    ++m_page;
    if (m_page <= m_staged_pages) {
        m_staged_body = m_replica.staged_page(m_page);
        m_rest = m_staged_body;
        if (m_rest.empty()) return bad_page("a staged page is gone");
    } else {
        m_rest = m_last_body;
    }
    return {};
}

Status PatchApplier::apply_line(std::string_view line) {
    auto decoded = wire::decode_pull_line(line);
    if (!decoded) return fail(std::move(decoded).error());
    if (const auto* drop = std::get_if<wire::PullDrop>(&*decoded)) {
        m_drops.push_back(drop->stream);
        return {};
    }
    drop_streams();
    if (auto* upsert = std::get_if<wire::PullUpsert>(&*decoded))
        put_row(std::move(*upsert));
    else if (const auto* removal = std::get_if<wire::PullDelete>(&*decoded))
        remove_row(*removal);
    else if (auto* sum = std::get_if<wire::PullSum>(&*decoded))
        m_sums.push_back(std::move(*sum));
    return {};
}

void PatchApplier::put_row(wire::PullUpsert upsert) {
    m_replica.put_base(upsert.row, upsert.streams);
    if (!m_is_first_load)
        m_changed.insert({upsert.row.entity, upsert.row.id});
    else if (m_observer.put)
        m_observer.put(std::move(upsert.row));
}

void PatchApplier::remove_row(const wire::PullDelete& removal) {
    m_replica.remove_base(removal.entity, removal.id);
    m_removed_rows = true;
    m_gone.insert({removal.entity, removal.id});
    if (!m_is_first_load)
        m_changed.insert({removal.entity, removal.id});
    else if (m_observer.removed)
        m_observer.removed(removal.entity, removal.id);
}

void PatchApplier::drop_streams() {
    if (m_drops.empty()) return;
    for (RowKey& key : m_replica.drop_streams(m_drops))
        m_revoked.insert(std::move(key));
    m_changed.insert(m_revoked.begin(), m_revoked.end());
    m_drops.clear();
    m_removed_rows = true;
}

Result<PatchApplier::Progress> PatchApplier::step(const std::function<bool()>& is_over) {
    std::size_t unwatched_bytes = bytes_per_look;  // A step is at least a line, and looks after its first.
    return db::guarded([&]() -> Result<Progress> {
        while (true) {
            while (m_rest.empty()) {
                if (m_page > m_staged_pages) {
                    drop_streams();
                    if (is_unfinished())
                        keep_place();
                    else
                        finish();
                    m_replica.commit();
                    return Progress::committed;
                }
                PORTAL_TRY(next_page());
            }
            const std::string_view line = take_line(m_rest);
            PORTAL_TRY(apply_line(line));
            unwatched_bytes += line.size();
            if (unwatched_bytes < bytes_per_look) continue;
            unwatched_bytes = 0;
            if (is_over()) return Progress::more;
        }
    });
}

// Streams that were dropped to be repaired, and pulls that start anew, have brought their rows back meanwhile.
void PatchApplier::forget_rows() {
    for (RowKeys* rows : {&m_gone, &m_revoked})
        std::erase_if(*rows, [&](const RowKey& key) { return m_replica.get_base(key.first, key.second).has_value(); });
    if ((m_gone.empty() && m_revoked.empty()) || !m_outbox.forget(m_gone, m_revoked)) return;
    ReplicaState state = m_replica.state();
    state.client = m_new_client;
    m_replica.set_state(state);
    m_outbox.renumber(Journal::keep, state.last_exchange_ms);
}

void PatchApplier::keep_place() {
    ReplicaState state = m_replica.state();
    state.staged_next_page = m_last.end.page;
    state.scrub_due |= m_removed_rows;
    m_replica.set_state(state);
}

void PatchApplier::finish() {
    for (const wire::PullSum& sum : m_sums)
        if (m_replica.sums().of(sum.stream) != StreamSum{sum.count, sum.hash}) m_bad_sums.push_back(sum.stream);
    ReplicaState state = m_replica.state();
    const bool is_restored = !m_is_first_load && state.epoch != m_last.begin.epoch;
    // The server came back from a copy: what it had acknowledged since may be gone, so the journal is offered again.
    if (is_restored) state.client = m_new_client;
    state.user = m_last.begin.user;
    state.epoch = m_last.begin.epoch;
    state.permission_set = m_last.begin.set;
    state.cursor = m_last.end.next_seq;
    state.last_exchange_ms = m_last.begin.server_time_ms;
    state.clock_offset_ms = m_last.begin.server_time_ms - m_wall_ms;
    state.staged_next_page.clear();
    state.scrub_due |= m_removed_rows;
    for (const StreamId& stream : streams_to_repair(state))
        state.repairs[stream] = state.last_exchange_ms;
    m_replica.clear_staging();
    m_replica.set_state(state);
    if (is_restored)
        m_outbox.renumber(Journal::offer, state.last_exchange_ms);
    else
        m_outbox.mark_covered(m_last.begin.last_mid, state.last_exchange_ms);
    forget_rows();
    m_outbox.prune(state.last_exchange_ms);
    // What the overlay showed before may look different without it.
    for (const RowKey& key : m_replica.overlay_keys())
        m_changed.insert(key);
    replay_overlay(m_replica, m_outbox, caller_of(m_replica), state.last_exchange_ms);
    for (const RowKey& key : m_replica.overlay_keys())
        m_changed.insert(key);
}

Caller caller_of(Replica& replica) {
    Caller caller;
    caller.user = replica.state().user;
    if (caller.user.empty()) return caller;
    if (const auto row = replica.get_base(Entity::user, caller.user)) {
        const User user = from_row<User>(*row);
        caller.name = user.name;
        caller.language = user.language;
        caller.practice = user.practice;
        caller.vendor = user.vendor;
    }
    replica.each_where(Entity::grant, "user", Value{caller.user},
                       [&](const Row& row) { caller.grants.push_back(from_row<Grant>(row)); });
    return caller;
}

}  // namespace portal::store
