#include "app/shell/scope_in_address.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/vm/route.hpp"

namespace portal::shell {
namespace {

const Id own = "01JABCDEFGHJKMNPQRSTVWXYZ0", other = "01JABCDEFGHJKMNPQRSTVWXYZ1",
         location = "01JABCDEFGHJKMNPQRSTVWXYZ2";

vm::SessionPart manager() {
    vm::SessionPart session;
    session.practices = {{own, "Alder Dental", {}, {}}};
    session.locations = {{location, "Alder North", {}, own}};
    return session;
}

TEST_CASE("a choice of places survives its address", "[shell]") {
    const vm::Scope scopes[] = {{}, {.practices = {own}}, {.practices = {own, other}}, {.locations = {location}}};
    for (const vm::Scope& scope : scopes)
        for (const std::string& route : {std::string("/"), std::string("/financing?channel=online"), "/tickets/" + own,
                                         std::string("/financing/rows?reference=a%26scope%3Dall")}) {
            const std::string told = vm::with_scope(route, scope);
            INFO(told);
            const vm::RouteScope read = vm::scope_of_route(told);
            CHECK(read.scope == scope);
            CHECK_FALSE(read.misread);
            // The screen is the same with and without it.
            CHECK(vm::parse_route(told) == vm::parse_route(route));
        }
    CHECK_FALSE(vm::scope_of_route("/financing").scope);
    CHECK_FALSE(vm::scope_of_route("/financing").misread);
}

TEST_CASE("an address that names no places in words that are known is refused", "[shell]") {
    std::string many = "practice";
    for (int count = 0; count < 100; ++count)
        many += "." + own;
    for (const std::string& words :
         {std::string("practice"), std::string("practice."), "practice." + own + ".", "practice.." + own,
          std::string("all.") + own, std::string("location.%00"), std::string("practice.x"), "PRACTICE." + own,
          std::string("%F0%9F%92%A9"), std::string("practice.<script>"), std::string(1'000'000, 'x'), many}) {
        ScopeInAddress scope;
        scope.read("/financing?scope=" + words);
        INFO(words.substr(0, 80));
        CHECK_FALSE(scope.wanted(manager()));
        CHECK(scope.take_refused());
        CHECK_FALSE(scope.take_refused());
        CHECK(scope.told("/financing") == "/financing");
    }
}

TEST_CASE("a link chooses what the person has, and nothing of what they have in part", "[shell]") {
    ScopeInAddress scope;
    vm::SessionPart session = manager();
    scope.read("/financing?scope=practice." + own);
    CHECK(scope.wanted(session) == vm::Scope{.practices = {own}});
    CHECK_FALSE(scope.take_refused());
    session.scope.practices = {own};
    CHECK_FALSE(scope.wanted(session));
    CHECK(scope.told("/tickets?tab=all") == "/tickets?tab=all&scope=practice." + own);

    // A link without any leaves it; one of somebody else's, too.
    scope.read("/integrations");
    CHECK_FALSE(scope.wanted(session));
    CHECK_FALSE(scope.take_refused());
    for (const std::string& words : {"practice." + other, "practice." + own + "." + other, "location." + own}) {
        scope.read("/financing?scope=" + words);
        CHECK_FALSE(scope.wanted(session));
        CHECK(scope.take_refused());
        CHECK(scope.told("/") == "/?scope=practice." + own);
    }
    // Everything is a choice as well: Back leads to it.
    scope.read("/financing?scope=all");
    CHECK(scope.wanted(session) == vm::Scope{});
    session.scope = {};
    scope.choose({.locations = {location}});
    CHECK(scope.told("/") == "/?scope=location." + location);
    scope.leave();
    CHECK(scope.told("/") == "/");
}

}  // namespace
}  // namespace portal::shell
