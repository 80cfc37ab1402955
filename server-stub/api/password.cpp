// Setting a password, by a one-time link or by knowing the present one. Hashing is a worker's job.
#include "server-stub/api/handlers.hpp"
#include "server-stub/api/json_body.hpp"
#include "server-stub/api/sign_in.hpp"
#include "server-stub/auth/accounts.hpp"
#include "server-stub/auth/throttle.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {
namespace {

struct Change {
    Services& services;
    Request request;
    Respond respond;
    AttemptKeys keys;
    std::string token_hash;  // Of the link; empty when `user` changes their own.
    Id user;
    std::string current, password;
    DurationMs wait_ms = 0;
    std::optional<std::string> current_hash;
    std::optional<Error> refusal;
};

constexpr std::string_view stale_link = "this link has been used or is older than a day: ask for a new one";

// In the writer's transaction: counts the attempt and finds whose password it is.
Status look_up(const std::shared_ptr<Change>& change, WriteTransaction& writes) {
    const InstantMs now_ms = change->services.clock.now_ms();
    change->wait_ms = begin_attempt(writes, change->keys, now_ms);
    AccountReads& accounts = writes.view().accounts();
    if (!change->token_hash.empty()) {
        const auto link = accounts.link(change->token_hash);
        if (link && link->expires_ms > now_ms)
            change->user = link->user;
        else
            change->refusal = Error{ErrorCode::permission_denied, std::string(stale_link)};
    } else {
        change->current_hash = accounts.password_hash(change->user);
    }
    if (change->refusal) return {};
    const auto row = writes.get(Entity::user, change->user);
    const std::string email = row ? from_row<User>(*row).email : std::string();
    if (auto status = check_new_password(change->password, email); !status) change->refusal = status.error();
    return {};
}

Result<Id> store(const std::shared_ptr<Change>& change, const std::string& hash, WriteTransaction& writes) {
    const InstantMs now_ms = change->services.clock.now_ms();
    // A link works once: of two that race, the second finds it gone.
    if (!change->token_hash.empty() && !writes.view().accounts().link(change->token_hash))
        return fail(ErrorCode::permission_denied, std::string(stale_link));
    if (!writes.view().caller(change->user))
        return fail(ErrorCode::permission_denied, "this account is closed: ask an administrator");
    set_password(writes, change->user, hash, change->user, now_ms);
    for (const std::string& key : {change->keys.account, change->keys.address})
        if (!key.empty()) forgive(writes, key);
    return change->user;
}

void hash_and_store(const std::shared_ptr<Change>& change) {
    PasswordHasher& passwords = change->services.passwords;
    const bool own = change->token_hash.empty();
    if (own && !(change->current_hash && passwords.verify(*change->current_hash, change->current)))
        return change->respond(error_response({ErrorCode::permission_denied, "the present password is wrong"}));
    auto hash = passwords.hash(change->password);
    if (!hash) return change->respond(error_response({ErrorCode::unavailable, hash.error().message}));
    sign_in_by(change->services, change->request, change->respond,
               [change, hash = *hash](WriteTransaction& writes) { return store(change, hash, writes); });
}

void after_look_up(const std::shared_ptr<Change>& change, const Status& status) {
    if (!status) return change->respond(error_response(status.error()));
    if (change->wait_ms > 0) return change->respond(throttled_response(change->wait_ms));
    if (change->refusal) return change->respond(error_response(*change->refusal));
    if (!change->services.password_workers.submit([change] { hash_and_store(change); }))
        change->respond(error_response({ErrorCode::unavailable, "too many people are signing in; try again"}));
}

Status submit(const std::shared_ptr<Change>& change) {
    const auto run = [change](WriteTransaction& writes) { return look_up(change, writes); };
    const auto done = [change](Status status) { after_look_up(change, status); };
    return change->services.writer.submit({run, done, 1});
}

Status redeem(const Exchange& exchange, const Respond& respond) {
    PORTAL_TRY(check_channel(exchange.request));
    PORTAL_TRY_ASSIGN(body, JsonBody::parse(exchange.request.body));
    PORTAL_TRY_ASSIGN(token, body.text("token", limits::short_text_bytes_max));
    PORTAL_TRY_ASSIGN(password, body.text("password", limits::password_bytes_max));
    auto change = std::make_shared<Change>(
        Change{exchange.services, exchange.request, respond, {}, hash_token(token), {}, {}, password, 0, {}, {}});
    change->keys.address = throttle_key(ThrottleKind::address, exchange.request.address);
    return submit(change);
}

Status change_own(const Exchange& exchange, const Respond& respond) {
    PORTAL_TRY_ASSIGN(body, JsonBody::parse(exchange.request.body));
    PORTAL_TRY_ASSIGN(current, body.text("current", limits::password_bytes_max));
    PORTAL_TRY_ASSIGN(password, body.text("password", limits::password_bytes_max));
    const Id& user = exchange.principal.caller.user;
    auto change = std::make_shared<Change>(
        Change{exchange.services, exchange.request, respond, {}, {}, user, current, password, 0, {}, {}});
    change->keys.account = "password:" + user;
    return submit(change);
}

}  // namespace

void handle_password_redeem(const Exchange& exchange, Respond respond) {
    if (auto status = redeem(exchange, respond); !status) respond(error_response(status.error()));
}

void handle_password_change(const Exchange& exchange, Respond respond) {
    if (auto status = change_own(exchange, respond); !status) respond(error_response(status.error()));
}

}  // namespace portal::server
