// A device's storage on a simulated disk.
#pragma once

#include <string>

#include "app/platform/storage.hpp"
#include "tests/sim/simulated_disk.hpp"

namespace portal::sim {

// What a device has of its own: outlives the client that wrote it.
struct Device {
    static std::string path_of(const std::string& user) { return user + ".db"; }

    SimulatedDisk disk{DiskKind::device};
    std::string last_user;
};

class SimulatedStorage final : public platform::Storage {
  public:
    explicit SimulatedStorage(Device& device) : m_device(device) {}

    bool is_durable_supported() const override { return true; }
    void find_last_user(std::function<void(Result<std::string>)> done) override { done(m_device.last_user); }
    void open(const std::string& user, std::function<void(Result<platform::Place>)> done) override {
        m_device.last_user = user;
        done(platform::Place{Device::path_of(user), m_device.disk.vfs(), true});
    }
    void wait(const std::string&, std::function<void(Status)> done) override { done({}); }
    void close() override {}
    void erase(const std::string& user, std::function<void(Status)> done) override {
        for (const char* suffix : {"", "-wal", "-journal"})
            m_device.disk.remove(Device::path_of(user) + suffix);
        m_device.last_user.clear();
        done({});
    }
    void set_aside(const std::string& user, std::function<void(Status)> done) override { erase(user, std::move(done)); }
    void ask_to_persist() override {}

  private:
    Device& m_device;
};

}  // namespace portal::sim
