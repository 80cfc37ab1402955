// A disk in memory that SQLite reaches through a VFS of its own. What was written and not synced is, when the power
// goes, kept, lost or torn at the seed's whim, each write by itself, so that a later one may outlive an earlier one.
//
// A fuse ends the program or the power at any one write, sync or deletion: it is done, and every call after it fails
// until recover(). Handles from before a recovery never work again.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/random.hpp"

struct sqlite3_vfs;

namespace portal::sim {

class SimulatedFile {
  public:
    const std::string& bytes() const { return m_bytes; }
    void write(std::size_t offset, std::string_view bytes);
    void truncate(std::size_t size);
    void sync();
    // Makes the unsynced changes what a power cut leaves of them.
    void lose_power(RandomSource& random);
    // What stands is what is kept, as after the death of a program.
    void settle() { sync(); }

  private:
    struct Change {
        enum class Kind : std::uint8_t { write, truncate } kind = Kind::write;
        std::size_t place = 0;  // Of the bytes, or the new size.
        std::string bytes;
    };
    static void apply(const Change& change, std::string& bytes);
    static void tear(Change& change, RandomSource& random);

    std::string m_bytes, m_synced;
    std::vector<Change> m_unsynced;
};

// What a file has beside its bytes while programs have it open.
struct OpenHandle;
struct DiskFile {
    SimulatedFile content;
    std::vector<OpenHandle*> handles;
    std::vector<std::unique_ptr<char[]>> shared_memory;
    std::uint64_t cuts = 0;  // How often it was taken away from everybody.
};

// As the browser's files, or as a server's: only there a file in use may be deleted.
enum class DiskKind : std::uint8_t { device, server };
// What a sync does: the second one is a planted defect.
enum class Syncing : std::uint8_t { works, does_nothing };

class SimulatedDisk {
  public:
    explicit SimulatedDisk(DiskKind kind, Syncing syncing = Syncing::works);
    ~SimulatedDisk();
    SimulatedDisk(const SimulatedDisk&) = delete;
    SimulatedDisk& operator=(const SimulatedDisk&) = delete;

    // The name of its VFS.
    const std::string& vfs() const { return m_name; }
    DiskKind kind() const { return m_kind; }

    // ---- Files ----
    bool holds(std::string_view text) const;  // In any file.
    void remove(const std::string& path);
    void rename(const std::string& from, const std::string& to);
    // As it is, whoever has it open; nothing where there is none.
    void copy(const std::string& from, const std::string& to);
    void clear();
    void copy_from(const SimulatedDisk& other);
    // One file of the other's, under another name.
    void copy_file(const SimulatedDisk& other, const std::string& from, const std::string& to);

    // ---- Faults ----
    // The operation of that number from now on is the last one; 0: none is.
    void light_fuse(std::uint64_t operations) { m_fuse = operations; }
    bool is_down() const { return m_is_down; }
    enum class Death : std::uint8_t { program, power };
    void recover(Death death, RandomSource& random);
    void set_full(bool is_full) { m_is_full = is_full; }
    bool is_full() const { return m_is_full; }
    // As when a browser's handles are closed: whoever still has that file or its log open reads and writes nothing any
    // more, and nobody opens it until it is let in again.
    void shut_out(const std::string& path);
    void let_in(const std::string& path) { m_shut.erase(path); }
    void let_in_everywhere() { m_shut.clear(); }
    bool is_reachable(std::string_view path) const;

    // ---- For the VFS ----
    // Null where there is none.
    std::shared_ptr<DiskFile> find(const std::string& path) const;
    std::shared_ptr<DiskFile> make(const std::string& path);
    void sync(SimulatedFile& file) const;
    void note_refusal() { ++m_refusals; }
    // False when the power was gone before or goes with it.
    bool outlives_operation();
    // How often everybody's files were taken away; handles from before never work again.
    std::uint64_t cuts() const { return m_cuts; }
    std::uint64_t recoveries() const { return m_recoveries; }
    // Writes for which there was no room.
    std::int64_t refusals() const { return m_refusals; }

  private:
    const DiskKind m_kind;
    const Syncing m_syncing;
    const std::string m_name;
    const std::unique_ptr<sqlite3_vfs> m_vfs;
    std::map<std::string, std::shared_ptr<DiskFile>> m_files;
    std::uint64_t m_fuse = 0;
    bool m_is_down = false, m_is_full = false;
    std::set<std::string> m_shut;
    std::uint64_t m_cuts = 0, m_recoveries = 0;
    std::int64_t m_refusals = 0;
};

}  // namespace portal::sim
