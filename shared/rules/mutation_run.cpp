#include "shared/rules/mutation_run.hpp"

#include <algorithm>
#include <set>

#include "shared/base/limits.hpp"
#include "shared/rules/validate.hpp"

namespace portal {
namespace {

const Value* find_field(const FieldValues& fields, std::string_view name) {
    for (const auto& [field, value] : fields)
        if (field == name) return &value;
    return nullptr;
}

const Column& column_of(Entity entity, std::string_view name) {
    const EntityDescriptor& descriptor = descriptor_of(entity);
    return descriptor.columns.at(static_cast<std::size_t>(descriptor.column_index(name)));
}

bool fits(const Value& value, const Column& column) {
    if (std::holds_alternative<std::monostate>(value)) return column.presence == Presence::optional;
    return std::holds_alternative<std::int64_t>(value) == (column.type == ColumnType::integer);
}

bool client_may_set(Merge merge, MutationKind kind) {
    if (merge == Merge::server_only) return false;
    return kind == MutationKind::create || merge != Merge::immutable;
}

Refusal refuse_field(const EntityDescriptor& descriptor, MutationKind kind, const std::string& name,
                     const Value& value) {
    const int index = descriptor.column_index(name);
    if (index < 0)
        return rejected(RejectionCode::invalid, "no such field: " + name.substr(0, limits::wire_name_bytes_max));
    const Column& column = descriptor.columns[static_cast<std::size_t>(index)];
    if (!client_may_set(column.merge, kind)) return rejected(RejectionCode::invalid, name + " cannot be set this way");
    if (!fits(value, column)) return rejected(RejectionCode::invalid, name + " has a value of the wrong type");
    const auto* text = std::get_if<std::string>(&value);
    if (text && text->size() > limits::message_body_bytes_max)
        return rejected(RejectionCode::too_large,
                        name + " is longer than " + std::to_string(limits::message_body_bytes_max) + " bytes");
    return std::nullopt;
}

std::set<std::string, std::less<>> words_of(std::string_view text) {
    std::set<std::string, std::less<>> words;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        std::string_view word = text.substr(0, comma);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
        while (!word.empty() && word.front() == ' ')
            word.remove_prefix(1);
        while (!word.empty() && word.back() == ' ')
            word.remove_suffix(1);
        if (!word.empty()) words.emplace(word);
    }
    return words;
}

std::string join_words(const std::set<std::string, std::less<>>& words) {
    std::string text;
    for (const std::string& word : words)
        text.append(text.empty() ? "" : ",").append(word);
    return text;
}

std::string_view text_in(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text ? std::string_view(*text) : std::string_view();
}

// Their set, without what we took away, with what we put in.
std::string merged_words(const Value& was, const Value& ours, const Value& theirs) {
    const auto before = words_of(text_in(was)), mine = words_of(text_in(ours));
    auto words = words_of(text_in(theirs));
    for (const std::string& word : before)
        if (!mine.contains(word)) words.erase(word);
    for (const std::string& word : mine)
        if (!before.contains(word)) words.insert(word);
    return join_words(words);
}

enum class FieldMerge : std::uint8_t { unchanged, applied, merged, clash };

FieldMerge merge_field(const Column& column, const Value* was, const Value& ours, Value& theirs) {
    if (theirs == ours) return FieldMerge::unchanged;
    const bool untouched = was && theirs == *was;
    if (column.merge == Merge::set_operations) {
        const Value merged = merged_words(was ? *was : Value{}, ours, theirs);
        if (merged == theirs) return FieldMerge::unchanged;
        theirs = merged;
        return untouched ? FieldMerge::applied : FieldMerge::merged;
    }
    if (!untouched && column.merge == Merge::strict) return FieldMerge::clash;
    theirs = ours;
    return untouched ? FieldMerge::applied : FieldMerge::merged;
}

}  // namespace

bool MutationRun::sets(std::string_view field) const {
    return find_field(mutation.set, field) != nullptr;
}

MutationOutcome rejected(RejectionCode code, std::string message) {
    return {OutcomeKind::rejected, code, std::move(message), {}};
}

