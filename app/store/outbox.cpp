#include "app/store/outbox.hpp"

#include <sqlite3.h>

#include <algorithm>

#include "shared/base/check.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/model/references.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::store {
namespace {

constexpr std::string_view columns =
    "mid, body, about, made_ms, acknowledged_ms IS NOT NULL, sent, covered, may_conflict";

const MutationOutcome revoked_outcome{
    OutcomeKind::rejected, RejectionCode::access_revoked, "the access to this was taken back", {}};

// What the codec wrote and no longer reads was changed on the device: the database is damaged.
[[noreturn]] void tell_damage() {
    throw SQLite::Exception("an edit cannot be read", SQLITE_CORRUPT);
}

Mutation stored_mutation(const std::string& body) {
    auto mutation = wire::decode_mutation(body);
    if (!mutation) tell_damage();
    return std::move(*mutation);
}

// The rows that a mutation tells of: its own, and those that this one belongs to.
RowKeys rows_of(const Mutation& mutation) {
    RowKeys rows = {{mutation.entity, mutation.row}};
    for (const auto& [name, value] : mutation.set) {
        const Reference* reference = find_reference(mutation.entity, name);
        const auto* id = std::get_if<std::string>(&value);
        if (reference && reference->target && id) rows.insert({*reference->target, *id});
    }
    return rows;
}

bool concerns(const Mutation& mutation, const RowKeys& rows) {
    const RowKeys told = rows_of(mutation);
    return std::any_of(told.begin(), told.end(), [&](const RowKey& key) { return rows.contains(key); });
}

}  // namespace

void Outbox::append(Mutation mutation, const std::string& about, InstantMs made_ms) {
    ReplicaState state = m_replica.state();
    mutation.mid = state.next_mid++;
    const auto insert = m_replica.statements().take(
        "INSERT INTO outbox (mid, intent, body, about, made_ms, created_row) VALUES (?, ?, ?, ?, ?, ?)");
    insert->bind(1, mutation.mid);
    insert->bind(2, mutation.intent);
    insert->bind(3, wire::encode(mutation));
    insert->bind(4, about);
    insert->bind(5, made_ms);
    if (mutation.kind == MutationKind::create) insert->bind(6, mutation.row);
    insert->exec();
    m_replica.set_state(state);
}

