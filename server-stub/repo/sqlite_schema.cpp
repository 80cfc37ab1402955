#include "server-stub/repo/sqlite_schema.hpp"

#include "shared/db/row_table.hpp"

namespace portal::server {
namespace {

// head.seq is the one counter; change holds the newest change of each row, change_stream its newest event per stream.
constexpr std::string_view sync_tables = R"sql(
CREATE TABLE head (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    seq INTEGER NOT NULL, floor INTEGER NOT NULL, epoch TEXT NOT NULL, tenant_kind TEXT NOT NULL,
    ticket_number INTEGER NOT NULL, directory_version INTEGER NOT NULL, published_batch INTEGER NOT NULL) STRICT;
CREATE TABLE head_log (time_ms INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
CREATE TABLE change (
    seq INTEGER PRIMARY KEY, entity TEXT NOT NULL, row_id TEXT NOT NULL, kind TEXT NOT NULL,
    rev INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX change_by_row ON change (entity, row_id);
CREATE TABLE stream (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, count INTEGER NOT NULL,
    hash_hi INTEGER NOT NULL, hash_lo INTEGER NOT NULL, last_seq INTEGER NOT NULL) STRICT;
CREATE TABLE change_stream (
    stream INTEGER NOT NULL, seq INTEGER NOT NULL, entity TEXT NOT NULL, row_id TEXT NOT NULL,
    gone INTEGER NOT NULL, PRIMARY KEY (stream, seq)) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX change_stream_by_row ON change_stream (entity, row_id, stream);
CREATE INDEX change_stream_gone ON change_stream (seq) WHERE gone = 1;
CREATE TABLE permission_set (
    user_id TEXT NOT NULL, name TEXT NOT NULL, streams TEXT NOT NULL, seen_ms INTEGER NOT NULL,
    PRIMARY KEY (user_id, name)) STRICT, WITHOUT ROWID;
CREATE TABLE client (
    client TEXT PRIMARY KEY, user_id TEXT NOT NULL, last_mid INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE mutation (
    intent TEXT PRIMARY KEY, user_id TEXT NOT NULL, body TEXT NOT NULL, outcome TEXT NOT NULL,
    incident TEXT NOT NULL, time_ms INTEGER NOT NULL) STRICT;
CREATE INDEX mutation_by_time ON mutation (time_ms);
CREATE TABLE client_mutation (
    client TEXT NOT NULL, mid INTEGER NOT NULL, intent TEXT NOT NULL, time_ms INTEGER NOT NULL,
    PRIMARY KEY (client, mid)) STRICT, WITHOUT ROWID;
CREATE INDEX client_mutation_by_time ON client_mutation (time_ms);
)sql";

constexpr std::string_view account_tables = R"sql(
CREATE TABLE password (user_id TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE session (
    token_hash TEXT PRIMARY KEY, user_id TEXT NOT NULL, created_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL,
    rotated_ms INTEGER NOT NULL, predecessor TEXT NOT NULL, ends_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_user ON session (user_id);
CREATE TABLE link (
    token_hash TEXT PRIMARY KEY, user_id TEXT NOT NULL, purpose TEXT NOT NULL,
    expires_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX link_by_user ON link (user_id);
CREATE TABLE throttle (
    key TEXT PRIMARY KEY, failures INTEGER NOT NULL, open_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
    number INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
    subject TEXT NOT NULL, address TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
CREATE TABLE demo_account (
    user_id TEXT PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, sees TEXT NOT NULL,
    position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX user_by_email ON user (lower(email));
)sql";

// A fact's row is never updated: an import adds a version with its batch's number, and the newest version whose batch
// is published stands. Replaced versions are listed in superseded and swept after the switch.
constexpr std::string_view fact_tables = R"sql(
CREATE TABLE batch (
    number INTEGER PRIMARY KEY, state TEXT NOT NULL, closed_until INTEGER NOT NULL, first_fact INTEGER NOT NULL,
    time_ms INTEGER NOT NULL) STRICT;
CREATE TABLE fact_place (
    number INTEGER PRIMARY KEY, practice TEXT NOT NULL, location TEXT NOT NULL, UNIQUE (location, practice)) STRICT;
CREATE TABLE fact_plan (number INTEGER PRIMARY KEY, plan TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE fact (
    number INTEGER PRIMARY KEY, external_key TEXT NOT NULL, batch INTEGER NOT NULL, place INTEGER NOT NULL,
    month INTEGER NOT NULL, application_ref TEXT NOT NULL, row_number INTEGER NOT NULL, kind TEXT NOT NULL,
    status TEXT NOT NULL, plan INTEGER NOT NULL, channel TEXT NOT NULL, existing_cardholder INTEGER NOT NULL,
    duplicate INTEGER NOT NULL, event_day INTEGER NOT NULL, posted_day INTEGER NOT NULL, hour_band INTEGER NOT NULL,
    requested_cents INTEGER NOT NULL, approved_cents INTEGER NOT NULL, settled_cents INTEGER NOT NULL,
    fee_cents INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX fact_by_key ON fact (external_key, batch);
CREATE INDEX fact_by_place ON fact (place, month);
CREATE TABLE superseded (fact INTEGER PRIMARY KEY, batch INTEGER NOT NULL) STRICT;
CREATE TABLE touched_segment (
    place INTEGER NOT NULL, month INTEGER NOT NULL, PRIMARY KEY (place, month)) STRICT, WITHOUT ROWID;
CREATE VIEW financing_fact AS
    SELECT f.external_key, f.application_ref, f.row_number, f.kind, f.status, p.practice, p.location, l.plan, f.channel,
           f.existing_cardholder, f.duplicate, f.event_day, f.posted_day, f.hour_band, f.requested_cents,
           f.approved_cents, f.settled_cents, f.fee_cents
    FROM fact f JOIN fact_place p ON p.number = f.place JOIN fact_plan l ON l.number = f.plan
    WHERE f.batch <= (SELECT published_batch FROM head)
      AND NOT EXISTS (SELECT 1 FROM fact n WHERE n.external_key = f.external_key AND n.batch > f.batch
                      AND n.batch <= (SELECT published_batch FROM head));
)sql";

// Live shared views. Tables of their own, without a synchronised entity: a new database and a migrated one get them by
// this one text.
constexpr std::string_view share_tables = R"sql(
CREATE TABLE share (
    id TEXT PRIMARY KEY, presenter TEXT NOT NULL, token_hash TEXT NOT NULL, scope TEXT NOT NULL, state TEXT NOT NULL,
    created_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX share_by_presenter ON share (presenter);
CREATE UNIQUE INDEX share_by_token ON share (token_hash) WHERE token_hash <> '';
CREATE TABLE share_guest (
    token_hash TEXT PRIMARY KEY, share TEXT NOT NULL, created_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX share_guest_by_share ON share_guest (share);
)sql";

// presents: to whom presenting was handed; empty while the maker presents. share_user: who opened the link signed in.
constexpr std::string_view share_user_tables = R"sql(
ALTER TABLE share ADD COLUMN presents TEXT NOT NULL DEFAULT '';
CREATE INDEX share_by_presents ON share (presents) WHERE presents <> '';
CREATE TABLE share_user (
    share TEXT NOT NULL, user_id TEXT NOT NULL, PRIMARY KEY (share, user_id)) STRICT, WITHOUT ROWID;
)sql";

// rollup_due: practices whose rollups an open import has still to make, or (batch 0) whose facts are older than
// rollups. figures_given: in which form a lead or an auditor has the figures. The index finds a practice's staged
// segments.
constexpr std::string_view rollup_tables = R"sql(
CREATE TABLE rollup_due (practice TEXT PRIMARY KEY, batch INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE figures_given (user_id TEXT PRIMARY KEY, form TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX staged_fact_segment_by_practice ON staged_fact_segment (practice);
)sql";

void create_everything(SQLite::Database& database) {
    for (const EntityDescriptor& descriptor : all_entities()) {
        db::RowTable(database, descriptor.entity, "").create();
        // What an import has staged; no index, because it is read once from front to back.
        database.exec(db::create_table_sql(descriptor, "staged_"));
        const std::string name(descriptor.name);
        if (descriptor.column_index("external_key") >= 0)
            database.exec("CREATE INDEX " + name + "_by_external_key ON " + name + " (external_key)");
    }
    database.exec(std::string(sync_tables));
    database.exec(std::string(account_tables));
    database.exec(std::string(fact_tables));
    database.exec(std::string(share_tables));
    database.exec(std::string(share_user_tables));
    database.exec(std::string(rollup_tables));
    database.exec("INSERT INTO head VALUES (1, 0, 0, '', 'real', 1000, 0, 0)");
}

// Whoever sees a ticket alone, as the support desk does, reads whose it is.
constexpr std::string_view to_version_2 = R"sql(
ALTER TABLE ticket ADD COLUMN practice_name TEXT NOT NULL DEFAULT '';
ALTER TABLE staged_ticket ADD COLUMN practice_name TEXT NOT NULL DEFAULT '';
UPDATE ticket SET practice_name = coalesce((SELECT name FROM practice WHERE id = ticket.practice), '');
)sql";

constexpr std::string_view to_version_3 = R"sql(
CREATE TABLE action_item (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    external_key TEXT NOT NULL, practice TEXT NOT NULL, book TEXT NOT NULL, title TEXT NOT NULL, note TEXT NOT NULL,
    owner TEXT NOT NULL, due_on INTEGER NOT NULL, done INTEGER NOT NULL, done_ms INTEGER, done_by TEXT NOT NULL,
    integration TEXT NOT NULL, ticket TEXT NOT NULL, created_by TEXT NOT NULL, created_ms INTEGER NOT NULL) STRICT;
CREATE INDEX action_item_by_external_key ON action_item (external_key);
CREATE INDEX action_item_by_practice ON action_item (practice);
CREATE INDEX action_item_by_owner ON action_item (owner);
CREATE INDEX action_item_by_done_by ON action_item (done_by);
CREATE INDEX action_item_by_integration ON action_item (integration);
CREATE INDEX action_item_by_ticket ON action_item (ticket);
CREATE INDEX action_item_by_created_by ON action_item (created_by);
CREATE TABLE staged_action_item (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    external_key TEXT NOT NULL, practice TEXT NOT NULL, book TEXT NOT NULL, title TEXT NOT NULL, note TEXT NOT NULL,
    owner TEXT NOT NULL, due_on INTEGER NOT NULL, done INTEGER NOT NULL, done_ms INTEGER, done_by TEXT NOT NULL,
    integration TEXT NOT NULL, ticket TEXT NOT NULL, created_by TEXT NOT NULL, created_ms INTEGER NOT NULL) STRICT;
)sql";

const std::string& to_version_5() {
    static const std::string text = R"sql(
CREATE TABLE fact_rollup (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    practice TEXT NOT NULL, location TEXT NOT NULL, month INTEGER NOT NULL,
    fact_count INTEGER NOT NULL, closed_until INTEGER NOT NULL, columns BLOB NOT NULL) STRICT;
CREATE INDEX fact_rollup_by_practice ON fact_rollup (practice);
CREATE INDEX fact_rollup_by_location ON fact_rollup (location);
CREATE TABLE staged_fact_rollup (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    practice TEXT NOT NULL, location TEXT NOT NULL, month INTEGER NOT NULL,
    fact_count INTEGER NOT NULL, closed_until INTEGER NOT NULL, columns BLOB NOT NULL) STRICT;
)sql" + std::string(rollup_tables) + "INSERT INTO rollup_due SELECT DISTINCT practice, 0 FROM fact_segment;";
    return text;
}

// The counts of practices that have agreed before are made when the database is opened.
constexpr std::string_view to_version_6 = R"sql(
CREATE TABLE vendor_count (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    vendor TEXT NOT NULL, integration TEXT NOT NULL, practice TEXT NOT NULL, month INTEGER NOT NULL,
    applications INTEGER, approved INTEGER, sales INTEGER) STRICT;
CREATE INDEX vendor_count_by_vendor ON vendor_count (vendor);
CREATE INDEX vendor_count_by_integration ON vendor_count (integration);
CREATE INDEX vendor_count_by_practice ON vendor_count (practice);
CREATE TABLE staged_vendor_count (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    vendor TEXT NOT NULL, integration TEXT NOT NULL, practice TEXT NOT NULL, month INTEGER NOT NULL,
    applications INTEGER, approved INTEGER, sales INTEGER) STRICT;
INSERT OR IGNORE INTO rollup_due SELECT id, 0 FROM practice WHERE vendor_consent = 1;
)sql";

constexpr std::string_view to_version_7 = R"sql(
CREATE TABLE deposit_review (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    location TEXT NOT NULL, day INTEGER NOT NULL, expected_cents INTEGER NOT NULL,
    deposited_cents INTEGER NOT NULL, reviewed INTEGER NOT NULL, note TEXT NOT NULL, reviewed_by TEXT NOT NULL,
    reviewed_ms INTEGER) STRICT;
CREATE INDEX deposit_review_by_location ON deposit_review (location);
CREATE INDEX deposit_review_by_reviewed_by ON deposit_review (reviewed_by);
CREATE TABLE staged_deposit_review (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    location TEXT NOT NULL, day INTEGER NOT NULL, expected_cents INTEGER NOT NULL,
    deposited_cents INTEGER NOT NULL, reviewed INTEGER NOT NULL, note TEXT NOT NULL, reviewed_by TEXT NOT NULL,
    reviewed_ms INTEGER) STRICT;
)sql";

constexpr std::string_view to_version_9 = R"sql(
CREATE TABLE prospect (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    book TEXT NOT NULL, name TEXT NOT NULL, contact TEXT NOT NULL, email TEXT NOT NULL, note TEXT NOT NULL,
    created_by TEXT NOT NULL, created_ms INTEGER NOT NULL) STRICT;
CREATE INDEX prospect_by_created_by ON prospect (created_by);
CREATE TABLE staged_prospect (
    id TEXT PRIMARY KEY NOT NULL, rev INTEGER NOT NULL, updated_ms INTEGER NOT NULL, updated_by TEXT NOT NULL,
    book TEXT NOT NULL, name TEXT NOT NULL, contact TEXT NOT NULL, email TEXT NOT NULL, note TEXT NOT NULL,
    created_by TEXT NOT NULL, created_ms INTEGER NOT NULL) STRICT;
)sql";

}  // namespace

const db::Schema& server_schema() {
    static const db::Schema schema{create_everything,
                                   {to_version_2, to_version_3, share_tables, to_version_5(), to_version_6,
                                    to_version_7, share_user_tables, to_version_9}};
    return schema;
}

}  // namespace portal::server
