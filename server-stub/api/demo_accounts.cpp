#include <nlohmann/json.hpp>

#include "server-stub/api/handlers.hpp"

namespace portal::server {

// {"accounts":[{"id","name","email","role","sees"}]}; empty unless the tenant is the demo's. Every sign-in page asks,
// so that "there is none" is an answer and not a failure.
void handle_demo_accounts(const Exchange& exchange, Respond respond) {
    const auto snapshot = exchange.services.repository.read();
    auto list = nlohmann::json::array();
    if (snapshot->tenant_kind() != TenantKind::demo)
        return respond(json_response(200, nlohmann::json{{"accounts", list}}.dump()));
    for (const DemoAccount& account : snapshot->accounts().demo_accounts())
        list.push_back({{"id", account.user},
                        {"name", account.name},
                        {"email", account.email},
                        {"role", account.role},
                        {"sees", account.sees}});
    respond(json_response(200, nlohmann::json{{"accounts", list}}.dump()));
}

}  // namespace portal::server
