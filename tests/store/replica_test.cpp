#include "app/store/replica.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/store/outbox.hpp"
#include "app/store/patch.hpp"
#include "app/store/schema.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/model/records.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::store {
namespace {

Id id_of(int number) {
    SeededRandom random(static_cast<std::uint64_t>(number));
    return make_id(1, random);
}

std::unique_ptr<Replica> in_memory() {
    auto replica = Replica::open({});
    REQUIRE(replica.has_value());
    return std::move(*replica);
}

Ticket ticket_of(int number, const std::string& subject, std::int64_t rev = 1) {
    Ticket ticket;
    ticket.id = id_of(number);
    ticket.rev = rev;
    ticket.practice = id_of(1000);
    ticket.location = id_of(1001);
    ticket.subject = subject;
    return ticket;
}

std::string subject_in(Replica& replica, int number) {
    const auto row = replica.get(Entity::ticket, id_of(number));
    return row ? std::string(text_value(*row, "subject")) : "(none)";
}

// One whole reply of the server.
std::string page_of(std::vector<wire::PullLine> lines, std::int64_t seq) {
    std::string body;
    for (const wire::PullLine& line : lines)
        body += wire::encode(line);
    wire::PullEnd end;
    end.rows = static_cast<std::int64_t>(lines.size()) - 1;
    end.crc = wire::crc32(body);
    end.next_seq = seq;
    return body + wire::encode(wire::PullLine(end));
}

wire::PullBegin begin_of(std::int64_t last_mid = 0, const std::string& epoch = "e1") {
    wire::PullBegin begin;
    begin.epoch = epoch;
    begin.set = "set";
    begin.server_time_ms = 1'700'000'000'000;
    begin.streams = {"g", "s1", "s2"};
    begin.user = id_of(7);
    begin.last_mid = last_mid;
    return begin;
}

RowKeys apply_pull(Replica& replica, const std::string& body) {
    Outbox outbox(replica);
    auto page = check_page(body);
    REQUIRE(page.has_value());
    PatchApplier applier(replica, outbox, body, *page, 0, id_of(99));
    while (true) {
        const auto progress = applier.step([] { return true; });  // One line per step.
        REQUIRE(progress.has_value());
        if (*progress == PatchApplier::Progress::committed) break;
    }
    CHECK(applier.bad_sums().empty());
    return applier.changed();
}

Mutation creation(int number, const std::string& subject) {
    Mutation mutation;
    mutation.intent = id_of(number + 5000);
    mutation.kind = MutationKind::create;
    mutation.entity = Entity::ticket;
    mutation.row = id_of(number);
    mutation.set = {{"subject", Value{subject}}};
    return mutation;
}

}  // namespace

TEST_CASE("The overlay lies over the base until it is cleared", "[store]") {
    const auto replica = in_memory();
    replica->begin();
    replica->put_base(to_row(ticket_of(1, "base one")), {"s1"});
    replica->put_base(to_row(ticket_of(2, "base two")), {"s1"});
    replica->put(to_row(ticket_of(2, "mine")));
    replica->put(to_row(ticket_of(3, "new")));
    replica->commit();
    CHECK(subject_in(*replica, 1) == "base one");
    CHECK(subject_in(*replica, 2) == "mine");
    CHECK(subject_in(*replica, 3) == "new");
    int seen = 0;
    replica->each(Entity::ticket, [&](const Row&) { ++seen; });
    CHECK(seen == 3);
    // A row that the overlay has moved out of the filter is not seen through it.
    int found = 0;
    replica->each_where(Entity::ticket, "subject", Value{std::string("base two")}, [&](const Row&) { ++found; });
    CHECK(found == 0);
    replica->begin();
    replica->clear_overlay();
    replica->commit();
    CHECK(subject_in(*replica, 2) == "base two");
    CHECK(subject_in(*replica, 3) == "(none)");
}

TEST_CASE("A row goes with its last membership, and sums follow", "[store]") {
    const auto replica = in_memory();
    replica->begin();
    replica->put_base(to_row(ticket_of(1, "both")), {"s1", "s2"});
    replica->put_base(to_row(ticket_of(2, "one")), {"s1"});
    replica->put_base(to_row(ticket_of(2, "one again", 2)), {"s1"});
    CHECK(replica->sum_of("s1").count == 2);
    CHECK(replica->sum_of("s1") == replica->recompute_sum("s1"));
    const auto gone = replica->drop_stream("s1");
    CHECK(gone == std::vector<RowKey>{{Entity::ticket, id_of(2)}});
    CHECK(subject_in(*replica, 1) == "both");
    CHECK(replica->sum_of("s2") == replica->recompute_sum("s2"));
    replica->remove_base(Entity::ticket, id_of(1));
    CHECK(replica->sum_of("s2") == StreamSum{});
    replica->commit();
}

