#include "server-stub/auth/accounts.hpp"

#include <algorithm>

#include "server-stub/auth/sessions.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {
namespace {

// Enough to catch a slip; whether an address exists is told by its mailbox only.
bool looks_like_email(std::string_view email) {
    const std::size_t at = email.find('@');
    const bool printable = std::all_of(email.begin(), email.end(), [](unsigned char c) { return c > ' ' && c != 127; });
    return printable && email.size() <= limits::short_text_bytes_max && at != std::string_view::npos && at > 0 &&
           at + 1 < email.size() && email.find('@', at + 1) == std::string_view::npos;
}

bool is_clean_text(std::string_view text) {
    return !text.empty() && text.size() <= limits::short_text_bytes_max &&
           std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 127; });
}

Status check_scope(ReadSnapshot& view, const NewUser& user) {
    if ((user.scope_kind == ScopeKind::tenant) != user.scope.empty())
        return fail(ErrorCode::invalid_argument, "a grant names a scope, or the whole tenant");
    if (const auto entity = entity_of_scope(user.scope_kind); entity && !view.row(*entity, user.scope))
        return fail(ErrorCode::invalid_argument, "the grant's scope does not exist");
    if (!user.practice.empty() && !view.row(Entity::practice, user.practice))
        return fail(ErrorCode::invalid_argument, "the user's practice does not exist");
    if (!user.vendor.empty() && !view.row(Entity::vendor, user.vendor))
        return fail(ErrorCode::invalid_argument, "the user's vendor does not exist");
    return {};
}

std::string new_link(WriteTransaction& writes, const Id& user, LinkPurpose purpose, InstantMs now_ms,
                     RandomSource& random) {
    std::string token = make_token(random);
    writes.accounts().remove_links_of(user);
    writes.accounts().put_link({hash_token(token), user, purpose, now_ms + limits::link_ms_max});
    return token;
}

}  // namespace

std::optional<Entity> entity_of_scope(ScopeKind kind) {
    switch (kind) {
        case ScopeKind::practice:
            return Entity::practice;
        case ScopeKind::location:
            return Entity::location;
        case ScopeKind::vendor:
            return Entity::vendor;
        case ScopeKind::integration:
            return Entity::integration;
        default:
            return std::nullopt;
    }
}

Result<Invitation> invite_user(WriteTransaction& writes, const NewUser& user, const Id& actor, InstantMs now_ms,
                               RandomSource& random) {
    if (!looks_like_email(user.email)) return fail(ErrorCode::invalid_argument, "this is not an e-mail address");
    if (!is_clean_text(user.name)) return fail(ErrorCode::invalid_argument, "a user has a name");
    if (user.role == Role::share_guest || user.role == Role::demo)
        return fail(ErrorCode::invalid_argument, "this role is not given to users");
    PORTAL_TRY(check_scope(writes.view(), user));
    if (writes.view().accounts().user_by_email(user.email))
        return fail(ErrorCode::conflict, "a user with this e-mail address exists");
    writes.act_as(actor, now_ms);
    User record;
    record.id = make_id(now_ms, random);
    record.external_key = record.id;
    record.email = user.email;
    record.name = user.name;
    record.title = user.title;
    record.practice = user.practice;
    record.vendor = user.vendor;
    record.language = user.language;
    writes.put(to_row(record));
    Grant grant;
    grant.id = make_id(now_ms, random);
    grant.user = record.id;
    grant.role = user.role;
    grant.scope_kind = user.scope_kind;
    grant.scope = user.scope;
    writes.put(to_row(grant));
    writes.accounts().add_audit({now_ms, actor, "user.invite", record.id, {}, std::string(text_of(user.role))});
    return Invitation{record.id, new_link(writes, record.id, LinkPurpose::invite, now_ms, random)};
}

Result<Invitation> reset_user(WriteTransaction& writes, const std::string& email, const Id& actor, InstantMs now_ms,
                              RandomSource& random) {
    const auto user = writes.view().accounts().user_by_email(email);
    if (!user) return fail(ErrorCode::not_found, "there is no user with this e-mail address");
    writes.accounts().add_audit({now_ms, actor, "user.reset", user->id, {}, {}});
    return Invitation{user->id, new_link(writes, user->id, LinkPurpose::reset, now_ms, random)};
}

Status set_user_disabled(WriteTransaction& writes, const Id& user, Disabled disabled, const Id& actor,
                         InstantMs now_ms) {
    const auto row = writes.get(Entity::user, user);
    if (!row) return fail(ErrorCode::not_found, "there is no such user");
    User record = from_row<User>(*row);
    record.disabled = disabled == Disabled::yes;
    writes.act_as(actor, now_ms);
    writes.put(to_row(record));
    if (record.disabled) {
        writes.accounts().remove_sessions_of(user);
        writes.accounts().remove_links_of(user);
    }
    writes.accounts().add_audit({now_ms, actor, record.disabled ? "user.disable" : "user.enable", user, {}, {}});
    return {};
}

void set_password(WriteTransaction& writes, const Id& user, const std::string& hash, const Id& actor,
                  InstantMs now_ms) {
    writes.accounts().set_password_hash(user, hash);
    writes.accounts().remove_sessions_of(user);
    writes.accounts().remove_links_of(user);
    writes.accounts().add_audit({now_ms, actor, "password.set", user, {}, {}});
}

Result<Invitation> bootstrap_admin(WriteTransaction& writes, const std::string& email, const std::string& name,
                                   InstantMs now_ms, RandomSource& random) {
    if (writes.view().accounts().has_admin())
        return fail(ErrorCode::precondition_failed, "there is an administrator already: ask them for an invitation");
    NewUser user;
    user.email = email;
    user.name = name;
    user.title = "Administrator";
    user.role = Role::admin;
    user.scope_kind = ScopeKind::tenant;
    return invite_user(writes, user, {}, now_ms, random);
}

}  // namespace portal::server
