#include <catch2/catch_test_macros.hpp>

#include "shared/base/limits.hpp"
#include "tests/server-stub/api/replica.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

Mutation new_ticket(std::int64_t mid, const std::string& name, const std::string& location = "north") {
    Mutation mutation;
    mutation.mid = mid;
    mutation.intent = id_of("intent" + name);
    mutation.kind = MutationKind::create;
    mutation.entity = Entity::ticket;
    mutation.row = id_of(name);
    mutation.set = {{"category", Value(std::string("other"))},
                    {"location", Value(id_of(location))},
                    {"subject", Value(name + " does not work")}};
    return mutation;
}

Mutation reply(std::int64_t mid, const std::string& name, const std::string& ticket) {
    Mutation mutation;
    mutation.mid = mid;
    mutation.intent = id_of("intent" + name);
    mutation.kind = MutationKind::create;
    mutation.entity = Entity::message;
    mutation.row = id_of(name);
    mutation.set = {{"body", Value(name + " says hello")}, {"ticket", Value(id_of(ticket))}};
    return mutation;
}

Mutation change_subject(std::int64_t mid, const std::string& name, const std::string& was, const std::string& now) {
    Mutation mutation;
    mutation.mid = mid;
    mutation.intent = id_of("intentchange" + std::to_string(mid));
    mutation.kind = MutationKind::update;
    mutation.entity = Entity::ticket;
    mutation.row = id_of(name);
    mutation.was = {{"subject", Value(was)}};
    mutation.set = {{"subject", Value(now)}};
    return mutation;
}

struct Pusher {
    Pusher(Server& server_in, const std::string& name, const std::string& client_name)
        : server(server_in), token(server_in.sign_in(name)), client(id_of(client_name)) {}

    Response send(std::vector<Mutation> mutations, int schema = wire::schema_version) {
        wire::PushRequest request;
        request.schema = schema;
        request.client = client;
        request.epoch = epoch;
        request.mutations = std::move(mutations);
        return server.send(Method::post, "/api/v1/sync/push", wire::encode(request), token);
    }
    wire::PushResponse push(std::vector<Mutation> mutations) {
        const Response response = send(std::move(mutations));
        CAPTURE(response.body);
        REQUIRE(response.status == 200);
        return wire::decode_push_response(response.body).value();
    }

    Server& server;
    std::string token;
    Id client;
    std::string epoch = {};  // Empty: as those say it who have not pulled yet.
};

std::string subject_of(Server& server, const std::string& name) {
    const auto row = server.repository->read()->row(Entity::ticket, id_of(name));
    return row ? std::string(text_value(*row, "subject")) : "-";
}

}  // namespace

TEST_CASE("a pushed ticket and its reply are applied, numbered and told to the others", "[server][api]") {
    Server server;
    Pusher frida(server, "frida", "clientfrida");
    const auto answer = frida.push({new_ticket(1, "printer"), reply(2, "first", "printer")});
    REQUIRE(answer.results.size() == 2);
    CHECK(answer.results[0].outcome.kind == OutcomeKind::applied);
    CHECK(answer.results[1].outcome.kind == OutcomeKind::applied);
    CHECK_FALSE(answer.renew_client);
    CHECK(answer.epoch == server.repository->read()->head().epoch);
    const auto ticket = from_row<Ticket>(*server.repository->read()->row(Entity::ticket, id_of("printer")));
    CHECK(ticket.number > 1000);
    CHECK(ticket.practice == id_of("willow"));
    CHECK(ticket.requester == id_of("frida"));
    CHECK(ticket.created_ms == server.clock.now_ms());
    CHECK(ticket.updated_by == id_of("frida"));
    Replica mona(server, "mona", server.sign_in("mona")), olga(server, "olga", server.sign_in("olga"));
    mona.pull();
    olga.pull();
    CHECK(mona.holds(Entity::message, "first"));
    CHECK_FALSE(olga.holds(Entity::ticket, "printer"));
    Pusher agent(server, "mona", "clientmona");
    agent.push({reply(1, "answer", "printer")});
    Replica own(server, "frida", frida.token);
    own.pull();
    int notices = 0;
    for (const auto& [key, held] : own.rows)
        if (key.first == Entity::notice) notices += text_value(held.row, "subject") == id_of("printer") ? 1 : 0;
    CHECK(notices == 1);
    CHECK(own.last_mid == 2);
}

