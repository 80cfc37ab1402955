#include "tests/sim/simulated_guests.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/facts/share_dataset.hpp"
#include "shared/rules/share.hpp"
#include "shared/wire/share_dataset_json.hpp"
#include "shared/wire/share_json.hpp"
#include "tests/server-stub/api/shared_world.hpp"

namespace portal::sim {
namespace {

using nlohmann::json;
using server::Method;
using server::test::id_of;

// A practice of the simulation and the one amount of all its sales: sums of others are no multiples of it.
struct Canary {
    std::string_view practice, location;
    std::int64_t cents;
};
constexpr std::array<Canary, 2> shared_canaries = {{{"aspen", "hill", 7'770'000}, {"birch", "dale", 3'130'000}}};
constexpr std::array<std::string_view, 4> every_practice = {"aspen", "birch", "willow", "cedar"};
constexpr std::string_view presenter = "petra", her_grant = "grantpetra", follower = "paul", his_grant = "grantpaul",
                           her_book = "meadow", other_book = "east";
constexpr std::size_t shares_max = 6, guests_max = 8;
constexpr int months = 2;

// Mostly one that may be shared.
std::string_view any_practice(RandomSource& random) {
    return every_practice[random.below(random.chance(0.7) ? shared_canaries.size() : every_practice.size())];
}

bool holds(const std::string& bytes, std::string_view text) {
    return bytes.find(text) != std::string::npos;
}

// As a defective server would compute it: everything its presenter may see under one practice's name.
std::string dataset_of_whole_reach(SimulatedServer& server, const Id& practice, const std::string& body) {
    const auto truth = server.repository->read();
    const auto caller = truth->caller(id_of(presenter));
    if (!caller) return body;
    FactTable facts;
    for (const Id& reached : shareable_practices(*caller, *truth->directory(caller->user)))
        truth->each_row_where(Entity::fact_segment, "practice", Value{reached}, [&](const Row& row) {
            FactSegment segment = from_row<FactSegment>(row);
            segment.practice = practice;
            REQUIRE(facts.put_segment(segment).has_value());
        });
    const json said = json::parse(body);
    ShareScope scope;
    scope.practices = {practice};
    scope.views = {*parse_text<ShareView>(said["view"].get<std::string>())};
    scope.first_day = *parse_iso_day(said["from"].get<std::string>());
    scope.last_day = *parse_iso_day(said["to"].get<std::string>());
    const auto named = from_row<Practice>(*truth->row(Entity::practice, practice));
    return wire::encode(*share_dataset({facts, named, {}, {}, {}, 0, server.clock.now_ms()}, scope, scope.views[0]));
}

}  // namespace

void GuestCounts::add(const GuestCounts& other) {
    shares += other.shares;
    redeemed += other.redeemed;
    datasets += other.datasets;
    refused += other.refused;
    states += other.states;
    changes += other.changes;
    pauses += other.pauses;
    endings += other.endings;
    joined += other.joined;
    followed += other.followed;
    handed += other.handed;
}

std::array<std::pair<const char*, std::int64_t>, 11> GuestCounts::all() const {
    return {{{"shares", shares},
             {"redeemed", redeemed},
             {"datasets", datasets},
             {"refused", refused},
             {"states", states},
             {"changes", changes},
             {"pauses", pauses},
             {"endings", endings},
             {"joined", joined},
             {"followed", followed},
             {"handed", handed}}};
}

SimulatedGuests::SimulatedGuests(SimulatedServer& server, Plant plant) : m_server(server), m_plant(plant) {
    m_server.write([](server::WriteTransaction& writes) {
        for (const Canary& canary : shared_canaries) {
            server::test::put_place(writes, canary.practice, canary.location, her_book);
            for (int back = 1; back <= months; ++back)
                server::test::put_sales(writes, canary.practice, canary.location, server::test::month_of_start() - back,
                                        canary.cents);
        }
        writes.put(to_row(server::test::user_of(presenter)));
        writes.put(to_row(
            server::test::grant_of(her_grant, presenter, Role::account_manager, ScopeKind::book, id_of(her_book))));
        writes.put(to_row(server::test::user_of(follower)));
        writes.put(to_row(
            server::test::grant_of(his_grant, follower, Role::account_manager, ScopeKind::book, id_of(her_book))));
        for (const std::string_view user : {presenter, follower})
            writes.accounts().set_password_hash(id_of(user), "plain:" + server::test::password);
    });
}

void SimulatedGuests::act(RandomSource& random) {
    // What was taken is given back before long: otherwise there is soon nothing left to share.
    if (random.chance(0.25)) give_back();
    if (random.chance(0.3)) return act_as_follower(random);
    switch (random.below(12)) {
        case 0:
        case 1:
            return make_share(random);
        case 2:
        case 3:
            return redeem(random);
        case 4:
        case 5:
            return show(random);
        case 6:
            return pause(random);
        case 7:
            return random.chance(0.5) ? end(random) : sell(random);
        case 8:
            return random.chance(0.4) ? take_grant() : move_practice(random);
        default:
            return read(random);
    }
}

void SimulatedGuests::make_share(RandomSource& random) {
    std::vector<Id> practices;
    for (const Canary& canary : shared_canaries)
        if (random.chance(0.6)) practices.push_back(id_of(canary.practice));
    const int hours = random.chance(0.5) ? 1 : 24;
    const bool asks_too_much = random.chance(0.1);
    if (asks_too_much) practices.push_back(id_of("willow"));
    json body = {{"practices", practices},
                 {"views", {"overview", "integrations", "financing"}},
                 {"from", iso_day(first_day_of_month(server::test::month_of_start() - months))},
                 {"to", iso_day(first_day_of_month(server::test::month_of_start() + 1) - 1)},
                 {"hours", hours}};
    if (m_shares.size() >= shares_max) return;
    const InstantMs now_ms = m_server.clock.now_ms();
    const server::Response made = as_presenter(Method::post, "/api/v1/shares", body.dump());
    if (made.status != 201) return;
    if (asks_too_much) problem("a practice was shared that its presenter does not reach");
    ++m_counts.shares;
    const json told = json::parse(made.body);
    const auto link = told["link"].get<std::string>();
    m_shares.push_back({told["id"].get<Id>(), link.substr(link.find('#') + 1), practices, now_ms + hours * hour_ms,
                        false, Pause::no, 0});
}

void SimulatedGuests::redeem(RandomSource& random) {
    if (m_shares.empty() || m_guests.size() >= guests_max) return;
    const std::size_t index = random.below(m_shares.size());
    server::Response response;
    response.status = 0;
    (void)m_server.survives([&] {
        response = m_server.send(Method::post, "/share/redeem", R"({"token":")" + m_shares[index].token + R"("})");
    });
    if (response.status != 204) return;
    if (reach_of(m_shares[index]).empty()) problem("a link was redeemed when its share was over");
    ++m_counts.redeemed;
    GuestBrowser& guest = m_guests.emplace_back();
    guest.share = index;
    for (const auto& [name, value] : response.headers)
        if (name == "Set-Cookie")
            guest.cookie = server::token_in_cookies(value.substr(0, value.find(';')), server::CookieKind::host_prefixed,
                                                    server::CookieHolder::guest);
    open_live(guest);
}

void SimulatedGuests::read(RandomSource& random) {
    if (m_guests.empty()) return;
    GuestBrowser& guest = m_guests[random.below(m_guests.size())];
    const Share& share = m_shares[guest.share];
    const Id practice = id_of(any_practice(random));
    const ShareView view = all_share_views[random.below(all_share_views.size())];
    const bool asks_session = random.chance(0.2);
    const std::string query = "view=" + std::string(text_of(view)) + "&practice=" + practice;
    server::Response response =
        asks_session ? as_guest("/share/session", guest, "") : as_guest("/share/dataset", guest, query);
    if (!asks_session) planted(response, guest, query, practice);
    const std::vector<Id> reach = reach_of(share);
    if (response.status != 200) {
        ++m_counts.refused;
        check_words(response.body, share, "a refusal");
        return;
    }
    if (reach.empty()) problem("a guest was answered when the share was over");
    check_words(response.body, share, "an answer");
    if (asks_session) return;
    ++m_counts.datasets;
    if (std::find(reach.begin(), reach.end(), practice) == reach.end())
        problem("a guest was given a practice that is not shared");
    if (share.pause == Pause::yes) problem("a guest was given a dataset during a pause");
    check_amounts(response.body, practice);
}

void SimulatedGuests::planted(server::Response& response, GuestBrowser& guest, const std::string& query,
                              const Id& practice) {
    if (response.status == 200 && m_plant == Plant::shared_reach)
        response.body = dataset_of_whole_reach(m_server, practice, response.body);
    if (m_plant != Plant::kept_dataset) return;
    std::string& kept = guest.heard[query];
    if (response.status == 200 && kept.empty()) kept = response.body;
    if (!kept.empty()) response.status = 200, response.body = kept;
}

void SimulatedGuests::show(RandomSource& random) {
    if (m_shares.empty()) return;
    Share& share = m_shares[random.below(m_shares.size())];
    const std::string path = "/api/v1/shares/" + share.id + "/show";
    if (random.chance(0.3)) {
        (void)as_presenter(Method::put, path, wire::encode(SharePointer{"widget:chart", 1, 2}));
        return;
    }
    ShareViewState state;
    state.q = ++share.q;
    const Id named = id_of(any_practice(random));
    if (random.chance(0.7)) state.filters = {{"practice", {named}}};
    const server::Response told = as_presenter(Method::put, path, wire::encode(state));
    const std::vector<Id> reach = reach_of(share);
    if (told.status == 200 && !state.filters.empty() && std::find(reach.begin(), reach.end(), named) == reach.end())
        problem("a state that names a hidden practice was taken");
}

void SimulatedGuests::pause(RandomSource& random) {
    if (m_shares.empty()) return;
    Share& share = m_shares[random.below(m_shares.size())];
    const bool is_paused = random.chance(0.5);
    const server::Response told = as_presenter(Method::patch, "/api/v1/shares/" + share.id,
                                               is_paused ? R"({"paused":true})" : R"({"paused":false})");
    if (told.status == 204) {
        share.pause = is_paused ? Pause::yes : Pause::no;
        ++m_counts.pauses;
    } else if (told.status == 0 || told.status >= 500) {
        share.pause = Pause::unsure;
    }
}

void SimulatedGuests::end(RandomSource& random) {
    if (m_shares.empty()) return;
    Share& share = m_shares[random.below(m_shares.size())];
    if (as_presenter(Method::delete_, "/api/v1/shares/" + share.id, "").status != 204) return;
    share.is_ended = true;
    ++m_counts.endings;
}

void SimulatedGuests::take_grant() {
    m_server.write([](server::WriteTransaction& writes) { writes.remove(Entity::grant, id_of(her_grant)); });
}

void SimulatedGuests::give_back() {
    m_server.write([](server::WriteTransaction& writes) {
        writes.put(to_row(
            server::test::grant_of(her_grant, presenter, Role::account_manager, ScopeKind::book, id_of(her_book))));
        for (const Canary& canary : shared_canaries)
            server::test::put_place(writes, canary.practice, canary.location, her_book);
    });
}

void SimulatedGuests::move_practice(RandomSource& random) {
    const Canary& canary = shared_canaries[random.below(shared_canaries.size())];
    m_server.write([&](server::WriteTransaction& writes) {
        Practice practice = from_row<Practice>(*writes.get(Entity::practice, id_of(canary.practice)));
        practice.book = id_of(practice.book == id_of(her_book) ? other_book : her_book);
        writes.put(to_row(practice));
    });
}

// An import of this month's sales, again with more of them.
void SimulatedGuests::sell(RandomSource& random) {
    const Canary& canary = shared_canaries[random.below(shared_canaries.size())];
    const int count = 10 + static_cast<int>(random.below(90));
    m_server.write([&](server::WriteTransaction& writes) {
        server::test::put_sales(writes, canary.practice, canary.location, server::test::month_of_start(), canary.cents,
                                count);
    });
}

server::Response SimulatedGuests::as_user(std::string_view user, std::string& session, Method method,
                                          const std::string& path, const std::string& body) {
    server::Response response;
    response.status = 0;
    if (session.empty()) session = m_server.sign_in(std::string(user));
    if (session.empty()) return response;
    if (!m_server.survives([&] { response = m_server.send(method, path, body, session); })) response.status = 0;
    if (response.status == 401) session.clear();
    // A session is renewed after an hour, as a browser keeps it.
    if (const std::string renewed = server::test::Server::token_of(response); !renewed.empty()) session = renewed;
    return response;
}

server::Response SimulatedGuests::as_presenter(Method method, const std::string& path, const std::string& body) {
    return as_user(presenter, m_session, method, path, body);
}

server::Response SimulatedGuests::as_guest(const std::string& path, const GuestBrowser& guest,
                                           const std::string& query) {
    server::Request request = m_server.request(Method::get, path);
    request.query = query;
    request.cookie = "__Host-portal_share=" + guest.cookie;
    server::Response response;
    response.status = 0;
    (void)m_server.survives([&] { response = m_server.send(request); });
    return response;
}

void SimulatedGuests::open_live(GuestBrowser& guest) {
    server::Request request = m_server.request(Method::get, "/share/live");
    request.cookie = "__Host-portal_share=" + guest.cookie;
    const server::Admission admission = m_server.api->admit(request);
    if (!admission.route) return;
    auto live = std::make_unique<Live>();
    const auto& known = admission.principal.guest;
    const auto opened =
        m_server.api->followers().open({known.session, known.share, [woken = live->is_woken] { *woken = true; }});
    if (!opened) return;
    live->id = *opened;
    live->run = m_server.runs();
    guest.live = std::move(live);
}

void SimulatedGuests::step() {
    m_server.api->followers().tick();
    for (GuestBrowser& guest : m_guests) {
        if (guest.live && guest.live->run != m_server.runs()) guest.live.reset();
        if (guest.live && *guest.live->is_woken) hear(guest);
        if (!guest.live) {
            open_live(guest);
            continue;
        }
        const InstantMs now_ms = m_server.clock.now_ms();
        if (!reach_of(m_shares[guest.share]).empty())
            guest.live->over_since_ms = 0;
        else if (guest.live->over_since_ms == 0)
            guest.live->over_since_ms = now_ms;
        else if (now_ms - guest.live->over_since_ms >= second_ms)
            problem("a guest's stream outlived its share by a second");
    }
    hear_follower();
}

void SimulatedGuests::hear(GuestBrowser& guest) {
    *guest.live->is_woken = false;
    const server::LiveOutput output = m_server.api->followers().take(guest.live->id);
    if (output.bytes.size() > limits::share_connection_bytes_max) problem("a guest had more waiting than the bound");
    check_events(output.bytes, m_shares[guest.share]);
    if (output.next == server::LiveOutput::Next::close) guest.live.reset();
}

void SimulatedGuests::check_events(const std::string& bytes, const Share& share) {
    const bool has_state = holds(bytes, "event: state"), has_change = holds(bytes, "event: changed");
    m_counts.states += has_state ? 1 : 0;
    m_counts.changes += has_change ? 1 : 0;
    const bool tells = has_state || has_change || holds(bytes, "event: ptr");
    if (tells && reach_of(share).empty()) problem("a guest was told something when the share was over");
    if (tells && share.pause == Pause::yes) problem("a guest was told something during a pause");
    check_words(bytes, share, "an event");
}

void SimulatedGuests::note_restored() {
    for (Share& share : m_shares)
        share.is_ended = true;
}

// What the rows and the answers say, not the product's rules.
std::vector<Id> SimulatedGuests::reach_of(const Share& share) {
    std::vector<Id> reach;
    const auto truth = m_server.repository->read();
    if (share.is_ended || m_server.clock.now_ms() >= share.expires_ms || !truth->row(Entity::grant, id_of(her_grant)))
        return reach;
    for (const Id& practice : share.practices)
        if (text_value(*truth->row(Entity::practice, practice), "book") == id_of(her_book)) reach.push_back(practice);
    return reach;
}

void SimulatedGuests::check_words(const std::string& bytes, const Share& share, std::string_view what) {
    const std::vector<Id> reach = reach_of(share);
    for (const std::string_view practice : every_practice) {
        if (std::find(reach.begin(), reach.end(), id_of(practice)) != reach.end()) continue;
        if (holds(bytes, practice) || holds(bytes, id_of(practice)))
            problem(std::string(what) + " to a guest names practice " + std::string(practice) +
                    ", which is not shared");
    }
}

void SimulatedGuests::check_amounts(const std::string& body, const Id& practice) {
    const auto canary = std::find_if(shared_canaries.begin(), shared_canaries.end(),
                                     [&](const Canary& known) { return id_of(known.practice) == practice; });
    if (canary == shared_canaries.end()) return;
    const auto check_cents = [&](const json& cents) {
        if (!cents.is_null() && cents.get<std::int64_t>() % canary->cents != 0)
            problem("a guest's dataset has amounts that are not the shared practice's alone");
    };
    const json dataset = json::parse(body);
    for (const json& figure : dataset["figures"])
        if (figure["unit"] == "cents") check_cents(figure["value"]);
    for (const json& month : dataset["months"])
        check_cents(month["net_cents"]);
}

}  // namespace portal::sim
