// OPFS behind SQLite: the storage's calls, and the one VFS of the browser build (SQLITE_OS_OTHER).
//
// The VFS knows three files, "replica" with its journal and log, on handles that Storage::open() has opened, and three
// of "former", on those of open_former(); a file "exists" when it is not empty, and deleting is truncating. Locks are
// no-ops: exclusive locking, one thread, and the tab that holds the Web Lock. Nameless temporary files live in memory.
// Writes are gathered until something else than writing is asked of their file; SQLite synchronises whatever it relies
// on.
#include <emscripten.h>
#include <emscripten/html5.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <map>
#include <new>
#include <vector>

#include "app/platform/storage.hpp"
#include "app/platform/storage_write_buffer.hpp"
#include "shared/base/durations.hpp"

extern "C" {
int portal_storage_is_supported();
void portal_storage_find_last_user(int request);
void portal_storage_open(int request, const char* user);
void portal_storage_wait(int request, const char* user);
void portal_storage_close();
void portal_storage_replace(int request, const char* user);
void portal_storage_confirm(int request);
void portal_storage_open_former(int request);
void portal_storage_drop_former();
void portal_storage_erase(int request, const char* user);
void portal_storage_set_aside(int request, const char* user);
void portal_storage_persist(int request);
int portal_storage_read(int file, void* data, int size, double offset);
int portal_storage_write(int file, const void* data, int size, double offset);
int portal_storage_truncate(int file, double size);
int portal_storage_flush(int file);
double portal_storage_size(int file);
void portal_storage_done(int request, int status, const char* text);
void portal_storage_replaced();
}

namespace portal::platform {
namespace {

constexpr const char* replica_name = "replica";
constexpr const char* former_name = "former";
constexpr std::string_view file_names[] = {"replica", "replica-journal", "replica-wal",
                                           "former",  "former-journal",  "former-wal"};
constexpr int no_file = -1;
constexpr int no_room = -2;
constexpr int sector_bytes = 4096;

// ---- VFS ----

int file_of(const char* name) {
    for (int index = 0; name && index < static_cast<int>(std::size(file_names)); ++index)
        if (file_names[index] == name) return index;
    return no_file;
}

struct HandleFile {
    sqlite3_file base;
    int file;
};

struct MemoryFile {
    sqlite3_file base;
    std::vector<char>* bytes;
};

int write_result(int result, int failure) {
    if (result >= 0) return SQLITE_OK;
    return result == no_room ? SQLITE_FULL : failure;
}

WriteBuffer& buffer_of(int file) {
    static std::array<WriteBuffer, std::size(file_names)> buffers;
    return buffers[static_cast<std::size_t>(file)];
}

// What cannot be written is dropped: nothing that SQLite relies on, or it would have been synchronised.
int write_out(int file, int failure) {
    WriteBuffer& buffer = buffer_of(file);
    if (buffer.empty()) return SQLITE_OK;
    const int result = portal_storage_write(file, buffer.bytes().data(), static_cast<int>(buffer.bytes().size()),
                                            static_cast<double>(buffer.offset()));
    buffer.clear();
    return write_result(result, failure);
}

int file_of(sqlite3_file* file) {
    return reinterpret_cast<HandleFile*>(file)->file;
}

int handle_close(sqlite3_file* file) {
    return write_out(file_of(file), SQLITE_IOERR_CLOSE);
}

int handle_read(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
    if (buffer_of(file_of(file)).overlaps(offset, size))
        if (const int written = write_out(file_of(file), SQLITE_IOERR_READ); written != SQLITE_OK) return written;
    const int read = portal_storage_read(file_of(file), data, size, static_cast<double>(offset));
    if (read < 0) return SQLITE_IOERR_READ;
    if (read == size) return SQLITE_OK;
    std::memset(static_cast<char*>(data) + read, 0, static_cast<std::size_t>(size - read));
    return SQLITE_IOERR_SHORT_READ;
}

int handle_write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    const std::span bytes(static_cast<const char*>(data), static_cast<std::size_t>(size));
    WriteBuffer& buffer = buffer_of(file_of(file));
    if (buffer.take(offset, bytes)) return SQLITE_OK;
    if (const int written = write_out(file_of(file), SQLITE_IOERR_WRITE); written != SQLITE_OK) return written;
    if (buffer.take(offset, bytes)) return SQLITE_OK;
    return write_result(portal_storage_write(file_of(file), data, size, static_cast<double>(offset)),
                        SQLITE_IOERR_WRITE);
}

int handle_truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (const int written = write_out(file_of(file), SQLITE_IOERR_TRUNCATE); written != SQLITE_OK) return written;
    return write_result(portal_storage_truncate(file_of(file), static_cast<double>(size)), SQLITE_IOERR_TRUNCATE);
}