TEST_CASE("An edit stays in the overlay until its own result is in, also when a copied profile has used its number",
          "[store]") {
    const auto replica = in_memory();
    Outbox outbox(*replica);
    replica->begin();
    outbox.append(creation(1, "mine"), "mine", 1);
    outbox.mark_covered(1, 4);
    CHECK(outbox.uncovered().size() == 1);
    outbox.take_result({1, creation(1, "mine").intent, {}}, 2);
    outbox.mark_covered(0, 4);
    CHECK(outbox.uncovered().size() == 1);
    outbox.mark_covered(1, 4);
    CHECK(outbox.uncovered().empty());
    replica->commit();
}

TEST_CASE("A replica of the first version keeps its rows and edits, and pulls everything anew", "[store]") {
    auto older = std::move(*db::open_database({}));
    REQUIRE(db::migrate(*older, replica_schema()));
    older->exec(
        "ALTER TABLE base_ticket DROP COLUMN practice_name; ALTER TABLE overlay_ticket DROP COLUMN practice_name;"
        "PRAGMA user_version = 1;"
        "INSERT INTO meta VALUES ('cursor', '44'), ('permission_set', 'set'), ('staged_next_page', '2'),"
        " ('epoch', 'e1'), ('client', 'c'), ('next_mid', '8');"
        "INSERT INTO staged_page (body) VALUES (x'00');"
        "INSERT INTO outbox (mid, intent, body, about, made_ms) VALUES (7, 'i', '{}', 'a', 1)");
    const std::string id = id_of(1);
    older->exec(
        "INSERT INTO base_ticket (id, rev, updated_ms, updated_by, external_key, number, practice, location, "
        "integration,"
        " subject, description, state, priority, category, labels, requester, requester_name, assignee,"
        " assignee_name, created_ms, state_since_ms) VALUES ('" +
        id +
        "', 1, 0, '', '', 1, '', '', '', 'kept', '', 'new',"
        " 'normal', 'other', '', '', '', '', '', 0, 0)");
    auto opened = Replica::adopt(std::move(older));
    REQUIRE(opened.has_value());
    Replica& replica = **opened;
    CHECK(subject_in(replica, 1) == "kept");
    CHECK(replica.state().cursor == 0);
    CHECK(replica.state().permission_set.empty());
    CHECK(replica.staged_page_count() == 0);
    CHECK(replica.state().client == "c");
    CHECK(replica.state().next_mid == 8);
    CHECK(Outbox(replica).pending_count() == 1);
}

TEST_CASE("A rollback forgets rows, streams and state", "[store]") {
    const auto replica = in_memory();
    replica->begin();
    replica->put_base(to_row(ticket_of(1, "x")), {"s1"});
    replica->put(to_row(ticket_of(2, "y")));
    ReplicaState state = replica->state();
    state.cursor = 9;
    replica->set_state(state);
    replica->rollback();
    CHECK(subject_in(*replica, 1) == "(none)");
    CHECK(replica->overlay_keys().empty());
    CHECK(replica->streams_held().empty());
    CHECK(replica->state().cursor == 0);
}

TEST_CASE("A page that is not whole is refused", "[store]") {
    const std::string body = page_of({begin_of(), wire::PullUpsert{to_row(ticket_of(1, "x")), {"s1"}}}, 5);
    CHECK(check_page(body).has_value());
    for (std::size_t length = 0; length < body.size(); ++length) {
        CAPTURE(length);
        CHECK_FALSE(check_page(body.substr(0, length)).has_value());
    }
    std::string damaged = body;
    damaged[body.find("\"x\"") + 1] = 'y';
    CHECK_FALSE(check_page(damaged).has_value());
}

TEST_CASE("A pull moves the base, keeps what is pending and lets go what it covers", "[store]") {
    const auto replica = in_memory();
    Outbox outbox(*replica);
    replica->begin();
    outbox.append(creation(1, "sent"), "sent", 1);
    outbox.append(creation(2, "waits"), "waits", 2);
    replica->put(to_row(ticket_of(1, "sent")));
    replica->commit();
    wire::PushResult result;
    result.mid = 1;
    result.intent = id_of(5001);
    replica->begin();
    outbox.take_result(result, 3);
    replica->commit();
    CHECK(outbox.pending_count() == 1);
    CHECK(outbox.uncovered().size() == 2);
    const RowKeys changed = apply_pull(
        *replica, page_of({begin_of(1), wire::PullUpsert{to_row(ticket_of(1, "from the server")), {"s1"}}}, 5));
    CHECK(subject_in(*replica, 1) == "from the server");
    CHECK(changed.contains({Entity::ticket, id_of(1)}));
    CHECK(replica->state().cursor == 5);
    CHECK(replica->state().epoch == "e1");
    REQUIRE(outbox.uncovered().size() == 1);
    CHECK(outbox.uncovered().front().mutation.row == id_of(2));
    // Its location is not in the replica, so the mutator refuses it here: kept, and marked.
    CHECK(outbox.uncovered().front().may_conflict);
}

