// What needs a file: the browser's storage has tests of its own.
#include "shared/db/database.hpp"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>

namespace portal::db {
namespace {

// A database file of its own, removed with its companions afterwards.
class ScratchFile {
  public:
    explicit ScratchFile(std::string_view name)
        : m_path(std::filesystem::temp_directory_path() / ("portal_" + std::string(name) + ".db")) {
        remove();
    }
    ~ScratchFile() { remove(); }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    std::string path() const { return m_path.string(); }
    OpenOptions options() const {
        OpenOptions options;
        options.path = path();
        options.busy_timeout_ms = 1;
        return options;
    }

  private:
    void remove() {
        for (const char* suffix : {"", "-wal", "-shm", "-journal"})
            std::filesystem::remove(path() + suffix);
    }
    std::filesystem::path m_path;
};

std::string pragma(SQLite::Database& database, const std::string& name) {
    return database.execAndGet("PRAGMA " + name).getString();
}

TEST_CASE("a new database has the house's pragmas") {
    const ScratchFile file("pragmas");
    OpenOptions options = file.options();
    options.erasure = Erasure::overwrite;
    const Result<Connection> database = open_database(options);
    REQUIRE(database);
    CHECK(pragma(**database, "journal_mode") == "wal");
    CHECK(pragma(**database, "synchronous") == "2");
    CHECK(pragma(**database, "foreign_keys") == "0");
    CHECK(pragma(**database, "secure_delete") == "1");
    CHECK(pragma(**database, "page_size") == "8192");
    CHECK(check_integrity(**database));
}

TEST_CASE("exclusive sharing keeps the write-ahead log without shared memory") {
    const ScratchFile file("exclusive");
    OpenOptions options = file.options();
    options.sharing = Sharing::exclusive;
    const Result<Connection> database = open_database(options);
    REQUIRE(database);
    (*database)->exec("CREATE TABLE t (a)");
    CHECK(pragma(**database, "journal_mode") == "wal");
    CHECK_FALSE(std::filesystem::exists(file.path() + "-shm"));
    const Result<Connection> second = open_database(options);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::unavailable);
}

TEST_CASE("what cannot be opened says why") {
    SECTION("a missing folder") {
        OpenOptions options;
        options.path = "/nonexistent-folder/portal.db";
        const Result<Connection> database = open_database(options);
        REQUIRE_FALSE(database);
        CHECK(database.error().code == ErrorCode::not_found);
    }
    SECTION("a file of another kind") {
        const ScratchFile file("garbage");
        std::ofstream(file.path()) << std::string(20'000, 'x');
        const Result<Connection> database = open_database(file.options());
        REQUIRE_FALSE(database);
        CHECK(database.error().code == ErrorCode::corrupted);
    }
    SECTION("an unknown file system") {
        OpenOptions options;
        options.vfs = "no-such-vfs";
        CHECK_FALSE(open_database(options));
    }
}

TEST_CASE("a read-only connection does not write") {
    const ScratchFile file("readonly");
    REQUIRE(open_database(file.options()));
    OpenOptions options = file.options();
    options.access = Access::read_only;
    const Result<Connection> database = open_database(options);
    REQUIRE(database);
    const Status status = guarded([&] { (*database)->exec("CREATE TABLE t (a)"); });
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::permission_denied);
}

TEST_CASE("a second writer hears that the database is busy") {
    const ScratchFile file("busy");
    const Result<Connection> first = open_database(file.options()), second = open_database(file.options());
    REQUIRE(first);
    REQUIRE(second);
    (*first)->exec("BEGIN IMMEDIATE");
    const Status status = guarded([&] { (*second)->exec("BEGIN IMMEDIATE"); });
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::unavailable);
}

TEST_CASE("an erased row leaves no byte in database or log") {
    const ScratchFile file("erased");
    OpenOptions options = file.options();
    options.erasure = Erasure::overwrite;
    const Result<Connection> database = open_database(options);
    REQUIRE(database);
    (*database)->exec("CREATE TABLE t (a)");
    (*database)->exec("INSERT INTO t VALUES ('canary-of-practice-b')");
    (*database)->exec("DELETE FROM t");
    REQUIRE(checkpoint_truncate(**database));
    CHECK(std::filesystem::file_size(file.path() + "-wal") == 0);
    std::ifstream stream(file.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    REQUIRE_FALSE(bytes.empty());
    CHECK(bytes.find("canary-of-practice-b") == std::string::npos);
}

}  // namespace
}  // namespace portal::db
