#include "server-stub/api/incident.hpp"

namespace portal::server {

std::string incident_id(std::string_view where, std::string_view what, InstantMs now_ms) {
    std::string text(where);
    text.append("\n").append(what).append("\n").append(std::to_string(now_ms));
    return hash_token(text).substr(0, 12);
}

Error report_incident(Services& services, std::string_view where, std::string_view what) {
    const std::string incident = incident_id(where, what, services.clock.now_ms());
    std::string detail = incident;
    detail.append(" at ").append(where).append(": ").append(what);
    services.log.record("incident", detail);
    return {ErrorCode::internal, "the server made a mistake; it is recorded as incident " + incident};
}

}  // namespace portal::server
