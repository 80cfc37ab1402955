// The demo tenant: the same from the same parameters, consistent in itself, of the size that the product promises.
#include "shared/tenant/generator.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <set>

#include "shared/model/identifiers.hpp"
#include "shared/rules/disclosure_check.hpp"
#include "shared/rules/validate.hpp"
#include "shared/tenant/demo_accounts.hpp"
#include "tests/tenant/recorded_tenant.hpp"

using namespace portal;

namespace {

// A sum over everything told, in order.
class HashingSink final : public tenant::TenantSink {
  public:
    void on_row(const Row& row) override {
        add(row.id);
        for (const auto& value : row.values) {
            if (const auto* text = std::get_if<std::string>(&value))
                add(*text);
            else if (const auto* number = std::get_if<std::int64_t>(&value))
                add(std::to_string(*number));
            else
                add("null");
        }
    }
    void on_facts(const Id& practice, const Id& location, MonthIndex month, Day closed_until,
                  std::span<const FinancingFact> facts) override {
        add(practice + location + std::to_string(month) + std::to_string(closed_until));
        for (const auto& fact : facts) {
            add(fact.external_key + fact.application_ref + fact.plan + std::string(text_of(fact.kind)) +
                std::string(text_of(fact.status)) + std::string(text_of(fact.channel)));
            for (const std::int64_t number :
                 {fact.row_number, std::int64_t{fact.existing_cardholder}, std::int64_t{fact.duplicate},
                  std::int64_t{fact.event_day}, std::int64_t{fact.posted_day}, std::int64_t{fact.hour_band},
                  fact.requested_cents, fact.approved_cents, fact.settled_cents, fact.fee_cents})
                add(std::to_string(number));
        }
    }
    std::uint64_t hash() const { return m_hash; }

  private:
    void add(std::string_view text) {
        for (const char c : text)
            m_hash = (m_hash ^ static_cast<std::uint8_t>(c)) * 0x100000001B3ull;
        m_hash = (m_hash ^ 0xFF) * 0x100000001B3ull;
    }
    std::uint64_t m_hash = 0xCBF29CE484222325ull;
};

std::uint64_t hash_of(tenant::DemoOptions options) {
    HashingSink sink;
    tenant::generate(options, sink);
    return sink.hash();
}

// A column that names a row of another entity.
struct Reference {
    Entity from;
    std::string_view column;
    Entity to;
};
constexpr Reference references[] = {
    {Entity::location, "practice", Entity::practice},
    {Entity::location, "calendar", Entity::calendar},
    {Entity::user, "practice", Entity::practice},
    {Entity::user, "vendor", Entity::vendor},
    {Entity::grant, "user", Entity::user},
    {Entity::integration, "practice", Entity::practice},
    {Entity::integration, "vendor", Entity::vendor},
    {Entity::integration, "engineer", Entity::user},
    {Entity::integration, "blocked_owner", Entity::user},
    {Entity::check_rollup, "integration", Entity::integration},
    {Entity::incident, "integration", Entity::integration},
    {Entity::target, "practice", Entity::practice},
    {Entity::deposit, "practice", Entity::practice},
    {Entity::deposit, "location", Entity::location},
    {Entity::deposit_review, "location", Entity::location},
    {Entity::deposit_review, "reviewed_by", Entity::user},
    {Entity::ticket, "practice", Entity::practice},
    {Entity::ticket, "location", Entity::location},
    {Entity::ticket, "integration", Entity::integration},
    {Entity::ticket, "requester", Entity::user},
    {Entity::ticket, "assignee", Entity::user},
    {Entity::message, "ticket", Entity::ticket},
    {Entity::message, "author", Entity::user},
    {Entity::action_item, "practice", Entity::practice},
    {Entity::action_item, "owner", Entity::user},
    {Entity::action_item, "done_by", Entity::user},
    {Entity::action_item, "integration", Entity::integration},
    {Entity::action_item, "ticket", Entity::ticket},
    {Entity::action_item, "created_by", Entity::user},
    {Entity::prospect, "created_by", Entity::user},
    {Entity::notice, "user", Entity::user},
};

}  // namespace

TEST_CASE("the small tenant of a seed and a date is golden", "[tenant]") {
    // A change here is a change of everybody's demo: look at the stories before taking the new sum.
    const tenant::DemoOptions options{1, day_from_civil({2026, 11, 21}), tenant::Scale::small};
    CHECK(hash_of(options) == 0xb107364854035efbull);
    CHECK(hash_of(options) == hash_of(options));
    CHECK(hash_of({2, options.today, options.scale}) != hash_of(options));
    CHECK(hash_of({1, options.today + 7, options.scale}) != hash_of(options));
}

