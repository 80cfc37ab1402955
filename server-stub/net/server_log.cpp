#include "server-stub/net/server_log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <nlohmann/json.hpp>

#include "shared/base/calendar_day.hpp"
#include "shared/base/durations.hpp"

namespace portal::server {
namespace {

constexpr std::size_t detail_bytes_max = 500;

std::string instant_text(InstantMs time_ms) {
    const std::int64_t day = time_ms / day_ms;
    const std::int64_t in_day_ms = time_ms % day_ms;
    char text[24];
    std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03dZ", static_cast<int>(in_day_ms / 3'600'000),
                  static_cast<int>(in_day_ms / 60'000 % 60), static_cast<int>(in_day_ms / 1'000 % 60),
                  static_cast<int>(in_day_ms % 1'000));
    return iso_day(static_cast<Day>(day)) + text;
}

std::string line_of(const nlohmann::ordered_json& entry) {
    // Text from a client may be any bytes; the log stays valid JSON.
    return entry.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

struct ServerLog::State {
    const Clock& clock;
    LogLevel level;
    spdlog::logger logger{"portal", std::make_shared<spdlog::sinks::stderr_sink_mt>()};
};

ServerLog::ServerLog(const Clock& clock, LogLevel level) : m_state(new State{clock, level}) {
    m_state->logger.set_pattern("%v");
    m_state->logger.flush_on(spdlog::level::info);
}

ServerLog::~ServerLog() = default;

void ServerLog::record(std::string_view event, std::string_view detail) {
    if (m_state->level == LogLevel::quiet) return;
    m_state->logger.info("{}", line_of({{"time", instant_text(m_state->clock.now_ms())},
                                        {"level", "info"},
                                        {"event", event},
                                        {"detail", detail.substr(0, detail_bytes_max)}}));
}

void ServerLog::error(std::string_view event, std::string_view detail) {
    m_state->logger.error("{}", line_of({{"time", instant_text(m_state->clock.now_ms())},
                                         {"level", "error"},
                                         {"event", event},
                                         {"detail", detail.substr(0, detail_bytes_max)}}));
}

void ServerLog::request(const RequestEntry& entry) {
    const bool routine =
        entry.status < 400 && (entry.route == "site" || entry.route == "/healthz" || entry.route == "/metrics");
    if (m_state->level == LogLevel::quiet || (routine && m_state->level != LogLevel::everything)) return;
    nlohmann::ordered_json line{{"time", instant_text(m_state->clock.now_ms())},
                                {"level", entry.status >= 500 ? "error" : "info"},
                                {"event", "request"},
                                {"request", entry.request_id},
                                {"method", entry.method},
                                {"route", entry.route},
                                {"status", entry.status},
                                {"ms", static_cast<double>(entry.duration_us) / 1000.0},
                                {"bytes", entry.bytes},
                                {"address", entry.address}};
    if (!entry.principal.empty()) line["principal"] = entry.principal;
    m_state->logger.info("{}", line_of(line));
}

}  // namespace portal::server
