#include "server-stub/restore.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "server-stub/repo/sqlite_backup.hpp"

namespace portal::server {
namespace {

namespace fs = std::filesystem;

// With its log, and with the copy that its migration made: the backup itself is still there.
void remove_staged(const std::string& staged) {
    const fs::path file(staged);
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(file.parent_path(), ignored))
        if (entry.path().filename().string().starts_with(file.filename().string())) fs::remove(entry.path(), ignored);
}

// A database that will not open keeps its log, under its new name.
void settle(const std::string& path, const std::string& kept) {
    if (fold_log(path)) return;
    std::error_code ignored;
    fs::rename(path + "-wal", kept + "-wal", ignored);
    fs::remove(path + "-shm", ignored);
}

// A name is safe on the disk only when its folder is.
void sync_folder(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    (void)::fsync(descriptor);
    ::close(descriptor);
}

// The old database keeps a second name until the new one has taken its first.
Result<std::string> put_in_place(const std::string& staged, const std::string& place, InstantMs now_ms) {
    std::error_code error;
    std::string kept;
    if (fs::exists(place)) {
        kept = place + ".before-restore-" + std::to_string(now_ms);
        settle(place, kept);
        fs::create_hard_link(place, kept, error);
        if (error) fs::copy_file(place, kept, error);
        if (error)
            return fail(ErrorCode::unavailable, "cannot keep the old database as " + kept + ": " + error.message());
    }
    fs::rename(staged, place, error);
    if (error) return fail(ErrorCode::unavailable, "cannot put the backup in place: " + error.message());
    sync_folder(fs::path(place).parent_path().string());
    remove_staged(staged);
    return kept;
}

}  // namespace

Result<std::string> restore_database(const std::string& place, const std::string& backup, const Clock& clock,
                                     RandomSource& random) {
    const std::string staged = place + ".restoring";
    std::error_code error;
    if (!fs::is_regular_file(backup, error)) return fail(ErrorCode::not_found, "there is no file " + backup);
    if (fs::equivalent(backup, place, error))
        return fail(ErrorCode::invalid_argument, backup + " is the database itself, not a backup of it");
    // What a restore that was killed has left.
    remove_staged(staged);
    Status made = copy_backup(backup, staged);
    if (made) made = begin_anew(staged, clock, random);
    if (made) made = fold_log(staged);
    if (!made) {
        remove_staged(staged);
        return fail(made.error());
    }
    return put_in_place(staged, place, clock.now_ms());
}

}  // namespace portal::server
