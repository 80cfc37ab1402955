#include "tests/sim/simulated_disk.hpp"

#include <algorithm>

#include "tests/sim/simulated_vfs.hpp"

namespace portal::sim {
namespace {

constexpr std::size_t sector_bytes = 512;

// No two disks of a program are alike in name.
std::string next_name() {
    static std::uint64_t disks = 0;
    return "simulated-" + std::to_string(++disks);
}

}  // namespace

// ---- File ----

void SimulatedFile::apply(const Change& change, std::string& bytes) {
    if (change.kind == Change::Kind::truncate) {
        bytes.resize(change.place);
        return;
    }
    if (bytes.size() < change.place) bytes.resize(change.place);
    bytes.replace(change.place, change.bytes.size(), change.bytes);
}

void SimulatedFile::write(std::size_t offset, std::string_view bytes) {
    m_unsynced.push_back({Change::Kind::write, offset, std::string(bytes)});
    apply(m_unsynced.back(), m_bytes);
}

void SimulatedFile::truncate(std::size_t size) {
    m_unsynced.push_back({Change::Kind::truncate, size, {}});
    apply(m_unsynced.back(), m_bytes);
}

void SimulatedFile::sync() {
    for (const Change& change : m_unsynced)
        apply(change, m_synced);
    m_unsynced.clear();
}

// Ends where a sector of the file begins.
void SimulatedFile::tear(Change& change, RandomSource& random) {
    const std::size_t end = change.place + random.below(change.bytes.size() + 1);
    change.bytes.resize(std::max(change.place, end - end % sector_bytes) - change.place);
}

void SimulatedFile::lose_power(RandomSource& random) {
    // Sometimes nearly everything had reached the disk, sometimes nearly nothing.
    const double kept = random.unit(), torn = random.unit();
    for (Change& change : m_unsynced) {
        if (!random.chance(kept)) continue;
        if (random.chance(torn)) tear(change, random);
        apply(change, m_synced);
    }
    m_unsynced.clear();
    m_bytes = m_synced;
}

// ---- Disk ----

SimulatedDisk::SimulatedDisk(DiskKind kind, Syncing syncing)
    : m_kind(kind), m_syncing(syncing), m_name(next_name()), m_vfs(register_vfs(*this)) {}

SimulatedDisk::~SimulatedDisk() {
    unregister_vfs(*m_vfs);
}

bool SimulatedDisk::holds(std::string_view text) const {
    return std::any_of(m_files.begin(), m_files.end(),
                       [&](const auto& file) { return file.second->content.bytes().find(text) != std::string::npos; });
}

// A device's file in use is emptied instead, and one that is empty is not there.
void SimulatedDisk::remove(const std::string& path) {
    const auto found = m_files.find(path);
    if (found == m_files.end()) return;
    if (m_kind == DiskKind::server) {
        m_files.erase(found);
        return;
    }
    found->second->content.truncate(0);
    found->second->content.sync();
}

void SimulatedDisk::rename(const std::string& from, const std::string& to) {
    m_files[to] = std::move(m_files.at(from));
    m_files.erase(from);
}

void SimulatedDisk::copy(const std::string& from, const std::string& to) {
    if (!find(from)) return remove(to);
    make(to)->content = find(from)->content;
    make(to)->content.sync();
}

void SimulatedDisk::clear() {
    m_files.clear();
}

void SimulatedDisk::copy_from(const SimulatedDisk& other) {
    for (const auto& [path, file] : other.m_files)
        make(path)->content = file->content;
}

void SimulatedDisk::copy_file(const SimulatedDisk& other, const std::string& from, const std::string& to) {
    make(to)->content = other.m_files.at(from)->content;
}

std::shared_ptr<DiskFile> SimulatedDisk::find(const std::string& path) const {
    const auto found = m_files.find(path);
    if (found == m_files.end()) return nullptr;
    return m_kind == DiskKind::device && found->second->content.bytes().empty() ? nullptr : found->second;
}

std::shared_ptr<DiskFile> SimulatedDisk::make(const std::string& path) {
    std::shared_ptr<DiskFile>& file = m_files[path];
    if (!file) file = std::make_shared<DiskFile>();
    return file;
}

void SimulatedDisk::shut_out(const std::string& path) {
    for (auto& [name, file] : m_files)
        if (name.starts_with(path)) ++file->cuts;
    m_shut.insert(path);
}

bool SimulatedDisk::is_reachable(std::string_view path) const {
    return !m_is_down &&
           std::none_of(m_shut.begin(), m_shut.end(), [&](const std::string& shut) { return path.starts_with(shut); });
}

void SimulatedDisk::sync(SimulatedFile& file) const {
    if (m_syncing == Syncing::works) file.sync();
}

bool SimulatedDisk::outlives_operation() {
    if (m_fuse > 0 && --m_fuse == 0) m_is_down = true;
    return !m_is_down;
}

void SimulatedDisk::recover(Death death, RandomSource& random) {
    for (auto& [path, file] : m_files) {
        if (death == Death::power)
            file->content.lose_power(random);
        else
            file->content.settle();
        file->handles.clear();
        file->shared_memory.clear();
    }
    m_fuse = 0;
    m_is_down = false;
    m_is_full = false;
    ++m_cuts;
    ++m_recoveries;
}

}  // namespace portal::sim
