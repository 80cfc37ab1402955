#include "server-stub/repo/sqlite_backup.hpp"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>

#include "server-stub/repo/commit_queue.hpp"
#include "server-stub/repo/sqlite_repository.hpp"
#include "shared/db/database.hpp"

namespace portal::server {

Status copy_backup(const std::string& backup, const std::string& staged, const std::string& vfs) {
    db::OpenOptions options;
    options.path = backup;
    options.vfs = vfs;
    options.access = db::Access::read_only;
    PORTAL_TRY_ASSIGN(source, db::open_database(options));
    options.path = staged;
    options.access = db::Access::read_write;
    PORTAL_TRY_ASSIGN(copy, db::open_database(options));
    return db::guarded([&]() -> Status {
        if (db::stored_version(*source) == 0)
            return fail(ErrorCode::corrupted, backup + " is a database, but none of the portal");
        PORTAL_TRY(db::check_integrity(*source));
        // VACUUM INTO would want the backup opened for writing.
        if (SQLite::Backup(*copy, *source).executeStep() != SQLITE_DONE)
            return fail(ErrorCode::unavailable, "another process uses " + backup);
        return {};
    });
}

Status begin_anew(const std::string& staged, const Clock& clock, RandomSource& random, const std::string& vfs) {
    SqliteOptions options;
    options.path = staged;
    options.vfs = vfs;
    options.mode = OpenMode::must_exist;
    PORTAL_TRY_ASSIGN(repository, open_sqlite_repository(options, random));
    const IntegrityReport report = repository->check_integrity();
    if (!report.problems.empty())
        return fail(ErrorCode::corrupted, "the backup is not sound (" + std::to_string(report.problems.size()) +
                                              " problems), first: " + report.problems.front());
    CommitQueue queue(*repository);
    return queue.run([&](WriteTransaction& writes) -> Status {
        writes.renew_epoch(make_epoch(random));
        writes.accounts().remove_all_sessions();
        writes.shares().end_all_shares();
        writes.accounts().remove_all_links();
        AuditEntry entry;
        entry.time_ms = clock.now_ms();
        entry.action = "database.restore";
        writes.accounts().add_audit(entry);
        return {};
    });
}

Status fold_log(const std::string& path, const std::string& vfs) {
    db::OpenOptions options;
    options.path = path;
    options.vfs = vfs;
    PORTAL_TRY_ASSIGN(database, db::open_database(options));
    return db::checkpoint_truncate(*database);
}

}  // namespace portal::server
