#include <catch2/catch_test_macros.hpp>

#include "server-stub/auth/accounts.hpp"
#include "shared/base/limits.hpp"
#include "tests/server-stub/api/server_fixture.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

int get_session(Server& server, const std::string& token) {
    return server.send(Method::get, "/api/v1/session", {}, token).status;
}

std::string header_of(const Response& response, std::string_view wanted) {
    for (const auto& [name, value] : response.headers)
        if (name == wanted) return value;
    return {};
}

std::vector<std::string> audit_of(Server& server) {
    std::vector<std::string> actions;
    for (const AuditEntry& entry : server.repository->read()->accounts().audit(100))
        actions.push_back(entry.action);
    return actions;
}

}  // namespace

TEST_CASE("signing in opens a session, signing out ends it", "[server][api][auth]") {
    Server server;
    const Response response = server.try_sign_in("frida");
    REQUIRE(response.status == 200);
    CHECK(response.body.find(R"("email":"frida@example.test")") != std::string::npos);
    CHECK(response.body.find(R"("demo":false)") != std::string::npos);
    CHECK(response.body.find("\"lease_days\":" + std::to_string(limits::offline_lease_days)) != std::string::npos);
    const std::string cookie = header_of(response, "Set-Cookie");
    CHECK(cookie.starts_with("__Host-portal_session="));
    for (const char* attribute : {"; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure"})
        CHECK(cookie.find(attribute) != std::string::npos);
    const std::string token = Server::token_of(response);
    CHECK(get_session(server, token) == 200);
    CHECK(get_session(server, {}) == 401);
    CHECK(get_session(server, std::string(43, 'A')) == 401);
    // The token itself is nowhere in the database.
    CHECK_FALSE(server.repository->read()->accounts().session(token).has_value());
    const Response ended = server.send(Method::delete_, "/api/v1/session", {}, token);
    CHECK(ended.status == 204);
    CHECK(header_of(ended, "Set-Cookie").find("Max-Age=0") != std::string::npos);
    CHECK(get_session(server, token) == 401);
    CHECK(audit_of(server) == std::vector<std::string>{"session.end", "session.open"});
    // Without a session, the cookie is cleared all the same.
    CHECK(server.send(Method::delete_, "/api/v1/session").status == 204);
}

TEST_CASE("cookies go with the connection they are for", "[server][api][auth]") {
    Server server;
    Request request = server.request(Method::post, "/api/v1/session",
                                     R"({"email":"frida@example.test","password":")" + password + R"("})");
    request.origin.clear();
    SECTION("plain HTTP on the same machine has another name and no Secure") {
        request.connection = ConnectionKind::plain_loopback;
        const std::string cookie = header_of(server.send(request), "Set-Cookie");
        CHECK(cookie.starts_with("portal_session_loopback="));
        CHECK(cookie.find("Secure") == std::string::npos);
        Request with_cookie = server.request(Method::get, "/api/v1/session");
        with_cookie.cookie = cookie.substr(0, cookie.find(';'));
        CHECK(server.send(with_cookie).status == 401);
        with_cookie.connection = ConnectionKind::plain_loopback;
        CHECK(server.send(with_cookie).status == 200);
    }
    SECTION("plain HTTP from elsewhere is refused") {
        request.connection = ConnectionKind::plain_remote;
        CHECK(server.send(request).status == 403);
    }
}

TEST_CASE("wrong and unknown accounts are told the same and cost the same", "[server][api][auth]") {
    Server server;
    const Response wrong = server.try_sign_in("frida", "not the password");
    CHECK(wrong.status == 401);
    CHECK(server.passwords.verifications == 1);
    const Response unknown = server.try_sign_in("nobody");
    CHECK(unknown.status == 401);
    CHECK(unknown.body == wrong.body);
    CHECK(server.passwords.verifications == 2);
    server.write([](WriteTransaction& writes) {
        User user = user_of("olga", id_of("cedar"));
        user.disabled = true;
        writes.put(to_row(user));
    });
    const Response disabled = server.try_sign_in("olga");
    CHECK(disabled.status == 401);
    CHECK(disabled.body == wrong.body);
    CHECK(audit_of(server) == std::vector<std::string>(3, "session.refused"));
}

TEST_CASE("guessing is slowed by account, growing with each failure", "[server][api][auth]") {
    Server server;
    for (const char* name : {"frida", "nobody"}) {
        CAPTURE(name);
        int allowed = 0;
        while (allowed < 100 && server.try_sign_in(name, "wrong").status == 401)
            ++allowed;
        CHECK(allowed == limits::throttle_free_attempts + 1);
        CHECK(server.try_sign_in(name).status == 429);
        CHECK(header_of(server.try_sign_in(name), "Retry-After") == "1");
        server.clock.advance(limits::throttle_wait_ms_base);
        CHECK(server.try_sign_in(name, "wrong").status == 401);
        CHECK(header_of(server.try_sign_in(name), "Retry-After") == "2");
    }
    server.clock.advance(2 * limits::throttle_wait_ms_base);
    CHECK(server.try_sign_in("frida").status == 200);
    CHECK(server.try_sign_in("frida", "wrong").status == 401);
    // Others are not held up.
    CHECK(server.try_sign_in("olga").status == 200);
}

