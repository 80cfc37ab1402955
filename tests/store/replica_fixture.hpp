// Tickets, pages and edits for the tests of a replica and its outbox.
#pragma once

#include <sqlite3.h>

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <vector>

#include "app/store/outbox.hpp"
#include "app/store/patch.hpp"
#include "app/store/replica.hpp"
#include "app/store/sum_recount.hpp"
#include "shared/model/records.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::store {

inline Id id_of(int number) {
    SeededRandom random(static_cast<std::uint64_t>(number));
    return make_id(1, random);
}

inline std::unique_ptr<Replica> in_memory() {
    auto replica = Replica::open({});
    REQUIRE(replica.has_value());
    return std::move(*replica);
}

inline Ticket ticket_of(int number, const std::string& subject, std::int64_t rev = 1) {
    Ticket ticket;
    ticket.id = id_of(number);
    ticket.rev = rev;
    ticket.practice = id_of(1000);
    ticket.location = id_of(1001);
    ticket.subject = subject;
    return ticket;
}

inline std::string subject_in(Replica& replica, int number) {
    const auto row = replica.get(Entity::ticket, id_of(number));
    return row ? std::string(text_value(*row, "subject")) : "(none)";
}

// Streams whose sum is not that of their rows.
inline std::vector<StreamId> differing(Replica& replica) {
    SumRecount recount(replica);
    while (recount.step([] { return true; })) {
    }
    return recount.differing();
}

// One whole reply of the server.
inline std::string page_of(std::vector<wire::PullLine> lines, std::int64_t seq, const std::string& next_page = {}) {
    std::string body;
    for (const wire::PullLine& line : lines)
        body += wire::encode(line);
    wire::PullEnd end;
    end.rows = static_cast<std::int64_t>(lines.size()) - 1;
    end.crc = wire::crc32(body);
    end.next_seq = seq;
    end.more = !next_page.empty();
    end.page = next_page;
    return body + wire::encode(wire::PullLine(end));
}

inline wire::PullBegin begin_of(std::int64_t last_mid = 0, const std::string& epoch = "e1") {
    wire::PullBegin begin;
    begin.epoch = epoch;
    begin.set = "set";
    begin.server_time_ms = 1'700'000'000'000;
    begin.streams = {"g", "s1", "s2"};
    begin.user = id_of(7);
    begin.last_mid = last_mid;
    return begin;
}

inline RowKeys apply_pull(Replica& replica, const std::string& body) {
    Outbox outbox(replica);
    auto page = check_page(body);
    REQUIRE(page.has_value());
    PatchApplier applier(replica, outbox, {body, *page}, 0, id_of(99));
    while (true) {
        const auto progress = applier.step([] { return true; });  // One line per step.
        REQUIRE(progress.has_value());
        if (*progress == PatchApplier::Progress::committed) break;
    }
    CHECK(applier.bad_sums().empty());
    CHECK(differing(replica).empty());
    return applier.changed();
}

inline Mutation creation(int number, const std::string& subject) {
    Mutation mutation;
    mutation.intent = id_of(number + 5000);
    mutation.kind = MutationKind::create;
    mutation.entity = Entity::ticket;
    mutation.row = id_of(number);
    mutation.set = {{"subject", Value{subject}}};
    return mutation;
}

}  // namespace portal::store
