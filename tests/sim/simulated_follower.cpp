// The signed-in follower of the simulated shared views: what paul does, what he hears, and when he must not.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/share_json.hpp"
#include "tests/server-stub/api/shared_world.hpp"
#include "tests/sim/simulated_guests.hpp"

namespace portal::sim {
namespace {

using server::Method;
using server::test::id_of;

constexpr std::string_view paul = "paul", pauls_grant = "grantpaul", pauls_book = "meadow";

}  // namespace

void SimulatedGuests::act_as_follower(RandomSource& random) {
    switch (random.below(8)) {
        case 0:
        case 1:
        case 2:
            return join(random);
        case 3:
        case 4:
            return hand_over(random);
        case 5:
            return random.chance(0.3) ? flip_his_grant() : present(random);
        default:
            return present(random);
    }
}

bool SimulatedGuests::may_he_follow() {
    return m_server.repository->read()->row(Entity::grant, id_of(pauls_grant)).has_value();
}

void SimulatedGuests::join(RandomSource& random) {
    if (m_shares.empty()) return;
    const std::size_t index = random.below(m_shares.size());
    const Share& share = m_shares[index];
    const server::Response joined =
        as_user(paul, m_his_session, Method::post, "/api/v1/shares/join", R"({"token":")" + share.token + R"("})");
    check_words(joined.body, share, "an answer to a user");
    if (joined.status != 200) return;
    if (reach_of(share).empty() || !may_he_follow()) problem("a user joined what they may not follow");
    ++m_counts.joined;
    const server::Admission admission =
        m_server.api->admit(m_server.request(Method::get, "/api/v1/shares/" + share.id + "/follow", {}, m_his_session));
    if (!admission.route) return;
    auto live = std::make_unique<Live>();
    const auto opened = m_server.api->follow(admission, [woken = live->is_woken] { *woken = true; });
    if (!opened) return;
    if (m_follower && m_follower->run == m_server.runs()) m_server.api->followers().close(m_follower->id);
    live->id = *opened;
    live->run = m_server.runs();
    m_follower = std::move(live);
    m_followed = index;
}

// To paul, or back.
void SimulatedGuests::hand_over(RandomSource& random) {
    if (m_shares.empty()) return;
    const Share& share = m_follower ? m_shares[m_followed] : m_shares[random.below(m_shares.size())];
    const bool is_to_him = random.chance(0.7);
    const bool may_follow = may_he_follow();
    const server::Response told = as_presenter(Method::put, "/api/v1/shares/" + share.id + "/presenter",
                                               R"({"user":")" + id_of(is_to_him ? paul : "petra") + R"("})");
    if (told.status != 204 || !is_to_him) return;
    if (!may_follow) problem("presenting was handed to somebody who may not share");
    ++m_counts.handed;
}

// As paul: taken only while he presents, and of nothing that petra does not reach.
void SimulatedGuests::present(RandomSource& random) {
    if (m_shares.empty()) return;
    Share& share = m_shares[m_follower ? m_followed : random.below(m_shares.size())];
    ShareViewState state;
    state.q = ++share.q;
    const Id named = id_of(random.chance(0.5) ? "aspen" : "birch");
    state.filters = {{"practice", {named}}};
    const server::Response told =
        as_user(paul, m_his_session, Method::put, "/api/v1/shares/" + share.id + "/show", wire::encode(state));
    if (told.status != 200) return;
    const std::vector<Id> reach = reach_of(share);
    if (!may_he_follow()) problem("a state of somebody without a grant was taken");
    if (std::find(reach.begin(), reach.end(), named) == reach.end())
        problem("a state was taken that names what the link's maker does not reach");
}

void SimulatedGuests::flip_his_grant() {
    const bool has_grant = may_he_follow();
    m_server.write([has_grant](server::WriteTransaction& writes) {
        if (has_grant) {
            writes.remove(Entity::grant, id_of(pauls_grant));
        } else {
            writes.put(to_row(
                server::test::grant_of(pauls_grant, paul, Role::account_manager, ScopeKind::book, id_of(pauls_book))));
        }
    });
}

void SimulatedGuests::hear_follower() {
    if (m_follower && m_follower->run != m_server.runs()) m_follower.reset();
    if (!m_follower) return;
    const Share& share = m_shares[m_followed];
    const bool may_follow = may_he_follow() && !reach_of(share).empty();
    if (*m_follower->is_woken) {
        *m_follower->is_woken = false;
        const server::LiveOutput output = m_server.api->followers().take(m_follower->id);
        if (output.bytes.size() > limits::share_connection_bytes_max)
            problem("a follower had more waiting than the bound");
        check_words(output.bytes, share, "an event of a user");
        const bool tells = output.bytes.find("event: state") != std::string::npos ||
                           output.bytes.find("event: ptr") != std::string::npos ||
                           output.bytes.find("event: changed") != std::string::npos;
        m_counts.followed += tells ? 1 : 0;
        if (tells && !may_follow) problem("a user was told something that they may not follow");
        if (tells && share.pause == Pause::yes) problem("a user was told something during a pause");
        if (output.next == server::LiveOutput::Next::close) return m_follower.reset();
    }
    const InstantMs now_ms = m_server.clock.now_ms();
    if (may_follow)
        m_follower->over_since_ms = 0;
    else if (m_follower->over_since_ms == 0)
        m_follower->over_since_ms = now_ms;
    else if (now_ms - m_follower->over_since_ms >= second_ms)
        problem("a user's stream outlived what they may follow by a second");
}

}  // namespace portal::sim