TEST_CASE("guessing many accounts is slowed by address", "[server][api][auth]") {
    Server server;
    int allowed = 0;
    while (allowed < 100 && server.try_sign_in("user" + std::to_string(allowed), "wrong").status == 401)
        ++allowed;
    CHECK(allowed == limits::throttle_free_attempts_of_address + 1);
    Request elsewhere = server.request(Method::post, "/api/v1/session",
                                       R"({"email":"frida@example.test","password":")" + password + R"("})");
    elsewhere.address = "198.51.100.7";
    CHECK(server.send(elsewhere).status == 200);
}

TEST_CASE("an office signs in from one address without being slowed", "[server][api][auth]") {
    Server server;
    for (std::int64_t attempt = 0; attempt < 2 * limits::throttle_free_attempts_of_address; ++attempt)
        REQUIRE(server.try_sign_in("frida").status == 200);
}

TEST_CASE("sessions end by idleness, by age and everywhere at once", "[server][api][auth]") {
    Server server;
    const std::string token = server.sign_in("frida");
    SECTION("idle") {
        server.clock.advance(limits::session_idle_ms_max - 1);
        CHECK(get_session(server, token) == 200);
        server.clock.advance(limits::session_idle_ms_max);
        CHECK(get_session(server, token) == 401);
    }
    SECTION("age, however busy") {
        std::string present = token;
        const InstantMs opened_ms = server.clock.now_ms();
        while (server.clock.now_ms() - opened_ms < limits::session_absolute_ms_max) {
            const Response response = server.send(Method::get, "/api/v1/session", {}, present);
            REQUIRE(response.status == 200);
            if (const std::string next = Server::token_of(response); !next.empty()) present = next;
            server.clock.advance(limits::session_idle_ms_max / 2);
        }
        CHECK(get_session(server, present) == 401);
    }
    SECTION("everywhere") {
        const std::string other = server.sign_in("frida"), stranger = server.sign_in("olga");
        CHECK(server.send(Method::delete_, "/api/v1/sessions", {}, token).status == 204);
        CHECK(get_session(server, token) == 401);
        CHECK(get_session(server, other) == 401);
        CHECK(get_session(server, stranger) == 200);
    }
    SECTION("a disabled user's end at once") {
        server.write([&](WriteTransaction& writes) {
            CHECK(set_user_disabled(writes, id_of("frida"), Disabled::yes, id_of("ada"), server.clock.now_ms()));
        });
        CHECK(get_session(server, token) == 401);
        const auto session = server.repository->read()->accounts().session(hash_token(token));
        CHECK_FALSE(session.has_value());
        CHECK(server.api->streams_of_session(hash_token(token)).empty());
    }
}

TEST_CASE("a storage that cannot be read ends live connections and nothing else", "[server][api][live]") {
    Server server;
    const std::string session = hash_token(server.sign_in("frida"));
    CHECK_FALSE(server.api->streams_of_session(session).empty());
    server.repository->fail_reads = true;
    CHECK(server.api->streams_of_session(session).empty());
    REQUIRE_FALSE(server.log.lines.empty());
    CHECK(server.log.lines.back().starts_with("storage_fault"));
    server.repository->fail_reads = false;
    CHECK_FALSE(server.api->streams_of_session(session).empty());
}

TEST_CASE("a session is rotated without signing anybody out", "[server][api][auth]") {
    Server server;
    const std::string old_token = server.sign_in("frida");
    server.clock.advance(limits::session_rotate_ms);
    const Response rotated = server.send(Method::get, "/api/v1/session", {}, old_token);
    const std::string new_token = Server::token_of(rotated);
    REQUIRE_FALSE(new_token.empty());
    CHECK(new_token != old_token);
    SECTION("the answer that carried the new token was lost") {
        server.clock.advance(2 * limits::session_overlap_ms);
        CHECK(get_session(server, old_token) == 200);
    }
    SECTION("once the new token has been seen, the old one ends after the overlap") {
        CHECK(get_session(server, new_token) == 200);
        CHECK(get_session(server, old_token) == 200);
        server.clock.advance(limits::session_overlap_ms);
        CHECK(get_session(server, old_token) == 401);
        CHECK(get_session(server, new_token) == 200);
    }
    SECTION("the same token is not rotated by every request") {
        CHECK(Server::token_of(server.send(Method::get, "/api/v1/session", {}, old_token)).empty());
    }
}

