// What an import did, or in a dry run would do: counts, and the rows that were refused with place
// and reason.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/calendar_day.hpp"

namespace portal::import {

enum class Verdict : std::uint8_t { inserted, changed, unchanged, refused };

struct RowReport {
    std::int64_t line = 0;
    std::int64_t column = 0;  // 0 unless refused.
    std::string cell;         // The column's name, or empty.
    std::string key;          // External key, when it is known.
    Verdict verdict = Verdict::refused;
    std::string reason;  // Why it was refused.
};

struct ImportReport {
    std::string kind;
    std::string file;
    bool dry_run = false;
    bool published = false;
    std::int64_t rows = 0;
    std::int64_t inserted = 0;
    std::int64_t changed = 0;
    std::int64_t unchanged = 0;
    std::int64_t refused = 0;
    std::int64_t bytes = 0;
    std::int64_t duration_ms = 0;
    std::int64_t publish_ms = 0;  // The one transaction that makes the rows visible.
    Day closed_until = 0;         // Financing facts only.
    // Refused rows first come first; inserted and changed ones in a dry run. At most
    // limits::import_report_rows_max of each; the counts above are complete.
    std::vector<RowReport> refusals;
    std::vector<RowReport> rows_told;
    std::vector<std::string> notes;

    void count(Verdict verdict);
};

std::string_view text_of_verdict(Verdict verdict);
// The report file: one JSON object.
std::string report_json(const ImportReport& report);
// For a person: the counts and the first refusals.
std::string report_text(const ImportReport& report);

}  // namespace portal::import
