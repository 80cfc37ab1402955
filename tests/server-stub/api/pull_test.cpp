#include <catch2/catch_test_macros.hpp>

#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "tests/server-stub/api/replica.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

void put_ticket(Server& server, std::string_view name, std::string_view practice, std::string_view location,
                const std::string& subject = "subject") {
    server.write([&](WriteTransaction& writes) {
        Ticket ticket = ticket_of(name, practice, location);
        ticket.subject = subject;
        writes.put(to_row(ticket));
    });
}

}  // namespace

TEST_CASE("a first pull brings the permitted rows and nothing else", "[server][api]") {
    Server server;
    for (const char* name : {"frida", "olga", "mona", "sam", "vera", "ada", "audrey"}) {
        CAPTURE(name);
        Replica replica(server, name, server.sign_in(name));
        replica.pull();
        CHECK(replica.last_reset);
        CHECK(replica.last_about_rows >= static_cast<std::int64_t>(replica.rows.size()));
        replica.require_equals_server();
    }
    Replica frida(server, "frida", server.sign_in("frida"));
    frida.pull();
    CHECK(frida.holds(Entity::ticket, "ticketa"));
    CHECK(frida.last_body.find("ticketb") == std::string::npos);
    CHECK(frida.last_body.find("cedar") == std::string::npos);
}

TEST_CASE("a later pull brings the changes alone", "[server][api]") {
    Server server;
    Replica frida(server, "frida", server.sign_in("frida"));
    frida.pull();
    frida.pull();
    CHECK_FALSE(frida.last_reset);
    CHECK(frida.last_rows == 0);
    CHECK(frida.last_about_rows == 0);
    put_ticket(server, "ticketc", "willow", "north");
    put_ticket(server, "ticketd", "cedar", "main");
    frida.pull();
    CHECK_FALSE(frida.last_reset);
    CHECK(frida.last_rows == 1);
    CHECK(frida.holds(Entity::ticket, "ticketc"));
    server.write([](WriteTransaction& writes) { writes.remove(Entity::ticket, id_of("ticketc")); });
    frida.pull();
    CHECK(frida.last_rows == 1);
    CHECK_FALSE(frida.holds(Entity::ticket, "ticketc"));
    frida.require_equals_server();
}

TEST_CASE("a row that moves is deleted for those who lose it and sent to those who gain it", "[server][api]") {
    Server server;
    Replica frida(server, "frida", server.sign_in("frida")), olga(server, "olga", server.sign_in("olga")),
        audrey(server, "audrey", server.sign_in("audrey"));
    for (Replica* replica : {&frida, &olga, &audrey})
        replica->pull();
    put_ticket(server, "ticketa", "cedar", "main");
    for (Replica* replica : {&frida, &olga, &audrey}) {
        replica->pull();
        replica->require_equals_server();
        CHECK(replica->last_rows == 1);
    }
    CHECK_FALSE(frida.holds(Entity::ticket, "ticketa"));
    CHECK(olga.holds(Entity::ticket, "ticketa"));
}

TEST_CASE("grants decide at each pull", "[server][api]") {
    Server server;
    Replica mona(server, "mona", server.sign_in("mona"));
    mona.pull();
    const auto grant_cedar = grant_of("grantmona2", "mona", Role::account_manager, ScopeKind::practice, id_of("cedar"));
    SECTION("a new grant sends its streams in full") {
        server.write([&](WriteTransaction& writes) { writes.put(to_row(grant_cedar)); });
        mona.pull();
        CHECK_FALSE(mona.last_reset);
        CHECK(mona.holds(Entity::ticket, "ticketb"));
        mona.require_equals_server();
        SECTION("and a lost one drops them") {
            server.write([&](WriteTransaction& writes) { writes.remove(Entity::grant, grant_cedar.id); });
            mona.pull();
            CHECK_FALSE(mona.last_reset);
            CHECK_FALSE(mona.holds(Entity::ticket, "ticketb"));
            CHECK(mona.last_body.find(R"("k":"drop")") != std::string::npos);
            CHECK(mona.last_body.find("ticketb") == std::string::npos);
            mona.require_equals_server();
        }
    }
    SECTION("an unknown permission set is a full pull") {
        mona.set = "0123456789abcdef0123456789abcdef";
        mona.pull();
        CHECK(mona.last_reset);
        mona.require_equals_server();
    }
    SECTION("a disabled user pulls nothing more") {
        const std::string token = server.sign_in("mona");
        server.write([](WriteTransaction& writes) {
            User user = user_of("mona");
            user.disabled = true;
            writes.put(to_row(user));
        });
        CHECK(server.send(Method::post, "/api/v1/sync/pull", wire::encode(wire::PullRequest{}), token).status == 401);
    }
    SECTION("an assignment gives one ticket, and takes it back") {
        Replica sam(server, "sam", server.sign_in("sam"));
        sam.pull();
        CHECK_FALSE(sam.holds(Entity::ticket, "ticketb"));
        const auto assign = [&](const Id& assignee) {
            server.write([&](WriteTransaction& writes) {
                Ticket ticket = from_row<Ticket>(*writes.get(Entity::ticket, id_of("ticketb")));
                ticket.assignee = assignee;
                writes.put(to_row(ticket));
            });
        };
        assign(id_of("sam"));
        sam.pull();
        CHECK(sam.holds(Entity::ticket, "ticketb"));
        sam.require_equals_server();
        assign({});
        sam.pull();
        CHECK_FALSE(sam.holds(Entity::ticket, "ticketb"));
        sam.require_equals_server();
    }
}

