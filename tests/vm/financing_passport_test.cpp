// Passports of the financing screen by their names in the address.
#include "app/vm/financing_passport.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::vm {
namespace {

const Id some_plan = "01JABCDEFGHJKMNPQRSTVWXYZ0", some_place = "01JABCDEFGHJKMNPQRSTVWXYZ1";

TEST_CASE("A passport's name is a figure, and after a dot what it is of") {
    for (const std::string& name :
         {std::string("pace"), std::string("funnel_used"), passport_of_plan({}), passport_of_plan(some_plan),
          passport_of_place(some_place), passport_of_peers(FigureId::pull_through)})
        CHECK(is_passport(name));
    for (const std::string& name :
         {std::string(), std::string("luck"), std::string("pace."), std::string("pace.standard"), "pace." + some_plan,
          std::string(".peers"), std::string("plan_mix.x"), "net_financed_volume." + some_plan + "x",
          std::string("net_financed_volume.standard"), std::string("net_financed_volume.peers.peers")})
        CHECK_FALSE(is_passport(name));
}

TEST_CASE("A passport is of what is there, with the rows behind it") {
    const Format format(Language::english, 0);
    FinancingPart part;
    part.query = {.from = 20'000, .until = 20'100, .channel = FactChannel::online};
    part.as_of_ms = 5;
    Figure net;
    net.value = net.numerator = 300;
    part.figures = {net};
    RankedPlace place;
    place.id = some_place;
    place.name = "Alder Dental";
    place.net_cents = 200;
    place.compared_cents = 150;
    part.ranking = {place};
    PeerLine line;
    line.own.id = FigureId::approval_rate;
    part.peers.lines = {line};

    const auto opened = [&](std::string name) {
        part.query.passport = std::move(name);
        return open_passport(format, part);
    };
    CHECK_FALSE(opened(""));
    CHECK_FALSE(opened("net_change"));
    CHECK_FALSE(opened("pace"));
    CHECK_FALSE(opened(passport_of_plan(some_plan)));
    CHECK_FALSE(opened(passport_of_place(some_plan)));
    CHECK_FALSE(opened(passport_of_peers(FigureId::pull_through)));

    const auto of_place = opened(passport_of_place(some_place));
    REQUIRE(of_place);
    CHECK(of_place->figure.value == 200);
    CHECK(of_place->of == "Alder Dental");
    CHECK(of_place->compared == 150);
    REQUIRE(of_place->rows);
    CHECK(of_place->rows->practice == some_place);
    CHECK(of_place->rows->channel == FactChannel::online);
    CHECK(of_place->rows->passport.empty());
    part.ranks_locations = true;
    CHECK(opened(passport_of_place(some_place))->rows->location == some_place);
    const auto of_peers = opened(passport_of_peers(FigureId::approval_rate));
    REQUIRE(of_peers);
    CHECK(of_peers->peers == &part.peers.lines.front());
    CHECK(of_peers->figure.as_of_ms == part.as_of_ms);
    // A filter that leaves facts out leaves them out of each place.
    part.figures.front().value.reset();
    CHECK_FALSE(opened(passport_of_place(some_place))->figure.value);
}

}  // namespace
}  // namespace portal::vm
