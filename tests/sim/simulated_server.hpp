// The production server on a simulated disk.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "server-stub/live/hub.hpp"
#include "server-stub/repo/sqlite_backup.hpp"
#include "tests/server-stub/api/server_fixture.hpp"
#include "tests/sim/effect_ledger.hpp"
#include "tests/sim/forgetful_writes.hpp"
#include "tests/sim/late_commit.hpp"
#include "tests/sim/live_ledger.hpp"
#include "tests/sim/miscounting_writes.hpp"
#include "tests/sim/published_checks.hpp"
#include "tests/sim/scenario.hpp"
#include "tests/sim/simulated_disk.hpp"

namespace portal::sim {

// Whose grants come and go; the others' own edits are to be seen all the time.
inline constexpr std::string_view on_leave = "olga", grant_on_leave = "grantolga";

// The server cannot open or restore what its disk has kept. No error that the product would catch.
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
          Server({place, server::OpenMode::create_if_missing, disk.vfs(), facts_in_replica_max}),
          m_plant(scenario.plant),
          m_random(random_in),
          m_effects(place, disk.vfs()) {
        connect();
    }

    using ServerDisk::disk;
    // Null after a loss of the database.
    std::unique_ptr<server::LiveHub> hub;
    // What was handed out and should not have been. Sentences.
    std::vector<std::string> problems;

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
        check_effects();
        return false;
    }

    // ---- The live channel, as the network serves it ----
    Result<server::LiveConnectionId> open_live(const std::string& token, server::LiveListener listener) {
        const server::Admission admission = api->admit(request(server::Method::get, "/api/v1/live", {}, token));
        if (!admission.route) return fail(ErrorCode::unauthenticated, "refused");
        listener.session = admission.principal.session;
        listener.user = admission.principal.caller.user;
        const auto opened = hub->open(std::move(listener));
        if (opened) m_ledger.add(*opened, admission.principal.session);
        return opened;
    }
    server::LiveOutput take_live(server::LiveConnectionId id) {
        server::LiveOutput output = hub->take(id);
        const std::string found = m_ledger.check(id, output.bytes, api->streams_of_session(m_ledger.session_of(id)));
        if (!found.empty()) problems.push_back(found);
        if (output.bytes.find("event: resync") != std::string::npos) ++m_floods_felt;
        return output;
    }
    void close_live(server::LiveConnectionId id) {
        if (hub) hub->close(id);
        m_ledger.remove(id);
    }
    // Of one connection; so much waits that it is closed when its device reads no more for a while.
    void flood() {
        const auto ids = m_ledger.connections();
        if (ids.empty()) return;
        const server::LiveConnectionId id = ids[m_random.below(ids.size())];
        for (std::uint64_t key = m_random.below(flood_events_max); key > 0; --key)
            (void)hub->send(id, std::to_string(key), "pointer", std::string(flood_event_bytes, 'x'));
    }
    bool has_live() const { return !m_ledger.connections().empty(); }

    // A pull carries rows of the streams that its user has at that moment.
    void check_pull(const std::string& body) {
        std::istringstream lines(body);
        std::string line;
        std::getline(lines, line);
        const auto begin = wire::decode_pull_line(line);
        REQUIRE(begin.has_value());
        const Id user = std::get<wire::PullBegin>(*begin).user;
        const auto truth = repository->read();
        const auto permitted = streams_of_caller(*truth->caller(user), *truth->directory(user));
        while (std::getline(lines, line)) {
            const auto decoded = wire::decode_pull_line(line);
            if (const auto* row = decoded ? std::get_if<wire::PullUpsert>(&*decoded) : nullptr)
                for (const StreamId& stream : row->streams)
                    if (!std::binary_search(permitted.begin(), permitted.end(), stream))
                        problems.push_back("a pull carried a row of stream " + stream +
                                           ", which its user may not read");
        }
    }

    // What a push that was answered has done.
    void check_push(const wire::PushRequest& request, const std::string& body) {
        const auto response = wire::decode_push_response(body);
        REQUIRE(response.has_value());
        for (std::string& found : m_effects.note(request, *response))
            problems.push_back(std::move(found));
    }
    // What all pushes have done.
    void check_effects() {
        for (std::string& found : m_effects.problems())
            problems.push_back(std::move(found));
    }
    // What it had at each number.
    const RowHistory& history() const { return m_history; }
    // The number that the push to come begins with, for a server that goes by it alone.
    void expect_push(const wire::PushRequest& request) {
        m_first_number = request.mutations.empty() ? 0 : request.mutations.front().mid;
    }
    // The planted one that waits for its commit; null for none.
    const LateCommit* late_commit() const { return m_late ? &*m_late : nullptr; }

    // Commits that failed as they were made to.
    std::int64_t refusals() const { return m_refusals + (repository ? repository->failed_commits : 0); }
    // Connections that were told to look for themselves because more waited than may wait.
    std::int64_t floods_felt() const { return m_floods_felt; }

    // Empty while it cannot: whoever asks tries again.
    std::string sign_in(const std::string& name) {
        std::string token;
        return survives([&] { token = Server::sign_in(name); }) ? token : std::string();
    }

    // Done or not done at all.
    void write(const std::function<void(server::WriteTransaction&)>& work) {
        m_is_writing = true;
        (void)survives([&] {
            (void)queue->run([&](server::WriteTransaction& writes) -> Status {
                writes.act_as({}, clock.now_ms());
                work(writes);
                return {};
            });
        });
        m_is_writing = false;
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
        Status made = server::copy_backup(backup, staged, disk.vfs());
        if (made) made = server::begin_anew(staged, clock, random, disk.vfs());
        if (made) made = server::fold_log(staged, disk.vfs());
        if (!made) throw DatabaseLost{"the backup: " + made.error().message};
        disk.rename(staged, place);
        m_effects.forget_answers();
        begin_to_run();
    }

    // Its operator at work, with the power on.
    void while_down(const std::function<void()>& work) {
        close();
        work();
        begin_to_run();
    }

    // From now on there is power and room.
    void calm() {
        disk.light_fuse(0);
        disk.set_full(false);
        m_late.reset();
    }

  private:
    static constexpr const char* place = "portal.sqlite";
    // So few that imports reach it.
    static constexpr std::int64_t facts_in_replica_max = 10;
    static constexpr const char* staged = "portal.sqlite.restoring";
    static constexpr std::uint64_t flood_events_max = 40;
    static constexpr std::int64_t later_ones_max = 4;
    static constexpr std::size_t flood_event_bytes = 16 << 10;

    void close() {
        m_effects.close();
        m_refusals += repository ? repository->failed_commits : 0;
        Server::close();
    }

    void begin_to_run() {
        hub.reset();
        m_ledger.clear();
        if (const Status opened = try_open(); !opened) throw DatabaseLost{opened.error().message};
        connect();
        ++m_runs;
    }

    void connect() {
        repository->tells_failed_ones = m_plant != Plant::acknowledged_early;
        plant();
        m_history.note(m_effects.database());
        m_late.reset();
        m_head = repository->read()->head().seq;
        hub = std::make_unique<server::LiveHub>([this](const std::string& session) { return streams_of(session); });
        hub->start_from(repository->read()->head().seq);
        queue->on_commit([this](const server::CommitNotice& notice) {
            m_history.note(m_effects.database());
            if (m_plant == Plant::cursor_by_allocation && is_late(notice.seq)) return;
            m_ledger.on_commit(notice);
            hub->publish(notice);
            api->followers().publish(notice);
        });
    }

    // What stands between the handlers and what they write to.
    void plant() {
        using Writes = std::unique_ptr<server::WriteTransaction>;
        if (m_plant == Plant::no_deduplication || m_plant == Plant::no_intents)
            repository->defect = [this](server::WriteTransaction& writes) -> Writes {
                const auto forgets = m_plant == Plant::no_intents ? Forgets::intents : Forgets::intents_and_numbers;
                return std::make_unique<ForgetfulWrites>(writes, forgets, m_first_number);
            };
        if (m_plant == Plant::lost_lead || m_plant == Plant::doubled_lead || m_plant == Plant::lost_review)
            repository->defect = [this](server::WriteTransaction& writes) -> Writes {
                const Entity entity = m_plant == Plant::lost_review ? Entity::deposit_review : Entity::prospect;
                const Copies copies = m_plant == Plant::doubled_lead ? Copies::two : Copies::none;
                return std::make_unique<MiscountingWrites>(writes, entity, copies);
            };
    }

    // True for one that is committed later, of which nobody is told.
    bool is_late(std::int64_t seq) {
        const std::int64_t before = std::exchange(m_head, seq);
        if (m_late && ++m_late->later_ones > later_ones_max) m_late.reset();
        if (m_late || !m_is_writing || seq == before || !m_random.chance(0.5)) return false;
        m_late = LateCommit{before + 1, seq, m_effects.rows_between(before + 1, seq), 0};
        return true;
    }

    std::vector<StreamId> streams_of(const std::string& session) {
        if (m_plant != Plant::unchecked_hints) return api->streams_of_session(session);
        std::vector<StreamId>& first = m_first_streams[session];
        if (first.empty()) first = api->streams_of_session(session);
        return first;
    }

    const Plant m_plant;
    RandomSource& m_random;
    std::uint64_t m_runs = 1;
    LiveLedger m_ledger;
    EffectLedger m_effects;
    RowHistory m_history;
    std::int64_t m_first_number = 0, m_head = 0, m_refusals = 0, m_floods_felt = 0;
    bool m_is_writing = false;
    std::optional<LateCommit> m_late;
    std::map<std::string, std::vector<StreamId>> m_first_streams;
};

}  // namespace portal::sim
