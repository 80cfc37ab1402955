// portal-server seed, backup, restore, check.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "server-stub/commands.hpp"
#include "server-stub/data_folder.hpp"
#include "server-stub/job.hpp"
#include "server-stub/restore.hpp"

namespace portal::server {

using nlohmann::json;

void add_seed_command(CLI::App& app, int& exit_code) {
    struct Options {
        std::string data, today, scale = "full";
        std::uint64_t seed = 1;
    };
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("seed", "Fill an empty data folder with the demo tenant");
    command->add_option("--data", options->data, "Data folder; made if missing")->required();
    command->add_option("--seed", options->seed, "The same seed and date give the same tenant")->capture_default_str();
    command->add_option("--today", options->today, "YYYY-MM-DD that the demo's dates lead up to; by default today");
    command->add_option("--scale", options->scale, "small (about 1/20, for tests) or full")
        ->check(CLI::IsMember({"small", "full"}))
        ->capture_default_str();
    command->callback([options, &exit_code] {
        exit_code = perform_job(
            options->data,
            json{{"job", "seed"}, {"seed", options->seed}, {"today", options->today}, {"scale", options->scale}},
            Database::may_be_made);
        if (exit_code == 0)
            exit_code = perform_job(options->data, json{{"job", "user"}, {"action", "list"}, {"demo", true}},
                                    Database::must_exist);
    });
}

void add_backup_command(CLI::App& app, int& exit_code) {
    struct Options {
        std::string data, to;
    };
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("backup", "Write a consistent copy of the database, also while a server runs");
    command->add_option("--data", options->data, "Data folder")->required();
    command->add_option("--to", options->to, "File to write; must not exist")->required();
    command->callback([options, &exit_code] {
        const std::string to = std::filesystem::absolute(options->to).string();
        exit_code = perform_job(options->data, json{{"job", "backup"}, {"to", to}}, Database::must_exist);
    });
}

namespace {

int restore(const std::string& data, const std::string& from) {
    const auto folder = DataFolder::open(data, DataFolder::Create::yes);
    if (!folder) {
        Error error = folder.error();
        if (error.code == ErrorCode::unavailable) error.message += ": stop the server first";
        return fail_command(error);
    }
    const auto random = make_system_random();
    const auto kept = restore_database(folder->database_path(), from, system_clock(), *random);
    if (!kept) return fail_command({kept.error().code, kept.error().message + "; nothing was changed"});
    std::printf("Restored from %s.\n", from.c_str());
    if (!kept->empty()) std::printf("The former database is kept as %s\n", kept->c_str());
    std::printf("Everybody signs in again; browsers then send again what the backup does not know.\n");
    return 0;
}

}  // namespace

void add_restore_command(CLI::App& app, int& exit_code) {
    struct Options {
        std::string data, from;
    };
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("restore", "Put a backup in the database's place, which is kept aside; no server may run");
    command->add_option("--data", options->data, "Data folder; made if missing")->required();
    command->add_option("--from", options->from, "File that `backup` has written")->required();
    command->callback([options, &exit_code] { exit_code = restore(options->data, options->from); });
}

void add_check_command(CLI::App& app, int& exit_code) {
    auto data = std::make_shared<std::string>();
    CLI::App* command =
        app.add_subcommand("check", "Check the database: storage, every stream's sum recomputed, every reference");
    command->add_option("--data", *data, "Data folder")->required();
    command->callback(
        [data, &exit_code] { exit_code = perform_job(*data, json{{"job", "check"}}, Database::must_exist); });
}

}  // namespace portal::server
