#include "app/follow/guest_loop.hpp"

#include <algorithm>

#include "shared/base/limits.hpp"
#include "shared/wire/share_dataset_json.hpp"
#include "shared/wire/share_json.hpp"

namespace portal::follow {

using vm::GuestPhase;

// Wraps a callback so that it does nothing once the loop is gone, and goes on with what is next.
template <class Callback>
auto GuestLoop::guard(Callback callback) {
    return [alive = std::weak_ptr<int>(m_alive), this, callback = std::move(callback)](auto&&... arguments) {
        if (alive.expired()) return;
        callback(std::forward<decltype(arguments)>(arguments)...);
        step();
        publish();
        m_options.changed();
    };
}

GuestLoop::GuestLoop(GuestOptions options)
    : m_options(std::move(options)), m_state(m_options.token.empty() ? GuestToken::none : GuestToken::from_link) {}

GuestLoop::~GuestLoop() {
    if (m_stream != 0) m_options.transport->unsubscribe(m_stream);
    if (m_dataset_request != 0) m_options.transport->cancel(m_dataset_request);
}

std::optional<DurationMs> GuestLoop::step() {
    m_options.transport->poll();
    for (GuestTask task = m_state.next(now_ms()); task != GuestTask::none; task = m_state.next(now_ms()))
        begin(task);
    if (m_state.may_ask_datasets()) ask_next_dataset();
    if (const auto due_ms = m_state.due_ms()) return std::max<DurationMs>(1, *due_ms - now_ms());
    return std::nullopt;
}

void GuestLoop::begin(GuestTask task) {
    m_state.begin(task);
    switch (task) {
        case GuestTask::redeem:
            return redeem();
        case GuestTask::join:
            return join();
        case GuestTask::ask_session:
            return ask_session();
        case GuestTask::none:
            return;
    }
}

void GuestLoop::redeem() {
    platform::TransportRequest request;
    request.path = "/share/redeem";
    request.body = "{\"token\":\"" + m_options.token + "\"}";
    platform::ask(*m_options.transport, std::move(request), limits::error_message_bytes_max,
                  guard([this](const platform::HttpAnswer& answer) {
                      m_state.on_redeemed(answer.status, answer.retry_after_ms, now_ms(), *m_options.random);
                      if (m_state.phase() != GuestPhase::throttled && m_state.phase() != GuestPhase::away)
                          m_options.token.clear();
                  }));
}

std::string GuestLoop::address(std::string_view of_guest, std::string_view of_user) const {
    const Id& share = m_options.share;
    return share.empty() ? "/share/" + std::string(of_guest) : "/api/v1/shares/" + share + "/" + std::string(of_user);
}

void GuestLoop::join() {
    m_stream = m_options.transport->subscribe(
        address("live", "follow"),
        guard([this](std::string_view event, std::string_view data) { on_event(event, data); }),
        guard([this](const Status&) {
            m_stream = 0;
            m_part.is_recorded = false;
            m_state.on_stream_ended(now_ms(), *m_options.random);
        }));
}

void GuestLoop::on_event(std::string_view event, std::string_view data) {
    if (event == "recorded" || event == "unrecorded") m_part.is_recorded = event == "recorded";
    if (event != "state" && event != "ptr") return m_state.on_event(event);
    auto show = wire::decode_share_show(data);
    if (!show) return m_options.trouble("shared view", show.error().message);
    const bool is_news = show->state && (!m_part.shown || m_part.shown->q < show->state->q);
    if (is_news) m_part.shown = std::move(show->state);
    if (show->pointer) m_part.pointer = std::move(show->pointer);
}

void GuestLoop::ask_session() {
    platform::TransportRequest request;
    request.method = "GET";
    request.path = address("session", "follower");
    platform::ask(*m_options.transport, std::move(request), limits::share_session_bytes_max,
                  guard([this](const platform::HttpAnswer& answer) { on_session(answer); }));
}

void GuestLoop::on_session(const platform::HttpAnswer& answer) {
    int status = answer.status;
    // For a user it is not there any more; a guest's cookie is good for nothing then.
    if (status == platform::http_not_found) status = platform::http_unauthorized;
    if (status == platform::http_ok) {
        auto session = wire::decode_share_guest_session(answer.body);
        if (session)
            m_part.session = std::make_shared<const ShareGuestSession>(std::move(*session));
        else
            m_options.trouble("shared view", session.error().message);
        // What cannot be read is as good as no answer.
        if (!session) status = 0;
    }
    m_state.on_session(status, now_ms(), *m_options.random);
    if (status == platform::http_ok && !m_name.empty()) tell_name();
}

bool GuestLoop::is_fresh(ShareView view, const Id& practice) const {
    return std::any_of(m_kept.begin(), m_kept.end(), [&](const Kept& kept) {
        return kept.dataset->view == view && kept.dataset->practice == practice &&
               kept.generation == m_state.generation();
    });
}

// What is looked at, then the other views of its practice: those are a press away.
void GuestLoop::ask_next_dataset() {
    if (m_dataset_request != 0 || m_practice.empty()) return;
    const std::vector<ShareView>& views = m_part.session->views;
    std::optional<ShareView> wanted;
    if (!is_fresh(m_view, m_practice)) wanted = m_view;
    for (const ShareView view : views)
        if (!wanted && !is_fresh(view, m_practice)) wanted = view;
    if (!wanted) return;
    platform::TransportRequest request;
    request.method = "GET";
    request.path = "/share/dataset?view=" + std::string(text_of(*wanted)) + "&practice=" + m_practice;
    m_dataset_request = platform::ask(*m_options.transport, std::move(request), limits::share_dataset_bytes_max,
                                      guard([this, view = *wanted, practice = m_practice,
                                             generation = m_state.generation()](const platform::HttpAnswer& answer) {
                                          m_dataset_request = 0;
                                          on_dataset(view, practice, generation, answer);
                                      }));
}

void GuestLoop::on_dataset(ShareView view, const Id& practice, std::int64_t generation,
                           const platform::HttpAnswer& answer) {
    if (!m_state.may_ask_datasets()) return;
    auto dataset = answer.status == platform::http_ok ? wire::decode_share_dataset(answer.body)
                                                      : Result<ShareDataset>(fail(ErrorCode::unavailable, {}));
    if (dataset && (dataset->view != view || dataset->practice != practice))
        dataset = fail(ErrorCode::corrupted, "another dataset came than was asked for");
    if (!dataset) {
        if (answer.status == platform::http_ok) m_options.trouble("shared view", dataset.error().message);
        return m_state.on_dataset_refused(answer.status == platform::http_ok ? 0 : answer.status, now_ms(),
                                          *m_options.random);
    }
    std::erase_if(m_kept,
                  [&](const Kept& kept) { return kept.dataset->view == view && kept.dataset->practice == practice; });
    m_part.server_now_ms = std::max(m_part.server_now_ms, dataset->as_of_ms);
    m_kept.push_back({std::make_shared<const ShareDataset>(std::move(*dataset)), generation});
}

// While paused, and after the end, nothing of the datasets stays here. What is no longer shared goes too.
void GuestLoop::publish() {
    m_part.phase = m_state.phase();
    const auto due_ms = m_state.due_ms();
    m_part.wait_ms = due_ms ? std::max<DurationMs>(0, *due_ms - now_ms()) : 0;
    if (m_state.is_over()) {
        m_part.session.reset();
        if (m_stream != 0) m_options.transport->unsubscribe(std::exchange(m_stream, 0));
    }
    if (m_state.is_over() || m_part.phase == GuestPhase::paused) {
        m_kept.clear();
        m_part.shown.reset();
        m_part.pointer.reset();
    }
    if (m_state.may_ask_datasets()) {
        const ShareGuestSession& session = *m_part.session;
        std::erase_if(m_kept, [&](const Kept& kept) {
            return std::ranges::find(session.views, kept.dataset->view) == session.views.end() ||
                   std::ranges::find(session.practices, kept.dataset->practice, &SharedPractice::id) ==
                       session.practices.end();
        });
    }
    m_part.datasets.clear();
    for (const Kept& kept : m_kept)
        m_part.datasets.push_back(kept.dataset);
}

void GuestLoop::look_at(ShareView view, const Id& practice) {
    if (view == m_view && practice == m_practice) return;
    m_view = view;
    m_practice = practice;
    // Practices that nobody looks at are read anew when somebody does.
    std::erase_if(m_kept, [&](const Kept& kept) { return kept.dataset->practice != practice; });
    publish();
    m_options.changed();
}

void GuestLoop::say_name(std::string name) {
    m_name = std::move(name);
    tell_name();
}

void GuestLoop::tell_name() {
    tell("PUT", "/share/name", wire::encode_follower_name(m_name));
}

void GuestLoop::react(ShareReaction reaction) {
    tell("POST", address("reactions", "reactions"), wire::encode(reaction));
}

// Nothing depends on its arrival.
void GuestLoop::tell(const char* method, std::string path, std::string body) {
    platform::TransportRequest request;
    request.method = method;
    request.path = std::move(path);
    request.body = std::move(body);
    platform::ask(*m_options.transport, std::move(request), limits::error_message_bytes_max,
                  [](const platform::HttpAnswer&) {});
}

void GuestLoop::try_now() {
    m_state.try_now();
    m_options.changed();
}

}  // namespace portal::follow
