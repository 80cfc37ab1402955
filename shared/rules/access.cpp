#include "shared/rules/access.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace portal {
namespace {

// What a role sees of a place that its scope reaches.
enum Family : unsigned {
    family_directory = 1u << 0,       // p:<practice>
    family_work = 1u << 1,            // l:<location>:work
    family_financing = 1u << 2,       // l:<location>:fin
    family_integrations = 1u << 3,    // i:<integration>
    family_internal = 1u << 4,        // n:<practice>
    family_staff = 1u << 5,           // s
    family_vendor = 1u << 6,          // v:<vendor>
    family_assigned = 1u << 7,        // t:<ticket>:public of tickets assigned to the caller
    family_assigned_staff = 1u << 8,  // t:<ticket>:staff of the same
    family_book = 1u << 9,            // b:<book>
    family_rollups = 1u << 10,        // r:<practice>
    family_vendor_counts = 1u << 12,  // v:<vendor>:counts
    family_figures = 1u << 11,        // family_financing or family_rollups, by how many facts there are
};

constexpr unsigned bits(std::initializer_list<Entity> entities) {
    unsigned mask = 0;
    for (const Entity entity : entities)
        mask |= 1u << static_cast<unsigned>(entity);
    return mask;
}
constexpr unsigned bits(std::initializer_list<ScopeKind> kinds) {
    unsigned mask = 0;
    for (const ScopeKind kind : kinds)
        mask |= 1u << static_cast<unsigned>(kind);
    return mask;
}

// How far a grant whose scope is the whole tenant reaches.
enum class TenantReach : std::uint8_t { nothing, assigned_only, every_practice };

struct RoleRule {
    Role role;
    unsigned families;
    unsigned scopes;  // Scope kinds that mean something for the role; a grant with another one gives nothing.
    TenantReach tenant_reach;
    unsigned writes;
};

constexpr unsigned work_families = family_directory | family_work | family_integrations;
constexpr unsigned practice_families = work_families | family_financing;
constexpr unsigned staff_families = family_staff | family_assigned | family_assigned_staff;

// The table of the house: role x what it sees, where, and what it writes.
constexpr auto role_rules = std::to_array<RoleRule>({
    {Role::practice_user, practice_families, bits({ScopeKind::practice, ScopeKind::location}), TenantReach::nothing,
     bits({Entity::ticket, Entity::message})},
    {Role::practice_admin, practice_families, bits({ScopeKind::practice}), TenantReach::nothing,
     bits({Entity::practice, Entity::ticket, Entity::message, Entity::deposit_review})},
    {Role::vendor_user, family_integrations | family_vendor | family_vendor_counts | family_assigned,
     bits({ScopeKind::vendor}), TenantReach::nothing, bits({Entity::message})},
    {Role::account_manager, practice_families | family_internal | family_book | staff_families,
     bits({ScopeKind::book, ScopeKind::practice}), TenantReach::nothing,
     bits({Entity::ticket, Entity::message, Entity::action_item, Entity::prospect, Entity::deposit_review})},
    {Role::lead, work_families | family_figures | family_internal | family_book | staff_families,
     bits({ScopeKind::team, ScopeKind::book}), TenantReach::nothing,
     bits({Entity::ticket, Entity::message, Entity::action_item, Entity::prospect, Entity::deposit_review})},
    {Role::integration_engineer, family_integrations | staff_families,
     bits({ScopeKind::tenant, ScopeKind::practice, ScopeKind::integration}), TenantReach::assigned_only,
     bits({Entity::integration, Entity::incident, Entity::message})},
    {Role::support_agent, work_families | family_internal | staff_families,
     bits({ScopeKind::tenant, ScopeKind::team, ScopeKind::book, ScopeKind::practice}), TenantReach::assigned_only,
     bits({Entity::ticket, Entity::message})},
    {Role::quality_analyst, staff_families, bits({ScopeKind::tenant}), TenantReach::assigned_only, 0},
    {Role::operations, work_families | family_rollups | family_internal | staff_families,
     bits({ScopeKind::tenant, ScopeKind::team}), TenantReach::every_practice, bits({Entity::ticket, Entity::message})},
    {Role::auditor,
     work_families | family_figures | family_internal | family_book | family_vendor | family_vendor_counts |
         family_staff,
     bits({ScopeKind::tenant, ScopeKind::team, ScopeKind::book, ScopeKind::practice}), TenantReach::every_practice, 0},
    {Role::admin, family_directory | family_integrations | family_vendor | family_staff, bits({ScopeKind::tenant}),
     TenantReach::every_practice, 0},
    // A guest is online only and a demo is local: neither has a replica.
    {Role::share_guest, 0, 0, TenantReach::nothing, 0},
    {Role::demo, 0, 0, TenantReach::nothing, 0},
});

const RoleRule* rule_of(Role role) {
    for (const RoleRule& rule : role_rules)
        if (rule.role == role) return &rule;
    return nullptr;
}

bool accepts(const RoleRule& rule, ScopeKind kind) {
    return (rule.scopes & (1u << static_cast<unsigned>(kind))) != 0;
}

StreamId join(std::string_view prefix, std::string_view id, std::string_view suffix = {}) {
    StreamId stream;
    stream.reserve(prefix.size() + id.size() + suffix.size());
    return stream.append(prefix).append(id).append(suffix);
}

void sort_unique(std::vector<StreamId>& streams) {
    std::sort(streams.begin(), streams.end());
    streams.erase(std::unique(streams.begin(), streams.end()), streams.end());
}

// The rule of a grant that gives something; null for any other. A grant of somebody else among the caller's would be a
// defect of the server: give nothing.
const RoleRule* rule_of(const Caller& caller, const Grant& grant) {
    const RoleRule* rule = rule_of(grant.role);
    if (!rule || !accepts(*rule, grant.scope_kind) || grant.user != caller.user) return nullptr;
    return grant.scope_kind != ScopeKind::tenant && grant.scope.empty() ? nullptr : rule;
}

// The practices that a lead's or an auditor's grant reaches as a whole.
std::vector<Id> practices_of(const Grant& grant, const Directory& directory) {
    switch (grant.scope_kind) {
        case ScopeKind::tenant:
            return {directory.practices().begin(), directory.practices().end()};
        case ScopeKind::team:
            return directory.practices_of_team(grant.scope);
        case ScopeKind::book:
            return directory.practices_of_book(grant.scope);
        case ScopeKind::practice:
            return {grant.scope};
        default:
            return {};
    }
}

// Collects the streams of one grant.
class GrantReach {
  public:
    GrantReach(const Caller& caller, const Directory& directory, FiguresForm figures, std::vector<StreamId>& streams)
        : m_caller(caller), m_directory(directory), m_figures(figures), m_streams(streams) {}

