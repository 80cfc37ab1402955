#include "shared/model/states.hpp"

#include <array>

#include "shared/base/check.hpp"
#include "shared/model/mutation.hpp"
#include "shared/model/share.hpp"

namespace portal {
namespace {

template <class Enum>
struct Texts;

// Each vocabulary, once: its type, and its texts in the order of its values.
#define PORTAL_VOCABULARIES(EACH)                                                                                      \
    EACH(Role, "practice_user", "practice_admin", "vendor_user", "account_manager", "lead", "integration_engineer",    \
         "support_agent", "quality_analyst", "operations", "auditor", "admin", "share_guest", "demo")                  \
    EACH(ScopeKind, "tenant", "team", "book", "practice", "location", "vendor", "integration", "programme")            \
    EACH(IntegrationStage, "discovery", "contracted", "kickoff", "sandbox", "build", "certification", "pilot", "live", \
         "hypercare", "steady", "retired", "cancelled")                                                                \
    EACH(TicketState, "new", "triaged", "in_progress", "waiting_practice", "waiting_vendor", "resolved", "closed")     \
    EACH(TicketPriority, "low", "normal", "high", "urgent")                                                            \
    EACH(TicketCategory, "integration", "financing", "account", "training", "other")                                   \
    EACH(MessageVisibility, "public", "internal")                                                                      \
    EACH(MessageAuthorKind, "practice", "staff", "vendor", "automatic")                                                \
    EACH(Specialty, "dental", "veterinary", "medical", "vision", "cosmetic")                                           \
    EACH(VendorKind, "practice_management", "health_record", "revenue_cycle")                                          \
    EACH(PlanKind, "standard", "deferred_interest", "reduced_apr")                                                     \
    EACH(FactKind, "application", "sale", "refund", "chargeback", "reversal", "void")                                  \
    EACH(FactStatus, "none", "approved", "counter_offer", "declined", "pending", "withdrawn", "prequalification",      \
         "settled", "authorized")                                                                                      \
    EACH(FactChannel, "in_office", "online", "phone", "integrated")                                                    \
    EACH(IncidentSeverity, "minor", "major", "critical")                                                               \
    EACH(MutationKind, "create", "update")                                                                             \
    EACH(OutcomeKind, "applied", "merged", "nothing_to_do", "rejected")                                                \
    EACH(RejectionCode, "none", "invalid", "clash", "not_allowed_move", "access_denied", "access_revoked",             \
         "missing_row", "depends_on_rejected", "duplicate_row", "too_large", "defect")                                 \
    EACH(ShareView, "overview", "integrations", "financing")                                                           \
    EACH(ShareState, "live", "paused", "ended")                                                                        \
    EACH(ShareReaction, "agree", "question", "slower")

#define PORTAL_TEXTS(Enum, ...)                                                        \
    template <>                                                                        \
    struct Texts<Enum> {                                                               \
        static constexpr auto values = std::to_array<std::string_view>({__VA_ARGS__}); \
    };
PORTAL_VOCABULARIES(PORTAL_TEXTS)
#undef PORTAL_TEXTS

#define PORTAL_LISTED(Enum, ...) Vocabulary{#Enum, Texts<Enum>::values},
constexpr Vocabulary vocabularies[] = {PORTAL_VOCABULARIES(PORTAL_LISTED)};
#undef PORTAL_LISTED

}  // namespace

std::span<const Vocabulary> all_vocabularies() {
    return vocabularies;
}

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

#define PORTAL_INSTANTIATE(Enum, ...)                    \
    template std::string_view text_of<Enum>(Enum value); \
    template std::optional<Enum> parse_text<Enum>(std::string_view text);
PORTAL_VOCABULARIES(PORTAL_INSTANTIATE)
#undef PORTAL_INSTANTIATE
#undef PORTAL_VOCABULARIES

}  // namespace portal
