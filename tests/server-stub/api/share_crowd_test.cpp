// Hundreds of signed-in followers in one process: they come and go while states, commits and lost grants reach them.
// What is wrong with the memory of that way shows itself under the sanitizers.
#include <catch2/catch_test_macros.hpp>

#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "tests/server-stub/api/shared_world.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

// As many as one link lets in.
constexpr int crowd_size = limits::share_users_max;
constexpr int rounds = 6, leaving_every = 5, dismissed_every = 40;

std::string crowd_name(int number) {
    return "crowd" + std::to_string(1000 + number);
}

struct CrowdMember {
    std::string session;
    std::optional<SharedWorld::Follower> follower;
    bool is_dismissed = false;
};

struct Crowd : SharedWorld {
    Crowd() {
        queue->on_commit([this](const CommitNotice& notice) { api->followers().publish(notice); });
        write([](WriteTransaction& writes) {
            for (int number = 0; number < crowd_size; ++number) {
                const std::string name = crowd_name(number);
                writes.put(to_row(user_of(name)));
                writes.put(
                    to_row(grant_of("grant" + name, name, Role::account_manager, ScopeKind::book, id_of("west"))));
                writes.accounts().set_password_hash(id_of(name), "plain:" + password);
            }
        });
        made = share(mona, {id_of("willow"), id_of("aspen")});
        for (int number = 0; number < crowd_size; ++number) {
            members.push_back({sign_in(crowd_name(number)), {}});
            // Of one address not so many are let in at once.
            Request asked = request(Method::post, "/api/v1/shares/join", R"({"token":")" + made.token + R"("})",
                                    members.back().session);
            asked.address = "198.51.100." + std::to_string(number);
            REQUIRE(send(std::move(asked)).status == 200);
            come(members.back());
        }
    }
    void come(CrowdMember& member) {
        member.follower.emplace(follow_as(member.session, made.id));
        (void)member.follower->take();
    }
    void leave(CrowdMember& member) {
        api->followers().close(member.follower->id);
        member.follower.reset();
    }
    // Time passes as the network lets it: in ticks.
    void pass(DurationMs duration_ms) {
        for (DurationMs passed = 0; passed < duration_ms; passed += limits::share_tick_ms) {
            clock.advance(limits::share_tick_ms);
            api->followers().tick();
        }
    }
    std::string mona = sign_in("mona");
    Made made;
    std::vector<CrowdMember> members;
};

// Everybody who may still follow has the newest state, and nobody else hears anything.
void expect_all_told(Crowd& crowd, std::int64_t q) {
    std::size_t told = 0, here = 0;
    for (CrowdMember& member : crowd.members) {
        if (!member.follower) continue;
        const LiveOutput output = crowd.api->followers().take(member.follower->id);
        if (member.is_dismissed) {
            CHECK(output.next == LiveOutput::Next::close);
            CHECK(output.bytes.find("event: state") == std::string::npos);
            crowd.leave(member);
            continue;
        }
        ++here;
        told += output.bytes.find("\"q\":" + std::to_string(q) + ",") != std::string::npos ? 1 : 0;
    }
    CHECK(told == here);
    CHECK(crowd.api->followers().connection_count() == here);
}

}  // namespace

TEST_CASE("hundreds of signed-in followers are told, come and go, and lose what they may see", "[server][share]") {
    Crowd crowd;
    CHECK(crowd.api->followers().connection_count() == crowd_size);
    for (int round = 1; round <= rounds; ++round) {
        INFO("round " << round);
        CHECK(crowd.show(crowd.mona, crowd.made.id, state_body(round)).status == 200);
        // Some lose their grant between the news and its being handed over, some leave and come back.
        for (int number = round; number < crowd_size; number += dismissed_every) {
            CrowdMember& member = crowd.members[static_cast<std::size_t>(number)];
            if (member.is_dismissed) continue;
            member.is_dismissed = true;
            crowd.write(
                [&](WriteTransaction& writes) { writes.remove(Entity::grant, id_of("grant" + crowd_name(number))); });
        }
        for (int number = round; number < crowd_size; number += leaving_every) {
            CrowdMember& member = crowd.members[static_cast<std::size_t>(number)];
            if (member.is_dismissed || !member.follower) continue;
            crowd.leave(member);
            member.follower.emplace(crowd.follow_as(member.session, crowd.made.id));
        }
        crowd.pass(limits::share_check_ms);
        expect_all_told(crowd, round);
    }
    CHECK(crowd.send(Method::delete_, "/api/v1/shares/" + crowd.made.id, {}, crowd.mona).status == 204);
    for (CrowdMember& member : crowd.members) {
        if (!member.follower) continue;
        CHECK(crowd.api->followers().take(member.follower->id).next == LiveOutput::Next::close);
        crowd.leave(member);
    }
    CHECK(crowd.api->followers().connection_count() == 0);
}
