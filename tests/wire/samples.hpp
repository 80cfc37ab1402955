// A fixed message of each kind, with something in every member. The golden hash is taken of these: change them only
// together with the protocol's version.
#pragma once

#include <vector>

#include "shared/model/records.hpp"
#include "shared/wire/sync_messages.hpp"

namespace portal::wire {

inline PullRequest sample_pull_request() {
    PullRequest request;
    request.client = "01J8Z3K4M5N6P7Q8R9S0T1V2W3";
    request.epoch = "e-7f3a";
    request.seq = 42;
    request.set = "s-19";
    request.max_bytes = 1 << 20;
    request.page = "page-2";
    request.repair = {"l:01J8Z3K4M5N6P7Q8R9S0T1V2W7:work", "g"};
    return request;
}

inline std::vector<PullLine> sample_pull_lines() {
    Ticket ticket;
    ticket.id = "01J8Z3K4M5N6P7Q8R9S0T1V2W4";
    ticket.rev = 3;
    ticket.updated_ms = 1'700'000'000'123;
    ticket.updated_by = "01J8Z3K4M5N6P7Q8R9S0T1V2W5";
    ticket.number = 1042;
    ticket.practice = "01J8Z3K4M5N6P7Q8R9S0T1V2W6";
    ticket.location = "01J8Z3K4M5N6P7Q8R9S0T1V2W7";
    ticket.subject = "Conciliación \"rota\"";
    ticket.description = "Desde la actualización\nno cuadra.";
    ticket.state = TicketState::waiting_practice;
    ticket.priority = TicketPriority::urgent;
    ticket.labels = "ledger,upgrade";
    ticket.created_ms = 1'699'999'000'000;
    ticket.due_ms = 1'700'100'000'000;
    FactSegment segment;
    segment.id = "01J8Z3K4M5N6P7Q8R9S0T1V2W8";
    segment.rev = 1;
    segment.practice = ticket.practice;
    segment.location = ticket.location;
    segment.month = 2023 * 12 + 10;
    segment.fact_count = 2;
    segment.closed_until = 19'675;
    segment.columns.data = std::string("\0\1\2\xfd\xfe\xff\x10", 7);
    return {
        PullBegin{"e-7f3a", "s-20", true, 1'700'000'000'000, {"g", "l:x:work"}, "01J8Z3K4M5N6P7Q8R9S0T1V2W5", 7, 1200},
        PullDrop{"p:01J8Z3K4M5N6P7Q8R9S0T1V2W9"},
        PullUpsert{to_row(ticket), {"l:x:work", "t:y:public"}},
        PullUpsert{to_row(segment), {"l:x:fin"}},
        PullDelete{Entity::message, "01J8Z3K4M5N6P7Q8R9S0T1V2WA"},
        PullSum{"g", 12, {0x0123456789abcdefull, 0xfedcba9876543210ull}},
        PullEnd{120, 0xdeadbeefu, 57, true, "page-3"},
    };
}

inline PushRequest sample_push_request() {
    PushRequest request;
    request.client = "01J8Z3K4M5N6P7Q8R9S0T1V2W3";
    request.acked = 5;
    Mutation create;
    create.mid = 6;
    create.intent = "01J8Z3K4M5N6P7Q8R9S0T1V2WB";
    create.kind = MutationKind::create;
    create.entity = Entity::ticket;
    create.row = "01J8Z3K4M5N6P7Q8R9S0T1V2W4";
    create.set = {{"location", Value{std::string("x")}}, {"subject", Value{std::string("Línea caída")}}};
    Mutation update = create;
    update.mid = 7;
    update.intent = "01J8Z3K4M5N6P7Q8R9S0T1V2WC";
    update.kind = MutationKind::update;
    update.depends_on = create.intent;
    update.was = {{"due_ms", Value{}}, {"state", Value{std::string("new")}}};
    update.set = {{"due_ms", Value{std::int64_t{1'700'100'000'000}}}, {"state", Value{std::string("triaged")}}};
    request.mutations = {create, update};
    return request;
}

inline PushResponse sample_push_response() {
    PushResponse response;
    response.epoch = "e-7f3a";
    response.renew_client = true;
    response.results.push_back({6, "01J8Z3K4M5N6P7Q8R9S0T1V2WB", {OutcomeKind::applied, RejectionCode::none, "", {}}});
    response.results.push_back({7,
                                "01J8Z3K4M5N6P7Q8R9S0T1V2WC",
                                {OutcomeKind::rejected,
                                 RejectionCode::clash,
                                 "somebody else changed the state",
                                 {{"due_ms", Value{}}, {"state", Value{std::string("in_progress")}}}}});
    return response;
}

}  // namespace portal::wire
