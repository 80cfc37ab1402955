// The product's entities as plain data. Money is integer cents, rates are basis points, instants are UTC milliseconds,
// days and months are calendar_day.hpp's. No field of any entity can identify a patient.
//
// Each record lists its fields once; SQL columns, JSON members, merge rules and sums all follow that list.
#pragma once

#include <optional>
#include <string>
#include <tuple>

#include "shared/base/calendar_day.hpp"
#include "shared/model/field.hpp"

namespace portal {

// Members that every record has; see Row.
struct RecordHead {
    Id id;
    std::int64_t rev = 0;
    InstantMs updated_ms = 0;
    Id updated_by;
};

// A software company whose product carries the integration.
struct Vendor : RecordHead {
    static constexpr Entity entity = Entity::vendor;
    std::string external_key;
    std::string name;
    VendorKind kind = VendorKind::practice_management;
    std::string product;  // "Canino PMS"

    static constexpr auto fields() {
        return std::tuple(field("external_key", &Vendor::external_key), field("name", &Vendor::name),
                          field("kind", &Vendor::kind), field("product", &Vendor::product));
    }
};

struct PromoPlan : RecordHead {
    static constexpr Entity entity = Entity::promo_plan;
    std::string external_key;
    std::string name;
    PlanKind kind = PlanKind::standard;
    std::int32_t months = 0;
    std::int64_t minimum_cents = 0;
    std::int32_t apr_basis_points = 0;
    std::int32_t merchant_fee_basis_points = 0;
    Day effective_from = 0;
    std::optional<Day> effective_until;  // The first day it no longer holds.

    static constexpr auto fields() {
        return std::tuple(
            field("external_key", &PromoPlan::external_key), field("name", &PromoPlan::name),
            field("kind", &PromoPlan::kind), field("months", &PromoPlan::months),
            field("minimum_cents", &PromoPlan::minimum_cents), field("apr_basis_points", &PromoPlan::apr_basis_points),
            field("merchant_fee_basis_points", &PromoPlan::merchant_fee_basis_points),
            field("effective_from", &PromoPlan::effective_from), field("effective_until", &PromoPlan::effective_until));
    }
};

// Opening hours and holidays, for business days and SLA clocks.
struct Calendar : RecordHead {
    static constexpr Entity entity = Entity::calendar;
    std::string external_key;
    std::string name;
    // Seven day texts Monday to Sunday joined by '|'; each is "09:00-12:00,13:00-17:00" or empty for closed.
    std::string hours;
    // Closed days, ISO dates joined by ','.
    std::string holidays;

    static constexpr auto fields() {
        return std::tuple(field("external_key", &Calendar::external_key), field("name", &Calendar::name),
                          field("hours", &Calendar::hours), field("holidays", &Calendar::holidays));
    }
};

struct Practice : RecordHead {
    static constexpr Entity entity = Entity::practice;
    std::string external_key;
    std::string name;
    Specialty specialty = Specialty::dental;
    std::string size;  // "small", "medium", "large": cohort of the forecast.
    std::string region;
    Id book;  // The account manager's book it belongs to, or empty.
    Id team;  // The team of that book.
    Day enrolled_on = 0;
    bool vendor_consent = false;  // Its vendor may see volumes as counts.

    static constexpr auto fields() {
        return std::tuple(field("external_key", &Practice::external_key), field("name", &Practice::name),
                          field("specialty", &Practice::specialty), field("size", &Practice::size),
                          field("region", &Practice::region), field("book", &Practice::book),
                          field("team", &Practice::team), field("enrolled_on", &Practice::enrolled_on),
                          field("vendor_consent", &Practice::vendor_consent, Merge::strict));
    }
};

struct Location : RecordHead {
    static constexpr Entity entity = Entity::location;
    std::string external_key;
    Id practice;
    std::string name;
    std::string city;
    std::string state;      // US postal code of the state.
    std::string time_zone;  // IANA.
    Id calendar;