TEST_CASE("each intent takes effect once, whatever is repeated", "[server][api]") {
    Server server;
    Pusher frida(server, "frida", "clientfrida");
    const auto first = frida.push({new_ticket(1, "printer"), reply(2, "first", "printer")});
    const std::int64_t seq = server.repository->read()->head().seq;
    SECTION("the whole push, its answer having been lost") {
        const auto again = frida.push({new_ticket(1, "printer"), reply(2, "first", "printer")});
        CHECK(again.results[0].outcome == first.results[0].outcome);
        CHECK(again.results[1].outcome == first.results[1].outcome);
        CHECK_FALSE(again.renew_client);
    }
    SECTION("a renewed client re-offers by intent under new numbers") {
        frida.client = id_of("clientnew");
        const auto again = frida.push({reply(1, "first", "printer"), new_ticket(2, "printer")});
        CHECK(again.results.size() == 2);
        CHECK_FALSE(again.renew_client);
        CHECK(server.repository->read()->client(frida.client)->last_mid == 2);
    }
    SECTION("the same number with another body asks for a new client") {
        auto other = new_ticket(1, "printer");
        other.set.back().second = Value(std::string("rewritten"));
        const auto answer = frida.push({other});
        CHECK(answer.renew_client);
        CHECK(answer.results.empty());
    }
    SECTION("the same number with another intent asks for a new client") {
        CHECK(frida.push({new_ticket(2, "other")}).renew_client);
    }
    SECTION("a gap asks for a new client, after what came before it") {
        const auto answer = frida.push({new_ticket(2, "printer"), new_ticket(4, "late")});
        CHECK(answer.renew_client);
    }
    SECTION("an intent of another mutation, or of somebody else, is refused") {
        Pusher olga(server, "olga", "clientolga");
        auto stolen = new_ticket(1, "stolen", "main");
        stolen.intent = id_of("intentprinter");
        const auto answer = olga.push({stolen});
        CHECK(answer.results.at(0).outcome.code == RejectionCode::invalid);
        CHECK(answer.results.at(0).outcome.message.find("printer") == std::string::npos);
    }
    CHECK(server.repository->read()->head().seq == seq);
}

TEST_CASE("of a client that does not know of a restore nothing is taken", "[server][api]") {
    Server server;
    Pusher frida(server, "frida", "clientfrida");
    const std::string epoch = server.repository->read()->head().epoch;
    frida.epoch = "BEFORE";
    const auto refused = frida.push({new_ticket(1, "printer")});
    CHECK(refused.renew_client);
    CHECK(refused.results.empty());
    CHECK(refused.epoch == epoch);
    CHECK(subject_of(server, "printer") == "-");
    frida.epoch = epoch;
    CHECK(frida.push({new_ticket(1, "printer")}).results.size() == 1);
    CHECK(subject_of(server, "printer") != "-");
}

TEST_CASE("an edit that comes again without what its author saw is the same edit", "[server][api]") {
    Server server;
    Pusher frida(server, "frida", "clientfrida");
    Mutation edit = change_subject(1, "ticketa", "ticketa subject", "ours");
    REQUIRE(frida.push({edit}).results.at(0).outcome.kind == OutcomeKind::applied);
    const auto seq = server.repository->read()->head().seq;
    edit.was.clear();
    SECTION("under its number") {
        const auto again = frida.push({edit});
        CHECK(again.results.at(0).outcome.kind == OutcomeKind::applied);
        CHECK_FALSE(again.renew_client);
    }
    SECTION("under a new client's") {
        frida.client = id_of("clientnew");
        CHECK(frida.push({edit}).results.at(0).outcome.kind == OutcomeKind::applied);
    }
    SECTION("but with another thing seen it is another one") {
        edit.was = {{"subject", Value(std::string("something else"))}};
        CHECK(frida.push({edit}).renew_client);
    }
    CHECK(server.repository->read()->head().seq == seq);
}

