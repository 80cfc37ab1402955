#include <algorithm>

#include "shared/rules/access.hpp"

namespace portal {
namespace {

void drop(std::vector<Id>& ids, const Id& id) {
    ids.erase(std::remove(ids.begin(), ids.end(), id), ids.end());
}

void add_once(std::vector<Id>& ids, const Id& id) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

std::vector<Id> list_of(const std::unordered_map<Id, std::vector<Id>>& lists, const Id& key) {
    const auto found = lists.find(key);
    return found == lists.end() ? std::vector<Id>{} : found->second;
}

}  // namespace

void Directory::put_practice(const Id& practice, const Id& book, const Id& team) {
    PracticePlace& place = m_practice_places[practice];
    if (!place.listed) m_practices.push_back(practice);
    place.listed = true;
    place.book = book;
    place.team = team;
}

void Directory::put_location(const Id& location, const Id& practice) {
    Id& present = m_practice_by_location[location];
    if (!present.empty()) drop(m_practice_places[present].locations, location);
    present = practice;
    add_once(m_practice_places[practice].locations, location);
}

void Directory::put_integration(const Id& integration, const Id& practice, const Id& vendor, const Id& engineer) {
    IntegrationPlace& present = m_integrations[integration];
    if (!present.practice.empty()) {
        drop(m_practice_places[present.practice].integrations, integration);
        drop(m_integrations_by_vendor[present.vendor], integration);
        drop(m_integrations_by_engineer[present.engineer], integration);
    }
    present = {practice, vendor, engineer};
    add_once(m_practice_places[practice].integrations, integration);
    if (!vendor.empty()) {
        add_once(m_integrations_by_vendor[vendor], integration);
        add_once(m_vendors, vendor);
    }
    if (!engineer.empty()) add_once(m_integrations_by_engineer[engineer], integration);
}

void Directory::put_fact_count(const Id& practice, std::int64_t facts) {
    m_practice_places[practice].facts = facts;
}

std::int64_t Directory::facts_of(const Id& practice) const {
    const auto found = m_practice_places.find(practice);
    return found == m_practice_places.end() ? 0 : found->second.facts;
}

void Directory::put_assignment(const Id& ticket, const Id& assignee) {
    const auto present = m_assignee_by_ticket.find(ticket);
    if (present != m_assignee_by_ticket.end()) {
        if (present->second == assignee) return;
        drop(m_tickets_by_assignee[present->second], ticket);
        m_assignee_by_ticket.erase(present);
    }
    if (assignee.empty()) return;
    m_assignee_by_ticket[ticket] = assignee;
    m_tickets_by_assignee[assignee].push_back(ticket);
}

std::vector<Id> Directory::practices_of_book(const Id& book) const {
    std::vector<Id> found;
    for (const Id& practice : m_practices)
        if (!book.empty() && m_practice_places.at(practice).book == book) found.push_back(practice);
    return found;
}

std::vector<Id> Directory::practices_of_team(const Id& team) const {
    std::vector<Id> found;
    for (const Id& practice : m_practices)
        if (!team.empty() && m_practice_places.at(practice).team == team) found.push_back(practice);
    return found;
}

std::vector<Id> Directory::books() const {
    std::vector<Id> found;
    for (const Id& practice : m_practices)
        if (const Id& book = m_practice_places.at(practice).book; !book.empty()) found.push_back(book);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::vector<Id> Directory::books_of_team(const Id& team) const {
    std::vector<Id> found;
    if (team.empty()) return found;
    std::vector<Id> elsewhere;
    for (const Id& practice : m_practices) {
        const PracticePlace& place = m_practice_places.at(practice);
        if (!place.book.empty()) (place.team == team ? found : elsewhere).push_back(place.book);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    for (const Id& book : elsewhere)
        drop(found, book);
    return found;
}

bool Directory::has_book(const Id& book) const {
    return !practices_of_book(book).empty();
}

std::vector<Id> Directory::locations_of(const Id& practice) const {
    const auto found = m_practice_places.find(practice);
    return found == m_practice_places.end() ? std::vector<Id>{} : found->second.locations;
}

std::vector<Id> Directory::integrations_of_practice(const Id& practice) const {
    const auto found = m_practice_places.find(practice);
    return found == m_practice_places.end() ? std::vector<Id>{} : found->second.integrations;
}

std::vector<Id> Directory::integrations_of_vendor(const Id& vendor) const {
    return list_of(m_integrations_by_vendor, vendor);
}

std::vector<Id> Directory::integrations_of_engineer(const Id& engineer) const {
    return list_of(m_integrations_by_engineer, engineer);
}

std::vector<Id> Directory::tickets_of_assignee(const Id& user) const {
    return list_of(m_tickets_by_assignee, user);
}

std::vector<Id> Directory::vendors() const {
    std::vector<Id> found;
    for (const Id& vendor : m_vendors)
        if (!m_integrations_by_vendor.at(vendor).empty()) found.push_back(vendor);
    std::sort(found.begin(), found.end());
    return found;
}

bool Directory::has_practice(const Id& practice) const {
    const auto found = m_practice_places.find(practice);
    return found != m_practice_places.end() && found->second.listed;
}

Id Directory::practice_of_location(const Id& location) const {
    const auto found = m_practice_by_location.find(location);
    return found == m_practice_by_location.end() ? Id{} : found->second;
}

Id Directory::practice_of_integration(const Id& integration) const {
    const auto found = m_integrations.find(integration);
    return found == m_integrations.end() ? Id{} : found->second.practice;
}

}  // namespace portal