    static constexpr auto fields() {
        return std::tuple(field("external_key", &Location::external_key), field("practice", &Location::practice),
                          field("name", &Location::name), field("city", &Location::city),
                          field("state", &Location::state), field("time_zone", &Location::time_zone),
                          field("calendar", &Location::calendar));
    }
};

// A person who signs in, as others may see them. Passwords and sessions live in the server's own tables.
struct User : RecordHead {
    static constexpr Entity entity = Entity::user;
    std::string external_key;
    std::string email;
    std::string name;
    std::string title;  // "Front desk", "Integration engineer"
    Id practice;        // Practice staff; otherwise empty.
    Id vendor;          // Vendor staff; otherwise empty.
    std::string language;
    bool disabled = false;

    static constexpr auto fields() {
        return std::tuple(field("external_key", &User::external_key), field("email", &User::email),
                          field("name", &User::name), field("title", &User::title), field("practice", &User::practice),
                          field("vendor", &User::vendor), field("language", &User::language, Merge::last_wins),
                          field("disabled", &User::disabled));
    }
};

// Role + scope. Decides streams; see rules/access.
struct Grant : RecordHead {
    static constexpr Entity entity = Entity::grant;
    Id user;
    Role role = Role::practice_user;
    ScopeKind scope_kind = ScopeKind::practice;
    Id scope;  // Empty for the tenant.

    static constexpr auto fields() {
        return std::tuple(field("user", &Grant::user), field("role", &Grant::role),
                          field("scope_kind", &Grant::scope_kind), field("scope", &Grant::scope));
    }
};

struct Integration : RecordHead {
    static constexpr Entity entity = Entity::integration;
    std::string external_key;
    Id practice;
    Id vendor;
    std::string name;  // "Canino PMS at Willow Creek"
    IntegrationStage stage = IntegrationStage::discovery;
    Day stage_since = 0;
    // "kickoff:20123,sandbox:20140": the day each stage was entered, in order.
    std::string stage_history;
    bool blocked = false;
    std::string blocked_reason;
    Id blocked_owner;
    std::optional<Day> go_live_p50;  // Forecast when the project was planned.
    std::optional<Day> go_live_p80;
    Id engineer;  // User who leads it.

    static constexpr auto fields() {
        return std::tuple(
            field("external_key", &Integration::external_key), field("practice", &Integration::practice),
            field("vendor", &Integration::vendor), field("name", &Integration::name),
            field("stage", &Integration::stage, Merge::strict), field("stage_since", &Integration::stage_since),
            field("stage_history", &Integration::stage_history), field("blocked", &Integration::blocked, Merge::strict),
            field("blocked_reason", &Integration::blocked_reason, Merge::strict),
            field("blocked_owner", &Integration::blocked_owner, Merge::strict),
            field("go_live_p50", &Integration::go_live_p50), field("go_live_p80", &Integration::go_live_p80),
            field("engineer", &Integration::engineer));
    }
};

// One integration's checks over one business day (a "check run" once rolled up).
struct CheckRollup : RecordHead {
    static constexpr Entity entity = Entity::check_rollup;
    std::string external_key;
    Id integration;
    Day day = 0;
    std::int64_t calls = 0;
    std::int64_t calls_succeeded = 0;
    std::int64_t ledger_rows = 0;
    std::int64_t ledger_matched = 0;
    std::int64_t latency_p95_ms = 0;
    std::int64_t errors = 0;
    std::int64_t errors_acknowledged = 0;
    std::optional<InstantMs> last_success_ms;
    bool credentials_valid = true;
    bool closed = false;  // The practice's calendar: no traffic is expected.
    std::string note;     // Reason in words, from the source.

    static constexpr auto fields() {
        return std::tuple(field("external_key", &CheckRollup::external_key),
                          field("integration", &CheckRollup::integration), field("day", &CheckRollup::day),
                          field("calls", &CheckRollup::calls), field("calls_succeeded", &CheckRollup::calls_succeeded),
                          field("ledger_rows", &CheckRollup::ledger_rows),
                          field("ledger_matched", &CheckRollup::ledger_matched),
                          field("latency_p95_ms", &CheckRollup::latency_p95_ms), field("errors", &CheckRollup::errors),
                          field("errors_acknowledged", &CheckRollup::errors_acknowledged),
                          field("last_success_ms", &CheckRollup::last_success_ms),
                          field("credentials_valid", &CheckRollup::credentials_valid),
                          field("closed", &CheckRollup::closed), field("note", &CheckRollup::note));
    }
};

struct Incident : RecordHead {
    static constexpr Entity entity = Entity::incident;
    std::string external_key;
    Id integration;
    std::string title;
    IncidentSeverity severity = IncidentSeverity::minor;
    InstantMs started_ms = 0;
    std::optional<InstantMs> ended_ms;

