#include "server-stub/import/report.hpp"

#include <nlohmann/json.hpp>

namespace portal::import {
namespace {

constexpr std::size_t refusals_shown_max = 20;

nlohmann::ordered_json rows_json(const std::vector<RowReport>& rows) {
    auto list = nlohmann::ordered_json::array();
    for (const RowReport& row : rows) {
        nlohmann::ordered_json entry{{"line", row.line}, {"verdict", text_of_verdict(row.verdict)}};
        if (!row.key.empty()) entry["key"] = row.key;
        if (row.verdict == Verdict::refused) {
            entry["column"] = row.column;
            if (!row.cell.empty()) entry["cell"] = row.cell;
            entry["reason"] = row.reason;
        }
        list.push_back(std::move(entry));
    }
    return list;
}

}  // namespace

std::string_view text_of_verdict(Verdict verdict) {
    switch (verdict) {
        case Verdict::inserted:
            return "inserted";
        case Verdict::changed:
            return "changed";
        case Verdict::unchanged:
            return "unchanged";
        case Verdict::refused:
            return "refused";
    }
    return "";
}

void ImportReport::count(Verdict verdict) {
    switch (verdict) {
        case Verdict::inserted:
            ++inserted;
            return;
        case Verdict::changed:
            ++changed;
            return;
        case Verdict::unchanged:
            ++unchanged;
            return;
        case Verdict::refused:
            ++refused;
            return;
    }
}

std::string report_json(const ImportReport& report) {
    nlohmann::ordered_json document{{"kind", report.kind},
                                    {"file", report.file},
                                    {"dry_run", report.dry_run},
                                    {"published", report.published},
                                    {"rows", report.rows},
                                    {"inserted", report.inserted},
                                    {"changed", report.changed},
                                    {"unchanged", report.unchanged},
                                    {"refused", report.refused},
                                    {"bytes", report.bytes},
                                    {"duration_ms", report.duration_ms},
                                    {"publish_ms", report.publish_ms},
                                    {"notes", report.notes},
                                    {"refusals", rows_json(report.refusals)}};
    if (report.closed_until != 0) document["closed_until"] = iso_day(report.closed_until);
    if (report.dry_run) document["rows_told"] = rows_json(report.rows_told);
    return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string report_text(const ImportReport& report) {
    std::string text;
    for (const std::string& note : report.notes)
        text += "note: " + note + "\n";
    std::size_t shown = 0;
    for (const RowReport& row : report.refusals) {
        if (++shown > refusals_shown_max) break;
        text += "line " + std::to_string(row.line) + ", column " + std::to_string(row.column) +
                (row.cell.empty() ? "" : " (" + row.cell + ")") + ": " + row.reason + "\n";
    }
    if (report.refused > static_cast<std::int64_t>(refusals_shown_max))
        text += "... and " + std::to_string(report.refused - static_cast<std::int64_t>(refusals_shown_max)) +
                " more refused rows (--report writes the list)\n";
    text += std::string(report.dry_run ? "Dry run: " : "") + report.kind + ": " + std::to_string(report.rows) +
            " rows, " + std::to_string(report.inserted) + " inserted, " + std::to_string(report.changed) +
            " changed, " + std::to_string(report.unchanged) + " unchanged, " + std::to_string(report.refused) +
            " refused. ";
    if (report.dry_run)
        text += "Nothing was written.";
    else if (report.published)
        text += "Published.";
    else
        text += "Nothing was published.";
    return text + "\n";
}

}  // namespace portal::import
