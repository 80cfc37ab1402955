#include "app/sync/sync_loop.hpp"

#include <algorithm>
#include <utility>

#include "app/platform/transport_answer.hpp"
#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"
#include "shared/base/retry_delay.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::sync {
namespace {

constexpr std::string_view pull_path = "/api/v1/sync/pull";
constexpr std::string_view push_path = "/api/v1/sync/push";
constexpr std::string_view live_path = "/api/v1/live";

}  // namespace

SyncLoop::SyncLoop(store::ReplicaStore& store, platform::Transport& transport, const Clock& clock, RandomSource& random,
                   SyncEvents events)
    : m_store(store),
      m_transport(transport),
      m_clock(clock),
      m_random(random),
      m_events(std::move(events)),
      m_state(random),
      m_batch_max(limits::push_mutations_max),
      m_recheck_at_ms(clock.monotonic_ms() + limits::recheck_wait_ms) {
    m_state.on_pending_at_start();
    m_store.scrub_when_due();
}

SyncLoop::~SyncLoop() {
    cancel_exchange();
    end_live();
}

void SyncLoop::cancel_exchange() {
    if (m_applying == Applying::of_exchange) m_applying = Applying::of_nobody;
    if (!m_exchange) return;
    if (!m_exchange->is_done) m_transport.cancel(m_exchange->request);
    m_exchange.reset();
}

std::optional<DurationMs> SyncLoop::due_ms() const {
    if (m_applying != Applying::nothing) return std::nullopt;
    if (m_exchange) return m_exchange->is_done ? std::optional<DurationMs>(0) : std::nullopt;
    auto due = m_state.due_ms();
    due = std::min(due.value_or(m_recheck_at_ms), m_recheck_at_ms);
    if (is_live_wanted()) due = std::min(due.value_or(m_live_retry_at_ms), m_live_retry_at_ms);
    return due;
}

void SyncLoop::step() {
    if (m_applying != Applying::nothing)
        if (auto apply = m_store.take_apply_end()) finish_apply(std::move(*apply));
    if (m_exchange && m_exchange->is_done && m_applying == Applying::nothing) finish_exchange();
    if (!is_working() && m_store.is_ready()) {
        switch (m_state.next(now_ms())) {
            case Act::none:
                break;
            case Act::pull:
                start_pull();
                break;
            case Act::push:
                start_push();
                break;
        }
    }
    tend_recheck();
    tend_live();
}

// Rows that went bad on the device are found, and loaded anew, by an idle replica.
void SyncLoop::tend_recheck() {
    if (is_working() || now_ms() < m_recheck_at_ms || !m_store.is_ready()) return;
    const DurationMs end_ms = now_ms() + limits::store_step_ms_max;
    const auto bad = m_store.recheck([this, end_ms] { return now_ms() >= end_ms; });
    m_recheck_at_ms = now_ms() + (bad ? limits::recheck_period_ms : limits::recheck_pause_ms);
    if (!bad || bad->empty()) return;
    m_events.trouble("stream sum", "the rows of " + bad->front() + " are not those that were stored");
    if (m_store.want_repair(*bad).value_or(false)) m_state.on_hint(now_ms());
}

// ---- Exchanges ----

void SyncLoop::send(Exchange exchange, platform::TransportRequest request) {
    auto running = std::make_shared<Exchange>(std::move(exchange));
    // A reply that comes after cancel() finds its exchange gone.
    const std::weak_ptr<Exchange> weak = running;
    platform::TransportHandlers handlers;
    handlers.head = [weak](const platform::TransportHead& head) {
        if (const auto held = weak.lock()) held->head = head;
    };
    handlers.chunk = [weak](std::string_view bytes) {
        const auto held = weak.lock();
        if (!held) return;
        if (held->body.size() + bytes.size() > held->bytes_max) {
            held->outcome = fail(ErrorCode::resource_exhausted, "the reply is larger than any of ours");
            return;
        }
        held->body += bytes;
    };
    handlers.done = [weak, wake = m_events.wake](Status status) {
        const auto held = weak.lock();
        if (!held) return;
        if (held->outcome) held->outcome = std::move(status);
        held->is_done = true;
        wake();
    };
    m_exchange = running;
    running->request = m_transport.send(std::move(request), std::move(handlers));
}

