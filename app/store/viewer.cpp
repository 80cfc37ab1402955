#include "app/store/viewer.hpp"

#include <utility>

#include "app/store/overloaded.hpp"

namespace portal::store {

Viewer::Viewer() {
    m_next.sync = std::make_shared<const vm::SyncPart>();
    m_snapshot = std::make_shared<const vm::Snapshot>(m_next);
}

Viewer::Parts Viewer::parts_of(Entity entity) {
    switch (entity) {
        case Entity::fact_segment:
        case Entity::fact_rollup:
            return bit(Screen::overview) | bit(Screen::financing) | bit(Screen::deposits);
        case Entity::target:
        case Entity::promo_plan:
            return bit(Screen::overview) | bit(Screen::financing);
        case Entity::vendor_count:
            return bit(Screen::integrations);
        case Entity::deposit:
            return bit(Screen::overview) | bit(Screen::deposits);
        case Entity::deposit_review:
            return bit(Screen::deposits);
        case Entity::ticket:
        case Entity::message:
            return bit(Screen::overview) | bit(Screen::tickets) | bit(Screen::integrations);
        case Entity::check_rollup:
        case Entity::incident:
        case Entity::integration:
            return bit(Screen::overview) | bit(Screen::tickets) | bit(Screen::integrations);
        case Entity::action_item:
            return bit(Screen::overview) | bit(Screen::actions);
        case Entity::prospect:
            return bit(Screen::overview);
        case Entity::notice:
            return 0;
        case Entity::vendor:
        case Entity::calendar:
        case Entity::practice:
        case Entity::location:
        case Entity::user:
        case Entity::grant:
            return all_parts;
    }
    return all_parts;
}

void Viewer::show(const vm::Query& query) {
    const auto take_query = [&](Screen screen, auto& held, const auto& wanted) {
        m_screen = screen;
        if (held == wanted) return;
        held = wanted;
        m_dirty |= bit(screen);
    };
    std::visit(
        Overloaded{[&](const vm::OverviewQuery&) { m_screen = Screen::overview; },
                   [&](const vm::IntegrationsQuery& wanted) {
                       take_query(Screen::integrations, m_integrations_query, wanted);
                   },
                   [&](const vm::FinancingQuery& wanted) {
                       // The list that is shown stays where it was scrolled to; another one begins at its top.
                       vm::FinancingQuery list = wanted;
                       if (list.rows) list.rows->first = m_financing_query.rows ? m_financing_query.rows->first : 0;
                       if (list.rows && !(list == m_financing_query)) list.rows->first = 0;
                       take_query(Screen::financing, m_financing_query, list);
                   },
                   [&](const vm::TicketsQuery& wanted) { take_query(Screen::tickets, m_tickets_query, wanted); },
                   [&](const vm::ActionsQuery& wanted) { take_query(Screen::actions, m_actions_query, wanted); },
                   [&](const vm::DepositsQuery& wanted) { take_query(Screen::deposits, m_deposits_query, wanted); },
                   [&](const vm::SqlQuery&) { m_screen = Screen::sql; }, [](const auto&) {}},
        query);
}

void Viewer::want_rows(std::int64_t first) {
    if (!m_financing_query.rows || m_financing_query.rows->first == first) return;
    m_financing_query.rows->first = first;
    m_dirty |= bit(Screen::financing);
}

void Viewer::choose(const vm::Scope& scope) {
    if (m_scope == scope) return;
    m_scope = scope;
    m_dirty = all_parts;
}

void Viewer::set_sync(std::shared_ptr<const vm::SyncPart> part) {
    m_next.sync = std::move(part);
    m_is_new = true;
}

void Viewer::announce(vm::Announcement::Kind kind, std::string about) {
    auto announcement = std::make_shared<vm::Announcement>();
    announcement->serial = ++m_announcement_serial;
    announcement->kind = kind;
    announcement->about = std::move(about);
    m_next.announcement = std::move(announcement);
    m_is_new = true;
}

void Viewer::offer(vm::ReadyExport file) {
    file.serial = ++m_export_serial;
    m_next.ready_export = std::make_shared<const vm::ReadyExport>(std::move(file));
    m_is_new = true;
}

void Viewer::hide() {
    m_dirty = all_parts | bit(Screen::sql);
    m_next.session.reset();
    m_next.overview.reset();
    m_next.integrations.reset();
    m_next.financing.reset();
    m_next.tickets.reset();
    m_next.actions.reset();
    m_next.deposits.reset();
    m_next.sql.reset();
    m_next.ready_export.reset();
    m_is_new = true;
}

void Viewer::take(vm::SnapshotChange change) {
    // Each tab counts its own news, whoever told them.
    const auto announcement = std::exchange(change.announcement, {});
    const auto file = std::exchange(change.ready_export, {});
    vm::apply_change(change, m_next);
    m_is_new = true;
    if (announcement && *announcement) announce((*announcement)->kind, (*announcement)->about);
    if (file && *file) offer(**file);
    publish(change.server_now_ms);
}

void Viewer::build_screen(const BuildContext& context, Screen screen) {
    switch (screen) {
        case Screen::overview:
            m_next.overview = std::make_shared<const vm::OverviewPart>(build_overview(context));
            break;
        case Screen::integrations:
            m_next.integrations =
                std::make_shared<const vm::IntegrationsPart>(build_integrations(context, m_integrations_query));
            break;
        case Screen::financing:
            m_next.financing = std::make_shared<const vm::FinancingPart>(build_financing(context, m_financing_query));
            break;
        case Screen::tickets:
            m_next.tickets = std::make_shared<const vm::TicketsPart>(build_tickets(context, m_tickets_query));
            break;
        case Screen::actions:
            m_next.actions = std::make_shared<const vm::ActionsPart>(build_actions(context, m_actions_query));
            break;
        case Screen::deposits:
            m_next.deposits = std::make_shared<const vm::DepositsPart>(build_deposits(context, m_deposits_query));
            break;
        case Screen::sql:
            m_next.sql = std::make_shared<const vm::SqlPart>(build_sql(context));
            break;
    }
    m_dirty &= ~bit(screen);
}

void Viewer::build(const BuildContext& context) {
    m_is_new = true;
    if (m_dirty & session_part) {
        m_next.session = std::make_shared<const vm::SessionPart>(build_session(context));
        m_dirty &= ~session_part;
    }
    if (m_dirty & bit(m_screen)) return build_screen(context, m_screen);
    for (const Screen screen : {Screen::overview, Screen::integrations, Screen::financing, Screen::tickets,
                                Screen::actions, Screen::deposits, Screen::sql})
        if (m_dirty & bit(screen)) return build_screen(context, screen);
}

void Viewer::publish(InstantMs server_now_ms) {
    if (!std::exchange(m_is_new, false)) return;
    ++m_next.revision;
    m_next.server_now_ms = server_now_ms;
    m_snapshot = std::make_shared<const vm::Snapshot>(m_next);
    if (published) published(m_snapshot);
}

}  // namespace portal::store