TEST_CASE("refusals are results, and the next mutation goes on", "[server][api]") {
    Server server;
    Pusher frida(server, "frida", "clientfrida");
    SECTION("a clash tells both values") {
        server.write([](WriteTransaction& writes) {
            Ticket ticket = ticket_of("ticketa", "willow", "north");
            ticket.subject = "theirs";
            writes.put(to_row(ticket));
        });
        const auto answer =
            frida.push({change_subject(1, "ticketa", "ticketa subject", "ours"), new_ticket(2, "next")});
        CHECK(answer.results.at(0).outcome.code == RejectionCode::clash);
        REQUIRE(answer.results.at(0).outcome.theirs.size() == 1);
        CHECK(std::get<std::string>(answer.results.at(0).outcome.theirs[0].second) == "theirs");
        CHECK(answer.results.at(1).outcome.kind == OutcomeKind::applied);
        CHECK(subject_of(server, "ticketa") == "theirs");
    }
    SECTION("what another practice owns is refused like what does not exist") {
        const auto answer = frida.push({change_subject(1, "ticketb", "ticketb subject", "ours"),
                                        new_ticket(2, "intruder", "main"), reply(3, "hello", "ticketb")});
        for (const auto& result : answer.results)
            CHECK(result.outcome.kind == OutcomeKind::rejected);
        CHECK(subject_of(server, "ticketb") == "ticketb subject");
        CHECK(subject_of(server, "intruder") == "-");
    }
    SECTION("a child of a refused parent is refused with it") {
        auto child = reply(2, "child", "intruder");
        child.depends_on = id_of("intentintruder");
        const auto answer = frida.push({new_ticket(1, "intruder", "main"), child});
        CHECK(answer.results.at(1).outcome.code == RejectionCode::depends_on_rejected);
    }
    SECTION("an auditor changes nothing") {
        Pusher audrey(server, "audrey", "clientaudrey");
        const auto answer = audrey.push({new_ticket(1, "printer")});
        CHECK(answer.results.at(0).outcome.kind == OutcomeKind::rejected);
    }
    SECTION("refused mutations use up no ticket number") {
        frida.push({new_ticket(1, "intruder", "main"), new_ticket(2, "one"), new_ticket(3, "intruder2", "main"),
                    new_ticket(4, "two")});
        const auto snapshot = server.repository->read();
        CHECK(from_row<Ticket>(*snapshot->row(Entity::ticket, id_of("two"))).number ==
              from_row<Ticket>(*snapshot->row(Entity::ticket, id_of("one"))).number + 1);
    }
}

TEST_CASE("grants that are taken back while a push waits count", "[server][api]") {
    Server server;
    Pusher frida(server, "frida", "clientfrida");
    wire::PushRequest request;
    request.client = frida.client;
    request.mutations = {new_ticket(1, "printer")};
    std::optional<Response> answer;
    server.queue->submit({[](WriteTransaction& writes) -> Status {
                              writes.act_as({}, start_ms);
                              writes.remove(Entity::grant, id_of("grantfrida"));
                              return {};
                          },
                          {},
                          1});
    server.api->handle(server.request(Method::post, "/api/v1/sync/push", wire::encode(request), frida.token),
                       [&](Response response) { answer = std::move(response); });
    CHECK_FALSE(answer.has_value());
    server.queue->run_all();
    REQUIRE(answer.has_value());
    const auto decoded = wire::decode_push_response(answer->body);
    REQUIRE(decoded.has_value());
    CHECK(decoded->results.at(0).outcome.kind == OutcomeKind::rejected);
    CHECK(subject_of(server, "printer") == "-");
}

TEST_CASE("a failed commit is a 503, and the same push then works", "[server][api]") {
    Server server;
    Pusher frida(server, "frida", "clientfrida");
    server.repository->fail_commits = 1;
    CHECK(frida.send({new_ticket(1, "printer")}).status == 503);
    CHECK(subject_of(server, "printer") == "-");
    const auto answer = frida.push({new_ticket(1, "printer")});
    CHECK(answer.results.at(0).outcome.kind == OutcomeKind::applied);
    CHECK(server.repository->read()->row_count(Entity::ticket) == 3);
}