void SyncLoop::end(ExchangeEnd end, DurationMs retry_after_ms) {
    m_exchange.reset();
    m_state.on_exchange_end(end, now_ms(), retry_after_ms);
}

ExchangeEnd SyncLoop::end_of_status(int status) const {
    if (status == platform::http_unauthorized) return ExchangeEnd::signed_out;
    if (status == platform::http_upgrade_required) return ExchangeEnd::reload_needed;
    if (status == platform::http_too_many || status >= platform::http_server_error || status == 0)
        return ExchangeEnd::transient;
    return ExchangeEnd::refused;
}

void SyncLoop::finish_exchange() {
    if (!m_exchange->outcome) {
        end(ExchangeEnd::transient);
        return;
    }
    if (m_exchange->kind == Kind::pull)
        finish_pull();
    else
        finish_push();
}

void SyncLoop::start_pull() {
    const std::string token = m_store.replica().state().staged_next_page;
    if (token.empty()) m_progress = {};
    ask_for_page(token, limits::pull_page_bytes_default);
}

void SyncLoop::ask_for_page(const std::string& token, std::size_t bytes_max) {
    const store::ReplicaState& replica = m_store.replica().state();
    wire::PullRequest request;
    request.client = replica.client;
    request.epoch = replica.epoch;
    request.seq = replica.cursor;
    request.set = replica.permission_set;
    request.max_bytes = static_cast<std::int64_t>(bytes_max);
    request.page = token;
    request.repair = store::streams_to_repair(replica);
    Exchange exchange;
    exchange.kind = Kind::pull;
    exchange.bytes_max = limits::pull_reply_bytes_max;
    exchange.is_first_page = token.empty();
    platform::TransportRequest sent;
    sent.path = pull_path;
    sent.body = wire::encode(request);
    send(std::move(exchange), std::move(sent));
}

void SyncLoop::finish_pull() {
    const platform::TransportHead head = m_exchange->head;
    if (head.status == platform::http_conflict) {
        // The page token no longer applies: from the cursor again.
        (void)m_store.discard_staging();
        end(ExchangeEnd::transient);
        return;
    }
    if (head.status != platform::http_ok) {
        const ExchangeEnd outcome = end_of_status(head.status);
        if (outcome == ExchangeEnd::refused) m_events.trouble("pull refused", std::to_string(head.status));
        end(outcome, head.retry_after_ms);
        return;
    }
    auto page = store::check_page(m_exchange->body);
    if (!page) {
        m_events.trouble("pull page", page.error().message);
        end(ExchangeEnd::transient);
        return;
    }
    if (const Id& user = m_store.replica().state().user; !user.empty() && page->begin.user != user) {
        const Id other = page->begin.user;
        end(ExchangeEnd::refused);
        m_events.other_user(other);
        return;
    }
    m_progress.rows += page->end.rows;
    m_progress.about_rows = std::max(m_progress.about_rows, page->begin.about_rows);
    ++m_progress.pages;
    if (page->end.more && !m_store.is_first_load()) {
        if (const auto staged = m_store.stage_page(m_exchange->body, *page, m_exchange->is_first_page); !staged) {
            fail_write("pull staging", staged.error());
            return;
        }
        m_events.wrote(false);
        end(ExchangeEnd::more);
        return;
    }
    const bool is_first = m_exchange->is_first_page;
    if (is_first && !m_store.is_first_load() && m_store.replica().staged_page_count() > 0)
        (void)m_store.discard_staging();
    const std::string next_page = page->end.more ? page->end.page : std::string();
    m_applying = Applying::of_exchange;
    m_store.begin_apply({std::move(m_exchange->body), std::move(*page), is_first});
    m_exchange.reset();
    // The server makes the next page while this one is stored.
    if (!next_page.empty()) ask_for_page(next_page, limits::first_load_page_bytes);
}

