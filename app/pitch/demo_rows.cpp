#include "app/pitch/demo_rows.hpp"

#include <algorithm>

#include "shared/facts/segment.hpp"

namespace portal::pitch {

DemoRows::DemoRows(const tenant::DemoOptions& options, const Id& user, const Clock& clock, const DemoExtent& extent)
    : m_clock(clock), m_practices_max(extent.practices_max) {
    m_caller.user = user;
    for (const Row& row : extent.more)
        m_practices.emplace(text_value(row, "practice"));
    m_practices.erase(Id());
    tenant::generate(options, *this);
    for (const Row& row : extent.more)
        on_row(row);
    for (const auto& [practice, count] : m_fact_counts)
        m_directory.put_fact_count(practice, count);
    m_streams = streams_of_caller(m_caller, m_directory);
    forget_what_is_not_seen();
}

// Whatever else is a left out practice's goes with the streams, which only places open.
bool DemoRows::is_left_out(const Row& row) {
    if (row.entity == Entity::practice)
        return !m_practices.contains(row.id) &&
               (m_practices.size() >= m_practices_max || !m_practices.insert(row.id).second);
    const bool is_of_practice = row.entity == Entity::location || row.entity == Entity::integration;
    return is_of_practice && !m_practices.contains(Id(text_value(row, "practice")));
}

void DemoRows::on_row(const Row& row) {
    if (is_left_out(row)) return;
    if (row.entity == Entity::grant && text_value(row, "user") == m_caller.user)
        m_caller.grants.push_back(from_row<Grant>(row));
    if (row.entity == Entity::ticket) m_ticket_number = std::max(m_ticket_number, integer_value(row, "number"));
    remember_place(row);
    Row first = row;
    first.rev = 1;
    hold(std::move(first));
}

void DemoRows::on_facts(const Id& practice, const Id& location, MonthIndex month, Day closed_until,
                        std::span<const FinancingFact> facts) {
    m_fact_counts[practice] += static_cast<std::int64_t>(facts.size());
    FactSegment segment = make_segment(practice, location, month, closed_until, facts);
    segment.rev = 1;
    hold(to_row(segment));
}

void DemoRows::remember_place(const Row& row) {
    if (row.entity == Entity::practice) {
        const auto practice = from_row<Practice>(row);
        m_directory.put_practice(practice.id, practice.book, practice.team);
    } else if (row.entity == Entity::location) {
        const auto location = from_row<Location>(row);
        m_directory.put_location(location.id, location.practice);
    } else if (row.entity == Entity::integration) {
        const auto integration = from_row<Integration>(row);
        m_directory.put_integration(integration.id, integration.practice, integration.vendor, integration.engineer);
    } else if (row.entity == Entity::ticket) {
        const auto ticket = from_row<Ticket>(row);
        m_directory.put_assignment(ticket.id, ticket.assignee);
    }
}

DemoRows::Held& DemoRows::hold(Row row) {
    Held& held = m_rows[{row.entity, row.id}];
    m_changes.erase(held.change);
    held.change = ++m_head;
    m_changes[held.change] = {row.entity, row.id};
    held.row = std::move(row);
    held.is_gone = false;
    return held;
}

std::vector<StreamId> DemoRows::seen_in(const Row& row) const {
    std::vector<StreamId> seen;
    for (StreamId& stream : streams_of_row(row))
        if (std::ranges::binary_search(m_streams, stream)) seen.push_back(std::move(stream));
    return seen;
}

void DemoRows::forget_what_is_not_seen() {
    std::erase_if(m_rows, [&](const auto& entry) {
        if (!seen_in(entry.second.row).empty()) return false;
        m_changes.erase(entry.second.change);
        return true;
    });
}

std::optional<Row> DemoRows::get(Entity entity, const Id& id) {
    const auto found = m_rows.find({entity, id});
    return found == m_rows.end() || found->second.is_gone ? std::nullopt : std::optional(found->second.row);
}

void DemoRows::put(const Row& row) {
    put_of(m_caller.user, row);
}

void DemoRows::put_of(const Id& author, const Row& row) {
    Row next = row;
    const auto former = m_rows.find({row.entity, row.id});
    next.rev = former == m_rows.end() ? 1 : former->second.row.rev + 1;
    next.updated_ms = m_clock.now_ms();
    next.updated_by = author;
    remember_place(next);
    hold(std::move(next));
}

void DemoRows::remove(Entity entity, const Id& id) {
    if (auto row = get(entity, id)) hold(std::move(*row)).is_gone = true;
}

void DemoRows::each_row(Entity entity, const std::function<void(const Row&)>& visit) const {
    for (auto at = m_rows.lower_bound({entity, Id()}); at != m_rows.end() && at->first.first == entity; ++at)
        if (!at->second.is_gone) visit(at->second.row);
}

void DemoRows::each_after(std::int64_t change, const Visit& visit) const {
    for (auto at = m_changes.upper_bound(change); at != m_changes.end(); ++at) {
        const Held& held = m_rows.at(at->second);
        if (!visit(at->first, held.row, held.is_gone ? std::vector<StreamId>() : seen_in(held.row))) return;
    }
}

}  // namespace portal::pitch
