#include "server-stub/repo/commit_queue.hpp"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <thread>

#include "server-stub/repo/sqlite_repository.hpp"
#include "server-stub/repo/writer_thread.hpp"
#include "shared/base/limits.hpp"
#include "tests/server-stub/repo/faulty_repository.hpp"
#include "tests/server-stub/repo/small_world.hpp"
#include "tests/server-stub/repo/temp_folder.hpp"

using namespace portal;
using namespace portal::server;
using namespace portal::server::test;

namespace {

struct World {
    World() {
        SeededRandom random(3);
        repository = std::make_unique<FaultyRepository>(std::move(
            *open_sqlite_repository({folder.file("portal.sqlite"), OpenMode::create_if_missing, {}}, random)));
        queue = std::make_unique<CommitQueue>(*repository);
    }

    // Submits the creation of a ticket and collects its outcome under its name.
    void submit(const std::string& name, std::size_t mutations = 1) {
        const auto run = [name](WriteTransaction& writes) -> Status {
            writes.act_as({}, start_ms);
            writes.put(to_row(ticket_of(name, "willow", "north")));
            if (name == "refused") return fail(ErrorCode::conflict, "refused on purpose");
            if (name == "thrown") throw std::runtime_error("a defect on purpose");
            return {};
        };
        REQUIRE(queue->submit({run, [this, name](Status status) { outcomes.emplace_back(name, status); }, mutations}));
    }

    TempFolder folder;
    std::unique_ptr<FaultyRepository> repository;
    std::unique_ptr<CommitQueue> queue;
    std::vector<std::pair<std::string, Status>> outcomes;
};

}  // namespace

TEST_CASE("a group commits what worked and undoes what did not", "[server][repo]") {
    World world;
    for (const char* name : {"first", "refused", "thrown", "last"})
        world.submit(name);
    std::vector<CommitNotice> notices;
    world.queue->on_commit([&](const CommitNotice& notice) {
        // Nobody hears of a commit before those who asked for it.
        CHECK(world.outcomes.size() == 4);
        notices.push_back(notice);
    });
    CHECK(world.queue->run_group() == 4);
    REQUIRE(world.outcomes.size() == 4);
    CHECK(world.outcomes[0].second.has_value());
    CHECK(world.outcomes[1].second.error().code == ErrorCode::conflict);
    CHECK(world.outcomes[2].second.error().code == ErrorCode::internal);
    CHECK(world.outcomes[3].second.has_value());
    CHECK(world.repository->read()->head().seq == 2);
    REQUIRE(notices.size() == 1);
    CHECK(notices[0].seq == 2);
    CHECK(notices[0].streams.size() == 3);
    CHECK(world.queue->run_group() == 0);
}

TEST_CASE("a commit tells when it moved what grants are about, and only then", "[server][repo]") {
    World world;
    bool told = false;
    world.queue->on_commit([&](const CommitNotice& notice) { told = notice.scopes_changed; });
    const auto commit = [&](const auto& change) {
        REQUIRE(world.queue->submit({[&](WriteTransaction& writes) -> Status {
                                         writes.act_as({}, start_ms);
                                         change(writes);
                                         return {};
                                     },
                                     [](const Status& status) { CHECK(status.has_value()); }, 1}));
        told = false;
        REQUIRE(world.queue->run_group() == 1);
        return told;
    };
    CHECK(commit([](WriteTransaction& writes) { put_small_world(writes); }));
    const auto put_changed = [](std::string_view field, Value value, Entity entity, const Id& id) {
        return [=](WriteTransaction& writes) {
            Row row = *writes.get(entity, id);
            set_value(row, field, value);
            writes.put(row);
        };
    };
    CHECK_FALSE(commit(put_changed("name", std::string("Willow Tree"), Entity::practice, id_of("willow"))));
    CHECK(commit(put_changed("book", id_of("east"), Entity::practice, id_of("willow"))));
    CHECK_FALSE(commit(put_changed("subject", std::string("other"), Entity::ticket, id_of("ticketa"))));
    CHECK(commit(put_changed("engineer", id_of("sam"), Entity::integration, id_of("willowpms"))));
    CHECK_FALSE(commit(put_changed("blocked_reason", std::string("waits"), Entity::integration, id_of("willowpms"))));
}

