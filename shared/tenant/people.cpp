// Users and grants of the demo tenant: the "Try as" accounts, the operator's desk, and each practice's own staff.
#include "shared/base/check.hpp"
#include "shared/tenant/blueprint_parts.hpp"
#include "shared/tenant/demo_accounts.hpp"

namespace portal::tenant {
namespace {

constexpr std::string_view desk_domain = "partnerdesk.example";
constexpr std::size_t desk_agents = 7, desk_engineers = 4;

class People {
  public:
    explicit People(Blueprint& blueprint) : m_blueprint(blueprint) {}

    std::size_t add(Id id, std::string email, std::string name, std::string_view title) {
        User user;
        user.id = std::move(id);
        user.external_key = numbered_key("U", m_blueprint.users.size() + 1, 4);
        user.email = std::move(email);
        user.name = std::move(name);
        user.title = title;
        user.language = "en";
        m_blueprint.users.push_back(std::move(user));
        return m_blueprint.users.size() - 1;
    }

    std::size_t add_invented(std::string_view purpose, std::uint64_t index, std::string_view domain,
                             std::string_view title) {
        SeededRandom random = random_for(m_blueprint.options, purpose, index);
        const std::string name = person_name(random);
        // The number keeps two people of one name apart.
        std::string email = mail_local_part(name).append(std::to_string(index + 1)).append("@").append(domain);
        return add(id_for(m_blueprint.options, purpose, index), std::move(email), name, title);
    }

    std::size_t add_account(std::string_view key) {
        const DemoAccount* account = find_demo_account(key);
        check(account != nullptr, "the cast names its accounts");
        return add(Id(account->id), std::string(account->email), std::string(account->name), account->title);
    }

    void grant(std::size_t user, Role role, ScopeKind kind, const Id& scope = {}) {
        Grant grant;
        grant.id = id_for(m_blueprint.options, "grant", m_blueprint.grants.size());
        grant.user = m_blueprint.users[user].id;
        grant.role = role;
        grant.scope_kind = kind;
        grant.scope = scope;
        m_blueprint.grants.push_back(std::move(grant));
    }

  private:
    Blueprint& m_blueprint;
};

void make_desk(Blueprint& blueprint, People& people) {
    const DemoOptions& options = blueprint.options;
    const std::size_t manager = people.add_account("account_manager");
    people.grant(manager, Role::account_manager, ScopeKind::book, id_for(options, "book", 0));
    const std::size_t other = people.add_invented("manager", 1, desk_domain, "Account manager");
    people.grant(other, Role::account_manager, ScopeKind::book, id_for(options, "book", 1));
    blueprint.managers = {manager, other};
    people.grant(people.add_invented("lead", 0, desk_domain, "Partner lead"), Role::lead, ScopeKind::team,
                 id_for(options, "team", 0));

    blueprint.agents.push_back(people.add_account("support_agent"));
    for (std::size_t index = 0; index < desk_agents; ++index)
        blueprint.agents.push_back(people.add_invented("agent", index, desk_domain, "Support agent"));
    for (const std::size_t agent : blueprint.agents)
        people.grant(agent, Role::support_agent, ScopeKind::tenant);
    for (std::size_t index = 0; index < desk_engineers; ++index) {
        blueprint.engineers.push_back(people.add_invented("engineer", index, desk_domain, "Integration engineer"));
        people.grant(blueprint.engineers.back(), Role::integration_engineer, ScopeKind::tenant);
    }
    people.grant(people.add_invented("operations", 0, desk_domain, "Operations"), Role::operations, ScopeKind::tenant);

    people.grant(people.add_account("admin"), Role::admin, ScopeKind::tenant);
    people.grant(people.add_account("auditor"), Role::auditor, ScopeKind::tenant);
    people.grant(people.add_account("quality_analyst"), Role::quality_analyst, ScopeKind::tenant);
    people.grant(people.add_account("second_approver"), Role::admin, ScopeKind::tenant);
}

void make_vendor_staff(Blueprint& blueprint, People& people) {
    for (std::size_t index = 0; index < blueprint.vendors.size(); ++index) {
        const std::size_t user =
            index == 0 ? people.add_account("vendor_engineer")
                       : people.add_invented("vendor staff", index, vendor_name(index).domain, "Integration engineer");
        blueprint.users[user].vendor = blueprint.vendors[index].id;
        people.grant(user, Role::vendor_user, ScopeKind::vendor, blueprint.vendors[index].id);
    }
}

std::size_t owner_of(People& people, const PracticePlan& practice, std::size_t index, const std::string& domain) {
    if (practice.plot == Plot::low_march) return people.add_account("practice_owner");
    return people.add_invented("owner", index, domain, "Practice owner");
}

std::size_t front_desk_of(People& people, const PracticePlan& practice, std::size_t index, const std::string& domain) {
    if (practice.plot == Plot::ledger_breaks) return people.add_account("front_desk");
    return people.add_invented("front desk", index, domain, "Front desk");
}

void make_practice_staff(Blueprint& blueprint, People& people) {
    for (std::size_t index = 0; index < blueprint.practices.size(); ++index) {
        PracticePlan& practice = blueprint.practices[index];
        const std::string domain = "practice" + std::to_string(index + 1) + ".example";
        const std::size_t owner = owner_of(people, practice, index, domain);
        const std::size_t desk = front_desk_of(people, practice, index, domain);
        people.grant(owner, Role::practice_admin, ScopeKind::practice, practice.row.id);
        people.grant(desk, Role::practice_user, ScopeKind::practice, practice.row.id);
        practice.users = {owner, desk};
        for (const std::size_t user : practice.users) {
            blueprint.users[user].practice = practice.row.id;
            if (practice.spanish) blueprint.users[user].language = "es";
        }
    }
}

}  // namespace

void make_people(Blueprint& blueprint) {
    People people(blueprint);
    make_desk(blueprint, people);
    make_vendor_staff(blueprint, people);
    make_practice_staff(blueprint, people);
}

}  // namespace portal::tenant
