#include "server-stub/repo/sqlite_repository.hpp"

#include <filesystem>
#include <mutex>

#include "server-stub/repo/commit_queue.hpp"
#include "server-stub/repo/integrity.hpp"
#include "server-stub/repo/sqlite_migration.hpp"
#include "server-stub/repo/sqlite_reads.hpp"
#include "server-stub/repo/sqlite_schema.hpp"
#include "server-stub/repo/sqlite_writes.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {
namespace {

// An id starts with its time; an epoch is the random part alone.
constexpr std::size_t epoch_offset = 10;

// Connections that no request is using.
class ConnectionPool {
  public:
    ConnectionPool(std::string path, std::string vfs) : m_path(std::move(path)), m_vfs(std::move(vfs)) {}

    std::unique_ptr<SqliteConnection> take() {
        {
            std::lock_guard lock(m_mutex);
            if (!m_idle.empty()) {
                auto connection = std::move(m_idle.back());
                m_idle.pop_back();
                return connection;
            }
        }
        db::OpenOptions options;
        options.path = m_path;
        options.vfs = m_vfs;
        options.access = db::Access::read_only;
        auto opened = db::open_database(options);
        if (!opened) throw StorageFault(std::move(opened).error());
        return std::make_unique<SqliteConnection>(std::move(*opened));
    }

    void give_back(std::unique_ptr<SqliteConnection> connection) {
        std::lock_guard lock(m_mutex);
        if (m_idle.size() < limits::read_connections_idle_max) m_idle.push_back(std::move(connection));
    }

  private:
    const std::string m_path, m_vfs;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<SqliteConnection>> m_idle;
};

// Takes a connection and brings it back; a base, so that the snapshot's reads end before it.
struct ConnectionLease {
    explicit ConnectionLease(ConnectionPool& pool_in) : pool(pool_in), connection(pool.take()) {
        connection->database->exec("BEGIN");
    }
    ~ConnectionLease() {
        if (connection->database->tryExec("ROLLBACK") == SQLite::OK) pool.give_back(std::move(connection));
    }
    ConnectionLease(const ConnectionLease&) = delete;
    ConnectionLease& operator=(const ConnectionLease&) = delete;

    ConnectionPool& pool;
    std::unique_ptr<SqliteConnection> connection;
};

class PooledSnapshot final : private ConnectionLease, public SqliteReads {
  public:
    PooledSnapshot(ConnectionPool& pool_in, DirectoryCache& directories)
        : ConnectionLease(pool_in), SqliteReads(*ConnectionLease::connection, directories) {
        // The snapshot is taken by the first read, not by BEGIN.
        head();
    }
};

// Over with its commit; otherwise rolled back, also when the rest of its group cannot be made.
class OpenTransaction {
  public:
    explicit OpenTransaction(SQLite::Database& database) : m_database(database) { m_database.exec("BEGIN IMMEDIATE"); }
    ~OpenTransaction() {
        // Fails when SQLite has rolled back by itself, which is what is wanted.
        if (m_is_open) m_database.tryExec("ROLLBACK");
    }
    OpenTransaction(const OpenTransaction&) = delete;
    OpenTransaction& operator=(const OpenTransaction&) = delete;

    void commit() {
        m_database.exec("COMMIT");
        m_is_open = false;
    }

  private:
    SQLite::Database& m_database;
    bool m_is_open = true;
};

class SqliteGroup final : public GroupTransaction {
  public:
    SqliteGroup(SqliteConnection& connection, DirectoryCache& directories)
        : m_transaction(*connection.database), m_writes(connection, directories) {}
    WriteTransaction& writes() override { return m_writes; }

    CommitNotice commit() override {
        try {
            CommitNotice notice = m_writes.finish();
            m_transaction.commit();
            return notice;
        } catch (const SQLite::Exception& exception) {
            throw StorageFault(db::error_of(exception));
        }
    }

  private:
    OpenTransaction m_transaction;
    SqliteWrites m_writes;
};

db::OpenOptions open_options(const SqliteOptions& options) {
    db::OpenOptions open;
    open.path = options.path;
    open.vfs = options.vfs;
    return open;
}

class SqliteRepository final : public Repository {
  public:
    SqliteRepository(const SqliteOptions& options, db::Connection writer)
        : m_options(open_options(options)),
          m_pool(options.path, options.vfs),
          m_directories(options.replica_facts_max),
          m_writer(std::move(writer)) {}

    std::unique_ptr<ReadSnapshot> read() override {
        try {
            return std::make_unique<PooledSnapshot>(m_pool, m_directories);
        } catch (const SQLite::Exception& exception) {
            throw StorageFault(db::error_of(exception));
        }
    }

    std::unique_ptr<GroupTransaction> begin_group() override {
        try {
            return std::make_unique<SqliteGroup>(m_writer, m_directories);
        } catch (const SQLite::Exception& exception) {
            throw StorageFault(db::error_of(exception));
        }
    }

    Status backup_to(const std::string& path) override {
        // A connection of its own: the pool's may not write, not even another file.
        PORTAL_TRY_ASSIGN(source, db::open_database(m_options));
        return db::guarded([&] { copy_database(*source, path); });
    }

    IntegrityReport check_integrity() override {
        IntegrityReport report;
        const auto connection = m_pool.take();
        if (auto status = db::check_integrity(*connection->database); !status) {
            report.problems.push_back(status.error().message);
            return report;
        }
        const auto snapshot = read();
        report.problems = find_problems(*snapshot);
        return report;
    }

  private:
    const db::OpenOptions m_options;
    ConnectionPool m_pool;
    DirectoryCache m_directories;
    SqliteConnection m_writer;
};

// What a crash left of an import is not to be seen or built upon.
Status abandon_leftovers(Repository& repository) {
    CommitQueue queue(repository);
    return queue.run([](WriteTransaction& writes) -> Status { return writes.imports().abandon_leftovers(); });
}

// A database of an older version has facts and no rollups of them.
Status make_due_rollups(Repository& repository) {
    CommitQueue queue(repository);
    return queue.run([](WriteTransaction& writes) -> Status { return writes.imports().make_due_rollups(); });
}

Status name_epoch(Repository& repository, RandomSource& random) {
    if (!repository.read()->head().epoch.empty()) return {};
    CommitQueue queue(repository);
    return queue.run([&](WriteTransaction& writes) -> Status {
        writes.renew_epoch(make_epoch(random));
        return {};
    });
}

}  // namespace

std::string make_epoch(RandomSource& random) {
    return make_id(0, random).substr(epoch_offset);
}

Result<std::unique_ptr<Repository>> open_sqlite_repository(const SqliteOptions& options, RandomSource& random) {
    if (options.mode == OpenMode::must_exist && options.vfs.empty() && !std::filesystem::exists(options.path))
        return fail(ErrorCode::not_found, "there is no database at " + options.path + ": run `seed` or `serve` first");
    PORTAL_TRY_ASSIGN(connection, db::open_database(open_options(options)));
    PORTAL_TRY(migrate_with_copy(*connection, options.path, server_schema()));
    try {
        std::unique_ptr<Repository> repository = std::make_unique<SqliteRepository>(options, std::move(connection));
        PORTAL_TRY(name_epoch(*repository, random));
        PORTAL_TRY(abandon_leftovers(*repository));
        PORTAL_TRY(make_due_rollups(*repository));
        return repository;
    } catch (const StorageFault& fault) {
        return fail(fault.error());
    } catch (const SQLite::Exception& exception) {
        return fail(db::error_of(exception));
    }
}

}  // namespace portal::server