TEST_CASE("an invitation and a reset set a password once", "[server][api][auth]") {
    Server server;
    const std::string admin = server.sign_in("ada");
    const Response invited = server.send(
        Method::post, "/api/v1/admin/users",
        R"({"email":"new@example.test","name":"New","role":"practice_user","scope_kind":"practice","scope":")" +
            id_of("willow") + R"(","practice":")" + id_of("willow") + R"("})",
        admin);
    CAPTURE(invited.body);
    REQUIRE(invited.status == 201);
    const std::size_t at = invited.body.find("#invite=") + 8;
    const std::string link = invited.body.substr(at, 43);
    const auto redeem = [&](const std::string& token, const std::string& word) {
        return server.send(Method::post, "/api/v1/password/redeem",
                           R"({"token":")" + token + R"(","password":")" + word + R"("})");
    };
    SECTION("which works once") {
        CHECK(redeem(link, "short").status == 400);
        const Response opened = redeem(link, "a new password of mine");
        REQUIRE(opened.status == 200);
        CHECK(get_session(server, Server::token_of(opened)) == 200);
        CHECK(redeem(link, "another password here").status == 403);
        CHECK(server.try_sign_in("new", "a new password of mine").status == 200);
    }
    SECTION("but not after a day") {
        server.clock.advance(limits::link_ms_max);
        CHECK(redeem(link, "a new password of mine").status == 403);
    }
    SECTION("nor with a guess") {
        CHECK(redeem(std::string(43, 'A'), "a new password of mine").status == 403);
    }
    SECTION("and an address is invited once") {
        CHECK(server
                  .send(Method::post, "/api/v1/admin/users",
                        R"({"email":"NEW@example.test","name":"N","role":"auditor","scope_kind":"tenant"})", admin)
                  .status == 409);
    }
    SECTION("a reset ends the sessions that were open") {
        redeem(link, "a new password of mine");
        const std::string before = server.sign_in("frida");
        std::string token;
        server.write([&](WriteTransaction& writes) {
            token = reset_user(writes, "frida@example.test", id_of("ada"), server.clock.now_ms(), server.random)->token;
        });
        CHECK(get_session(server, before) == 200);
        CHECK(redeem(token, "another password here").status == 200);
        CHECK(get_session(server, before) == 401);
        CHECK(server.try_sign_in("frida").status == 401);
    }
}

TEST_CASE("one's own password changes with the present one", "[server][api][auth]") {
    Server server;
    const std::string token = server.sign_in("frida"), elsewhere = server.sign_in("frida");
    const auto change = [&](const std::string& current) {
        return server.send(Method::post, "/api/v1/password/change",
                           R"({"current":")" + current + R"(","password":"a new password of mine"})", token);
    };
    CHECK(change("wrong").status == 403);
    const Response changed = change(password);
    REQUIRE(changed.status == 200);
    CHECK(get_session(server, Server::token_of(changed)) == 200);
    CHECK(get_session(server, elsewhere) == 401);
    CHECK(server.try_sign_in("frida", "a new password of mine").status == 200);
}

TEST_CASE("demo accounts are there in the demo tenant only", "[server][api][auth]") {
    Server server;
    const std::string body = R"({"account":")" + id_of("frida") + R"("})";
    CHECK(server.send(Method::get, "/api/v1/demo-accounts").body == R"({"accounts":[]})");
    CHECK(server.send(Method::post, "/api/v1/session/demo", body).status == 404);
    server.write([](WriteTransaction& writes) {
        writes.accounts().put_demo_account(
            {id_of("frida"), "frida@example.test", "Frida", "practice_user", "willow", 1});
        writes.set_tenant_kind(TenantKind::demo);
    });
    CHECK(server.send(Method::get, "/api/v1/demo-accounts").body.find(id_of("frida")) != std::string::npos);
    const Response opened = server.send(Method::post, "/api/v1/session/demo", body);
    REQUIRE(opened.status == 200);
    CHECK(opened.body.find(R"("demo":true)") != std::string::npos);
    CHECK(get_session(server, Server::token_of(opened)) == 200);
    CHECK(server.send(Method::post, "/api/v1/session/demo", R"({"account":")" + id_of("ada") + R"("})").status == 404);
}

TEST_CASE("whatever changes state proves where it comes from", "[server][api]") {
    Server server;
    const std::string token = server.sign_in("frida");
    Request request = server.request(Method::delete_, "/api/v1/session", {}, token);
    SECTION("without the marker") {
        request.marker.clear();
    }
    SECTION("from another origin") {
        request.origin = "https://evil.test";
    }
    SECTION("from an origin that only begins alike") {
        request.origin = "https://portal.test.evil.test";
    }
    SECTION("from an opaque origin") {
        request.origin = "null";
    }
    CHECK(server.send(request).status == 403);
    CHECK(get_session(server, token) == 200);
}

TEST_CASE("client reports are bounded and reach the log as single lines", "[server][api]") {
    Server server;
    const std::string token = server.sign_in("frida");
    const auto report = [&](const std::string& body) {
        return server.send(Method::post, "/api/v1/client-reports", body, token).status;
    };
    CHECK(report(R"({"build":"abc","entries":[{"kind":"gl_lost","detail":"a\nb"}]})") == 204);
    REQUIRE(server.log.lines.size() == 1);
    CHECK(server.log.lines[0].find('\n') == std::string::npos);
    CHECK(report(R"({"entries":[{"kind":"Not A Word"}]})") == 400);
    CHECK(report(R"({"entries":[{"kind":"x","detail":")" + std::string(201, 'x') + R"("}]})") == 400);
    CHECK(report(std::string(limits::client_report_bytes_max + 1, ' ')) == 413);
    CHECK(server.log.lines.size() == 1);
}