std::vector<OutboxEntry> Outbox::select(std::string_view condition, std::size_t count) {
    std::vector<OutboxEntry> entries;
    const auto statement = m_replica.statements().take("SELECT " + std::string(columns) + " FROM outbox WHERE " +
                                                       std::string(condition) + " ORDER BY mid LIMIT ?");
    statement->bind(1, static_cast<std::int64_t>(count));
    while (statement->executeStep()) {
        OutboxEntry entry;
        entry.mutation = stored_mutation(statement->getColumn(1).getString());
        entry.mutation.mid = statement->getColumn(0).getInt64();
        entry.about = statement->getColumn(2).getString();
        entry.made_ms = statement->getColumn(3).getInt64();
        entry.state = statement->getColumn(4).getInt() ? EntryState::acknowledged : EntryState::pending;
        entry.sent = statement->getColumn(5).getInt() != 0;
        entry.covered = statement->getColumn(6).getInt() != 0;
        entry.may_conflict = statement->getColumn(7).getInt() != 0;
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::int64_t Outbox::pending_count() {
    const auto statement = m_replica.statements().take("SELECT COUNT(*) FROM outbox WHERE acknowledged_ms IS NULL");
    return statement->executeStep() ? statement->getColumn(0).getInt64() : 0;
}

InstantMs Outbox::oldest_pending_ms() {
    const auto statement =
        m_replica.statements().take("SELECT made_ms FROM outbox WHERE acknowledged_ms IS NULL ORDER BY mid LIMIT 1");
    return statement->executeStep() ? statement->getColumn(0).getInt64() : 0;
}

std::vector<OutboxEntry> Outbox::pending(std::size_t count) {
    return select("acknowledged_ms IS NULL", count);
}

std::vector<OutboxEntry> Outbox::uncovered() {
    return select("covered = 0", SIZE_MAX >> 1);
}

std::optional<OutboxEntry> Outbox::find(const Id& intent) {
    std::int64_t mid = 0;
    {
        const auto statement = m_replica.statements().take("SELECT mid FROM outbox WHERE intent = ?");
        statement->bind(1, intent);
        if (!statement->executeStep()) return std::nullopt;
        mid = statement->getColumn(0).getInt64();
    }
    auto entries = select("mid = " + std::to_string(mid), 1);
    if (entries.empty()) return std::nullopt;
    return std::move(entries.front());
}

bool Outbox::is_known(const Id& intent) {
    const auto statement = m_replica.statements().take(
        "SELECT 1 FROM outbox WHERE intent = ?1 UNION ALL SELECT 1 FROM tray WHERE intent = ?1 LIMIT 1");
    statement->bind(1, intent);
    return statement->executeStep();
}

void Outbox::mark_sent(std::int64_t mid_first, std::int64_t mid_last) {
    const auto statement =
        m_replica.statements().take("UPDATE outbox SET sent = 1 WHERE sent = 0 AND mid BETWEEN ? AND ?");
    statement->bind(1, mid_first);
    statement->bind(2, mid_last);
    statement->exec();
}

void Outbox::mark_may_conflict(std::int64_t mid, bool may_conflict) {
    const auto statement = m_replica.statements().take("UPDATE outbox SET may_conflict = ? WHERE mid = ?");
    statement->bind(1, may_conflict ? 1 : 0);
    statement->bind(2, mid);
    statement->exec();
}

void Outbox::put_in_tray(const OutboxEntry& entry, const MutationOutcome& outcome) {
    wire::PushResponse result;
    result.results.push_back({entry.mutation.mid, entry.mutation.intent, outcome});
    const auto insert = m_replica.statements().take(
        "INSERT INTO tray (intent, body, result, about, made_ms) VALUES (?, ?, ?, ?, ?) ON CONFLICT (intent) DO "
        "NOTHING");
    insert->bind(1, entry.mutation.intent);
    insert->bind(2, wire::encode(entry.mutation));
    insert->bind(3, wire::encode(result));
    insert->bind(4, entry.about);
    insert->bind(5, entry.made_ms);
    insert->exec();
}

void Outbox::refuse(Mutation mutation, const MutationOutcome& outcome, const std::string& about, InstantMs made_ms) {
    OutboxEntry entry;
    entry.mutation = std::move(mutation);
    entry.about = about;
    entry.made_ms = made_ms;
    put_in_tray(entry, outcome);
}

void Outbox::refuse_pending(const OutboxEntry& entry, const MutationOutcome& outcome) {
    put_in_tray(entry, outcome);
    remove(entry.mutation.mid);
}

void Outbox::rewrite(const OutboxEntry& entry) {
    const auto statement = m_replica.statements().take("UPDATE outbox SET body = ?, about = ? WHERE mid = ?");
    statement->bind(1, wire::encode(entry.mutation));
    statement->bind(2, entry.about);
    statement->bind(3, entry.mutation.mid);
    statement->exec();
}

void Outbox::remove(std::int64_t mid) {
    const auto statement = m_replica.statements().take("DELETE FROM outbox WHERE mid = ?");
    statement->bind(1, mid);
    statement->exec();
}

Id Outbox::pending_creation_of(const Id& row) {
    const auto statement =
        m_replica.statements().take("SELECT intent FROM outbox WHERE created_row = ? AND acknowledged_ms IS NULL");
    statement->bind(1, row);
    return statement->executeStep() ? statement->getColumn(0).getString() : Id();
}

void Outbox::take_result(const wire::PushResult& result, InstantMs now_ms) {
    const auto entry = find(result.intent);
    if (!entry || entry->state == EntryState::acknowledged) return;
    if (result.outcome.kind == OutcomeKind::rejected) {
        refuse_pending(*entry, result.outcome);
    } else {
        const auto update =
            m_replica.statements().take("UPDATE outbox SET acknowledged_ms = ?, may_conflict = 0 WHERE mid = ?");
        update->bind(1, now_ms);
        update->bind(2, entry->mutation.mid);
        update->exec();
    }
}

void Outbox::mark_covered(std::int64_t mid_last, InstantMs now_ms) {
    // One whose result is still to come stays: the number may be a copied profile's edit, and laid over a base that has
    // it an edit changes nothing. Numbers below zero were acknowledged to a former client id, before this pull began.
    const auto statement = m_replica.statements().take(
        "UPDATE outbox SET covered = 1, acknowledged_ms = ?2"
        " WHERE covered = 0 AND acknowledged_ms IS NOT NULL AND mid <= MAX(0, ?1)");
    statement->bind(1, mid_last);
    statement->bind(2, now_ms);
    statement->exec();
}

void Outbox::prune(InstantMs now_ms) {
    const auto remove = m_replica.statements().take("DELETE FROM outbox WHERE covered = 1 AND acknowledged_ms < ?");
    remove->bind(1, now_ms - limits::acknowledged_journal_days * day_ms);
    remove->exec();
    const auto cap = m_replica.statements().take(
        "DELETE FROM outbox WHERE acknowledged_ms IS NOT NULL AND covered = 1 AND mid <= (SELECT MAX(mid) FROM outbox) "
        "- ?");
    cap->bind(1, static_cast<std::int64_t>(limits::acknowledged_journal_mutations_max));
    cap->exec();
}

RowKeys Outbox::rows_concerned() {
    RowKeys rows;
    for (const OutboxEntry& entry : select("TRUE", SIZE_MAX >> 1))
        rows.merge(rows_of(entry.mutation));
    for (const TrayItem& item : tray())
        rows.merge(rows_of(item.mutation));
    return rows;
}

bool Outbox::forget(const RowKeys& gone, const RowKeys& revoked) {
    bool leaves_gap = false;
    for (OutboxEntry& entry : select("TRUE", SIZE_MAX >> 1)) {
        const bool is_revoked = concerns(entry.mutation, revoked);
        if (!is_revoked && !concerns(entry.mutation, gone)) continue;
        entry.about.clear();
        entry.mutation.was.clear();
        if (is_revoked && entry.state == EntryState::pending && !entry.sent) {
            refuse_pending(entry, revoked_outcome);
            leaves_gap = true;
        } else {
            rewrite(entry);
        }
    }
    for (TrayItem& item : tray()) {
        const bool is_revoked = concerns(item.mutation, revoked);
        if (!is_revoked && !concerns(item.mutation, gone)) continue;
        remove_from_tray(item.mutation.intent);
        item.mutation.was.clear();
        item.outcome.theirs.clear();
        refuse(std::move(item.mutation), is_revoked ? revoked_outcome : item.outcome, {}, item.made_ms);
    }
    return leaves_gap;
}

void Outbox::renumber(Journal journal, InstantMs now_ms) {
    std::string condition = "acknowledged_ms IS NULL";
    // What is older may have been deleted so long ago that the server no longer knows of it, and would come back. What
    // no pull has covered yet has its time from a clock that may be wrong.
    if (journal == Journal::offer)
        condition += " OR covered = 0 OR acknowledged_ms >= " +
                     std::to_string(now_ms - limits::acknowledged_journal_days * day_ms);
    const std::vector<OutboxEntry> entries = select(condition, SIZE_MAX >> 1);
    if (journal == Journal::offer)
        m_replica.database().exec("DELETE FROM outbox");
    else
        m_replica.database().exec(
            "DELETE FROM outbox WHERE acknowledged_ms IS NULL;"
            // Those of the former client ids make room below zero, in their order: all go down by as much, so that none
            // meets another.
            "UPDATE outbox SET mid = mid - MAX(0, (SELECT MAX(mid) FROM outbox)) - 1");
    ReplicaState state = m_replica.state();
    state.next_mid = 1;
    state.acked_mid = 0;
    m_replica.set_state(state);
    for (const OutboxEntry& entry : entries)
        append(entry.mutation, entry.about, entry.made_ms);
}

std::int64_t Outbox::tray_count() {
    const auto statement = m_replica.statements().take("SELECT COUNT(*) FROM tray");
    return statement->executeStep() ? statement->getColumn(0).getInt64() : 0;
}

std::vector<TrayItem> Outbox::tray() {
    std::vector<TrayItem> items;
    const auto statement =
        m_replica.statements().take("SELECT body, result, about, made_ms FROM tray ORDER BY made_ms, intent");
    while (statement->executeStep()) {
        TrayItem item;
        item.mutation = stored_mutation(statement->getColumn(0).getString());
        const auto response = wire::decode_push_response(statement->getColumn(1).getString());
        if (!response || response->results.size() != 1) tell_damage();
        item.outcome = response->results.front().outcome;
        item.about = statement->getColumn(2).getString();
        item.made_ms = statement->getColumn(3).getInt64();
        items.push_back(std::move(item));
    }
    return items;
}

std::optional<TrayItem> Outbox::tray_item(const Id& intent) {
    for (TrayItem& item : tray())
        if (item.mutation.intent == intent) return std::move(item);
    return std::nullopt;
}

std::vector<TrayItem> Outbox::tray_children(const Id& intent) {
    std::vector<TrayItem> children;
    std::vector<Id> parents = {intent};
    // Made after their parents, so one pass in order finds the whole tree.
    for (TrayItem& item : tray()) {
        if (std::find(parents.begin(), parents.end(), item.mutation.depends_on) == parents.end()) continue;
        if (item.mutation.depends_on.empty()) continue;
        parents.push_back(item.mutation.intent);
        children.push_back(std::move(item));
    }
    return children;
}

void Outbox::remove_from_tray(const Id& intent) {
    const auto statement = m_replica.statements().take("DELETE FROM tray WHERE intent = ?");
    statement->bind(1, intent);
    statement->exec();
}

}  // namespace portal::store
