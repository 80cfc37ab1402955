#include "server-stub/import/importer.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <unordered_map>
#include <utility>

#include "server-stub/import/ndjson_reader.hpp"
#include "server-stub/import/pace.hpp"
#include "server-stub/import/row_builder.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::import {
namespace {

constexpr std::int64_t prepare_segments_max = 256;
constexpr std::int64_t stage_rows_first = 500;
constexpr auto chunk_rows_max = static_cast<std::int64_t>(limits::import_transaction_rows_max);

Result<SourceText> open_source(const ImportOptions& options) {
    std::shared_ptr<std::FILE> file(std::fopen(options.file.c_str(), "rb"), [](std::FILE* open) {
        if (open != nullptr) std::fclose(open);
    });
    if (!file) return fail(ErrorCode::not_found, "cannot read " + options.file);
    return SourceText(
        [file](char* buffer, std::size_t size) -> Result<std::size_t> {
            const std::size_t count = std::fread(buffer, 1, size, file.get());
            if (count == 0 && std::ferror(file.get()) != 0)
                return fail(ErrorCode::unavailable, "reading the file failed half-way");
            return count;
        },
        options.last_line);
}

Result<std::unique_ptr<RecordReader>> open_reader(const ImportOptions& options, const Mapping& mapping) {
    Format format = options.format;
    if (format == Format::by_file_name)
        format = options.file.ends_with(".ndjson") || options.file.ends_with(".jsonl") ? Format::ndjson : Format::csv;
    PORTAL_TRY_ASSIGN(source, open_source(options));
    return format == Format::ndjson ? make_ndjson_reader(std::move(source), mapping)
                                    : make_csv_reader(std::move(source), mapping, options.delimiter);
}

class Import {
  public:
    Import(const ImportOptions& options, ImportServices& services, Mapping mapping)
        : m_options(options), m_services(services), m_mapping(std::move(mapping)) {
        m_report.kind = std::string(m_mapping.kind().name);
        m_report.file = std::filesystem::path(options.file).filename().string();
        m_report.dry_run = options.mode == RunMode::dry_run;
        std::error_code ignored;
        m_bytes_total = static_cast<std::int64_t>(std::filesystem::file_size(options.file, ignored));
    }

    Result<ImportReport> run() {
        const DurationMs started_ms = m_services.clock.monotonic_ms();
        PORTAL_TRY(find_closed_until());
        const bool writes = m_options.mode == RunMode::publish;
        if (writes) {
            PORTAL_TRY(m_services.write([&](server::WriteTransaction& transaction) -> Status {
                PORTAL_TRY_ASSIGN(batch, transaction.imports().begin(m_report.closed_until, m_services.clock.now_ms()));
                m_batch = batch;
                return {};
            }));
        }
        Status status = read_all();
        const bool wanted = m_report.refused == 0 || m_options.refused_rows == RefusedRows::skip;
        if (writes && status && wanted) status = publish();
        if (writes && !m_report.published) abandon();
        if (!status) return fail(status.error());
        m_report.duration_ms = m_services.clock.monotonic_ms() - started_ms;
        return m_report;
    }

  private:
    bool is_facts() const { return m_options.kind == Kind::financing_facts; }

    // The last day the file names, in a pass of its own: segments are encoded with it while the
    // file is staged.
    Status find_closed_until() {
        if (!is_facts()) return {};
        if (m_options.closed_until) {
            m_report.closed_until = *m_options.closed_until;
            return {};
        }
        PORTAL_TRY_ASSIGN(reader, open_reader(m_options, m_mapping));
        Record record;
        const auto place = static_cast<std::size_t>(m_mapping.kind().column_index("posted_day"));
        const ImportColumn& column = m_mapping.kind().columns[place];
        while (true) {
            PORTAL_TRY_ASSIGN(more, reader->next(record));
            if (!more) return {};
            if (!record.fault.empty()) continue;
            const auto day = parse_cell(column, record.cells[place].text, {m_mapping.date_order(), false});
            // A bad day is told, with its place, when its row is read.
            if (day && std::holds_alternative<std::int64_t>(*day))
                m_report.closed_until = std::max(m_report.closed_until, static_cast<Day>(std::get<std::int64_t>(*day)));
        }
    }

    Status read_all() {
        PORTAL_TRY_ASSIGN(reader, open_reader(m_options, m_mapping));
        Record record;
        bool more = true;
        while (more) {
            PORTAL_TRY(read_chunk(*reader, record, more));
            PORTAL_TRY(stage_chunk());
            tell(Stage::reading);
            if (m_services.is_cancelled && m_services.is_cancelled())
                return fail(ErrorCode::unavailable, "the server is stopping; import the file again later");
        }
        m_report.notes = reader->source().notes();
        tell(Stage::staged);
        return {};
    }