TEST_CASE("a failed commit fails its group with 'unavailable' and changes nothing", "[server][repo]") {
    World world;
    world.submit("first");
    world.submit("second");
    bool told = false;
    world.queue->on_commit([&](const CommitNotice&) { told = true; });
    world.repository->fail_commits = 1;
    CHECK(world.queue->run_group() == 2);
    REQUIRE(world.outcomes.size() == 2);
    for (const auto& [name, status] : world.outcomes)
        CHECK(status.error().code == ErrorCode::unavailable);
    CHECK_FALSE(told);
    CHECK(world.repository->read()->head().seq == 0);
    CHECK(world.queue->counters().failed_groups == 1);
    world.submit("again");
    world.queue->run_all();
    CHECK(world.outcomes.back().second.has_value());
    CHECK(world.repository->read()->row_count(Entity::ticket) == 1);
}

TEST_CASE("a fault of the storage inside a job ends the whole group", "[server][repo]") {
    World world;
    world.submit("first");
    const auto broken = [](WriteTransaction& writes) -> Status {
        writes.attempt([]() -> bool { throw StorageFault({ErrorCode::storage_full, "the disk is full"}); });
        return {};
    };
    Status outcome;
    REQUIRE(world.queue->submit({broken, [&](Status status) { outcome = status; }, 1}));
    world.queue->run_group();
    CHECK(outcome.error().code == ErrorCode::storage_full);
    CHECK(world.outcomes[0].second.error().code == ErrorCode::storage_full);
    CHECK(world.repository->read()->head().seq == 0);
}

TEST_CASE("a group is closed by its mutations, and bulk work has one to itself", "[server][repo]") {
    World world;
    world.submit("a", limits::commit_group_mutations_max - 1);
    world.submit("b");
    world.submit("c");
    world.submit("d", limits::commit_group_mutations_max);
    world.submit("e");
    CHECK(world.queue->waiting() == 2 * limits::commit_group_mutations_max + 2);
    CHECK(world.queue->run_group() == 2);
    CHECK(world.queue->run_group() == 1);
    CHECK(world.queue->run_group() == 1);
    CHECK(world.queue->run_group() == 1);
    CHECK(world.queue->waiting() == 0);
}

TEST_CASE("the queue is bounded", "[server][repo]") {
    World world;
    const auto nothing = [](WriteTransaction&) -> Status { return {}; };
    for (std::size_t count = 0; count < limits::commit_queue_jobs_max; ++count)
        REQUIRE(world.queue->submit({nothing, {}, 1}).has_value());
    CHECK(world.queue->submit({nothing, {}, 1}).error().code == ErrorCode::resource_exhausted);
    world.queue->run_all();
    CHECK(world.queue->submit({nothing, {}, 1}).has_value());
}

TEST_CASE("the writer's thread commits everything that many threads submit", "[server][repo][threads]") {
    World world;
    std::atomic<int> done = 0;
    constexpr int threads = 4, jobs = 50;
    {
        const WriterThread writer(*world.queue);
        std::vector<std::thread> submitters;
        for (int thread = 0; thread < threads; ++thread)
            submitters.emplace_back([&, thread] {
                for (int job = 0; job < jobs; ++job) {
                    const std::string name = "t" + std::to_string(thread) + "j" + std::to_string(job);
                    const auto run = [name](WriteTransaction& writes) -> Status {
                        writes.act_as({}, start_ms);
                        writes.put(to_row(ticket_of(name, "willow", "north")));
                        return {};
                    };
                    const auto count = [&](Status status) { done += status ? 1 : 0; };
                    if (!world.queue->submit({run, count, 1})) --done;
                }
            });
        for (std::thread& submitter : submitters)
            submitter.join();
    }
    CHECK(done == threads * jobs);
    CHECK(world.repository->read()->row_count(Entity::ticket) == threads * jobs);
    CHECK(world.queue->counters().groups < threads * jobs);
}
