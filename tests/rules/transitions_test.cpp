#include "shared/rules/transitions.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>

namespace portal {
namespace {

using Pairs = std::set<std::pair<std::string, std::string>>;

const Pairs ticket_pairs = {
    {"new", "triaged"},
    {"triaged", "in_progress"},
    {"in_progress", "waiting_practice"},
    {"in_progress", "waiting_vendor"},
    {"in_progress", "resolved"},
    {"waiting_practice", "in_progress"},
    {"waiting_vendor", "in_progress"},
    {"resolved", "closed"},
    {"resolved", "in_progress"},
};

const Pairs integration_pairs = {
    {"discovery", "contracted"}, {"contracted", "kickoff"},      {"kickoff", "sandbox"},     {"sandbox", "build"},
    {"build", "certification"},  {"certification", "pilot"},     {"pilot", "live"},          {"live", "hypercare"},
    {"hypercare", "steady"},     {"steady", "retired"},          {"pilot", "certification"}, {"live", "certification"},
    {"discovery", "cancelled"},  {"contracted", "cancelled"},    {"kickoff", "cancelled"},   {"sandbox", "cancelled"},
    {"build", "cancelled"},      {"certification", "cancelled"}, {"pilot", "cancelled"},
};

// What a practice, or its account manager for it, does by itself: answer, accept, reopen.
const Pairs filer_pairs = {
    {"waiting_practice", "in_progress"},
    {"resolved", "closed"},
    {"resolved", "in_progress"},
};

struct RoleMoves {
    Role role;
    const Pairs& pairs;
};
const Pairs no_pairs;
const RoleMoves role_moves[] = {
    {Role::practice_user, filer_pairs},
    {Role::practice_admin, filer_pairs},
    {Role::vendor_user, no_pairs},
    {Role::account_manager, filer_pairs},
    {Role::lead, filer_pairs},
    {Role::integration_engineer, no_pairs},
    {Role::support_agent, ticket_pairs},
    {Role::quality_analyst, no_pairs},
    {Role::operations, ticket_pairs},
    {Role::auditor, no_pairs},
    {Role::admin, no_pairs},
    {Role::share_guest, no_pairs},
    {Role::demo, no_pairs},
};

TEST_CASE("every pair of ticket states is allowed to a role or refused as the table says") {
    CHECK(std::size(role_moves) == static_cast<std::size_t>(Role::demo) + 1);
    for (const auto& [role, pairs] : role_moves)
        for (int from = 0; from <= static_cast<int>(TicketState::closed); ++from)
            for (int to = 0; to <= static_cast<int>(TicketState::closed); ++to) {
                const auto source = static_cast<TicketState>(from), target = static_cast<TicketState>(to);
                const std::string source_text(text_of(source)), target_text(text_of(target));
                INFO(text_of(role) << ": " << source_text << " > " << target_text);
                const Role roles[] = {role};
                const Status status = check_ticket_move(roles, source, target, 1'000, 2'000);
                CHECK(status.has_value() == pairs.contains({source_text, target_text}));
                if (status) continue;
                CHECK(status.error().code == ErrorCode::precondition_failed);
                for (const TicketState allowed : allowed_ticket_moves(roles, source, 1'000, 2'000))
                    CHECK(status.error().message.find(text_of(allowed)) != std::string::npos);
            }
}

TEST_CASE("without a role the whole table is told, with several their union") {
    for (int from = 0; from <= static_cast<int>(TicketState::closed); ++from) {
        const auto source = static_cast<TicketState>(from);
        const Role both[] = {Role::auditor, Role::practice_user, Role::support_agent};
        CHECK(allowed_ticket_moves(both, source, 1'000, 2'000) == allowed_ticket_moves(source, 1'000, 2'000));
        for (const TicketState target : allowed_ticket_moves(source, 1'000, 2'000))
            CHECK(ticket_pairs.contains({std::string(text_of(source)), std::string(text_of(target))}));
    }
}

TEST_CASE("a resolved ticket reopens for fourteen days") {
    const InstantMs resolved = 1'700'000'000'000;
    const Role roles[] = {Role::practice_user};
    CHECK(check_ticket_move(roles, TicketState::resolved, TicketState::in_progress, resolved,
                            resolved + ticket_reopen_window_ms));
    const Status late = check_ticket_move(roles, TicketState::resolved, TicketState::in_progress, resolved,
                                          resolved + ticket_reopen_window_ms + 1);
    REQUIRE_FALSE(late);
    CHECK(late.error().message == "cannot move from resolved to in_progress; allowed: closed");
    CHECK(check_ticket_move(roles, TicketState::resolved, TicketState::closed, resolved,
                            resolved + ticket_reopen_window_ms + 1));
}

TEST_CASE("every pair of integration stages is allowed or refused as the table says") {
    for (int from = 0; from <= static_cast<int>(IntegrationStage::cancelled); ++from)
        for (int to = 0; to <= static_cast<int>(IntegrationStage::cancelled); ++to) {
            const auto source = static_cast<IntegrationStage>(from), target = static_cast<IntegrationStage>(to);
            const std::string source_text(text_of(source)), target_text(text_of(target));
            INFO(source_text << " > " << target_text);
            const Status status = check_integration_move(source, target);
            CHECK(status.has_value() == integration_pairs.contains({source_text, target_text}));
        }
}

TEST_CASE("an end says that it is one") {
    const Status status = check_integration_move(IntegrationStage::retired, IntegrationStage::live);
    REQUIRE_FALSE(status);
    CHECK(status.error().message == "cannot move from retired to live; no move is allowed");
}

}  // namespace
}  // namespace portal
