// The network of the simulation: requests reach the production handlers in the same thread, late, twice,
// never, or with their answer lost, as the seed says.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/platform/transport.hpp"
#include "tests/sim/planted_answers.hpp"
#include "tests/sim/scenario.hpp"
#include "tests/sim/simulated_server.hpp"

namespace portal::sim {

class SimulatedNetwork {
  public:
    SimulatedNetwork(SimulatedServer& server, RandomSource& random, const Scenario& scenario)
        : m_server(server), m_random(random), m_scenario(scenario) {}

    bool healthy = true;
    bool is_away = false;             // Nothing arrives.
    std::int64_t page_bytes = 2'000;  // So that a pull has many pages.
    // The intent of an edit over which whatever stands before the server stumbles, what it answers to a push with it,
    // and how often it has.
    Id poison;
    int poison_status = 0;
    std::int64_t stumbles = 0;
    std::size_t pull_request_bytes_max = 0;  // Of those that were asked.
    std::int64_t requests = 0;
    std::uint64_t answers_crc = 0;  // Of all that the server has answered, to know a run again.
    FaultCounts counts{};

    SimulatedServer& server() { return m_server; }
    RandomSource& random() { return m_random; }
    Plant plant() const { return m_scenario.plant; }
    // Intents that a push has failed with once.
    const std::set<Id>& failed() const { return m_failed; }
    // How many pushes the server has answered with results.
    std::int64_t pushes_answered() const { return m_pushes_answered; }

    // Whether it happens now; counted when it does. In 0-1.
    bool strikes(Fault fault, double chance) {
        if (healthy || chance == 0) return false;
        const bool is_hit = m_random.chance(chance);
        if (!m_scenario.has(fault) || !is_hit) return false;
        ++counts[static_cast<std::size_t>(fault)];
        return true;
    }
    DurationMs delay_ms() { return strikes(Fault::delay, delay_chance) ? m_random.between(1, delay_ms_max) : 0; }

    // Answers like the server or, for a lost one, nothing.
    std::optional<server::Response> carry(const platform::TransportRequest& request, const std::string& token) {
        ++requests;
        if (is_away) return std::nullopt;
        if (request.path == pull_path) pull_request_bytes_max = std::max(pull_request_bytes_max, request.body.size());
        if (request.path == push_path && !poison.empty() &&
            request.body.find("\"intent\":\"" + poison + "\"") != std::string::npos) {
            ++stumbles;
            server::Response refusal;
            refusal.status = poison_status;
            return refusal;
        }
        if (strikes(Fault::drop, often)) return std::nullopt;
        if (request.path == push_path && strikes(Fault::refuse, often)) m_server.repository->fail_commits = 1;
        auto response = deliver(request, token);
        if (strikes(Fault::duplicate, often)) response = deliver(request, token);
        if (response) answers_crc = wire::crc32(response->body) ^ (answers_crc << 1);
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

    // Nothing when the server's power goes meanwhile.
    std::optional<server::Response> deliver(const platform::TransportRequest& request, const std::string& token) {
        const auto method = request.method == "GET"      ? server::Method::get
                            : request.method == "DELETE" ? server::Method::delete_
                                                         : server::Method::post;
        const bool is_pull = request.path == pull_path;
        const std::string body = is_pull ? with_pages_of(page_bytes, request.body) : request.body;
        std::optional<wire::PushRequest> push;
        if (request.path == push_path) push = decoded(request.body), m_server.expect_push(*push);
        server::Response response;
        if (!m_server.survives([&] { response = m_server.send(method, request.path, body, token); }))
            return std::nullopt;
        if (push && response.status >= 500) note_failed(*push);
        if (push && response.status == 200) {
            // One that tells no results asks for a new client id or a pull, which a program that ends at each answer
            // would never come to: it would push the same for ever.
            if (const auto told = wire::decode_push_response(response.body); told && !told->results.empty())
                ++m_pushes_answered;
            m_server.check_push(*push, response.body);
        }
        if (response.status == 200 && is_pull) m_server.check_pull(response.body);
        plant_in(response, request, m_scenario.plant, m_server);
        return response;
    }
    static wire::PushRequest decoded(const std::string& push) {
        auto request = wire::decode_push_request(push);
        REQUIRE(request.has_value());
        return std::move(*request);
    }
    void note_failed(const wire::PushRequest& push) {
        for (const Mutation& mutation : push.mutations)
            m_failed.insert(mutation.intent);
    }

    SimulatedServer& m_server;
    RandomSource& m_random;
    const Scenario& m_scenario;
    std::set<Id> m_failed;
    std::int64_t m_pushes_answered = 0;
};

}  // namespace portal::sim
