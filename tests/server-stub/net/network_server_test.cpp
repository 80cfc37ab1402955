// The server on a real socket, with real threads: what a browser, a probe and a hostile client see.
// [threads]
#include "server-stub/net/network_server.hpp"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <latch>
#include <thread>

#include "server-stub/net/connection_context.hpp"
#include "server-stub/net/control_socket.hpp"
#include "server-stub/repo/sqlite_repository.hpp"
#include "server-stub/repo/writer_thread.hpp"
#include "shared/base/limits.hpp"
#include "tests/server-stub/import/import_world.hpp"
#include "tests/server-stub/net/socket_client.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::tests;

namespace {

// Everything a serving process has, without the process.
class Serving {
  public:
    explicit Serving(double rate_factor = 1'000) {
        m_folder.write("index.html", "<p>app</p>");
        m_folder.write("big-abc.js", std::string(300'000, 'x'));
        m_folder.write("site.json", R"({"files":[{"name":"index.html","hash":"h1","encodings":{}},
            {"name":"big-abc.js","hash":"h2","encodings":{},"immutable":true}]})");
        NetworkOptions options;
        options.rate_factor = rate_factor;
        auto network = NetworkServer::open(options, services());
        REQUIRE(network);
        m_network = std::move(*network);
        REQUIRE(m_site.refresh());
        queue.on_commit([this](const CommitNotice& notice) { hub.publish(notice); });
        m_writer = std::make_unique<WriterThread>(queue);
    }
    ~Serving() {
        stop();
        m_writer.reset();
    }
    void start() {
        m_thread = std::thread([this] { m_network->run(); });
    }
    void stop() {
        if (!m_thread.joinable()) return;
        m_network->stop();
        m_thread.join();
    }
    std::uint16_t port() const { return m_network->port(); }
    NetworkServer& network() { return *m_network; }
    NetworkServices services() { return {api, hub, m_site, metrics, m_log, system_clock()}; }
    TemporaryFolder& folder() { return m_folder; }

  private:
    static std::unique_ptr<Repository> open_repository(const std::string& path, RandomSource& random) {
        auto repository = open_sqlite_repository({path, {}, {}}, random);
        REQUIRE(repository);
        return std::move(*repository);
    }
    TemporaryFolder m_folder;
    std::unique_ptr<RandomSource> m_random = make_system_random();
    std::unique_ptr<Repository> m_repository = open_repository(m_folder.file("portal.db"), *m_random);
    ServerLog m_log{system_clock(), LogLevel::quiet};
    std::unique_ptr<PasswordHasher> m_hasher = make_argon2id_hasher();
    InlineWorker m_workers;
    SiteFolder m_site{m_folder.file("")};

  public:
    CommitQueue queue{*m_repository};
    Metrics metrics;
    Api api{{*m_repository, queue, system_clock(), *m_random, *m_hasher, m_workers, m_log}};
    LiveHub hub{[this](const std::string& session) { return api.streams_of_session(session); }};

  private:
    std::unique_ptr<NetworkServer> m_network;
    std::unique_ptr<WriterThread> m_writer;
    std::thread m_thread;
};

}  // namespace

