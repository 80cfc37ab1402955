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

template <class Record>
using RecordsById = std::map<Id, Record, IdOrder>;

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

    const RecordsById<Vendor>& vendors() const { return m_vendors; }
    const RecordsById<PromoPlan>& plans() const { return m_plans; }
    const RecordsById<Calendar>& calendars() const { return m_calendars; }
    const RecordsById<Practice>& practices() const { return m_practices; }
    const RecordsById<Location>& locations() const { return m_locations; }
    const RecordsById<User>& users() const { return m_users; }
    const RecordsById<Grant>& grants() const { return m_grants; }
    const RecordsById<Integration>& integrations() const { return m_integrations; }
    const RecordsById<Incident>& incidents() const { return m_incidents; }
    const RecordsById<Target>& targets() const { return m_targets; }
    const RecordsById<Deposit>& deposits() const { return m_deposits; }
    const RecordsById<DepositReview>& deposit_reviews() const { return m_deposit_reviews; }
    const RecordsById<Ticket>& tickets() const { return m_tickets; }
    const RecordsById<MessageHead>& messages() const { return m_messages; }
    const RecordsById<ActionItem>& action_items() const { return m_action_items; }
    const RecordsById<VendorCount>& vendor_counts() const { return m_vendor_counts; }
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

    RecordsById<Vendor> m_vendors;
    RecordsById<PromoPlan> m_plans;
    RecordsById<Calendar> m_calendars;
    RecordsById<Practice> m_practices;
    RecordsById<Location> m_locations;
    RecordsById<User> m_users;
    RecordsById<Grant> m_grants;
    RecordsById<Integration> m_integrations;
    RecordsById<Incident> m_incidents;
    RecordsById<Target> m_targets;
    RecordsById<Deposit> m_deposits;
    RecordsById<DepositReview> m_deposit_reviews;
    RecordsById<Ticket> m_tickets;
    RecordsById<MessageHead> m_messages;
    RecordsById<ActionItem> m_action_items;
    RecordsById<std::map<Day, CheckRollup>> m_rollups;
    RecordsById<std::pair<Id, Day>> m_rollup_places;
    Day m_last_rollup_day = 0;
    RecordsById<VendorCount> m_vendor_counts;
    FinancingSums m_financing;
    std::int64_t m_volume_version = 0;
};

}  // namespace portal::store
