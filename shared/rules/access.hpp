// Who may see what: one table of streams, for both sides and for the tests that walk all of it.
//
// A stream is a set of rows with one visibility; a row may belong to several. The server decides by these functions
// before it sends a row; a browser filter is presentation only. Unknown means no: every lookup fails closed.
//
//   g                    reference data: vendors, plans, calendars
//   s                    the operator's staff directory (staff only)
//   u:<user>             own user row, grants, notices
//   p:<practice>         directory of a practice: itself, locations, its staff, targets
//   l:<location>:work    tickets and public messages
//   l:<location>:fin     financing fact segments, deposits and their reviews
//   r:<practice>         daily rollups of its facts: for operations, and instead of every :fin stream of the grant for
//                        leads and auditors whose grants reach more facts than a replica takes
//   i:<integration>      stage, blockers, check rollups, incidents
//   n:<practice>         staff only: internal notes
//   t:<ticket>:public    one ticket and its public messages, by assignment
//   t:<ticket>:staff     one ticket's internal notes, by assignment
//   b:<book>             the account manager's work: action items, prospects. A team's lead has the books whose
//   practices all are
//                        of the team; a grant of single practices has none
//   v:<vendor>           the vendor's own staff directory
//   v:<vendor>:counts    volumes as counts, of the practices that agree; an administrator sees no volumes
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "shared/base/limits.hpp"
#include "shared/model/records.hpp"
#include "shared/model/stream.hpp"
#include "shared/rules/caller.hpp"

namespace portal {

// The places a scope reaches, kept by the server from its own rows.
class Directory {
  public:
    void put_practice(const Id& practice, const Id& book, const Id& team);
    void put_location(const Id& location, const Id& practice);
    void put_integration(const Id& integration, const Id& practice, const Id& vendor, const Id& engineer);
    void put_assignment(const Id& ticket, const Id& assignee);  // An empty assignee takes it back.
    void put_fact_count(const Id& practice, std::int64_t facts);
    // How many facts a lead's or an auditor's replica takes (limits::replica_facts_max unless told otherwise).
    void set_replica_facts_max(std::int64_t facts) { m_replica_facts_max = facts; }

    std::span<const Id> practices() const { return m_practices; }
    std::vector<Id> practices_of_book(const Id& book) const;
    std::vector<Id> practices_of_team(const Id& team) const;
    std::vector<Id> books() const;                        // Those with a practice, sorted.
    std::vector<Id> books_of_team(const Id& team) const;  // Of them, those without a practice of another team.
    bool has_book(const Id& book) const;
    std::vector<Id> locations_of(const Id& practice) const;
    std::vector<Id> integrations_of_practice(const Id& practice) const;
    std::vector<Id> integrations_of_vendor(const Id& vendor) const;
    std::vector<Id> integrations_of_engineer(const Id& engineer) const;
    std::vector<Id> tickets_of_assignee(const Id& user) const;
    std::vector<Id> vendors() const;  // Those with an integration, sorted.
    bool has_practice(const Id& practice) const;
    std::int64_t facts_of(const Id& practice) const;
    std::int64_t replica_facts_max() const { return m_replica_facts_max; }
    Id practice_of_location(const Id& location) const;        // Empty when unknown.
    Id practice_of_integration(const Id& integration) const;  // Empty when unknown.

  private:
    struct PracticePlace {
        bool listed = false;  // A location may come before its practice.
        Id book, team;
        std::int64_t facts = 0;
        std::vector<Id> locations, integrations;
    };
    struct IntegrationPlace {
        Id practice, vendor, engineer;
    };
    std::int64_t m_replica_facts_max = limits::replica_facts_max;
    std::vector<Id> m_practices;
    std::vector<Id> m_vendors;  // Every vendor that ever had an integration.
    std::unordered_map<Id, PracticePlace> m_practice_places;
    std::unordered_map<Id, Id> m_practice_by_location;
    std::unordered_map<Id, IntegrationPlace> m_integrations;
    std::unordered_map<Id, std::vector<Id>> m_integrations_by_vendor;
    std::unordered_map<Id, std::vector<Id>> m_integrations_by_engineer;
    std::unordered_map<Id, Id> m_assignee_by_ticket;
    std::unordered_map<Id, std::vector<Id>> m_tickets_by_assignee;
};

// The streams a row belongs to, from the row alone. Sorted, unique.
std::vector<StreamId> streams_of_row(const Row& row);

// The streams a caller may see now. Sorted, unique.
std::vector<StreamId> streams_of_caller(const Caller& caller, const Directory& directory);

// In which form the figures reach the caller's grants as lead or auditor: as facts, or as rollups where the practices
// of these grants have more facts than a replica takes. Who has rollups keeps them until the facts are clearly fewer
// (limits::replica_facts_slack_share).
FiguresForm figures_form(const Caller& caller, const Directory& directory);

// May the caller ask the server for single facts of the practice? Only roles that may see rows at all, not a front
// desk.
bool may_read_facts(const Caller& caller, const Directory& directory, const Id& practice);
// The same of a role alone, without places: what a browser can ask.
bool role_may_read_facts(Role role);
// Do figures of the practice reach the caller, as facts of one of its locations or as rollups?
bool may_see_figures(const Caller& caller, const Directory& directory, const Id& practice);

// May the caller create or change this row with a mutation? (Field rules are the mutator's.)
enum class WriteDecision { allowed, not_visible, read_only };
WriteDecision may_write(const Caller& caller, const Directory& directory, const Row& row);

// The roles in which the caller may write the row: those of the grants that reach it. Unique.
std::vector<Role> writing_roles(const Caller& caller, const Directory& directory, const Row& row);

// The role x entity table alone, without places: what a browser can ask, whose rows are all visible anyway.
bool role_may_write(Role role, Entity entity);
// Does any grant of the caller allow writes to this entity somewhere? One's own user row and notices always.
bool may_write_somewhere(const Caller& caller, Entity entity);

}  // namespace portal