    void add(const Grant& grant) {
        const RoleRule* rule = rule_of(m_caller, grant);
        if (!rule) return;
        m_families = rule->families;
        if (has(family_figures)) m_families |= m_figures == FiguresForm::rollups ? family_rollups : family_financing;
        add_scope(*rule, grant);
        if (has(family_staff)) m_streams.push_back("s");
        for (const Id& ticket : m_directory.tickets_of_assignee(m_caller.user)) {
            if (has(family_assigned)) m_streams.push_back(join("t:", ticket, ":public"));
            if (has(family_assigned_staff)) m_streams.push_back(join("t:", ticket, ":staff"));
        }
        m_streams.push_back("g");
    }

  private:
    bool has(Family family) const { return (m_families & family) != 0; }

    void add_scope(const RoleRule& rule, const Grant& grant) {
        switch (grant.scope_kind) {
            case ScopeKind::tenant:
                return add_tenant(rule);
            case ScopeKind::team:
                add_books(m_directory.books_of_team(grant.scope));
                return add_practices(m_directory.practices_of_team(grant.scope));
            case ScopeKind::book:
                if (m_directory.has_book(grant.scope)) add_books({grant.scope});
                return add_practices(m_directory.practices_of_book(grant.scope));
            case ScopeKind::practice:
                return add_practice(grant.scope);
            case ScopeKind::location:
                return add_single_location(grant.scope);
            case ScopeKind::vendor:
                return add_vendor(grant.scope);
            case ScopeKind::integration:
                return add_integrations({grant.scope});
            case ScopeKind::programme:
                return;  // The hub's compartment has no rows here.
        }
    }

    void add_tenant(const RoleRule& rule) {
        switch (rule.tenant_reach) {
            case TenantReach::nothing:
                return;
            case TenantReach::assigned_only:
                if (rule.role == Role::integration_engineer)
                    add_integrations(m_directory.integrations_of_engineer(m_caller.user));
                return;
            case TenantReach::every_practice:
                add_books(m_directory.books());
                add_practices(m_directory.practices());
                if (has(family_vendor))
                    for (const Id& vendor : m_directory.vendors())
                        add_vendor(vendor);
                return;
        }
    }

    void add_books(const std::vector<Id>& books) {
        if (!has(family_book)) return;
        for (const Id& book : books)
            m_streams.push_back(join("b:", book));
    }