    // One snapshot a chunk: no reader holds the log back for the whole file.
    Status read_chunk(RecordReader& reader, Record& record, bool& more) {
        m_rows.clear();
        m_facts.clear();
        const auto view = m_services.repository.read();
        BuildContext context{*view, m_references, m_ids, m_services.clock.now_ms()};
        for (std::int64_t count = 0; count < chunk_rows_max; ++count) {
            PORTAL_TRY_ASSIGN(found, reader.next(record));
            more = found;
            m_report.bytes = reader.source().bytes_read();
            if (!found) return {};
            if (++m_report.rows > static_cast<std::int64_t>(limits::import_rows_max))
                return fail(ErrorCode::resource_exhausted,
                            "more than " + std::to_string(limits::import_rows_max) + " rows; split the file");
            take_record(record, context);
        }
        return {};
    }

    void take_record(const Record& record, BuildContext& context) {
        Problem problem;
        if (!read_values(m_mapping, record, m_values, problem)) return refuse(problem, {});
        const std::string identity = identity_of(m_values);
        if (const std::int64_t former = note_identity(identity, record.line); former != 0)
            return refuse({record.line, 1, {}, "the same row stands on line " + std::to_string(former)}, identity);
        if (is_facts()) {
            auto fact = build_fact(m_values, context, problem);
            if (!fact) return refuse(problem, identity);
            m_facts.push_back(std::move(*fact));
            return;
        }
        auto built = build_row(m_values, context, problem);
        if (!built) return refuse(problem, identity);
        accept(built->verdict, record.line, identity);
        if (built->verdict != Verdict::unchanged) m_rows.push_back(std::move(built->row));
    }

    void tell_fact(const FinancingFact& fact, BuildContext& context) {
        auto former = context.view.fact(fact.external_key);
        Verdict verdict = Verdict::inserted;
        if (former) {
            // The line of the file is where a fact was told, not what it says.
            former->row_number = fact.row_number;
            verdict = *former == fact ? Verdict::unchanged : Verdict::changed;
        }
        accept(verdict, fact.row_number, fact.external_key);
    }

    // Line of the file's earlier row with this identity, or 0. Two 64-bit halves of the published
    // row hash.
    std::int64_t note_identity(const std::string& identity, std::int64_t line) {
        const auto hash = wire::row_hash(m_mapping.kind().entity, identity, 0);
        const auto [found, is_new] = m_identities.emplace(hash[0] ^ (hash[1] * 0x9E3779B97F4A7C15ull), line);
        return is_new ? 0 : found->second;
    }

    void refuse(const Problem& problem, const std::string& key) {
        m_report.count(Verdict::refused);
        if (m_report.refusals.size() < limits::import_report_rows_max)
            m_report.refusals.push_back(
                {problem.line, problem.column, problem.cell, key, Verdict::refused, problem.reason});
    }

    void accept(Verdict verdict, std::int64_t line, const std::string& key) {
        m_report.count(verdict);
        if (m_options.mode == RunMode::dry_run && m_report.rows_told.size() < limits::import_report_rows_max)
            m_report.rows_told.push_back({line, 0, {}, key, verdict, {}});
    }

    bool is_only_told() const {
        return m_options.mode == RunMode::dry_run ||
               (m_report.refused > 0 && m_options.refused_rows == RefusedRows::stop_all);
    }

    // Once a row is refused nothing will be published, but the rest is read for the report.
    Status stage_chunk() {
        if (is_only_told()) {
            const auto view = m_services.repository.read();
            BuildContext context{*view, m_references, m_ids, m_services.clock.now_ms()};
            for (const FinancingFact& fact : m_facts)
                tell_fact(fact, context);
            return {};
        }
        PORTAL_TRY(stage_in_slices(
            m_rows.size(), [&](server::WriteTransaction& transaction, std::size_t from, std::size_t count) {
                number_tickets(transaction, from, count);
                return transaction.imports().stage_rows(m_batch, std::span(m_rows).subspan(from, count));
            }));
        return stage_in_slices(
            m_facts.size(), [&](server::WriteTransaction& transaction, std::size_t from, std::size_t count) -> Status {
                PORTAL_TRY_ASSIGN(told,
                                  transaction.imports().stage_facts(m_batch, std::span(m_facts).subspan(from, count)));
                m_slice_verdicts = std::move(told);
                return {};
            });
    }