TEST_CASE("every row names rows that were told before it", "[tenant]") {
    const RecordedTenant& told = small_tenant();
    std::map<Entity, std::set<std::string, std::less<>>> seen, keys;
    for (const auto& row : told.rows) {
        REQUIRE(is_id(row.id));
        CHECK(seen[row.entity].insert(row.id).second);
        for (const auto& [from, column, to] : references) {
            if (from != row.entity) continue;
            const std::string_view named = text_value(row, column);
            INFO(descriptor_of(from).name << "." << column);
            CHECK((named.empty() || seen[to].contains(named)));
        }
        if (descriptor_of(row.entity).column_index("external_key") >= 0)
            CHECK(keys[row.entity].insert(std::string(text_value(row, "external_key"))).second);
    }
    std::set<std::string> fact_keys;
    std::set<std::pair<Id, MonthIndex>> segments;
    for (const auto& segment : told.segments) {
        CHECK(segments.emplace(segment.location, segment.month).second);
        CHECK(seen[Entity::location].contains(segment.location));
        for (const auto& fact : segment.facts) {
            CHECK(fact_keys.insert(fact.external_key).second);
            CHECK(month_of_day(fact.event_day) == segment.month);
            CHECK((fact.practice == segment.practice && fact.location == segment.location));
            CHECK((fact.plan.empty() || seen[Entity::promo_plan].contains(fact.plan)));
            CHECK((fact.requested_cents >= 0 && fact.approved_cents >= 0 && fact.settled_cents >= 0 &&
                   fact.fee_cents >= 0));
            CHECK((fact.event_day <= segment.closed_until && fact.posted_day <= segment.closed_until));
            CHECK(fact.posted_day >= fact.event_day);
        }
    }
}

TEST_CASE("every row is fit to be kept", "[tenant]") {
    for (const auto& row : small_tenant().rows) {
        const Status status = validate_row(row);
        INFO((status ? std::string() : status.error().message));
        CHECK(status.has_value());
    }
}

TEST_CASE("nothing told lies ahead of the day it was made for", "[tenant]") {
    const RecordedTenant& told = small_tenant();
    const InstantMs now_ms = static_cast<InstantMs>(told.options.today) * 86'400'000;
    for (const auto& row : told.rows)
        for (const std::string_view column : {"created_ms", "first_response_ms", "resolved_ms", "state_since_ms",
                                              "started_ms", "ended_ms", "last_success_ms", "done_ms"})
            if (descriptor_of(row.entity).column_index(column) >= 0) {
                INFO(descriptor_of(row.entity).name << "." << column);
                CHECK(integer_value(row, column) <= now_ms);
            }
}

TEST_CASE("tickets move forward in time and say what their state needs", "[tenant]") {
    const RecordedTenant& told = small_tenant();
    std::map<Id, std::vector<Message>> messages;
    for (const auto& message : told.all<Message>())
        messages[message.ticket].push_back(message);
    std::int64_t number = 1'000;
    for (const auto& ticket : told.all<Ticket>()) {
        CHECK(ticket.number == ++number);
        CHECK(ticket.due_ms > ticket.created_ms);
        const bool ended = ticket.state == TicketState::resolved || ticket.state == TicketState::closed;
        CHECK(ended == ticket.resolved_ms.has_value());
        if (ended) CHECK((ticket.first_response_ms && *ticket.first_response_ms <= *ticket.resolved_ms));
        InstantMs former_ms = ticket.created_ms;
        std::optional<InstantMs> first_reply_ms;
        for (const auto& message : messages[ticket.id]) {
            CHECK(message.created_ms >= former_ms);
            former_ms = message.created_ms;
            const bool human =
                message.author_kind == MessageAuthorKind::staff || message.author_kind == MessageAuthorKind::vendor;
            if (human && message.visibility == MessageVisibility::public_ && !first_reply_ms)
                first_reply_ms = message.created_ms;
        }
        CHECK(ticket.first_response_ms == first_reply_ms);
    }
}

