// Passports of the financing screen by their names in the address.
#include "app/vm/financing_passport.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/vm/financing_words.hpp"

namespace portal::vm {
namespace {

const Id some_plan = "01JABCDEFGHJKMNPQRSTVWXYZ0", some_place = "01JABCDEFGHJKMNPQRSTVWXYZ1";

TEST_CASE("A passport's name is a figure, and after a dot what it is of") {
    for (const std::string& name :
         {std::string("pace"), std::string("funnel_used"), passport_of_plan(FigureId::plan_mix, {}),
          passport_of_plan(FigureId::plan_mix, some_plan), passport_of_place(FigureId::net_financed_volume, some_place),
          passport_of_peers(FigureId::pull_through), std::string("change_mix"), std::string("net_change.online"),
          std::string("net_change.other"), passport_of_place(FigureId::net_change, some_place),
          passport_of_plan(FigureId::sales, some_plan), std::string("target.2026-02-01"),
          std::string("applications.6-23"), std::string("gross_settled.standard"),
          std::string("net_financed_volume.2026-02-01.online"), "net_financed_volume.2026-02-01." + some_plan})
        CHECK(is_passport(name));
    for (const std::string& name : {std::string(),
                                    std::string("luck"),
                                    std::string("pace."),
                                    std::string("pace.standard"),
                                    "pace." + some_plan,
                                    std::string(".peers"),
                                    std::string("plan_mix.x"),
                                    "net_financed_volume." + some_plan + "x",
                                    std::string("net_financed_volume.standard"),
                                    std::string("net_financed_volume.peers.peers"),
                                    std::string("pace.2026-02-01"),
                                    std::string("net_change.2026-02-01"),
                                    std::string("net_change.elsewhere"),
                                    std::string("change_mix.standard"),
                                    std::string("target.2026-02-30"),
                                    std::string("target.2026-02-01.online"),
                                    std::string("net_financed_volume.2026-02-01."),
                                    std::string("net_financed_volume.2026-02-01.elsewhere"),
                                    std::string("net_financed_volume.2026-02-30.online"),
                                    std::string("applications.7-1"),
                                    std::string("applications.1-24"),
                                    std::string("applications.1-"),
                                    std::string("applications.-1-2"),
                                    std::string("applications.1"),
                                    std::string("sales.1-2")})
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
    CHECK_FALSE(opened(passport_of_plan(FigureId::plan_mix, some_plan)));
    CHECK_FALSE(opened(passport_of_place(FigureId::net_financed_volume, some_plan)));
    CHECK_FALSE(opened(passport_of_peers(FigureId::pull_through)));

    const auto of_place = opened(passport_of_place(FigureId::net_financed_volume, some_place));
    REQUIRE(of_place);
    CHECK(of_place->figure.value == 200);
    CHECK(of_place->of == "Alder Dental");
    CHECK(of_place->compared == 150);
    REQUIRE(of_place->rows);
    CHECK(of_place->rows->practice == some_place);
    CHECK(of_place->rows->channel == FactChannel::online);
    CHECK(of_place->rows->passport.empty());
    part.ranks_locations = true;
    CHECK(opened(passport_of_place(FigureId::net_financed_volume, some_place))->rows->location == some_place);
    const auto of_peers = opened(passport_of_peers(FigureId::approval_rate));
    REQUIRE(of_peers);
    CHECK(of_peers->peers == &part.peers.lines.front());
    CHECK(of_peers->figure.as_of_ms == part.as_of_ms);
    // A filter that leaves facts out leaves them out of each place.
    part.figures.front().value.reset();
    CHECK_FALSE(opened(passport_of_place(FigureId::net_financed_volume, some_place))->figure.value);
}

Figure money_figure(FigureId id, std::int64_t cents) {
    Figure figure;
    figure.id = id;
    figure.value = figure.numerator = cents;
    figure.denominator = 1;
    return figure;
}

// Two months, the second one without a target.
FinancingPart part_of_months() {
    FinancingPart part;
    part.query = {.from = 20'454, .until = 20'512, .location = some_place};
    part.figures = {money_figure(FigureId::net_financed_volume, 900), money_figure(FigureId::applications, 9)};
    part.totals = {money_figure(FigureId::gross_settled, 1'000), money_figure(FigureId::target, 0)};
    part.totals.back().value.reset();
    part.totals.back().reason = FigureReason::no_target;
    part.rows = {
        {.from = 20'454, .until = 20'484, .net_cents = 500, .gross_cents = 550, .applications = 5, .target_cents = 700},
        {.from = 20'485, .until = 20'512, .net_cents = 400, .gross_cents = 450, .applications = 4}};
    part.compared = {{.net_cents = 450}, {.net_cents = 410}};
    return part;
}

TEST_CASE("A colour of a period's bar is told of that plan or channel, with its rows where they can be chosen") {
    const Format format(Language::english, 0);
    FinancingPart part = part_of_months();
    const auto stack = [](ChangeKind kind, Id id, FactChannel channel, std::vector<std::int64_t> cents) {
        return FinancingStack{kind, id, id.empty() ? "" : "12 months", channel, std::move(cents)};
    };
    part.stacks = {stack(ChangeKind::plan, some_plan, {}, {300, 250}), stack(ChangeKind::plan, {}, {}, {150, 100}),
                   stack(ChangeKind::channel, {}, FactChannel::online, {40, 30}),
                   stack(ChangeKind::other, {}, {}, {10, 20})};
    const auto opened = [&](std::size_t colour) {
        part.query.passport = passport_of_stack(part.rows[1], part.stacks[colour]);
        CHECK(is_passport(part.query.passport));
        return open_passport(format, part);
    };
    const auto plan = opened(0);
    REQUIRE(plan);
    CHECK(plan->figure.id == FigureId::net_financed_volume);
    CHECK(plan->figure.value == 250);
    CHECK(plan->of == "February 2026, 12 months");
    CHECK_FALSE(plan->compared);
    CHECK(plan->from == 20'485);
    REQUIRE(plan->rows);
    CHECK(plan->rows->plan == some_plan);
    CHECK(plan->rows->from == 20'485);
    CHECK(opened(2)->rows->channel == FactChannel::online);
    CHECK(opened(2)->figure.value == 30);
    // Standard terms and several colours as one: nothing to choose them by.
    for (const std::size_t colour : {std::size_t{1}, std::size_t{3}}) {
        REQUIRE(opened(colour));
        CHECK_FALSE(opened(colour)->rows);
    }
    CHECK(opened(1)->figure.value == 100);
    CHECK(opened(3)->figure.value == 20);
    part.stacks.clear();
    CHECK_FALSE(open_passport(format, part));
}

TEST_CASE("A figure of one period of the table is told with that period's rows and what it is compared with") {
    const Format format(Language::english, 0);
    FinancingPart part = part_of_months();
    const auto opened = [&](FigureId figure, std::size_t row) {
        part.query.passport = passport_of_row(figure, part.rows[row]);
        CHECK(is_passport(part.query.passport));
        return open_passport(format, part);
    };
    const auto net = opened(FigureId::net_financed_volume, 1);
    REQUIRE(net);
    CHECK(net->figure.value == 400);
    CHECK(net->of == "February 2026");
    CHECK(net->compared == 410);
    CHECK(net->from == 20'485);
    CHECK(net->until == 20'512);
    REQUIRE(net->rows);
    CHECK(net->rows->from == 20'485);
    CHECK(net->rows->until == 20'512);
    CHECK(net->rows->location == some_place);
    CHECK(net->rows->rows->figure == FigureId::net_financed_volume);
    const auto gross = opened(FigureId::gross_settled, 0);
    REQUIRE(gross);
    CHECK(gross->figure.value == 550);
    CHECK_FALSE(gross->compared);
    CHECK(opened(FigureId::applications, 0)->figure.value == 5);
    // A target of one month stands also where the period has none.
    const auto target = opened(FigureId::target, 0);
    REQUIRE(target);
    CHECK(target->figure.value == 700);
    CHECK_FALSE(target->rows);
    CHECK(target->until == 20'484);
    CHECK(opened(FigureId::target, 1)->figure.reason == FigureReason::no_target);
    // No such total, no such month.
    CHECK_FALSE(opened(FigureId::sales, 0));
    part.query.passport = "net_financed_volume.2026-03-01";
    CHECK_FALSE(open_passport(format, part));
}

TEST_CASE("A cell of the hours is the applications of that hour, whichever hour is chosen") {
    FinancingPart part = part_of_months();
    part.query.weekday = 2;
    part.query.hour = 9;
    part.hours[4][16] = 3;
    part.query.passport = passport_of_hour({4, 16});
    const auto cell = open_passport(Format(Language::english, 0), part);
    REQUIRE(cell);
    CHECK(cell->figure.id == FigureId::applications);
    CHECK(cell->figure.value == 3);
    CHECK(cell->of.starts_with("Fri"));
    CHECK(cell->rows->weekday == 4);
    CHECK(cell->rows->hour == 16);
}

ChangePart change_of(ChangeKind kind, Id id, std::int64_t former, std::int64_t now) {
    ChangePart part;
    part.kind = kind;
    part.name = id;
    part.id = std::move(id);
    part.cents = now - former;
    part.former_cents = former;
    return part;
}

TEST_CASE("Each part of a change is told by itself, and by the rows that it can be chosen by") {
    const Format format(Language::english, 0);
    FinancingPart part = part_of_months();
    part.query.location.clear();
    part.net_change = money_figure(FigureId::net_change, 40);
    part.change = {change_of(ChangeKind::plan, some_plan, 100, 190), change_of(ChangeKind::plan, "", 300, 250)};
    const auto opened = [&](const ChangePart& one) {
        part.query.passport = passport_of_change(one);
        CHECK(is_passport(part.query.passport));
        return open_passport(format, part);
    };
    const auto plan = opened(part.change[0]);
    REQUIRE(plan);
    CHECK(plan->figure.value == 90);
    CHECK(plan->figure.numerator == 190);
    CHECK(plan->figure.denominator == 100);
    REQUIRE(plan->rows);
    CHECK(plan->rows->plan == some_plan);
    CHECK(plan->rows->passport.empty());
    CHECK(plan->rows->rows->figure == FigureId::net_change);
    const auto standard = opened(part.change[1]);
    REQUIRE(standard);
    CHECK(standard->figure.value == -50);
    CHECK(standard->of == "Standard terms");
    CHECK_FALSE(standard->rows);

    // Where the picture draws many as one, that one is what the table has of them.
    for (int number = 0; number < 8; ++number)
        part.change.push_back(change_of(ChangeKind::place, "P" + std::to_string(number), 10, 11));
    const auto other = opened(drawn_change(part).back());
    REQUIRE(other);
    CHECK(other->figure.value == 5);
    CHECK(other->figure.denominator == 50);
    CHECK_FALSE(other->rows);

    // Causes have definitions of their own.
    part.change = {change_of(ChangeKind::count, "", 0, 30), change_of(ChangeKind::mix, "", 0, -10)};
    const auto cause = opened(part.change[1]);
    REQUIRE(cause);
    CHECK(cause->figure.id == FigureId::change_mix);
    CHECK(cause->figure.value == -10);
    CHECK(cause->of.empty());

    // A ranked place, whatever the change is explained by.
    RankedPlace place;
    place.id = some_place;
    place.net_cents = 70;
    place.compared_cents = 100;
    part.ranking = {place};
    part.query.passport = passport_of_place(FigureId::net_change, some_place);
    const auto ranked = open_passport(format, part);
    REQUIRE(ranked);
    CHECK(ranked->figure.value == -30);
    CHECK(ranked->rows->practice == some_place);
}

}  // namespace
}  // namespace portal::vm
