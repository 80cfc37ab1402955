// Rows in memory and a small world of them, for the tests of the mutator.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <map>

#include "shared/model/records.hpp"
#include "shared/rules/mutate.hpp"
#include "tests/rules/places.hpp"

namespace portal::test {

class MemoryRows final : public RowStore {
  public:
    std::optional<Row> get(Entity entity, const Id& id) override {
        const auto found = rows.find({entity, id});
        return found == rows.end() ? std::nullopt : std::optional(found->second);
    }
    void put(const Row& row) override {
        Row stored = row;
        ++stored.rev;
        rows[{row.entity, row.id}] = stored;
        ++writes;
    }
    template <class Record>
    void seed(Record record) {
        rows[{Record::entity, record.id}] = to_row(record);
    }
    std::map<std::pair<Entity, Id>, Row> rows;
    int writes = 0;
};

inline Value text(std::string_view value) {
    return Value{std::string(value)};
}

inline constexpr InstantMs hour = 60LL * 60 * 1000;
// Wednesday 2026-03-04, 10:00 in Los Angeles.
inline constexpr InstantMs start = 1'772'647'200'000;

// The practices of sample_directory() with their rows, an agent, a vendor's engineer, and a ticket of Willow.
struct World {
    World() {
        Calendar calendar;
        calendar.id = id_of("calendar");
        calendar.hours =
            "09:00-12:00,13:00-17:00|09:00-12:00,13:00-17:00|09:00-12:00,13:00-17:00|"
            "09:00-12:00,13:00-17:00|09:00-12:00,13:00-17:00||";
        rows.seed(calendar);
        add_place("willownorth", "willow", "willowpms", "canino");
        add_place("cedarmain", "cedar", "cedarpms", "canino");
        add_place("strangermain", "stranger", "strangerpms", "felino");
        add_user("agent", "", "");
        add_user("manager", "", "");
        add_user("vendoruser", "", "canino");
        add_user("felinouser", "", "felino");
        add_user("frontdesk", "willow", "");
        Ticket ticket;
        ticket.id = id_of("ticket");
        ticket.practice = id_of("willow");
        ticket.location = id_of("willownorth");
        ticket.integration = id_of("willowpms");
        ticket.subject = "Ledger match broke";
        ticket.labels = "ledger,upgrade";
        ticket.created_ms = start;
        ticket.state_since_ms = start;
        ticket.requester = id_of("frontdesk");
        ticket.due_ms = start + 100 * hour;
        rows.seed(ticket);
    }

    void add_place(const char* location_name, const char* practice, const char* integration_name,
                   const char* vendor_name) {
        Practice owner;
        owner.id = id_of(practice);
        owner.name = practice;
        owner.book = id_of(practice == std::string_view("willow")  ? "book1"
                           : practice == std::string_view("cedar") ? "book2"
                                                                   : "book9");
        rows.seed(owner);
        Location location;
        location.id = id_of(location_name);
        location.practice = id_of(practice);
        location.name = location_name;
        location.time_zone = "America/Los_Angeles";
        location.calendar = id_of("calendar");
        rows.seed(location);
        Integration integration;
        integration.id = id_of(integration_name);
        integration.practice = id_of(practice);
        integration.vendor = id_of(vendor_name);
        integration.name = integration_name;
        integration.stage = IntegrationStage::pilot;
        integration.stage_history = "certification:20500,pilot:20510";
        rows.seed(integration);
    }

    void add_user(const char* name, const char* practice, const char* vendor_name) {
        User user;
        user.id = id_of(name);
        user.name = name;
        user.email = std::string(name) + "@example.com";
        if (*practice) user.practice = id_of(practice);
        if (*vendor_name) user.vendor = id_of(vendor_name);
        rows.seed(user);
    }

    MutationOutcome apply(const Caller& caller, MutationKind kind, Entity entity, const Id& row, FieldValues set,
                          FieldValues was = {}) {
        Mutation mutation;
        mutation.mid = 1;
        mutation.intent = id_of("intent");
        mutation.kind = kind;
        mutation.entity = entity;
        mutation.row = row;
        mutation.set = std::move(set);
        mutation.was = std::move(was);
        return apply_mutation(mutation, {now, caller, in_browser ? nullptr : &directory, in_browser ? 0 : 1042}, rows);
    }
    MutationOutcome create(const Caller& caller, Entity entity, const Id& row, FieldValues set) {
        return apply(caller, MutationKind::create, entity, row, std::move(set));
    }
    MutationOutcome update(const Caller& caller, Entity entity, const Id& row, FieldValues set, FieldValues was = {}) {
        return apply(caller, MutationKind::update, entity, row, std::move(set), std::move(was));
    }
    // A move of the sample ticket from the state that it has.
    MutationOutcome move_to(const Caller& caller, std::string_view state) {
        return update(caller, Entity::ticket, id_of("ticket"), {{"state", text(state)}},
                      {{"state", text(text_of(ticket().state))}});
    }
    Ticket ticket(std::string_view name = "ticket") {
        return from_row<Ticket>(rows.get(Entity::ticket, id_of(name)).value());
    }
    template <class Change>
    void change_ticket(Change change) {
        Ticket changed = ticket();
        change(changed);
        rows.seed(changed);
    }

    MemoryRows rows;
    Directory directory = sample_directory();
    InstantMs now = start;
    bool in_browser = false;
    const Caller front_desk = caller_with(Role::practice_user, ScopeKind::practice, id_of("willow"), "frontdesk");
    const Caller manager = caller_with(Role::account_manager, ScopeKind::book, id_of("book1"), "manager");
    const Caller desk = caller_with(Role::support_agent, ScopeKind::practice, id_of("willow"), "agent");
    const Caller engineer = caller_with(Role::integration_engineer, ScopeKind::tenant, {}, "engineer");
    const Caller auditor = caller_with(Role::auditor, ScopeKind::tenant, {}, "auditor");
    const Caller stranger = caller_with(Role::practice_user, ScopeKind::practice, id_of("stranger"), "strangeruser");
    const Caller vendor = caller_with(Role::vendor_user, ScopeKind::vendor, id_of("canino"), "vendoruser");
};

inline FieldValues new_ticket_fields() {
    return {{"location", text(id_of("willownorth"))},
            {"subject", text("Card reader offline")},
            {"description", text("Since nine.")},
            {"priority", text("high")},
            {"labels", text("reader, ledger ,reader")}};
}

inline void expect_refusal(World& world, const MutationOutcome& outcome, RejectionCode code,
                           std::string_view part = {}) {
    INFO(outcome.message);
    CHECK(outcome.kind == OutcomeKind::rejected);
    CHECK(text_of(outcome.code) == text_of(code));
    CHECK(outcome.message.find(part) != std::string::npos);
    CHECK(world.rows.writes == 0);
}

}  // namespace portal::test
