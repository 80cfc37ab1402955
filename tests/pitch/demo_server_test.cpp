// The demo's own server: what an account is given, that edits are decided by the real mutator, and that pages end.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/pitch/demo_server.hpp"
#include "app/pitch/pitch_stage.hpp"
#include "shared/base/durations.hpp"
#include "shared/wire/json_codec.hpp"
#include "shared/wire/peers_json.hpp"

namespace portal::pitch {
namespace {

constexpr Day demo_today = 20'520;
const Id some_client = "01J8Z3K4M5N6P7Q8R9S0T1V2W6";

struct Demo {
    explicit Demo(std::string account)
        : server({.account = std::move(account), .scale = tenant::Scale::small, .clock = &clock}) {}

    std::pair<int, std::string> ask(std::string path, std::string body = {}) {
        std::pair<int, std::string> reply;
        bool is_done = false;
        platform::TransportHandlers handlers;
        handlers.head = [&](const platform::TransportHead& head) { reply.first = head.status; };
        handlers.chunk = [&](std::string_view bytes) { reply.second += bytes; };
        handlers.done = [&](const Status& status) { is_done = status.has_value(); };
        server.send({.path = std::move(path), .body = std::move(body)}, std::move(handlers));
        CHECK_FALSE(is_done);
        CHECK(server.has_arrived());
        server.poll();
        CHECK(is_done);
        CHECK_FALSE(server.has_arrived());
        return reply;
    }

    std::vector<wire::PullLine> pull_page(const wire::PullRequest& request) {
        const auto [status, body] = ask("/api/v1/sync/pull", wire::encode(request));
        REQUIRE(status == 200);
        std::vector<wire::PullLine> lines;
        std::size_t from = 0;
        for (std::size_t end = body.find('\n'); end != std::string::npos; from = end + 1, end = body.find('\n', from))
            lines.push_back(wire::decode_pull_line(std::string_view(body).substr(from, end - from)).value());
        return lines;
    }

    // Rows of all pages; the request then stands for the next pull.
    std::vector<wire::PullUpsert> pull(wire::PullRequest& request) {
        std::vector<wire::PullUpsert> rows;
        for (;;) {
            const auto lines = pull_page(request);
            for (const auto& line : lines)
                if (const auto* row = std::get_if<wire::PullUpsert>(&line)) rows.push_back(*row);
            const auto& begin = std::get<wire::PullBegin>(lines.front());
            const auto& end = std::get<wire::PullEnd>(lines.back());
            request.page = end.page;
            if (end.more) continue;
            request.epoch = begin.epoch;
            request.set = begin.set;
            request.seq = end.next_seq;
            return rows;
        }
    }

    MutationOutcome push(Mutation mutation) {
        wire::PushRequest request;
        request.client = some_client;
        request.mutations = {std::move(mutation)};
        const auto [status, body] = ask("/api/v1/sync/push", wire::encode(request));
        REQUIRE(status == 200);
        const auto response = wire::decode_push_response(body).value();
        REQUIRE(response.results.size() == 1);
        return response.results.front().outcome;
    }