int handle_sync(sqlite3_file* file, int) {
    if (const int written = write_out(file_of(file), SQLITE_IOERR_FSYNC); written != SQLITE_OK) return written;
    return write_result(portal_storage_flush(file_of(file)), SQLITE_IOERR_FSYNC);
}

int handle_size(sqlite3_file* file, sqlite3_int64* size) {
    const double bytes = portal_storage_size(file_of(file));
    if (bytes < 0) return SQLITE_IOERR_FSTAT;
    const WriteBuffer& buffer = buffer_of(file_of(file));
    *size = std::max(static_cast<sqlite3_int64>(bytes), buffer.empty() ? 0 : buffer.end());
    return SQLITE_OK;
}

int no_lock(sqlite3_file*, int) {
    return SQLITE_OK;
}
int no_reserved_lock(sqlite3_file*, int* held) {
    *held = 0;
    return SQLITE_OK;
}
int no_control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
    return sector_bytes;
}
int handle_characteristics(sqlite3_file*) {
    return SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN | SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int memory_close(sqlite3_file* file) {
    delete reinterpret_cast<MemoryFile*>(file)->bytes;
    return SQLITE_OK;
}

int memory_read(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
    const std::vector<char>& bytes = *reinterpret_cast<MemoryFile*>(file)->bytes;
    const auto end = static_cast<sqlite3_int64>(bytes.size());
    const auto held = static_cast<std::size_t>(std::clamp<sqlite3_int64>(end - offset, 0, size));
    if (held > 0) std::memcpy(data, bytes.data() + offset, held);
    if (held == static_cast<std::size_t>(size)) return SQLITE_OK;
    std::memset(static_cast<char*>(data) + held, 0, static_cast<std::size_t>(size) - held);
    return SQLITE_IOERR_SHORT_READ;
}

int memory_write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    std::vector<char>& bytes = *reinterpret_cast<MemoryFile*>(file)->bytes;
    const auto end = static_cast<std::size_t>(offset + size);
    if (bytes.size() < end) bytes.resize(end);
    std::memcpy(bytes.data() + offset, data, static_cast<std::size_t>(size));
    return SQLITE_OK;
}

int memory_truncate(sqlite3_file* file, sqlite3_int64 size) {
    reinterpret_cast<MemoryFile*>(file)->bytes->resize(static_cast<std::size_t>(size));
    return SQLITE_OK;
}

int memory_sync(sqlite3_file*, int) {
    return SQLITE_OK;
}

int memory_size(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(reinterpret_cast<MemoryFile*>(file)->bytes->size());
    return SQLITE_OK;
}

int no_characteristics(sqlite3_file*) {
    return 0;
}

// Version 1: without shared memory, which exclusive locking does without.
const sqlite3_io_methods handle_methods = {
    1,       handle_close,     handle_read, handle_write, handle_truncate,        handle_sync, handle_size, no_lock,
    no_lock, no_reserved_lock, no_control,  sector_size,  handle_characteristics, nullptr,     nullptr,     nullptr,
    nullptr, nullptr,          nullptr};
