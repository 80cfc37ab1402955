#include "app/vm/route.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::vm {
namespace {

const Id some_id = "01JABCDEFGHJKMNPQRSTVWXYZ0";

FinancingQuery filtered_financing() {
    FinancingQuery financing;
    financing.from = 20'000;
    financing.until = 20'100;
    financing.grain = Grain::day;
    financing.practice = some_id;
    financing.location = "01J8Z3K4M5N6P7Q8R9S0T1V2W3";
    financing.plan = "01J8Z3K4M5N6P7Q8R9S0T1V2W4";
    financing.channel = FactChannel::online;
    financing.existing_cardholder = false;
    financing.cents_from = 20'000;
    financing.cents_until = 79'999;
    financing.weekday = 1;
    financing.hour = 14;
    financing.kind = FactKind::application;
    financing.status = FactStatus::counter_offer;
    financing.comparison = Comparison::period_before;
    financing.split = Split::channel;
    financing.explain = Explain::effects;
    financing.tables = 0b1010;
    return financing;
}

TEST_CASE("every query survives its route") {
    IntegrationsQuery integrations;
    integrations.selected = some_id;
    integrations.filter = IntegrationFilter::blocked;
    integrations.search = "canino & söhne / 100%";
    integrations.day = 20'000;
    const FinancingQuery financing = filtered_financing();
    FinancingQuery quarters;
    quarters.grain = Grain::quarter;
    quarters.passport = "plan_mix." + some_id;
    FinancingQuery hour = quarters;
    hour.passport = "applications.1-10";
    FinancingQuery rows = financing;
    rows.rows = RowsQuery{
        .figure = FigureId::effective_fee_rate, .reference = "R-7 &", .sort = RowsSort::amount, .ascending = true};
    TicketsQuery composing;
    composing.composing = true;
    composing.about_integration = some_id;
    composing.about_day = 20'050;
    TicketsQuery selected;
    selected.selected = some_id;
    selected.tab = TicketTab::all;
    DepositsQuery deposits;
    deposits.state = DepositState::reviewed;
    deposits.location = "01J8Z3K4M5N6P7Q8R9S0T1V2W3";
    deposits.from = 20'400;
    deposits.selected = "01J8Z3K4M5N6P7Q8R9S0T1V2W4";
    deposits.day = 20'500;
    deposits.passport = DepositState::matched;
    const TicketsQuery about_deposit{
        .composing = true, .about_day = 20'500, .about_deposit = "01J8Z3K4M5N6P7Q8R9S0T1V2W4"};
    ActionsQuery actions;
    actions.selected = some_id;
    actions.practice = some_id;
    actions.owner = some_id;
    actions.search = "fix date";
    ActionsQuery adding;
    adding.composing = true;
    adding.about_ticket = some_id;
    adding.about_integration = some_id;
    const Query queries[] = {OverviewQuery{},
                             OverviewQuery{"open_tickets"},
                             integrations,
                             financing,
                             quarters,
                             hour,
                             rows,
                             composing,
                             selected,
                             actions,
                             adding,
                             ActionsQuery{},
                             SyncQuery{},
                             ProfileQuery{},
                             deposits,
                             DepositsQuery{},
                             about_deposit,
                             IntegrationsQuery{.selected = some_id, .passport = "integration_health"},
                             IntegrationsQuery{.selected = some_id, .passport = "sales.2026-02-01"}};
    for (const Query& query : queries)
        CHECK(parse_route(route_of(query)) == query);
}

TEST_CASE("defaults leave no trace in the address") {
    CHECK(route_of(OverviewQuery{}) == "/");
    CHECK(route_of(FinancingQuery{}) == "/financing");
    CHECK(route_of(TicketsQuery{}) == "/tickets");
    CHECK(route_of(ActionsQuery{}) == "/actions");
    CHECK(route_of(DepositsQuery{}) == "/deposits");
}

TEST_CASE("the page that offers an account takes any route along") {
    CHECK(sign_in_route("practice_user", "/tickets/new?integration=1&day=2026-03-04") ==
          "/sign-in?account=practice_user&next=%2Ftickets%2Fnew%3Fintegration%3D1%26day%3D2026-03-04");
    CHECK(sign_in_route("practice_user", "") == "/sign-in?account=practice_user");
}

TEST_CASE("paths that name no screen are told apart, bad parameters are ignored") {
    for (const char* route :
         {"/nowhere", "/tickets/not-an-id", "/actions/old", "/integrations/x", "/sync/more", "/financing/x"})
        CHECK_FALSE(parse_route(route));
    CHECK(parse_route("/financing?from=yesterday&grain=eon&practice=me&channel=pigeon&cardholder=none&cents_from=-4&"
                      "cents_until=2e3&weekday=8&hour=24&"
                      "compare=them&split=hairs&explain=all&tables=chairs&kind=gift&status=perhaps&passport=luck") ==
          Query(FinancingQuery{.misread = true}));
    CHECK(parse_route("/financing/rows?kind=gift&status=perhaps&figure=luck&sort=hue&order=sideways") ==
          Query(FinancingQuery{.rows = RowsQuery{}, .misread = true}));
    CHECK(parse_route("/tickets/?tab=%zz") == Query(TicketsQuery{}));
    CHECK(parse_route("") == Query(OverviewQuery{}));
}

TEST_CASE("a link to financing that means nothing in one place keeps the rest and says so") {
    const char* hostile[] = {"from=99999999999999999999-01-01",
                             "until=2026-02-30",
                             "grain=MONTH",
                             "practice=..%2F..%2Fetc",
                             "location=%00",
                             "plan=<script>",
                             "channel=",
                             "cardholder=maybe",
                             "cents_from=-1",
                             "cents_until=99999999999999999999",
                             "weekday=monday%20",
                             "hour=-0",
                             "kind=application%27--",
                             "status=settled;",
                             "compare=year,period",
                             "split=plan.channel",
                             "explain=..",
                             "tables=net.net.x",
                             "passport=%F0%9F%92%A9",
                             "passport=pace.",
                             "passport=net_financed_volume.standard",
                             "passport=plan_mix.%27--",
                             "grain=%",
                             "kind=%zz"};
    for (const char* one : hostile) {
        INFO(one);
        const auto parsed = parse_route("/financing?channel=online&" + std::string(one));
        REQUIRE(parsed);
        FinancingQuery query = std::get<FinancingQuery>(*parsed);
        // A word that is there twice counts once, and an empty one is none.
        const bool says_nothing = std::string_view(one) == "channel=";
        CHECK(query.misread == !says_nothing);
        query.misread = false;
        query.tables = 0;
        CHECK(query == FinancingQuery{.channel = FactChannel::online});
    }
    CHECK(parse_route("/financing?tables=net.x.hours") == Query(FinancingQuery{.tables = 0b1001, .misread = true}));
    CHECK(parse_route("/financing?utm_source=mail&grain=month") == Query(FinancingQuery{}));
    std::string longest = "/financing?kind=";
    longest.append(1'000'000, 'x');
    CHECK(parse_route(longest) == Query(FinancingQuery{.misread = true}));
    // Whatever was left out stands in no address that is written.
    CHECK(route_of(FinancingQuery{.misread = true}) == "/financing");
}

}  // namespace
}  // namespace portal::vm
