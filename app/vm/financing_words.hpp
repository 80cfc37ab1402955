// Names and sentences about a financing part that the screen and the exported files both say.
#pragma once

#include <optional>
#include <string>

#include "app/vm/financing_part.hpp"
#include "app/vm/format.hpp"

namespace portal::vm {

// The passport's formula.
Word formula_of(FigureId figure);

std::string part_name(const Format& format, ChangeKind kind, const std::string& name, FactChannel channel);
std::string plan_name(const Format& format, const PlanShare& plan);
// The single facts that a figure of the part is made of; nothing where there are none to list.
std::optional<FinancingQuery> rows_behind(const FinancingPart& part, FigureId figure);
// The figure that a cause of the change is; none of places, plans, channels and the rest.
std::optional<FigureId> figure_of_cause(ChangeKind kind);
// What a part of the change is chosen by; none for causes, the rest and what has no id to filter by.
std::optional<FinancingQuery> narrowed_to(const FinancingPart& part, const ChangePart& one);
// "+$41.2K"
std::string signed_money(const Format& format, std::int64_t cents);
// How much was financed, net, against what it is compared with, and what moved most.
std::string chart_sentence(const Format& format, const FinancingPart& part);
// What the parts of the change sum to, and against which period.
std::string change_sentence(const Format& format, const FinancingPart& part);
// The parts that a picture has room for, the rest as one: their sum stays the whole change.
std::vector<ChangePart> drawn_change(const FinancingPart& part);
// The kind and status of facts that are counted alone; empty: all.
std::string chosen_facts(const Format& format, const FinancingQuery& query);
// What became of the applications that are matured.
std::string funnel_sentence(const Format& format, const FinancingPart& part);
// How many came to a step, and the part of all applications that they are.
std::string funnel_words(const Format& format, const Figure& step);
// The plan that is used most; empty where too few sales are told.
std::string plans_sentence(const Format& format, const FinancingPart& part);
// The selection's filters in words, its period apart; without any it says so.
std::string filter_words(const Format& format, const FinancingPart& part);
// A bucket in the table of the chart, and what stands in a column of it.
std::string row_title(const Format& format, const FinancingPart& part, const FinancingRow& row);
std::int64_t sum_of_row(const FinancingRow& row, FigureId figure);
// The chart's label under a bucket.
std::string bucket_label(const Format& format, const FinancingPart& part, const FinancingRow& row);

}  // namespace portal::vm
