// The network and the disks of the simulation: requests reach the production handlers in the same thread, late, twice,
// never, or with their answer lost, as the seed says.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/platform/storage.hpp"
#include "app/platform/transport.hpp"
#include "tests/server-stub/api/server_fixture.hpp"
#include "tests/sim/planted_answers.hpp"
#include "tests/sim/scenario.hpp"

namespace portal::sim {

class SimulatedNetwork {
  public:
    SimulatedNetwork(server::test::Server& server, RandomSource& random, const Scenario& scenario)
        : m_server(server), m_random(random), m_scenario(scenario) {}

    bool healthy = true;
    std::int64_t requests = 0;
    FaultCounts counts{}, chances{};

    server::test::Server& server() { return m_server; }
    RandomSource& random() { return m_random; }
    Plant plant() const { return m_scenario.plant; }
    // Intents that a push has failed with once.
    const std::set<Id>& failed() const { return m_failed; }

    // Whether it happens now; counted when it does. In 0-1.
    bool strikes(Fault fault, double chance) {
        if (healthy || chance == 0) return false;
        const bool is_hit = m_random.chance(chance);
        if (!m_scenario.has(fault)) return false;
        ++chances[static_cast<std::size_t>(fault)];
        if (!is_hit) return false;
        ++counts[static_cast<std::size_t>(fault)];
        return true;
    }
    DurationMs delay_ms() { return strikes(Fault::delay, delay_chance) ? m_random.between(1, delay_ms_max) : 0; }

    // Answers like the server or, for a lost one, nothing.
    std::optional<server::Response> carry(const platform::TransportRequest& request, const std::string& token) {
        ++requests;
        if (strikes(Fault::drop, often)) return std::nullopt;
        if (request.path == push_path && strikes(Fault::refuse, often)) m_server.repository->fail_commits = 1;
        server::Response response = deliver(request, token);
        if (strikes(Fault::duplicate, often)) response = deliver(request, token);
        m_server.repository->fail_commits = 0;
        if (strikes(Fault::lose_reply, often)) return std::nullopt;
        return response;
    }

    // Bytes of an answer that arrive.
    std::string cut(const std::string& body) {
        if (body.empty() || !strikes(Fault::truncate, seldom)) return body;
        return body.substr(0, m_random.below(body.size()));
    }

  private:
    static constexpr double often = 0.1, seldom = 0.07, delay_chance = 0.4;
    static constexpr DurationMs delay_ms_max = 2'500;

    static constexpr std::int64_t page_bytes = 2'000;  // So that a pull has many pages.

    server::Response deliver(const platform::TransportRequest& request, const std::string& token) {
        const auto method = request.method == "GET"      ? server::Method::get
                            : request.method == "DELETE" ? server::Method::delete_
                                                         : server::Method::post;
        const bool is_pull = request.path == pull_path;
        server::Response response = m_server.send(
            method, request.path, is_pull ? with_pages_of(page_bytes, request.body) : request.body, token);
        if (response.status >= 500 && request.path == push_path) note_failed(request.body);
        plant_in(response, request, m_scenario.plant, m_server, m_random);
        return response;
    }
    void note_failed(const std::string& push) {
        const auto request = wire::decode_push_request(push);
        REQUIRE(request.has_value());
        for (const Mutation& mutation : request->mutations)
            m_failed.insert(mutation.intent);
    }

    server::test::Server& m_server;
    RandomSource& m_random;
    const Scenario& m_scenario;
    std::set<Id> m_failed;
};

class SimulatedTransport final : public platform::Transport {
  public:
    // The token is the device's cookie: it changes when somebody signs in again.
    SimulatedTransport(SimulatedNetwork& network, const std::string& token) : m_network(network), m_token(token) {}

    platform::RequestId send(platform::TransportRequest request, platform::TransportHandlers handlers) override {
        const auto due_ms = now_ms() + m_network.delay_ms();
        m_waiting.emplace(++m_last, Waiting{std::move(request), std::move(handlers), due_ms, Leg::there, {}});
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
            const platform::RequestId id = position->first;
            m_waiting.erase(position);
            if (waiting.leg == Leg::there)
                arrive(id, std::move(waiting));
            else
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
    enum class Leg : std::uint8_t { there, back };
    struct Waiting {
        platform::TransportRequest request;
        platform::TransportHandlers handlers;
        DurationMs due_ms = 0;
        Leg leg = Leg::there;
        std::optional<server::Response> response;
    };

    DurationMs now_ms() const { return m_network.server().clock.monotonic_ms(); }

    // What the server says now may be heard later.
    void arrive(platform::RequestId id, Waiting waiting) {
        waiting.response = m_network.carry(waiting.request, m_token);
        const DurationMs delay_ms = m_network.delay_ms();
        if (delay_ms == 0) return answer(waiting);
        waiting.leg = Leg::back;
        waiting.due_ms = now_ms() + delay_ms;
        m_waiting.emplace(id, std::move(waiting));
    }

    void answer(const Waiting& waiting) {
        if (!waiting.response) {
            waiting.handlers.done(fail(ErrorCode::unavailable, "lost"));
            return;
        }
        waiting.handlers.head({waiting.response->status, 0});
        const std::string body = m_network.cut(waiting.response->body);
        waiting.handlers.chunk(body);
        if (body.size() == waiting.response->body.size())
            waiting.handlers.done({});
        else
            waiting.handlers.done(fail(ErrorCode::unavailable, "cut"));
    }

    SimulatedNetwork& m_network;
    const std::string& m_token;
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
        void clear() {
            std::filesystem::remove_all(folder);
            std::filesystem::create_directories(folder);
            last_user.clear();
        }
    };
    explicit SimulatedStorage(Disk& disk) : m_disk(disk) {}

    bool is_durable_supported() const override { return true; }
    void find_last_user(std::function<void(Result<std::string>)> done) override { done(m_disk.last_user); }
    void open(const std::string& user, std::function<void(Result<platform::Place>)> done) override {
        m_disk.last_user = user;
        done(platform::Place{m_disk.path_of(user), {}, true});
    }
    void wait(const std::string&, std::function<void(Status)> done) override { done({}); }
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