    static constexpr auto fields() {
        return std::tuple(field("external_key", &Incident::external_key), field("integration", &Incident::integration),
                          field("title", &Incident::title), field("severity", &Incident::severity),
                          field("started_ms", &Incident::started_ms), field("ended_ms", &Incident::ended_ms));
    }
};

// All financing facts of one location and month, as columns (wire/columnar). One sync change per segment.
struct FactSegment : RecordHead {
    static constexpr Entity entity = Entity::fact_segment;
    Id practice;
    Id location;
    MonthIndex month = 0;  // Month of the event day.
    std::int64_t fact_count = 0;
    Day closed_until = 0;  // The source has reported every day up to this one.
    Bytes columns;

    static constexpr auto fields() {
        return std::tuple(field("practice", &FactSegment::practice), field("location", &FactSegment::location),
                          field("month", &FactSegment::month), field("fact_count", &FactSegment::fact_count),
                          field("closed_until", &FactSegment::closed_until), field("columns", &FactSegment::columns));
    }
};

// The daily sums of a location's facts whose days are in one month, as columns (wire/rollup_columns): what those see
// whose facts would be too many. The server makes it of the facts by the figures' own definition and keeps it with
// them; it has the id of the segment of its place and month.
struct FactRollup : RecordHead {
    static constexpr Entity entity = Entity::fact_rollup;
    Id practice;
    Id location;
    MonthIndex month = 0;         // Of applications' event days and of money's posted days.
    std::int64_t fact_count = 0;  // Facts in the sums.
    Day closed_until = 0;         // As its segment tells it; 0 where money came into a month without a segment.
    Bytes columns;

    static constexpr auto fields() {
        return std::tuple(field("practice", &FactRollup::practice), field("location", &FactRollup::location),
                          field("month", &FactRollup::month), field("fact_count", &FactRollup::fact_count),
                          field("closed_until", &FactRollup::closed_until), field("columns", &FactRollup::columns));
    }
};

struct Target : RecordHead {
    static constexpr Entity entity = Entity::target;
    Id practice;
    MonthIndex month = 0;
    std::int64_t cents = 0;

    static constexpr auto fields() {
        return std::tuple(field("practice", &Target::practice), field("month", &Target::month),
                          field("cents", &Target::cents));
    }
};

struct Deposit : RecordHead {
    static constexpr Entity entity = Entity::deposit;
    std::string external_key;
    Id practice;
    Id location;
    Day day = 0;
    std::int64_t cents = 0;
    std::string reference;

    static constexpr auto fields() {
        return std::tuple(field("external_key", &Deposit::external_key), field("practice", &Deposit::practice),
                          field("location", &Deposit::location), field("day", &Deposit::day),
                          field("cents", &Deposit::cents), field("reference", &Deposit::reference));
    }
};

// How a location's day stands; worked out by rules/deposits and never stored.
enum class DepositState : std::uint8_t { unmatched, matched, reviewed };

// A person's word on a location's day whose deposit is not what was expected. It holds for the amounts that were seen.
struct DepositReview : RecordHead {
    static constexpr Entity entity = Entity::deposit_review;
    Id location;
    Day day = 0;
    std::int64_t expected_cents = 0;
    std::int64_t deposited_cents = 0;
    bool reviewed = false;  // False: taken back.
    std::string note;
    Id reviewed_by;  // Who said so last, and when; told by the server.
    std::optional<InstantMs> reviewed_ms;

