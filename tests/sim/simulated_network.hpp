// The network and the devices of the simulation: requests reach the production handlers in the same thread, late,
// twice, never, or with their answer lost, as the seed says.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/platform/storage.hpp"
#include "app/platform/transport.hpp"
#include "tests/server-stub/api/server_fixture.hpp"

namespace portal::sim {

// How often each fault happens, in 0-1; all zero is a healthy link.
struct Faults {
    double drop = 0;        // The request never arrives.
    double lose_reply = 0;  // It arrives, its answer does not.
    double duplicate = 0;   // It arrives twice; the second answer is the one received.
    double truncate = 0;    // The answer ends in the middle.
    double refuse = 0;      // The server's commit fails.
    DurationMs delay_ms_max = 0;
};

// What happened, to show that a mix of faults is one.
struct FaultCounts {
    std::int64_t requests = 0, dropped = 0, lost = 0, duplicated = 0, truncated = 0, refused = 0, restarts = 0;
};

class SimulatedNetwork {
  public:
    SimulatedNetwork(server::test::Server& server, RandomSource& random) : m_server(server), m_random(random) {}

    Faults faults;
    FaultCounts counts;

    server::test::Server& server() { return m_server; }
    RandomSource& random() { return m_random; }

    // Answers like the server or, for a lost one, nothing.
    std::optional<server::Response> carry(const platform::TransportRequest& request, const std::string& token) {
        ++counts.requests;
        if (m_random.chance(faults.drop)) {
            ++counts.dropped;
            return std::nullopt;
        }
        if (request.method == "POST" && m_random.chance(faults.refuse)) {
            ++counts.refused;
            m_server.repository->fail_commits = 1;
        }
        server::Response response = deliver(request, token);
        if (m_random.chance(faults.duplicate)) {
            ++counts.duplicated;
            response = deliver(request, token);
        }
        m_server.repository->fail_commits = 0;
        if (m_random.chance(faults.lose_reply)) {
            ++counts.lost;
            return std::nullopt;
        }
        return response;
    }

    // Bytes of an answer that arrive.
    std::string cut(const std::string& body) {
        if (body.empty() || !m_random.chance(faults.truncate)) return body;
        ++counts.truncated;
        return body.substr(0, m_random.below(body.size()));
    }

  private:
    server::Response deliver(const platform::TransportRequest& request, const std::string& token) {
        const auto method = request.method == "GET"      ? server::Method::get
                            : request.method == "DELETE" ? server::Method::delete_
                                                         : server::Method::post;
        return m_server.send(method, request.path, request.body, token);
    }

    server::test::Server& m_server;
    RandomSource& m_random;
};

class SimulatedTransport final : public platform::Transport {
  public:
    SimulatedTransport(SimulatedNetwork& network, std::string token) : m_network(network), m_token(std::move(token)) {}

    platform::RequestId send(platform::TransportRequest request, platform::TransportHandlers handlers) override {
        const DurationMs delay_ms =
            m_network.faults.delay_ms_max == 0 ? 0 : m_network.random().between(0, m_network.faults.delay_ms_max);
        m_waiting.emplace(++m_last, Waiting{std::move(request), std::move(handlers), now_ms() + delay_ms});
        return m_last;
    }
    void cancel(platform::RequestId request) override { m_waiting.erase(request); }

    void poll() override {
        for (auto position = m_waiting.begin(); position != m_waiting.end();) {
            if (position->second.due_ms > now_ms()) {
                ++position;
                continue;
            }
            Waiting waiting = std::move(position->second);
            m_waiting.erase(position);
            answer(waiting);
            // Handlers may have sent or cancelled others.
            position = m_waiting.begin();
        }
    }

    // No live channel here: clients pull by their own clock.
    platform::RequestId subscribe(const std::string&, std::function<void(std::string_view, std::string_view)>,
                                  std::function<void(Status)>) override {
        return ++m_last;
    }
    void unsubscribe(platform::RequestId) override {}

  private:
    struct Waiting {
        platform::TransportRequest request;
        platform::TransportHandlers handlers;
        DurationMs due_ms = 0;
    };

    DurationMs now_ms() const { return m_network.server().clock.monotonic_ms(); }

    void answer(const Waiting& waiting) {
        const auto response = m_network.carry(waiting.request, m_token);
        if (!response) {
            waiting.handlers.done(fail(ErrorCode::unavailable, "lost"));
            return;
        }
        waiting.handlers.head({response->status, 0});
        const std::string body = m_network.cut(response->body);
        waiting.handlers.chunk(body);
        if (body.size() == response->body.size())
            waiting.handlers.done({});
        else
            waiting.handlers.done(fail(ErrorCode::unavailable, "cut"));
    }

    SimulatedNetwork& m_network;
    const std::string m_token;
    platform::RequestId m_last = 0;
    std::map<platform::RequestId, Waiting> m_waiting;
};

// A device's disk: outlives the client that wrote it.
class SimulatedStorage final : public platform::Storage {
  public:
    struct Disk {
        std::string folder;
        std::string last_user;
        std::string path_of(const std::string& user) const { return folder + "/" + user + ".db"; }
    };
    explicit SimulatedStorage(Disk& disk) : m_disk(disk) {}

    bool is_durable_supported() const override { return true; }
    void find_last_user(std::function<void(Result<std::string>)> done) override { done(m_disk.last_user); }
    void open(const std::string& user, std::function<void(Result<platform::Place>)> done) override {
        m_disk.last_user = user;
        done(platform::Place{m_disk.path_of(user), {}, true});
    }
    void close() override {}
    void erase(const std::string& user, std::function<void(Status)> done) override {
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm", "-journal"})
            std::filesystem::remove(m_disk.path_of(user) + suffix, ignored);
        m_disk.last_user.clear();
        done({});
    }
    void set_aside(const std::string& user, std::function<void(Status)> done) override { erase(user, std::move(done)); }
    void ask_to_persist() override {}

  private:
    Disk& m_disk;
};

}  // namespace portal::sim