TEST_CASE("action items are of their practice's book, and overdue, due, planned and done ones are among them",
          "[tenant]") {
    const RecordedTenant& told = small_tenant();
    std::map<Id, Practice> practices;
    for (const auto& practice : told.all<Practice>())
        practices[practice.id] = practice;
    std::map<Id, Id> practice_of;
    for (const auto& ticket : told.all<Ticket>())
        practice_of[ticket.id] = ticket.practice;
    for (const auto& integration : told.all<Integration>())
        practice_of[integration.id] = integration.practice;
    std::size_t overdue = 0, this_week = 0, later = 0, done = 0, sourced = 0;
    for (const auto& item : told.all<ActionItem>()) {
        INFO(item.title);
        CHECK(item.book == practices.at(item.practice).book);
        CHECK(item.done == item.done_ms.has_value());
        CHECK(item.done == !item.done_by.empty());
        if (item.done) CHECK(*item.done_ms > item.created_ms);
        for (const Id& source : {item.ticket, item.integration})
            if (!source.empty()) {
                ++sourced;
                CHECK(practice_of.at(source) == item.practice);
            }
        if (item.done)
            ++done;
        else if (item.due_on < told.options.today)
            ++overdue;
        else
            ++(item.due_on < told.options.today + 7 ? this_week : later);
    }
    CHECK(overdue >= 4);
    CHECK(this_week >= 5);
    CHECK(later >= 1);
    CHECK(done >= 1);
    CHECK(sourced >= 6);
    const auto items = told.all<ActionItem>();
    CHECK(std::any_of(items.begin(), items.end(), [&](const ActionItem& item) {
        return practices.at(item.practice).name == "Willow Creek Animal Hospital" &&
               item.title.find("fix date of the ledger match") != std::string::npos;
    }));
}

TEST_CASE("no text of the tenant looks like a person's number", "[tenant]") {
    for (const auto& row : small_tenant().rows)
        for (const std::string_view column : {"subject", "description", "body", "note", "title", "blocked_reason"})
            if (descriptor_of(row.entity).column_index(column) >= 0) {
                INFO(text_value(row, column));
                CHECK(find_identifier_like(text_value(row, column)).empty());
            }
}

TEST_CASE("the accounts on offer exist and are granted what they say", "[tenant]") {
    const RecordedTenant& told = small_tenant();
    const auto users = told.all<User>();
    const auto grants = told.all<Grant>();
    CHECK(tenant::demo_accounts().size() == 9);
    for (const auto& account : tenant::demo_accounts()) {
        INFO(account.key);
        CHECK(is_id(account.id));
        CHECK(tenant::find_demo_account(account.key) == &account);
        const auto user =
            std::find_if(users.begin(), users.end(), [&](const User& one) { return one.id == account.id; });
        REQUIRE(user != users.end());
        CHECK(user->email == account.email);
        CHECK(std::any_of(grants.begin(), grants.end(),
                          [&](const Grant& grant) { return grant.user == account.id && grant.role == account.role; }));
    }
    std::set<std::string> mails;
    for (const auto& user : users)
        CHECK(mails.insert(user.email).second);
    CHECK(tenant::find_demo_account("nobody") == nullptr);
}

TEST_CASE("nothing that anybody writes in the tenant promises what a plan is not", "[tenant]") {
    const RecordedTenant& told = small_tenant();
    std::size_t texts = 0;
    for (const Row& row : told.rows) {
        const auto columns = descriptor_of(row.entity).columns;
        for (std::size_t index = 0; index < columns.size(); ++index) {
            const auto* text = std::get_if<std::string>(&row.values[index]);
            if (columns[index].type != ColumnType::text || !text || text->empty()) continue;
            ++texts;
            for (const DisclosureFinding& finding : check_disclosure(*text).findings)
                FAIL_CHECK(descriptor_of(row.entity).name << "." << columns[index].name << ": " << *text
                                                          << " (rather: " << finding.rewrite << ")");
        }
    }
    CHECK(texts > told.rows.size());
}

TEST_CASE("a sink that has enough is not told more", "[tenant]") {
    class Impatient final : public tenant::TenantSink {
      public:
        int facts = 0;
        void on_row(const Row&) override {}
        void on_facts(const Id&, const Id&, MonthIndex, Day, std::span<const FinancingFact>) override { ++facts; }
        bool wants_more() override { return facts == 0; }
    };
    Impatient sink;
    tenant::generate({1, 20'000, tenant::Scale::small}, sink);
    // One location's months at most.
    CHECK(sink.facts > 0);
    CHECK(sink.facts <= 25);
}

TEST_CASE("the tenant can be made for any day of the year", "[tenant][slow]") {
    // Month ends, a leap day, a new year, a Sunday after a holiday.
    for (const CivilDate date : {CivilDate{2026, 12, 1}, CivilDate{2028, 2, 29}, CivilDate{2027, 1, 1},
                                 CivilDate{2026, 11, 29}, CivilDate{2026, 3, 2}, CivilDate{2026, 4, 1}}) {
        const RecordedTenant told = record_tenant({5, day_from_civil(date), tenant::Scale::small});
        INFO(iso_day(told.options.today));
        CHECK(told.fact_count() > 10'000);
        CHECK(told.all<Ticket>().size() == 300);
        for (const auto& story : tenant::stories(told.options))
            CHECK_FALSE(story.route.empty());
    }
}
