#include <algorithm>

#include "server-stub/api/handlers.hpp"
#include "server-stub/api/json_body.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {
namespace {

constexpr std::size_t kind_bytes_max = 64;
constexpr std::size_t detail_bytes_max = 200;

bool is_word(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

// A log line stays one line, whatever a browser sends.
std::string one_line(std::string text) {
    std::replace_if(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 127; }, ' ');
    return text;
}

Status log_reports(const Exchange& exchange) {
    PORTAL_TRY_ASSIGN(body, JsonBody::parse(exchange.request.body));
    PORTAL_TRY_ASSIGN(build, body.text_or_empty("build", kind_bytes_max));
    PORTAL_TRY_ASSIGN(entries, body.objects("entries", limits::report_entries_max));
    std::vector<std::string> lines;
    for (const JsonBody& entry : entries) {
        PORTAL_TRY_ASSIGN(kind, entry.text("kind", kind_bytes_max));
        PORTAL_TRY_ASSIGN(detail, entry.text_or_empty("detail", detail_bytes_max));
        if (!is_word(kind)) return fail(ErrorCode::invalid_argument, "'kind' is a word of a-z and _");
        lines.push_back(kind + " build=" + one_line(build) + " user=" + exchange.principal.caller.user + " " +
                        one_line(detail));
    }
    for (const std::string& line : lines)
        exchange.services.log.record("client_report", line);
    return {};
}

}  // namespace

void handle_client_reports(const Exchange& exchange, Respond respond) {
    const Status status = log_reports(exchange);
    respond(status ? Response{204, "", {}, ""} : error_response(status.error()));
}

}  // namespace portal::server
