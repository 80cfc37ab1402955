#include "server-stub/job.hpp"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "server-stub/data_folder.hpp"
#include "server-stub/net/control_socket.hpp"
#include "server-stub/repo/commit_queue.hpp"
#include "server-stub/repo/sqlite_repository.hpp"

namespace portal::server {

using nlohmann::json;

namespace {

void print(JobOutput output, const std::string& line) {
    std::FILE* file = output == JobOutput::result ? stdout : stderr;
    std::fprintf(file, "%s\n", line.c_str());
    std::fflush(file);
}

int hand_over(const std::string& data_folder, const json& request) {
    int exit_code = 1;
    const Status called =
        call_control(DataFolder::control_path(data_folder), request.dump(), [&](const std::string& line) {
            const json answer = json::parse(line, nullptr, false);
            if (!answer.is_object()) return;
            if (answer.contains("exit")) exit_code = answer["exit"].get<int>();
            if (answer.contains("result")) print(JobOutput::result, answer["result"].get<std::string>());
            if (answer.contains("progress")) print(JobOutput::progress, answer["progress"].get<std::string>());
        });
    return called ? exit_code : fail_command(called.error());
}

int run_here(const std::string& data_folder, const json& request, Database database) {
    const auto create = database == Database::may_be_made ? DataFolder::Create::yes : DataFolder::Create::no;
    auto folder = DataFolder::open(data_folder, create);
    if (!folder) return fail_command(folder.error());
    const auto random = make_system_random();
    SqliteOptions options;
    options.path = folder->database_path();
    options.mode = database == Database::may_be_made ? OpenMode::create_if_missing : OpenMode::must_exist;
    auto repository = open_sqlite_repository(options, *random);
    if (!repository) return fail_command(repository.error());
    CommitQueue queue(**repository);
    JobContext context{**repository, import::direct_writes(queue), system_clock(), *random, print, nullptr};
    return run_job(request, context);
}

}  // namespace

int fail_command(const Error& error) {
    print(JobOutput::progress, "error: " + error.message);
    return 1;
}

int run_job(const json& request, JobContext& context) {
    const std::string job = request.value("job", "");
    try {
        if (job == "import") return run_import_job(request, context);
        if (job == "seed") return run_seed_job(request, context);
        if (job == "user") return run_user_job(request, context);
        if (job == "backup") return run_backup_job(request, context);
        if (job == "check") return run_check_job(request, context);
    } catch (const StorageFault& fault) {
        context.tell(JobOutput::progress, "error: the database failed: " + fault.error().message);
        return 1;
    } catch (const json::exception& wrong) {
        context.tell(JobOutput::progress, std::string("error: the job's request is malformed: ") + wrong.what());
        return 2;
    }
    context.tell(JobOutput::progress, "error: unknown job '" + job + "'");
    return 2;
}

int perform_job(const std::string& data_folder, const json& request, Database database) {
    if (DataFolder::is_served(data_folder)) return hand_over(data_folder, request);
    return run_here(data_folder, request, database);
}

void serve_job(const std::string& request, JobContext& context, const std::function<void(const std::string&)>& tell) {
    const auto dump = [](const json& line) { return line.dump(-1, ' ', false, json::error_handler_t::replace); };
    context.tell = [&](JobOutput output, const std::string& line) {
        tell(dump({{output == JobOutput::result ? "result" : "progress", line}}));
    };
    const json parsed = json::parse(request, nullptr, false);
    const int exit_code = parsed.is_object() ? run_job(parsed, context) : 2;
    context.tell = nullptr;
    tell(dump({{"exit", exit_code}}));
}

}  // namespace portal::server
