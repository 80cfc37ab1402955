// An integration's screen: what a vendor reads of the practice's volumes, and the owner's word on it.
#include <catch2/catch_test_macros.hpp>

#include "tests/store/demo_replica.hpp"

namespace portal::store::test {
namespace {

const vm::IntegrationDetail& detail_of(const vm::Snapshot& snapshot) {
    REQUIRE(snapshot.integrations);
    REQUIRE(snapshot.integrations->detail);
    return *snapshot.integrations->detail;
}

vm::ShowScreen showing(const Id& integration) {
    vm::IntegrationsQuery query;
    query.selected = integration;
    return {query};
}

VendorCount count_of_month(const Id& integration, MonthIndex month, std::optional<std::int64_t> sales) {
    VendorCount count;
    count.id = segment_id(integration, month);
    count.rev = 1;
    count.vendor = "v";
    count.integration = integration;
    count.month = month;
    count.sales = sales;
    return count;
}

}  // namespace

TEST_CASE("A vendor reads counts newest first, and that a practice has not agreed where there are none", "[store]") {
    const auto vendor_with = [](const std::function<std::vector<VendorCount>(const std::vector<Id>&)>& make) {
        auto replica = replica_of("vendor_engineer");
        std::vector<Id> integrations;
        replica->each(Entity::integration, [&](const Row& row) { integrations.push_back(row.id); });
        REQUIRE(integrations.size() > 1);
        replica->begin();
        for (const VendorCount& count : make(integrations))
            replica->put_base(to_row(count), {"v:x:counts"});
        replica->commit();
        DemoStore vendor(std::move(replica));
        std::vector<vm::VendorVolumes> volumes;
        for (const Id& integration : integrations) {
            const auto& detail = detail_of(vendor.after(showing(integration)));
            CHECK_FALSE(detail.consent);
            REQUIRE(detail.volumes);
            volumes.push_back(*detail.volumes);
        }
        return volumes;
    };
    const auto told = vendor_with([](const std::vector<Id>& integrations) {
        return std::vector{count_of_month(integrations[0], 24'300, 41),
                           count_of_month(integrations[0], 24'301, std::nullopt)};
    });
    CHECK(told[0].is_agreed);
    REQUIRE(told[0].months.size() == 2);
    CHECK(told[0].months[0].month == 24'301);
    // What is kept back is neither a number nor the counts behind one.
    const Figure& kept = told[0].months[0].sales;
    CHECK_FALSE(kept.value);
    CHECK((kept.numerator == 0 && kept.denominator == 0));
    CHECK(told[0].months[1].sales.value == 41);
    CHECK(told[0].months[1].sales.id == FigureId::sales);
    CHECK(told[0].months[1].sales.closed_until == first_day_of_month(24'301) - 1);
    CHECK_FALSE(told[1].is_agreed);
    // Agreed, and no whole month reported.
    const auto nothing_yet = vendor_with(
        [](const std::vector<Id>& integrations) { return std::vector{count_of_month(integrations[1], 0, {})}; });
    CHECK(nothing_yet[1].is_agreed);
    CHECK(nothing_yet[1].months.empty());
    CHECK_FALSE(nothing_yet[0].is_agreed);
}

TEST_CASE("An owner's word is shown at once and waits for the server; nobody else is asked for it", "[store]") {
    DemoStore owner("practice_owner");
    const auto listed = owner.after(vm::ShowScreen{vm::IntegrationsQuery{}}).integrations;
    REQUIRE_FALSE(listed->rows.empty());
    const Id integration = listed->rows.front().id;
    const auto before = detail_of(owner.after(showing(integration))).consent;
    REQUIRE(before);
    CHECK_FALSE(before->pending);
    CHECK_FALSE(detail_of(*owner.store.snapshot()).volumes);
    const vm::SetVendorConsent word{make_id(1, owner.random), before->practice, !before->is_given};
    const auto after = detail_of(owner.after(word)).consent;
    REQUIRE(after);
    CHECK(after->is_given == !before->is_given);
    CHECK(after->pending);
    CHECK(owner.store.outbox().pending_count() == 1);
    for (const char* account : {"front_desk", "account_manager", "auditor"}) {
        INFO(account);
        DemoStore other(account);
        const auto rows = other.after(vm::ShowScreen{vm::IntegrationsQuery{}}).integrations;
        REQUIRE_FALSE(rows->rows.empty());
        CHECK_FALSE(detail_of(other.after(showing(rows->rows.front().id))).consent);
    }
}

}  // namespace portal::store::test
