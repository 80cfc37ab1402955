// One file into the database: read, checked, staged in bounded transactions, published by one
// switch.
//
//   reading --chunk of limits::import_transaction_rows_max rows--> staging --end of file-->
//   preparing --> publishing
//      \-- a file error, a refused row (unless they are to be skipped), a failed write -->
//      abandoning: nothing is visible
//
// Killed at any point before the publishing transaction commits, nothing of the file is visible;
// what was staged is swept when the repository next opens. Memory: one chunk, the file's identities
// (24 bytes a row), the references. Thread: the caller's.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "server-stub/import/kinds.hpp"
#include "server-stub/import/report.hpp"
#include "server-stub/import/write_port.hpp"
#include "shared/base/random.hpp"
#include "shared/import/source_text.hpp"

namespace portal::import {

enum class Format : std::uint8_t { by_file_name, csv, ndjson };
enum class RunMode : std::uint8_t { publish, dry_run };
enum class RefusedRows : std::uint8_t { stop_all, skip };

struct ImportOptions {
    Kind kind = Kind::vendors;
    std::string file;
    Format format = Format::by_file_name;
    char delimiter = ',';
    std::string mapping_json;  // Empty: the file has our own headers.
    RunMode mode = RunMode::publish;
    RefusedRows refused_rows = RefusedRows::stop_all;
    LastLine last_line = LastLine::must_end;
    // Financing facts: the source has reported every day up to this one; by default the last day
    // the file names.
    std::optional<Day> closed_until;
};

enum class Stage : std::uint8_t { reading, staged, preparing, publishing, published, sweeping };

struct Progress {
    Stage stage = Stage::reading;
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    std::int64_t bytes_total = 0;
    std::int64_t segments_left = 0;
};

struct ImportServices {
    server::Repository& repository;
    WritePort write;
    const Clock& clock;
    RandomSource& random;
    std::function<void(const Progress&)> progress;
    // Asked after each chunk; true abandons the import. May be empty.
    std::function<bool()> is_cancelled;
};

// An Error ends the file as a whole (damaged, unknown column, another import running); refused rows
// are in the report.
Result<ImportReport> run_import(const ImportOptions& options, ImportServices& services);

}  // namespace portal::import
