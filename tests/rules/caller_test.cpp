#include "shared/rules/caller.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/rules/places.hpp"

namespace portal {
namespace {

TEST_CASE("who counts as staff") {
    const struct {
        Role role;
        bool staff;
    } cases[] = {
        {Role::practice_user, false}, {Role::practice_admin, false},
        {Role::vendor_user, false},   {Role::account_manager, true},
        {Role::lead, true},           {Role::integration_engineer, true},
        {Role::support_agent, true},  {Role::quality_analyst, true},
        {Role::operations, true},     {Role::auditor, true},
        {Role::admin, true},          {Role::share_guest, false},
        {Role::demo, false},
    };
    for (const auto& [role, staff] : cases) {
        INFO(text_of(role));
        const Caller caller = test::caller_with(role, ScopeKind::tenant, {});
        CHECK(caller.is_staff() == staff);
        CHECK(caller.has_role(role));
        CHECK(caller.leading_role() == role);
    }
    CHECK_FALSE(Caller{}.is_staff());
    CHECK(Caller{}.leading_role() == Role::share_guest);
}

TEST_CASE("of several roles the narrower desk leads") {
    Caller caller = test::caller_with(Role::auditor, ScopeKind::tenant, {});
    caller.grants.push_back(test::caller_with(Role::account_manager, ScopeKind::book, test::id_of("book1")).grants[0]);
    CHECK(caller.leading_role() == Role::account_manager);
}

}  // namespace
}  // namespace portal
