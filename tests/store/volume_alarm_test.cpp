// Alarms about applications on Overview, Financing and in a ticket; and that nothing alarms where nothing fell.
#include <catch2/catch_test_macros.hpp>

#include "app/store/builders.hpp"
#include "tests/store/demo_replica.hpp"

namespace portal::store::test {
namespace {

constexpr std::string_view fallen_practice = "Willow Creek Animal Hospital";
constexpr Day days_fallen = 9;  // The last seven business days.

Id practice_called(std::string_view name) {
    for (const Row& row : DemoTenant::instance().rows)
        if (row.entity == Entity::practice && text_value(row, "name") == name) return row.id;
    FAIL("no such practice");
    return {};
}

Id location_of_practice(const Id& practice) {
    for (const Row& row : DemoTenant::instance().rows)
        if (row.entity == Entity::location && text_value(row, "practice") == practice) return row.id;
    FAIL("no such location");
    return {};
}

// Twenty applications each weekday for two years, and `lately` of them in the last ones.
void put_applications(Replica& replica, int lately) {
    const Id practice = practice_called(fallen_practice), location = location_of_practice(practice);
    const Day last = DemoTenant::instance().closed_until;
    replica.begin();
    for (MonthIndex month = month_of_day(last) - 24; month <= month_of_day(last); ++month) {
        std::vector<FinancingFact> facts;
        for (Day day = first_day_of_month(month); day < first_day_of_month(month + 1) && day <= last; ++day)
            for (int count = day > last - days_fallen ? lately : 20; weekday_of_day(day) < 5 && count > 0; --count) {
                FinancingFact fact;
                fact.external_key = iso_day(day) + "-" + std::to_string(count);
                fact.practice = practice;
                fact.location = location;
                fact.status = FactStatus::declined;
                fact.event_day = fact.posted_day = day;
                fact.requested_cents = 100'000;
                facts.push_back(std::move(fact));
            }
        FactSegment segment = make_segment(practice, location, month, last, facts);
        segment.rev = 2;
        const Row row = to_row(segment);
        replica.put_base(row, streams_of_row(row));
    }
    replica.commit();
}

std::unique_ptr<Replica> replica_with(std::string_view account, int lately) {
    auto replica = replica_of(account);
    put_applications(*replica, lately);
    return replica;
}

const vm::Attention* alarm_among(const vm::OverviewPart& part) {
    for (const vm::Attention& item : part.attention)
        if (item.kind == vm::AttentionKind::volume_drop) return &item;
    return nullptr;
}

}  // namespace

TEST_CASE("A fall is told on Overview and Financing, with its evidence and a ticket that has it", "[store]") {
    for (const std::string_view account : {"front_desk", "account_manager"}) {
        INFO(account);
        DemoStore demo(replica_with(account, 9));
        const vm::Attention* item = alarm_among(*demo.store.snapshot()->overview);
        REQUIRE(item);
        CHECK(item->name == fallen_practice);
        CHECK(item->since > DemoTenant::instance().closed_until - days_fallen);
        CHECK(item->since <= DemoTenant::instance().closed_until - days_fallen + 3);
        CHECK(item->business_days == 6);
        CHECK(item->denominator > 110);
        CHECK(item->numerator * 100 < item->denominator * 60);
        const auto* shown = std::get_if<vm::FinancingQuery>(&item->action);
        REQUIRE(shown);
        CHECK(shown->practice == item->subject);
        CHECK(shown->grain == vm::Grain::day);
        CHECK(shown->from < item->since);

        const auto financing = demo.after(vm::ShowScreen{*shown}).financing;
        REQUIRE(financing->alarms.size() == 1);
        CHECK(financing->alarms.front().practice == item->subject);
        CHECK(financing->alarms.front().actual == item->numerator);
        CHECK(financing->alarms.front().usual == item->denominator);

        const auto tickets =
            demo.after(vm::ShowScreen{vm::TicketsQuery{.composing = true, .about_volume = item->subject}}).tickets;
        REQUIRE(tickets->compose);
        REQUIRE(tickets->compose->volume);
        CHECK(tickets->compose->volume->since == item->since);
        const auto& places = demo.store.snapshot()->session->locations;
        CHECK(std::any_of(places.begin(), places.end(), [&](const vm::PlaceChoice& place) {
            return place.id == tickets->compose->location && place.practice == item->subject;
        }));
        CHECK(tickets->compose->category == TicketCategory::financing);
    }
}

TEST_CASE("Another practice's financing, and days as usual, show no alarm", "[store]") {
    DemoStore fallen(replica_with("account_manager", 9));
    vm::FinancingQuery other;
    other.practice = practice_called("Summit Pass Dental Care");
    CHECK(fallen.after(vm::ShowScreen{other}).financing->alarms.empty());
    vm::FinancingQuery place;
    place.location = location_of_practice(practice_called(fallen_practice));
    CHECK(fallen.after(vm::ShowScreen{place}).financing->alarms.size() == 1);
    for (const std::string_view account : {"front_desk", "account_manager", "auditor"}) {
        DemoStore usual(replica_with(account, 20));
        CHECK_FALSE(alarm_among(*usual.store.snapshot()->overview));
        CHECK(usual.after(vm::ShowScreen{vm::FinancingQuery{}}).financing->alarms.empty());
    }
}

TEST_CASE("An alarm goes when the days that were missing are told", "[store]") {
    DemoStore demo(replica_with("front_desk", 9));
    REQUIRE(alarm_among(*demo.store.snapshot()->overview));
    auto replica = demo.store.detach(ReplicaStore::Screens::stay);
    put_applications(*replica, 20);
    demo.store.attach(std::move(replica));
    demo.settle();
    CHECK_FALSE(alarm_among(*demo.store.snapshot()->overview));
}

}  // namespace portal::store::test
