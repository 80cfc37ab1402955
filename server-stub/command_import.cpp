// portal-server import KIND FILE
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "server-stub/commands.hpp"
#include "server-stub/import/kinds.hpp"
#include "server-stub/job.hpp"

namespace portal::server {

using nlohmann::json;

namespace {

struct ImportFlags {
    std::string kind, file, data, format, delimiter, mapping, closed_until, report;
    bool dry_run = false, skip_refused = false, accept_missing_line_end = false;
};

std::string absolute_path(const std::string& path) {
    // The server that takes the job over stands in another folder.
    return path.empty() ? path : std::filesystem::absolute(path).string();
}

std::string columns_help() {
    std::string help = "Kinds and their columns:\n";
    for (std::size_t index = 0; index < import::kind_count; ++index) {
        const import::ImportKind& kind = import::kind_of(static_cast<import::Kind>(index));
        help += "  " + std::string(kind.name) + ": " + import::column_names(kind) + "\n";
    }
    return help +
           "References are external keys. Days are 2026-03-04, months 2026-03, instants "
           "2026-03-04T15:30:00Z (UTC), "
           "money whole cents.\n"
           "A mapping file renames headers: "
           "{\"columns\":{\"Amt\":\"settled_cents\"},\"ignore\":[],\"constants\":{},"
           "\"dollars\":[],\"dates\":\"iso\"}.";
}

}  // namespace

void add_import_command(CLI::App& app, int& exit_code) {
    auto flags = std::make_shared<ImportFlags>();
    CLI::App* command =
        app.add_subcommand("import", "Import a CSV or NDJSON file: all of it becomes visible at once, or nothing");
    command->footer(columns_help());
    command->add_option("kind", flags->kind, "What the file holds: " + import::kind_names())->required();
    command->add_option("file", flags->file, "UTF-8 file")->required();
    command->add_option("--data", flags->data, "Data folder; a server that runs on it takes the job over")->required();
    command->add_option("--format", flags->format, "csv or ndjson; by default the file's name decides")
        ->check(CLI::IsMember({"csv", "ndjson"}));
    command->add_option("--delimiter", flags->delimiter, "Of CSV cells: one character, or tab; by default a comma");
    command->add_option("--mapping", flags->mapping, "JSON file that says what foreign headers mean");
    command->add_option("--closed-until", flags->closed_until,
                        "Financing facts: the source has reported every day up to this one; by "
                        "default the last day in the file");
    command->add_option("--report", flags->report, "Write the row-level report to this JSON file");
    command->add_flag("--dry-run", flags->dry_run, "Only say what would happen");
    command->add_flag("--skip-refused", flags->skip_refused, "Publish the good rows although others are refused");
    command->add_flag("--accept-missing-line-end", flags->accept_missing_line_end,
                      "The file is whole although its last line has no line end");
    command->callback([flags, &exit_code] {
        const json request{{"job", "import"},
                           {"kind", flags->kind},
                           {"file", absolute_path(flags->file)},
                           {"format", flags->format},
                           {"delimiter", flags->delimiter},
                           {"mapping", absolute_path(flags->mapping)},
                           {"closed_until", flags->closed_until},
                           {"report", absolute_path(flags->report)},
                           {"dry_run", flags->dry_run},
                           {"skip_refused", flags->skip_refused},
                           {"accept_missing_line_end", flags->accept_missing_line_end}};
        exit_code = perform_job(flags->data, request, Database::may_be_made);
    });
}

}  // namespace portal::server
