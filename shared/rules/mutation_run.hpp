// The steps that the mutators of single entities share. Private to shared/rules.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/model/records.hpp"
#include "shared/rules/mutate.hpp"

namespace portal {

struct MutationRun {
    const Mutation& mutation;
    const MutationContext& context;
    RowStore& rows;

    // The server knows every row; a browser may lack those that it may not see.
    bool knows_all_rows() const { return context.directory != nullptr; }
    const Caller& caller() const { return context.caller; }
    bool sets(std::string_view field) const;
};

MutationOutcome rejected(RejectionCode code, std::string message);

// Nothing when all is well.
using Refusal = std::optional<MutationOutcome>;

// Every field is a column that a client may set in this kind of mutation, named once, and of the column's type.
Refusal refuse_unknown_fields(const MutationRun& run);
// Fields outside `allowed` are for staff.
Refusal refuse_staff_fields(const MutationRun& run, std::initializer_list<std::string_view> allowed);
// May the caller write this row? A row that is not visible is told as missing, so that ids cannot be probed.
Refusal refuse_write(const MutationRun& run, const Row& row);
Refusal refuse_invalid(const Row& row);

// Copies the mutation's fields into a new row.
void take_fields(const MutationRun& run, Row& row);
// What a repeated creation means: the same values again, or another row under the same id.
MutationOutcome repeated_creation(const MutationRun& run, const Row& present);
// The three-way merge of an update into `row`: applied, merged, nothing_to_do, or rejected with their values.
MutationOutcome merge_fields(const MutationRun& run, Row& row);
// Stamps and writes.
void store_row(const MutationRun& run, Row row);

// A set of words in one text: "a,b". Sorted, unique, without blanks around.
std::string normalised_words(std::string_view words);

template <class Record>
std::optional<Record> find_record(const MutationRun& run, const Id& id) {
    if (id.empty()) return std::nullopt;
    const std::optional<Row> row = run.rows.get(Record::entity, id);
    return row ? std::optional(from_row<Record>(*row)) : std::nullopt;
}

// A word outside its vocabulary would quietly become a default in the typed record: refuse it before.
template <class Record>
Refusal refuse_unknown_words(const Row& row) {
    const Row kept = to_row(from_row<Record>(row));
    const auto& columns = descriptor_of(Record::entity).columns;
    for (std::size_t index = 0; index < columns.size(); ++index)
        if (kept.values[index] != row.values[index])
            return rejected(RejectionCode::invalid,
                            std::string(columns[index].name) + " has a value that is not in its vocabulary or range");
    return std::nullopt;
}

// The record a creation describes; what it does not set is as in a blank one.
template <class Record>
tl::expected<Record, MutationOutcome> read_creation(const MutationRun& run) {
    Record blank;
    blank.id = run.mutation.row;
    Row row = to_row(blank);
    take_fields(run, row);
    if (Refusal refusal = refuse_unknown_words<Record>(row)) return tl::unexpected(*refusal);
    return from_row<Record>(row);
}

MutationOutcome create_ticket(const MutationRun& run);
MutationOutcome update_ticket(const MutationRun& run);
MutationOutcome create_message(const MutationRun& run);
MutationOutcome update_message(const MutationRun& run);
MutationOutcome create_action_item(const MutationRun& run);
MutationOutcome update_action_item(const MutationRun& run);
MutationOutcome create_deposit_review(const MutationRun& run);
MutationOutcome update_deposit_review(const MutationRun& run);
MutationOutcome create_prospect(const MutationRun& run);
MutationOutcome update_integration(const MutationRun& run);
MutationOutcome update_practice(const MutationRun& run);
MutationOutcome update_own_row(const MutationRun& run);

}  // namespace portal
