// Counters for /metrics, in Prometheus' text format. Thread: any; every counter is atomic.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/api/routes.hpp"

namespace portal::server {

struct Gauge {
    std::string name;
    std::string help;
    enum class Kind : std::uint8_t { gauge, counter } kind = Kind::gauge;
    std::function<std::uint64_t()> read;
};

class Metrics {
  public:
    Metrics();

    // `route` may be null: a file of the site, or nothing that exists.
    void count_request(const Route* route, int status, std::int64_t duration_us);
    void count_bytes_sent(std::uint64_t bytes) { m_bytes_sent.fetch_add(bytes, std::memory_order_relaxed); }
    // Before the server starts. `read` is called from any thread.
    void add(Gauge gauge) { m_gauges.push_back(std::move(gauge)); }

    std::string text() const;

  private:
    static constexpr std::array<double, 11> bounds_s{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5};
    static constexpr std::array<int, 14> statuses{200, 204, 304, 400, 401, 403, 404, 405, 409, 413, 426, 429, 500, 503};
    struct Series {
        std::string label;
        std::array<std::atomic<std::uint64_t>, statuses.size() + 1> by_status{};  // The last one: any other.
        std::array<std::atomic<std::uint64_t>, bounds_s.size() + 1> by_duration{};
        std::atomic<std::uint64_t> duration_us_sum{0};
    };
    std::size_t series_of(const Route* route) const;
    void append_histogram(std::string& text, const Series& series) const;

    std::vector<std::unique_ptr<Series>> m_series;  // One per route, then the site.
    std::vector<Gauge> m_gauges;
    std::atomic<std::uint64_t> m_bytes_sent{0};
};

}  // namespace portal::server
