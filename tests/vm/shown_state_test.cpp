#include "app/vm/shown_state.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::vm {
namespace {

const Id shown_practice = "01JW1110W00000000000000000", shown_place = "01JN0RTH000000000000000000",
         shown_plan = "01JP1AN0000000000000000000";
constexpr FollowingUser reads_all{true, true};

}  // namespace

TEST_CASE("a screen that is told is the same screen again", "[follow]") {
    FinancingQuery financing;
    financing.from = 20'454;
    financing.until = 20'543;
    financing.practice = shown_practice;
    financing.location = shown_place;
    financing.plan = shown_plan;
    financing.channel = FactChannel::online;
    FinancingQuery narrow = financing;
    narrow.existing_cardholder = false;
    narrow.cents_from = 200'00;
    narrow.cents_until = 2'500'00;
    narrow.weekday = 0;
    narrow.hour = 9;
    narrow.kind = FactKind::sale;
    narrow.status = FactStatus::settled;
    for (const Query& query : {Query(OverviewQuery()), Query(IntegrationsQuery{.selected = shown_place}),
                               Query(FinancingQuery()), Query(financing), Query(narrow),
                               Query(FinancingQuery{.existing_cardholder = true, .weekday = 6, .hour = 0})}) {
        const ShareViewState state = shown_state(&query, {});
        CHECK_FALSE(state.away);
        CHECK(query_of_state(state, std::nullopt, reads_all) == query);
    }
}

TEST_CASE("whatever narrows the figures is told, so that nobody follows other figures than the presenter's",
          "[follow]") {
    for (int filter = 0; filter < static_cast<int>(Filter::figure); ++filter) {
        FinancingQuery narrow{.practice = shown_practice,
                              .location = shown_place,
                              .plan = shown_plan,
                              .channel = FactChannel::online,
                              .existing_cardholder = true,
                              .cents_from = 1,
                              .cents_until = 9,
                              .weekday = 3,
                              .hour = 12,
                              .kind = FactKind::refund,
                              .status = FactStatus::none};
        const Query all = narrow;
        take_back(static_cast<Filter>(filter), narrow);
        const Query less = narrow;
        CAPTURE(filter);
        CHECK(shown_state(&all, {}) != shown_state(&less, {}));
    }
}

TEST_CASE("screens that cannot be shared are told as away, and lead nowhere", "[follow]") {
    for (const Query& query : {Query(TicketsQuery()), Query(ActionsQuery()), Query(DepositsQuery()), Query(SqlQuery()),
                               Query(SyncQuery()), Query(ProfileQuery()), Query(FinancingQuery{.rows = RowsQuery()})}) {
        CHECK(shown_state(&query, {}).away);
        CHECK_FALSE(query_of_state(shown_state(&query, {}), std::nullopt, reads_all));
    }
    CHECK(shown_state(nullptr, {}).away);
}

TEST_CASE("the presenter's place is told by name, and their own look stays with who follows", "[follow]") {
    const Query overview = OverviewQuery();
    CHECK(practice_of(shown_state(&overview, {.practices = {shown_practice}})) == shown_practice);
    CHECK(practice_of(shown_state(&overview, {.practices = {shown_practice, shown_place}})).empty());
    const Query presented = FinancingQuery{.practice = shown_practice, .channel = FactChannel::online};
    const ShareViewState state = shown_state(&presented, {});
    FinancingQuery own{.from = 20'000, .grain = Grain::week, .plan = shown_plan, .split = Split::plan};
    own.passport = "approval_rate";
    const auto followed = query_of_state(state, Query(own), reads_all);
    REQUIRE(followed);
    CHECK(std::get<FinancingQuery>(*followed) ==
          FinancingQuery{
              .grain = Grain::week, .practice = shown_practice, .channel = FactChannel::online, .split = Split::plan});
    // Who has one practice need not choose it, and who sees no financing stays where they are.
    const auto alone = query_of_state(state, std::nullopt, {true, false});
    CHECK(std::get<FinancingQuery>(*alone).practice.empty());
    CHECK_FALSE(query_of_state(state, std::nullopt, {false, true}));
    // Another integration closes the day of the former one.
    const Query other = IntegrationsQuery{.selected = shown_plan};
    const IntegrationsQuery before{.filter = IntegrationFilter::blocked, .selected = shown_place, .day = 20'000};
    CHECK(query_of_state(shown_state(&other, {}), Query(before), reads_all) ==
          Query(IntegrationsQuery{.filter = IntegrationFilter::blocked, .selected = shown_plan}));
}

}  // namespace portal::vm
