#include "server-stub/api/handlers.hpp"

namespace portal::server {

// Answers only when the database can be read, which is what a load balancer wants to know.
void handle_health(const Exchange& exchange, Respond respond) {
    exchange.services.repository.read()->head();
    Response response = json_response(200, R"({"status":"ok"})");
    response.headers.emplace_back("Cache-Control", "no-store");
    respond(std::move(response));
}

}  // namespace portal::server
