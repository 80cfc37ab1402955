// The replica's rows as the builders read them: typed, by id, with the pending edits applied. Follows the replica row
// by row, so that a small pull costs its own rows. Message bodies stay in the database; their heads are here.
//
// Iteration is in id order everywhere: what is built from it is the same on every device. Thread: the store's.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "app/store/financing_sums.hpp"
#include "shared/model/records.hpp"

namespace portal::store {

struct MessageHead {
    Id ticket;
    Id author;
    std::string author_name;
    MessageAuthorKind author_kind = MessageAuthorKind::practice;
    MessageVisibility visibility = MessageVisibility::public_;
    InstantMs created_ms = 0;
};

class RecordsInMemory {
  public:
    // A row as it looks now. Errors: a fact segment whose bytes do not decode.
    Status put(Row row);
    void remove(Entity entity, const Id& id);
    void clear();

    const std::map<Id, Vendor>& vendors() const { return m_vendors; }
    const std::map<Id, PromoPlan>& plans() const { return m_plans; }
    const std::map<Id, Calendar>& calendars() const { return m_calendars; }
    const std::map<Id, Practice>& practices() const { return m_practices; }
    const std::map<Id, Location>& locations() const { return m_locations; }
    const std::map<Id, User>& users() const { return m_users; }
    const std::map<Id, Grant>& grants() const { return m_grants; }
    const std::map<Id, Integration>& integrations() const { return m_integrations; }
    const std::map<Id, Incident>& incidents() const { return m_incidents; }
    const std::map<Id, Target>& targets() const { return m_targets; }
    const std::map<Id, Deposit>& deposits() const { return m_deposits; }
    const std::map<Id, DepositReview>& deposit_reviews() const { return m_deposit_reviews; }
    const std::map<Id, Ticket>& tickets() const { return m_tickets; }
    const std::map<Id, MessageHead>& messages() const { return m_messages; }
    const std::map<Id, ActionItem>& action_items() const { return m_action_items; }
    const std::map<Id, VendorCount>& vendor_counts() const { return m_vendor_counts; }
    const FactTable& facts() const { return m_financing.facts(); }
    const FinancingSums& financing() const { return m_financing; }
    // Changes with everything that a practice's business days and their applications are counted from.
    std::int64_t volume_version() const { return m_volume_version; }

    // An integration's rollups, oldest first; those of the last limits::rollup_days_in_memory reported days.
    std::vector<CheckRollup> rollups_of(const Id& integration) const;
    const CheckRollup* rollup_on(const Id& integration, Day day) const;
    // The newest day any check was reported on; 0 without any.
    Day last_rollup_day() const { return m_last_rollup_day; }

    std::string practice_name(const Id& practice) const;
    // As the ticket keeps it, where the practice is not among the rows.
    std::string practice_name(const Ticket& ticket) const;
    std::string location_name(const Id& location) const;
    std::string vendor_name(const Id& vendor) const;
    std::string user_name(const Id& user) const;
    std::string plan_name(const Id& plan) const;
    std::string integration_name(const Id& integration) const;

  private:
    void put_rollup(CheckRollup rollup);
    void note_change_of(Entity entity);

    std::map<Id, Vendor> m_vendors;
    std::map<Id, PromoPlan> m_plans;
    std::map<Id, Calendar> m_calendars;
    std::map<Id, Practice> m_practices;
    std::map<Id, Location> m_locations;
    std::map<Id, User> m_users;
    std::map<Id, Grant> m_grants;
    std::map<Id, Integration> m_integrations;
    std::map<Id, Incident> m_incidents;
    std::map<Id, Target> m_targets;
    std::map<Id, Deposit> m_deposits;
    std::map<Id, DepositReview> m_deposit_reviews;
    std::map<Id, Ticket> m_tickets;
    std::map<Id, MessageHead> m_messages;
    std::map<Id, ActionItem> m_action_items;
    std::map<Id, std::map<Day, CheckRollup>> m_rollups;
    std::map<Id, std::pair<Id, Day>> m_rollup_places;
    Day m_last_rollup_day = 0;
    std::map<Id, VendorCount> m_vendor_counts;
    FinancingSums m_financing;
    std::int64_t m_volume_version = 0;
};

}  // namespace portal::store
