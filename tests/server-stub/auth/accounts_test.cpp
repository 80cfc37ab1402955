#include "server-stub/auth/accounts.hpp"

#include <catch2/catch_test_macros.hpp>

#include "server-stub/auth/sessions.hpp"
#include "server-stub/repo/sqlite_repository.hpp"
#include "tests/server-stub/repo/small_world.hpp"
#include "tests/server-stub/repo/temp_folder.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

struct World {
    World()
        : repository(std::move(
              *open_sqlite_repository({folder.file("portal.sqlite"), OpenMode::create_if_missing, {}}, random))) {}

    template <class Work>
    auto run(Work work) {
        std::optional<decltype(work(std::declval<WriteTransaction&>()))> result;
        REQUIRE(CommitQueue(*repository).run([&](WriteTransaction& writes) -> Status {
            result = work(writes);
            return {};
        }));
        return *result;
    }

    TempFolder folder;
    SeededRandom random{5};
    std::unique_ptr<Repository> repository;
};

}  // namespace

TEST_CASE("the first administrator is made once", "[server][auth]") {
    World world;
    const auto bootstrap = [&](WriteTransaction& writes) {
        return bootstrap_admin(writes, "root@example.test", "Root", start_ms, world.random);
    };
    const auto first = world.run(bootstrap);
    REQUIRE(first.has_value());
    CHECK(world.run(bootstrap).error().code == ErrorCode::precondition_failed);
    CHECK(world.repository->read()->caller(first->user)->has_role(Role::admin));
    CHECK(world.repository->read()->accounts().link(hash_token(first->token)).has_value());
    CHECK_FALSE(world.repository->read()->accounts().link(first->token).has_value());
    // When the last one is closed, there may be another.
    world.run(
        [&](WriteTransaction& writes) { return set_user_disabled(writes, first->user, Disabled::yes, {}, start_ms); });
    CHECK(world
              .run([&](WriteTransaction& writes) {
                  return bootstrap_admin(writes, "second@example.test", "Second", start_ms, world.random);
              })
              .has_value());
}

TEST_CASE("an invitation is refused when it makes no sense", "[server][auth]") {
    World world;
    world.run([](WriteTransaction& writes) {
        put_small_world(writes);
        return 0;
    });
    struct Case {
        const char* what;
        NewUser user;
        ErrorCode code;
    };
    const NewUser good{"new@example.test", "New",           "", "en", Role::practice_user, ScopeKind::practice,
                       id_of("willow"),    id_of("willow"), {}};
    const auto with = [&](auto change) {
        NewUser user = good;
        change(user);
        return user;
    };
    const Case cases[] = {
        {"no address", with([](NewUser& user) { user.email = "nobody"; }), ErrorCode::invalid_argument},
        {"two addresses", with([](NewUser& user) { user.email = "a@b@c"; }), ErrorCode::invalid_argument},
        {"a line break", with([](NewUser& user) { user.email = "a@b\nc"; }), ErrorCode::invalid_argument},
        {"no name", with([](NewUser& user) { user.name = ""; }), ErrorCode::invalid_argument},
        {"a guest", with([](NewUser& user) { user.role = Role::share_guest; }), ErrorCode::invalid_argument},
        {"no scope", with([](NewUser& user) { user.scope.clear(); }), ErrorCode::invalid_argument},
        {"a scope that is not there", with([](NewUser& user) { user.scope = id_of("nowhere"); }),
         ErrorCode::invalid_argument},
        {"a practice that is not there", with([](NewUser& user) { user.practice = id_of("nowhere"); }),
         ErrorCode::invalid_argument},
        {"an address that is taken", with([](NewUser& user) { user.email = "Frida@example.test"; }),
         ErrorCode::conflict},
    };
    for (const Case& wrong : cases) {
        CAPTURE(wrong.what);
        const auto made = world.run([&](WriteTransaction& writes) {
            return invite_user(writes, wrong.user, id_of("ada"), start_ms, world.random);
        });
        REQUIRE_FALSE(made.has_value());
        CHECK(made.error().code == wrong.code);
    }
    const std::int64_t users = world.repository->read()->row_count(Entity::user);
    CHECK(world
              .run([&](WriteTransaction& writes) {
                  return invite_user(writes, good, id_of("ada"), start_ms, world.random);
              })
              .has_value());
    CHECK(world.repository->read()->row_count(Entity::user) == users + 1);
}

TEST_CASE("tokens are long, different and found in a cookie header", "[server][auth]") {
    SeededRandom random(1);
    const std::string first = make_token(random), second = make_token(random);
    CHECK(first.size() == 43);
    CHECK(first != second);
    CHECK(hash_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const auto kind = CookieKind::host_prefixed;
    CHECK(token_in_cookies("__Host-portal_session=" + first, kind) == first);
    CHECK(token_in_cookies("a=b; __Host-portal_session=" + first + "; c=d", kind) == first);
    CHECK(token_in_cookies("x__Host-portal_session=" + first, kind).empty());
    CHECK(token_in_cookies("__Host-portal_session=short", kind).empty());
    CHECK(token_in_cookies("portal_session_loopback=" + first, kind).empty());
    CHECK(token_in_cookies("", kind).empty());
}
