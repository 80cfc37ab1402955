#include "app/store/schema.hpp"

#include "shared/db/row_table.hpp"

namespace portal::store {
namespace {

constexpr std::string_view sync_tables = R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE stream (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, count INTEGER NOT NULL DEFAULT 0,
    hash_high INTEGER NOT NULL DEFAULT 0, hash_low INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE membership (entity TEXT NOT NULL, id TEXT NOT NULL, stream INTEGER NOT NULL,
    PRIMARY KEY (entity, id, stream)) STRICT, WITHOUT ROWID;
CREATE INDEX membership_by_stream ON membership (stream);
CREATE TABLE staged_page (number INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE outbox (mid INTEGER PRIMARY KEY, intent TEXT NOT NULL UNIQUE, created_row TEXT, body TEXT NOT NULL,
    about TEXT NOT NULL, made_ms INTEGER NOT NULL, sent INTEGER NOT NULL DEFAULT 0, acknowledged_ms INTEGER, covered INTEGER NOT NULL DEFAULT 0,
    may_conflict INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX outbox_by_created_row ON outbox (created_row) WHERE created_row IS NOT NULL;
CREATE INDEX outbox_open ON outbox (mid) WHERE acknowledged_ms IS NULL;
CREATE TABLE tray (intent TEXT PRIMARY KEY NOT NULL, body TEXT NOT NULL, result TEXT NOT NULL, about TEXT NOT NULL,
    made_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";

void create_everything(SQLite::Database& database) {
    for (const EntityDescriptor& descriptor : all_entities()) {
        db::RowTable(database, descriptor.entity, "base_").create();
        db::RowTable(database, descriptor.entity, "overlay_").create();
    }
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

}  // namespace

const db::Schema& replica_schema() {
    static const db::Schema schema{create_everything, {to_version_2}};
    return schema;
}

}  // namespace portal::store
