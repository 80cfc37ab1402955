#include "shared/model/states.hpp"

#include <array>

#include "shared/base/check.hpp"
#include "shared/model/share.hpp"

namespace portal {
namespace {

template <class Enum>
struct Texts;

#define PORTAL_TEXTS(Enum, ...)                                                        \
    template <>                                                                        \
    struct Texts<Enum> {                                                               \
        static constexpr auto values = std::to_array<std::string_view>({__VA_ARGS__}); \
    }

PORTAL_TEXTS(Role, "practice_user", "practice_admin", "vendor_user", "account_manager", "lead", "integration_engineer",
             "support_agent", "quality_analyst", "operations", "auditor", "admin", "share_guest", "demo");
PORTAL_TEXTS(ScopeKind, "tenant", "team", "book", "practice", "location", "vendor", "integration", "programme");
PORTAL_TEXTS(IntegrationStage, "discovery", "contracted", "kickoff", "sandbox", "build", "certification", "pilot",
             "live", "hypercare", "steady", "retired", "cancelled");
PORTAL_TEXTS(TicketState, "new", "triaged", "in_progress", "waiting_practice", "waiting_vendor", "resolved", "closed");
PORTAL_TEXTS(TicketPriority, "low", "normal", "high", "urgent");
PORTAL_TEXTS(TicketCategory, "integration", "financing", "account", "training", "other");
PORTAL_TEXTS(MessageVisibility, "public", "internal");
PORTAL_TEXTS(MessageAuthorKind, "practice", "staff", "vendor", "automatic");
PORTAL_TEXTS(Specialty, "dental", "veterinary", "medical", "vision", "cosmetic");
PORTAL_TEXTS(VendorKind, "practice_management", "health_record", "revenue_cycle");
PORTAL_TEXTS(PlanKind, "standard", "deferred_interest", "reduced_apr");
PORTAL_TEXTS(FactKind, "application", "sale", "refund", "chargeback", "reversal", "void");
PORTAL_TEXTS(FactStatus, "none", "approved", "counter_offer", "declined", "pending", "withdrawn", "prequalification",
             "settled", "authorized");
PORTAL_TEXTS(FactChannel, "in_office", "online", "phone", "integrated");
PORTAL_TEXTS(IncidentSeverity, "minor", "major", "critical");
PORTAL_TEXTS(ShareView, "overview", "integrations", "financing");
PORTAL_TEXTS(ShareState, "live", "paused", "ended");
PORTAL_TEXTS(ShareReaction, "agree", "question", "slower");

#undef PORTAL_TEXTS

}  // namespace

template <class Enum>
std::string_view text_of(Enum value) {
    const auto index = static_cast<std::size_t>(value);
    check(index < Texts<Enum>::values.size(), "a vocabulary value outside its table");
    return Texts<Enum>::values[index];
}

template <class Enum>
std::optional<Enum> parse_text(std::string_view text) {
    for (std::size_t index = 0; index < Texts<Enum>::values.size(); ++index)
        if (Texts<Enum>::values[index] == text) return static_cast<Enum>(index);
    return std::nullopt;
}

#define PORTAL_INSTANTIATE(Enum)                         \
    template std::string_view text_of<Enum>(Enum value); \
    template std::optional<Enum> parse_text<Enum>(std::string_view text)

PORTAL_INSTANTIATE(Role);
PORTAL_INSTANTIATE(ScopeKind);
PORTAL_INSTANTIATE(IntegrationStage);
PORTAL_INSTANTIATE(TicketState);
PORTAL_INSTANTIATE(TicketPriority);
PORTAL_INSTANTIATE(TicketCategory);
PORTAL_INSTANTIATE(MessageVisibility);
PORTAL_INSTANTIATE(MessageAuthorKind);
PORTAL_INSTANTIATE(Specialty);
PORTAL_INSTANTIATE(VendorKind);
PORTAL_INSTANTIATE(PlanKind);
PORTAL_INSTANTIATE(FactKind);
PORTAL_INSTANTIATE(FactStatus);
PORTAL_INSTANTIATE(FactChannel);
PORTAL_INSTANTIATE(IncidentSeverity);
PORTAL_INSTANTIATE(ShareView);
PORTAL_INSTANTIATE(ShareState);
PORTAL_INSTANTIATE(ShareReaction);

}  // namespace portal