TEST_CASE("A restored server gets the journal again under a new client id", "[store]") {
    const auto replica = in_memory();
    Outbox outbox(*replica);
    apply_pull(*replica, page_of({begin_of(0, "e1")}, 1));
    replica->begin();
    outbox.append(creation(1, "done"), "done", 1);
    replica->commit();
    replica->begin();
    outbox.take_result({1, id_of(5001), {}}, begin_of().server_time_ms);
    outbox.append(creation(2, "open"), "open", 4);
    replica->commit();
    wire::PullBegin restored = begin_of(0, "e2");
    restored.reset = true;
    apply_pull(*replica, page_of({restored}, 1));
    CHECK(replica->state().client == id_of(99));
    const auto pending = outbox.pending(10);
    REQUIRE(pending.size() == 2);
    CHECK(pending[0].mutation.intent == id_of(5001));
    CHECK(pending[0].mutation.mid == 1);
    CHECK(pending[1].mutation.mid == 2);
}

TEST_CASE("What is older than the journal is not offered again", "[store]") {
    const auto replica = in_memory();
    Outbox outbox(*replica);
    constexpr InstantMs journal_ms = limits::acknowledged_journal_days * day_ms;
    replica->begin();
    for (int number = 1; number <= 3; ++number)
        outbox.append(creation(number, "edit"), "edit", 1);
    outbox.take_result({1, id_of(5001), {}}, 1);
    outbox.mark_covered(1, 10);
    outbox.take_result({2, id_of(5002), {}}, 2);
    outbox.mark_covered(2, 20);
    outbox.renumber(Journal::offer, journal_ms + 15);
    replica->commit();
    const auto pending = outbox.pending(10);
    REQUIRE(pending.size() == 2);
    CHECK(pending[0].mutation.intent == id_of(5002));
    CHECK(pending[1].mutation.intent == id_of(5003));
}

TEST_CASE("A new client id keeps acknowledged edits over the base until a pull", "[store]") {
    const auto replica = in_memory();
    Outbox outbox(*replica);
    replica->begin();
    outbox.append(creation(1, "done"), "done", 1);
    outbox.append(creation(2, "open"), "open", 2);
    outbox.take_result({1, id_of(5001), {}}, 3);
    outbox.renumber(Journal::keep, 3);
    replica->commit();
    REQUIRE(outbox.pending(10).size() == 1);
    CHECK(outbox.pending(10).front().mutation.mid == 1);
    CHECK(outbox.uncovered().size() == 2);
    replica->begin();
    outbox.mark_covered(0, 4);
    replica->commit();
    CHECK(outbox.uncovered().size() == 1);
}

TEST_CASE("A client id may be new again and again", "[store]") {
    const auto replica = in_memory();
    Outbox outbox(*replica);
    replica->begin();
    for (int round = 0; round < 4; ++round) {
        for (int number = 0; number < 3; ++number)
            outbox.append(creation(10 * round + number, "edit"), std::to_string(10 * round + number), 1);
        // The first two are acknowledged, the third waits.
        for (const OutboxEntry& entry : outbox.pending(2))
            outbox.take_result({entry.mutation.mid, entry.mutation.intent, {}}, 3);
        outbox.renumber(Journal::keep, 3);
        CHECK(outbox.pending(10).front().mutation.mid == 1);
    }
    replica->commit();
    CHECK(outbox.uncovered().size() == 12);
    CHECK(outbox.pending_count() == 4);
}

TEST_CASE("A refused parent takes its children along in the tray", "[store]") {
    const auto replica = in_memory();
    Outbox outbox(*replica);
    replica->begin();
    outbox.append(creation(1, "parent"), "parent", 1);
    Mutation child = creation(2, "child");
    child.depends_on = outbox.pending_creation_of(id_of(1));
    CHECK(child.depends_on == id_of(5001));
    outbox.append(child, "child", 2);
    wire::PushResult refused{1, id_of(5001), {OutcomeKind::rejected, RejectionCode::invalid, "no", {}}};
    outbox.take_result(refused, 3);
    refused = {2, id_of(5002), {OutcomeKind::rejected, RejectionCode::depends_on_rejected, "no", {}}};
    outbox.take_result(refused, 3);
    replica->commit();
    CHECK(outbox.pending_count() == 0);
    CHECK(outbox.tray().size() == 2);
    REQUIRE(outbox.tray_children(id_of(5001)).size() == 1);
    CHECK(outbox.tray_children(id_of(5001)).front().mutation.intent == id_of(5002));
}

TEST_CASE("A replica in memory and one in a file copy into each other", "[store]") {
    const auto replica = in_memory();
    replica->begin();
    replica->put_base(to_row(ticket_of(1, "carried")), {"s1"});
    replica->commit();
    db::OpenOptions options;
    auto target = db::open_database(options);
    REQUIRE(target.has_value());
    REQUIRE(replica->copy_to(**target).has_value());
    auto copy = Replica::adopt(std::move(*target));
    REQUIRE(copy.has_value());
    CHECK(subject_in(**copy, 1) == "carried");
    CHECK((*copy)->sum_of("s1") == (*copy)->recompute_sum("s1"));
}

}  // namespace portal::store
