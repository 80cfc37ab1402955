// The program's commands, one file each. Each adds itself to the command line; the chosen one sets
// the exit code.
#pragma once

namespace CLI {
class App;
}

namespace portal::server {

inline constexpr const char* program_version = "0.1.0";

void add_serve_command(CLI::App& app, int& exit_code);
void add_import_command(CLI::App& app, int& exit_code);
void add_seed_command(CLI::App& app, int& exit_code);
void add_user_command(CLI::App& app, int& exit_code);
void add_backup_command(CLI::App& app, int& exit_code);
void add_restore_command(CLI::App& app, int& exit_code);
void add_check_command(CLI::App& app, int& exit_code);

}  // namespace portal::server
