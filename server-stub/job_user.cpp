// {"job":"user","action":"add|list|invite|disable|enable|reset",
// "email","name","title","role","scope","practice","vendor",
//  "language","first_admin","base_url","demo"}; scope is "tenant" or "<kind>:<external key or id>".
#include <nlohmann/json.hpp>

#include "server-stub/auth/accounts.hpp"
#include "server-stub/job.hpp"

namespace portal::server {

using nlohmann::json;

namespace {

Result<Id> resolve(ReadSnapshot& view, Entity entity, const std::string& name) {
    if (const auto row = view.row_by_external_key(entity, name)) return row->id;
    if (const auto row = view.row(entity, name)) return row->id;
    return fail(ErrorCode::not_found, "there is no " + std::string(descriptor_of(entity).name) + " '" + name + "'");
}

Result<NewUser> new_user_of(const json& request, ReadSnapshot& view) {
    NewUser user;
    user.email = request.value("email", "");
    user.name = request.value("name", "");
    user.title = request.value("title", "");
    user.language = request.value("language", "en");
    const auto role = parse_text<Role>(request.value("role", ""));
    if (!role) return fail(ErrorCode::invalid_argument, "unknown role '" + request.value("role", "") + "'");
    user.role = *role;
    const std::string scope = request.value("scope", "tenant");
    const auto colon = scope.find(':');
    const auto kind = parse_text<ScopeKind>(scope.substr(0, colon));
    if (!kind)
        return fail(ErrorCode::invalid_argument,
                    "unknown scope '" + scope + "'; for example practice:P-1001 or tenant");
    user.scope_kind = *kind;
    if (colon != std::string::npos) user.scope = scope.substr(colon + 1);
    if (*kind != ScopeKind::tenant && user.scope.empty())
        return fail(ErrorCode::invalid_argument,
                    "the scope '" + scope + "' names nothing; for example practice:P-1001");
    if (const auto entity = entity_of_scope(*kind)) {
        PORTAL_TRY_ASSIGN(id, resolve(view, *entity, user.scope));
        user.scope = id;
        // Staff of the place they are let into, unless told otherwise.
        if (*kind == ScopeKind::practice) user.practice = id;
        if (*kind == ScopeKind::vendor) user.vendor = id;
        if (*kind == ScopeKind::location)
            if (const auto row = view.row(Entity::location, id))
                user.practice = std::string(text_value(*row, "practice"));
    }
    if (const std::string name = request.value("practice", ""); !name.empty()) {
        PORTAL_TRY_ASSIGN(practice, resolve(view, Entity::practice, name));
        user.practice = practice;
    }
    if (const std::string name = request.value("vendor", ""); !name.empty()) {
        PORTAL_TRY_ASSIGN(vendor, resolve(view, Entity::vendor, name));
        user.vendor = vendor;
    }
    return user;
}

std::string link_text(const json& request, const Invitation& invitation, LinkPurpose purpose) {
    std::string base = request.value("base_url", "");
    while (base.ends_with('/'))
        base.pop_back();
    return base + "/sign-in#" + (purpose == LinkPurpose::invite ? "invite=" : "reset=") + invitation.token;
}

Status make_link(const json& request, JobContext& context,
                 const std::function<Result<Invitation>(WriteTransaction&)>& make, LinkPurpose purpose) {
    std::string link;
    PORTAL_TRY(context.write([&](WriteTransaction& writes) -> Status {
        PORTAL_TRY_ASSIGN(invitation, make(writes));
        link = link_text(request, invitation, purpose);
        return {};
    }));
    context.tell(JobOutput::progress, "One-time link, good for 24 hours; send it by a private way:");
    context.tell(JobOutput::result, link);
    return {};
}

Status add_user(const json& request, JobContext& context) {
    const InstantMs now_ms = context.clock.now_ms();
    if (request.value("first_admin", false))
        return make_link(
            request, context,
            [&](WriteTransaction& writes) {
                return bootstrap_admin(writes, request.value("email", ""), request.value("name", ""), now_ms,
                                       context.random);
            },
            LinkPurpose::invite);
    PORTAL_TRY_ASSIGN(user, new_user_of(request, *context.repository.read()));
    return make_link(
        request, context,
        [&](WriteTransaction& writes) { return invite_user(writes, user, {}, now_ms, context.random); },
        LinkPurpose::invite);
}

Status send_link(const json& request, JobContext& context, LinkPurpose purpose) {
    return make_link(
        request, context,
        [&](WriteTransaction& writes) {
            return reset_user(writes, request.value("email", ""), {}, context.clock.now_ms(), context.random);
        },
        purpose);
}

Status set_disabled(const json& request, JobContext& context, Disabled disabled) {
    const std::string email = request.value("email", "");
    PORTAL_TRY(context.write([&](WriteTransaction& writes) -> Status {
        const auto user = writes.view().accounts().user_by_email(email);
        if (!user) return fail(ErrorCode::not_found, "there is no user " + email);
        return set_user_disabled(writes, user->id, disabled, {}, context.clock.now_ms());
    }));
    context.tell(JobOutput::result, email + (disabled == Disabled::yes ? " is disabled; every session has ended."
                                                                       : " may sign in again."));
    return {};
}

std::string roles_of(ReadSnapshot& view, const Id& user) {
    std::string roles;
    view.each_row_where(Entity::grant, "user", Value{user}, [&](Row row) {
        const Grant grant = from_row<Grant>(row);
        roles += (roles.empty() ? "" : ", ") + std::string(text_of(grant.role)) + " of " +
                 std::string(text_of(grant.scope_kind)) + (grant.scope.empty() ? "" : " " + grant.scope);
    });
    return roles.empty() ? "no grant" : roles;
}

Status list_users(const json& request, JobContext& context) {
    const auto view = context.repository.read();
    if (request.value("demo", false)) {
        const auto accounts = view->accounts().demo_accounts();
        if (accounts.empty()) return fail(ErrorCode::not_found, "this is not a demo tenant");
        for (const DemoAccount& account : accounts) {
            std::string email = account.email;
            email.resize(std::max<std::size_t>(email.size(), 34), ' ');
            context.tell(JobOutput::result, email + " " + account.name + ": " + account.sees);
        }
        return {};
    }
    view->each_row(Entity::user, [&](Row row) {
        const User user = from_row<User>(row);
        context.tell(JobOutput::result, user.email + "\t" + user.name + "\t" + roles_of(*view, user.id) +
                                            (user.disabled ? "\tdisabled" : ""));
    });
    return {};
}

}  // namespace

int run_user_job(const json& request, JobContext& context) {
    const std::string action = request.value("action", "");
    Status status = fail(ErrorCode::invalid_argument, "unknown action '" + action + "'");
    if (action == "add") status = add_user(request, context);
    if (action == "list") status = list_users(request, context);
    if (action == "invite") status = send_link(request, context, LinkPurpose::invite);
    if (action == "reset") status = send_link(request, context, LinkPurpose::reset);
    if (action == "disable") status = set_disabled(request, context, Disabled::yes);
    if (action == "enable") status = set_disabled(request, context, Disabled::no);
    if (status) return 0;
    context.tell(JobOutput::progress, "error: " + status.error().message);
    return 1;
}

}  // namespace portal::server
