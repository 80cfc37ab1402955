// Every endpoint x every kind of principal x an id that is not theirs, generated from the table of routes.
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <sstream>

#include "tests/server-stub/api/replica.hpp"
#include "tests/source/source_folder.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

struct Walker {
    const char* name;  // Null: nobody is signed in.
    std::string token;
};

std::vector<Walker> walkers(Server& server) {
    std::vector<Walker> all = {{nullptr, {}}};
    for (const char* name : {"frida", "olga", "mona", "sam", "vera", "ada", "audrey"})
        all.push_back({name, server.sign_in(name)});
    return all;
}

std::string path_of(const Route& route, const Id& foreign) {
    std::string path(route.pattern);
    if (const std::size_t open = path.find('{'); open != std::string::npos)
        path.replace(open, path.find('}') - open + 1, foreign);
    return path;
}

// What the table promises: 0 when the handler is reached.
int verdict(const Route& route, const Walker& walker) {
    const std::string_view name = walker.name ? walker.name : "";
    switch (route.access) {
        case Access::anyone:
            return 0;
        case Access::same_machine:
            return 403;  // The fixture's address is another machine's.
        case Access::share_guest:
            return 401;  // Who is signed in is no guest.
        case Access::signed_in:
            return name.empty() ? 401 : 0;
        case Access::administrator:
            return name.empty() ? 401 : name == "ada" ? 0 : 403;
    }
    return -1;
}

// A body that its endpoint understands, naming rows of a practice that is not the caller's.
std::string body_of(const Route& route) {
    if (route.pattern == "/api/v1/sync/pull") {
        wire::PullRequest request;
        request.client = id_of("walker");
        return wire::encode(request);
    }
    if (route.pattern == "/api/v1/sync/push") {
        wire::PushRequest request;
        request.client = id_of("walker" + std::string(text_of_method(route.method)));
        Mutation mutation;
        mutation.mid = 1;
        mutation.intent = id_of("walk");
        mutation.kind = MutationKind::update;
        mutation.entity = Entity::ticket;
        mutation.row = id_of("ticketb");
        mutation.was = {{"subject", Value(std::string("ticketb subject"))}};
        mutation.set = {{"subject", Value(std::string("taken over"))}};
        request.mutations = {mutation};
        return wire::encode(request);
    }
    return route.body_bytes_max > 0 ? "{}" : "";
}

}  // namespace

TEST_CASE("every endpoint answers every principal as its table says", "[server][api]") {
    for (const Route& route : routes()) {
        CHECK((route.delivery == Delivery::handler) == (route.handler != nullptr));
        // A fresh server each: some endpoints end sessions.
        Server server;
        for (const Walker& walker : walkers(server)) {
            CAPTURE(text_of_method(route.method), route.pattern, walker.name ? walker.name : "nobody");
            Request request = server.request(route.method, path_of(route, id_of("olga")), body_of(route), walker.token);
            const Admission admission = server.api->admit(request);
            const int expected = verdict(route, walker);
            if (expected != 0) {
                REQUIRE(admission.route == nullptr);
                CHECK(admission.refusal.status == expected);
                CHECK(server.send(request).status == expected);
                continue;
            }
            REQUIRE(admission.route == &route);
            // Under /share/ the session's cookie is not looked at.
            const bool is_for_users = !route.pattern.starts_with("/share/");
            CHECK(admission.principal.signed_in == (walker.name != nullptr && is_for_users));
            if (route.csrf == Csrf::required) {
                Request forged = request;
                forged.marker.clear();
                CHECK(server.api->admit(forged).route == nullptr);
            }
            if (route.delivery != Delivery::handler) continue;
            const Response response = server.send(request);
            CHECK(response.status != 500);
            CHECK(response.status != 405);
            const bool may_see_cedar =
                walker.name && std::string_view("olga ada audrey").find(walker.name) != std::string_view::npos;
            if (!may_see_cedar) {
                CHECK(response.body.find("ticketb") == std::string::npos);
                CHECK(response.body.find("cedar") == std::string::npos);
            }
        }
        const auto row = server.repository->read()->row(Entity::ticket, id_of("ticketb"));
        const bool owner_changed_it = route.pattern == "/api/v1/sync/push";
        CHECK((text_value(*row, "subject") == "ticketb subject" || owner_changed_it));
    }
}

