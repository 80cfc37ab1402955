// Two practices of two books, their people and an operator's staff: enough for every kind of stream.
#pragma once

#include <string>
#include <string_view>

#include "server-stub/repo/commit_queue.hpp"
#include "shared/base/check.hpp"

namespace portal::server::test {

inline constexpr InstantMs start_ms = 1'790'000'000'000;

// A readable id in the shape of a ULID: "willow" becomes 01J + WILLOW, with I, L, O, U written as 1, 1, 0, V.
inline Id id_of(std::string_view name) {
    constexpr std::string_view lacking = "ILOU", stand_in = "110V";
    Id id = "01J";
    for (const char letter : name) {
        const char upper = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
        if (upper == '_') continue;
        const auto index = lacking.find(upper);
        id += index == std::string_view::npos ? upper : stand_in[index];
    }
    check(id.size() <= 26, "a test's id is short");
    id.resize(26, 'Z');
    return id;
}

inline User user_of(std::string_view name, const Id& practice = {}, const Id& vendor = {}) {
    User user;
    user.id = id_of(name);
    user.external_key = std::string(name);
    user.email = std::string(name) + "@example.test";
    user.name = std::string(name);
    user.practice = practice;
    user.vendor = vendor;
    user.language = "en";
    return user;
}

inline Grant grant_of(std::string_view name, std::string_view user, Role role, ScopeKind kind, const Id& scope = {}) {
    Grant grant;
    grant.id = id_of(name);
    grant.user = id_of(user);
    grant.role = role;
    grant.scope_kind = kind;
    grant.scope = scope;
    return grant;
}

inline Ticket ticket_of(std::string_view name, std::string_view practice, std::string_view location) {
    Ticket ticket;
    ticket.id = id_of(name);
    ticket.practice = id_of(practice);
    ticket.location = id_of(location);
    ticket.subject = std::string(name) + " subject";
    ticket.created_ms = start_ms;
    ticket.state_since_ms = start_ms;
    return ticket;
}

inline ActionItem action_of(std::string_view name, std::string_view practice, std::string_view book,
                            std::string_view owner) {
    ActionItem item;
    item.id = id_of(name);
    item.practice = id_of(practice);
    item.book = id_of(book);
    item.title = std::string(name) + " title";
    item.owner = id_of(owner);
    item.due_on = static_cast<Day>(start_ms / (24LL * 60 * 60 * 1000));
    item.created_by = item.owner;
    item.created_ms = start_ms;
    return item;
}

inline void put_place(WriteTransaction& writes, std::string_view practice_name, std::string_view location_name,
                      std::string_view book) {
    Practice practice;
    practice.id = id_of(practice_name);
    practice.external_key = std::string(practice_name);
    practice.name = std::string(practice_name);
    practice.book = id_of(book);
    practice.team = id_of("team");
    writes.put(to_row(practice));
    Location location;
    location.id = id_of(location_name);
    location.external_key = std::string(location_name);
    location.practice = practice.id;
    location.name = std::string(location_name);
    location.time_zone = "America/New_York";
    writes.put(to_row(location));
}

// practice willow (location north, book west) and practice cedar (location main, book east); canino makes the PMS of
// willow. People: frida (front desk of willow), olga (owner of cedar), mona (account manager of book west), sam
// (support agent), vera (vendor), ada (administrator), audrey (auditor).
inline void put_small_world(WriteTransaction& writes) {
    writes.act_as({}, start_ms);
    Vendor vendor;
    vendor.id = id_of("canino");
    vendor.external_key = "canino";
    vendor.name = "Canino";
    writes.put(to_row(vendor));
    put_place(writes, "willow", "north", "west");
    put_place(writes, "cedar", "main", "east");
    Integration integration;
    integration.id = id_of("willowpms");
    integration.external_key = "willowpms";
    integration.practice = id_of("willow");
    integration.vendor = vendor.id;
    integration.name = "Canino at willow";
    writes.put(to_row(integration));
    for (const User& user : {user_of("frida", id_of("willow")), user_of("olga", id_of("cedar")), user_of("mona"),
                             user_of("sam"), user_of("vera", {}, vendor.id), user_of("ada"), user_of("audrey")})
        writes.put(to_row(user));
    for (const Grant& grant :
         {grant_of("grantfrida", "frida", Role::practice_user, ScopeKind::practice, id_of("willow")),
          grant_of("grantolga", "olga", Role::practice_admin, ScopeKind::practice, id_of("cedar")),
          grant_of("grantmona", "mona", Role::account_manager, ScopeKind::book, id_of("west")),
          grant_of("grantsam", "sam", Role::support_agent, ScopeKind::tenant),
          grant_of("grantvera", "vera", Role::vendor_user, ScopeKind::vendor, vendor.id),
          grant_of("grantada", "ada", Role::admin, ScopeKind::tenant),
          grant_of("grantaudrey", "audrey", Role::auditor, ScopeKind::tenant)})
        writes.put(to_row(grant));
    writes.put(to_row(ticket_of("ticketa", "willow", "north")));
    writes.put(to_row(ticket_of("ticketb", "cedar", "main")));
}

inline FinancingFact fact_of(const std::string& key, std::string_view practice, std::string_view location, Day day,
                             std::int64_t cents) {
    FinancingFact fact;
    fact.external_key = key;
    fact.application_ref = "ref-" + key;
    fact.kind = FactKind::sale;
    fact.status = FactStatus::settled;
    fact.practice = id_of(practice);
    fact.location = id_of(location);
    fact.plan = id_of("plan");
    fact.event_day = day;
    fact.posted_day = day;
    fact.settled_cents = cents;
    return fact;
}

}  // namespace portal::server::test
