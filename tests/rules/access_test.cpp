#include "shared/rules/access.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <set>

#include "tests/rules/places.hpp"

namespace portal {
namespace {

using test::caller_with;
using test::id_of;
using test::sample_directory;

constexpr Role all_roles[] = {Role::practice_user, Role::practice_admin,
                              Role::vendor_user,   Role::account_manager,
                              Role::lead,          Role::integration_engineer,
                              Role::support_agent, Role::quality_analyst,
                              Role::operations,    Role::auditor,
                              Role::admin,         Role::share_guest,
                              Role::demo};
constexpr ScopeKind all_scopes[] = {ScopeKind::tenant,      ScopeKind::team,     ScopeKind::book,
                                    ScopeKind::practice,    ScopeKind::location, ScopeKind::vendor,
                                    ScopeKind::integration, ScopeKind::programme};

Id scope_in_willow(ScopeKind kind) {
    switch (kind) {
        case ScopeKind::tenant:
            return {};
        case ScopeKind::team:
            return id_of("team1");
        case ScopeKind::book:
            return id_of("book1");
        case ScopeKind::practice:
            return id_of("willow");
        case ScopeKind::location:
            return id_of("willownorth");
        case ScopeKind::vendor:
            return id_of("canino");
        case ScopeKind::integration:
            return id_of("willowpms");
        case ScopeKind::programme:
            return id_of("programme");
    }
    return {};
}

// The rows of figures at a place, each with an id made of its name.
void put_financing_rows(std::map<std::string, Row>& rows, const Id& practice, const Id& location, const Id& integration,
                        const Id& vendor) {
    const auto put = [&](const std::string& name, Row row) {
        row.id = id_of("row" + name);
        rows[name] = std::move(row);
    };
    FactSegment segment;
    segment.practice = practice;
    segment.location = location;
    put("fact_segment", to_row(segment));
    FactRollup fact_rollup;
    fact_rollup.practice = practice;
    fact_rollup.location = location;
    put("fact_rollup", to_row(fact_rollup));
    Target target;
    target.practice = practice;
    put("target", to_row(target));
    Deposit deposit;
    deposit.practice = practice;
    deposit.location = location;
    put("deposit", to_row(deposit));
    DepositReview review;
    review.location = location;
    put("deposit_review", to_row(review));
    VendorCount count;
    count.vendor = vendor;
    count.practice = practice;
    count.integration = integration;
    put("vendor_count", to_row(count));
}

// One row of every entity at Willow's north location, plus the variants whose visibility differs.
std::map<std::string, Row> rows_of(const Id& practice, const Id& location, const Id& integration, const Id& vendor,
                                   const Id& book) {
    std::map<std::string, Row> rows;
    const auto put = [&](const std::string& name, auto record) {
        if (record.id.empty()) record.id = id_of("row" + name);
        rows[name] = to_row(record);
    };
    put("vendor", Vendor{});
    put("promo_plan", PromoPlan{});
    put("calendar", Calendar{});
    Practice practice_record;
    practice_record.id = practice;
    put("practice", practice_record);
    Location location_record;
    location_record.id = location;
    location_record.practice = practice;
    put("location", location_record);
    User user;
    user.practice = practice;
    put("user_practice", user);
    user.practice.clear();
    user.vendor = vendor;
    put("user_vendor", user);
    put("user_staff", User{});
    Grant grant;
    grant.user = id_of("somebody");
    put("grant", grant);
    Integration integration_record;
    integration_record.id = integration;
    put("integration", integration_record);
    CheckRollup rollup;
    rollup.integration = integration;
    put("check_rollup", rollup);
    Incident incident;
    incident.integration = integration;
    put("incident", incident);
    put_financing_rows(rows, practice, location, integration, vendor);
    Ticket ticket;
    ticket.practice = practice;
    ticket.location = location;
    put("ticket", ticket);
    Message message;
    message.ticket = id_of("rowticket");
    message.practice = practice;
    message.location = location;
    put("message_public", message);
    message.visibility = MessageVisibility::internal;
    put("message_internal", message);
    ActionItem action;
    action.practice = practice;
    action.book = book;
    put("action_item", action);
    Prospect prospect;
    prospect.book = book;
    put("prospect", prospect);
    Notice notice;
    notice.user = id_of("somebody");
    put("notice", notice);
    return rows;
}

std::map<std::string, Row> willow_rows() {
    return rows_of(id_of("willow"), id_of("willownorth"), id_of("willowpms"), id_of("canino"), id_of("book1"));
}
std::map<std::string, Row> stranger_rows() {
    return rows_of(id_of("stranger"), id_of("strangermain"), id_of("strangerpms"), id_of("felino"), id_of("book9"));
}

bool sees(const Caller& caller, const Directory& directory, const Row& row) {
    const auto streams = streams_of_caller(caller, directory);
    const auto wanted = streams_of_row(row);
    return std::any_of(wanted.begin(), wanted.end(), [&](const StreamId& stream) {
        return std::find(streams.begin(), streams.end(), stream) != streams.end();
    });
}

using Names = std::set<std::string>;

const Names reference_rows = {"vendor", "promo_plan", "calendar"};
Names operator+(Names left, const Names& right) {
    left.insert(right.begin(), right.end());
    return left;
}

const Names directory_rows = {"practice", "location", "user_practice", "target"};
const Names work_rows = {"ticket", "message_public"};
const Names financing_rows = {"fact_segment", "deposit", "deposit_review"};
const Names rollup_rows = {"fact_rollup"};
const Names integration_rows = {"integration", "check_rollup", "incident"};
const Names internal_rows = {"message_internal"};
const Names book_rows = {"action_item", "prospect"};
const Names staff_rows = {"user_staff"};
const Names vendor_rows = {"user_vendor"};
const Names count_rows = {"vendor_count"};
const Names practice_view = reference_rows + directory_rows + work_rows + financing_rows + integration_rows;
const Names desk_view = reference_rows + directory_rows + work_rows + integration_rows + internal_rows + staff_rows;

// Every (role, scope kind) that gives anything at Willow, and exactly which rows. What is not listed sees nothing.
const std::map<std::pair<Role, ScopeKind>, Names> expected_view = {
    {{Role::practice_user, ScopeKind::practice}, practice_view},
    {{Role::practice_user, ScopeKind::location}, practice_view},
    {{Role::practice_admin, ScopeKind::practice}, practice_view},
    {{Role::vendor_user, ScopeKind::vendor}, reference_rows + integration_rows + vendor_rows + count_rows},
    {{Role::account_manager, ScopeKind::book}, practice_view + internal_rows + book_rows + staff_rows},
    {{Role::account_manager, ScopeKind::practice}, practice_view + internal_rows + staff_rows},
    {{Role::lead, ScopeKind::team}, practice_view + internal_rows + book_rows + staff_rows},
    {{Role::lead, ScopeKind::book}, practice_view + internal_rows + book_rows + staff_rows},
    {{Role::integration_engineer, ScopeKind::tenant}, reference_rows + staff_rows},
    {{Role::integration_engineer, ScopeKind::practice}, reference_rows + integration_rows + staff_rows},
    {{Role::integration_engineer, ScopeKind::integration}, reference_rows + integration_rows + staff_rows},
    {{Role::support_agent, ScopeKind::tenant}, reference_rows + staff_rows},
    {{Role::support_agent, ScopeKind::team}, desk_view},
    {{Role::support_agent, ScopeKind::book}, desk_view},
    {{Role::support_agent, ScopeKind::practice}, desk_view},
    {{Role::quality_analyst, ScopeKind::tenant}, reference_rows + staff_rows},
    {{Role::operations, ScopeKind::tenant}, desk_view + rollup_rows},
    {{Role::operations, ScopeKind::team}, desk_view + rollup_rows},
    {{Role::auditor, ScopeKind::tenant},
     practice_view + internal_rows + book_rows + staff_rows + vendor_rows + count_rows},
    {{Role::auditor, ScopeKind::team}, practice_view + internal_rows + book_rows + staff_rows},
    {{Role::auditor, ScopeKind::book}, practice_view + internal_rows + book_rows + staff_rows},
    {{Role::auditor, ScopeKind::practice}, practice_view + internal_rows + staff_rows},
    {{Role::admin, ScopeKind::tenant}, reference_rows + directory_rows + integration_rows + staff_rows + vendor_rows},
};

const std::map<Role, std::set<Entity>> expected_writes = {
    {Role::practice_user, {Entity::ticket, Entity::message}},
    {Role::practice_admin, {Entity::practice, Entity::ticket, Entity::message, Entity::deposit_review}},
    {Role::vendor_user, {Entity::message}},
    {Role::account_manager,
     {Entity::ticket, Entity::message, Entity::action_item, Entity::prospect, Entity::deposit_review}},
    {Role::lead, {Entity::ticket, Entity::message, Entity::action_item, Entity::prospect, Entity::deposit_review}},
    {Role::integration_engineer, {Entity::integration, Entity::incident, Entity::message}},
    {Role::support_agent, {Entity::ticket, Entity::message}},
    {Role::operations, {Entity::ticket, Entity::message}},
};

Names expected_at_willow(Role role, ScopeKind kind) {
    const auto found = expected_view.find({role, kind});
    return found == expected_view.end() ? Names{} : found->second;
}

TEST_CASE("the whole table: each role, scope and entity, seen or not seen") {
    const Directory directory = sample_directory();
    for (const Role role : all_roles)
        for (const ScopeKind kind : all_scopes) {
            const Caller caller = caller_with(role, kind, scope_in_willow(kind));
            const Names expected = expected_at_willow(role, kind);
            for (const auto& [name, row] : willow_rows()) {
                INFO(text_of(role) << " of " << text_of(kind) << " and " << name);
                CHECK(sees(caller, directory, row) == expected.contains(name));
            }
        }
}

// Where Willow alone has more facts than a replica takes, leads and auditors have its rollups in their place; nobody
// else sees another thing.
TEST_CASE("the whole table with many facts: rollups stand in for facts, for leads and auditors alone") {
    Directory directory = sample_directory();
    directory.put_fact_count(id_of("willow"), limits::replica_facts_max + 1);
    int changed = 0;
    for (const Role role : all_roles)
        for (const ScopeKind kind : all_scopes) {
            const Caller caller = caller_with(role, kind, scope_in_willow(kind));
            Names expected = expected_at_willow(role, kind);
            if ((role == Role::lead || role == Role::auditor) && !expected.empty()) {
                for (const auto& name : financing_rows)
                    expected.erase(name);
                expected = expected + rollup_rows;
                ++changed;
            }
            for (const auto& [name, row] : willow_rows()) {
                INFO(text_of(role) << " of " << text_of(kind) << " and " << name);
                CHECK(sees(caller, directory, row) == expected.contains(name));
                CHECK((may_write(caller, directory, row) == WriteDecision::not_visible) == !expected.contains(name));
            }
        }
    CHECK(changed == 6);
}

TEST_CASE("the whole table: each role, scope and entity, written, read only or invisible") {
    const Directory directory = sample_directory();
    for (const Role role : all_roles)
        for (const ScopeKind kind : all_scopes) {
            const Caller caller = caller_with(role, kind, scope_in_willow(kind));
            const Names visible = expected_at_willow(role, kind);
            const auto writes = expected_writes.find(role);
            for (const auto& [name, row] : willow_rows()) {
                INFO(text_of(role) << " of " << text_of(kind) << " and " << name);
                const bool writable = writes != expected_writes.end() && writes->second.contains(row.entity);
                const WriteDecision expected = !visible.contains(name) ? WriteDecision::not_visible
                                               : writable              ? WriteDecision::allowed
                                                                       : WriteDecision::read_only;
                CHECK(may_write(caller, directory, row) == expected);
                CHECK(role_may_write(role, row.entity) == writable);
            }
        }
}

TEST_CASE("nobody below the whole tenant sees a row of a strange practice, and never its internals by role alone") {
    const Directory directory = sample_directory();
    for (const Role role : all_roles)
        for (const ScopeKind kind : all_scopes) {
            const Caller caller = caller_with(role, kind, scope_in_willow(kind));
            for (const auto& [name, row] : stranger_rows()) {
                INFO(text_of(role) << " of " << text_of(kind) << " and " << name);
                const bool everywhere = kind == ScopeKind::tenant && expected_at_willow(role, kind).contains(name);
                const bool placeless = reference_rows.contains(name) || staff_rows.contains(name);
                if (everywhere) {
                    CHECK(sees(caller, directory, row));
                } else if (!placeless) {
                    CHECK_FALSE(sees(caller, directory, row));
                    CHECK(may_write(caller, directory, row) == WriteDecision::not_visible);
                }
            }
        }
}

TEST_CASE("a location's front desk sees its own location only") {
    const Directory directory = sample_directory();
    const Caller caller = caller_with(Role::practice_user, ScopeKind::location, id_of("willownorth"));
    const auto streams = streams_of_caller(caller, directory);
    CHECK(std::binary_search(streams.begin(), streams.end(), "l:" + id_of("willownorth") + ":fin"));
    CHECK_FALSE(std::binary_search(streams.begin(), streams.end(), "l:" + id_of("willowsouth") + ":fin"));
    CHECK_FALSE(std::binary_search(streams.begin(), streams.end(), "l:" + id_of("willowsouth") + ":work"));
}

TEST_CASE("facts turn into rollups above the cap and back clearly below it") {
    Directory directory = sample_directory();
    directory.set_replica_facts_max(800);
    Caller lead = caller_with(Role::lead, ScopeKind::team, id_of("team1"));
    struct Case {
        std::int64_t willow, cedar;
        FiguresForm given, expected;
    };
    // An eighth of 800 is 100.
    const Case cases[] = {
        {400, 400, FiguresForm::facts, FiguresForm::facts},     {400, 401, FiguresForm::facts, FiguresForm::rollups},
        {400, 401, FiguresForm::rollups, FiguresForm::rollups}, {400, 301, FiguresForm::rollups, FiguresForm::rollups},
        {400, 300, FiguresForm::rollups, FiguresForm::facts},   {400, 301, FiguresForm::facts, FiguresForm::facts}};
    for (const Case& one : cases) {
        INFO(one.willow + one.cedar);
        directory.put_fact_count(id_of("willow"), one.willow);
        directory.put_fact_count(id_of("cedar"), one.cedar);
        directory.put_fact_count(id_of("stranger"), 1'000'000);
        lead.figures = one.given;
        CHECK(figures_form(lead, directory) == one.expected);
    }
    SECTION("a practice that two grants reach counts once, and grants of other roles do not count") {
        lead.figures = FiguresForm::facts;
        Caller twice = caller_with(Role::auditor, ScopeKind::practice, id_of("willow"));
        for (const Role role : {Role::auditor, Role::account_manager}) {
            Grant grant = twice.grants.front();
            grant.role = role;
            grant.scope_kind = ScopeKind::book;
            grant.scope = role == Role::auditor ? id_of("book1") : id_of("book9");
            twice.grants.push_back(grant);
        }
        directory.put_fact_count(id_of("willow"), 800);
        CHECK(figures_form(twice, directory) == FiguresForm::facts);
        directory.put_fact_count(id_of("willow"), 801);
        CHECK(figures_form(twice, directory) == FiguresForm::rollups);
        // The account manager's facts stay facts.
        const auto streams = streams_of_caller(twice, directory);
        CHECK(std::binary_search(streams.begin(), streams.end(), "l:" + id_of("strangermain") + ":fin"));
        CHECK(std::binary_search(streams.begin(), streams.end(), "r:" + id_of("willow")));
        CHECK_FALSE(std::binary_search(streams.begin(), streams.end(), "l:" + id_of("willownorth") + ":fin"));
    }
}

TEST_CASE("single facts may be asked for by those who may see rows, of the practices that they reach") {
    const Directory directory = sample_directory();
    const std::set<Role> may = {Role::practice_admin, Role::account_manager, Role::lead, Role::operations,
                                Role::auditor};
    for (const Role role : all_roles)
        for (const ScopeKind kind : all_scopes) {
            INFO(text_of(role) << " of " << text_of(kind));
            const Caller caller = caller_with(role, kind, scope_in_willow(kind));
            const bool reaches = may.contains(role) && expected_at_willow(role, kind).contains("practice");
            CHECK(may_read_facts(caller, directory, id_of("willow")) == reaches);
            CHECK(may_read_facts(caller, directory, id_of("stranger")) == (reaches && kind == ScopeKind::tenant));
            CHECK_FALSE(may_read_facts(caller, directory, id_of("nowhere")));
            CHECK_FALSE(may_read_facts(caller, directory, Id{}));
        }
}

TEST_CASE("unknown means no") {
    const Directory directory = sample_directory();
    const StreamId own = "u:" + id_of("me");
    SECTION("no grants: one's own notices and nothing else") {
        Caller caller;
        caller.user = id_of("me");
        CHECK(streams_of_caller(caller, directory) == std::vector<StreamId>{own});
    }
    SECTION("nobody") {
        CHECK(streams_of_caller(Caller{}, directory).empty());
    }
    SECTION("a scope that does not exist, or an empty one") {
        for (const ScopeKind kind : all_scopes)
            for (const Id& scope : {id_of("nowhere"), Id{}}) {
                if (kind == ScopeKind::tenant) continue;
                for (const Role role : all_roles)
                    for (const StreamId& stream : streams_of_caller(caller_with(role, kind, scope), directory)) {
                        INFO(text_of(role) << " of " << text_of(kind) << ": " << stream);
                        const bool placeless = stream == "g" || stream == "s" || stream == own;
                        CHECK((placeless || stream == "v:" + scope || stream == "v:" + scope + ":counts"));
                    }
            }
    }
    SECTION("a grant of another user, or a role outside the vocabulary") {
        Caller caller = caller_with(Role::auditor, ScopeKind::tenant, {});
        caller.grants[0].user = id_of("somebody");
        CHECK(streams_of_caller(caller, directory) == std::vector<StreamId>{own});
        caller.grants[0].user = caller.user;
        caller.grants[0].role = static_cast<Role>(200);
        CHECK(streams_of_caller(caller, directory) == std::vector<StreamId>{own});
        CHECK_FALSE(role_may_write(static_cast<Role>(200), Entity::ticket));
    }
    SECTION("a row without its place is in no stream of that kind") {
        for (const Row& row : {to_row(Location{}), to_row(Deposit{}), to_row(FactRollup{}), to_row(VendorCount{}),
                               to_row(Message{}), to_row(ActionItem{}), to_row(Prospect{}), to_row(Notice{})})
            CHECK(streams_of_row(row).empty());
    }
    SECTION("an unknown visibility is for staff") {
        Row row = willow_rows().at("message_public");
        set_value(row, "visibility", std::string("Public"));
        CHECK(streams_of_row(row) == streams_of_row(willow_rows().at("message_internal")));
    }
}

TEST_CASE("an assignment shows one ticket, its notes to staff only") {
    Directory directory = sample_directory();
    const Id ticket = willow_rows().at("ticket").id;
    const Caller agent = caller_with(Role::support_agent, ScopeKind::tenant, {}, "agent");
    const Caller vendor = caller_with(Role::vendor_user, ScopeKind::vendor, id_of("canino"), "vendoruser");
    const Caller auditor = caller_with(Role::practice_user, ScopeKind::practice, id_of("cedar"), "cedaruser");
    const auto row = [](const char* name) { return willow_rows().at(name); };
    CHECK_FALSE(sees(agent, directory, row("ticket")));

    directory.put_assignment(ticket, agent.user);
    CHECK(sees(agent, directory, row("ticket")));
    CHECK(sees(agent, directory, row("message_public")));
    CHECK(sees(agent, directory, row("message_internal")));
    CHECK_FALSE(sees(agent, directory, row("practice")));
    CHECK_FALSE(sees(agent, directory, row("fact_segment")));
    CHECK(may_write(agent, directory, row("ticket")) == WriteDecision::allowed);

    directory.put_assignment(ticket, vendor.user);
    CHECK_FALSE(sees(agent, directory, row("ticket")));
    CHECK(sees(vendor, directory, row("ticket")));
    CHECK(sees(vendor, directory, row("message_public")));
    CHECK_FALSE(sees(vendor, directory, row("message_internal")));
    CHECK(may_write(vendor, directory, row("ticket")) == WriteDecision::read_only);
    CHECK(may_write(vendor, directory, row("message_public")) == WriteDecision::allowed);
    CHECK(may_write(vendor, directory, row("message_internal")) == WriteDecision::not_visible);

    directory.put_assignment(ticket, auditor.user);
    CHECK_FALSE(sees(auditor, directory, row("ticket")));
    directory.put_assignment(ticket, {});
    CHECK_FALSE(sees(vendor, directory, row("ticket")));
}

TEST_CASE("a book of two teams is shown to whoever has the book, and to no team's lead") {
    Directory directory = sample_directory();
    const Row item = willow_rows().at("action_item");
    const Caller lead = caller_with(Role::lead, ScopeKind::team, id_of("team1"));
    const Caller manager = caller_with(Role::account_manager, ScopeKind::book, id_of("book1"));
    CHECK(may_write(lead, directory, item) == WriteDecision::allowed);
    directory.put_practice(id_of("stranger"), id_of("book1"), id_of("team9"));
    CHECK(may_write(lead, directory, item) == WriteDecision::not_visible);
    CHECK_FALSE(sees(caller_with(Role::lead, ScopeKind::team, id_of("team9")), directory, item));
    CHECK(may_write(manager, directory, item) == WriteDecision::allowed);
}

TEST_CASE("an engineer of the tenant has the integrations that name them, no others") {
    const Directory directory = sample_directory();
    const Caller caller = caller_with(Role::integration_engineer, ScopeKind::tenant, {}, "engineer");
    CHECK(may_write(caller, directory, willow_rows().at("integration")) == WriteDecision::allowed);
    CHECK(may_write(caller, directory, stranger_rows().at("integration")) == WriteDecision::not_visible);
}

TEST_CASE("the grant that writes must itself reach the row") {
    const Directory directory = sample_directory();
    Caller caller = caller_with(Role::auditor, ScopeKind::tenant, {});
    caller.grants.push_back(caller_with(Role::practice_user, ScopeKind::practice, id_of("willow")).grants[0]);
    CHECK(may_write(caller, directory, willow_rows().at("ticket")) == WriteDecision::allowed);
    CHECK(may_write(caller, directory, stranger_rows().at("ticket")) == WriteDecision::read_only);
}

TEST_CASE("one's own user row and notices are one's own whatever the role") {
    const Directory directory = sample_directory();
    const Caller caller = caller_with(Role::auditor, ScopeKind::tenant, {});
    User self;
    self.id = caller.user;
    Notice notice;
    notice.user = caller.user;
    CHECK(may_write(caller, directory, to_row(self)) == WriteDecision::allowed);
    CHECK(may_write(caller, directory, to_row(notice)) == WriteDecision::allowed);
    notice.user = id_of("somebody");
    CHECK(may_write(caller, directory, to_row(notice)) == WriteDecision::not_visible);
    CHECK_FALSE(may_write_somewhere(caller, Entity::ticket));
    CHECK(may_write_somewhere(caller, Entity::notice));
    CHECK_FALSE(may_write_somewhere(Caller{}, Entity::notice));
}

TEST_CASE("streams are sorted and unique even when grants overlap") {
    const Directory directory = sample_directory();
    Caller caller = caller_with(Role::practice_user, ScopeKind::location, id_of("willownorth"));
    caller.grants.push_back(caller_with(Role::practice_admin, ScopeKind::practice, id_of("willow")).grants[0]);
    const auto streams = streams_of_caller(caller, directory);
    CHECK(std::is_sorted(streams.begin(), streams.end()));
    CHECK(std::adjacent_find(streams.begin(), streams.end()) == streams.end());
}

}  // namespace
}  // namespace portal
