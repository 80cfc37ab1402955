// Action items: what was promised to the practices of a book, by when it is due.
#include <algorithm>

#include "app/store/builders.hpp"
#include "app/store/dry_run.hpp"
#include "app/store/search.hpp"
#include "shared/base/limits.hpp"

namespace portal::store {
namespace {

constexpr Day week_days = 7;

vm::ActionBrief action_brief(const BuildContext& context, const ActionItem& item, Day today) {
    vm::ActionBrief brief;
    brief.id = item.id;
    brief.title = item.title;
    brief.practice = item.practice;
    brief.practice_name = context.records.practice_name(item.practice);
    brief.owner = item.owner;
    brief.owner_name = context.records.user_name(item.owner);
    brief.due_on = item.due_on;
    brief.today = today;
    brief.group = group_of(item, today);
    brief.done_ms = item.done_ms;
    brief.pending = context.is_pending(Entity::action_item, item.id);
    return brief;
}

bool comes_before(const vm::ActionBrief& left, const vm::ActionBrief& right) {
    if (left.group != right.group) return left.group < right.group;
    if (left.group == vm::ActionGroup::done && left.done_ms != right.done_ms) return left.done_ms > right.done_ms;
    return std::tie(left.due_on, left.title, left.id) < std::tie(right.due_on, right.title, right.id);
}

vm::ActionDetail detail_of(const BuildContext& context, const ActionItem& item, Day today) {
    vm::ActionDetail detail;
    detail.brief = action_brief(context, item, today);
    detail.note = item.note;
    detail.created_by_name = context.records.user_name(item.created_by);
    detail.created_ms = item.created_ms;
    detail.done_by_name = context.records.user_name(item.done_by);
    detail.integration = item.integration;
    detail.integration_name = context.records.integration_name(item.integration);
    detail.ticket = item.ticket;
    if (const auto ticket = context.records.tickets().find(item.ticket); ticket != context.records.tickets().end())
        detail.ticket_subject = ticket->second.subject;
    detail.may_edit = is_applicable(context, action_mark(item.id, !item.done));
    return detail;
}

void sort_by_name(std::vector<vm::PlaceChoice>& choices) {
    std::sort(choices.begin(), choices.end(), [](const vm::PlaceChoice& left, const vm::PlaceChoice& right) {
        return std::tie(left.name, left.id) < std::tie(right.name, right.id);
    });
}

void fill_people(const BuildContext& context, vm::ActionsPart& part) {
    std::map<Id, vm::PlaceChoice> owners;
    for (const auto& [id, item] : context.records.action_items())
        owners.try_emplace(item.owner, vm::PlaceChoice{item.owner, context.records.user_name(item.owner), {}, {}});
    for (auto& [id, owner] : owners)
        part.owner_choices.push_back(std::move(owner));
    sort_by_name(part.owner_choices);
    for (const auto& [id, user] : context.records.users())
        if (!user.disabled && user.practice.empty() && user.vendor.empty())
            part.staff.push_back({id, user.name, user.title, {}});
    sort_by_name(part.staff);
    std::stable_partition(part.staff.begin(), part.staff.end(),
                          [&](const vm::PlaceChoice& one) { return one.id == context.caller.user; });
}

}  // namespace

PracticeDays::PracticeDays(const BuildContext& context) : m_elsewhere(context.today()) {
    for (const auto& [id, location] : context.records.locations())
        m_days.try_emplace(location.practice, context.today(id));
}

Day PracticeDays::today(const Id& practice) const {
    const auto found = m_days.find(practice);
    return found == m_days.end() ? m_elsewhere : found->second;
}

vm::ActionGroup group_of(const ActionItem& item, Day today) {
    if (item.done) return vm::ActionGroup::done;
    if (item.due_on < today) return vm::ActionGroup::overdue;
    const Day next_monday = today - weekday_of_day(today) + week_days;
    return item.due_on < next_monday ? vm::ActionGroup::this_week : vm::ActionGroup::later;
}

std::vector<vm::ActionBrief> actions_in(const BuildContext& context, const vm::ActionsQuery& query) {
    std::vector<vm::ActionBrief> rows;
    const PracticeDays days(context);
    for (const auto& [id, item] : context.records.action_items()) {
        if (!context.places.has_practice(item.practice)) continue;
        if (!query.practice.empty() && item.practice != query.practice) continue;
        if (!query.owner.empty() && item.owner != query.owner) continue;
        vm::ActionBrief brief = action_brief(context, item, days.today(item.practice));
        if (matches_search(query.search, {brief.title, brief.practice_name, brief.owner_name, item.note}))
            rows.push_back(std::move(brief));
    }
    std::sort(rows.begin(), rows.end(), comes_before);
    return rows;
}

vm::ActionsPart build_actions(const BuildContext& context, const vm::ActionsQuery& query) {
    vm::ActionsPart part;
    part.query = query;
    part.as_of_ms = context.as_of_ms;
    part.today = context.today();
    part.rows = actions_in(context, query);
    for (const vm::ActionBrief& row : part.rows)
        ++part.count_by_group[static_cast<std::size_t>(row.group)];
    const std::int64_t done = part.count_by_group[static_cast<std::size_t>(vm::ActionGroup::done)];
    const auto shown_max = static_cast<std::int64_t>(limits::done_actions_shown_max);
    if (done > shown_max) part.rows.resize(part.rows.size() - static_cast<std::size_t>(done - shown_max));
    const PracticeDays days(context);
    for (const auto& [id, item] : context.records.action_items())
        if (context.places.has_practice(item.practice))
            part.overdue_of_all += group_of(item, days.today(item.practice)) == vm::ActionGroup::overdue ? 1 : 0;
    fill_people(context, part);
    if (const auto found = context.records.action_items().find(query.selected);
        found != context.records.action_items().end())
        part.detail = detail_of(context, found->second, days.today(found->second.practice));
    if (!query.composing) return part;
    if (const auto integration = context.records.integrations().find(query.about_integration);
        integration != context.records.integrations().end()) {
        part.source_name = integration->second.name;
        part.source_practice = integration->second.practice;
    }
    if (const auto ticket = context.records.tickets().find(query.about_ticket);
        ticket != context.records.tickets().end()) {
        part.source_name = ticket->second.subject;
        part.source_practice = ticket->second.practice;
    }
    return part;
}

}  // namespace portal::store