void SyncLoop::finish_apply(store::ApplyEnd apply) {
    const bool is_of_exchange = std::exchange(m_applying, Applying::nothing) == Applying::of_exchange;
    if (!apply.status) {
        if (is_of_exchange) cancel_exchange();
        // A first load goes on with the page for which there was no room.
        const bool may_go_on = m_store.is_first_load() && apply.status.error().code == ErrorCode::storage_full;
        if (!may_go_on) (void)m_store.discard_staging();
        if (is_of_exchange) fail_write("pull apply", apply.status.error());
        return;
    }
    m_events.wrote(false);
    // The exchange with the next page goes on.
    if (apply.is_unfinished) return;
    m_store.scrub_when_due();
    if (apply.epoch_changed) m_state.on_renewed(now_ms());
    bool again = false;
    if (!apply.bad_sums.empty()) {
        m_events.trouble("stream sum", apply.bad_sums.front());
        again = m_store.want_repair(apply.bad_sums).value_or(false);
    }
    if (is_of_exchange) end(again ? ExchangeEnd::more : ExchangeEnd::done);
}

// Nothing is lost by it: what could not be written is asked for again.
void SyncLoop::fail_write(std::string_view what, const Error& error) {
    const bool is_full = error.code == ErrorCode::storage_full;
    m_events.trouble(what, error.message);
    if (is_full) m_events.wrote(true);
    end(is_full ? ExchangeEnd::unsaved : ExchangeEnd::transient);
}

void SyncLoop::start_push() {
    const std::vector<store::OutboxEntry> entries = m_store.outbox().pending(m_batch_max);
    if (entries.empty()) {
        m_state.on_nothing_to_push();
        return;
    }
    wire::PushRequest request;
    request.client = m_store.replica().state().client;
    // A server that was restored finds a gap in the numbers of whoever it has met; the others say what they know of it.
    // Whose pulls are refused never learns of another epoch, and still gets the edits out.
    const bool is_unmet = m_store.replica().state().acked_mid == 0;
    if (is_unmet && m_state.phase() != Phase::reload_needed) request.epoch = m_store.replica().state().epoch;
    request.acked = m_store.replica().state().acked_mid;
    std::size_t bytes = 0;
    for (const store::OutboxEntry& entry : entries) {
        bytes += wire::encode(entry.mutation).size();
        // At least one; a batch that would not pass the server's cap is cut before it.
        if (!request.mutations.empty() && bytes > limits::request_body_bytes_max / 2) break;
        request.mutations.push_back(entry.mutation);
    }
    Exchange exchange;
    exchange.kind = Kind::push;
    exchange.bytes_max = limits::push_reply_bytes_max;
    exchange.mutations = request.mutations.size();
    if (const auto marked = m_store.mark_sent(request.mutations.front().mid, request.mutations.back().mid); !marked) {
        fail_write("push", marked.error());
        return;
    }
    platform::TransportRequest sent;
    sent.path = push_path;
    sent.body = wire::encode(request);
    send(std::move(exchange), std::move(sent));
}

