#include "app/follow/presenter.hpp"

#include <algorithm>

#include "shared/base/limits.hpp"
#include "shared/rules/share_redaction.hpp"
#include "shared/wire/json_codec.hpp"
#include "shared/wire/share_dataset_json.hpp"
#include "shared/wire/share_json.hpp"

namespace portal::follow {

using vm::Asking;

namespace {

const std::string shares_path = "/api/v1/shares";

}  // namespace

Presenter::~Presenter() {
    if (m_preview_request != 0) m_transport.cancel(m_preview_request);
    if (m_marks_request != 0) m_transport.cancel(m_marks_request);
}

platform::RequestId Presenter::send(const char* method, std::string path, std::string body, std::size_t bytes_max,
                                    std::function<void(const platform::HttpAnswer&)> done) {
    platform::TransportRequest request;
    request.method = method;
    request.path = std::move(path);
    request.body = std::move(body);
    return platform::ask(
        m_transport, std::move(request), bytes_max,
        [this, alive = std::weak_ptr<int>(m_alive), done = std::move(done)](const platform::HttpAnswer& answer) {
            if (alive.expired()) return;
            done(answer);
            m_changed();
        });
}

// The server's own words say what it refused; without any it did not answer.
vm::Asking Presenter::refused_or_failed(const platform::HttpAnswer& answer) {
    if (answer.status < platform::http_bad_request || answer.status >= platform::http_server_error)
        return Asking::failed;
    const auto said = wire::decode_error(answer.body);
    m_part.refusal = said ? said->message : std::string();
    return Asking::refused;
}

void Presenter::preview(const ShareScope& scope) {
    if (m_preview_request != 0) m_transport.cancel(m_preview_request);
    m_part.preview = Asking::asking;
    m_part.previewed = scope;
    m_part.lines.clear();
    forget_link();
    m_preview_request =
        send("POST", shares_path + "/preview", wire::encode(wire::ShareRequest{scope, limits::share_ms_default}),
             limits::share_preview_bytes_max, [this](const platform::HttpAnswer& answer) { on_preview(answer); });
}

void Presenter::on_preview(const platform::HttpAnswer& answer) {
    m_preview_request = 0;
    auto datasets = answer.status == platform::http_ok
                        ? wire::decode_share_preview(answer.body)
                        : Result<std::vector<ShareDataset>>(fail(ErrorCode::unavailable, {}));
    if (!datasets) {
        m_part.preview = refused_or_failed(answer);
        return;
    }
    m_part.preview = Asking::known;
    m_part.lines = what_becomes_visible(m_part.previewed, *datasets);
}

void Presenter::mark(const ShareScope& scope) {
    const bool is_other = m_part.marked != scope;
    if (!is_other && m_clock.monotonic_ms() - m_marked_ms < limits::share_marks_period_ms) return;
    if (m_marks_request != 0) m_transport.cancel(m_marks_request);
    if (is_other) m_part.marks.clear();
    m_part.marked = scope;
    m_marked_ms = m_clock.monotonic_ms();
    m_marks_request =
        send("POST", shares_path + "/preview", wire::encode(wire::ShareRequest{scope, limits::share_ms_default}),
             limits::share_preview_bytes_max, [this](const platform::HttpAnswer& answer) { on_marks(answer); });
}

// Without an answer what is known stays.
void Presenter::on_marks(const platform::HttpAnswer& answer) {
    m_marks_request = 0;
    if (answer.status != platform::http_ok) return;
    const auto datasets = wire::decode_share_preview(answer.body);
    if (datasets) m_part.marks = what_becomes_visible(m_part.marked, *datasets);
}

void Presenter::make_link(const vm::ShareWish& wish) {
    if (m_part.link == Asking::asking) return;
    m_part.link = Asking::asking;
    m_part.made_link.clear();
    send("POST", shares_path, wire::encode(wire::ShareRequest{wish.scope, wish.duration_ms}),
         limits::share_request_bytes_max, [this](const platform::HttpAnswer& answer) { on_link(answer); });
}

void Presenter::on_link(const platform::HttpAnswer& answer) {
    auto made = answer.status == platform::http_created ? wire::decode_share_listing(answer.body)
                                                        : Result<ShareListing>(fail(ErrorCode::unavailable, {}));
    if (!made) {
        m_part.link = refused_or_failed(answer);
        return;
    }
    m_part.link = Asking::known;
    m_part.made_link = std::exchange(made->link, {});
    m_part.shares.insert(m_part.shares.begin(), std::move(*made));
    m_listed_ms = m_clock.monotonic_ms();
}

void Presenter::forget_link() {
    m_part.link = Asking::idle;
    m_part.made_link.clear();
    m_part.refusal.clear();
}

void Presenter::list() {
    if (m_is_listing) return;
    m_is_listing = true;
    if (m_part.list != Asking::known) m_part.list = Asking::asking;
    send("GET", shares_path, {}, limits::share_list_bytes_max,
         [this](const platform::HttpAnswer& answer) { on_list(answer); });
}

// What is known stays, also when it could not be asked anew.
void Presenter::on_list(const platform::HttpAnswer& answer) {
    m_is_listing = false;
    m_listed_ms = m_clock.monotonic_ms();
    auto shares = answer.status == platform::http_ok
                      ? wire::decode_share_list(answer.body)
                      : Result<std::vector<ShareListing>>(fail(ErrorCode::unavailable, {}));
    m_part.list = shares ? Asking::known : Asking::failed;
    if (shares) m_part.shares = std::move(*shares);
}

void Presenter::pause(const Id& share, bool paused) {
    change("PATCH", share, paused ? R"({"paused":true})" : R"({"paused":false})");
}

void Presenter::end(const Id& share) {
    change("DELETE", share, {});
}

void Presenter::hand_over(const Id& share, const Id& user) {
    if (m_part.handing == Asking::asking) return;
    m_part.handing = Asking::asking;
    send("PUT", shares_path + "/" + share + "/presenter", wire::encode_share_presenter(user),
         limits::error_message_bytes_max, [this](const platform::HttpAnswer& answer) {
             m_part.handing = answer.status == platform::http_no_content ? Asking::known : refused_or_failed(answer);
             list();
         });
}

void Presenter::change(const char* method, const Id& share, std::string body) {
    m_part.is_change_refused = false;
    send(method, shares_path + "/" + share, std::move(body), limits::error_message_bytes_max,
         [this](const platform::HttpAnswer& answer) {
             m_part.is_change_refused = answer.status != platform::http_no_content;
             list();
         });
}

std::optional<DurationMs> Presenter::step() {
    m_transport.poll();
    const ShareListing* live = m_part.live();
    if (live == nullptr) return std::nullopt;
    const DurationMs left_ms = m_listed_ms + limits::share_list_period_ms - m_clock.monotonic_ms();
    if (left_ms <= 0) list();
    return left_ms > 0 ? left_ms : limits::share_list_period_ms;
}

}  // namespace portal::follow
