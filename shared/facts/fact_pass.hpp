// The one pass over the rows that answers all questions which no cube answers. Internal to shared/facts.
#pragma once

#include <span>

#include "shared/facts/fact_columns.hpp"

namespace portal {

// The answers stand in `answers` by the questions' indexes; only those of `open` are answered. The state is refreshed.
void answer_by_rows(const FactTable::State& state, const std::vector<FactQuestion>& questions,
                    std::span<const std::size_t> open, std::vector<FactCells>& answers);

// An empty answer to the question, with its measures (those of its ranking too).
FactCells empty_cells(const FactQuestion& question);

SplitBy split_of(const FactQuestion& question);

}  // namespace portal
