#include "app/store/records_in_memory.hpp"

#include <algorithm>

#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"

namespace portal::store {
namespace {

template <class Record>
std::string name_in(const RecordsById<Record>& records, const Id& id) {
    const auto found = records.find(id);
    return found == records.end() ? std::string() : found->second.name;
}

// Rows that were made one after the other come with ascending ids: then the place is the last one.
template <class Record>
void put_in(RecordsById<Record>& records, Row row) {
    Id id = row.id;
    records.insert_or_assign(records.end(), std::move(id), from_row<Record>(std::move(row)));
}

MessageHead head_of(Row row) {
    auto message = from_row<Message>(std::move(row));
    return {std::move(message.ticket), std::move(message.author), std::move(message.author_name),
            message.author_kind,       message.visibility,        message.created_ms};
}

}  // namespace

void RecordsInMemory::note_change_of(Entity entity) {
    const bool counts = entity == Entity::fact_segment || entity == Entity::fact_rollup || entity == Entity::calendar ||
                        entity == Entity::location;
    m_volume_version += counts ? 1 : 0;
}

Status RecordsInMemory::put(Row row) {
    note_change_of(row.entity);
    switch (row.entity) {
        case Entity::vendor:
            put_in(m_vendors, std::move(row));
            break;
        case Entity::promo_plan:
            put_in(m_plans, std::move(row));
            break;
        case Entity::calendar:
            put_in(m_calendars, std::move(row));
            break;
        case Entity::practice:
            put_in(m_practices, std::move(row));
            break;
        case Entity::location:
            put_in(m_locations, std::move(row));
            break;
        case Entity::user:
            put_in(m_users, std::move(row));
            break;
        case Entity::grant:
            put_in(m_grants, std::move(row));
            break;
        case Entity::integration:
            put_in(m_integrations, std::move(row));
            break;
        case Entity::check_rollup:
            put_rollup(from_row<CheckRollup>(std::move(row)));
            break;
        case Entity::incident:
            put_in(m_incidents, std::move(row));
            break;
        case Entity::fact_segment:
            return m_financing.put(from_row<FactSegment>(std::move(row)));
        case Entity::fact_rollup:
            return m_financing.put(from_row<FactRollup>(std::move(row)));
        case Entity::target:
            put_in(m_targets, std::move(row));
            break;
        case Entity::deposit:
            put_in(m_deposits, std::move(row));
            break;
        case Entity::deposit_review:
            put_in(m_deposit_reviews, std::move(row));
            break;
        case Entity::vendor_count:
            put_in(m_vendor_counts, std::move(row));
            break;
        case Entity::ticket:
            put_in(m_tickets, std::move(row));
            break;
        case Entity::message: {
            Id id = row.id;
            m_messages.insert_or_assign(m_messages.end(), std::move(id), head_of(std::move(row)));
            break;
        }
        case Entity::action_item:
            put_in(m_action_items, std::move(row));
            break;
        case Entity::prospect:  // Few, and read where they are listed.
        case Entity::notice:
            break;
    }
    return {};
}

void RecordsInMemory::remove(Entity entity, const Id& id) {
    note_change_of(entity);
    switch (entity) {
        case Entity::vendor:
            m_vendors.erase(id);
            break;
        case Entity::promo_plan:
            m_plans.erase(id);
            break;
        case Entity::calendar:
            m_calendars.erase(id);
            break;
        case Entity::practice:
            m_practices.erase(id);
            break;
        case Entity::location:
            m_locations.erase(id);
            break;
        case Entity::user:
            m_users.erase(id);
            break;
        case Entity::grant:
            m_grants.erase(id);
            break;
        case Entity::integration:
            m_integrations.erase(id);
            break;
        case Entity::check_rollup:
            if (const auto place = m_rollup_places.find(id); place != m_rollup_places.end()) {
                // Another row may have taken its day since.
                std::erase_if(m_rollups[place->second.first], [&](const auto& day) { return day.second.id == id; });
                m_rollup_places.erase(place);
            }
            break;
        case Entity::incident:
            m_incidents.erase(id);
            break;
        case Entity::fact_segment:
            m_financing.remove_segment(id);
            break;
        case Entity::fact_rollup:
            m_financing.remove_rollup(id);
            break;
        case Entity::target:
            m_targets.erase(id);
            break;
        case Entity::deposit:
            m_deposits.erase(id);
            break;
        case Entity::deposit_review:
            m_deposit_reviews.erase(id);
            break;
        case Entity::vendor_count:
            m_vendor_counts.erase(id);
            break;
        case Entity::ticket:
            m_tickets.erase(id);
            break;
        case Entity::message:
            m_messages.erase(id);
            break;
        case Entity::action_item:
            m_action_items.erase(id);
            break;
        case Entity::prospect:
        case Entity::notice:
            break;
    }
}

void RecordsInMemory::clear() {
    const std::int64_t version = m_volume_version + 1;
    *this = RecordsInMemory();
    m_volume_version = version;
}

void RecordsInMemory::put_rollup(CheckRollup rollup) {
    remove(Entity::check_rollup, rollup.id);
    m_last_rollup_day = std::max(m_last_rollup_day, rollup.day);
    if (rollup.day + limits::rollup_days_in_memory < m_last_rollup_day) return;
    m_rollup_places[rollup.id] = {rollup.integration, rollup.day};
    auto& days = m_rollups[rollup.integration];
    while (!days.empty() && days.begin()->first + limits::rollup_days_in_memory < m_last_rollup_day) {
        m_rollup_places.erase(days.begin()->second.id);
        days.erase(days.begin());
    }
    days[rollup.day] = std::move(rollup);
}

std::vector<CheckRollup> RecordsInMemory::rollups_of(const Id& integration) const {
    std::vector<CheckRollup> rollups;
    if (const auto found = m_rollups.find(integration); found != m_rollups.end())
        for (const auto& [day, rollup] : found->second)
            rollups.push_back(rollup);
    return rollups;
}

const CheckRollup* RecordsInMemory::rollup_on(const Id& integration, Day day) const {
    const auto found = m_rollups.find(integration);
    if (found == m_rollups.end()) return nullptr;
    const auto rollup = found->second.find(day);
    return rollup == found->second.end() ? nullptr : &rollup->second;
}

std::string RecordsInMemory::practice_name(const Id& practice) const {
    return name_in(m_practices, practice);
}
std::string RecordsInMemory::practice_name(const Ticket& ticket) const {
    const std::string name = practice_name(ticket.practice);
    return name.empty() ? ticket.practice_name : name;
}
std::string RecordsInMemory::location_name(const Id& location) const {
    return name_in(m_locations, location);
}
std::string RecordsInMemory::vendor_name(const Id& vendor) const {
    return name_in(m_vendors, vendor);
}
std::string RecordsInMemory::user_name(const Id& user) const {
    return name_in(m_users, user);
}
std::string RecordsInMemory::plan_name(const Id& plan) const {
    return name_in(m_plans, plan);
}
std::string RecordsInMemory::integration_name(const Id& integration) const {
    return name_in(m_integrations, integration);
}

}  // namespace portal::store
