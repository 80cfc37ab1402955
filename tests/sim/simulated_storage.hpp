// A device's storage on a simulated disk, which the tabs of its browser share: one of them has the place.
#pragma once

#include <algorithm>
#include <deque>
#include <string>
#include <utility>

#include "app/platform/storage.hpp"
#include "tests/sim/simulated_disk.hpp"

namespace portal::sim {

// What a device has of its own: outlives the client that wrote it.
struct Device {
    explicit Device(Syncing syncing = Syncing::works) : disk(DiskKind::device, syncing) {}
    static std::string path_of(const std::string& user) { return user + ".db"; }

    SimulatedDisk disk;
    std::string last_user;
    // The storage that has the place, and those that wait for it, in order.
    const void* holder = nullptr;
    std::deque<const void*> waiting;
    std::int64_t openings = 0;
};

class SimulatedStorage final : public platform::Storage {
  public:
    explicit SimulatedStorage(Device& device) : m_device(device) {}
    ~SimulatedStorage() override { let_go(); }

    bool has_place() const { return m_device.holder == this; }
    // Tells what was waited for, in a turn of its own; false when there is nothing to tell.
    bool deliver() {
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
        m_device.last_user = user;
        ++m_device.openings;
        m_device.disk.set_reachable(true);
        done(platform::Place{Device::path_of(user), m_device.disk.vfs(), true});
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
        if (has_place()) m_device.disk.set_reachable(false);
    }
    void remove(const std::string& user) {
        cut_off();
        for (const char* suffix : {"", "-wal", "-journal"})
            m_device.disk.remove(Device::path_of(user) + suffix);
        m_device.last_user.clear();
    }
    void end_waiting() {
        std::erase(m_device.waiting, this);
        if (auto done = std::exchange(m_is_free, nullptr)) done(fail(ErrorCode::conflict, "no longer waited for"));
    }
    void let_go() {
        std::erase(m_device.waiting, this);
        if (!has_place()) return;
        cut_off();
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
};

}  // namespace portal::sim
