#include "server-stub/api/sign_in.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server-stub/auth/throttle.hpp"

namespace portal::server {

std::string session_json(ReadSnapshot& view, const Services& services, const Id& user) {
    nlohmann::json body;
    if (const auto row = view.row(Entity::user, user)) {
        const auto record = from_row<User>(*row);
        body["user"] = {
            {"id", record.id}, {"name", record.name}, {"email", record.email}, {"language", record.language}};
    }
    body["demo"] = view.tenant_kind() == TenantKind::demo;
    body["lease_days"] = services.offline_lease_days;
    return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

CookieKind cookie_of(const Request& request) {
    return request.connection == ConnectionKind::tls ? CookieKind::host_prefixed : CookieKind::loopback;
}

Status check_channel(const Request& request) {
    if (request.connection != ConnectionKind::plain_remote) return {};
    return fail(ErrorCode::permission_denied,
                "signing in needs HTTPS, or the server's own machine: this connection is not encrypted");
}

Response throttled_response(DurationMs wait_ms) {
    const std::int64_t wait_s = std::max<std::int64_t>(1, (wait_ms + 999) / 1000);
    Response response = error_response(
        {ErrorCode::resource_exhausted, "too many attempts: wait " + std::to_string(wait_s) + " seconds"});
    response.headers = {{"Retry-After", std::to_string(wait_s)}};
    return response;
}

DurationMs begin_attempt(WriteTransaction& writes, const AttemptKeys& keys, InstantMs now_ms) {
    DurationMs wait_ms = 0;
    for (const std::string& key : {keys.account, keys.address})
        if (!key.empty()) wait_ms = std::max(wait_ms, throttle_wait_ms(writes.view(), key, now_ms));
    if (wait_ms > 0) return wait_ms;
    if (!keys.account.empty()) count_attempt(writes, keys.account, ThrottleKind::account, now_ms);
    if (!keys.address.empty()) count_attempt(writes, keys.address, ThrottleKind::address, now_ms);
    return 0;
}

void sign_in_by(Services& services, const Request& request, Respond respond,
                std::function<Result<Id>(WriteTransaction&)> work) {
    struct Opened {
        std::string token, json;
    };
    auto opened = std::make_shared<Opened>();
    const InstantMs now_ms = services.clock.now_ms();
    const CookieKind kind = cookie_of(request);
    // Whoever signs in leaves the session that this browser had before.
    const std::string former = token_in_cookies(request.cookie, kind);
    const auto run = [opened, now_ms, former, &services, address = request.address,
                      work = std::move(work)](WriteTransaction& writes) -> Status {
        PORTAL_TRY_ASSIGN(user, work(writes));
        if (!former.empty()) writes.accounts().remove_session(hash_token(former));
        opened->token = open_session(writes, user, now_ms, services.random);
        opened->json = session_json(writes.view(), services, user);
        writes.accounts().add_audit({now_ms, user, "session.open", user, address, {}});
        return {};
    };
    const auto done = [opened, kind, respond](Status status) {
        if (!status) return respond(error_response(status.error()));
        Response response = json_response(200, opened->json);
        response.headers = {{"Set-Cookie", session_cookie(opened->token, kind)}, {"Cache-Control", "no-store"}};
        respond(std::move(response));
    };
    if (auto status = services.writer.submit({run, done, 1}); !status)
        respond(error_response({ErrorCode::unavailable, status.error().message}));
}

}  // namespace portal::server
