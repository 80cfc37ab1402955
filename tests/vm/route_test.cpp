#include "app/vm/route.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::vm {
namespace {

const Id some_id = "01JABCDEFGHJKMNPQRSTVWXYZ0";

TEST_CASE("every query survives its route") {
    IntegrationsQuery integrations;
    integrations.selected = some_id;
    integrations.filter = IntegrationFilter::blocked;
    integrations.search = "canino & söhne / 100%";
    integrations.day = 20'000;
    FinancingQuery financing;
    financing.from = 20'000;
    financing.until = 20'100;
    financing.grain = Grain::day;
    financing.practice = some_id;
    TicketsQuery composing;
    composing.composing = true;
    composing.about_integration = some_id;
    composing.about_day = 20'050;
    TicketsQuery selected;
    selected.selected = some_id;
    selected.tab = TicketTab::all;
    const Query queries[] = {OverviewQuery{}, integrations, financing,     composing,
                             selected,        SyncQuery{},  ProfileQuery{}};
    for (const Query& query : queries) {
        const auto parsed = parse_route(route_of(query));
        REQUIRE(parsed);
        CHECK(*parsed == query);
    }
}

TEST_CASE("defaults leave no trace in the address") {
    CHECK(route_of(OverviewQuery{}) == "/");
    CHECK(route_of(FinancingQuery{}) == "/financing");
    CHECK(route_of(TicketsQuery{}) == "/tickets");
}

TEST_CASE("the page that offers an account takes any route along") {
    CHECK(sign_in_route("practice_user", "/tickets/new?integration=1&day=2026-03-04") ==
          "/sign-in?account=practice_user&next=%2Ftickets%2Fnew%3Fintegration%3D1%26day%3D2026-03-04");
    CHECK(sign_in_route("practice_user", "") == "/sign-in?account=practice_user");
}

TEST_CASE("paths that name no screen are told apart, bad parameters are ignored") {
    for (const char* route : {"/nowhere", "/tickets/not-an-id", "/integrations/x", "/sync/more", "/financing/x"})
        CHECK_FALSE(parse_route(route));
    CHECK(parse_route("/financing?from=yesterday&grain=eon&practice=me") == Query(FinancingQuery{}));
    CHECK(parse_route("/tickets/?tab=%zz") == Query(TicketsQuery{}));
    CHECK(parse_route("") == Query(OverviewQuery{}));
}

}  // namespace
}  // namespace portal::vm