TEST_CASE("a cursor that says nothing true is answered by a reset", "[server][api]") {
    Server server;
    Replica frida(server, "frida", server.sign_in("frida"));
    frida.pull();
    SECTION("another epoch") {
        server.write([](WriteTransaction& writes) { writes.renew_epoch("RESTORED"); });
    }
    SECTION("below the floor") {
        put_ticket(server, "ticketc", "willow", "north");
        server.clock.advance((limits::tombstone_days_kept + 2) * day_ms);
        server.write([&](WriteTransaction& writes) { writes.collect_garbage(server.clock.now_ms()); });
    }
    SECTION("beyond the head") {
        frida.seq += 1'000;
    }
    const std::string token = server.sign_in("frida");
    Replica again(server, "frida", token);
    again.rows = frida.rows;
    again.epoch = frida.epoch;
    again.seq = frida.seq;
    again.set = frida.set;
    again.pull();
    CHECK(again.last_reset);
    again.require_equals_server();
    again.pull();
    CHECK_FALSE(again.last_reset);
}

TEST_CASE("a first load that rests until deletions are forgotten begins anew", "[server][api]") {
    Server server;
    Replica frida(server, "frida", server.sign_in("frida"));
    int pages = 1;
    while (frida.pull_page(1) != Replica::Progress::complete)
        ++pages;
    Replica late(server, "frida", server.sign_in("frida"));
    for (int page = 1; page < pages; ++page)
        REQUIRE(late.pull_page(1) == Replica::Progress::more);
    server.write([](WriteTransaction& writes) { writes.remove(Entity::ticket, id_of("ticketa")); });
    server.clock.advance((limits::tombstone_days_kept + 2) * day_ms);
    server.write([&](WriteTransaction& writes) { writes.collect_garbage(server.clock.now_ms()); });
    late.sign_in_again("frida");
    late.pull(1);
    late.require_equals_server();
}

TEST_CASE("pages meet a moving head and still end at one seq", "[server][api]") {
    Server server;
    for (int count = 0; count < 40; ++count)
        put_ticket(server, "many" + std::to_string(count), count % 2 ? "willow" : "cedar",
                   count % 2 ? "north" : "main");
    Replica audrey(server, "audrey", server.sign_in("audrey"));
    int turn = 0;
    audrey.pull(600, [&] {
        if (++turn > 60) return;
        // Changes what was sent already, what is yet to come, and moves and deletes rows.
        put_ticket(server, "many" + std::to_string(turn % 40), turn % 3 ? "willow" : "cedar",
                   turn % 3 ? "north" : "main", "turn " + std::to_string(turn));
        if (turn % 7 == 0)
            server.write([&](WriteTransaction& writes) {
                writes.remove(Entity::ticket, id_of("many" + std::to_string(turn % 40)));
            });
    });
    CHECK(turn > 20);
    audrey.require_equals_server();
}

TEST_CASE("a stream to be repaired is sent whole and the others are not", "[server][api]") {
    Server server;
    for (int count = 0; count < 12; ++count)
        put_ticket(server, "many" + std::to_string(count), "willow", "north");
    Replica frida(server, "frida", server.sign_in("frida"));
    frida.pull();
    const auto rows_before = static_cast<std::int64_t>(frida.rows.size());
    const StreamId stream = "l:" + id_of("north") + ":work";
    // A row that is not there any more, one that never was, and one of another content.
    frida.rows.erase({Entity::ticket, id_of("many3")});
    frida.rows[{Entity::ticket, id_of("ghost")}] = {to_row(ticket_of("ghost", "willow", "north")), {stream}};
    frida.rows[{Entity::ticket, id_of("many5")}].row.rev += 1;
    frida.repair = {stream, "l:" + id_of("main") + ":work", "nonsense"};
    std::int64_t turns = 0, rows_sent = 0;
    frida.pull(600, [&] {
        rows_sent += frida.last_rows;
        if (++turns < 4) put_ticket(server, "many" + std::to_string(turns), "willow", "north", "changed meanwhile");
    });
    CHECK(turns > 3);
    CHECK_FALSE(frida.last_reset);
    CHECK(rows_sent + frida.last_rows < rows_before);
    CHECK_FALSE(frida.holds(Entity::ticket, "ghost"));
    frida.require_equals_server();
    frida.repair.assign(limits::repair_streams_max + 1, stream);
    wire::PullRequest request;
    request.client = frida.client();
    request.repair = frida.repair;
    CHECK(server.send(Method::post, "/api/v1/sync/pull", wire::encode(request), server.sign_in("frida")).status == 400);
}

