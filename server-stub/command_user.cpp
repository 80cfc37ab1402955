// portal-server user add|list|invite|disable|enable|reset
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "server-stub/commands.hpp"
#include "server-stub/job.hpp"

namespace portal::server {

using nlohmann::json;

namespace {

struct UserFlags {
    std::string data, email, name, title, role, scope = "tenant", practice, vendor, language = "en", base_url;
    bool first_admin = false, demo = false;
};

json request_of(const UserFlags& flags, const char* action) {
    return {{"job", "user"},
            {"action", action},
            {"email", flags.email},
            {"name", flags.name},
            {"title", flags.title},
            {"role", flags.role},
            {"scope", flags.scope},
            {"practice", flags.practice},
            {"vendor", flags.vendor},
            {"language", flags.language},
            {"base_url", flags.base_url},
            {"first_admin", flags.first_admin},
            {"demo", flags.demo}};
}

CLI::App* add_action(CLI::App& parent, const char* name, const char* help, const std::shared_ptr<UserFlags>& flags,
                     int& exit_code) {
    CLI::App* command = parent.add_subcommand(name, help);
    command->add_option("--data", flags->data, "Data folder; a server that runs on it takes the job over")->required();
    command->callback([flags, name, &exit_code] {
        const bool may_make = flags->first_admin;
        exit_code =
            perform_job(flags->data, request_of(*flags, name), may_make ? Database::may_be_made : Database::must_exist);
    });
    return command;
}

}  // namespace

void add_user_command(CLI::App& app, int& exit_code) {
    auto flags = std::make_shared<UserFlags>();
    CLI::App* user = app.add_subcommand("user", "People who sign in");
    user->require_subcommand(1);
    CLI::App* add = add_action(*user, "add", "Make a user with a grant and print the one-time link", flags, exit_code);
    add->add_option("--email", flags->email, "Address to sign in with")->required();
    add->add_option("--name", flags->name, "As others see it")->required();
    add->add_option("--role", flags->role,
                    "practice_user, practice_admin, vendor_user, account_manager, lead, integration_engineer, "
                    "support_agent, quality_analyst, operations, auditor or admin");
    add->add_option("--scope", flags->scope,
                    "tenant, or practice:, location:, vendor:, integration:, book:, team: and a key")
        ->capture_default_str();
    add->add_option("--title", flags->title, "\"Front desk\"");
    add->add_option("--practice", flags->practice, "Key of the practice the person works for, if not the scope");
    add->add_option("--vendor", flags->vendor, "Key of the vendor the person works for, if not the scope");
    add->add_option("--language", flags->language, "en or es")
        ->check(CLI::IsMember({"en", "es"}))
        ->capture_default_str();
    add->add_option("--base-url", flags->base_url, "Address of the portal, put before the link");
    add->add_flag("--first-admin", flags->first_admin, "The first administrator of a new database");

    CLI::App* list = add_action(*user, "list", "List users with their grants", flags, exit_code);
    list->add_flag("--demo", flags->demo, "Only the demo tenant's \"Try as\" accounts");

    for (const auto& [name, help] : {std::pair{"invite", "A new one-time invitation link for a user"},
                                     {"reset", "A one-time link to set a new password"},
                                     {"disable", "End every session and refuse sign-in"},
                                     {"enable", "Let a disabled user sign in again"}}) {
        CLI::App* action = add_action(*user, name, help, flags, exit_code);
        action->add_option("--email", flags->email, "Whose")->required();
        action->add_option("--base-url", flags->base_url, "Address of the portal, put before the link");
    }
}

}  // namespace portal::server
