// One function per screen part. Pure reads: the same context gives the same part. Figures come from rules/figures
// alone.
#pragma once

#include <map>
#include <memory>

#include "app/store/build_context.hpp"
#include "app/vm/snapshot.hpp"

namespace portal::store {

vm::SessionPart build_session(const BuildContext& context);
vm::OverviewPart build_overview(const BuildContext& context);
vm::IntegrationsPart build_integrations(const BuildContext& context, const vm::IntegrationsQuery& query);
vm::FinancingPart build_financing(const BuildContext& context, const vm::FinancingQuery& query);
// What a query with its defaults filled in selects.
FactFilter fact_filter_of(const BuildContext& context, const vm::FinancingQuery& query);
// The query's window of single facts under the figures' filter; asks the server's where there are none here.
FactOrder fact_order_of(const vm::RowsQuery& query);
vm::FactRows build_fact_rows(const BuildContext& context, const vm::FinancingQuery& query, const FactFilter& filter);
// The selection's practice beside its peers; asks the server for them.
vm::PeersPart build_peers(const BuildContext& context, const vm::FinancingQuery& query);
vm::TicketsPart build_tickets(const BuildContext& context, const vm::TicketsQuery& query);
vm::DepositsPart build_deposits(const BuildContext& context, const vm::DepositsQuery& query);
vm::SqlPart build_sql(const BuildContext& context);
vm::ActionsPart build_actions(const BuildContext& context, const vm::ActionsQuery& query);

// What the sync part needs beyond the replica; sync tells it.
struct SyncFacts {
    vm::SyncPhase phase = vm::SyncPhase::starting;
    vm::StorageKind storage = vm::StorageKind::memory;
    vm::StoragePromise promise = vm::StoragePromise::unknown;
    bool keeps_data = true;
    bool began_empty = false;
    bool forced_offline = false;
    std::int64_t rows_loaded = 0;
    std::int64_t rows_expected = 0;
    vm::LocalProblem problem = vm::LocalProblem::none;
    // Edits that are only in memory, until the device has room for them, and when the first one was made.
    std::int64_t unstored_count = 0;
    InstantMs oldest_unstored_ms = 0;
    friend bool operator==(const SyncFacts&, const SyncFacts&) = default;
};
// Null replica, outbox and records before the local store is open.
vm::SyncPart build_sync(Replica* replica, Outbox* outbox, const RecordsInMemory& records, const SyncFacts& facts);

// ---- Pieces shared by several parts ----

vm::Home home_of(Role role);
vm::Query to_ticket(const Id& ticket);
vm::Query to_integration(const Id& integration, std::optional<Day> day = std::nullopt);
vm::Health health_of(const BuildContext& context, const Integration& integration);
vm::IntegrationBrief integration_brief(const BuildContext& context, const Integration& integration);
vm::TicketBrief ticket_brief(const BuildContext& context, const Ticket& ticket);
bool is_open(const Ticket& ticket);
// Under the query's filters and the scope, in the list's order.
std::vector<vm::ActionBrief> actions_in(const BuildContext& context, const vm::ActionsQuery& query);
vm::ActionGroup group_of(const ActionItem& item, Day today);
// The business day at each practice: of its first location.
class PracticeDays {
  public:
    explicit PracticeDays(const BuildContext& context);
    Day today(const Id& practice) const;

  private:
    std::map<Id, Day> m_days;
    Day m_elsewhere = 0;
};
// Every day under the query's filters, newest first.
std::vector<vm::DepositLine> deposit_lines(const BuildContext& context, const vm::DepositsQuery& query);
bool waits_on_user(const BuildContext& context, const Ticket& ticket);
bool is_overdue(const BuildContext& context, const Ticket& ticket);
// Integrations in scope, in name order.
std::vector<const Integration*> integrations_in_scope(const BuildContext& context);
// Tickets in scope.
const std::vector<const Ticket*>& tickets_in_scope(const BuildContext& context);
// The open ticket about an integration, or empty.
Id open_ticket_about(const BuildContext& context, const Id& integration);
// Most urgent first.
std::vector<vm::Attention> attention_of(const BuildContext& context);
// Of the practices in scope, in the order of their ids.
std::vector<vm::VolumeAlarmLine> volume_alarms(const BuildContext& context);
std::vector<vm::ActivityItem> activity_of(const BuildContext& context);
std::vector<vm::PracticeStanding> book_of(const BuildContext& context);
// The month's target of the practices in scope; nothing when none is set.
std::optional<std::int64_t> target_of(const BuildContext& context, MonthIndex month);

}  // namespace portal::store