TEST_CASE("pages, probes and errors over one kept connection", "[net][threads]") {
    Serving serving;
    serving.start();
    SocketClient client(serving.port());
    const HttpReply page = client.get("/");
    CHECK(page.status == 200);
    CHECK(page.body == "<p>app</p>");
    for (const char* field : {"content-security-policy: default-src 'none'", "cross-origin-opener-policy: same-origin",
                              "cross-origin-embedder-policy: require-corp", "x-content-type-options: nosniff",
                              "content-type: text/html", "cache-control: no-cache", "etag: \"h1\""})
        CHECK(page.has(field));
    CHECK(!page.has("strict-transport-security"));
    CHECK(client.get("/tickets/01J").body == "<p>app</p>");
    CHECK(client.get("/", "If-None-Match: \"h1\"\r\n").status == 304);
    CHECK(client.get("/big-abc.js").body.size() == 300'000);
    const HttpReply health = client.get("/healthz");
    CHECK(health.status == 200);
    CHECK(health.body.find("ok") != std::string::npos);
    CHECK(health.has("x-content-type-options: nosniff"));
    const HttpReply missing = client.get("/api/v1/none");
    CHECK(missing.status == 404);
    CHECK(missing.body.find("\"error\"") != std::string::npos);
    CHECK(missing.has("content-security-policy"));
    CHECK(missing.has("cache-control: no-store"));
    CHECK(client.get("/missing.js").status == 404);
    const HttpReply metrics = client.get("/metrics");
    CHECK(metrics.status == 200);
    CHECK(metrics.body.find("portal_requests_total{route=\"site\",status=\"200\"} 3") != std::string::npos);
    CHECK(metrics.body.find("portal_connections 1") != std::string::npos);
    client.say("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const HttpReply head = client.reply(false);
    CHECK(head.status == 200);
    CHECK(head.field("content-length") == "10");
    CHECK(client.get("/").body == "<p>app</p>");
}

TEST_CASE("a pull needs a session; sign-in needs the marker", "[net][threads]") {
    Serving serving;
    serving.start();
    SocketClient client(serving.port());
    CHECK(client.post("/api/v1/sync/pull", "{}").status == 401);
    client.say("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
    CHECK(client.reply().status == 403);
    CHECK(client.get("/api/v1/live").status == 401);
}

TEST_CASE("hostile requests are refused and the server goes on", "[net][threads]") {
    Serving serving;
    serving.start();
    struct Case {
        const char* name;
        std::string bytes;
        int status;  // 0: closed without an answer.
    };
    const Case cases[] = {
        {"not HTTP", "hello there\r\n\r\n", 400},
        {"climbing", "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"encoded climbing", "GET /%2e%2e/portal.db HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"unknown method", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 405},
        {"post to a page", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 405},
        {"huge header",
         "GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(limits::request_header_bytes_max, 'x') + "\r\n\r\n", 431},
        {"huge body", "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", 413},
        {"body past the route's cap", "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n",
         413},
        {"body for nobody", "POST /api/v1/none HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789", 413},
        {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
        {"two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400},
        {"a length beside chunks",
         "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"a coding that is not known",
         "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\nContent-Length: 2\r\n\r\n{}", 400},
        {"two codings",
         "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n", 400},
        {"a NUL in a header", std::string("GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n", 35), 400},
        {"bare line feeds", "GET / HTTP/1.1\nHost: x\n\n", 400},
        {"two lengths",
         "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: "
         "3\r\n\r\n{}",
         400},
    };
    for (const Case& item : cases) {
        INFO(item.name);
        SocketClient client(serving.port());
        client.say(item.bytes);
        const HttpReply reply = client.reply();
        CHECK(reply.status == item.status);
        if (reply.status != 0) CHECK(reply.has("content-security-policy"));
    }
    SocketClient client(serving.port());
    CHECK(client.get("/healthz").status == 200);
}

TEST_CASE("too many requests are told when to come back", "[net][threads]") {
    Serving serving(0.05);
    serving.start();
    SocketClient client(serving.port());
    HttpReply reply;
    for (int count = 0; count < 100; ++count)
        if (reply = client.get("/healthz"); reply.status == 429) break;
    CHECK(reply.status == 429);
    CHECK(std::stoi(reply.field("retry-after")) >= 1);
    CHECK(reply.body.find("resource_exhausted") != std::string::npos);
}

TEST_CASE("connections of one address are capped", "[net][threads]") {
    Serving serving;
    serving.start();
    std::vector<std::unique_ptr<SocketClient>> clients;
    for (std::size_t count = 0; count < limits::connections_per_address_max; ++count) {
        clients.push_back(std::make_unique<SocketClient>(serving.port()));
        REQUIRE(clients.back()->get("/healthz").status == 200);
    }
    SocketClient one_more(serving.port());
    CHECK(one_more.get("/healthz").status == 0);
}

TEST_CASE("connections of all addresses together are capped", "[net]") {
    Serving serving;
    ConnectionContext context({}, serving.services());
    const auto network_of = [](std::size_t number) { return "network " + std::to_string(number); };
    for (std::size_t number = 0; number < limits::connections_max; ++number)
        REQUIRE(context.admit_connection(network_of(number)));
    CHECK_FALSE(context.admit_connection("one more"));
    context.remove_connection(0, network_of(0));
    CHECK(context.admit_connection("one more"));
    CHECK(context.connection_count() == limits::connections_max);
}

TEST_CASE("work that waits for a worker is capped", "[net][threads]") {
    Serving serving;
    NetworkOptions options;
    options.worker_threads = 1;
    ConnectionContext context(options, serving.services());
    std::latch is_busy(1), may_go_on(1);
    std::atomic<std::size_t> done{0};
    REQUIRE(context.submit([&] {
        is_busy.count_down();
        may_go_on.wait();
    }));
    is_busy.wait();
    for (std::size_t job = 0; job < limits::handler_queue_max; ++job)
        REQUIRE(context.submit([&] { ++done; }));
    CHECK_FALSE(context.submit([] {}));
    may_go_on.count_down();
    context.workers.join();
    CHECK(done == limits::handler_queue_max);
    CHECK(context.submit([] {}));
}

TEST_CASE("a stop finishes what was asked and ends idle connections", "[net][threads]") {
    Serving serving;
    serving.start();
    SocketClient idle(serving.port());
    REQUIRE(idle.get("/healthz").status == 200);
    serving.stop();
    CHECK(idle.is_closed_by_peer());
}

TEST_CASE("repeated work runs at once, again and again, and ends with the server", "[net][threads]") {
    Serving serving;
    std::atomic<int> often{0}, seldom{0};
    serving.network().run_every(1, [&] { ++often; });
    serving.network().run_every(24LL * 60 * 60 * 1000, [&] { ++seldom; });
    CHECK(often == 0);
    serving.start();
    SocketClient client(serving.port());
    for (int asked = 0; asked < 100'000 && often < 3; ++asked)
        REQUIRE(client.get("/healthz").status != 0);
    CHECK(often >= 3);
    serving.stop();
    CHECK(seldom == 1);
}

TEST_CASE("a job goes over the control socket and its lines come back", "[net][threads]") {
    Serving serving;
    const std::string path = serving.folder().file("control.sock");
    REQUIRE(serving.network().open_control(path, [](const std::string& request, const auto& tell) {
        tell("{\"progress\":\"got " + request + "\"}");
        tell("{\"exit\":0}");
    }));
    serving.start();
    std::vector<std::string> lines;
    REQUIRE(call_control(path, "{1}", [&](const std::string& line) { lines.push_back(line); }));
    CHECK(lines == std::vector<std::string>{"{\"progress\":\"got {1}\"}", "{\"exit\":0}"});
    CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    serving.stop();
    CHECK(call_control(serving.folder().file("none.sock"), "{}", [](const std::string&) {}).error().code ==
          ErrorCode::unavailable);
}
