#include "server-stub/repo/sqlite_imports.hpp"

#include <set>

#include "server-stub/repo/repository.hpp"
#include "server-stub/repo/sqlite_reads.hpp"
#include "server-stub/repo/sqlite_rollups.hpp"
#include "server-stub/repo/sqlite_writes.hpp"
#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"
#include "shared/facts/segment.hpp"

namespace portal::server {

// The newest version of a fact, published or staged.
struct SqliteImports::Stored {
    std::int64_t number = 0;
    BatchId batch = 0;
    std::int64_t place = 0;
    FinancingFact fact;
};

std::int64_t SqliteImports::count(std::string_view sql) {
    const auto statement = m_connection.sql(sql);
    return statement->executeStep() ? statement->getColumn(0).getInt64() : 0;
}

BatchId SqliteImports::open_batch() {
    return count("SELECT max(number) FROM batch WHERE state = 'open'");
}

Status SqliteImports::check_open(BatchId batch) {
    if (batch != 0 && open_batch() == batch) return {};
    return fail(ErrorCode::precondition_failed, "this import is not open: start it again");
}

Result<BatchId> SqliteImports::begin(Day closed_until, InstantMs now_ms) {
    if (open_batch() != 0)
        return fail(ErrorCode::conflict, "another import is running on this database; wait for it to end");
    const auto statement = m_connection.sql(
        "INSERT INTO batch (state, closed_until, first_fact, time_ms)"
        " VALUES ('open', ?, (SELECT coalesce(max(number), 0) + 1 FROM fact), ?) RETURNING number");
    bind_all(*statement, closed_until, now_ms);
    check(statement->executeStep(), "a new batch has a number");
    return statement->getColumn(0).getInt64();
}

std::int64_t SqliteImports::place_number(const FinancingFact& fact, Numbers& known) {
    const std::string key = fact.practice + '\n' + fact.location;
    if (const auto found = known.find(key); found != known.end()) return found->second;
    const auto insert = m_connection.sql("INSERT OR IGNORE INTO fact_place (practice, location) VALUES (?, ?)");
    bind_all(*insert, fact.practice, fact.location);
    insert->exec();
    const auto select = m_connection.sql("SELECT number FROM fact_place WHERE location = ? AND practice = ?");
    bind_all(*select, fact.location, fact.practice);
    check(select->executeStep(), "a place has a number");
    return known[key] = select->getColumn(0).getInt64();
}

std::int64_t SqliteImports::plan_number(const Id& plan, Numbers& known) {
    if (const auto found = known.find(plan); found != known.end()) return found->second;
    const auto insert = m_connection.sql("INSERT OR IGNORE INTO fact_plan (plan) VALUES (?)");
    insert->bind(1, plan);
    insert->exec();
    const auto select = m_connection.sql("SELECT number FROM fact_plan WHERE plan = ?");
    select->bind(1, plan);
    check(select->executeStep(), "a plan has a number");
    return known[plan] = select->getColumn(0).getInt64();
}

void SqliteImports::touch(std::int64_t place, MonthIndex month) {
    const auto statement = m_connection.sql("INSERT OR IGNORE INTO touched_segment (place, month) VALUES (?, ?)");
    bind_all(*statement, place, month);
    statement->exec();
}

void SqliteImports::insert_fact(BatchId batch, const FinancingFact& fact, std::int64_t place, std::int64_t plan) {
    const auto statement = m_connection.sql(
        "INSERT INTO fact (external_key, batch, place, month, application_ref, row_number, kind, status, plan, channel,"
        " existing_cardholder, duplicate, event_day, posted_day, hour_band, requested_cents, approved_cents,"
        " settled_cents, fee_cents) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    bind_all(*statement, fact.external_key, batch, place, month_of_day(fact.event_day), fact.application_ref,
             fact.row_number, std::string(text_of(fact.kind)), std::string(text_of(fact.status)), plan,
             std::string(text_of(fact.channel)), fact.existing_cardholder ? 1 : 0, fact.duplicate ? 1 : 0,
             fact.event_day, fact.posted_day, fact.hour_band, fact.requested_cents, fact.approved_cents,
             fact.settled_cents, fact.fee_cents);
    statement->exec();
}

FactVerdict SqliteImports::stage_fact(BatchId batch, const FinancingFact& fact, Numbers& places, Numbers& plans) {
    static const std::string select_newest =
        "SELECT f.number, f.batch, f.place, " + std::string(fact_columns) +
        " FROM fact f JOIN fact_place p ON p.number = f.place JOIN fact_plan l ON l.number = f.plan"
        " WHERE f.external_key = ? ORDER BY f.batch DESC LIMIT 1";
    std::optional<Stored> stored;
    {
        const auto statement = m_connection.sql(select_newest);
        statement->bind(1, fact.external_key);
        if (statement->executeStep())
            stored = Stored{statement->getColumn(0).getInt64(), statement->getColumn(1).getInt64(),
                            statement->getColumn(2).getInt64(), read_fact(*statement, 3)};
    }
    if (stored) {
        // The line of the file is where a fact was told, not what it says.
        stored->fact.row_number = fact.row_number;
        if (stored->fact == fact) return FactVerdict::unchanged;
        touch(stored->place, month_of_day(stored->fact.event_day));
        const auto retire =
            m_connection.sql(stored->batch == batch ? "DELETE FROM fact WHERE number = ?"
                                                    : "INSERT OR IGNORE INTO superseded (fact, batch) VALUES (?, ?)");
        retire->bind(1, stored->number);
        if (stored->batch != batch) retire->bind(2, batch);
        retire->exec();
    }
    const std::int64_t place = place_number(fact, places);
    insert_fact(batch, fact, place, plan_number(fact.plan, plans));
    touch(place, month_of_day(fact.event_day));
    return stored ? FactVerdict::changed : FactVerdict::inserted;
}

Result<std::vector<FactVerdict>> SqliteImports::stage_facts(BatchId batch, std::span<const FinancingFact> facts) {
    check(facts.size() <= limits::import_transaction_rows_max, "an import's transaction is bounded");
    PORTAL_TRY(check_open(batch));
    Numbers places, plans;
    std::vector<FactVerdict> verdicts;
    verdicts.reserve(facts.size());
    for (const FinancingFact& fact : facts)
        verdicts.push_back(stage_fact(batch, fact, places, plans));
    return verdicts;
}

Status SqliteImports::stage_rows(BatchId batch, std::span<const Row> rows) {
    check(rows.size() <= limits::import_transaction_rows_max, "an import's transaction is bounded");
    PORTAL_TRY(check_open(batch));
    for (const Row& row : rows)
        m_connection.staged(row.entity).put(row);
    return {};
}

void SqliteImports::prepare_segment(BatchId batch, std::int64_t place, MonthIndex month) {
    Id practice, location;
    {
        const auto statement = m_connection.sql("SELECT practice, location FROM fact_place WHERE number = ?");
        statement->bind(1, place);
        check(statement->executeStep(), "a touched segment has a place");
        practice = statement->getColumn(0).getString();
        location = statement->getColumn(1).getString();
    }
    std::vector<FinancingFact> facts;
    {
        // Batches count upwards and this is the newest, so every version up to it is published or this import's.
        const auto statement = m_connection.sql(
            "SELECT " + std::string(fact_columns) +
            " FROM fact f JOIN fact_place p ON p.number = f.place JOIN fact_plan l ON l.number = f.plan"
            " WHERE f.place = ? AND f.month = ? AND f.batch <= ?3 AND NOT EXISTS (SELECT 1 FROM fact n"
            " WHERE n.external_key = f.external_key AND n.batch > f.batch AND n.batch <= ?3) ORDER BY f.external_key");
        bind_all(*statement, place, month, batch);
        while (statement->executeStep())
            facts.push_back(read_fact(*statement, 0));
    }
    const auto closed = m_connection.sql("SELECT closed_until FROM batch WHERE number = ?");
    closed->bind(1, batch);
    check(closed->executeStep(), "an open batch is stored");
    m_connection.staged(Entity::fact_segment)
        .put(to_row(make_segment(practice, location, month, closed->getColumn(0).getInt(), facts)));
    note_rollups_due(batch, practice);
}

void SqliteImports::note_rollups_due(BatchId batch, const Id& practice) {
    const auto statement = m_connection.sql("INSERT OR REPLACE INTO rollup_due (practice, batch) VALUES (?, ?)");
    bind_all(*statement, practice, batch);
    statement->exec();
}

// When every segment is encoded: a rollup is made of all the practice's facts, whoever imported them.
Status SqliteImports::prepare_rollups(BatchId batch, std::int64_t segments_max) {
    for (std::int64_t segments = 0; segments < segments_max;) {
        Id practice;
        {
            const auto next = m_connection.sql("SELECT practice FROM rollup_due WHERE batch = ? LIMIT 1");
            next->bind(1, batch);
            if (!next->executeStep()) return {};
            practice = next->getColumn(0).getString();
        }
        PORTAL_TRY_ASSIGN(changes, rollup_changes(m_connection, practice, SegmentsOf::staged));
        for (const FactRollup& rollup : changes.put)
            m_connection.staged(Entity::fact_rollup).put(to_row(rollup));
        for (const Id& id : changes.remove)
            m_connection.staged(Entity::fact_rollup).put(to_row(staged_removal(id)));
        segments += changes.segments + 1;
        const auto done = m_connection.sql("DELETE FROM rollup_due WHERE practice = ?");
        done->bind(1, practice);
        done->exec();
    }
    return {};
}

Status SqliteImports::make_due_rollups() {
    std::vector<Id> practices;
    {
        const auto due = m_connection.sql("SELECT practice FROM rollup_due");
        while (due->executeStep())
            practices.push_back(due->getColumn(0).getString());
    }
    if (practices.empty()) return {};
    // They are as old as the facts are: the log of days must not learn of a day before its last one.
    m_writes.act_as({}, count("SELECT coalesce(max(time_ms), 0) FROM head_log") - 1);
    for (const Id& practice : practices)
        m_writes.note_facts_changed(practice);
    m_connection.database->exec("DELETE FROM rollup_due");
    return {};
}

Result<std::int64_t> SqliteImports::prepare(BatchId batch, std::int64_t segments_max) {
    PORTAL_TRY(check_open(batch));
    std::vector<std::pair<std::int64_t, MonthIndex>> segments;
    {
        const auto statement =
            m_connection.sql("SELECT place, month FROM touched_segment ORDER BY place, month LIMIT ?");
        statement->bind(1, segments_max);
        while (statement->executeStep())
            segments.emplace_back(statement->getColumn(0).getInt64(), statement->getColumn(1).getInt());
    }
    for (const auto& [place, month] : segments) {
        prepare_segment(batch, place, month);
        const auto done = m_connection.sql("DELETE FROM touched_segment WHERE place = ? AND month = ?");
        bind_all(*done, place, month);
        done->exec();
    }
    std::int64_t left = count("SELECT count(*) FROM touched_segment");
    const std::int64_t rest = segments_max - static_cast<std::int64_t>(segments.size());
    if (left == 0) PORTAL_TRY(prepare_rollups(batch, rest));
    return left + count("SELECT count(*) FROM rollup_due");
}

Status SqliteImports::publish(BatchId batch, InstantMs now_ms) {
    PORTAL_TRY(check_open(batch));
    if (count("SELECT (SELECT count(*) FROM touched_segment) + (SELECT count(*) FROM rollup_due)") != 0)
        return fail(ErrorCode::precondition_failed, "the import's segments are not prepared");
    m_writes.act_as({}, now_ms);
    std::set<Id> practices;  // Their rollups are among what is staged.
    for (const EntityDescriptor& descriptor : all_entities()) {
        m_connection.staged(descriptor.entity).each([&](Row row) {
            if (row.entity == Entity::fact_segment) practices.insert(Id(text_value(row, "practice")));
            const bool emptied = (row.entity == Entity::fact_segment && integer_value(row, "fact_count") == 0) ||
                                 (row.entity == Entity::fact_rollup && is_staged_removal(row));
            if (emptied)
                m_writes.remove(row.entity, row.id);
            else
                m_writes.put(row);
        });
        m_connection.staged(descriptor.entity).clear();
    }
    for (const Id& practice : practices)
        m_writes.note_rollups_made(practice);
    const auto state = m_connection.sql("UPDATE batch SET state = 'published' WHERE number = ?");
    state->bind(1, batch);
    state->exec();
    const auto head = m_connection.sql("UPDATE head SET published_batch = ?");
    head->bind(1, batch);
    head->exec();
    return {};
}

Result<bool> SqliteImports::abandon(BatchId batch, std::int64_t rows_max) {
    PORTAL_TRY(check_open(batch));
    for (const EntityDescriptor& descriptor : all_entities())
        m_connection.staged(descriptor.entity).clear();
    m_connection.database->exec("DELETE FROM touched_segment");
    const auto due = m_connection.sql("DELETE FROM rollup_due WHERE batch = ?");
    due->bind(1, batch);
    due->exec();
    // An open batch's facts are the newest rows of the table.
    const auto facts = m_connection.sql(
        "DELETE FROM fact WHERE number IN (SELECT number FROM fact WHERE number >="
        " (SELECT first_fact FROM batch WHERE number = ?1) AND batch = ?1 LIMIT ?2)");
    bind_all(*facts, batch, rows_max);
    if (facts->exec() > 0) return false;
    const auto superseded = m_connection.sql("DELETE FROM superseded WHERE batch = ?");
    superseded->bind(1, batch);
    superseded->exec();
    const auto state = m_connection.sql("UPDATE batch SET state = 'abandoned' WHERE number = ?");
    state->bind(1, batch);
    state->exec();
    return true;
}

Status SqliteImports::abandon_leftovers() {
    const BatchId batch = open_batch();
    for (bool done = batch == 0; !done;) {
        PORTAL_TRY_ASSIGN(closed, abandon(batch, static_cast<std::int64_t>(limits::import_transaction_rows_max)));
        done = closed;
    }
    return {};
}

Result<bool> SqliteImports::sweep(std::int64_t rows_max) {
    const auto facts = m_connection.sql(
        "DELETE FROM fact WHERE number IN (SELECT fact FROM superseded"
        " WHERE batch <= (SELECT published_batch FROM head) ORDER BY fact LIMIT ?)");
    facts->bind(1, rows_max);
    facts->exec();
    const auto list = m_connection.sql(
        "DELETE FROM superseded WHERE fact IN (SELECT fact FROM superseded"
        " WHERE batch <= (SELECT published_batch FROM head) ORDER BY fact LIMIT ?)");
    list->bind(1, rows_max);
    return list->exec() == 0;
}

}  // namespace portal::server
