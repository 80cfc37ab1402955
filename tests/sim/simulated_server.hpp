// The production server on a simulated disk.
#pragma once

#include <functional>
#include <string>

#include "server-stub/repo/sqlite_backup.hpp"
#include "tests/server-stub/api/server_fixture.hpp"
#include "tests/sim/scenario.hpp"
#include "tests/sim/simulated_disk.hpp"

namespace portal::sim {

// The server cannot open what its disk has kept. No error that the product would catch.
struct DatabaseLost {
    std::string message;
};

// A base, so that the disk is there before the server and after it.
struct ServerDisk {
    explicit ServerDisk(Plant plant)
        : disk(DiskKind::server, plant == Plant::no_sync ? Syncing::does_nothing : Syncing::works) {}
    SimulatedDisk disk;
};

class SimulatedServer final : private ServerDisk, public server::test::Server {
  public:
    SimulatedServer(const Scenario& scenario, RandomSource& random_in)
        : ServerDisk(scenario.plant),
          Server({place, server::OpenMode::create_if_missing, disk.vfs()}),
          m_plant(scenario.plant),
          m_random(random_in) {
        plant();
    }

    using ServerDisk::disk;

    // How often it has begun to run; who was connected before is so no more.
    std::uint64_t runs() const { return m_runs; }

    // Does `work`, and comes back if the power goes meanwhile; false then, and nobody knows how far it came.
    bool survives(const std::function<void()>& work) {
        try {
            work();
        } catch (const std::exception&) {
            if (!disk.is_down()) throw;
        }
        if (!disk.is_down()) return true;
        close();
        disk.recover(SimulatedDisk::Death::power, m_random);
        begin_to_run();
        return false;
    }

    // Empty while it cannot: whoever asks tries again.
    std::string sign_in(const std::string& name) {
        std::string token;
        return survives([&] { token = Server::sign_in(name); }) ? token : std::string();
    }

    // Done or not done at all.
    void write(const std::function<void(server::WriteTransaction&)>& work) {
        (void)survives([&] {
            (void)queue->run([&](server::WriteTransaction& writes) -> Status {
                writes.act_as({}, clock.now_ms());
                work(writes);
                return {};
            });
        });
    }

    // False where there is no room for it, or no power.
    bool back_up(const std::string& path) {
        bool is_made = false;
        return survives([&] { is_made = repository->backup_to(path).has_value(); }) && is_made;
    }

    // As the program `restore` does it, in peace.
    void restore(const std::string& backup) {
        calm();
        close();
        REQUIRE(server::copy_backup(backup, staged, disk.vfs()).has_value());
        REQUIRE(server::begin_anew(staged, clock, random, disk.vfs()).has_value());
        REQUIRE(server::fold_log(staged, disk.vfs()).has_value());
        disk.rename(staged, place);
        begin_to_run();
    }

    // From now on there is power and room.
    void calm() {
        disk.light_fuse(0);
        disk.set_full(false);
    }

  private:
    static constexpr const char* place = "portal.sqlite";
    static constexpr const char* staged = "portal.sqlite.restoring";

    void begin_to_run() {
        if (const Status opened = try_open(); !opened) throw DatabaseLost{opened.error().message};
        plant();
        ++m_runs;
    }
    void plant() { repository->tells_failed_ones = m_plant != Plant::acknowledged_early; }

    const Plant m_plant;
    RandomSource& m_random;
    std::uint64_t m_runs = 1;
};

}  // namespace portal::sim
