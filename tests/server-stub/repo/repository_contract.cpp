#include "tests/server-stub/repo/repository_contract.hpp"

#include <catch2/catch_test_macros.hpp>
#include <map>

#include "server-stub/repo/commit_queue.hpp"
#include "server-stub/repo/integrity.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "tests/server-stub/repo/small_world.hpp"

namespace portal::server::test {
namespace {

// Runs work that is expected to be committed.
void write(Repository& repository, const std::function<void(WriteTransaction&)>& work, InstantMs now_ms = start_ms) {
    CommitQueue queue(repository);
    const Status status = queue.run([&](WriteTransaction& writes) -> Status {
        writes.act_as(id_of("ada"), now_ms);
        work(writes);
        return {};
    });
    REQUIRE(status.has_value());
}

std::map<Id, Membership> entries_of(ReadSnapshot& snapshot, const StreamId& stream, std::int64_t after = 0) {
    std::map<Id, Membership> entries;
    snapshot.each_entry(stream, after, snapshot.head().seq, [&](const StreamEntry& entry) {
        entries[entry.row] = entry.membership;
        return true;
    });
    return entries;
}

void require_sound(Repository& repository) {
    const auto snapshot = repository.read();
    const auto problems = find_problems(*snapshot);
    CAPTURE(problems);
    REQUIRE(problems.empty());
}

}  // namespace

void check_rows_contract(const MakeRepository& make) {
    const auto repository = make();
    SECTION("a new repository is empty and has an epoch") {
        const auto head = repository->read()->head();
        CHECK(head.seq == 0);
        CHECK(head.floor == 0);
        CHECK_FALSE(head.epoch.empty());
    }
    SECTION("put counts versions and stamps them; the same values are no change") {
        const Ticket ticket = ticket_of("ticketx", "willow", "north");
        write(*repository, [&](WriteTransaction& writes) { writes.put(to_row(ticket)); });
        auto row = repository->read()->row(Entity::ticket, ticket.id);
        REQUIRE(row.has_value());
        CHECK(row->rev == 1);
        CHECK(row->updated_ms == start_ms);
        CHECK(row->updated_by == id_of("ada"));
        write(*repository, [&](WriteTransaction& writes) { writes.put(to_row(ticket)); }, start_ms + 1);
        CHECK(repository->read()->row(Entity::ticket, ticket.id)->rev == 1);
        CHECK(repository->read()->head().seq == 1);
        Ticket other = ticket;
        other.subject = "another";
        write(*repository, [&](WriteTransaction& writes) { writes.put(to_row(other)); }, start_ms + 2);
        row = repository->read()->row(Entity::ticket, ticket.id);
        CHECK(row->rev == 2);
        CHECK(row->updated_ms == start_ms + 2);
        CHECK(repository->read()->head().seq == 2);
    }
    SECTION("a row that comes back after its deletion counts on") {
        const Row row = to_row(ticket_of("ticketx", "willow", "north"));
        write(*repository, [&](WriteTransaction& writes) { writes.put(row); });
        write(*repository, [&](WriteTransaction& writes) { CHECK(writes.remove(Entity::ticket, row.id)); });
        write(*repository, [&](WriteTransaction& writes) { CHECK_FALSE(writes.remove(Entity::ticket, row.id)); });
        write(*repository, [&](WriteTransaction& writes) { writes.put(row); });
        CHECK(repository->read()->row(Entity::ticket, row.id)->rev == 3);
    }
    SECTION("a snapshot does not see later commits") {
        write(*repository, put_small_world);
        const auto before = repository->read();
        const std::int64_t seq = before->head().seq;
        write(*repository, [&](WriteTransaction& writes) { writes.remove(Entity::ticket, id_of("ticketa")); });
        CHECK(before->head().seq == seq);
        CHECK(before->row(Entity::ticket, id_of("ticketa")).has_value());
        CHECK_FALSE(repository->read()->row(Entity::ticket, id_of("ticketa")).has_value());
    }
    SECTION("a failed attempt is undone alone, with its changes to the log and the sums") {
        write(*repository, [&](WriteTransaction& writes) {
            writes.put(to_row(ticket_of("kept", "willow", "north")));
            const bool kept = writes.attempt([&] {
                writes.put(to_row(ticket_of("undone", "cedar", "main")));
                writes.next_ticket_number();
                return false;
            });
            CHECK_FALSE(kept);
            CHECK_THROWS_AS(writes.attempt([&]() -> bool {
                writes.put(to_row(ticket_of("thrown", "willow", "north")));
                throw std::runtime_error("a defect");
            }),
                            std::runtime_error);
            CHECK(writes.attempt([&] {
                writes.put(to_row(ticket_of("second", "willow", "north")));
                return true;
            }));
        });
        const auto snapshot = repository->read();
        CHECK(snapshot->head().seq == 2);
        CHECK(snapshot->row_count(Entity::ticket) == 2);
        CHECK(snapshot->stream("l:" + id_of("north") + ":work").count == 2);
        CHECK(snapshot->stream("l:" + id_of("main") + ":work").count == 0);
    }
    SECTION("lookups by column, external key and e-mail") {
        write(*repository, put_small_world);
        const auto snapshot = repository->read();
        CHECK(snapshot->row_by_external_key(Entity::practice, "willow")->id == id_of("willow"));
        CHECK_FALSE(snapshot->row_by_external_key(Entity::practice, "nobody").has_value());
        CHECK_FALSE(snapshot->row_by_external_key(Entity::grant, "willow").has_value());
        int found = 0;
        snapshot->each_row_where(Entity::location, "practice", id_of("willow"), [&](Row) { ++found; });
        CHECK(found == 1);
        CHECK(snapshot->accounts().user_by_email("FRIDA@Example.Test")->id == id_of("frida"));
        CHECK_FALSE(snapshot->accounts().user_by_email("").has_value());
    }
    SECTION("the integrity check finds nothing in a sound world, and a dangling reference") {
        write(*repository, put_small_world);
        require_sound(*repository);
        write(*repository,
              [&](WriteTransaction& writes) { writes.put(to_row(ticket_of("lost", "nowhere", "north"))); });
        CHECK(repository->check_integrity().problems.size() == 1);
    }
}

void check_streams_contract(const MakeRepository& make) {
    const auto repository = make();
    const StreamId north = "l:" + id_of("north") + ":work", main = "l:" + id_of("main") + ":work";
    write(*repository, put_small_world);
    SECTION("every changed row takes its own number, in order") {
        const auto snapshot = repository->read();
        std::int64_t rows = 0;
        for (const EntityDescriptor& descriptor : all_entities())
            rows += snapshot->row_count(descriptor.entity);
        CHECK(snapshot->head().seq == rows);
        CHECK(entries_of(*snapshot, "g").size() == 1);
    }
    SECTION("only the newest change of a row is kept") {
        for (int turn = 0; turn < 3; ++turn)
            write(*repository, [&](WriteTransaction& writes) {
                Ticket ticket = ticket_of("ticketa", "willow", "north");
                ticket.subject = "turn " + std::to_string(turn);
                writes.put(to_row(ticket));
            });
        const auto snapshot = repository->read();
        std::int64_t seen = 0, seq = 0;
        snapshot->each_entry(north, 0, snapshot->head().seq, [&](const StreamEntry& entry) {
            ++seen;
            seq = entry.seq;
            return true;
        });
        CHECK(seen == 1);
        CHECK(seq == snapshot->head().seq);
        CHECK(snapshot->stream(north).last_seq == seq);
    }
    SECTION("a row that moves leaves one stream and enters another") {
        const std::int64_t before = repository->read()->head().seq;
        write(*repository,
              [&](WriteTransaction& writes) { writes.put(to_row(ticket_of("ticketa", "cedar", "main"))); });
        const auto snapshot = repository->read();
        CHECK(entries_of(*snapshot, north, before) == std::map<Id, Membership>{{id_of("ticketa"), Membership::gone}});
        CHECK(entries_of(*snapshot, main, before) == std::map<Id, Membership>{{id_of("ticketa"), Membership::present}});
        CHECK(snapshot->stream(north).count == 0);
        CHECK(snapshot->stream(main).count == 2);
        require_sound(*repository);
    }
    SECTION("a deletion leaves a tombstone in each stream") {
        write(*repository, [&](WriteTransaction& writes) { writes.remove(Entity::ticket, id_of("ticketa")); });
        const auto snapshot = repository->read();
        CHECK(entries_of(*snapshot, north) == std::map<Id, Membership>{{id_of("ticketa"), Membership::gone}});
        CHECK(snapshot->stream(north).count == 0);
        CHECK(snapshot->stream(north).hash == std::array<std::uint64_t, 2>{0, 0});
        require_sound(*repository);
    }
    SECTION("callers and places are those of the snapshot") {
        const auto before = repository->read();
        CHECK(before->caller(id_of("frida"))->grants.size() == 1);
        CHECK(before->directory(id_of("frida"))->practice_of_location(id_of("north")) == id_of("willow"));
        write(*repository, [&](WriteTransaction& writes) {
            User frida = user_of("frida", id_of("willow"));
            frida.disabled = true;
            writes.put(to_row(frida));
            Location location = from_row<Location>(*writes.get(Entity::location, id_of("north")));
            location.practice = id_of("cedar");
            writes.put(to_row(location));
            CHECK(writes.view().directory({})->practice_of_location(id_of("north")) == id_of("cedar"));
        });
        CHECK(before->caller(id_of("frida")).has_value());
        CHECK_FALSE(repository->read()->caller(id_of("frida")).has_value());
        CHECK(before->directory({})->practice_of_location(id_of("north")) == id_of("willow"));
        CHECK(repository->read()->directory({})->practice_of_location(id_of("north")) == id_of("cedar"));
    }
    SECTION("an undone change of places is forgotten") {
        CommitQueue queue(*repository);
        const Status refused = queue.run([&](WriteTransaction& writes) -> Status {
            writes.act_as({}, start_ms);
            writes.remove(Entity::location, id_of("north"));
            writes.view().directory({});
            return fail(ErrorCode::conflict, "no");
        });
        CHECK_FALSE(refused.has_value());
        CHECK(repository->read()->directory({})->practice_of_location(id_of("north")) == id_of("willow"));
    }
    SECTION("assignments are their owner's") {
        write(*repository, [&](WriteTransaction& writes) {
            Ticket ticket = ticket_of("ticketa", "willow", "north");
            ticket.assignee = id_of("sam");
            writes.put(to_row(ticket));
        });
        const auto snapshot = repository->read();
        CHECK(snapshot->directory(id_of("sam"))->tickets_of_assignee(id_of("sam")) ==
              std::vector<Id>{id_of("ticketa")});
        CHECK(snapshot->directory(id_of("mona"))->tickets_of_assignee(id_of("sam")).empty());
    }
    SECTION("permission sets are remembered per user, the newest few") {
        for (std::size_t turn = 0; turn <= limits::permission_sets_per_user_max; ++turn)
            write(*repository, [&](WriteTransaction& writes) {
                writes.put_permission_set(id_of("sam"), "set" + std::to_string(turn), {"g", "s"},
                                          start_ms + static_cast<InstantMs>(turn));
            });
        const auto snapshot = repository->read();
        CHECK_FALSE(snapshot->permission_set(id_of("sam"), "set0").has_value());
        CHECK(snapshot->permission_set(id_of("sam"), "set1") == std::vector<StreamId>{"g", "s"});
        CHECK_FALSE(snapshot->permission_set(id_of("mona"), "set1").has_value());
    }
}

void check_mutations_contract(const MakeRepository& make) {
    const auto repository = make();
    const MutationRecord record{id_of("intent"),
                                id_of("frida"),
                                "{}",
                                {OutcomeKind::rejected,
                                 RejectionCode::clash,
                                 "somebody else was first",
                                 {{"subject", Value(std::string("theirs"))}}},
                                "",
                                start_ms};
    write(*repository, [&](WriteTransaction& writes) {
        writes.put_client({id_of("client"), id_of("frida"), 1});
        writes.put_mutation(id_of("client"), 1, record);
    });
    SECTION("a result is found by number and by intent") {
        const auto snapshot = repository->read();
        CHECK(snapshot->client(id_of("client"))->last_mid == 1);
        CHECK(snapshot->intent_of(id_of("client"), 1) == record.intent);
        CHECK_FALSE(snapshot->intent_of(id_of("client"), 2).has_value());
        const auto stored = snapshot->mutation(record.intent);
        REQUIRE(stored.has_value());
        CHECK(stored->user == record.user);
        CHECK(stored->body == record.body);
        CHECK(stored->outcome == record.outcome);
        CHECK_FALSE(snapshot->mutation(id_of("other")).has_value());
    }
    SECTION("another client may take the same intent under its own number; the first result stands") {
        MutationRecord again = record;
        again.outcome = {};
        write(*repository, [&](WriteTransaction& writes) { writes.put_mutation(id_of("client2"), 1, again); });
        CHECK(repository->read()->intent_of(id_of("client2"), 1) == record.intent);
        CHECK(repository->read()->mutation(record.intent)->outcome == record.outcome);
    }
    SECTION("ticket numbers count up") {
        std::int64_t first = 0, second = 0;
        write(*repository, [&](WriteTransaction& writes) { first = writes.next_ticket_number(); });
        write(*repository, [&](WriteTransaction& writes) { second = writes.next_ticket_number(); });
        CHECK(second == first + 1);
    }
}

void check_accounts_contract(const MakeRepository& make) {
    const auto repository = make();
    write(*repository, put_small_world);
    SECTION("sessions") {
        write(*repository, [&](WriteTransaction& writes) {
            writes.accounts().put_session({"hash1", id_of("frida"), 1, 2, 3, "former", 4});
            writes.accounts().put_session({"hash2", id_of("frida"), 1, 2, 3, "", 0});
            writes.accounts().put_session({"hash3", id_of("olga"), 1, 2, 3, "", 0});
        });
        const auto session = repository->read()->accounts().session("hash1");
        REQUIRE(session.has_value());
        CHECK(session->user == id_of("frida"));
        CHECK(session->seen_ms == 2);
        CHECK(session->predecessor == "former");
        CHECK(session->ends_ms == 4);
        write(*repository, [&](WriteTransaction& writes) { writes.accounts().remove_sessions_of(id_of("frida")); });
        CHECK_FALSE(repository->read()->accounts().session("hash1").has_value());
        CHECK_FALSE(repository->read()->accounts().session("hash2").has_value());
        CHECK(repository->read()->accounts().session("hash3").has_value());
    }
    SECTION("links, throttles, passwords, demo accounts, audit") {
        write(*repository, [&](WriteTransaction& writes) {
            AccountWrites& accounts = writes.accounts();
            accounts.put_link({"hash", id_of("frida"), LinkPurpose::reset, 99});
            accounts.put_throttle("account:x", {3, 77});
            accounts.set_password_hash(id_of("frida"), "first");
            accounts.set_password_hash(id_of("frida"), "second");
            accounts.put_demo_account({id_of("olga"), "o@example.test", "Olga", "practice_admin", "cedar", 2});
            accounts.put_demo_account({id_of("frida"), "f@example.test", "Frida", "practice_user", "willow", 1});
            accounts.add_audit({1, "", "first", "", "", ""});
            accounts.add_audit({2, "", "second", "", "", ""});
            writes.set_tenant_kind(TenantKind::demo);
        });
        const auto snapshot = repository->read();
        AccountReads& accounts = snapshot->accounts();
        CHECK(accounts.link("hash")->purpose == LinkPurpose::reset);
        CHECK(accounts.throttle("account:x")->failures == 3);
        CHECK(accounts.password_hash(id_of("frida")) == "second");
        REQUIRE(accounts.demo_accounts().size() == 2);
        CHECK(accounts.demo_accounts().front().user == id_of("frida"));
        CHECK(accounts.audit(1).front().action == "second");
        CHECK(accounts.has_admin());
        CHECK(snapshot->tenant_kind() == TenantKind::demo);
    }
}

namespace {

constexpr Day first_of_march = 20'513;  // 2026-03-01.

BatchId stage(Repository& repository, const std::vector<FinancingFact>& facts, std::vector<FactVerdict>& verdicts) {
    BatchId batch = 0;
    write(repository, [&](WriteTransaction& writes) {
        batch = writes.imports().begin(first_of_march + 30, start_ms).value();
        verdicts = writes.imports().stage_facts(batch, facts).value();
    });
    return batch;
}

void publish(Repository& repository, BatchId batch) {
    write(repository, [&](WriteTransaction& writes) {
        while (writes.imports().prepare(batch, 1).value() > 0) {
        }
    });
    write(repository,
          [&](WriteTransaction& writes) { REQUIRE(writes.imports().publish(batch, start_ms).has_value()); });
    write(repository, [&](WriteTransaction& writes) {
        while (!writes.imports().sweep(1).value()) {
        }
    });
}

std::int64_t segment_facts(Repository& repository, std::string_view location) {
    std::int64_t count = 0;
    repository.read()->each_row_where(Entity::fact_segment, "location", id_of(location),
                                      [&](Row row) { count += integer_value(row, "fact_count"); });
    return count;
}

}  // namespace

void check_imports_contract(const MakeRepository& make) {
    const auto repository = make();
    write(*repository, put_small_world);
    std::vector<FactVerdict> verdicts;
    const std::vector<FinancingFact> facts = {fact_of("a", "willow", "north", first_of_march, 100),
                                              fact_of("b", "willow", "north", first_of_march + 1, 200),
                                              fact_of("c", "cedar", "main", first_of_march, 300)};
    const std::int64_t seq = repository->read()->head().seq;
    const BatchId batch = stage(*repository, facts, verdicts);
    SECTION("nothing staged is visible; publishing is one switch with one change per segment and rollup") {
        CHECK(verdicts == std::vector(3, FactVerdict::inserted));
        CHECK(repository->read()->fact_count() == 0);
        CHECK_FALSE(repository->read()->fact("a").has_value());
        write(*repository, [&](WriteTransaction& writes) {
            CHECK(writes.imports().publish(batch, start_ms).error().code == ErrorCode::precondition_failed);
            CHECK(writes.imports().begin(first_of_march, start_ms).error().code == ErrorCode::conflict);
            // One segment is left and its practice known; then two practices' rollups.
            CHECK(writes.imports().prepare(batch, 1).value() == 2);
            CHECK(writes.imports().prepare(batch, 1).value() == 2);
            CHECK(writes.imports().publish(batch, start_ms).error().code == ErrorCode::precondition_failed);
            CHECK(writes.imports().prepare(batch, 1).value() == 1);
            CHECK(writes.imports().prepare(batch, 1).value() == 0);
        });
        CHECK(repository->read()->head().seq == seq);
        publish(*repository, batch);
        CHECK(repository->read()->head().seq == seq + 4);
        CHECK(repository->read()->fact_count() == 3);
        CHECK(repository->read()->fact("b")->settled_cents == 200);
        CHECK(segment_facts(*repository, "north") == 2);
        CHECK(segment_facts(*repository, "main") == 1);
        require_sound(*repository);
    }
    SECTION("the same facts again change nothing; another cent changes its segment and rollup alone") {
        publish(*repository, batch);
        auto again = facts;
        again[0].row_number = 77;
        const BatchId second = stage(*repository, again, verdicts);
        CHECK(verdicts == std::vector(3, FactVerdict::unchanged));
        publish(*repository, second);
        CHECK(repository->read()->head().seq == seq + 4);
        again[1].settled_cents = 201;
        const BatchId third = stage(*repository, again, verdicts);
        CHECK(verdicts == std::vector{FactVerdict::unchanged, FactVerdict::changed, FactVerdict::unchanged});
        CHECK(repository->read()->fact("b")->settled_cents == 200);
        publish(*repository, third);
        CHECK(repository->read()->head().seq == seq + 6);
        CHECK(repository->read()->fact("b")->settled_cents == 201);
        CHECK(repository->read()->fact_count() == 3);
    }
    SECTION("a fact that moves leaves its former segment, which goes when it is empty") {
        publish(*repository, batch);
        const BatchId second = stage(*repository, {fact_of("c", "willow", "north", first_of_march, 300)}, verdicts);
        CHECK(verdicts == std::vector{FactVerdict::changed});
        publish(*repository, second);
        CHECK(segment_facts(*repository, "north") == 3);
        CHECK(segment_facts(*repository, "main") == 0);
        std::int64_t seen = 0;
        repository->read()->each_fact(id_of("north"), month_of_day(first_of_march),
                                      [&](const FinancingFact&) { ++seen; });
        CHECK(seen == 3);
        CHECK(repository->read()->row_count(Entity::fact_segment) == 1);
        CHECK(repository->read()->row_count(Entity::fact_rollup) == 1);
        require_sound(*repository);
    }
    SECTION("an abandoned import leaves nothing, and the next one starts") {
        write(*repository, [&](WriteTransaction& writes) {
            CHECK(writes.imports().stage_rows(batch, std::vector{to_row(ticket_of("ticketz", "willow", "north"))}));
            while (!writes.imports().abandon(batch, 1).value()) {
            }
        });
        CHECK(repository->read()->fact_count() == 0);
        const BatchId second = stage(*repository, facts, verdicts);
        CHECK(verdicts == std::vector(3, FactVerdict::inserted));
        publish(*repository, second);
        CHECK(repository->read()->fact_count() == 3);
        CHECK_FALSE(repository->read()->row(Entity::ticket, id_of("ticketz")).has_value());
        require_sound(*repository);
    }
    SECTION("rows are published with the facts") {
        write(*repository, [&](WriteTransaction& writes) {
            CHECK(writes.imports().stage_rows(batch, std::vector{to_row(ticket_of("ticketz", "willow", "north"))}));
        });
        CHECK_FALSE(repository->read()->row(Entity::ticket, id_of("ticketz")).has_value());
        publish(*repository, batch);
        CHECK(repository->read()->row(Entity::ticket, id_of("ticketz"))->rev == 1);
    }
}

void check_garbage_contract(const MakeRepository& make) {
    const auto repository = make();
    write(*repository, put_small_world);
    write(*repository, [&](WriteTransaction& writes) { writes.remove(Entity::ticket, id_of("ticketa")); });
    const std::int64_t deleted_at = repository->read()->head().seq;
    const StreamId north = "l:" + id_of("north") + ":work";
    SECTION("young tombstones stay") {
        const InstantMs now_ms = start_ms + (limits::tombstone_days_kept - 1) * day_ms;
        write(*repository, [&](WriteTransaction& writes) { writes.collect_garbage(now_ms); }, now_ms);
        CHECK(repository->read()->head().floor == 0);
        CHECK(entries_of(*repository->read(), north).size() == 1);
    }
    SECTION("old ones go, the floor rises, and no row comes back") {
        const InstantMs now_ms = start_ms + (limits::tombstone_days_kept + 2) * day_ms;
        write(*repository, [&](WriteTransaction& writes) { writes.collect_garbage(now_ms); }, now_ms);
        CHECK(repository->read()->head().floor == deleted_at);
        CHECK(entries_of(*repository->read(), north).empty());
        CHECK_FALSE(repository->read()->row(Entity::ticket, id_of("ticketa")).has_value());
        CHECK(repository->read()->row(Entity::ticket, id_of("ticketb")).has_value());
        require_sound(*repository);
    }
}

}  // namespace portal::server::test
