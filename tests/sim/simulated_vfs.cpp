#include "tests/sim/simulated_vfs.hpp"

#include <algorithm>
#include <cstring>
#include <new>

namespace portal::sim {

// One opening of a file, with the locks it has.
struct OpenHandle {
    SimulatedDisk& disk;
    const std::shared_ptr<DiskFile> file;
    // From before the last one: of a program that is dead or has let go.
    const std::uint64_t cuts = disk.cuts() + file->cuts;
    int lock = SQLITE_LOCK_NONE;
    unsigned shared_slots = 0, exclusive_slots = 0;  // Of the log's index, a bit each.

    bool is_dead() const { return disk.is_down() || disk.cuts() + file->cuts != cuts; }
    // Whether another opening answers yes.
    template <class Question>
    bool is_opposed(Question question) const {
        return std::any_of(file->handles.begin(), file->handles.end(),
                           [&](const OpenHandle* other) { return other != this && question(*other); });
    }
};

namespace {

constexpr int path_bytes_max = 256;
constexpr int device_sector_bytes = 4096;

struct SqliteFile {
    sqlite3_file base;
    OpenHandle* handle;
};

OpenHandle& handle_of(sqlite3_file* file) {
    return *reinterpret_cast<SqliteFile*>(file)->handle;
}

SimulatedDisk& disk_of(sqlite3_vfs* vfs) {
    return *static_cast<SimulatedDisk*>(vfs->pAppData);
}

// ---- A file's bytes ----

int file_close(sqlite3_file* file) {
    OpenHandle* handle = &handle_of(file);
    std::erase(handle->file->handles, handle);
    delete handle;
    return SQLITE_OK;
}

int file_read(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
    const OpenHandle& handle = handle_of(file);
    if (handle.is_dead()) return SQLITE_IOERR_READ;
    const std::string& bytes = handle.file->content.bytes();
    const auto wanted = static_cast<std::size_t>(size),
               begin = std::min(static_cast<std::size_t>(offset), bytes.size());
    const std::size_t held = std::min(wanted, bytes.size() - begin);
    std::memcpy(data, bytes.data() + begin, held);
    std::memset(static_cast<char*>(data) + held, 0, wanted - held);
    return held == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int file_write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    const OpenHandle& handle = handle_of(file);
    if (handle.is_dead()) return SQLITE_IOERR_WRITE;
    if (handle.disk.is_full()) {
        handle.disk.note_refusal();
        return SQLITE_FULL;
    }
    handle.file->content.write(static_cast<std::size_t>(offset),
                               {static_cast<const char*>(data), static_cast<std::size_t>(size)});
    return handle.disk.outlives_operation() ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
    const OpenHandle& handle = handle_of(file);
    if (handle.is_dead()) return SQLITE_IOERR_TRUNCATE;
    handle.file->content.truncate(static_cast<std::size_t>(size));
    return handle.disk.outlives_operation() ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int file_sync(sqlite3_file* file, int) {
    const OpenHandle& handle = handle_of(file);
    if (handle.is_dead()) return SQLITE_IOERR_FSYNC;
    handle.disk.sync(handle.file->content);
    return handle.disk.outlives_operation() ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    const OpenHandle& handle = handle_of(file);
    if (handle.is_dead()) return SQLITE_IOERR_FSTAT;
    *size = static_cast<sqlite3_int64>(handle.file->content.bytes().size());
    return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
    return device_sector_bytes;
}
int characteristics(sqlite3_file* file) {
    const bool is_device = handle_of(file).disk.kind() == DiskKind::device;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE | (is_device ? SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN : 0);
}

// ---- Locks ----

int file_lock(sqlite3_file* file, int level) {
    OpenHandle& handle = handle_of(file);
    if (handle.is_dead()) return SQLITE_IOERR_LOCK;
    if (handle.lock >= level) return SQLITE_OK;
    const int bound = level == SQLITE_LOCK_SHARED     ? SQLITE_LOCK_PENDING
                      : level == SQLITE_LOCK_RESERVED ? SQLITE_LOCK_RESERVED
                                                      : SQLITE_LOCK_SHARED;
    if (handle.is_opposed([&](const OpenHandle& other) { return other.lock >= bound; })) return SQLITE_BUSY;
    handle.lock = level;
    return SQLITE_OK;
}

int file_unlock(sqlite3_file* file, int level) {
    handle_of(file).lock = std::min(handle_of(file).lock, level);
    return SQLITE_OK;
}

int check_reserved_lock(sqlite3_file* file, int* is_held) {
    const OpenHandle& handle = handle_of(file);
    const auto is_reserved = [](const OpenHandle& other) { return other.lock >= SQLITE_LOCK_RESERVED; };
    *is_held = is_reserved(handle) || handle.is_opposed(is_reserved);
    return SQLITE_OK;
}

// ---- The log's index, which connections share ----

int map_shared_memory(sqlite3_file* file, int region, int size, int may_extend, void volatile** memory) {
    const OpenHandle& handle = handle_of(file);
    if (handle.is_dead()) return SQLITE_IOERR_SHMMAP;
    auto& regions = handle.file->shared_memory;
    const auto wanted = static_cast<std::size_t>(region);
    while (may_extend && regions.size() <= wanted)
        regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
    *memory = wanted < regions.size() ? regions[wanted].get() : nullptr;
    return SQLITE_OK;
}

int lock_shared_memory(sqlite3_file* file, int first, int count, int flags) {
    OpenHandle& handle = handle_of(file);
    if (handle.is_dead()) return SQLITE_IOERR_SHMLOCK;
    const unsigned slots = ((1u << count) - 1) << first;
    if (flags & SQLITE_SHM_UNLOCK) {
        handle.shared_slots &= ~slots;
        handle.exclusive_slots &= ~slots;
        return SQLITE_OK;
    }
    const bool is_shared = (flags & SQLITE_SHM_SHARED) != 0;
    const auto opposes = [&](const OpenHandle& other) {
        return ((other.exclusive_slots | (is_shared ? 0 : other.shared_slots)) & slots) != 0;
    };
    if (handle.is_opposed(opposes)) return SQLITE_BUSY;
    (is_shared ? handle.shared_slots : handle.exclusive_slots) |= slots;
    return SQLITE_OK;
}

void shared_memory_barrier(sqlite3_file*) {}

int unmap_shared_memory(sqlite3_file* file, int is_last) {
    OpenHandle& handle = handle_of(file);
    handle.shared_slots = handle.exclusive_slots = 0;
    if (is_last && !handle.is_dead()) handle.file->shared_memory.clear();
    return SQLITE_OK;
}

const sqlite3_io_methods file_methods = {2,
                                         file_close,
                                         file_read,
                                         file_write,
                                         file_truncate,
                                         file_sync,
                                         file_size,
                                         file_lock,
                                         file_unlock,
                                         check_reserved_lock,
                                         file_control,
                                         sector_size,
                                         characteristics,
                                         map_shared_memory,
                                         lock_shared_memory,
                                         shared_memory_barrier,
                                         unmap_shared_memory,
                                         nullptr,
                                         nullptr};

// ---- The file system ----

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    SimulatedDisk& disk = disk_of(vfs);
    file->pMethods = nullptr;
    if (!name || !disk.is_reachable(name)) return SQLITE_CANTOPEN;
    auto found = disk.find(name);
    if (!found && (flags & SQLITE_OPEN_CREATE)) found = disk.make(name);
    if (!found) return SQLITE_CANTOPEN;
    auto* handle = new OpenHandle{.disk = disk, .file = std::move(found)};
    handle->file->handles.push_back(handle);
    *reinterpret_cast<SqliteFile*>(file) = {{&file_methods}, handle};
    if (flags_out) *flags_out = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int) {
    SimulatedDisk& disk = disk_of(vfs);
    if (disk.is_down()) return SQLITE_IOERR_DELETE;
    disk.remove(name);
    return disk.outlives_operation() ? SQLITE_OK : SQLITE_IOERR_DELETE;
}

int is_accessible(sqlite3_vfs* vfs, const char* name, int, int* is_there) {
    if (disk_of(vfs).is_down()) return SQLITE_IOERR_ACCESS;
    *is_there = disk_of(vfs).find(name) != nullptr;
    return SQLITE_OK;
}

int full_name(sqlite3_vfs*, const char* name, int size, char* full) {
    sqlite3_snprintf(size, full, "%s", name);
    return SQLITE_OK;
}

// Only asked for what no test looks at; the same in every run.
int randomness(sqlite3_vfs*, int size, char* bytes) {
    std::memset(bytes, 7, static_cast<std::size_t>(size));
    return size;
}

// Nobody else would go on meanwhile.
int sleep(sqlite3_vfs*, int microseconds) {
    return microseconds;
}

int time_ms(sqlite3_vfs*, sqlite3_int64* now_ms) {
    *now_ms = 0;
    return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) {
    return 0;
}

}  // namespace

std::unique_ptr<sqlite3_vfs> register_vfs(SimulatedDisk& disk) {
    auto vfs = std::make_unique<sqlite3_vfs>();
    vfs->iVersion = 2;
    vfs->szOsFile = sizeof(SqliteFile);
    vfs->mxPathname = path_bytes_max;
    vfs->zName = disk.vfs().c_str();
    vfs->pAppData = &disk;
    vfs->xOpen = open_file;
    vfs->xDelete = delete_file;
    vfs->xAccess = is_accessible;
    vfs->xFullPathname = full_name;
    vfs->xRandomness = randomness;
    vfs->xSleep = sleep;
    vfs->xGetLastError = last_error;
    vfs->xCurrentTimeInt64 = time_ms;
    sqlite3_vfs_register(vfs.get(), 0);
    return vfs;
}

void unregister_vfs(sqlite3_vfs& vfs) {
    sqlite3_vfs_unregister(&vfs);
}

}  // namespace portal::sim