Refusal refuse_unknown_fields(const MutationRun& run) {
    const Mutation& mutation = run.mutation;
    const EntityDescriptor& descriptor = descriptor_of(mutation.entity);
    if (!is_id(mutation.row)) return rejected(RejectionCode::invalid, "the row's id is malformed");
    if (mutation.set.empty()) return rejected(RejectionCode::invalid, "nothing is set");
    std::set<std::string_view> names;
    for (const auto& [name, value] : mutation.set) {
        if (Refusal refusal = refuse_field(descriptor, mutation.kind, name, value)) return refusal;
        if (!names.insert(name).second) return rejected(RejectionCode::invalid, name + " is set twice");
        const bool strict = column_of(mutation.entity, name).merge == Merge::strict;
        if (mutation.kind == MutationKind::update && strict && !find_field(mutation.was, name))
            return rejected(RejectionCode::invalid, name + " is set without telling what it was");
    }
    return std::nullopt;
}

Refusal refuse_staff_fields(const MutationRun& run, std::initializer_list<std::string_view> allowed) {
    if (run.caller().is_staff()) return std::nullopt;
    for (const auto& [name, value] : run.mutation.set)
        if (std::find(allowed.begin(), allowed.end(), name) == allowed.end())
            return rejected(RejectionCode::access_denied, name + " is set by staff only");
    return std::nullopt;
}

Refusal refuse_write(const MutationRun& run, const Row& row) {
    const bool somewhere = may_write_somewhere(run.caller(), row.entity);
    const WriteDecision decision = run.knows_all_rows() ? may_write(run.caller(), *run.context.directory, row)
                                   : somewhere          ? WriteDecision::allowed
                                                        : WriteDecision::read_only;
    const std::string name(descriptor_of(row.entity).name);
    switch (decision) {
        case WriteDecision::allowed:
            return std::nullopt;
        case WriteDecision::read_only:
            return rejected(RejectionCode::access_denied, "your role does not change this " + name);
        case WriteDecision::not_visible:
            if (run.mutation.kind == MutationKind::create)
                return rejected(RejectionCode::access_denied, "you have no access to the place of this " + name);
            return rejected(RejectionCode::missing_row, "there is no such " + name);
    }
    return rejected(RejectionCode::access_denied, "no decision");
}

Refusal refuse_invalid(const Row& row) {
    const Status status = validate_row(row);
    if (status) return std::nullopt;
    return rejected(RejectionCode::invalid, status.error().message);
}

void take_fields(const MutationRun& run, Row& row) {
    for (const auto& [name, value] : run.mutation.set)
        set_value(row, name,
                  column_of(row.entity, name).merge == Merge::set_operations ? Value{normalised_words(text_in(value))}
                                                                             : value);
}

MutationOutcome repeated_creation(const MutationRun& run, const Row& present) {
    Row repeated = present;
    take_fields(run, repeated);
    if (repeated == present) return {OutcomeKind::nothing_to_do, RejectionCode::none, {}, {}};
    return rejected(RejectionCode::duplicate_row, "another row has this id");
}

MutationOutcome merge_fields(const MutationRun& run, Row& row) {
    MutationOutcome outcome{OutcomeKind::nothing_to_do, RejectionCode::none, {}, {}};
    Row merged = row;
    for (const auto& [name, ours] : run.mutation.set) {
        const Column& column = column_of(row.entity, name);
        Value theirs = value_of(row, name);
        switch (merge_field(column, find_field(run.mutation.was, name), ours, theirs)) {
            case FieldMerge::unchanged:
                break;
            case FieldMerge::applied:
                if (outcome.kind == OutcomeKind::nothing_to_do) outcome.kind = OutcomeKind::applied;
                break;
            case FieldMerge::merged:
                outcome.kind = OutcomeKind::merged;
                break;
            case FieldMerge::clash:
                outcome.theirs.emplace_back(name, theirs);
                break;
        }
        set_value(merged, name, theirs);
    }
    if (!outcome.theirs.empty()) {
        outcome.kind = OutcomeKind::rejected;
        outcome.code = RejectionCode::clash;
        outcome.message = "somebody else changed";
        for (const auto& [name, value] : outcome.theirs)
            outcome.message.append(&name == &outcome.theirs.front().first ? " " : ", ").append(name);
        return outcome;
    }
    row = std::move(merged);
    return outcome;
}

void store_row(const MutationRun& run, Row row) {
    row.updated_ms = run.context.now_ms;
    row.updated_by = run.caller().user;
    run.rows.put(row);
}

std::string normalised_words(std::string_view words) {
    return join_words(words_of(words));
}

}  // namespace portal