    void add_practices(std::span<const Id> practices) {
        for (const Id& practice : practices)
            add_practice(practice);
    }

    void add_practice(const Id& practice) {
        if (!m_directory.has_practice(practice)) return;
        if (has(family_directory)) m_streams.push_back(join("p:", practice));
        if (has(family_internal)) m_streams.push_back(join("n:", practice));
        if (has(family_rollups)) m_streams.push_back(join("r:", practice));
        for (const Id& location : m_directory.locations_of(practice))
            add_location(location);
        add_integrations(m_directory.integrations_of_practice(practice));
    }

    // One location's work and figures, with what the whole practice shares.
    void add_single_location(const Id& location) {
        const Id practice = m_directory.practice_of_location(location);
        if (practice.empty()) return;
        if (has(family_directory)) m_streams.push_back(join("p:", practice));
        add_location(location);
        add_integrations(m_directory.integrations_of_practice(practice));
    }

    void add_location(const Id& location) {
        if (has(family_work)) m_streams.push_back(join("l:", location, ":work"));
        if (has(family_financing)) m_streams.push_back(join("l:", location, ":fin"));
    }

    void add_vendor(const Id& vendor) {
        if (has(family_vendor)) m_streams.push_back(join("v:", vendor));
        if (has(family_vendor_counts)) m_streams.push_back(join("v:", vendor, ":counts"));
        add_integrations(m_directory.integrations_of_vendor(vendor));
    }

    void add_integrations(const std::vector<Id>& integrations) {
        if (!has(family_integrations)) return;
        for (const Id& integration : integrations)
            if (!m_directory.practice_of_integration(integration).empty()) m_streams.push_back(join("i:", integration));
    }

    const Caller& m_caller;
    const Directory& m_directory;
    const FiguresForm m_figures;
    std::vector<StreamId>& m_streams;
    unsigned m_families = 0;
};

bool overlap(const std::vector<StreamId>& sorted_left, const std::vector<StreamId>& sorted_right) {
    return std::any_of(sorted_left.begin(), sorted_left.end(), [&](const StreamId& stream) {
        return std::binary_search(sorted_right.begin(), sorted_right.end(), stream);
    });
}

// One's own settings and notices belong to everybody who signs in.
bool is_own_row(const Caller& caller, const Row& row) {
    if (caller.user.empty()) return false;
    if (row.entity == Entity::user) return row.id == caller.user;
    return row.entity == Entity::notice && text_value(row, "user") == caller.user;
}

}  // namespace

std::vector<StreamId> streams_of_row(const Row& row) {
    std::vector<StreamId> streams;
    // A row that names no place belongs to no stream of that kind, so nobody sees it there.
    const auto add = [&](std::string_view prefix, std::string_view id, std::string_view suffix = {}) {
        if (!id.empty()) streams.push_back(join(prefix, id, suffix));
    };
    switch (row.entity) {
        case Entity::vendor:
        case Entity::promo_plan:
        case Entity::calendar:
            streams.push_back("g");
            break;
        case Entity::practice:
            add("p:", row.id);
            break;
        case Entity::location:
        case Entity::target:
            add("p:", text_value(row, "practice"));
            break;
        case Entity::user: {
            add("u:", row.id);
            const std::string_view practice = text_value(row, "practice"), vendor = text_value(row, "vendor");
            add("p:", practice);
            add("v:", vendor);
            if (practice.empty() && vendor.empty()) streams.push_back("s");
            break;
        }
        case Entity::grant:
        case Entity::notice:
            add("u:", text_value(row, "user"));
            break;
        case Entity::integration:
            add("i:", row.id);
            break;
        case Entity::check_rollup:
        case Entity::incident:
            add("i:", text_value(row, "integration"));
            break;
        case Entity::fact_segment:
        case Entity::deposit:
        case Entity::deposit_review:
            add("l:", text_value(row, "location"), ":fin");
            break;
        case Entity::fact_rollup:
            add("r:", text_value(row, "practice"));
            break;
        case Entity::vendor_count:
            add("v:", text_value(row, "vendor"), ":counts");
            break;
        case Entity::ticket:
            add("l:", text_value(row, "location"), ":work");
            add("t:", row.id, ":public");
            break;
        case Entity::message: {
            // Only the word "public" opens a message; anything else is for staff.
            const bool is_public = text_value(row, "visibility") == text_of(MessageVisibility::public_);
            add(is_public ? "l:" : "n:", text_value(row, is_public ? "location" : "practice"),
                is_public ? ":work" : "");
            add("t:", text_value(row, "ticket"), is_public ? ":public" : ":staff");
            break;
        }
        case Entity::action_item:
        case Entity::prospect:
            add("b:", text_value(row, "book"));
            break;
    }
    sort_unique(streams);
    return streams;
}

