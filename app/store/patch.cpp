#include "app/store/patch.hpp"

#include "shared/base/check.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::store {
namespace {

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

PatchApplier::PatchApplier(Replica& replica, Outbox& outbox, std::string last_body, CheckedPage last, InstantMs wall_ms,
                           Id new_client)
    : m_replica(replica),
      m_outbox(outbox),
      m_last_body(std::move(last_body)),
      m_last(std::move(last)),
      m_wall_ms(wall_ms),
      m_new_client(std::move(new_client)),
      m_staged_pages(replica.staged_page_count()) {
    m_replica.begin();
    if (m_last.begin.reset) {
        m_replica.clear_base();
        m_removed_rows = true;
    }
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
    if (auto* upsert = std::get_if<wire::PullUpsert>(&*decoded)) {
        m_changed.insert({upsert->row.entity, upsert->row.id});
        m_replica.put_base(upsert->row, upsert->streams);
    } else if (const auto* removal = std::get_if<wire::PullDelete>(&*decoded)) {
        m_changed.insert({removal->entity, removal->id});
        m_replica.remove_base(removal->entity, removal->id);
        m_removed_rows = true;
    } else if (const auto* drop = std::get_if<wire::PullDrop>(&*decoded)) {
        for (RowKey& key : m_replica.drop_stream(drop->stream))
            m_changed.insert(std::move(key));
        m_removed_rows = true;
    } else if (auto* sum = std::get_if<wire::PullSum>(&*decoded)) {
        m_sums.push_back(std::move(*sum));
    }
    return {};
}

Result<PatchApplier::Progress> PatchApplier::step(const std::function<bool()>& is_over) {
    return db::guarded([&]() -> Result<Progress> {
        while (true) {
            while (m_rest.empty()) {
                if (m_page > m_staged_pages) {
                    finish();
                    m_replica.commit();
                    return Progress::committed;
                }
                PORTAL_TRY(next_page());
            }
            PORTAL_TRY(apply_line(take_line(m_rest)));
            if (is_over()) return Progress::more;
        }
    });
}

void PatchApplier::finish() {
    for (const wire::PullSum& sum : m_sums)
        if (m_replica.sum_of(sum.stream) != StreamSum{sum.count, sum.hash}) m_bad_sums.push_back(sum.stream);
    ReplicaState state = m_replica.state();
    const bool is_restored = !state.epoch.empty() && state.epoch != m_last.begin.epoch;
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