    static constexpr auto fields() {
        return std::tuple(field("location", &DepositReview::location, Merge::immutable),
                          field("day", &DepositReview::day, Merge::immutable),
                          field("expected_cents", &DepositReview::expected_cents, Merge::strict),
                          field("deposited_cents", &DepositReview::deposited_cents, Merge::strict),
                          field("reviewed", &DepositReview::reviewed, Merge::strict),
                          field("note", &DepositReview::note, Merge::strict),
                          field("reviewed_by", &DepositReview::reviewed_by),
                          field("reviewed_ms", &DepositReview::reviewed_ms));
    }
};

// What an integration's vendor is told of its practice's volumes while the practice agrees: a whole month's counts,
// made by the server (facts/vendor_counts). An absent count is of few cases.
struct VendorCount : RecordHead {
    static constexpr Entity entity = Entity::vendor_count;
    Id vendor;
    Id integration;
    Id practice;
    MonthIndex month = 0;  // 0: no whole month has been reported yet.
    std::optional<std::int64_t> applications;
    std::optional<std::int64_t> approved;
    std::optional<std::int64_t> sales;

    static constexpr auto fields() {
        return std::tuple(field("vendor", &VendorCount::vendor), field("integration", &VendorCount::integration),
                          field("practice", &VendorCount::practice), field("month", &VendorCount::month),
                          field("applications", &VendorCount::applications), field("approved", &VendorCount::approved),
                          field("sales", &VendorCount::sales));
    }
};

struct Ticket : RecordHead {
    static constexpr Entity entity = Entity::ticket;
    std::string external_key;
    std::int64_t number = 0;  // Shown as #1042; given by the server.
    Id practice;
    std::string practice_name;  // As it was called then: the support desk sees tickets and no practices.
    Id location;
    Id integration;  // The integration it is about, or empty.
    std::string subject;
    std::string description;
    TicketState state = TicketState::new_;
    TicketPriority priority = TicketPriority::normal;
    TicketCategory category = TicketCategory::other;
    std::string labels;  // Words joined by ','.
    Id requester;
    std::string requester_name;
    Id assignee;
    std::string assignee_name;
    InstantMs created_ms = 0;
    std::optional<InstantMs> first_response_ms;  // First human public reply.
    std::optional<InstantMs> due_ms;             // The promise, from the SLA policy.
    std::optional<InstantMs> resolved_ms;
    InstantMs state_since_ms = 0;

    static constexpr auto fields() {
        return std::tuple(
            field("external_key", &Ticket::external_key), field("number", &Ticket::number),
            field("practice", &Ticket::practice, Merge::immutable), field("practice_name", &Ticket::practice_name),
            field("location", &Ticket::location, Merge::immutable),
            field("integration", &Ticket::integration, Merge::immutable),
            field("subject", &Ticket::subject, Merge::strict),
            field("description", &Ticket::description, Merge::strict), field("state", &Ticket::state, Merge::strict),
            field("priority", &Ticket::priority, Merge::strict), field("category", &Ticket::category, Merge::strict),
            field("labels", &Ticket::labels, Merge::set_operations), field("requester", &Ticket::requester),
            field("requester_name", &Ticket::requester_name), field("assignee", &Ticket::assignee, Merge::strict),
            field("assignee_name", &Ticket::assignee_name), field("created_ms", &Ticket::created_ms),
            field("first_response_ms", &Ticket::first_response_ms), field("due_ms", &Ticket::due_ms, Merge::strict),
            field("resolved_ms", &Ticket::resolved_ms), field("state_since_ms", &Ticket::state_since_ms));
    }
};

struct Message : RecordHead {
    static constexpr Entity entity = Entity::message;
    std::string external_key;
    Id ticket;
    // Copied from the ticket so that a message's streams need no second row.
    Id practice;
    Id location;
    MessageVisibility visibility = MessageVisibility::public_;
    MessageAuthorKind author_kind = MessageAuthorKind::practice;
    Id author;
    std::string author_name;
    std::string body;
    InstantMs created_ms = 0;

