// The stories can be seen in the tenant by the product's own figures, not by names.
#include "shared/tenant/stories.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <map>

#include "shared/facts/fact_table.hpp"
#include "shared/facts/segment.hpp"
#include "shared/rules/business_time.hpp"
#include "shared/rules/figures/financing.hpp"
#include "shared/rules/health.hpp"
#include "shared/tenant/office_days.hpp"
#include "tests/tenant/recorded_tenant.hpp"

using namespace portal;

namespace {

FactTable table_of(const RecordedTenant& told) {
    FactTable table;
    for (const auto& segment : told.segments)
        REQUIRE(table
                    .put_segment(make_segment(segment.practice, segment.location, segment.month, segment.closed_until,
                                              segment.facts))
                    .has_value());
    return table;
}

const FactTable& small_table() {
    static const FactTable table = table_of(small_tenant());
    return table;
}

tenant::Story story(int number) {
    for (const auto& one : tenant::stories(small_tenant().options))
        if (one.number == number) return one;
    FAIL("no such story");
    return {};
}

FactFilter of(const Id& practice, Day first, Day last) {
    FactFilter filter;
    filter.practices = {practice};
    filter.days = {first, last};
    return filter;
}

MonthIndex this_month() {
    return month_of_day(small_tenant().options.today - 1);
}

FactSums month_sums(const Id& practice, MonthIndex month) {
    return small_table().sums(of(practice, first_day_of_month(month), first_day_of_month(month + 1) - 1));
}

HealthReport health_at(const Id& integration, Day today) {
    std::vector<CheckRollup> rollups;
    for (const auto& rollup : small_tenant().all<CheckRollup>())
        if (rollup.integration == integration) rollups.push_back(rollup);
    return integration_health(rollups, today, static_cast<InstantMs>(today) * 86'400'000);
}

Practice practice_named(std::string_view name) {
    for (const auto& practice : small_tenant().all<Practice>())
        if (practice.name == name) return practice;
    FAIL("no practice of this name");
    return {};
}

Integration integration_of(const Id& practice) {
    for (const auto& integration : small_tenant().all<Integration>())
        if (integration.practice == practice) return integration;
    FAIL("no integration of this practice");
    return {};
}

// Approval and pull-through of the application months [from, until).
PullThroughSums pull_through(const Id& practice, MonthIndex from, MonthIndex until) {
    return small_table().pull_through(of(practice, first_day_of_month(from), first_day_of_month(until) - 1),
                                      small_tenant().options.today - 1);
}

}  // namespace

TEST_CASE("story 1: the ledger match breaks, health falls to its cap, volume falls by over a third", "[tenant]") {
    const tenant::Story one = story(1);
    CHECK(one.route == "/integrations/" + one.subject);
    CHECK(one.account == "front_desk");
    const Day today = small_tenant().options.today;
    const HealthReport before = health_at(one.subject, one.day - 1);
    const HealthReport now = health_at(one.subject, today);
    CHECK(before.figure.value == 92);
    CHECK(now.figure.value == 40);
    CHECK(now.figure.reason == FigureReason::ledger_mismatch);

    const FactSums broken = small_table().sums(of(one.practice, one.day, today - 1));
    const FactSums usual = small_table().sums(of(one.practice, one.day - 84, one.day - 1));
    // Both per open day; applications tell the fall without the settlement's delay.
    const auto per_open_day = [](const FactSums& sums, Day from, Day until) {
        int open_days = 0;
        for (Day day = from; day < until; ++day)
            open_days += tenant::is_open(tenant::OfficeHours::weekdays, day) ? 1 : 0;
        return static_cast<double>(sums.applications) / open_days;
    };
    const double share = per_open_day(broken, one.day, today) / per_open_day(usual, one.day - 84, one.day);
    CHECK(share > 0.50);
    CHECK(share < 0.74);
    // The front desk has not filed it yet.
    for (const auto& ticket : small_tenant().all<Ticket>())
        CHECK_FALSE((ticket.practice == one.practice && ticket.labels.find("ledger") != std::string::npos));
}

TEST_CASE("story 1, six weeks earlier: a ticket and a recovery", "[tenant]") {
    const Practice practice = practice_named("Juniper Ridge Veterinary Partners");
    const Integration integration = integration_of(practice.id);
    const auto tickets = small_tenant().all<Ticket>();
    const auto ticket = std::find_if(tickets.begin(), tickets.end(), [&](const Ticket& one) {
        return one.practice == practice.id && one.labels == "ledger,upgrade";
    });
    REQUIRE(ticket != tickets.end());
    CHECK(ticket->state == TicketState::closed);
    const auto filed = static_cast<Day>(ticket->created_ms / 86'400'000);
    const auto resolved = static_cast<Day>(*ticket->resolved_ms / 86'400'000);
    CHECK(health_at(integration.id, filed - 1).figure.value >= 90);
    CHECK(health_at(integration.id, resolved).figure.value == 40);
    CHECK(health_at(integration.id, resolved + 12).figure.value >= 90);
    const auto messages = small_tenant().all<Message>();
    CHECK(std::count_if(messages.begin(), messages.end(),
                        [&](const Message& one) { return one.ticket == ticket->id; }) == 6);
}

