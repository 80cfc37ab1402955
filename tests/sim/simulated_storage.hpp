// A device's storage on a simulated disk, which the tabs of its browser share: one of them has the place.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/platform/storage.hpp"
#include "tests/sim/simulated_disk.hpp"

namespace portal::sim {

// What a device has of its own: outlives the client that wrote it.
struct Device {
    explicit Device(Syncing syncing = Syncing::works) : disk(DiskKind::device, syncing) {}
    std::string path_of(const std::string& user) const { return path_of(user, live); }
    static std::string path_of(const std::string& user, std::int64_t generation) {
        return user + "." + std::to_string(generation) + ".db";
    }

    SimulatedDisk disk;
    std::string last_user;
    // The storage that has the place, and those that wait for it, in order.
    const void* holder = nullptr;
    std::deque<const void*> waiting;
    std::int64_t openings = 0;
    std::int64_t live = 1;                                 // The generation of its files.
    std::map<std::int64_t, const void*> open_generations;  // By whom.
    std::vector<std::int64_t> formers;                     // Of those that were replaced.
    std::int64_t replacements = 0;
};

class SimulatedStorage final : public platform::Storage {
  public:
    explicit SimulatedStorage(Device& device) : m_device(device) {}
    ~SimulatedStorage() override { let_go(); }

    bool has_place() const { return m_device.holder == this; }
    // Between taking another's place and opening it there is a turn.
    bool has_opened() const { return has_place() && m_generation == m_device.live; }
    // Tells what was waited for, in a turn of its own; false when there is nothing to tell.
    bool deliver() {
        if (m_is_former_free && tell_of_former()) return true;
        if (!has_place() || !m_is_free) return false;
        std::exchange(m_is_free, nullptr)({});
        return true;
    }

    bool is_durable_supported() const override { return true; }
    void find_last_user(std::function<void(Result<std::string>)> done) override { done(m_device.last_user); }
    void open(const std::string& user, std::function<void(Result<platform::Place>)> done) override {
        end_waiting();
        if (m_device.holder && !has_place()) return done(fail(ErrorCode::conflict, "another tab has it"));
        m_device.holder = this;
        m_device.last_user = m_user = user;
        ++m_device.openings;
        m_generation = m_device.live;
        m_device.open_generations[m_generation] = this;
        m_device.disk.let_in(m_device.path_of(user));
        done(platform::Place{m_device.path_of(user), m_device.disk.vfs(), true, m_generation,
                             !m_device.formers.empty()});
    }
    void replace(const std::string& user, std::function<void(Status)> done) override {
        const std::int64_t former = m_device.live;
        if (!m_device.open_generations.contains(former)) return done(fail(ErrorCode::conflict, "nobody has it"));
        if (m_device.disk.is_full()) return done(fail(ErrorCode::storage_full, "no room for a copy"));
        end_waiting();
        ++m_device.live;
        ++m_device.replacements;
        m_device.formers.push_back(former);
        for (const char* suffix : {"", "-wal", "-journal"})
            m_device.disk.copy(Device::path_of(user, former) + suffix, m_device.path_of(user) + suffix);
        m_device.holder = this;
        done({});
    }
    // Nobody is told: who was replaced has to ask.
    void confirm(std::function<void(Status)> done) override {
        done(m_generation == m_device.live ? Status() : fail(ErrorCode::conflict, "another tab has it"));
    }
    void open_former(std::function<void(Result<platform::Place>)> done) override { m_is_former_free = std::move(done); }
    void drop_former() override {
        std::erase(m_device.formers, m_former);
        for (const char* suffix : {"", "-wal", "-journal"})
            m_device.disk.remove(Device::path_of(m_user, m_former) + suffix);
    }
    void wait(const std::string&, std::function<void(Status)> done) override {
        close();
        m_is_free = std::move(done);
        m_device.waiting.push_back(this);
        give_to_next();
    }
    void close() override {
        end_waiting();
        let_go();
    }
    void erase(const std::string& user, std::function<void(Status)> done) override {
        remove(user);
        let_go();
        done({});
    }
    void set_aside(const std::string& user, std::function<void(Status)> done) override {
        remove(user);
        done({});
    }
    void ask_to_persist(std::function<void(bool)> done) override { done(false); }

  private:
    // As handles that are closed: who still has the database open reads nothing any more.
    void cut_off() {
        if (std::erase_if(m_device.open_generations, [this](const auto& open) { return open.second == this; }) > 0)
            m_device.disk.shut_out(Device::path_of(m_user, m_generation));
    }
    bool tell_of_former() {
        const auto free = std::find_if(m_device.formers.begin(), m_device.formers.end(), [this](std::int64_t former) {
            return !m_device.open_generations.contains(former);
        });
        if (free == m_device.formers.end()) return false;
        m_former = *free;
        const std::string path = Device::path_of(m_user, m_former);
        m_device.disk.let_in(path);
        std::exchange(m_is_former_free, nullptr)(platform::Place{path, m_device.disk.vfs(), true});
        return true;
    }
    void remove(const std::string& user) {
        cut_off();
        for (const char* suffix : {"", "-wal", "-journal"})
            m_device.disk.remove(m_device.path_of(user) + suffix);
        m_device.last_user.clear();
    }
    void end_waiting() {
        std::erase(m_device.waiting, this);
        if (auto done = std::exchange(m_is_free, nullptr)) done(fail(ErrorCode::conflict, "no longer waited for"));
    }
    void let_go() {
        std::erase(m_device.waiting, this);
        m_is_former_free = nullptr;
        cut_off();
        if (!has_place()) return;
        m_device.holder = nullptr;
        give_to_next();
    }
    void give_to_next() {
        if (m_device.holder || m_device.waiting.empty()) return;
        m_device.holder = m_device.waiting.front();
        m_device.waiting.pop_front();
    }

    Device& m_device;
    std::function<void(Status)> m_is_free;
    std::function<void(Result<platform::Place>)> m_is_former_free;
    std::string m_user;
    std::int64_t m_generation = 0, m_former = 0;
};

}  // namespace portal::sim
