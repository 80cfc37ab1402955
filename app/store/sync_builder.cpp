#include <algorithm>

#include "app/store/builders.hpp"

namespace portal::store {
namespace {

// The tray lists this many pending edits; the count says how many there are.
constexpr std::size_t pending_listed_max = 200;

std::string text_of_value(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return {};
}

// People by their names, days as ISO dates.
std::string text_of_field(const RecordsInMemory& records, std::string_view field, const Value& value) {
    const auto* number = std::get_if<std::int64_t>(&value);
    if (number && (field == "due_on" || field == "day")) return iso_day(static_cast<Day>(*number));
    if (field == "owner" || field == "assignee" || field == "blocked_owner")
        if (const std::string name = records.user_name(text_of_value(value)); !name.empty()) return name;
    return text_of_value(value);
}

std::string value_in(const RecordsInMemory& records, const FieldValues& values, std::string_view name) {
    for (const auto& [field, value] : values)
        if (field == name) return text_of_field(records, field, value);
    return {};
}

// The field that the user decides about: the first clashing one, or the text a refused creation would lose.
std::string field_in_question(const TrayItem& item) {
    if (!item.outcome.theirs.empty()) return item.outcome.theirs.front().first;
    for (const std::string_view field : {"body", "description", "subject", "title", "note", "state", "stage"})
        for (const auto& [name, value] : item.mutation.set)
            if (name == field) return name;
    return {};
}

vm::TrayEntry tray_entry(const RecordsInMemory& records, const TrayItem& item) {
    vm::TrayEntry entry;
    entry.intent = item.mutation.intent;
    entry.entity = item.mutation.entity;
    entry.row = item.mutation.row;
    entry.op = operation_text(item.mutation.kind, item.mutation.entity);
    entry.about = item.about;
    entry.code = text_of_rejection(item.outcome.code);
    entry.field = field_in_question(item);
    entry.yours = value_in(records, item.mutation.set, entry.field);
    entry.theirs = value_in(records, item.outcome.theirs, entry.field);
    entry.made_ms = item.made_ms;
    return entry;
}

vm::TrayEntry conflict_entry(const RecordsInMemory& records, const OutboxEntry& pending) {
    vm::TrayEntry entry;
    entry.intent = pending.mutation.intent;
    entry.entity = pending.mutation.entity;
    entry.row = pending.mutation.row;
    entry.op = operation_text(pending.mutation.kind, pending.mutation.entity);
    entry.about = pending.about;
    if (!pending.mutation.set.empty()) {
        entry.field = pending.mutation.set.front().first;
        entry.yours = text_of_field(records, entry.field, pending.mutation.set.front().second);
    }
    entry.made_ms = pending.made_ms;
    entry.may_conflict = true;
    return entry;
}

}  // namespace

vm::SyncPart build_sync(Replica* replica, Outbox* outbox, const RecordsInMemory& records, const SyncFacts& facts) {
    vm::SyncPart part;
    part.phase = facts.phase;
    part.storage = facts.storage;
    part.promise = facts.promise;
    part.keeps_data = facts.keeps_data;
    part.began_empty = facts.began_empty;
    part.forced_offline = facts.forced_offline;
    part.rows_loaded = facts.rows_loaded;
    part.rows_expected = facts.rows_expected;
    part.problem = facts.problem;
    if (!replica || !outbox) return part;
    const ReplicaState& state = replica->state();
    part.pending_count = outbox->pending_count();
    part.oldest_pending_ms = outbox->oldest_pending_ms();
    part.last_exchange_ms = state.last_exchange_ms;
    part.facts_count = static_cast<std::int64_t>(records.facts().size());
    part.facts_bytes = static_cast<std::int64_t>(records.facts().memory_bytes());
    part.database_bytes = replica->bytes();
    part.client = state.client;
    part.epoch = state.epoch;
    part.cursor = state.cursor;
    const std::vector<TrayItem> tray = outbox->tray();
    for (const TrayItem& item : tray) {
        // Children hang on their parent's entry and are answered with it.
        const bool is_child = std::any_of(tray.begin(), tray.end(), [&](const TrayItem& other) {
            return !item.mutation.depends_on.empty() && other.mutation.intent == item.mutation.depends_on;
        });
        if (!is_child) part.tray.push_back(tray_entry(records, item));
    }
    for (const OutboxEntry& entry : outbox->pending(pending_listed_max)) {
        part.pending.push_back({entry.mutation.intent, operation_text(entry.mutation.kind, entry.mutation.entity),
                                entry.about, entry.made_ms, entry.sent});
        if (entry.may_conflict) part.tray.push_back(conflict_entry(records, entry));
    }
    return part;
}

}  // namespace portal::store