TEST_CASE("story 2: a group goes live nine days before its P80", "[tenant]") {
    const tenant::Story two = story(2);
    const Integration integration = integration_of(two.practice);
    CHECK(integration.id == two.subject);
    CHECK(integration.stage == IntegrationStage::live);
    CHECK(integration.stage_since == two.day);
    REQUIRE(integration.go_live_p80.has_value());
    CHECK(*integration.go_live_p80 - integration.stage_since == 9);
    CHECK(health_at(two.subject, small_tenant().options.today).figure.value >= 95);
}

TEST_CASE("story 3: high approvals, low pull-through, then training", "[tenant]") {
    const tenant::Story three = story(3);
    const PullThroughSums before = pull_through(three.practice, this_month() - 20, this_month() - 8);
    const PullThroughSums after = pull_through(three.practice, this_month() - 7, this_month() - 2);
    CHECK(*figures::pull_through(before, {}).value < 4'600);
    CHECK(*figures::pull_through(after, {}).value > 6'300);
    const FactSums all = small_table().sums(of(three.practice, 0, small_tenant().options.today));
    CHECK(*figures::approval_rate(all, {}).value > 7'200);
}

TEST_CASE("story 4: the mix moves from 6 to 24 months, volume and cost go up", "[tenant]") {
    const tenant::Story four = story(4);
    Id plan_6, plan_24;
    for (const auto& plan : small_tenant().all<PromoPlan>()) {
        if (plan.external_key == "DI-06") plan_6 = plan.id;
        if (plan.external_key == "DI-24") plan_24 = plan.id;
    }
    const auto period = [&](MonthIndex from, MonthIndex until) {
        return of(four.practice, first_day_of_month(from), first_day_of_month(until) - 1);
    };
    const FactFilter before = period(this_month() - 18, this_month() - 10),
                     after = period(this_month() - 4, this_month());
    const auto share = [&](FactFilter filter, const Id& plan) {
        const FactSums all = small_table().sums(filter);
        filter.plans = {plan};
        return *figures::plan_mix(small_table().sums(filter), all, {}).value;
    };
    CHECK(share(before, plan_6) > 4'500);
    CHECK(share(after, plan_6) < 2'500);
    CHECK(share(before, plan_24) < 2'000);
    CHECK(share(after, plan_24) > 4'000);
    const FactSums cheap = small_table().sums(before), dear = small_table().sums(after);
    CHECK(dear.net_cents() / 4 > cheap.net_cents() / 8);
    CHECK(*figures::effective_fee_rate(dear, {}).value > *figures::effective_fee_rate(cheap, {}).value + 200);
}

TEST_CASE("story 8: an open ticket waits to be edited twice", "[tenant]") {
    const tenant::Story eight = story(8);
    const auto tickets = small_tenant().all<Ticket>();
    const auto ticket =
        std::find_if(tickets.begin(), tickets.end(), [&](const Ticket& one) { return one.id == eight.subject; });
    REQUIRE(ticket != tickets.end());
    CHECK(ticket->practice == eight.practice);
    // Whoever filed it may move it on, which is the one edit.
    CHECK(ticket->state == TicketState::waiting_practice);
    CHECK(ticket->labels == "hours,holiday");
    CHECK(eight.route == "/tickets/" + eight.subject);
}

TEST_CASE("story 9: the same dip a year ago", "[tenant]") {
    const tenant::Story nine = story(9);
    const auto applications = [&](MonthIndex month) {
        return static_cast<double>(month_sums(nine.practice, month).applications);
    };
    const MonthIndex dip = this_month() - 1;
    const double usual = (applications(dip - 3) + applications(dip - 4) + applications(dip - 5)) / 3;
    CHECK(applications(dip) < 0.75 * usual);
    CHECK(applications(dip - 12) < 0.75 * usual);
    CHECK(health_at(integration_of(nine.practice).id, small_tenant().options.today).figure.value >= 80);
}

TEST_CASE("the owner's March was low, and the second location is why", "[tenant]") {
    const Practice practice = practice_named("Alder & Finch Dental Studio");
    MonthIndex march = this_month() - 1;
    while (march % 12 != 2)
        --march;
    CHECK(month_sums(practice.id, march).net_cents() * 10 < month_sums(practice.id, march - 1).net_cents() * 8);
    const auto by_location = [&](MonthIndex month) {
        return small_table().group(of(practice.id, first_day_of_month(month), first_day_of_month(month + 1) - 1),
                                   FactKey::location);
    };
    const auto low = by_location(march), usual = by_location(march - 1);
    REQUIRE(low.size() == 2);
    std::int64_t worst = 0, all = 0;
    for (std::size_t index = 0; index < 2; ++index) {
        const std::int64_t fall = usual[index].sums.net_cents() - low[index].sums.net_cents();
        worst = std::max(worst, fall);
        all += fall;
    }
    CHECK(worst * 10 > all * 6);
}

TEST_CASE("the tenant also holds the awkward ones", "[tenant]") {
    const RecordedTenant& told = small_tenant();
    const Day today = told.options.today;
    std::map<std::string, int> zones;
    std::map<Id, std::size_t> facts_by_location;
    for (const auto& segment : told.segments)
        facts_by_location[segment.location] += segment.facts.size();
    int silent = 0;
    for (const auto& location : told.all<Location>()) {
        zones[location.time_zone] += 1;
        silent += facts_by_location.contains(location.id) ? 0 : 1;
    }
    CHECK(zones.size() == 4);
    CHECK(silent == 1);

    bool young = false, long_name = false, accented = false;
    for (const auto& practice : told.all<Practice>()) {
        young |= practice.enrolled_on > today - 365;
        long_name |= practice.name.size() > 90;
        accented |= practice.name.find("Clínica") != std::string::npos;
    }
    CHECK((young && long_name && accented));

    std::map<Id, int> targets;
    for (const auto& target : told.all<Target>())
        if (target.month == this_month()) targets[target.practice] += 1;
    CHECK(targets.size() == told.all<Practice>().size() - 1);

    const FactSums flawless = small_table().sums(of(practice_named("Stillwater Eye Associates").id, 0, today));
    CHECK((flawless.refunds == 0 && flawless.chargebacks == 0 && flawless.voids == 0 && flawless.sales > 50));

    FactFilter all;
    all.days = {0, today};
    CHECK(small_table().sums(all).refund_earlier_cents > 0);
    CHECK(small_table().pull_through(all, today - 1).immature_approved > 50);

    bool spanish = false;
    for (const auto& message : told.all<Message>())
        spanish |= message.body.find("Muchas gracias") != std::string::npos;
    CHECK(spanish);
    const Integration ahead = integration_of(practice_named("Copperleaf Dermatology").id);
    CHECK((ahead.stage == IntegrationStage::certification && *ahead.go_live_p50 > today &&
           *ahead.go_live_p80 > *ahead.go_live_p50));
    CHECK(integration_of(practice_named("Redwillow Surgical Arts").id).blocked);
    const HealthReport refused = health_at(integration_of(practice_named("Bluestem Animal Clinic").id).id, today);
    CHECK((refused.figure.value == 40 && refused.figure.reason == FigureReason::credentials_fail));
}

TEST_CASE("calendars of the tenant agree with the product's business days", "[tenant]") {
    const auto calendars = small_tenant().all<Calendar>();
    CHECK(calendars.size() == 4);
    std::map<Id, BusinessCalendar> parsed;
    for (const auto& calendar : calendars) {
        auto business = BusinessCalendar::parse(calendar.hours, calendar.holidays);
        REQUIRE(business.has_value());
        parsed.emplace(calendar.id, std::move(*business));
    }
    // Checks call a day closed exactly when the practice's calendar does.
    std::map<Id, Id> calendar_of_practice;
    for (const auto& location : small_tenant().all<Location>())
        calendar_of_practice[location.practice] = location.calendar;
    std::map<Id, Id> practice_of;
    for (const auto& integration : small_tenant().all<Integration>())
        practice_of[integration.id] = integration.practice;
    for (const auto& rollup : small_tenant().all<CheckRollup>())
        CHECK(rollup.closed ==
              !parsed.at(calendar_of_practice[practice_of[rollup.integration]]).is_business_day(rollup.day));
}

TEST_CASE("the full tenant has the size that the product promises", "[tenant][slow]") {
    class Counting final : public tenant::TenantSink {
      public:
        std::map<Entity, std::int64_t> rows;
        FactSums sums;
        void on_row(const Row& row) override { rows[row.entity] += 1; }
        void on_facts(const Id&, const Id&, MonthIndex, Day, std::span<const FinancingFact> facts) override {
            for (const auto& fact : facts)
                add_fact(sums, money_event(fact));
        }
    };
    Counting sink;
    tenant::generate({1, day_from_civil({2026, 11, 21}), tenant::Scale::full}, sink);
    CHECK(sink.rows[Entity::vendor] == 12);
    CHECK(sink.rows[Entity::practice] == 240);
    CHECK(sink.rows[Entity::location] == 310);
    CHECK(sink.rows[Entity::ticket] == 6'000);
    const auto about = [](std::int64_t value, std::int64_t expected) {
        return value > expected * 96 / 100 && value < expected * 104 / 100;
    };
    CHECK(about(sink.rows[Entity::message], 24'000));
    CHECK(about(sink.rows[Entity::check_rollup], 40'000));
    CHECK(about(sink.sums.applications, 150'000));
    CHECK(about(sink.sums.existing_cardholder_sales, 115'000));
    CHECK(about(sink.sums.net_cents(), 20'700'000'000));
    CHECK(about(sink.sums.approved * 1'000 / sink.sums.decided(), 620));
}