    static constexpr auto fields() {
        return std::tuple(
            field("external_key", &Message::external_key), field("ticket", &Message::ticket, Merge::immutable),
            field("practice", &Message::practice), field("location", &Message::location),
            field("visibility", &Message::visibility, Merge::immutable), field("author_kind", &Message::author_kind),
            field("author", &Message::author), field("author_name", &Message::author_name),
            field("body", &Message::body, Merge::strict), field("created_ms", &Message::created_ms));
    }
};

// What an account manager or lead has promised to do for a practice. The operator's own work: no practice sees it.
struct ActionItem : RecordHead {
    static constexpr Entity entity = Entity::action_item;
    std::string external_key;
    Id practice;
    Id book;  // The practice's, copied so that the item's stream needs no second row; it moves with the practice.
    std::string title;
    std::string note;
    Id owner;        // Who does it: one of the operator's staff.
    Day due_on = 0;  // A business date of the practice.
    bool done = false;
    std::optional<InstantMs> done_ms;  // When, and who said so; told by the server.
    Id done_by;
    // What it came from, or empty.
    Id integration;
    Id ticket;
    Id created_by;
    InstantMs created_ms = 0;

    static constexpr auto fields() {
        return std::tuple(
            field("external_key", &ActionItem::external_key),
            field("practice", &ActionItem::practice, Merge::immutable), field("book", &ActionItem::book),
            field("title", &ActionItem::title, Merge::strict), field("note", &ActionItem::note, Merge::strict),
            field("owner", &ActionItem::owner, Merge::strict), field("due_on", &ActionItem::due_on, Merge::strict),
            field("done", &ActionItem::done, Merge::strict), field("done_ms", &ActionItem::done_ms),
            field("done_by", &ActionItem::done_by), field("integration", &ActionItem::integration, Merge::immutable),
            field("ticket", &ActionItem::ticket, Merge::immutable), field("created_by", &ActionItem::created_by),
            field("created_ms", &ActionItem::created_ms));
    }
};

// A practice that may become a partner, and whom to call there: a business contact that a pitch has brought, never a
// patient. The operator's own work, and never changed.
struct Prospect : RecordHead {
    static constexpr Entity entity = Entity::prospect;
    Id book;           // Of who sent it; told by the server.
    std::string name;  // The practice's.
    std::string contact;
    std::string email;
    std::string note;
    Id created_by;
    InstantMs created_ms = 0;

    static constexpr auto fields() {
        return std::tuple(field("book", &Prospect::book), field("name", &Prospect::name, Merge::immutable),
                          field("contact", &Prospect::contact, Merge::immutable),
                          field("email", &Prospect::email, Merge::immutable),
                          field("note", &Prospect::note, Merge::immutable), field("created_by", &Prospect::created_by),
                          field("created_ms", &Prospect::created_ms));
    }
};

// Something the server tells one user: a grant changed, an import published, a reply arrived.
struct Notice : RecordHead {
    static constexpr Entity entity = Entity::notice;
    Id user;
    std::string kind;     // "reply", "import", "grant"
    std::string subject;  // Id of the row it is about.
    std::string text;
    InstantMs created_ms = 0;
    bool read = false;

    static constexpr auto fields() {
        return std::tuple(field("user", &Notice::user), field("kind", &Notice::kind),
                          field("subject", &Notice::subject), field("text", &Notice::text),
                          field("created_ms", &Notice::created_ms), field("read", &Notice::read, Merge::last_wins));
    }
};

// One financing event. Facts travel in segments, never as single rows; a correction is a reversing fact.
struct FinancingFact {
    std::string external_key;
    std::string application_ref;  // Opaque link of a sale to its application.
    std::int64_t row_number = 0;  // Line of the source that told it.
    FactKind kind = FactKind::application;
    FactStatus status = FactStatus::none;
    Id practice;
    Id location;
    Id plan;
    FactChannel channel = FactChannel::in_office;
    bool existing_cardholder = false;
    bool duplicate = false;  // Told by the source.
    Day event_day = 0;
    Day posted_day = 0;
    std::int32_t hour_band = 0;  // Local hour, 0-23; never a time of day.
    std::int64_t requested_cents = 0;
    std::int64_t approved_cents = 0;
    std::int64_t settled_cents = 0;
    std::int64_t fee_cents = 0;

    friend bool operator==(const FinancingFact&, const FinancingFact&) = default;
};

}  // namespace portal