TEST_CASE("grants that change between pages start the pull again", "[server][api]") {
    Server server;
    Replica mona(server, "mona", server.sign_in("mona"));
    CHECK(mona.pull_page(1) == Replica::Progress::more);
    server.write([](WriteTransaction& writes) {
        writes.put(to_row(grant_of("g2", "mona", Role::account_manager, ScopeKind::practice, id_of("cedar"))));
    });
    CHECK(mona.pull_page(1) == Replica::Progress::restart);
    mona.pull(1);
    mona.require_equals_server();
}

TEST_CASE("replicas equal the permitted rows after any history", "[server][api][seeds]") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        Server server;
        SeededRandom random(seed);
        const char* names[] = {"frida", "olga", "mona", "sam", "vera", "ada", "audrey"};
        std::vector<std::unique_ptr<Replica>> replicas;
        for (const char* name : names)
            replicas.push_back(std::make_unique<Replica>(server, name, server.sign_in(name)));
        const auto change = [&] {
            server.write([&](WriteTransaction& writes) {
                const std::string number = std::to_string(random.below(12));
                const bool willow = random.chance(0.5);
                switch (random.below(6)) {
                    case 0:
                    case 1: {
                        Ticket ticket = ticket_of("t" + number, willow ? "willow" : "cedar", willow ? "north" : "main");
                        ticket.subject = std::to_string(random.next());
                        if (random.chance(0.3)) ticket.assignee = id_of(random.chance(0.5) ? "sam" : "vera");
                        writes.put(to_row(ticket));
                        break;
                    }
                    case 2:
                        writes.remove(Entity::ticket, id_of("t" + number));
                        break;
                    case 3: {
                        Message message;
                        message.id = id_of("m" + number);
                        message.ticket = id_of("t" + number);
                        message.practice = id_of(willow ? "willow" : "cedar");
                        message.location = id_of(willow ? "north" : "main");
                        message.visibility =
                            random.chance(0.5) ? MessageVisibility::public_ : MessageVisibility::internal;
                        message.body = std::to_string(random.next());
                        writes.put(to_row(message));
                        break;
                    }
                    case 4:
                        writes.put(to_row(grant_of("extra" + std::to_string(random.below(3)), names[random.below(7)],
                                                   Role::account_manager, ScopeKind::practice,
                                                   id_of(willow ? "willow" : "cedar"))));
                        break;
                    default:
                        writes.remove(Entity::grant, id_of("extra" + std::to_string(random.below(3))));
                        break;
                }
            });
        };
        for (int turn = 0; turn < 60; ++turn) {
            change();
            Replica& replica = *replicas[random.below(replicas.size())];
            if (random.chance(0.4))
                replica.pull(static_cast<std::int64_t>(200 + random.below(3000)), [&] {
                    if (random.chance(0.3)) change();
                });
            if (random.chance(0.2)) {
                replica.pull();
                replica.require_equals_server();
            }
        }
        for (const auto& replica : replicas) {
            replica->pull(900);
            replica->require_equals_server();
        }
        CHECK(server.repository->check_integrity().problems.size() <= 24);
    }
}

TEST_CASE("a pull refuses what it does not understand", "[server][api]") {
    Server server;
    const std::string token = server.sign_in("frida");
    const auto status_of_body = [&](const std::string& body) {
        return server.send(Method::post, "/api/v1/sync/pull", body, token).status;
    };
    CHECK(status_of_body("not json") == 400);
    wire::PullRequest request;
    request.client = id_of("client");
    request.page = "nonsense";
    CHECK(status_of_body(wire::encode(request)) == 400);
    request.page.clear();
    request.schema = wire::schema_version + 1;
    CHECK(status_of_body(wire::encode(request)) == 426);
    request.schema = wire::schema_version - 1;  // Its replica has no place for the newer rows.
    CHECK(status_of_body(wire::encode(request)) == 426);
    request.schema = wire::schema_version;
    server.write([](WriteTransaction& writes) { writes.put_client({id_of("client"), id_of("olga"), 1}); });
    CHECK(status_of_body(wire::encode(request)) == 403);
}