TEST_CASE("only those who may write a foreign ticket change it by a push", "[server][api]") {
    for (const char* name : {"frida", "olga", "mona", "sam", "vera", "ada", "audrey"}) {
        CAPTURE(name);
        Server server;
        const std::string token = server.sign_in(name);
        for (const Route& route : routes()) {
            if (route.pattern != "/api/v1/sync/push") continue;
            server.send(route.method, std::string(route.pattern), body_of(route), token);
        }
        const auto row = server.repository->read()->row(Entity::ticket, id_of("ticketb"));
        CHECK((text_value(*row, "subject") == "taken over") == (std::string_view(name) == "olga"));
    }
}

TEST_CASE("the same machine may read what others may not", "[server][api]") {
    Server server;
    Request request = server.request(Method::get, "/metrics");
    for (const char* address : {"127.0.0.1", "::1", "::ffff:127.0.0.1"}) {
        request.address = address;
        CHECK(server.api->admit(request).route != nullptr);
    }
    for (const char* address : {"192.0.2.1", "::ffff:192.0.2.1", "12.7.0.0", ""}) {
        request.address = address;
        CHECK(server.api->admit(request).route == nullptr);
    }
}

TEST_CASE("addresses and methods outside the table are not there", "[server][api]") {
    Server server;
    const std::string token = server.sign_in("ada");
    CHECK(server.send(Method::get, "/api/v1/nothing", {}, token).status == 404);
    CHECK(server.send(Method::get, "/api/v1/session/", {}, token).status == 404);
    const Response wrong_method = server.send(Method::put, "/api/v1/session", {}, token);
    CHECK(wrong_method.status == 405);
    CHECK(std::find(wrong_method.headers.begin(), wrong_method.headers.end(),
                    std::pair<std::string, std::string>{"Allow", "GET, HEAD, POST, DELETE"}) !=
          wrong_method.headers.end());
    CHECK(server.send(Method::patch, "/api/v1/admin/users/", "{}", token).status == 404);
    CHECK(server.send(Method::patch, "/api/v1/admin/users/a/b", "{}", token).status == 404);
    CHECK(server.send(Method::patch, "/api/v1/admin/users/" + id_of("nobody"), R"({"disabled":true})", token).status ==
          404);
    CHECK(server.send(Method::patch, "/api/v1/admin/users/" + id_of("ada"), R"({"disabled":true})", token).status ==
          412);
    CHECK(server.send(Method::patch, "/api/v1/admin/users/" + id_of("frida"), R"({"disabled":true})", token).status ==
          204);
}

TEST_CASE("every handler stands in the table of routes", "[server][api]") {
    const auto read = [](const char* name) {
        std::ostringstream text;
        text << std::ifstream(portal::test::source_folder() / "server-stub/api" / name).rdbuf();
        return text.str();
    };
    const std::string declared = read("handlers.hpp"), table = read("routes.cpp");
    constexpr std::string_view mark = "void handle_";
    std::size_t handlers = 0;
    for (std::size_t at = 0; (at = declared.find(mark, at)) != std::string::npos; ++at, ++handlers) {
        const std::string name = declared.substr(at + 5, declared.find('(', at) - at - 5);
        INFO(name);
        CHECK(table.find(name + "}") != std::string::npos);
    }
    CHECK(handlers == static_cast<std::size_t>(std::count_if(routes().begin(), routes().end(), [](const Route& route) {
              return route.delivery == Delivery::handler;
          })));
}

TEST_CASE("openapi.yaml lists the table's endpoints, their access and nothing else", "[server][api]") {
    std::ifstream file(portal::test::source_folder() / "server-stub/openapi.yaml");
    REQUIRE(file.good());
    constexpr std::string_view access_texts[] = {"anyone", "same_machine", "signed_in", "administrator", "share_guest"};
    std::vector<std::string> in_table, in_file;
    for (const Route& route : routes())
        in_table.push_back(std::string(text_of_method(route.method)) + " " + std::string(route.pattern) + " " +
                           std::string(access_texts[static_cast<std::size_t>(route.access)]));
    std::string line, path, method;
    bool in_paths = false;
    while (std::getline(file, line)) {
        if (!line.empty() && line[0] != ' ' && line[0] != '#') in_paths = line == "paths:";
        if (!in_paths) continue;
        const std::size_t indent = line.find_first_not_of(' ');
        if (indent == 2 && line[2] == '/') path = line.substr(2, line.size() - 3);
        if (indent == 4 && line.back() == ':') {
            method = line.substr(4, line.size() - 5);
            for (char& letter : method)
                letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
        }
        constexpr std::string_view access = "      x-access: ";
        if (line.starts_with(access)) in_file.push_back(method + " " + path + " " + line.substr(access.size()));
    }
    std::sort(in_table.begin(), in_table.end());
    std::sort(in_file.begin(), in_file.end());
    CHECK(in_file == in_table);
}
