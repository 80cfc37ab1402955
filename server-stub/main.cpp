// portal-server: serves the partner portal and looks after its database. Exit codes: 0 done, 1
// failed or refused, 2 and above wrong usage.
#include <sys/stat.h>

#include <CLI/CLI.hpp>

#include "server-stub/commands.hpp"

int main(int argc, char** argv) {
    // Databases, copies and reports hold rows of many practices: whatever is written is its owner's alone.
    ::umask(0077);
    CLI::App app(
        "The partner portal's server: serves the site and the API, imports files, looks after the "
        "database.",
        "portal-server");
    app.require_subcommand(1);
    app.set_version_flag("--version", std::string("portal-server ") + portal::server::program_version);
    int exit_code = 0;
    portal::server::add_serve_command(app, exit_code);
    portal::server::add_import_command(app, exit_code);
    portal::server::add_seed_command(app, exit_code);
    portal::server::add_user_command(app, exit_code);
    portal::server::add_backup_command(app, exit_code);
    portal::server::add_restore_command(app, exit_code);
    portal::server::add_check_command(app, exit_code);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        return code == 0 ? 0 : 2;
    }
    return exit_code;
}
