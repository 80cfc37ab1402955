// Typed values to the row (or fact) they mean: references resolved, an existing row kept where the
// file says nothing, what may not change refused.
#pragma once

#include <optional>

#include "server-stub/import/record_values.hpp"
#include "server-stub/import/references.hpp"
#include "server-stub/import/report.hpp"
#include "shared/model/id.hpp"

namespace portal::import {

struct BuildContext {
    server::ReadSnapshot& view;
    References& references;
    IdSequence& ids;
    InstantMs now_ms = 0;
};

struct BuiltRow {
    Row row;
    Verdict verdict = Verdict::inserted;
};

// Empty and a problem when the row is refused.
std::optional<BuiltRow> build_row(const RecordValues& values, BuildContext& context, Problem& problem);
std::optional<FinancingFact> build_fact(const RecordValues& values, BuildContext& context, Problem& problem);

// What makes two rows of a file the same row: the external key, or a target's practice and month.
std::string identity_of(const RecordValues& values);

}  // namespace portal::import