const sqlite3_io_methods memory_methods = {
    1,       memory_close, memory_read,      memory_write, memory_truncate, memory_sync,        memory_size,
    no_lock, no_lock,      no_reserved_lock, no_control,   sector_size,     no_characteristics, nullptr,
    nullptr, nullptr,      nullptr,          nullptr,      nullptr};

int vfs_open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    file->pMethods = nullptr;
    if (flags_out) *flags_out = flags;
    if (!name) {
        auto* memory = reinterpret_cast<MemoryFile*>(file);
        memory->bytes = new (std::nothrow) std::vector<char>();
        if (!memory->bytes) return SQLITE_NOMEM;
        memory->base.pMethods = &memory_methods;
        return SQLITE_OK;
    }
    const int index = file_of(name);
    if (index == no_file || portal_storage_size(index) < 0) return SQLITE_CANTOPEN;
    auto* handle = reinterpret_cast<HandleFile*>(file);
    handle->file = index;
    handle->base.pMethods = &handle_methods;
    return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs*, const char* name, int) {
    const int index = file_of(name);
    if (index == no_file) return SQLITE_OK;
    buffer_of(index).clear();
    if (portal_storage_truncate(index, 0) < 0 || portal_storage_flush(index) < 0) return SQLITE_IOERR_DELETE;
    return SQLITE_OK;
}

int vfs_access(sqlite3_vfs*, const char* name, int, int* exists) {
    const int index = file_of(name);
    *exists = index != no_file && (portal_storage_size(index) > 0 || !buffer_of(index).empty());
    return SQLITE_OK;
}

int vfs_full_name(sqlite3_vfs*, const char* name, int size, char* full_name) {
    sqlite3_snprintf(size, full_name, "%s", name);
    return SQLITE_OK;
}

int vfs_randomness(sqlite3_vfs*, int size, char* bytes) {
    return getentropy(bytes, static_cast<std::size_t>(size)) == 0 ? size : 0;
}
int vfs_sleep(sqlite3_vfs*, int microseconds) {
    return microseconds;
}

// Julian days in milliseconds, SQLite's own reckoning.
constexpr sqlite3_int64 julian_epoch_ms = 210'866'760'000'000;

int vfs_time_ms(sqlite3_vfs*, sqlite3_int64* time_ms) {
    *time_ms = static_cast<sqlite3_int64>(emscripten_date_now()) + julian_epoch_ms;
    return SQLITE_OK;
}

int vfs_time(sqlite3_vfs* vfs, double* days) {
    sqlite3_int64 time_ms = 0;
    vfs_time_ms(vfs, &time_ms);
    *days = static_cast<double>(time_ms) / day_ms;
    return SQLITE_OK;
}

int vfs_last_error(sqlite3_vfs*, int, char*) {
    return 0;
}

sqlite3_vfs portal_vfs = {2,
                          static_cast<int>(std::max(sizeof(HandleFile), sizeof(MemoryFile))),
                          256,
                          nullptr,
                          "portal",
                          nullptr,
                          vfs_open,
                          vfs_delete,
                          vfs_access,
                          vfs_full_name,
                          nullptr,
                          nullptr,
                          nullptr,
                          nullptr,
                          vfs_randomness,
                          vfs_sleep,
                          vfs_time,
                          vfs_last_error,
                          vfs_time_ms,
                          nullptr,
                          nullptr,
                          nullptr};

// ---- Storage ----

// The same numbers as portal_storage in web/bridge/storage.js.
enum class StorageStatus : int { ok, held_by_other_tab, unavailable, full };

using Done = std::function<void(StorageStatus, std::string)>;

// What waits for JavaScript. Thread: the store's alone, because the calls are made and answered there.
std::map<int, Done>& waiting() {
    static std::map<int, Done> requests;
    return requests;
}

int wait_for(Done done) {
    static int last = 0;
    waiting().emplace(++last, std::move(done));
    return last;
}