TEST_CASE("edits of the two schemas before are taken, those of a later one are not", "[server][api]") {
    Server server;
    Pusher frida(server, "frida", "clientfrida");
    CHECK(frida.send({new_ticket(1, "printer")}, wire::schema_version + 1).status == 426);
    CHECK(subject_of(server, "printer") == "-");
    CHECK(frida.send({new_ticket(1, "printer")}, wire::schema_version - 2).status == 200);
    CHECK(frida.send({new_ticket(2, "reader")}, wire::schema_version - 1).status == 200);
    CHECK(subject_of(server, "reader") != "-");
    CHECK(frida.send({new_ticket(3, "scanner")}, wire::schema_version - 3).status == 426);
    const auto row = server.repository->read()->row(Entity::ticket, id_of("printer"));
    REQUIRE(row.has_value());
    const Id practice = from_row<Ticket>(*row).practice;
    CHECK(from_row<Ticket>(*row).practice_name ==
          text_value(*server.repository->read()->row(Entity::practice, practice), "name"));
}

// Byte for byte what those builds send, whatever this one would write.
TEST_CASE("pushes as the builds of schema 5 and 6 sent them are taken", "[server][api]") {
    static_assert(wire::schema_version == 7, "Freeze what schema 7 sends, and let go of schema 5.");
    Server server;
    const std::string token = server.sign_in("frida");
    const auto quoted = [](const char* name) { return "\"" + id_of(name) + "\""; };
    const std::string filed =
        R"({"acked":0,"client":)" + quoted("clientfrida") + R"(,"muts":[{"id":)" + quoted("printer") + R"(,"intent":)" +
        quoted("filed") + R"(,"mid":1,"op":"ticket.create","set":{"category":"other","location":)" + quoted("north") +
        R"(,"subject":"printer does not work"},"was":{}}],"proto":1,"schema":5})";
    const std::string renamed =
        R"({"acked":1,"client":)" + quoted("clientfrida") + R"(,"muts":[{"id":)" + quoted("printer") + R"(,"intent":)" +
        quoted("renamed") +
        R"(,"mid":2,"op":"ticket.update","set":{"subject":"printer is broken"},"was":{"subject":"printer does not work"}}],"proto":1,"schema":6})";
    for (const std::string& body : {filed, renamed}) {
        INFO(body);
        const auto answer = server.send(Method::post, "/api/v1/sync/push", body, token);
        REQUIRE(answer.status == 200);
        const auto results = wire::decode_push_response(answer.body)->results;
        REQUIRE(results.size() == 1);
        CHECK(results.front().outcome.kind == OutcomeKind::applied);
    }
    CHECK(subject_of(server, "printer") == "printer is broken");
}

TEST_CASE("a push refuses what it must", "[server][api]") {
    Server server;
    Pusher frida(server, "frida", "clientfrida"), olga(server, "olga", "clientfrida");
    frida.push({new_ticket(1, "printer")});
    CHECK(olga.send({new_ticket(2, "other", "main")}).status == 403);
    CHECK(server.send(Method::post, "/api/v1/sync/push", "[]", frida.token).status == 400);
    wire::PushRequest request;
    request.client = frida.client;
    request.proto = wire::protocol_version + 1;
    CHECK(server.send(Method::post, "/api/v1/sync/push", wire::encode(request), frida.token).status == 426);
    std::vector<Mutation> many;
    for (std::size_t count = 0; count <= limits::push_mutations_max; ++count)
        many.push_back(new_ticket(static_cast<std::int64_t>(count) + 2, "many" + std::to_string(count)));
    CHECK(frida.send(many).status == 400);
    const std::string huge(limits::request_body_bytes_max + 1, ' ');
    CHECK(server.send(Method::post, "/api/v1/sync/push", huge, frida.token).status == 413);
}
