// Structured logs: one JSON object a line on standard error. Route patterns, never raw targets;
// never cookies, bodies, tokens or query strings.
//
// Thread: any.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "server-stub/api/api.hpp"
#include "shared/base/clock.hpp"

namespace portal::server {

enum class LogLevel : std::uint8_t { quiet, requests, everything };

struct RequestEntry {
    std::string_view request_id;
    std::string_view method;
    std::string_view route;  // The pattern, "site" or "none".
    int status = 0;
    std::int64_t duration_us = 0;
    std::uint64_t bytes = 0;
    std::string_view principal;  // User id, or empty.
    std::string_view address;
};

class ServerLog final : public EventLog {
  public:
    ServerLog(const Clock& clock, LogLevel level);
    ~ServerLog() override;

    void record(std::string_view event, std::string_view detail) override;
    void error(std::string_view event, std::string_view detail);
    void request(const RequestEntry& entry);

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace portal::server
