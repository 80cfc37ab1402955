// The whole server behind its network, in one thread: requests go in, answers come out, time stands until it is moved.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/api/api.hpp"
#include "server-stub/repo/sqlite_repository.hpp"
#include "server-stub/restore.hpp"
#include "shared/wire/json_codec.hpp"
#include "tests/server-stub/repo/faulty_repository.hpp"
#include "tests/server-stub/repo/small_world.hpp"
#include "tests/server-stub/repo/temp_folder.hpp"

namespace portal::server::test {

// Costs nothing, so that a test may sign in a thousand times; counts its verifications.
class PlainHasher final : public PasswordHasher {
  public:
    Result<std::string> hash(std::string_view password) override { return "plain:" + std::string(password); }
    bool verify(const std::string& hash, std::string_view password) override {
        ++verifications;
        return hash == "plain:" + std::string(password);
    }
    int verifications = 0;
};

class MemoryLog final : public EventLog {
  public:
    void record(std::string_view event, std::string_view detail) override {
        lines.push_back(std::string(event) + " " + std::string(detail));
    }
    std::vector<std::string> lines;
};

inline const std::string password = "correct horse battery";

struct Server {
    Server() : Server(SqliteOptions{}) {}
    // Without a path: in a folder of its own.
    explicit Server(SqliteOptions options) : database(std::move(options)) {
        if (database.path.empty()) database.path = folder.file("portal.sqlite");
        open();
        write([](WriteTransaction& writes) {
            put_small_world(writes);
            for (const char* name : {"frida", "olga", "mona", "sam", "vera", "ada", "audrey"})
                writes.accounts().set_password_hash(id_of(name), "plain:" + password);
        });
    }

    // As the program `restore` does it: the server is down meanwhile, and everybody signs in again.
    void restore(const std::string& backup) {
        close();
        REQUIRE(restore_database(database.path, backup, clock, random).has_value());
        open();
    }

    void write(const std::function<void(WriteTransaction&)>& work) {
        const Status status = queue->run([&](WriteTransaction& writes) -> Status {
            writes.act_as({}, clock.now_ms());
            work(writes);
            return {};
        });
        REQUIRE(status.has_value());
    }

    // As the pages send it: with the marker header and the cookie of `token`.
    Request request(Method method, const std::string& path, const std::string& body = {},
                    const std::string& token = {}) {
        Request made;
        made.method = method;
        made.path = path;
        made.body = body;
        made.host = "portal.test";
        made.origin = "https://portal.test";
        made.marker = "1";
        made.address = "192.0.2.1";
        made.connection = ConnectionKind::tls;
        if (!token.empty()) made.cookie = "other=1; __Host-portal_session=" + token;
        return made;
    }

    Response send(Request made) {
        std::optional<Response> answer;
        api->handle(std::move(made), [&](Response response) {
            REQUIRE_FALSE(answer.has_value());
            answer = std::move(response);
        });
        queue->run_all();
        REQUIRE(answer.has_value());
        return *answer;
    }
    Response send(Method method, const std::string& path, const std::string& body = {}, const std::string& token = {}) {
        return send(request(method, path, body, token));
    }

    Response try_sign_in(const std::string& name, const std::string& word = password) {
        return send(Method::post, "/api/v1/session",
                    R"({"email":")" + name + R"(@example.test","password":")" + word + R"("})");
    }
    std::string sign_in(const std::string& name) { return token_of(try_sign_in(name)); }

    // The token that an answer's Set-Cookie carries; empty for none.
    static std::string token_of(const Response& response) {
        for (const auto& [name, value] : response.headers)
            if (name == "Set-Cookie")
                return token_in_cookies(value.substr(0, value.find(';')), CookieKind::host_prefixed);
        return {};
    }

    void open() { REQUIRE(try_open().has_value()); }
    Status try_open() {
        PORTAL_TRY_ASSIGN(opened, open_sqlite_repository(database, random));
        repository = std::make_unique<FaultyRepository>(std::move(opened));
        queue = std::make_unique<CommitQueue>(*repository);
        api = std::make_unique<Api>(Services{*repository, *queue, clock, random, passwords, workers, log});
        return {};
    }
    void close() {
        api.reset();
        queue.reset();
        repository.reset();
    }

    TempFolder folder;
    SqliteOptions database;
    ManualClock clock{start_ms};
    SeededRandom random{11};
    PlainHasher passwords;
    InlineWorker workers;
    MemoryLog log;
    std::unique_ptr<FaultyRepository> repository;
    std::unique_ptr<CommitQueue> queue;
    std::unique_ptr<Api> api;
};

}  // namespace portal::server::test
