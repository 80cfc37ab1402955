// What the user wants: the only thing a view may say. The shell puts intents on a bounded channel to the store thread.
//
// Intents that change data carry their own ULID, made where the user acted; the store turns them into mutations.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/vm/leads_part.hpp"
#include "shared/base/calendar_day.hpp"
#include "shared/model/figure.hpp"
#include "shared/model/id.hpp"
#include "shared/model/records.hpp"
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
enum class Grain : std::uint8_t { day, week, month, quarter };
enum class Comparison : std::uint8_t { year_before, period_before };
enum class Split : std::uint8_t { none, plan, channel };                 // What the chart's bars are stacked by.
enum class Explain : std::uint8_t { places, plans, channels, effects };  // What a change is told by.

// The pictures of the financing screen, each of which can be shown as a table.
enum class Picture : std::uint8_t { net, change, funnel, hours };

// Screens and what they show; a route in the address bar is one of these (app/vm/route.hpp).
struct OverviewQuery {
    std::string passport = {};  // Name of the figure whose passport is open, or empty.
    friend bool operator==(const OverviewQuery&, const OverviewQuery&) = default;
};
struct IntegrationsQuery {
    IntegrationFilter filter = IntegrationFilter::all;
    std::string search = {};
    Id selected = {};
    std::optional<Day> day = {};  // The check row that is open.
    // Of the selected one: of its health, or of a month's count that its vendor is told (app/vm/financing_passport.hpp).
    std::string passport = {};
    friend bool operator==(const IntegrationsQuery&, const IntegrationsQuery&) = default;
};
// Which of the single facts behind the figures are listed, and in which order.
enum class RowsSort : std::uint8_t { day, posted, kind, status, plan, location, channel, amount };
struct RowsQuery {
    std::optional<FigureId> figure = {};  // Those that this figure is made of.
    std::string reference = {};           // How a fact's key or its application begins.
    RowsSort sort = RowsSort::day;
    bool ascending = false;
    std::int64_t first = 0;  // Of the window that the screen has; stands in no address, nor does the next.
    std::optional<RowsSort> counted = {};  // The column whose values are offered in its head.
    friend bool operator==(const RowsQuery&, const RowsQuery&) = default;
};
struct FinancingQuery {
    Day from = 0, until = 0;  // Posted days, both included; 0 means the default (this month and the 12 before).
    Grain grain = Grain::month;
    Id practice = {};  // Empty: all.
    Id location = {};
    Id plan = {};
    std::optional<FactChannel> channel = {};
    std::optional<bool> existing_cardholder = {};  // Sales and applications of existing cardholders, or of new ones.
    std::int64_t cents_from = 0;                   // Of a fact's own amount, both included; 0 means no bound.
    std::int64_t cents_until = 0;
    std::optional<int> weekday = {};  // 0 (Monday) to 6, of a fact's own day.
    std::optional<int> hour = {};     // 0-23.
    std::optional<FactKind> kind = {};
    std::optional<FactStatus> status = {};
    Comparison comparison = Comparison::year_before;
    Split split = Split::none;
    Explain explain = Explain::places;
    std::uint32_t tables = 0;            // A bit for each Picture that is shown as a table.
    std::string passport = {};           // The one that is open (app/vm/financing_passport.hpp), or empty.
    std::optional<RowsQuery> rows = {};  // The single facts instead of the figures.
    bool misread = false;                // The address says something that is not known; it is left out.
    friend bool operator==(const FinancingQuery&, const FinancingQuery&) = default;
};
// What narrows a selection: all that can be set, and how each is taken back. Those before `reference` are chips.
enum class Filter : std::uint8_t {
    practice,
    location,
    plan,
    channel,
    cardholder,
    amount,
    when,
    kind,
    status,
    figure,
    reference,
};
inline constexpr int filters = 11;
inline void take_back(Filter filter, FinancingQuery& query) {
    switch (filter) {
        case Filter::practice:
            return query.practice.clear();
        case Filter::location:
            return query.location.clear();
        case Filter::plan:
            return query.plan.clear();
        case Filter::channel:
            return query.channel.reset();
        case Filter::cardholder:
            return query.existing_cardholder.reset();
        case Filter::amount:
            query.cents_from = query.cents_until = 0;
            return;
        case Filter::when:
            query.weekday.reset();
            return query.hour.reset();
        case Filter::kind:
            return query.kind.reset();
        case Filter::status:
            return query.status.reset();
        case Filter::figure:
            if (query.rows) query.rows->figure.reset();
            return;
        case Filter::reference:
            if (query.rows) query.rows->reference.clear();
    }
}
// Without the filter that one column of the rows is chosen by; days and amounts have two ends instead.
inline void take_back(RowsSort column, FinancingQuery& query) {
    if (column == RowsSort::kind) take_back(Filter::kind, query);
    if (column == RowsSort::status) take_back(Filter::status, query);
    if (column == RowsSort::plan) take_back(Filter::plan, query);
    if (column == RowsSort::location) take_back(Filter::location, query);
    if (column == RowsSort::channel) take_back(Filter::channel, query);
}
// The same period, bars and comparison over everything in scope.
inline FinancingQuery without_filters(FinancingQuery query) {
    for (int filter = 0; filter < filters; ++filter)
        take_back(static_cast<Filter>(filter), query);
    return query;
}
// How many chips are set.
inline int set_filters(const FinancingQuery& query) {
    int set = 0;
    for (int filter = 0; filter < static_cast<int>(Filter::reference); ++filter) {
        FinancingQuery without = query;
        take_back(static_cast<Filter>(filter), without);
        set += without == query ? 0 : 1;
    }
    return set;
}
// What is selected, without how it is shown, sorted or being typed.
inline FinancingQuery selection_of(FinancingQuery query) {
    query.grain = {};
    query.comparison = {};
    query.split = {};
    query.explain = {};
    query.tables = 0;
    query.misread = false;
    query.passport.clear();
    if (query.rows) query.rows = RowsQuery{.figure = query.rows->figure};
    return query;
}
struct TicketsQuery {
    TicketTab tab = TicketTab::open;
    std::string search = {};
    Id selected = {};
    bool composing = false;     // The "File ticket" form is open.
    Id about_integration = {};  // Fills the form's context.
    std::optional<Day> about_day = {};
    Id about_deposit = {};  // A location whose deposit of that day is asked about.
    Id about_volume = {};   // A practice that has too few applications.
    friend bool operator==(const TicketsQuery&, const TicketsQuery&) = default;
};
struct ActionsQuery {
    Id practice = {};  // Empty: all.
    Id owner = {};
    std::string search = {};
    Id selected = {};
    bool composing = false;     // The "Add action item" form is open, for `practice` where one is named.
    Id about_integration = {};  // What the new item comes from.
    Id about_ticket = {};
    friend bool operator==(const ActionsQuery&, const ActionsQuery&) = default;
};
struct DepositsQuery {
    std::optional<DepositState> state = {};
    Id location = {};  // Empty: all.
    Day from = 0;      // The first day that is listed; 0: every known one.
    Id selected = {};  // Location of the day that is open.
    std::optional<Day> day = {};
    std::optional<DepositState> passport = {};  // The state whose total's passport is open.
    friend bool operator==(const DepositsQuery&, const DepositsQuery&) = default;
};
struct SqlQuery {
    friend bool operator==(const SqlQuery&, const SqlQuery&) = default;
};
struct SyncQuery {
    friend bool operator==(const SyncQuery&, const SyncQuery&) = default;
};
struct ProfileQuery {
    friend bool operator==(const ProfileQuery&, const ProfileQuery&) = default;
};
// In the order of DepositState.
inline constexpr std::array<std::string_view, 3> deposit_state_texts = {"unmatched", "matched", "reviewed"};
using Query = std::variant<OverviewQuery, IntegrationsQuery, FinancingQuery, TicketsQuery, ActionsQuery, DepositsQuery,
                           SqlQuery, SyncQuery, ProfileQuery>;

