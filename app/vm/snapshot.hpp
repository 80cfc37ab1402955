// What the screens show: immutable values that the store thread builds and publishes, one part per screen so that only
// what changed is rebuilt. Values are typed (cents, days, vocabularies); views word and format them.
//
// Thread: built by the store thread, then shared read-only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/vm/actions_part.hpp"
#include "app/vm/deposits_part.hpp"
#include "app/vm/financing_part.hpp"
#include "app/vm/intent.hpp"
#include "app/vm/place_choice.hpp"
#include "app/vm/sql_part.hpp"
#include "app/vm/vendor_volumes.hpp"
#include "shared/base/calendar_day.hpp"
#include "shared/base/clock.hpp"
#include "shared/model/figure.hpp"
#include "shared/model/records.hpp"

namespace portal::vm {

enum class Tone : std::uint8_t { neutral, good, warn, bad, info };

// ---- Who is here, what they may choose ----

enum class Home : std::uint8_t { practice, account_manager, vendor, engineer, agent, admin, auditor };

struct SessionPart {
    Id user;
    std::string name;
    std::string email;
    std::string title;
    Role role = Role::practice_user;
    Home home = Home::practice;
    bool demo = false;
    bool sees_financing = false;
    bool sees_tickets = false;
    bool may_file_tickets = false;
    bool writes_internal_notes = false;
    bool sees_actions = false;
    bool writes_actions = false;
    bool takes_leads = false;  // Those of a pitch.
    bool sees_deposits = false;
    bool sees_sql = false;
    bool may_share = false;
    std::vector<PlaceChoice> practices;
    std::vector<PlaceChoice> locations;
    Scope scope;                    // The choice that holds now.
    std::string time_zone = "UTC";  // Of the first location in scope.
};

// ---- Sync ----

enum class SyncPhase : std::uint8_t {
    starting,       // The local store opens.
    first_load,     // Nothing local yet; see progress.
    current,        // Everything the server had is here.
    working,        // A pull or push runs.
    offline,        // The server cannot be reached; edits wait.
    signed_out,     // The server does not know us any more.
    reload_needed,  // A newer version owns the database or the protocol.
    failed,         // The local store cannot be used; see `problem`.
};
enum class StorageKind : std::uint8_t { durable, memory };
// Whether the browser has promised to keep what is stored until the user removes it.
enum class StoragePromise : std::uint8_t { unknown, given, not_given };
// What keeps this device from keeping data, or from going on at all.
enum class LocalProblem : std::uint8_t {
    none,
    other_tab,            // Another tab has the replica and does not answer.
    newer_version,        // A newer build has migrated it.
    lease_ended,          // Too long without a server to still show anything.
    storage_full,         // Nothing new can be kept; cleared by the next thing that could be written.
    corrupted,            // Rows of it cannot be read.
    storage_unavailable,  // The browser gives no place, or takes it back.
};
// For logs and diagnostics.
constexpr std::string_view name_of(LocalProblem problem) {
    constexpr std::string_view names[] = {"none",         "other_tab", "newer_version",      "lease_ended",
                                          "storage_full", "corrupted", "storage_unavailable"};
    return names[static_cast<std::size_t>(problem)];
}

// A field that the user decides about: one that clashes, or words that a refused edit would lose.
struct TrayField {
    std::string name;  // Column name.
    std::string yours;
    std::string theirs;  // Empty where nobody else has written it.
};

struct TrayEntry {
    Id intent;  // Of the mutation.
    Entity entity = Entity::ticket;
    Id row;
    std::string op;     // "ticket.create"
    std::string about;  // Subject of the ticket, name of the integration; empty when it may not be known any more.
    std::string code;   // A RejectionCode's text: "clash", "not_allowed_move"...
    std::vector<TrayField> fields;
    std::int64_t attached = 0;  // Edits that hang on it and go with it.
    InstantMs made_ms = 0;
};

struct PendingEdit {
    Id intent;
    std::string op;  // "ticket.create"
    std::string about;
    InstantMs made_ms = 0;
    bool sent = false;
    bool may_conflict = false;  // It no longer applies to what is here.
};

struct SyncPart {
    SyncPhase phase = SyncPhase::starting;
    StorageKind storage = StorageKind::durable;
    StoragePromise promise = StoragePromise::unknown;
    bool keeps_data = true;
    bool began_empty = false;     // There was no copy on this device when the visit began, and no damaged one.
    bool forced_offline = false;  // The demo's switch.
    std::int64_t pending_count = 0;
    InstantMs oldest_pending_ms = 0;
    InstantMs last_exchange_ms = 0;  // Last successful one, server time; 0 is never.
    std::int64_t rows_loaded = 0;    // Of a first load.
    std::int64_t rows_expected = 0;  // 0 when unknown.
    std::int64_t facts_count = 0;
    std::int64_t facts_bytes = 0;  // Of memory, in the tab that owns the store.
    std::int64_t database_bytes = 0;
    Id client;  // Of the copy on this device; another copy has another one.
    std::string epoch;
    std::int64_t cursor = 0;
    LocalProblem problem = LocalProblem::none;
    std::vector<PendingEdit> pending;  // The first of them.
    std::vector<TrayEntry> tray;       // The first of them.
    std::int64_t tray_count = 0;       // Of all, and without those that hang on others.
};

// What only this device has: edits that wait for the server, or for their author's answer.
constexpr std::int64_t unsent_count(const SyncPart& sync) {
    return sync.pending_count + sync.tray_count;
}

// ---- Parts shared by screens ----

struct HealthPart {
    enum class Kind : std::uint8_t { call_success, ledger_match, freshness, latency, errors_acknowledged };
    Kind kind = Kind::call_success;
    std::int32_t weight_basis_points = 0;  // After renormalising.
    std::optional<std::int32_t> score;     // 0-100; absent under the minimum sample.
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
};

enum class DayStatus : std::uint8_t { good, warn, bad, closed, no_data };

struct Health {
    Figure figure;  // Unit score; the reason tells a cap or "no recent calls".
    Tone tone = Tone::neutral;
    std::array<HealthPart, 5> parts;
    std::array<DayStatus, 7> days{};  // Oldest first.
    std::optional<Day> last_check_day;
    std::optional<InstantMs> last_success_ms;
};

struct SeriesPoint {
    Day day = 0;  // First day of the bucket.
    std::int64_t value = 0;
    bool partial = false;  // The bucket is not over.
    bool immature = false;
};

struct TicketBrief {
    Id id;
    std::int64_t number = 0;  // 0: numbered when sent.
    std::string subject;
    TicketState state = TicketState::new_;
    TicketPriority priority = TicketPriority::normal;
    std::string practice_name;
    std::string location_name;
    std::string requester_name;
    std::string assignee_name;
    std::optional<InstantMs> due_ms;
    InstantMs created_ms = 0;
    InstantMs updated_ms = 0;
    bool pending = false;  // An edit of it waits in the outbox.
    bool overdue = false;
    bool waiting_on_you = false;
};

// ---- Overview ----

enum class AttentionKind : std::uint8_t {
    ledger_mismatch,
    credentials_fail,
    calls_failing,
    no_success,
    ticket_waits_for_you,
    ticket_overdue,
    integration_blocked,
    volume_drop,
    edit_rejected,
};

struct Attention {
    AttentionKind kind = AttentionKind::ledger_mismatch;
    Tone tone = Tone::warn;
    Id subject;        // Integration or ticket.
    std::string name;  // Its name.
    std::string practice_name;
    Day since = 0;
    std::int64_t numerator = 0;  // Evidence: matched rows, failed calls...
    std::int64_t denominator = 0;
    std::int64_t business_days = 0;  // Of the run, where the evidence is of one.
    Id open_ticket;                  // A ticket about it exists already.
    Query action;                    // Where the verb button leads.
};

struct ActivityItem {
    enum class Kind : std::uint8_t {
        message,
        ticket_filed,
        ticket_moved,
        stage_entered,
        incident_started,
        incident_ended,
        deposit
    };
    Kind kind = Kind::message;
    InstantMs when_ms = 0;
    std::string who;
    std::string what;  // Subject, integration name...
    std::string detail;
    Query target;
};

struct StoryItem {
    std::int32_t number = 0;
    std::string role_account;  // Demo account that shows it.
    std::string route;
    bool here = false;  // Visible to the present account.
};

struct PracticeStanding {  // A row of the account manager's "who needs me".
    Id practice;
    std::string name;
    std::string region;
    Specialty specialty = Specialty::dental;
    std::optional<Figure> health;  // The worst of its integrations'; none without an integration.
    Id health_integration;
    Tone tone = Tone::neutral;
    Figure net;                                       // This month so far.
    std::optional<std::int64_t> change_basis_points;  // On the same business days of last month.
    Figure pace;
    std::int64_t open_tickets = 0;
    Figure open_actions;
    std::int64_t overdue_actions = 0;  // Of the open ones.
    Figure at_risk;                    // Sort key: risk x dollars.
    std::vector<std::int64_t> trend;   // Net cents of the last 12 months.
};

struct ProspectLine {
    Id id;
    std::string name;  // The practice's.
    std::string contact;
    std::string note;
    InstantMs sent_ms = 0;
    bool pending = false;
};

struct OverviewPart {
    InstantMs as_of_ms = 0;
    Day closed_until = 0;
    std::vector<Attention> attention;  // Most urgent first; empty: all is well.
    // Practice home.
    std::optional<Health> health;  // The worst of the scope's integrations.
    Id health_integration;
    std::string health_integration_name;
    std::optional<Figure> net;  // Absent when the role sees no volumes.
    std::optional<Figure> pace;
    std::optional<Figure> attainment;
    std::optional<std::int64_t> net_change_basis_points;  // Equal elapsed business days of last month.
    std::vector<SeriesPoint> daily_net;                   // Last 30 days.
    std::vector<SeriesPoint> monthly_net;                 // Last 13 months.
    std::vector<SeriesPoint> monthly_target;              // Of the same months; 0: none.
    Figure open_tickets;
    std::optional<TicketBrief> next_promise;  // The open ticket due first.
    std::vector<TicketBrief> whos_on_it;
    std::vector<ActivityItem> activity;
    std::vector<Deposit> deposits;  // Newest first, at most 7.
    std::vector<StoryItem> stories;
    // Other homes.
    std::vector<PracticeStanding> book;
    std::vector<ProspectLine> prospects;  // Of the books that the user has, in the order in which they came.
    std::vector<TicketBrief> queue;       // Agents: next case first.
};

// ---- Integrations ----

struct IntegrationBrief {
    Id id;
    std::string name;
    std::string practice_name;
    std::string vendor_name;
    IntegrationStage stage = IntegrationStage::discovery;
    Day stage_since = 0;
    bool blocked = false;
    std::string blocked_reason;
    Id blocked_owner;
    Health health;
    bool pending = false;
};

struct StageVisit {
    IntegrationStage stage = IntegrationStage::discovery;
    std::optional<Day> entered;
};

// One row of the checks table: a check on the latest reported day, in words by kind.
struct CheckLine {
    HealthPart::Kind kind = HealthPart::Kind::call_success;
    DayStatus status = DayStatus::no_data;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;  // Calls; rows; 0; 0; errors.
    std::int64_t latency_ms = 0;
    std::optional<InstantMs> last_success_ms;
    std::string note;
};

struct IntegrationDetail {
    IntegrationBrief brief;
    std::string vendor_product;
    std::string engineer_name;
    std::vector<StageVisit> stages;
    std::optional<Day> go_live_p50, go_live_p80, went_live;
    std::vector<IntegrationStage> allowed_moves;  // Empty when the user may not move it.
    bool may_block = false;                       // And free it again.
    std::vector<CheckLine> checks;
    Day checks_day = 0;
    std::vector<CheckRollup> history;  // Last 30 days, newest first.
    std::vector<Incident> incidents;
    std::vector<TicketBrief> tickets;
    std::optional<VendorVolumes> volumes;
    std::optional<VendorConsent> consent;
};

struct IntegrationsPart {
    IntegrationsQuery query;
    InstantMs as_of_ms = 0;
    std::int64_t total = 0;
    std::array<std::int64_t, 5> count_by_filter{};
    std::vector<IntegrationBrief> rows;
    std::optional<IntegrationDetail> detail;
};

// ---- Tickets ----

struct MessageLine {
    Id id;
    std::string author_name;
    MessageAuthorKind author_kind = MessageAuthorKind::practice;
    MessageVisibility visibility = MessageVisibility::public_;
    std::string body;
    InstantMs created_ms = 0;
    bool own = false;
    bool pending = false;
};

struct TicketDetail {
    TicketBrief brief;
    std::string description;
    TicketCategory category = TicketCategory::other;
    Id integration;
    std::string integration_name;
    std::optional<InstantMs> first_response_ms, resolved_ms;
    std::vector<TicketState> allowed_moves;
    std::vector<MessageLine> messages;
    bool may_reply = false;
};

struct ComposeContext {  // Fills the "File ticket" form.
    Id location;
    Id integration;
    std::string integration_name;
    std::optional<CheckRollup> check;
    std::optional<DepositLine> deposit;
    std::optional<VolumeAlarmLine> volume;
    TicketCategory category = TicketCategory::other;
    Id open_ticket;  // The same trouble is filed already.
};

struct TicketsPart {
    TicketsQuery query;
    InstantMs as_of_ms = 0;
    std::array<std::int64_t, 4> count_by_tab{};
    std::vector<TicketBrief> rows;
    std::optional<TicketDetail> detail;
    std::optional<ComposeContext> compose;
    Figure first_response;
    Figure sla_attainment;
};

// ---- Everything ----

inline constexpr std::string_view workbook_mime_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// A file the user asked for, computed from data. Of a workbook the bytes are what it is made of.
struct ReadyExport {
    std::int64_t serial = 0;  // Save each one once.
    std::string name;
    std::string mime_type;
    std::string bytes;
};

// What the store wants the user to know once: an edit applied, refused, an update ready.
struct Announcement {
    std::int64_t serial = 0;
    enum class Kind : std::uint8_t {
        edit_sent,
        edit_rejected,
        back_online,
        gone_offline,
        queue_full,
        not_saved
    } kind = Kind::edit_sent;
    std::string about;
};

struct Snapshot {
    std::int64_t revision = 0;
    std::shared_ptr<const SessionPart> session;  // Null until the local store knows the user.
    std::shared_ptr<const SyncPart> sync;        // Never null after the first publish.
    std::shared_ptr<const OverviewPart> overview;
    std::shared_ptr<const IntegrationsPart> integrations;
    std::shared_ptr<const FinancingPart> financing;
    std::shared_ptr<const TicketsPart> tickets;
    std::shared_ptr<const ActionsPart> actions;
    std::shared_ptr<const DepositsPart> deposits;
    std::shared_ptr<const SqlPart> sql;
    std::shared_ptr<const ReadyExport> ready_export;
    std::shared_ptr<const Announcement> announcement;
    InstantMs server_now_ms = 0;  // Estimate when built; views show relative times from it.
};

}  // namespace portal::vm
