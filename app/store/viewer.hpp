// What one tab looks at, and the snapshot that is made for it: the parts of the screens, rebuilt when what they show
// has changed. The tab that owns the store has a viewer of its own and one for each tab that follows it; a tab that
// follows has one too, which takes the parts that the owner built. Thread: the store's.
#pragma once

#include <functional>
#include <memory>

#include "app/store/builders.hpp"
#include "app/vm/snapshot.hpp"
#include "app/vm/snapshot_change.hpp"

namespace portal::store {

class Viewer {
  public:
    enum class Screen : std::uint8_t { overview, integrations, financing, tickets, actions, deposits, sql };
    using Parts = unsigned;
    static constexpr Parts bit(Screen screen) { return 1u << static_cast<unsigned>(screen); }
    static constexpr Parts all_screens = 0b111111u;
    static constexpr Parts session_part = 1u << 7;
    // Those that show rows as they are. The SQL console's answer stays what it was.
    static constexpr Parts all_parts = all_screens | session_part;
    // The parts that show rows of this entity.
    static Parts parts_of(Entity entity);

    Viewer();

    // Called whenever the snapshot is replaced.
    std::function<void(std::shared_ptr<const vm::Snapshot>)> published;
    std::shared_ptr<const vm::Snapshot> snapshot() const { return m_snapshot; }

    // ---- What the tab wants ----
    void show(const vm::Query& query);
    // Another window of the rows that are shown; nothing where none are.
    void want_rows(std::int64_t first);
    void choose(const vm::Scope& scope);
    // The screens of a hidden tab wait until it is seen again.
    void set_visible(bool visible) { m_visible = visible; }
    const vm::Scope& scope() const { return m_scope; }
    // What the screens of this kind show now.
    const vm::IntegrationsQuery& integrations_query() const { return m_integrations_query; }
    const vm::FinancingQuery& financing_query() const { return m_financing_query; }
    const vm::TicketsQuery& tickets_query() const { return m_tickets_query; }
    const vm::ActionsQuery& actions_query() const { return m_actions_query; }
    const vm::DepositsQuery& deposits_query() const { return m_deposits_query; }

    // ---- What has changed ----
    void mark(Parts parts) { m_dirty |= parts; }
    void set_sync(std::shared_ptr<const vm::SyncPart> part);
    void announce(vm::Announcement::Kind kind, std::string about);
    void offer(vm::ReadyExport file);
    // Takes every part away that shows rows.
    void hide();
    // Parts that the owner built for this tab.
    void take(vm::SnapshotChange change);

    // ---- Building ----
    bool is_waiting() const { return m_visible && m_dirty != 0; }
    // The session where it is wanted, and one screen: the one that is looked at first.
    void build(const BuildContext& context);
    // When anything is new.
    void publish(InstantMs server_now_ms);

  private:
    void build_screen(const BuildContext& context, Screen screen);

    vm::Scope m_scope;
    Screen m_screen = Screen::overview;
    vm::IntegrationsQuery m_integrations_query;
    vm::FinancingQuery m_financing_query;
    vm::TicketsQuery m_tickets_query;
    vm::ActionsQuery m_actions_query;
    vm::DepositsQuery m_deposits_query;
    Parts m_dirty = all_parts | bit(Screen::sql);
    bool m_visible = true;
    bool m_is_new = false;  // Something was replaced since the last publish.
    vm::Snapshot m_next;
    std::int64_t m_announcement_serial = 0;
    std::int64_t m_export_serial = 0;
    std::shared_ptr<const vm::Snapshot> m_snapshot;
};

}  // namespace portal::store