Error error_of(StorageStatus status, std::string text) {
    switch (status) {
        case StorageStatus::held_by_other_tab:
            return {ErrorCode::conflict, std::move(text)};
        case StorageStatus::full:
            return {ErrorCode::storage_full, std::move(text)};
        default:
            return {ErrorCode::unavailable, std::move(text)};
    }
}

Done status_to(std::function<void(Status)> done) {
    return [done = std::move(done)](StorageStatus status, std::string text) {
        if (status == StorageStatus::ok)
            done({});
        else
            done(fail(error_of(status, std::move(text))));
    };
}

std::function<void()>& when_replaced_told() {
    static std::function<void()> told;
    return told;
}

class WebStorage final : public Storage {
  public:
    bool is_durable_supported() const override { return portal_storage_is_supported() != 0; }

    void find_last_user(std::function<void(Result<std::string>)> done) override {
        portal_storage_find_last_user(wait_for([done = std::move(done)](StorageStatus status, std::string text) {
            if (status == StorageStatus::ok)
                done(std::move(text));
            else
                done(fail(error_of(status, std::move(text))));
        }));
    }

    void open(const std::string& user, std::function<void(Result<Place>)> done) override {
        portal_storage_open(wait_for([done = std::move(done)](StorageStatus status, std::string text) {
                                // The generation, and after it whether others have left files.
                                if (status == StorageStatus::ok)
                                    done(Place{replica_name, {}, true, std::atoll(text.c_str()), text.ends_with('+')});
                                else
                                    done(fail(error_of(status, std::move(text))));
                            }),
                            user.c_str());
    }

    void wait(const std::string& user, std::function<void(Status)> done) override {
        portal_storage_wait(wait_for(status_to(std::move(done))), user.c_str());
    }
    void replace(const std::string& user, std::function<void(Status)> done) override {
        portal_storage_replace(wait_for(status_to(std::move(done))), user.c_str());
    }
    void when_replaced(std::function<void()> told) override { when_replaced_told() = std::move(told); }
    void confirm(std::function<void(Status)> done) override {
        portal_storage_confirm(wait_for(status_to(std::move(done))));
    }
    void open_former(std::function<void(Result<Place>)> done) override {
        portal_storage_open_former(wait_for([done = std::move(done)](StorageStatus status, std::string text) {
            if (status == StorageStatus::ok)
                done(Place{former_name, {}, true});
            else
                done(fail(error_of(status, std::move(text))));
        }));
    }
    void drop_former() override { portal_storage_drop_former(); }
    void close() override { portal_storage_close(); }
    void erase(const std::string& user, std::function<void(Status)> done) override {
        portal_storage_erase(wait_for(status_to(std::move(done))), user.c_str());
    }
    void set_aside(const std::string& user, std::function<void(Status)> done) override {
        portal_storage_set_aside(wait_for(status_to(std::move(done))), user.c_str());
    }
    void ask_to_persist(std::function<void(bool)> done) override {
        portal_storage_persist(wait_for([done = std::move(done)](StorageStatus status, const std::string& text) {
            done(status == StorageStatus::ok && text == "promised");
        }));
    }
};

}  // namespace

std::unique_ptr<Storage> make_storage() {
    return std::make_unique<WebStorage>();
}

}  // namespace portal::platform

extern "C" {

EMSCRIPTEN_KEEPALIVE void portal_storage_done(int request, int status, const char* text) {
    auto& requests = portal::platform::waiting();
    const auto found = requests.find(request);
    if (found == requests.end()) return;
    const auto done = std::move(found->second);
    requests.erase(found);
    done(static_cast<portal::platform::StorageStatus>(status), text);
}

EMSCRIPTEN_KEEPALIVE void portal_storage_replaced() {
    if (const auto told = portal::platform::when_replaced_told()) told();
}

int sqlite3_os_init() {
    return sqlite3_vfs_register(&portal::platform::portal_vfs, 1);
}
int sqlite3_os_end() {
    return SQLITE_OK;
}
}
