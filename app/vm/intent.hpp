// What the user wants: the only thing a view may say. The shell puts intents on a bounded channel to the store thread.
//
// Intents that change data carry their own ULID, made where the user acted; the store turns them into mutations.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/base/calendar_day.hpp"
#include "shared/model/id.hpp"
#include "shared/model/states.hpp"

namespace portal::vm {

// Which places the figures are about. Empty lists mean everything the user may see.
struct Scope {
    std::vector<Id> practices = {};
    std::vector<Id> locations = {};
    friend bool operator==(const Scope&, const Scope&) = default;
};

enum class TicketTab : std::uint8_t { open, waiting_on_you, resolved, all };
enum class IntegrationFilter : std::uint8_t { all, needs_attention, blocked, going_live, no_recent_calls };
enum class Grain : std::uint8_t { day, week, month };

// Screens and what they show; a route in the address bar is one of these (app/vm/route.hpp).
struct OverviewQuery {
    friend bool operator==(const OverviewQuery&, const OverviewQuery&) = default;
};
struct IntegrationsQuery {
    IntegrationFilter filter = IntegrationFilter::all;
    std::string search = {};
    Id selected = {};
    std::optional<Day> day = {};  // The check row that is open.
    friend bool operator==(const IntegrationsQuery&, const IntegrationsQuery&) = default;
};
struct FinancingQuery {
    Day from = 0, until = 0;  // Posted days, both included; 0 means the default (this month and the 12 before).
    Grain grain = Grain::month;
    Id practice = {};  // Empty: all.
    Id location = {};
    Id plan = {};
    std::string passport = {};  // Name of the figure whose passport is open, or empty.
    friend bool operator==(const FinancingQuery&, const FinancingQuery&) = default;
};
struct TicketsQuery {
    TicketTab tab = TicketTab::open;
    std::string search = {};
    Id selected = {};
    bool composing = false;     // The "File ticket" form is open.
    Id about_integration = {};  // Fills the form's context.
    std::optional<Day> about_day = {};
    friend bool operator==(const TicketsQuery&, const TicketsQuery&) = default;
};
struct SyncQuery {
    friend bool operator==(const SyncQuery&, const SyncQuery&) = default;
};
struct ProfileQuery {
    friend bool operator==(const ProfileQuery&, const ProfileQuery&) = default;
};
using Query = std::variant<OverviewQuery, IntegrationsQuery, FinancingQuery, TicketsQuery, SyncQuery, ProfileQuery>;

// ---- Intents ----

struct ShowScreen {
    Query query = {};
};
struct ChooseScope {
    Scope scope = {};
};
struct FileTicket {
    Id intent = {};
    Id ticket = {};  // ULID of the new row.
    Id location = {};
    Id integration = {};  // Or empty.
    std::string subject = {};
    std::string description = {};
    TicketCategory category = TicketCategory::other;
    TicketPriority priority = TicketPriority::normal;
};
struct ReplyToTicket {
    Id intent = {};
    Id message = {};
    Id ticket = {};
    std::string body = {};
    MessageVisibility visibility = MessageVisibility::public_;
};
struct MoveTicket {
    Id intent = {};
    Id ticket = {};
    TicketState from = TicketState::new_;  // What the user saw.
    TicketState to = TicketState::triaged;
};
struct MoveIntegration {
    Id intent = {};
    Id integration = {};
    IntegrationStage from = IntegrationStage::discovery;
    IntegrationStage to = IntegrationStage::contracted;
};
// The answer to a rejected or clashing edit in the tray.
enum class TrayAnswer : std::uint8_t { keep_theirs, reapply_mine, discard };
struct AnswerTray {
    Id mutation_intent = {};
    Id intent = {};  // Of the compensating mutation when reapplied.
    TrayAnswer answer = TrayAnswer::discard;
};
struct SyncNow {};
// The demo's "Go offline" switch.
struct SetOffline {
    bool offline = false;
};
enum class Export : std::uint8_t { financing_csv, tickets_csv, integrations_csv, outbox_json };
struct ExportData {
    Export what = Export::financing_csv;
    Query query = {};
};
struct SignOut {
    bool everywhere = false;
    bool discard_pending = false;  // The user has seen how many edits would be lost.
};
struct KeepDataOnDevice {
    bool keep = true;
};

using Intent = std::variant<ShowScreen, ChooseScope, FileTicket, ReplyToTicket, MoveTicket, MoveIntegration, AnswerTray,
                            SyncNow, SetOffline, ExportData, SignOut, KeepDataOnDevice>;

// Where views put what the user wants. Thread: UI.
class IntentSink {
  public:
    virtual ~IntentSink() = default;
    virtual void emit(Intent intent) = 0;
    // A fresh ULID for intents that change data.
    virtual Id new_id() = 0;
};

}  // namespace portal::vm
