// People and their ways in: invitations, resets, the first administrator. For the commands and for the handlers; all
// run inside a write job.
#pragma once

#include <optional>
#include <string>

#include "server-stub/repo/repository.hpp"
#include "shared/base/random.hpp"

namespace portal::server {

struct NewUser {
    std::string email;
    std::string name;
    std::string title;
    std::string language = "en";
    Role role = Role::practice_user;
    ScopeKind scope_kind = ScopeKind::practice;
    Id scope;     // Empty for the tenant.
    Id practice;  // Practice staff.
    Id vendor;    // Vendor staff.
};

struct Invitation {
    Id user;
    std::string token;  // Goes into the link's fragment: /sign-in#invite=<token>; stored as a hash, good for 24 h once.
};

// Whose row a grant's scope names. Teams, books and programmes are words, not rows.
std::optional<Entity> entity_of_scope(ScopeKind kind);
// Creates the user row, its grant and a one-time link. Error conflict: the address is taken; invalid_argument.
Result<Invitation> invite_user(WriteTransaction& writes, const NewUser& user, const Id& actor, InstantMs now_ms,
                               RandomSource& random);
// A new link for an existing user; ends the former links. Error not_found.
Result<Invitation> reset_user(WriteTransaction& writes, const std::string& email, const Id& actor, InstantMs now_ms,
                              RandomSource& random);
// Ends the sessions and links of the user. Error not_found.
enum class Disabled : std::uint8_t { no, yes };
Status set_user_disabled(WriteTransaction& writes, const Id& user, Disabled disabled, const Id& actor,
                         InstantMs now_ms);
// Sets the password hash and ends the user's sessions and links.
void set_password(WriteTransaction& writes, const Id& user, const std::string& hash, const Id& actor, InstantMs now_ms);
// While no administrator exists, makes one. Error precondition_failed: there is one already.
Result<Invitation> bootstrap_admin(WriteTransaction& writes, const std::string& email, const std::string& name,
                                   InstantMs now_ms, RandomSource& random);

}  // namespace portal::server
