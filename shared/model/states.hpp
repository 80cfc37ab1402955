// The closed vocabularies of the product. Each is stored and sent as its lower_snake text, so that a database or a log
// reads by itself and an added value never renumbers the others.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace portal {

enum class Role : std::uint8_t {
    practice_user,
    practice_admin,
    vendor_user,
    account_manager,
    lead,
    integration_engineer,
    support_agent,
    quality_analyst,
    operations,
    auditor,
    admin,
    share_guest,
    demo,
};

enum class ScopeKind : std::uint8_t { tenant, team, book, practice, location, vendor, integration, programme };

enum class IntegrationStage : std::uint8_t {
    discovery,
    contracted,
    kickoff,
    sandbox,
    build,
    certification,
    pilot,
    live,
    hypercare,
    steady,
    retired,
    cancelled,
};

enum class TicketState : std::uint8_t {
    new_,
    triaged,
    in_progress,
    waiting_practice,
    waiting_vendor,
    resolved,
    closed
};
enum class TicketPriority : std::uint8_t { low, normal, high, urgent };
enum class TicketCategory : std::uint8_t { integration, financing, account, training, other };
enum class MessageVisibility : std::uint8_t { public_, internal };
enum class MessageAuthorKind : std::uint8_t { practice, staff, vendor, automatic };

enum class Specialty : std::uint8_t { dental, veterinary, medical, vision, cosmetic };
enum class VendorKind : std::uint8_t { practice_management, health_record, revenue_cycle };
enum class PlanKind : std::uint8_t { standard, deferred_interest, reduced_apr };

enum class FactKind : std::uint8_t { application, sale, refund, chargeback, reversal, void_ };
enum class FactStatus : std::uint8_t {
    none,  // Not an application.
    approved,
    counter_offer,
    declined,
    pending,
    withdrawn,
    prequalification,
    settled,
    authorized,
};
enum class FactChannel : std::uint8_t { in_office, online, phone, integrated };

enum class IncidentSeverity : std::uint8_t { minor, major, critical };

// Each vocabulary's texts, in the order of its values, of this header and of the others of the model. Listed once in
// states.cpp.
template <class Enum>
std::string_view text_of(Enum value);
template <class Enum>
std::optional<Enum> parse_text(std::string_view text);

struct Vocabulary {
    std::string_view name;  // Its type's.
    std::span<const std::string_view> texts;
};
std::span<const Vocabulary> all_vocabularies();

}  // namespace portal
