#include <set>

#include "app/store/builders.hpp"

namespace portal::store {
namespace {

// So many are listed of each; the counts say how many there are.
constexpr std::size_t pending_listed_max = 200, tray_listed_max = 100;

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

// All that clash, or what the user wrote and a refusal would lose.
std::vector<vm::TrayField> fields_in_question(const RecordsInMemory& records, const TrayItem& item) {
    std::vector<vm::TrayField> fields;
    for (const auto& [name, theirs] : item.outcome.theirs)
        fields.push_back({name, value_in(records, item.mutation.set, name), text_of_field(records, name, theirs)});
    if (!fields.empty()) return fields;
    for (const std::string_view name :
         {"subject", "title", "description", "body", "contact", "email", "note", "state", "stage"})
        if (std::string yours = value_in(records, item.mutation.set, name); !yours.empty())
            fields.push_back({std::string(name), std::move(yours), {}});
    return fields;
}

vm::TrayEntry tray_entry(const RecordsInMemory& records, const TrayItem& item) {
    vm::TrayEntry entry;
    entry.intent = item.mutation.intent;
    entry.entity = item.mutation.entity;
    entry.row = item.mutation.row;
    entry.op = operation_text(item.mutation.kind, item.mutation.entity);
    entry.about = item.about;
    entry.code = text_of(item.outcome.code);
    entry.fields = fields_in_question(records, item);
    entry.made_ms = item.made_ms;
    return entry;
}

// Children hang on their parent's entry and are answered with it.
void fill_tray(Outbox& outbox, const RecordsInMemory& records, vm::SyncPart& part) {
    const std::vector<TrayItem> tray = outbox.tray();
    std::set<Id> intents;
    for (const TrayItem& item : tray)
        intents.insert(item.mutation.intent);
    for (const TrayItem& item : tray) {
        if (intents.contains(item.mutation.depends_on)) continue;
        ++part.tray_count;
        if (part.tray.size() == tray_listed_max) continue;
        part.tray.push_back(tray_entry(records, item));
        part.tray.back().attached = static_cast<std::int64_t>(outbox.tray_children(item.mutation.intent).size());
    }
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
    const std::int64_t stored = outbox->pending_count();
    part.pending_count = stored + facts.unstored_count;
    part.oldest_pending_ms = stored > 0 ? outbox->oldest_pending_ms() : facts.oldest_unstored_ms;
    part.last_exchange_ms = state.last_exchange_ms;
    part.facts_count = static_cast<std::int64_t>(records.facts().size());
    part.facts_bytes = static_cast<std::int64_t>(records.facts().memory_bytes());
    part.database_bytes = replica->bytes();
    part.client = state.client;
    part.epoch = state.epoch;
    part.cursor = state.cursor;
    fill_tray(*outbox, records, part);
    for (const OutboxEntry& entry : outbox->pending(pending_listed_max))
        part.pending.push_back({entry.mutation.intent, operation_text(entry.mutation.kind, entry.mutation.entity),
                                entry.about, entry.made_ms, entry.sent, entry.may_conflict});
    return part;
}

}  // namespace portal::store
