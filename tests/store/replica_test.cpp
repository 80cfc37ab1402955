#include "tests/store/replica_fixture.hpp"

#include "app/store/schema.hpp"

namespace portal::store {
namespace {

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
    replica->put_base(to_row(ticket_of(3, "three")), {"s1", "s2", "s3"});
    CHECK(replica->sums().of("s1").count == 3);
    CHECK(differing(*replica).empty());
    const auto gone = replica->drop_streams({"s1", "s3", "never held"});
    CHECK(gone == std::vector<RowKey>{{Entity::ticket, id_of(2)}});
    CHECK(subject_in(*replica, 1) == "both");
    CHECK(replica->streams_of(Entity::ticket, id_of(3)) == std::vector<StreamId>{"s2"});
    CHECK(replica->sums().held() == std::vector<StreamId>{"s2"});
    CHECK(replica->sums().of("s2").count == 2);
    CHECK(differing(*replica).empty());
    replica->remove_base(Entity::ticket, id_of(1));
    replica->remove_base(Entity::ticket, id_of(3));
    CHECK(replica->sums().of("s2") == StreamSum{});
    replica->commit();
}

TEST_CASE("A recount finds the stream whose rows are not those of its sum, unless a pull has changed it meanwhile",
          "[store]") {
    const auto replica = in_memory();
    replica->begin();
    replica->put_base(to_row(ticket_of(1, "one")), {"s1"});
    replica->put_base(to_row(ticket_of(2, "two")), {"s2"});
    replica->commit();
    replica->database().exec("UPDATE base_ticket SET rev = rev + 1");
    CHECK(differing(*replica) == std::vector<StreamId>{"s1", "s2"});
    SumRecount recount(*replica);
    replica->begin();
    replica->put_base(to_row(ticket_of(3, "three")), {"s2"});
    replica->commit();
    while (recount.step([] { return true; })) {
    }
    CHECK(recount.differing() == std::vector<StreamId>{"s1"});
}

// The pages of a first load, each with its own transaction.
TEST_CASE("A first load goes into the base page by page and is published by the last one", "[store]") {
    const auto replica = in_memory();
    Outbox outbox(*replica);
    std::vector<std::string> seen;
    FirstLoadObserver observer{
        [&](const Row& row) { seen.push_back("put " + std::string(text_value(row, "subject"))); },
        [&](Entity, const Id& id) { seen.push_back(id == id_of(2) ? "removed" : "?"); }};
    const auto apply = [&](std::vector<wire::PullLine> lines, bool is_first, const std::string& next) {
        wire::PullBegin begin = begin_of();
        begin.reset = true;
        lines.insert(lines.begin(), begin);
        const std::string body = page_of(std::move(lines), 9, next);
        const auto page = check_page(body);
        REQUIRE(page.has_value());
        PatchApplier applier(*replica, outbox, {body, *page, is_first}, 0, id_of(99), observer);
        CHECK(applier.is_first_load());
        CHECK(applier.is_unfinished() == !next.empty());
        REQUIRE(applier.step([] { return false; }) == PatchApplier::Progress::committed);
        CHECK(applier.changed().empty());
        CHECK(applier.bad_sums().empty());
    };
    apply(
        {wire::PullUpsert{to_row(ticket_of(1, "one")), {"s1"}}, wire::PullUpsert{to_row(ticket_of(2, "two")), {"s1"}}},
        true, "page 2");
    CHECK(replica->state().epoch.empty());
    CHECK(replica->state().staged_next_page == "page 2");
    CHECK(replica->staged_page_count() == 0);
    const auto pragma = [&](const std::string& name) {
        return replica->database().execAndGet("PRAGMA " + name).getInt64();
    };
    // A page that others follow may be lost with the machine's power, and the log waits for the last one.
    CHECK(pragma("synchronous") == 1);
    CHECK(pragma("wal_autocheckpoint") == limits::deferred_log_pages_max);
    CHECK(subject_in(*replica, 2) == "two");
    StreamSum sum = replica->sums().of("s1");
    sum.add(wire::row_hash(Entity::ticket, id_of(2), 1), -1);
    sum.add(wire::row_hash(Entity::ticket, id_of(1), 1), -1);
    sum.add(wire::row_hash(Entity::ticket, id_of(1), 2), +1);
    apply({wire::PullUpsert{to_row(ticket_of(1, "one later", 2)), {"s1"}}, wire::PullDelete{Entity::ticket, id_of(2)},
           wire::PullSum{"s1", sum.count, sum.hash}},
          false, "");
    CHECK(pragma("synchronous") == 2);
    replica->fold_log();
    CHECK(pragma("wal_autocheckpoint") == limits::log_pages_max);
    CHECK(replica->state().epoch == "e1");
    CHECK(replica->state().cursor == 9);
    CHECK(replica->state().staged_next_page.empty());
    CHECK(subject_in(*replica, 1) == "one later");
    CHECK(subject_in(*replica, 2) == "(none)");
    CHECK(seen == std::vector<std::string>{"put one", "put two", "put one later", "removed"});
    CHECK(differing(*replica).empty());
}

TEST_CASE("A first load that starts again forgets what had come", "[store]") {
    const auto replica = in_memory();
    Outbox outbox(*replica);
    const auto apply = [&](int number, const std::string& next) {
        const std::string body =
            page_of({begin_of(), wire::PullUpsert{to_row(ticket_of(number, "x")), {"s1"}}}, 9, next);
        PatchApplier applier(*replica, outbox, {body, *check_page(body), true}, 0, id_of(99));
        REQUIRE(applier.step([] { return false; }) == PatchApplier::Progress::committed);
    };
    apply(1, "page 2");
    apply(2, "");
    CHECK(subject_in(*replica, 1) == "(none)");
    CHECK(subject_in(*replica, 2) == "x");
    CHECK(replica->sums().of("s1").count == 1);
    CHECK(differing(*replica).empty());
}

// As the second version had it: memberships beside the rows, and neither action items nor what came later.
void make_version_2(SQLite::Database& database) {
    database.exec(
        "DROP TABLE base_action_item; DROP TABLE overlay_action_item;"
        "DROP TABLE base_fact_rollup; DROP TABLE overlay_fact_rollup;"
        "DROP TABLE base_vendor_count; DROP TABLE overlay_vendor_count;"
        "DROP TABLE base_deposit_review; DROP TABLE overlay_deposit_review;"
        "DROP TABLE base_prospect; DROP TABLE overlay_prospect;");
    for (const EntityDescriptor& descriptor : all_entities())
        if (descriptor.entity != Entity::action_item && descriptor.entity != Entity::fact_rollup &&
            descriptor.entity != Entity::vendor_count && descriptor.entity != Entity::deposit_review &&
            descriptor.entity != Entity::prospect)
            database.exec("ALTER TABLE base_" + std::string(descriptor.name) + " DROP COLUMN streams");
    database.exec(
        "CREATE TABLE membership (entity TEXT NOT NULL, id TEXT NOT NULL, stream INTEGER NOT NULL,"
        " PRIMARY KEY (entity, id, stream)) STRICT, WITHOUT ROWID;"
        "CREATE INDEX membership_by_stream ON membership (stream);"
        "CREATE INDEX base_ticket_by_practice ON base_ticket (practice);"
        "PRAGMA user_version = 2;");
}

TEST_CASE("A replica of the second version keeps rows and the streams that they are in", "[store]") {
    auto older = std::move(*db::open_database({}));
    REQUIRE(db::migrate(*older, replica_schema()));
    {
        auto made = Replica::adopt(std::move(older));
        REQUIRE(made.has_value());
        (*made)->begin();
        (*made)->put_base(to_row(ticket_of(1, "both")), {"s1", "s2"});
        (*made)->put_base(to_row(ticket_of(2, "one")), {"s2"});
        (*made)->commit();
        auto copy = std::move(*db::open_database({}));
        REQUIRE((*made)->copy_to(*copy));
        older = std::move(copy);
    }
    make_version_2(*older);
    older->exec(
        "INSERT INTO membership SELECT 'ticket', base_ticket.id, stream.number FROM base_ticket, stream"
        " WHERE name = 's2' OR subject = 'both';"
        "INSERT INTO meta VALUES ('staged_next_page', '2'); INSERT INTO staged_page (body) VALUES (x'00');");
    auto opened = Replica::adopt(std::move(older));
    REQUIRE(opened.has_value());
    Replica& replica = **opened;
    CHECK(replica.streams_of(Entity::ticket, id_of(1)) == std::vector<StreamId>{"s1", "s2"});
    CHECK(replica.streams_of(Entity::ticket, id_of(2)) == std::vector<StreamId>{"s2"});
    CHECK(differing(replica).empty());
    CHECK(replica.staged_page_count() == 0);
    CHECK(replica.state().staged_next_page.empty());
    CHECK(replica.database()
              .execAndGet("SELECT COUNT(*) FROM sqlite_schema WHERE name IN ('membership', 'base_ticket_by_practice')")
              .getInt() == 0);
}

TEST_CASE("A replica of the second version goes on where it was", "[store]") {
    const auto columns_of_items = [](SQLite::Database& database) {
        return database
            .execAndGet(
                "SELECT group_concat(name || type || \"notnull\" || pk) FROM "
                "(SELECT * FROM pragma_table_info('base_action_item') UNION ALL "
                "SELECT * FROM pragma_table_info('overlay_action_item'))")
            .getString();
    };
    auto older = std::move(*db::open_database({}));
    REQUIRE(db::migrate(*older, replica_schema()));
    const std::string columns = columns_of_items(*older);
    make_version_2(*older);
    older->exec(
        "INSERT INTO meta VALUES ('cursor', '44'), ('permission_set', 'set'), ('staged_next_page', '2'),"
        " ('epoch', 'e1'), ('client', 'c'), ('next_mid', '8');"
        "INSERT INTO staged_page (body) VALUES (x'00');"
        "INSERT INTO outbox (mid, intent, body, about, made_ms) VALUES (7, 'i', '{}', 'a', 1)");
    SQLite::Database& database = *older;
    auto opened = Replica::adopt(std::move(older));
    REQUIRE(opened.has_value());
    Replica& replica = **opened;
    CHECK(columns_of_items(database) == columns);
    // The same streams are shown to the same people, and new ones come by the permission set.
    CHECK(replica.state().cursor == 44);
    CHECK(replica.state().permission_set == "set");
    CHECK(replica.staged_page_count() == 0);
    CHECK(Outbox(replica).pending_count() == 1);
    ActionItem item;
    item.id = id_of(3);
    item.title = "Call them";
    replica.begin();
    replica.put(to_row(item));
    replica.commit();
    CHECK(text_value(*replica.get(Entity::action_item, item.id), "title") == "Call them");
}

TEST_CASE(
    "A replica of the third version gets its places for rollups, counts, reviews and leads and goes on where it was",
    "[store]") {
    const auto columns_of = [](SQLite::Database& database) {
        return database
            .execAndGet(
                "SELECT group_concat(name || type || \"notnull\" || pk) FROM "
                "(SELECT * FROM pragma_table_info('base_fact_rollup') UNION ALL "
                "SELECT * FROM pragma_table_info('overlay_fact_rollup') UNION ALL "
                "SELECT * FROM pragma_table_info('base_vendor_count') UNION ALL "
                "SELECT * FROM pragma_table_info('overlay_vendor_count') UNION ALL "
                "SELECT * FROM pragma_table_info('base_deposit_review') UNION ALL "
                "SELECT * FROM pragma_table_info('overlay_deposit_review') UNION ALL "
                "SELECT * FROM pragma_table_info('base_prospect') UNION ALL "
                "SELECT * FROM pragma_table_info('overlay_prospect'))")
            .getString();
    };
    auto older = std::move(*db::open_database({}));
    REQUIRE(db::migrate(*older, replica_schema()));
    const std::string columns = columns_of(*older);
    older->exec(
        "DROP TABLE base_fact_rollup; DROP TABLE overlay_fact_rollup;"
        "DROP TABLE base_vendor_count; DROP TABLE overlay_vendor_count;"
        "DROP TABLE base_deposit_review; DROP TABLE overlay_deposit_review;"
        "DROP TABLE base_prospect; DROP TABLE overlay_prospect; PRAGMA user_version = 3;"
        "INSERT INTO meta VALUES ('cursor', '44'), ('permission_set', 'set'), ('staged_next_page', '2'),"
        " ('epoch', 'e1'), ('client', 'c'), ('next_mid', '8');"
        "INSERT INTO staged_page (body) VALUES (x'00')");
    SQLite::Database& database = *older;
    auto opened = Replica::adopt(std::move(older));
    REQUIRE(opened.has_value());
    Replica& replica = **opened;
    CHECK(columns_of(database) == columns);
    CHECK(replica.state().cursor == 44);
    CHECK(replica.staged_page_count() == 0);
    FactRollup rollup;
    rollup.id = id_of(3);
    rollup.columns.data = "bytes";
    replica.begin();
    replica.put_base(to_row(rollup), {"r:p"});
    replica.commit();
    CHECK(text_value(*replica.get(Entity::fact_rollup, rollup.id), "columns") == "bytes");
}

TEST_CASE("A replica of the first version keeps its rows and edits, and pulls everything anew", "[store]") {
    auto older = std::move(*db::open_database({}));
    REQUIRE(db::migrate(*older, replica_schema()));
    make_version_2(*older);
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
    CHECK(replica->sums().held().empty());
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
    CHECK((*copy)->sums().of("s1").count == 1);
    CHECK(differing(**copy).empty());
}

}  // namespace
}  // namespace portal::store
