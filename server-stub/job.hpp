// A job: what a command asks of a database, as JSON, run by the command itself or by the server
// that owns the database.
//
// {"job":"import", ...}; each job's members stand in its own file. Answers are lines for the
// caller's terminal, then an exit code: 0 done, 1 refused or failed, 2 wrong usage.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "server-stub/import/write_port.hpp"
#include "server-stub/repo/repository.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/random.hpp"

namespace portal::server {

enum class JobOutput : std::uint8_t {
    result,    // Standard output.
    progress,  // Standard error.
};

struct JobContext {
    Repository& repository;
    import::WritePort write;
    const Clock& clock;
    RandomSource& random;
    std::function<void(JobOutput, const std::string& line)> tell;
    std::function<bool()> is_cancelled;  // A stopping server asks its jobs to give up.
};

int run_job(const nlohmann::json& request, JobContext& context);

int run_import_job(const nlohmann::json& request, JobContext& context);
int run_seed_job(const nlohmann::json& request, JobContext& context);
int run_user_job(const nlohmann::json& request, JobContext& context);
int run_backup_job(const nlohmann::json& request, JobContext& context);
int run_check_job(const nlohmann::json& request, JobContext& context);

// For a command: prints the error; its exit code.
int fail_command(const Error& error);

// For a command: hands the job to the server that runs on the folder, or opens the folder and runs
// it here.
enum class Database : std::uint8_t { must_exist, may_be_made };
int perform_job(const std::string& data_folder, const nlohmann::json& request, Database database);

// For a server: one line of the control socket in, lines out; see net/control_socket.hpp.
void serve_job(const std::string& request, JobContext& context, const std::function<void(const std::string&)>& tell);

}  // namespace portal::server
