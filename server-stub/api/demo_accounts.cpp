#include <nlohmann/json.hpp>

#include "server-stub/api/handlers.hpp"

namespace portal::server {

// {"accounts":[{"id","name","email","role","sees"}]}; nothing is here unless the tenant is the demo's.
void handle_demo_accounts(const Exchange& exchange, Respond respond) {
    const auto snapshot = exchange.services.repository.read();
    if (snapshot->tenant_kind() != TenantKind::demo)
        return respond(error_response({ErrorCode::not_found, "there is nothing at this address"}));
    auto list = nlohmann::json::array();
    for (const DemoAccount& account : snapshot->accounts().demo_accounts())
        list.push_back({{"id", account.user},
                        {"name", account.name},
                        {"email", account.email},
                        {"role", account.role},
                        {"sees", account.sees}});
    respond(json_response(200, nlohmann::json{{"accounts", list}}.dump()));
}

}  // namespace portal::server