void SyncLoop::finish_push() {
    const platform::TransportHead head = m_exchange->head;
    if (head.status == platform::http_forbidden) {
        // A copied profile, or another user has signed in beside us.
        end(ExchangeEnd::transient, head.retry_after_ms);
        m_events.refused_client();
        return;
    }
    if (head.status == platform::http_bad_request || head.status == platform::http_too_large ||
        head.status == platform::http_unprocessable) {
        refuse_batch(head.status);
        return;
    }
    if (head.status != platform::http_ok) {
        end(end_of_status(head.status), head.retry_after_ms);
        return;
    }
    const auto response = wire::decode_push_response(m_exchange->body);
    if (!response) {
        m_events.trouble("push reply", response.error().message);
        end(ExchangeEnd::transient);
        return;
    }
    if (const auto taken = m_store.take_push_results(*response); !taken) {
        fail_write("push results", taken.error());
        return;
    }
    m_events.wrote(false);
    if (response->renew_client) {
        if (response->epoch != m_store.replica().state().epoch) {
            // A restore has undone edits that come before these: the pull finds it, and offers them first.
            m_state.on_hint(now_ms());
            end(ExchangeEnd::transient);
            return;
        }
        if (const auto renewed = m_store.renew_client(store::Journal::keep); !renewed)
            fail_write("client renewal", renewed.error());
        else
            end(ExchangeEnd::more);
        return;
    }
    if (response->results.empty()) {
        end(ExchangeEnd::transient);
        return;
    }
    m_batch_max = limits::push_mutations_max;
    end(m_store.outbox().pending_count() > 0 ? ExchangeEnd::more : ExchangeEnd::done);
}

// Halves the batch until the one mutation that the server cannot read stands alone; that one goes to the tray.
void SyncLoop::refuse_batch(int status) {
    if (m_exchange->mutations > 1) {
        m_batch_max = std::max<std::size_t>(1, m_exchange->mutations / 2);
        end(ExchangeEnd::more);
        return;
    }
    const auto entries = m_store.outbox().pending(1);
    check(!entries.empty(), "the mutation that was sent is pending");
    m_events.trouble("push refused", std::to_string(status));
    const auto refused = m_store.refuse_poison(entries.front(), "the server answered " + std::to_string(status));
    m_batch_max = limits::push_mutations_max;
    end(refused ? ExchangeEnd::more : ExchangeEnd::transient);
}

// ---- Inputs ----

void SyncLoop::on_local_edit() {
    m_state.on_local_edit(now_ms());
}

void SyncLoop::set_forced_offline(bool offline) {
    if (offline) {
        // A pull that is being applied is local work and ends by itself; its end is not an exchange's any more.
        cancel_exchange();
        end_live();
    }
    m_state.on_forced_offline(offline, now_ms());
}

void SyncLoop::set_online(bool online) {
    m_state.on_online(online, now_ms());
    if (online) m_live_retry_at_ms = now_ms();
}

void SyncLoop::set_visible(bool visible) {
    m_visible = visible;
    m_state.on_visibility(visible ? Visibility::visible : Visibility::hidden, now_ms());
    if (!visible) end_live();
    m_live_retry_at_ms = now_ms();
}

void SyncLoop::sync_now() {
    m_state.on_wish(now_ms());
}

// ---- Hints ----

void SyncLoop::end_live() {
    if (m_live != 0) m_transport.unsubscribe(m_live);
    m_live = 0;
    m_state.on_live(false);
}

bool SyncLoop::is_live_wanted() const {
    return m_live == 0 && m_visible && m_state.link() == Link::up && !m_state.forced_offline() &&
           m_state.phase() != Phase::signed_out && m_state.phase() != Phase::reload_needed;
}

void SyncLoop::tend_live() {
    if (!is_live_wanted() || now_ms() < m_live_retry_at_ms) return;
    m_live = m_transport.subscribe(
        std::string(live_path),
        [this](std::string_view event, std::string_view) {
            m_live_failures = 0;
            m_state.on_live(true);
            // What changed before the stream was open was hinted to nobody.
            if (event == "open" || event == "hint" || event == "resync") m_state.on_hint(now_ms());
            m_events.wake();
        },
        [this](const Status&) {
            m_live = 0;
            m_state.on_live(false);
            m_live_retry_at_ms = now_ms() + retry_delay_ms(m_live_failures++, limits::retry_delay_ms_max, m_random);
            m_state.pull_by(m_live_retry_at_ms);
            m_events.wake();
        });
}

}  // namespace portal::sync
