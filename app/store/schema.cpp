#include "app/store/schema.hpp"

#include "shared/db/row_table.hpp"

namespace portal::store {
namespace {

constexpr std::string_view sync_tables = R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE stream (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, count INTEGER NOT NULL DEFAULT 0,
    hash_high INTEGER NOT NULL DEFAULT 0, hash_low INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE staged_page (number INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE outbox (mid INTEGER PRIMARY KEY, intent TEXT NOT NULL UNIQUE, created_row TEXT, body TEXT NOT NULL,
    about TEXT NOT NULL, made_ms INTEGER NOT NULL, sent INTEGER NOT NULL DEFAULT 0, acknowledged_ms INTEGER, covered INTEGER NOT NULL DEFAULT 0,
    may_conflict INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX outbox_by_created_row ON outbox (created_row) WHERE created_row IS NOT NULL;
CREATE INDEX outbox_open ON outbox (mid) WHERE acknowledged_ms IS NULL;
CREATE TABLE tray (intent TEXT PRIMARY KEY NOT NULL, body TEXT NOT NULL, result TEXT NOT NULL, about TEXT NOT NULL,
    made_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";

// Where the base is asked for rows by another row's id. The screens' records are in memory, and an index that nobody
// asks costs a first load as much as the rows.
constexpr std::string_view base_indexes = R"sql(
CREATE INDEX base_grant_by_user ON base_grant (user);
CREATE INDEX base_message_by_ticket ON base_message (ticket);
)sql";

void create_everything(SQLite::Database& database) {
    for (const EntityDescriptor& descriptor : all_entities()) {
        database.exec(db::create_table_sql(descriptor, "base_", ", streams TEXT NOT NULL"));
        database.exec(db::create_table_sql(descriptor, "overlay_"));
    }
    database.exec(std::string(base_indexes));
    database.exec(std::string(sync_tables));
}

// What a server has filled in since is not known here: the rows stay, and the next pull brings them all anew. Pages in
// the older form are of no use.
constexpr std::string_view to_version_2 = R"sql(
ALTER TABLE base_ticket ADD COLUMN practice_name TEXT NOT NULL DEFAULT '';
ALTER TABLE overlay_ticket ADD COLUMN practice_name TEXT NOT NULL DEFAULT '';
DELETE FROM staged_page;
DELETE FROM meta WHERE key IN ('cursor', 'permission_set', 'staged_next_page');
)sql";

// Action items come. The memberships move into the rows; of the indexes, those stay that are asked. A page begun by an
// older build may go on under other streams, so a pull's pages are asked for again.
constexpr std::string_view entities_of_version_2[] = {
    "vendor",       "promo_plan", "calendar",     "practice", "location", "user",   "grant",   "integration",
    "check_rollup", "incident",   "fact_segment", "target",   "deposit",  "ticket", "message", "notice"};
constexpr std::string_view indexes_of_version_2[] = {"practice_by_book",         "practice_by_team",
                                                     "location_by_practice",     "location_by_calendar",
                                                     "user_by_practice",         "user_by_vendor",
                                                     "grant_by_scope",           "integration_by_practice",
                                                     "integration_by_vendor",    "integration_by_blocked_owner",
                                                     "integration_by_engineer",  "check_rollup_by_integration",
                                                     "incident_by_integration",  "fact_segment_by_practice",
                                                     "fact_segment_by_location", "target_by_practice",
                                                     "deposit_by_practice",      "deposit_by_location",
                                                     "ticket_by_practice",       "ticket_by_location",
                                                     "ticket_by_integration",    "ticket_by_requester",
                                                     "ticket_by_assignee",       "message_by_practice",
                                                     "message_by_location",      "message_by_author",
                                                     "notice_by_user",           "notice_by_subject"};
constexpr std::string_view action_items_of_version_3 = R"sql(
DROP TABLE membership;
DROP INDEX IF EXISTS overlay_grant_by_user;
DROP INDEX IF EXISTS overlay_message_by_ticket;
CREATE TABLE base_action_item (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    streams TEXT NOT NULL, external_key TEXT NOT NULL, practice TEXT NOT NULL, book TEXT NOT NULL, title TEXT NOT NULL, note TEXT NOT NULL,
    owner TEXT NOT NULL, due_on INTEGER NOT NULL, done INTEGER NOT NULL, done_ms INTEGER, done_by TEXT NOT NULL,
    integration TEXT NOT NULL, ticket TEXT NOT NULL, created_by TEXT NOT NULL, created_ms INTEGER NOT NULL) STRICT;
CREATE TABLE overlay_action_item (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    external_key TEXT NOT NULL, practice TEXT NOT NULL, book TEXT NOT NULL, title TEXT NOT NULL, note TEXT NOT NULL,
    owner TEXT NOT NULL, due_on INTEGER NOT NULL, done INTEGER NOT NULL, done_ms INTEGER, done_by TEXT NOT NULL,
    integration TEXT NOT NULL, ticket TEXT NOT NULL, created_by TEXT NOT NULL, created_ms INTEGER NOT NULL) STRICT;
DELETE FROM staged_page;
DELETE FROM meta WHERE key = 'staged_next_page';
)sql";

const std::string& to_version_3() {
    static const std::string text = [] {
        std::string sql;
        for (const std::string_view entity : entities_of_version_2) {
            const std::string name(entity), base = "base_" + name;
            sql += "ALTER TABLE " + base + " ADD COLUMN streams TEXT NOT NULL DEFAULT '';UPDATE " + base +
                   " SET streams = (SELECT ' ' || coalesce(group_concat(stream, ' ') || ' ', '') FROM membership"
                   " WHERE entity = '" +
                   name + "' AND membership.id = " + base + ".id);";
        }
        for (const std::string_view index : indexes_of_version_2)
            for (const char* prefix : {"base_", "overlay_"})
                sql.append("DROP INDEX IF EXISTS ").append(prefix).append(index).append(";");
        return sql.append(action_items_of_version_3);
    }();
    return text;
}

// Rollups come, under streams of their own: who has them is given other streams, and a pull's pages are asked for
// again.
constexpr std::string_view to_version_4 = R"sql(
CREATE TABLE base_fact_rollup (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    streams TEXT NOT NULL, practice TEXT NOT NULL, location TEXT NOT NULL, month INTEGER NOT NULL,
    fact_count INTEGER NOT NULL, closed_until INTEGER NOT NULL, columns BLOB NOT NULL) STRICT;
CREATE TABLE overlay_fact_rollup (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    practice TEXT NOT NULL, location TEXT NOT NULL, month INTEGER NOT NULL,
    fact_count INTEGER NOT NULL, closed_until INTEGER NOT NULL, columns BLOB NOT NULL) STRICT;
DELETE FROM staged_page;
DELETE FROM meta WHERE key = 'staged_next_page';
)sql";

// The counts of vendors come.
constexpr std::string_view to_version_5 = R"sql(
CREATE TABLE base_vendor_count (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    streams TEXT NOT NULL, vendor TEXT NOT NULL, integration TEXT NOT NULL, practice TEXT NOT NULL,
    month INTEGER NOT NULL, applications INTEGER, approved INTEGER, sales INTEGER) STRICT;
CREATE TABLE overlay_vendor_count (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    vendor TEXT NOT NULL, integration TEXT NOT NULL, practice TEXT NOT NULL,
    month INTEGER NOT NULL, applications INTEGER, approved INTEGER, sales INTEGER) STRICT;
DELETE FROM staged_page;
DELETE FROM meta WHERE key = 'staged_next_page';
)sql";

// Deposits can be reviewed.
constexpr std::string_view to_version_6 = R"sql(
CREATE TABLE base_deposit_review (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    streams TEXT NOT NULL, location TEXT NOT NULL, day INTEGER NOT NULL, expected_cents INTEGER NOT NULL,
    deposited_cents INTEGER NOT NULL, reviewed INTEGER NOT NULL, note TEXT NOT NULL, reviewed_by TEXT NOT NULL,
    reviewed_ms INTEGER) STRICT;
CREATE TABLE overlay_deposit_review (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    location TEXT NOT NULL, day INTEGER NOT NULL, expected_cents INTEGER NOT NULL,
    deposited_cents INTEGER NOT NULL, reviewed INTEGER NOT NULL, note TEXT NOT NULL, reviewed_by TEXT NOT NULL,
    reviewed_ms INTEGER) STRICT;
DELETE FROM staged_page;
DELETE FROM meta WHERE key = 'staged_next_page';
)sql";

// Leads of a pitch can be sent.
constexpr std::string_view to_version_7 = R"sql(
CREATE TABLE base_prospect (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    streams TEXT NOT NULL, book TEXT NOT NULL, name TEXT NOT NULL, contact TEXT NOT NULL, email TEXT NOT NULL, note TEXT NOT NULL,
    created_by TEXT NOT NULL, created_ms INTEGER NOT NULL) STRICT;
CREATE TABLE overlay_prospect (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    book TEXT NOT NULL, name TEXT NOT NULL, contact TEXT NOT NULL, email TEXT NOT NULL, note TEXT NOT NULL,
    created_by TEXT NOT NULL, created_ms INTEGER NOT NULL) STRICT;
DELETE FROM staged_page;
DELETE FROM meta WHERE key = 'staged_next_page';
)sql";

}  // namespace

const db::Schema& replica_schema() {
    static const db::Schema schema{
        create_everything, {to_version_2, to_version_3(), to_version_4, to_version_5, to_version_6, to_version_7}};
    return schema;
}

}  // namespace portal::store
