// The program of the SQL console, for web/console.js: an image in, then questions, each answered with an archive of
// vm::SqlAnswer.
#include <sqlite3.h>

#include <memory>
#include <string>

#include "app/console/analyst.hpp"
#include "app/vm/archive.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/random.hpp"

namespace {

using namespace portal;

std::string image;
std::unique_ptr<console::Analyst> analyst;
std::string told;

// A file system without files: everything is in memory, and only the time is asked for.
int no_file(sqlite3_vfs*, sqlite3_filename, sqlite3_file*, int, int*) {
    return SQLITE_CANTOPEN;
}
int no_deletion(sqlite3_vfs*, const char*, int) {
    return SQLITE_IOERR;
}
int no_access(sqlite3_vfs*, const char*, int, int* answer) {
    *answer = 0;
    return SQLITE_OK;
}
int same_name(sqlite3_vfs*, const char* name, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}
int randomness(sqlite3_vfs*, int size, char* out) {
    const auto random = make_system_random();
    for (int at = 0; at < size; ++at)
        out[at] = static_cast<char>(random->next());
    return size;
}
int no_sleep(sqlite3_vfs*, int) {
    return 0;
}
int time_now(sqlite3_vfs*, sqlite3_int64* ms) {
    constexpr sqlite3_int64 julian_ms_of_1970 = 210'866'760'000'000;
    *ms = julian_ms_of_1970 + system_clock().now_ms();
    return SQLITE_OK;
}

sqlite3_vfs make_vfs() {
    sqlite3_vfs vfs = {};
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(sqlite3_file);
    vfs.mxPathname = 64;
    vfs.zName = "none";
    vfs.xOpen = no_file;
    vfs.xDelete = no_deletion;
    vfs.xAccess = no_access;
    vfs.xFullPathname = same_name;
    vfs.xRandomness = randomness;
    vfs.xSleep = no_sleep;
    vfs.xCurrentTimeInt64 = time_now;
    return vfs;
}

}  // namespace

extern "C" {

int sqlite3_os_init() {
    static sqlite3_vfs vfs = make_vfs();
    return sqlite3_vfs_register(&vfs, 1);
}

int sqlite3_os_end() {
    return SQLITE_OK;
}

// Room for a new image, filled by the caller.
char* portal_console_image(int size) {
    analyst.reset();
    image.assign(static_cast<std::size_t>(size), '\0');
    return image.data();
}

// How many bytes the answer has; 0 when the image is none.
int portal_console_run(const char* sql, int size, double ms_max) {
    if (!analyst) {
        auto opened = console::Analyst::open(std::move(image));
        if (!opened) return 0;
        analyst = std::move(*opened);
    }
    const vm::SqlAnswer answer =
        analyst->run_within({sql, static_cast<std::size_t>(size)}, static_cast<DurationMs>(ms_max), system_clock());
    told = vm::to_archive(answer);
    return static_cast<int>(told.size());
}

const char* portal_console_answer() {
    return told.data();
}
}
