// An edit on which the server, or what stands before it, fails each time: it must hold up no other.
#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/sim/one_client.hpp"

namespace portal::sim {
namespace {

constexpr int filed_count = 9, poison_at = 4;

struct Poisoned : OneClient {
    // All are written without a connection, so that they are pushed together.
    Poisoned() {
        client.set_offline(true);
        settle();
        for (int count = 0; count < filed_count; ++count)
            filed.push_back(file("Reader " + std::to_string(count) + " is broken"));
        settle();
        answer.intent = make_id(server.clock.now_ms(), random);
        answer.message = make_id(server.clock.now_ms(), random);
        answer.ticket = filed[poison_at].ticket;
        answer.body = "It hangs on the one that is refused";
        client.browser().owner().post(answer);
        settle();
        REQUIRE(sync()->pending_count == filed_count + 1);
    }

    void connect() {
        client.set_offline(false);
        settle_after(limits::retry_delay_ms_max);
        settle_after(limits::retry_delay_ms_max);
    }

    void break_server() {
        server.while_down([this] {
            SQLite::Database database(server.database.path, SQLite::OPEN_READWRITE, 0, server.disk.vfs());
            database.exec("CREATE TRIGGER poison BEFORE INSERT ON ticket WHEN NEW.id = '" + filed[poison_at].ticket +
                          "' BEGIN SELECT RAISE(ABORT, 'a defect on purpose'); END");
        });
    }

    // The others are there, in their order.
    void check_others() {
        const auto truth = server.repository->read();
        std::int64_t last_number = 0;
        for (int count = 0; count < filed_count; ++count) {
            const auto row = truth->row(Entity::ticket, filed[count].ticket);
            CHECK(row.has_value() == (count != poison_at));
            if (!row) continue;
            CHECK(integer_value(*row, "number") > last_number);
            last_number = integer_value(*row, "number");
        }
        CHECK_FALSE(truth->row(Entity::message, answer.message).has_value());
    }

    // Nothing waits, and the one that was refused is its author's, words and all, with what hangs on it.
    void check_tray() {
        const auto told = sync();
        CHECK(told->pending_count == 0);
        CHECK(told->tray_count == 1);
        REQUIRE(told->tray.size() == 1);
        const vm::TrayEntry& entry = told->tray.front();
        CHECK(entry.intent == filed[poison_at].intent);
        CHECK(entry.code == text_of(RejectionCode::defect));
        CHECK(entry.about == filed[poison_at].subject);
        CHECK(entry.attached == 1);
        REQUIRE(entry.fields.size() == 2);
        CHECK(entry.fields[0].yours == filed[poison_at].subject);
        CHECK(entry.fields[1].yours == filed[poison_at].description);
    }

    std::vector<vm::FileTicket> filed;
    vm::ReplyToTicket answer;
};

}  // namespace

TEST_CASE("An edit over which something before the server stumbles holds up no other", "[sync]") {
    Poisoned world;
    world.network.poison = world.filed[poison_at].intent;
    world.network.poison_status = GENERATE(400, 413, 422);
    world.connect();
    world.check_others();
    world.check_tray();
    // Halved until some went through, and so on with those that were left: 10, 5; 8, 4; 6, 3, 1.
    CHECK(world.network.stumbles == 7);
    CHECK_FALSE(world.server.repository->read()->mutation(world.network.poison).has_value());
}

TEST_CASE("An edit on which the server has a defect is refused by itself", "[sync]") {
    Poisoned world;
    world.break_server();
    world.connect();
    world.check_others();
    world.check_tray();
    const auto record = world.server.repository->read()->mutation(world.filed[poison_at].intent);
    REQUIRE(record.has_value());
    CHECK(record->outcome.code == RejectionCode::defect);
    CHECK_FALSE(record->incident.empty());
    // Asked once: its number has passed.
    CHECK(world.network.pushes_answered() <= 2);
}

TEST_CASE("An edit to which there is no answer but a fault of the server is kept, and so are those after it",
          "[sync]") {
    Poisoned world;
    world.network.poison = world.filed[poison_at].intent;
    world.network.poison_status = 503;
    world.connect();
    CHECK(world.network.stumbles > 1);
    CHECK(world.sync()->tray_count == 0);
    CHECK(world.sync()->pending_count == filed_count + 1);
    world.network.poison.clear();
    world.settle_after(limits::retry_delay_ms_max);
    CHECK(world.sync()->pending_count == 0);
    CHECK(world.sync()->tray_count == 0);
    for (const vm::FileTicket& filed : world.filed)
        CHECK(world.server.repository->read()->row(Entity::ticket, filed.ticket).has_value());
}

}  // namespace portal::sim
