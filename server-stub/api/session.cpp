// Signing in and out.
//
//   POST session: count the attempt (commit) -> verify on a password worker -> open the session or audit the refusal
//
// An unknown address costs the same Argon2id as a known one, and the attempt is counted before it is looked at.
#include "server-stub/api/handlers.hpp"
#include "server-stub/api/json_body.hpp"
#include "server-stub/api/sign_in.hpp"
#include "server-stub/auth/throttle.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {
namespace {

// A hash of nothing anybody knows, with the parameters of make_argon2id_hasher(): verified in place of a missing one.
constexpr std::string_view nobody_hash =
    "$argon2id$v=19$m=19456,t=2,p=1$J49IfLBtpm4esy6JbsyUhA$rhp2eIUL8B+VKReZf9jwDvdIeDc/8tzzdDeE1vMfd/g";

struct Attempt {
    Services& services;
    Request request;
    Respond respond;
    std::string email, password;
    AttemptKeys keys;
    DurationMs wait_ms = 0;
    Id user;           // Empty for an unknown or disabled one.
    std::string hash;  // To verify against.
};

void refuse_attempt(const std::shared_ptr<Attempt>& attempt) {
    const InstantMs now_ms = attempt->services.clock.now_ms();
    const auto run = [attempt, now_ms](WriteTransaction& writes) -> Status {
        writes.accounts().add_audit(
            {now_ms, attempt->user, "session.refused", attempt->user, attempt->request.address, {}});
        return {};
    };
    const auto done = [attempt](const Status&) {
        attempt->respond(error_response({ErrorCode::unauthenticated, "the e-mail address or the password is wrong"}));
    };
    if (!attempt->services.writer.submit({run, done, 1})) done({});
}

void verify_attempt(const std::shared_ptr<Attempt>& attempt) {
    const bool matches = attempt->services.passwords.verify(attempt->hash, attempt->password);
    if (!matches || attempt->user.empty()) return refuse_attempt(attempt);
    sign_in_by(attempt->services, attempt->request, attempt->respond,
               [attempt](WriteTransaction& writes) -> Result<Id> {
                   // Disabled in the meantime?
                   if (!writes.view().caller(attempt->user))
                       return fail(ErrorCode::unauthenticated, "the e-mail address or the password is wrong");
                   forgive(writes, attempt->keys.account);
                   // An office signs in from one address all day; guesses from there still count.
                   if (!attempt->keys.address.empty()) take_back_attempt(writes, attempt->keys.address);
                   return attempt->user;
               });
}

Status look_up(const std::shared_ptr<Attempt>& attempt, WriteTransaction& writes) {
    attempt->wait_ms = begin_attempt(writes, attempt->keys, attempt->services.clock.now_ms());
    const auto user = writes.view().accounts().user_by_email(attempt->email);
    const auto hash = user ? writes.view().accounts().password_hash(user->id) : std::nullopt;
    attempt->user = user && hash && !user->disabled ? user->id : Id();
    attempt->hash = attempt->user.empty() ? std::string(nobody_hash) : *hash;
    return {};
}

void after_look_up(const std::shared_ptr<Attempt>& attempt, const Status& status) {
    if (!status) return attempt->respond(error_response(status.error()));
    if (attempt->wait_ms > 0) return attempt->respond(throttled_response(attempt->wait_ms));
    if (!attempt->services.password_workers.submit([attempt] { verify_attempt(attempt); }))
        attempt->respond(error_response({ErrorCode::unavailable, "too many people are signing in; try again"}));
}

Status open_session_of(const Exchange& exchange, const Respond& respond) {
    PORTAL_TRY(check_channel(exchange.request));
    PORTAL_TRY_ASSIGN(body, JsonBody::parse(exchange.request.body));
    PORTAL_TRY_ASSIGN(email, body.text("email", limits::short_text_bytes_max));
    PORTAL_TRY_ASSIGN(password, body.text("password", limits::password_bytes_max));
    const AttemptKeys keys{throttle_key(ThrottleKind::account, email),
                           throttle_key(ThrottleKind::address, exchange.request.address)};
    auto attempt = std::make_shared<Attempt>(
        Attempt{exchange.services, exchange.request, respond, email, password, keys, 0, {}, {}});
    const auto run = [attempt](WriteTransaction& writes) { return look_up(attempt, writes); };
    const auto done = [attempt](Status status) { after_look_up(attempt, status); };
    return exchange.services.writer.submit({run, done, 1});
}

Status open_demo_session(const Exchange& exchange, const Respond& respond) {
    PORTAL_TRY(check_channel(exchange.request));
    PORTAL_TRY_ASSIGN(body, JsonBody::parse(exchange.request.body));
    PORTAL_TRY_ASSIGN(account, body.text("account", limits::short_text_bytes_max));
    const auto snapshot = exchange.services.repository.read();
    if (snapshot->tenant_kind() != TenantKind::demo)
        return fail(ErrorCode::not_found, "there is nothing at this address");
    bool offered = false;
    for (const DemoAccount& demo : snapshot->accounts().demo_accounts())
        offered = offered || demo.user == account;
    if (!offered) return fail(ErrorCode::not_found, "there is no such demo account");
    sign_in_by(exchange.services, exchange.request, respond, [account](WriteTransaction& writes) -> Result<Id> {
        if (!writes.view().caller(account)) return fail(ErrorCode::not_found, "there is no such demo account");
        return account;
    });
    return {};
}

enum class Ending : std::uint8_t { this_session, all_sessions };

void end(const Exchange& exchange, const Respond& respond, Ending ending) {
    const CookieKind kind = cookie_of(exchange.request);
    const auto done = [kind, respond](Status status) {
        if (!status) return respond(error_response(status.error()));
        respond({204, "", {{"Set-Cookie", ended_cookie(kind)}, {"Cache-Control", "no-store"}}, ""});
    };
    const Principal principal = exchange.principal;
    // Nobody is signed in, so the cookie alone is left to be cleared.
    if (!principal.signed_in) return done({});
    const InstantMs now_ms = exchange.services.clock.now_ms();
    const auto run = [principal, now_ms, ending,
                      address = exchange.request.address](WriteTransaction& writes) -> Status {
        const Id& user = principal.caller.user;
        if (ending == Ending::all_sessions)
            writes.accounts().remove_sessions_of(user);
        else
            writes.accounts().remove_session(principal.session);
        writes.accounts().add_audit(
            {now_ms, user, "session.end", user, address, ending == Ending::all_sessions ? "everywhere" : ""});
        return {};
    };
    if (auto status = exchange.services.writer.submit({run, done, 1}); !status)
        respond(error_response({ErrorCode::unavailable, status.error().message}));
}

}  // namespace

void handle_session_open(const Exchange& exchange, Respond respond) {
    if (auto status = open_session_of(exchange, respond); !status) respond(error_response(status.error()));
}

void handle_demo_session_open(const Exchange& exchange, Respond respond) {
    if (auto status = open_demo_session(exchange, respond); !status) respond(error_response(status.error()));
}

void handle_session_get(const Exchange& exchange, Respond respond) {
    const auto snapshot = exchange.services.repository.read();
    Response response = json_response(200, session_json(*snapshot, exchange.services, exchange.principal.caller.user));
    response.headers.emplace_back("Cache-Control", "no-store");
    respond(std::move(response));
}

void handle_session_end(const Exchange& exchange, Respond respond) {
    end(exchange, respond, Ending::this_session);
}
void handle_sessions_end(const Exchange& exchange, Respond respond) {
    end(exchange, respond, Ending::all_sessions);
}

}  // namespace portal::server