// The figure whose passport is open; empty on screens without one.
inline std::string_view passport_of(const Query& query) {
    if (const auto* overview = std::get_if<OverviewQuery>(&query)) return overview->passport;
    if (const auto* deposits = std::get_if<DepositsQuery>(&query); deposits && deposits->passport)
        return deposit_state_texts[static_cast<std::size_t>(*deposits->passport)];
    if (const auto* integrations = std::get_if<IntegrationsQuery>(&query)) return integrations->passport;
    const auto* financing = std::get_if<FinancingQuery>(&query);
    return financing ? std::string_view(financing->passport) : std::string_view();
}

// ---- Intents ----

struct ShowScreen {
    Query query = {};
};
// Other rows of the list that is shown: those from `first` on.
struct WantRows {
    std::int64_t first = 0;
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
// Whether an integration is stuck, on what, and who clears it.
struct Blocker {
    bool blocked = false;
    std::string reason = {};
    Id owner = {};
    friend bool operator==(const Blocker&, const Blocker&) = default;
};
struct SetBlocker {
    Id intent = {};
    Id integration = {};
    Blocker seen = {};
    Blocker wanted = {};
};
// A practice's word on whether its vendors may see its volumes as counts.
struct SetVendorConsent {
    Id intent = {};
    Id practice = {};
    bool wanted = false;  // The other was seen.
};
// What a person writes of an action item.
struct ActionValues {
    std::string title = {};
    std::string note = {};
    Id owner = {};
    Day due_on = 0;
    friend bool operator==(const ActionValues&, const ActionValues&) = default;
};
// A lead that waits on this machine. Its id is the edit's and the row's, so that however often it is sent, from
// whichever tab, it is there once.
struct SendLead {
    Lead lead = {};
};
struct AddAction {
    Id intent = {};
    Id action = {};  // ULID of the new row.
    Id practice = {};
    ActionValues values = {};
    Id integration = {};  // What it comes from, or empty.
    Id ticket = {};
};
struct EditAction {
    Id intent = {};
    Id action = {};
    ActionValues seen = {};  // What the user began from; only what differs is changed.
    ActionValues wanted = {};
};
struct MarkAction {
    Id intent = {};
    Id action = {};
    bool done = true;  // False: reopened.
};
// What a reviewer of a day's deposit saw and says.
struct ReviewValues {
    std::int64_t expected_cents = 0;
    std::int64_t deposited_cents = 0;
    bool reviewed = false;
    std::string note = {};
    friend bool operator==(const ReviewValues&, const ReviewValues&) = default;
};
struct ReviewDeposit {
    Id intent = {};
    Id location = {};
    Day day = 0;
    std::optional<ReviewValues> seen = {};  // The review that was there; nothing: none.
    ReviewValues wanted = {};
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
enum class Export : std::uint8_t {
    financing,
    fact_rows,
    tickets,
    integrations,
    actions,
    deposits,
    prospects,
    sql,
    outbox
};
enum class ExportForm : std::uint8_t { csv, workbook, report };
struct ExportData {
    Export what = Export::financing;
    Query query = {};
    ExportForm form = ExportForm::csv;
    std::string language = {};  // Of the screen that it is wanted on, BCP 47; empty: the user's own.
};
// Asks this device's copy of the rows; the former question ends.
struct RunSql {
    std::string sql = {};
};
struct StopSql {};
// Addresses of screens under names of the user's.
struct SavedView {
    std::string name = {};
    std::string route = {};
    friend bool operator==(const SavedView&, const SavedView&) = default;
};
// All of them, in their order: what is not among them is deleted.
struct KeepViews {
    std::vector<SavedView> views = {};
};
struct SignOut {
    bool everywhere = false;
    bool discard_pending = false;  // The user has seen how many edits would be lost.
};
struct KeepDataOnDevice {
    bool keep = true;
};

using Intent =
    std::variant<ShowScreen, WantRows, ChooseScope, FileTicket, ReplyToTicket, MoveTicket, MoveIntegration, SetBlocker,
                 SetVendorConsent, AddAction, EditAction, MarkAction, SendLead, ReviewDeposit, AnswerTray, SyncNow,
                 SetOffline, ExportData, RunSql, StopSql, KeepViews, SignOut, KeepDataOnDevice>;

// Where views put what the user wants. Thread: UI.
class IntentSink {
  public:
    virtual ~IntentSink() = default;
    virtual void emit(Intent intent) = 0;
    // A fresh ULID for intents that change data.
    virtual Id new_id() = 0;
};

}  // namespace portal::vm
