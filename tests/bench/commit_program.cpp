// The store's own way of committing, alone: its files behind its VFS, opened as the store opens them, with the SQL that
// the peers run too (tests/bench/peers/commit_work.js). Prints one line of JSON. Runs in a worker of the bench's page.
#include <cstdio>
#include <memory>
#include <string>

#include "app/platform/storage.hpp"
#include "shared/base/clock.hpp"
#include "shared/db/database.hpp"

namespace {

using namespace portal;

constexpr const char* table_sql =
    "DROP TABLE IF EXISTS entry; CREATE TABLE entry (id INTEGER PRIMARY KEY, subject TEXT, body TEXT)";
constexpr const char* rows_sql =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
    "INSERT INTO entry SELECT i, 'Subject ' || i, 'The terminal in room ' || (i % 97) || ' prints every receipt "
    "twice.' FROM n";
constexpr const char* answer_sql =
    "SELECT count(*) || ' ' || sum(length(subject)) || ' ' || sum(id * length(body)) FROM entry";
constexpr int commits = 200;

DurationMs now_ms() {
    return system_clock().monotonic_ms();
}

std::string update_sql(int number) {
    return "UPDATE entry SET subject = 'Changed " + std::to_string(number) +
           "' WHERE id = " + std::to_string(number * 37 + 1);
}

void measure(SQLite::Database& database) {
    database.exec(table_sql);
    const DurationMs start_ms = now_ms();
    database.exec(rows_sql);
    const DurationMs rows_ms = now_ms() - start_ms;
    for (int number = 0; number < commits; ++number)
        database.exec(update_sql(number));
    const DurationMs commits_ms = now_ms() - start_ms - rows_ms;
    const std::string answer = database.execAndGet(answer_sql).getString();
    std::printf("{\"rows_ms\":%lld,\"commits_ms\":%lld,\"answer\":\"%s\"}\n", static_cast<long long>(rows_ms),
                static_cast<long long>(commits_ms), answer.c_str());
}

void on_place(const Result<platform::Place>& place) {
    if (!place) {
        std::printf("{\"error\":\"%s\"}\n", place.error().message.c_str());
        return;
    }
    db::OpenOptions options;
    options.path = place->path;
    options.vfs = place->vfs;
    options.sharing = db::Sharing::exclusive;
    const auto done = db::guarded([&]() -> Status {
        PORTAL_TRY_ASSIGN(database, db::open_database(options));
        measure(*database);
        return {};
    });
    if (!done) std::printf("{\"error\":\"%s\"}\n", done.error().message.c_str());
}

}  // namespace

int main() {
    // Answers come when main() has returned.
    static const std::unique_ptr<platform::Storage> storage = platform::make_storage();
    storage->open("01J00000000000000000000001", on_place);
    return 0;
}
