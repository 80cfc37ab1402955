#include "server-stub/net/metrics.hpp"

#include <algorithm>
#include <cstdio>

namespace portal::server {
namespace {

std::string number_text(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

void append_head(std::string& text, std::string_view name, std::string_view help, std::string_view kind) {
    text.append("# HELP ").append(name).append(" ").append(help).append("\n");
    text.append("# TYPE ").append(name).append(" ").append(kind).append("\n");
}

}  // namespace

Metrics::Metrics() {
    for (const Route& route : routes()) {
        m_series.push_back(std::make_unique<Series>());
        m_series.back()->label = std::string(text_of_method(route.method)) + " " + std::string(route.pattern);
    }
    m_series.push_back(std::make_unique<Series>());
    m_series.back()->label = "site";
}

std::size_t Metrics::series_of(const Route* route) const {
    if (route == nullptr) return m_series.size() - 1;
    return static_cast<std::size_t>(route - routes().data());
}

void Metrics::count_request(const Route* route, int status, std::int64_t duration_us) {
    Series& series = *m_series[series_of(route)];
    const auto place = static_cast<std::size_t>(std::find(statuses.begin(), statuses.end(), status) - statuses.begin());
    series.by_status[place].fetch_add(1, std::memory_order_relaxed);
    const double duration_s = static_cast<double>(duration_us) / 1e6;
    const auto bucket =
        static_cast<std::size_t>(std::lower_bound(bounds_s.begin(), bounds_s.end(), duration_s) - bounds_s.begin());
    series.by_duration[bucket].fetch_add(1, std::memory_order_relaxed);
    series.duration_us_sum.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(0, duration_us)),
                                     std::memory_order_relaxed);
}

void Metrics::append_histogram(std::string& text, const Series& series) const {
    const std::string label = "route=\"" + series.label + "\"";
    std::uint64_t total = 0;
    for (std::size_t index = 0; index < series.by_duration.size(); ++index) {
        total += series.by_duration[index].load(std::memory_order_relaxed);
        const std::string bound = index < bounds_s.size() ? number_text(bounds_s[index]) : "+Inf";
        text += "portal_request_seconds_bucket{" + label + ",le=\"" + bound + "\"} " + std::to_string(total) + "\n";
    }
    const double sum_s = static_cast<double>(series.duration_us_sum.load(std::memory_order_relaxed)) / 1e6;
    text += "portal_request_seconds_sum{" + label + "} " + number_text(sum_s) + "\n";
    text += "portal_request_seconds_count{" + label + "} " + std::to_string(total) + "\n";
}

std::string Metrics::text() const {
    std::string text;
    append_head(text, "portal_requests_total", "Requests answered, by route and status.", "counter");
    for (const auto& series : m_series) {
        for (std::size_t index = 0; index < series->by_status.size(); ++index) {
            const std::uint64_t count = series->by_status[index].load(std::memory_order_relaxed);
            if (count == 0) continue;
            const std::string status = index < statuses.size() ? std::to_string(statuses[index]) : "other";
            text += "portal_requests_total{route=\"" + series->label + "\",status=\"" + status + "\"} " +
                    std::to_string(count) + "\n";
        }
    }
    append_head(text, "portal_request_seconds", "Time from the request's last byte to the answer's last byte.",
                "histogram");
    for (const auto& series : m_series)
        append_histogram(text, *series);
    append_head(text, "portal_sent_bytes_total", "Body bytes sent.", "counter");
    text += "portal_sent_bytes_total " + std::to_string(m_bytes_sent.load(std::memory_order_relaxed)) + "\n";
    for (const Gauge& gauge : m_gauges) {
        append_head(text, gauge.name, gauge.help, gauge.kind == Gauge::Kind::gauge ? "gauge" : "counter");
        text += gauge.name + " " + std::to_string(gauge.read()) + "\n";
    }
    return text;
}

}  // namespace portal::server
