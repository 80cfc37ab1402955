// {"job":"import","kind","file","format","delimiter","mapping","dry_run","skip_refused","accept_missing_line_end",
//  "closed_until","report"}; file and report are absolute paths.
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "server-stub/import/importer.hpp"
#include "server-stub/job.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {

using nlohmann::json;

namespace {

Result<std::string> read_mapping(const std::string& path) {
    if (path.empty()) return std::string();
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(ErrorCode::not_found, "cannot read the mapping file " + path);
    return std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
}

Result<import::ImportOptions> options_of(const json& request) {
    import::ImportOptions options;
    const import::ImportKind* kind = import::find_kind(request.value("kind", ""));
    if (kind == nullptr)
        return fail(ErrorCode::invalid_argument,
                    "unknown kind '" + request.value("kind", "") + "'; kinds: " + import::kind_names());
    options.kind = kind->kind;
    options.file = request.value("file", "");
    const std::string format = request.value("format", "");
    if (format == "csv") options.format = import::Format::csv;
    if (format == "ndjson") options.format = import::Format::ndjson;
    const std::string delimiter = request.value("delimiter", "");
    if (!delimiter.empty()) options.delimiter = delimiter == "tab" ? '\t' : delimiter.front();
    PORTAL_TRY_ASSIGN(mapping, read_mapping(request.value("mapping", "")));
    options.mapping_json = std::move(mapping);
    if (request.value("dry_run", false)) options.mode = import::RunMode::dry_run;
    if (request.value("skip_refused", false)) options.refused_rows = import::RefusedRows::skip;
    if (request.value("accept_missing_line_end", false)) options.last_line = import::LastLine::may_lack_end;
    if (const std::string day = request.value("closed_until", ""); !day.empty()) {
        PORTAL_TRY_ASSIGN(closed, parse_iso_day(day));
        options.closed_until = closed;
    }
    return options;
}

std::string progress_text(const import::Progress& progress) {
    switch (progress.stage) {
        case import::Stage::reading:
        case import::Stage::staged: {
            const std::int64_t total = std::max<std::int64_t>(1, progress.bytes_total);
            return "read " + std::to_string(progress.rows) + " rows (" + std::to_string(progress.bytes * 100 / total) +
                   "%)";
        }
        case import::Stage::preparing:
            return "prepare: " + std::to_string(progress.segments_left) + " segments left";
        case import::Stage::publishing:
            return "publish";
        case import::Stage::published:
            return "published";
        case import::Stage::sweeping:
            return "tidy up";
    }
    return {};
}

// A line a second is enough for a person and little for the socket.
std::function<void(const import::Progress&)> progress_teller(JobContext& context) {
    return [&context, told_ms = DurationMs{-1'000},
            told_stage = import::Stage::reading](const import::Progress& progress) mutable {
        const DurationMs now_ms = context.clock.monotonic_ms();
        if (progress.stage == told_stage && now_ms - told_ms < 1'000) return;
        told_ms = now_ms;
        told_stage = progress.stage;
        context.tell(JobOutput::progress, progress_text(progress));
    };
}

std::string trimmed_end(std::string text) {
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

}  // namespace

int run_import_job(const json& request, JobContext& context) {
    const auto options = options_of(request);
    if (!options) {
        context.tell(JobOutput::progress, "error: " + options.error().message);
        return 2;
    }
    import::ImportServices services{context.repository,       context.write,       context.clock, context.random,
                                    progress_teller(context), context.is_cancelled};
    const auto report = import::run_import(*options, services);
    if (!report) {
        context.tell(JobOutput::progress, "error: " + options->file + ": " + report.error().message);
        context.tell(JobOutput::progress, "Nothing was published.");
        return 1;
    }
    if (const std::string path = request.value("report", ""); !path.empty()) {
        std::ofstream file(path, std::ios::binary);
        file << import::report_json(*report);
        if (!file.flush()) context.tell(JobOutput::progress, "error: cannot write the report to " + path);
    }
    context.tell(JobOutput::result, trimmed_end(import::report_text(*report)));
    const bool skipped = options->refused_rows == import::RefusedRows::skip;
    return report->refused == 0 || skipped ? 0 : 1;
}

}  // namespace portal::server
