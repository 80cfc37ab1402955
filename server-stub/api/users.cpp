// Administration of people: inviting, disabling and enabling them.
#include "server-stub/api/handlers.hpp"
#include "server-stub/api/json_body.hpp"
#include "server-stub/auth/accounts.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {
namespace {

Result<NewUser> read_user(const std::string& text) {
    constexpr std::size_t most = limits::short_text_bytes_max;
    PORTAL_TRY_ASSIGN(body, JsonBody::parse(text));
    NewUser user;
    PORTAL_TRY_ASSIGN(email, body.text("email", most));
    PORTAL_TRY_ASSIGN(name, body.text("name", most));
    PORTAL_TRY_ASSIGN(title, body.text_or_empty("title", most));
    PORTAL_TRY_ASSIGN(language, body.text_or_empty("language", most));
    PORTAL_TRY_ASSIGN(role, body.text("role", most));
    PORTAL_TRY_ASSIGN(scope_kind, body.text("scope_kind", most));
    PORTAL_TRY_ASSIGN(scope, body.text_or_empty("scope", most));
    PORTAL_TRY_ASSIGN(practice, body.text_or_empty("practice", most));
    PORTAL_TRY_ASSIGN(vendor, body.text_or_empty("vendor", most));
    const auto parsed_role = parse_text<Role>(role);
    const auto parsed_kind = parse_text<ScopeKind>(scope_kind);
    if (!parsed_role) return fail(ErrorCode::invalid_argument, "'role' is not a role");
    if (!parsed_kind) return fail(ErrorCode::invalid_argument, "'scope_kind' is not a kind of scope");
    return NewUser{email, name,     title, language.empty() ? "en" : language, *parsed_role, *parsed_kind,
                   scope, practice, vendor};
}

// Runs `work` in a write job, unless the caller has lost the role while the request waited.
void as_administrator(const Exchange& exchange, const Respond& respond, std::function<Status(WriteTransaction&)> work,
                      std::function<Response()> answer) {
    const auto run = [user = exchange.principal.caller.user,
                      work = std::move(work)](WriteTransaction& writes) -> Status {
        const auto caller = writes.view().caller(user);
        if (!caller || !caller->has_role(Role::admin))
            return fail(ErrorCode::permission_denied, "only an administrator may do this");
        return work(writes);
    };
    const auto done = [respond, answer = std::move(answer)](Status status) {
        respond(status ? answer() : error_response(status.error()));
    };
    if (auto status = exchange.services.writer.submit({run, done, 1}); !status)
        respond(error_response({ErrorCode::unavailable, status.error().message}));
}

}  // namespace

void handle_user_invite(const Exchange& exchange, Respond respond) {
    const auto user = read_user(exchange.request.body);
    if (!user) return respond(error_response(user.error()));
    auto invitation = std::make_shared<Invitation>();
    Services& services = exchange.services;
    const auto work = [&services, invitation, user = *user, actor = exchange.principal.caller.user,
                       now_ms = services.clock.now_ms()](WriteTransaction& writes) -> Status {
        PORTAL_TRY_ASSIGN(made, invite_user(writes, user, actor, now_ms, services.random));
        *invitation = made;
        return {};
    };
    // The token is in the fragment, which no server and no log ever sees.
    const auto answer = [invitation] {
        return json_response(
            201, json_object({{"user", invitation->user}, {"link", "/sign-in#invite=" + invitation->token}}));
    };
    as_administrator(exchange, respond, work, answer);
}

void handle_user_change(const Exchange& exchange, Respond respond) {
    const auto body = JsonBody::parse(exchange.request.body);
    if (!body) return respond(error_response(body.error()));
    const auto disabled = body->flag("disabled");
    if (!disabled) return respond(error_response(disabled.error()));
    const Id user(exchange.parameter), actor = exchange.principal.caller.user;
    if (user == actor && *disabled)
        return respond(error_response({ErrorCode::precondition_failed, "nobody closes their own account"}));
    const auto work = [user, actor, state = *disabled ? Disabled::yes : Disabled::no,
                       now_ms = exchange.services.clock.now_ms()](WriteTransaction& writes) {
        return set_user_disabled(writes, user, state, actor, now_ms);
    };
    as_administrator(exchange, respond, work, [] { return Response{204, "", {}, ""}; });
}

}  // namespace portal::server
