#include "tests/store/replica_fixture.hpp"

#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"

namespace portal::store {
namespace {

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

std::string bytes_of(Replica& replica) {
    sqlite3_int64 size = 0;
    unsigned char* bytes = sqlite3_serialize(replica.database().getHandle(), "main", &size, 0);
    REQUIRE(bytes != nullptr);
    std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    return text;
}

TEST_CASE("Edits of rows whose access was taken back go to the tray, and only the user's own words stay", "[store]") {
    db::OpenOptions options;
    options.erasure = db::Erasure::overwrite;
    const auto replica = std::move(*Replica::open(options));
    Outbox outbox(*replica);
    apply_pull(*replica, page_of({begin_of(), wire::PullUpsert{to_row(ticket_of(1, "secret one")), {"s1"}},
                                  wire::PullUpsert{to_row(ticket_of(2, "seen still")), {"s2"}}},
                                 5));
    const auto edit_of = [](int number, const std::string& was) {
        Mutation mutation = creation(number, "mine");
        mutation.kind = MutationKind::update;
        mutation.was = {{"subject", Value{was}}};
        mutation.set = {{"subject", Value{"my words " + std::to_string(number)}}};
        mutation.intent = id_of(6000 + number);
        return mutation;
    };
    Mutation reply = creation(3, "a reply");
    reply.entity = Entity::message;
    reply.set = {{"ticket", Value{id_of(1)}}, {"body", Value{std::string("my reply")}}};
    replica->begin();
    outbox.append(edit_of(9, "secret one"), "secret one", 1);
    outbox.take_result({1, id_of(6009), {}}, 1);
    outbox.mark_covered(1, begin_of().server_time_ms);
    replica->database().exec("UPDATE outbox SET body = replace(body, '" + id_of(9) + "', '" + id_of(1) + "')");
    REQUIRE(bytes_of(*replica).find("secret one") != std::string::npos);
    outbox.append(edit_of(1, "secret one"), "secret one", 1);
    outbox.append(edit_of(2, "seen still"), "seen still", 2);
    outbox.append(reply, "secret one", 3);
    outbox.refuse(edit_of(1, "secret one"),
                  {OutcomeKind::rejected, RejectionCode::clash, "no", {{"subject", Value{std::string("secret one")}}}},
                  "secret one", 4);
    replica->commit();
    apply_pull(*replica, page_of({begin_of(1), wire::PullDrop{"s1"}}, 6));
    CHECK(bytes_of(*replica).find("secret one") == std::string::npos);
    const auto tray = outbox.tray();
    REQUIRE(tray.size() == 2);
    for (const TrayItem& item : tray) {
        CHECK(item.outcome.code == RejectionCode::access_revoked);
        CHECK(item.about.empty());
    }
    CHECK(bytes_of(*replica).find("my words 1") != std::string::npos);
    CHECK(bytes_of(*replica).find("my reply") != std::string::npos);
    // The one that is left is numbered from 1 again, for a new client.
    const auto pending = outbox.pending(10);
    REQUIRE(pending.size() == 1);
    CHECK(pending.front().mutation.mid == 1);
    CHECK(pending.front().about == "seen still");
    CHECK(replica->state().client == id_of(99));
}

TEST_CASE("An edit that was sent waits for its result, also when the access was taken back meanwhile", "[store]") {
    const auto replica = in_memory();
    Outbox outbox(*replica);
    apply_pull(*replica, page_of({begin_of(), wire::PullUpsert{to_row(ticket_of(1, "one")), {"s1"}}}, 5));
    Mutation mutation = creation(1, "mine");
    mutation.kind = MutationKind::update;
    replica->begin();
    outbox.append(mutation, "one", 1);
    outbox.mark_sent(1, 1);
    replica->commit();
    apply_pull(*replica, page_of({begin_of(), wire::PullDrop{"s1"}}, 6));
    CHECK(outbox.tray().empty());
    CHECK(outbox.pending(10).size() == 1);
    CHECK(replica->state().client != id_of(99));
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

}  // namespace
}  // namespace portal::store
