// What the what-if screen shows: the prospect's file as it was understood, the assumptions, and what comes of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/model/payment_estimate.hpp"
#include "shared/model/state_rule.hpp"
#include "shared/model/what_if.hpp"

namespace portal::vm {

// Why a file tells nothing.
enum class FileProblem : std::uint8_t {
    none,
    empty,
    too_large,
    not_text,     // A workbook, a PDF, an image.
    broken_line,  // From that line on it cannot be read.
    too_wide,     // More columns than a report has.
    no_columns,   // No column looks like days, or none like amounts.
    no_rows,      // Not one row could be used.
};
enum class RowProblem : std::uint8_t { cells, day, amount };
struct RowFault {
    std::int64_t line = 0;
    RowProblem problem = RowProblem::cells;
    friend bool operator==(const RowFault&, const RowFault&) = default;
};

// In which order days are written: 2026-03-04, 3/4/2026 or 4.3.2026.
enum class DayOrder : std::uint8_t { year_first, month_first, day_first };
// A day of the file that is one in either of the last two.
struct EitherDay {
    std::string text;
    Day by_month_first = 0, by_day_first = 0;
};

struct FilePreviewRow {
    std::string day, amount;
};

struct ProspectFilePart {
    std::string name;
    FileProblem problem = FileProblem::none;
    std::int64_t problem_line = 0;
    std::vector<std::string> columns;
    int day_column = -1, amount_column = -1;
    DayOrder day_order = DayOrder::year_first;
    std::optional<EitherDay> either_day;  // No row of the file tells which is meant; the user may.
    std::vector<FilePreviewRow> preview;
    std::int64_t rows_used = 0;
    std::int64_t rows_without_amount = 0;  // Nothing, or given back: no case.
    std::int64_t rows_faulty = 0;
    std::vector<RowFault> faults;  // The first of them.
    Production production;
};

// What a patient would pay under a plan for the average case.
struct PlanOffer {
    PromoPlan plan;
    PaymentEstimate estimate;
};

struct WhatIfPart {
    std::optional<ProspectFilePart> file;
    bool has_cohort = false;
    CohortRates cohort;
    WhatIfAssumptions assumptions;
    std::span<const StateRule> state_rules;  // Those there are.
    std::string_view state;                  // Of the practice, where a rule of it is known; empty otherwise.
    const StateRule* state_rule = nullptr;   // What it bars of the cohort's plans.
    std::optional<WhatIf> result;
    bool tells_too_little = false;  // The file is well, but of too few days or cases.
    std::vector<PlanOffer> offers;
};

}  // namespace portal::vm