    // In transactions as large as the pace allows, so that people's edits pass between them.
    Status stage_in_slices(std::size_t total,
                           const std::function<Status(server::WriteTransaction&, std::size_t, std::size_t)>& stage) {
        for (std::size_t from = 0; from < total;) {
            const std::size_t count = std::min(total - from, static_cast<std::size_t>(m_stage_pace.size()));
            m_slice_verdicts.clear();
            PORTAL_TRY(paced(m_stage_pace,
                             [&](server::WriteTransaction& transaction) { return stage(transaction, from, count); }));
            for (const server::FactVerdict verdict : m_slice_verdicts)
                m_report.count(verdict == server::FactVerdict::inserted  ? Verdict::inserted
                               : verdict == server::FactVerdict::changed ? Verdict::changed
                                                                         : Verdict::unchanged);
            from += count;
        }
        return {};
    }

    // One write job, whose time on the writer sets the size of the next.
    Status paced(Pace& pace, const std::function<Status(server::WriteTransaction&)>& work) {
        DurationMs duration_ms = 0;
        PORTAL_TRY(m_services.write([&](server::WriteTransaction& transaction) {
            const DurationMs started_ms = m_services.clock.monotonic_ms();
            Status status = work(transaction);
            duration_ms = m_services.clock.monotonic_ms() - started_ms;
            return status;
        }));
        pace.note(duration_ms);
        return {};
    }

    // Tickets of other systems get our numbers, in the order of the file.
    void number_tickets(server::WriteTransaction& transaction, std::size_t from, std::size_t count) {
        if (m_options.kind != Kind::tickets) return;
        for (Row& row : std::span(m_rows).subspan(from, count))
            if (integer_value(row, "number") == 0) set_value(row, "number", Value{transaction.next_ticket_number()});
    }

    Status publish() {
        while (true) {
            std::int64_t left = 0;
            PORTAL_TRY(paced(m_prepare_pace, [&](server::WriteTransaction& transaction) -> Status {
                PORTAL_TRY_ASSIGN(remaining, transaction.imports().prepare(m_batch, m_prepare_pace.size()));
                left = remaining;
                return {};
            }));
            if (left == 0) break;
            tell(Stage::preparing, left);
        }
        tell(Stage::publishing);
        const DurationMs started_ms = m_services.clock.monotonic_ms();
        PORTAL_TRY(m_services.write([&](server::WriteTransaction& transaction) {
            return transaction.imports().publish(m_batch, m_services.clock.now_ms());
        }));
        m_report.publish_ms = m_services.clock.monotonic_ms() - started_ms;
        m_report.published = true;
        tell(Stage::published);
        return sweep();
    }

    Status sweep() {
        for (bool done = false; !done;) {
            PORTAL_TRY(paced(m_stage_pace, [&](server::WriteTransaction& transaction) -> Status {
                PORTAL_TRY_ASSIGN(swept, transaction.imports().sweep(m_stage_pace.size()));
                done = swept;
                return {};
            }));
            tell(Stage::sweeping);
        }
        return {};
    }

    // A failure here changes nothing for readers; the next opening of the repository sweeps what is
    // left.
    void abandon() {
        for (bool done = false; !done;) {
            const Status status = paced(m_stage_pace, [&](server::WriteTransaction& transaction) -> Status {
                PORTAL_TRY_ASSIGN(closed, transaction.imports().abandon(m_batch, m_stage_pace.size()));
                done = closed;
                return {};
            });
            if (!status) {
                m_report.notes.push_back("What was staged could not be removed yet: " + status.error().message);
                return;
            }
        }
    }

    void tell(Stage stage, std::int64_t segments_left = 0) {
        if (m_services.progress)
            m_services.progress({stage, m_report.rows, m_report.bytes, m_bytes_total, segments_left});
    }

    const ImportOptions& m_options;
    ImportServices& m_services;
    const Mapping m_mapping;
    ImportReport m_report;
    References m_references;
    IdSequence m_ids{m_services.random};
    std::int64_t m_bytes_total = 0;
    server::BatchId m_batch = 0;
    std::unordered_map<std::uint64_t, std::int64_t> m_identities;
    RecordValues m_values;
    std::vector<Row> m_rows;
    std::vector<FinancingFact> m_facts;
    std::vector<server::FactVerdict> m_slice_verdicts;
    Pace m_stage_pace{stage_rows_first, chunk_rows_max};
    Pace m_prepare_pace{1, prepare_segments_max};
};

}  // namespace

Result<ImportReport> run_import(const ImportOptions& options, ImportServices& services) {
    const ImportKind& kind = kind_of(options.kind);
    Mapping mapping(kind);
    if (!options.mapping_json.empty()) {
        PORTAL_TRY_ASSIGN(parsed, Mapping::parse(kind, options.mapping_json));
        mapping = std::move(parsed);
    }
    return Import(options, services, std::move(mapping)).run();
}

}  // namespace portal::import