FiguresForm figures_form(const Caller& caller, const Directory& directory) {
    std::vector<Id> practices;
    for (const Grant& grant : caller.grants) {
        const RoleRule* rule = rule_of(caller, grant);
        if (!rule || (rule->families & family_figures) == 0) continue;
        const auto reached = practices_of(grant, directory);
        practices.insert(practices.end(), reached.begin(), reached.end());
    }
    sort_unique(practices);
    std::int64_t facts = 0;
    for (const Id& practice : practices)
        facts += directory.facts_of(practice);
    const std::int64_t facts_max = directory.replica_facts_max();
    const std::int64_t slack =
        caller.figures == FiguresForm::rollups ? facts_max / limits::replica_facts_slack_share : 0;
    return facts > facts_max - slack ? FiguresForm::rollups : FiguresForm::facts;
}

bool role_may_read_facts(Role role) {
    constexpr Role roles[] = {Role::practice_admin, Role::account_manager, Role::lead, Role::operations, Role::auditor};
    return std::find(std::begin(roles), std::end(roles), role) != std::end(roles);
}

bool may_read_facts(const Caller& caller, const Directory& directory, const Id& practice) {
    std::vector<StreamId> reached;
    GrantReach reach(caller, directory, FiguresForm::rollups, reached);
    for (const Grant& grant : caller.grants)
        if (role_may_read_facts(grant.role)) reach.add(grant);
    // Each of these roles reaches a practice with its directory or not at all.
    return !practice.empty() && std::find(reached.begin(), reached.end(), join("p:", practice)) != reached.end();
}

std::vector<StreamId> streams_of_caller(const Caller& caller, const Directory& directory) {
    std::vector<StreamId> streams;
    if (caller.user.empty()) return streams;
    streams.push_back(join("u:", caller.user));
    GrantReach reach(caller, directory, figures_form(caller, directory), streams);
    for (const Grant& grant : caller.grants)
        reach.add(grant);
    sort_unique(streams);
    return streams;
}

bool may_see_figures(const Caller& caller, const Directory& directory, const Id& practice) {
    const std::vector<StreamId> streams = streams_of_caller(caller, directory);
    const auto reaches = [&](const StreamId& stream) { return std::ranges::binary_search(streams, stream); };
    return reaches(join("r:", practice)) || std::ranges::any_of(directory.locations_of(practice), [&](const Id& id) {
               return reaches(join("l:", id, ":fin"));
           });
}

WriteDecision may_write(const Caller& caller, const Directory& directory, const Row& row) {
    if (is_own_row(caller, row)) return WriteDecision::allowed;
    const std::vector<StreamId> of_row = streams_of_row(row);
    // The grant that lets write must itself reach the row: an auditor of everything who is also the front desk of
    // practice A writes in practice A only.
    std::vector<StreamId> writable;
    // Deposits go with the facts: who has rollups instead has none to review.
    GrantReach reach(caller, directory, figures_form(caller, directory), writable);
    for (const Grant& grant : caller.grants)
        if (role_may_write(grant.role, row.entity)) reach.add(grant);
    sort_unique(writable);
    if (overlap(of_row, writable)) return WriteDecision::allowed;
    return overlap(of_row, streams_of_caller(caller, directory)) ? WriteDecision::read_only
                                                                 : WriteDecision::not_visible;
}

std::vector<Role> writing_roles(const Caller& caller, const Directory& directory, const Row& row) {
    const std::vector<StreamId> of_row = streams_of_row(row);
    std::vector<Role> roles;
    for (const Grant& grant : caller.grants) {
        if (!role_may_write(grant.role, row.entity) || std::find(roles.begin(), roles.end(), grant.role) != roles.end())
            continue;
        std::vector<StreamId> reached;
        GrantReach(caller, directory, figures_form(caller, directory), reached).add(grant);
        sort_unique(reached);
        if (overlap(of_row, reached)) roles.push_back(grant.role);
    }
    return roles;
}

bool role_may_write(Role role, Entity entity) {
    const RoleRule* rule = rule_of(role);
    return rule && (rule->writes & (1u << static_cast<unsigned>(entity))) != 0;
}

bool may_write_somewhere(const Caller& caller, Entity entity) {
    if (caller.user.empty()) return false;
    if (entity == Entity::notice || entity == Entity::user) return true;
    return std::any_of(caller.grants.begin(), caller.grants.end(),
                       [entity](const Grant& grant) { return role_may_write(grant.role, entity); });
}

}  // namespace portal
