// The part of the repository's contract that is about live shared views.
#include <catch2/catch_test_macros.hpp>

#include "server-stub/repo/commit_queue.hpp"
#include "shared/base/durations.hpp"
#include "tests/server-stub/repo/repository_contract.hpp"
#include "tests/server-stub/repo/small_world.hpp"

namespace portal::server::test {
namespace {

void write_shares(Repository& repository, const std::function<void(WriteTransaction&)>& work,
                  InstantMs now_ms = start_ms) {
    CommitQueue queue(repository);
    const Status status = queue.run([&](WriteTransaction& writes) -> Status {
        writes.act_as({}, now_ms);
        work(writes);
        return {};
    });
    REQUIRE(status.has_value());
}

}  // namespace

void check_shares_contract(const MakeRepository& make) {
    const auto repository = make();
    const auto share_named = [](std::string_view name, InstantMs created_ms) {
        ShareRecord share;
        share.id = id_of(name);
        share.token_hash = std::string(name) + " hash";
        share.scope = {id_of("mona"),        {id_of("aspen"), id_of("willow")}, {ShareView::financing}, 20'000, 20'089,
                       ShareRows::drill_down};
        share.created_ms = created_ms;
        share.expires_ms = created_ms + day_ms;
        return share;
    };
    const ShareRecord first = share_named("first", start_ms), second = share_named("second", start_ms + 1);
    write_shares(*repository, [&](WriteTransaction& writes) {
        for (const ShareRecord& share : {first, second})
            writes.shares().put_share(share);
        writes.shares().put_guest({"guest hash", first.id, start_ms});
    });
    SECTION("a share is kept as it was put, and found by id, token and presenter") {
        const auto snapshot = repository->read();
        const auto found = snapshot->shares().share(first.id);
        REQUIRE(found.has_value());
        CHECK(found->scope == first.scope);
        CHECK(found->state == ShareState::live);
        CHECK(found->created_ms == first.created_ms);
        CHECK(found->expires_ms == first.expires_ms);
        CHECK(snapshot->shares().share_by_token("second hash")->id == second.id);
        const auto shares = snapshot->shares().shares_of(id_of("mona"));
        REQUIRE(shares.size() == 2);
        CHECK(shares[0].id == second.id);
        CHECK(snapshot->shares().shares_of(id_of("olga")).empty());
        CHECK(snapshot->shares().guest("guest hash")->share == first.id);
        CHECK(snapshot->shares().guest_count(first.id) == 1);
        CHECK(snapshot->shares().guest_count(second.id) == 0);
    }
    SECTION("users who opened the link are counted for it, and who was handed a share finds it") {
        write_shares(*repository, [&](WriteTransaction& writes) {
            for (int count = 0; count < 2; ++count)
                writes.shares().put_user(first.id, id_of("frida"));
            ShareRecord lent = second;
            lent.presents = id_of("olga");
            writes.shares().put_share(lent);
        });
        const auto snapshot = repository->read();
        CHECK(snapshot->shares().has_user(first.id, id_of("frida")));
        CHECK_FALSE(snapshot->shares().has_user(second.id, id_of("frida")));
        CHECK(snapshot->shares().user_count(first.id) == 1);
        CHECK(snapshot->shares().share(second.id)->presents == id_of("olga"));
        CHECK(snapshot->shares().share(first.id)->presents.empty());
        REQUIRE(snapshot->shares().shares_of(id_of("olga")).size() == 1);
        CHECK(snapshot->shares().shares_of(id_of("olga"))[0].id == second.id);
        CHECK(snapshot->shares().shares_of(id_of("mona")).size() == 2);
    }
    SECTION("an ended share has no token and no guests") {
        write_shares(*repository, [&](WriteTransaction& writes) {
            ShareRecord ended = first;
            ended.state = ShareState::ended;
            ended.token_hash.clear();
            writes.shares().put_share(ended);
            writes.shares().remove_guests_of(ended.id);
        });
        const auto snapshot = repository->read();
        CHECK(snapshot->shares().share(first.id)->state == ShareState::ended);
        CHECK_FALSE(snapshot->shares().share_by_token("first hash"));
        CHECK_FALSE(snapshot->shares().share_by_token(""));
        CHECK_FALSE(snapshot->shares().guest("guest hash"));
    }
    SECTION("all end together") {
        write_shares(*repository, [](WriteTransaction& writes) { writes.shares().end_all_shares(); });
        const auto snapshot = repository->read();
        for (const ShareRecord& share : snapshot->shares().shares_of(id_of("mona")))
            CHECK(share.state == ShareState::ended);
        CHECK_FALSE(snapshot->shares().share_by_token("second hash"));
        CHECK_FALSE(snapshot->shares().guest("guest hash"));
    }
    SECTION("the expired are collected a day later, their guests at once") {
        const auto collect = [&](InstantMs now_ms) {
            write_shares(*repository, [&](WriteTransaction& writes) { writes.collect_garbage(now_ms); }, now_ms);
        };
        collect(first.expires_ms);
        CHECK(repository->read()->shares().share(first.id).has_value());
        CHECK_FALSE(repository->read()->shares().guest("guest hash"));
        collect(first.expires_ms + day_ms);
        CHECK_FALSE(repository->read()->shares().share(first.id));
        CHECK(repository->read()->shares().share(second.id).has_value());
    }
}

}  // namespace portal::server::test