    ManualClock clock{demo_today * day_ms};
    DemoServer server;
};

wire::PullRequest first_pull() {
    wire::PullRequest request;
    request.client = some_client;
    return request;
}

}  // namespace

TEST_CASE("An account of the demo is given what it may see, and no other practice's rows", "[pitch]") {
    Demo demo("front_desk");
    auto request = first_pull();
    const auto rows = demo.pull(request);
    std::set<std::string> practices;
    bool has_facts = false;
    for (const wire::PullUpsert& up : rows) {
        CHECK_FALSE(up.streams.empty());
        if (up.row.entity == Entity::ticket) practices.insert(std::string(text_value(up.row, "practice")));
        has_facts |= up.row.entity == Entity::fact_segment;
    }
    CHECK(practices.size() == 1);
    CHECK(has_facts);
    CHECK(demo.pull(request).empty());
    Demo manager("account_manager");
    auto of_manager = first_pull();
    CHECK(manager.pull(of_manager).size() > rows.size());
}

TEST_CASE("Nobody is signed in before a role has been chosen", "[pitch]") {
    for (const char* account : {"", "nobody"}) {
        Demo demo(account);
        CHECK(demo.ask("/api/v1/session").first == 401);
        CHECK(demo.ask("/api/v1/sync/pull", wire::encode(first_pull())).first == 401);
    }
    Demo owner("practice_owner");
    const auto [status, body] = owner.ask("/api/v1/session");
    CHECK(status == 200);
    CHECK(body.find(tenant::find_demo_account("practice_owner")->id) != std::string::npos);
    CHECK(owner.ask("/api/v1/moon").first == 404);
    CHECK(owner.ask("/api/v1/sync/pull", "{").first == 400);
}

TEST_CASE("Peers are told of the practices that the account sees, and of its own only", "[pitch]") {
    Demo manager("account_manager");
    Id practice;
    auto request = first_pull();
    for (const wire::PullUpsert& up : manager.pull(request))
        if (up.row.entity == Entity::practice) practice = up.row.id;
    const auto [status, body] = manager.ask("/api/v1/peers?" + wire::encode(wire::PeerQuery{practice}));
    REQUIRE(status == 200);
    const auto told = wire::decode_peer_summary(body).value();
    CHECK(told.last_day - told.first_day > 360);
    CHECK(told.last_day < demo_today);
    // The small tenant has no ten practices of a kind.
    CHECK(told.practices == 0);
    CHECK(manager.ask("/api/v1/peers?" + wire::encode(wire::PeerQuery{some_client})).first == 403);
    CHECK(manager.ask("/api/v1/peers").first == 400);
}

TEST_CASE("An edit is decided once by the one mutator, and comes back with the next pull", "[pitch]") {
    Demo demo("front_desk");
    auto request = first_pull();
    Row place;
    for (const wire::PullUpsert& up : demo.pull(request))
        if (up.row.entity == Entity::location) place = up.row;
    Mutation filed;
    filed.mid = 1;
    filed.intent = "01J8Z3K4M5N6P7Q8R9S0T1V2W7";
    filed.kind = MutationKind::create;
    filed.entity = Entity::ticket;
    filed.row = "01J8Z3K4M5N6P7Q8R9S0T1V2W8";
    filed.set = {{"category", Value{std::string("other")}},
                 {"description", Value{std::string("It does not print.")}},
                 {"location", Value{place.id}},
                 {"practice", Value{std::string(text_value(place, "practice"))}},
                 {"priority", Value{std::string("normal")}},
                 {"subject", Value{std::string("Printer")}}};
    const MutationOutcome outcome = demo.push(filed);
    INFO(outcome.message);
    CHECK(outcome.kind == OutcomeKind::applied);
    CHECK(demo.push(filed).kind == OutcomeKind::applied);
    const auto news = demo.pull(request);
    REQUIRE(news.size() == 1);
    CHECK(news.front().row.id == filed.row);
    CHECK(integer_value(news.front().row, "number") > 0);
    CHECK(std::get<wire::PullBegin>(demo.pull_page(request).front()).last_mid == 1);

    Mutation wrong = filed;
    wrong.mid = 2;
    wrong.intent = "01J8Z3K4M5N6P7Q8R9S0T1V2W9";
    wrong.row = "01J8Z3K4M5N6P7Q8R9S0T1V2WA";
    wrong.set.back().second = Value{std::string()};
    CHECK(demo.push(wrong).kind == OutcomeKind::rejected);
    CHECK(demo.pull(request).empty());
}

TEST_CASE("A presenter gets a part of the tenant: the stories' practices and enough beside them", "[pitch]") {
    const ManualClock clock{demo_today * day_ms};
    tenant::DemoOptions options;
    options.today = demo_today;
    const Row going_live = to_row(tenant::go_live(options).kickoff);
    const Id auditor(tenant::find_demo_account(pitch_account)->id);
    const DemoRows rows(options, auditor, clock, {std::span(&going_live, 1), pitch_practices_max});
    std::map<Id, Specialty> practices;
    rows.each_row(Entity::practice, [&](const Row& row) { practices[row.id] = from_row<Practice>(row).specialty; });
    CHECK(practices.size() == pitch_practices_max);
    for (const tenant::Story& story : tenant::stories(options)) {
        INFO(story.number);
        CHECK(practices.contains(story.practice));
        // More than the ten that peers are told of at least.
        CHECK(std::ranges::count(practices, story.specialty, &std::pair<const Id, Specialty>::second) >= 14);
    }
    CHECK(practices.contains(Id(text_value(going_live, "practice"))));
    for (const Entity entity : {Entity::location, Entity::integration, Entity::ticket, Entity::fact_segment}) {
        std::size_t count = 0;
        rows.each_row(entity, [&](const Row& row) {
            CHECK(practices.contains(Id(text_value(row, "practice"))));
            ++count;
        });
        CHECK(count >= pitch_practices_max);
    }
}

TEST_CASE("The two edits of story 8 meet once, where one of them was made without a connection", "[pitch]") {
    Demo demo("front_desk");
    auto request = first_pull();
    tenant::DemoOptions options;
    options.today = demo_today;
    options.scale = tenant::Scale::small;
    const auto stories = tenant::stories(options);
    const auto story = std::ranges::find(stories, 8, &tenant::Story::number);
    REQUIRE(story != stories.end());
    Ticket ticket;
    for (const wire::PullUpsert& up : demo.pull(request))
        if (up.row.id == story->subject) ticket = from_row<Ticket>(up.row);
    REQUIRE(ticket.state == TicketState::waiting_practice);
    Mutation move;
    move.mid = 1;
    move.row = ticket.id;
    move.was = {{"state", Value{std::string("waiting_practice")}}};
    move.set = {{"state", Value{std::string("in_progress")}}};
    SeededRandom random(8);
    move.intent = make_id(demo.clock.now_ms(), random);

    SECTION("At once it is taken as it is") {
        CHECK(demo.push(move).kind == OutcomeKind::applied);
    }
    SECTION("Later it clashes with what support has done meanwhile; applied again it stands") {
        demo.clock.advance(minute_ms);
        const MutationOutcome outcome = demo.push(move);
        CHECK(outcome.kind == OutcomeKind::rejected);
        CHECK(outcome.code == RejectionCode::clash);
        const auto news = demo.pull(request);
        REQUIRE(news.size() == 1);
        const auto theirs = from_row<Ticket>(news.front().row);
        CHECK(theirs.state == TicketState::resolved);
        CHECK(theirs.category != ticket.category);
        Mutation again = move;
        again.mid = 2;
        again.intent = make_id(demo.clock.now_ms(), random);
        again.was = {{"state", Value{std::string("resolved")}}};
        demo.clock.advance(minute_ms);
        CHECK(demo.push(again).kind == OutcomeKind::applied);
    }
}

TEST_CASE("What a part of the tenant has is what the whole has of it", "[pitch]") {
    const ManualClock clock{demo_today * day_ms};
    tenant::DemoOptions options;
    options.today = demo_today;
    options.scale = tenant::Scale::small;
    const Id auditor(tenant::find_demo_account(pitch_account)->id);
    DemoRows whole(options, auditor, clock);
    const DemoRows part(options, auditor, clock, {.more = {}, .practices_max = 6});
    std::size_t segments = 0;
    for (const Entity entity : {Entity::practice, Entity::check_rollup, Entity::message, Entity::fact_segment})
        part.each_row(entity, [&](const Row& row) {
            const auto same = whole.get(entity, row.id);
            REQUIRE(same.has_value());
            CHECK(same->values == row.values);
            segments += entity == Entity::fact_segment ? 1 : 0;
        });
    CHECK(segments > 100);
    CHECK(part.size() < whole.size());
}

}  // namespace portal::pitch
