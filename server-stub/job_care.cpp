// {"job":"backup","to":"/path/copy.db"} and {"job":"check"}.
#include <nlohmann/json.hpp>

#include "server-stub/job.hpp"

namespace portal::server {

int run_backup_job(const nlohmann::json& request, JobContext& context) {
    const std::string path = request.value("to", "");
    if (const Status status = context.repository.backup_to(path); !status) {
        context.tell(JobOutput::progress, "error: " + status.error().message);
        return 1;
    }
    context.tell(JobOutput::result, "A consistent copy stands at " + path);
    return 0;
}

int run_check_job(const nlohmann::json&, JobContext& context) {
    const IntegrityReport report = context.repository.check_integrity();
    for (const std::string& problem : report.problems)
        context.tell(JobOutput::result, problem);
    context.tell(JobOutput::result, report.problems.empty()
                                        ? "The database is sound: storage, stream sums and references agree."
                                        : std::to_string(report.problems.size()) + " problems found.");
    return report.problems.empty() ? 0 : 1;
}

}  // namespace portal::server
