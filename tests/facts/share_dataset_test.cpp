// What guests are given: the figures' own values, small cells without them, and nothing of another practice.
#include "shared/facts/share_dataset.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "shared/facts/segment.hpp"
#include "shared/rules/figures/financing.hpp"
#include "shared/rules/share_redaction.hpp"
#include "shared/rules/share_suppression.hpp"
#include "shared/wire/share_dataset_json.hpp"

using namespace portal;

namespace {

const Id willow = "01JW1110W00000000000000000", cedar = "01JCEDAR000000000000000000",
         north = "01JN0RTH000000000000000000", grove = "01JGR0VE000000000000000000",
         plan_six = "01JS1X00000000000000000000", plan_rare = "01JRARE0000000000000000000",
         pms = "01JPMS00000000000000000000", foreign_pms = "01JF0RE1GN0000000000000000";
// January to April 2026.
constexpr MonthIndex january = 2026 * 12;
constexpr std::int64_t sale_cents = 123'457;

struct World {
    FactTable facts;
    Practice practice;
    std::vector<PromoPlan> plans{2};
    std::vector<Integration> integrations{2};
    std::vector<CheckRollup> rollups;
    std::map<std::pair<Id, MonthIndex>, std::vector<FinancingFact>> segments;
    int serial = 0;

    World() {
        practice.id = willow;
        practice.name = "Willow Creek";
        plans[0].id = plan_six;
        plans[0].name = "Six months";
        plans[1].id = plan_rare;
        plans[1].name = "A rare one";
        integrations[0].id = pms;
        integrations[0].practice = willow;
        integrations[0].name = "Canino at Willow Creek";
        integrations[0].stage = IntegrationStage::live;
        integrations[1].id = foreign_pms;
        integrations[1].practice = cedar;
        integrations[1].name = "Canino at Cedar";
        for (const Id& integration : {pms, foreign_pms})
            for (Day day = 20'560; day <= 20'572; ++day) {
                CheckRollup& rollup = rollups.emplace_back();
                rollup.integration = integration;
                rollup.day = day;
                rollup.calls = rollup.calls_succeeded = 100;
                rollup.ledger_rows = rollup.ledger_matched = 50;
                rollup.last_success_ms = (day + 1) * 86'400'000LL - 1;
            }
    }

    void add(const Id& where, FactKind kind, FactStatus status, MonthIndex month, const Id& plan, int count) {
        const Id& location = where == willow ? north : grove;
        for (int index = 0; index < count; ++index) {
            FinancingFact fact;
            fact.external_key = "fact" + std::to_string(++serial);
            fact.application_ref = "ref" + std::to_string(serial);
            fact.kind = kind;
            fact.status = status;
            fact.practice = where;
            fact.location = location;
            fact.plan = plan;
            fact.event_day = fact.posted_day = first_day_of_month(month) + index % 28;
            fact.requested_cents = fact.approved_cents = sale_cents;
            fact.settled_cents = kind == FactKind::application ? 0 : sale_cents;
            fact.fee_cents = fact.settled_cents / 20;
            segments[{location, month}].push_back(fact);
        }
    }
    void add_sales(const Id& where, MonthIndex month, const Id& plan, int count) {
        add(where, FactKind::sale, FactStatus::settled, month, plan, count);
    }

    ShareDataset dataset(const ShareScope& scope, ShareView view) {
        facts.clear();
        for (const auto& [place, rows] : segments)
            REQUIRE(facts.put_segment(make_segment(rows[0].practice, place.first, place.second, 20'572, rows)));
        const auto made =
            share_dataset({facts, practice, plans, integrations, rollups, 20'573, 1'777'500'000'000}, scope, view);
        REQUIRE(made.has_value());
        return *made;
    }
};

ShareScope whole_scope(MonthIndex last = january + 3) {
    return {"mona",
            {willow},
            {ShareView::overview, ShareView::integrations, ShareView::financing},
            first_day_of_month(january),
            first_day_of_month(last + 1) - 1,
            ShareRows::aggregates};
}

const SharedFigure& figure_of(const ShareDataset& dataset, FigureId id) {
    for (const SharedFigure& shared : dataset.figures)
        if (shared.figure.id == id) return shared;
    FAIL("the dataset lacks a figure");
    std::abort();
}

World busy_world() {
    World world;
    for (const MonthIndex month : {january, january + 1, january + 2, january + 3})
        world.add_sales(willow, month, plan_six, 60);
    world.add(willow, FactKind::application, FactStatus::approved, january, plan_six, 80);
    world.add(willow, FactKind::application, FactStatus::declined, january, plan_six, 40);
    world.add_sales(cedar, january, plan_six, 500);
    return world;
}

}  // namespace

TEST_CASE("a guest's figures are the figures' own, of one practice", "[share]") {
    World world = busy_world();
    const ShareDataset dataset = world.dataset(whole_scope(), ShareView::financing);
    const SharedFigure& net = figure_of(dataset, FigureId::net_financed_volume);
    CHECK(net.exposure == ShareExposure::visible);
    CHECK(net.figure.value == 240 * sale_cents);
    CHECK(net.figure.closed_until == 20'572);
    CHECK(net.figure.as_of_ms == 1'777'500'000'000);
    CHECK(figure_of(dataset, FigureId::average_sale).figure.value == sale_cents);
    CHECK(figure_of(dataset, FigureId::approval_rate).figure.value == 6'667);
    CHECK(figure_of(dataset, FigureId::effective_fee_rate).exposure == ShareExposure::visible);
    REQUIRE(dataset.months.size() == 4);
    for (const SharedMonth& month : dataset.months) {
        CHECK(month.net_cents == 60 * sale_cents);
        CHECK(month.sales == 60);
    }
    REQUIRE(dataset.plans.size() == 1);
    CHECK(dataset.plans[0].name == "Six months");
    CHECK(dataset.plans[0].share_basis_points == 10'000);
    CHECK(dataset.integrations.empty());
}

TEST_CASE("health is given without counts, and of the practice alone", "[share]") {
    World world = busy_world();
    for (const ShareView view : {ShareView::overview, ShareView::integrations}) {
        const ShareDataset dataset = world.dataset(whole_scope(), view);
        REQUIRE(dataset.integrations.size() == 1);
        CHECK(dataset.integrations[0].integration == pms);
        CHECK(dataset.integrations[0].stage == IntegrationStage::live);
        CHECK(dataset.integrations[0].health.value == 100);
        CHECK(dataset.months.empty() == (view == ShareView::integrations));
    }
}

TEST_CASE("a small month and a small plan are hidden with their complements", "[share]") {
    World world;
    world.add_sales(willow, january, plan_six, 80);
    world.add_sales(willow, january + 1, plan_six, 55);
    world.add_sales(willow, january + 2, plan_rare, 4);
    world.add_sales(willow, january + 2, plan_six, 3);
    world.add_sales(willow, january + 3, plan_six, 60);
    const ShareDataset dataset = world.dataset(whole_scope(), ShareView::financing);
    CHECK(figure_of(dataset, FigureId::net_financed_volume).figure.value == 202 * sale_cents);
    std::vector<ShareExposure> months;
    for (const SharedMonth& month : dataset.months) {
        months.push_back(month.exposure);
        CHECK(month.net_cents.has_value() == (month.exposure != ShareExposure::hidden));
    }
    CHECK(months ==
          std::vector{ShareExposure::visible, ShareExposure::hidden, ShareExposure::hidden, ShareExposure::visible});
    REQUIRE(dataset.plans.size() == 2);
    for (const SharedPlan& plan : dataset.plans)
        CHECK_FALSE(plan.share_basis_points);
}

TEST_CASE("few refunds cannot be worked out from gross and net", "[share]") {
    World world;
    for (const MonthIndex month : {january, january + 1, january + 2, january + 3})
        world.add_sales(willow, month, plan_six, 60);
    world.add(willow, FactKind::refund, FactStatus::none, january, plan_six, 9);
    ShareDataset dataset = world.dataset(whole_scope(), ShareView::financing);
    CHECK(figure_of(dataset, FigureId::net_financed_volume).figure.value == 231 * sale_cents);
    CHECK(figure_of(dataset, FigureId::average_sale).exposure == ShareExposure::hidden);
    CHECK(figure_of(dataset, FigureId::effective_fee_rate).exposure == ShareExposure::rounded);
    CHECK(figure_of(dataset, FigureId::effective_fee_rate).figure.denominator == 0);
    world.add(willow, FactKind::refund, FactStatus::none, january, plan_six, 1);
    dataset = world.dataset(whole_scope(), ShareView::financing);
    CHECK(figure_of(dataset, FigureId::average_sale).figure.value == sale_cents);
    CHECK(figure_of(dataset, FigureId::effective_fee_rate).exposure == ShareExposure::visible);
}

TEST_CASE("the rest of a rate is a cell as well", "[share]") {
    World world;
    world.add(willow, FactKind::application, FactStatus::approved, january, plan_six, 100);
    world.add(willow, FactKind::application, FactStatus::declined, january, plan_six, 4);
    const ShareDataset dataset = world.dataset(whole_scope(), ShareView::financing);
    for (const FigureId id : {FigureId::approval_rate, FigureId::approved_amount_share, FigureId::pull_through}) {
        CHECK(figure_of(dataset, id).exposure == ShareExposure::hidden);
        CHECK_FALSE(figure_of(dataset, id).figure.value);
        CHECK(figure_of(dataset, id).figure.denominator == 0);
    }
}

TEST_CASE("no dataset is made outside of the scope", "[share]") {
    World world = busy_world();
    ShareScope scope = whole_scope();
    scope.views = {ShareView::overview};
    const auto code_of = [&](const ShareScope& asked, ShareView view) {
        const auto made = share_dataset({world.facts, world.practice, {}, {}, {}, 20'573, 0}, asked, view);
        return made ? std::optional<ErrorCode>() : made.error().code;
    };
    CHECK_FALSE(code_of(scope, ShareView::overview));
    CHECK(code_of(scope, ShareView::financing) == ErrorCode::permission_denied);
    scope.practices = {cedar};
    CHECK(code_of(scope, ShareView::overview) == ErrorCode::permission_denied);
}

TEST_CASE("every value in the bytes is one that the redaction lines call visible or rounded", "[share]") {
    World world = busy_world();
    world.add_sales(willow, january + 1, plan_rare, 12);
    world.add_sales(willow, january + 2, plan_rare, 5);
    const ShareScope scope = whole_scope(january + 5);  // Two months without any.
    std::size_t values = 0, hidden = 0;
    for (const ShareView view : all_share_views) {
        const std::vector<ShareDataset> datasets = {world.dataset(scope, view)};
        const auto lines = what_becomes_visible(scope, datasets);
        const auto bytes = nlohmann::json::parse(wire::encode(datasets[0]));
        std::size_t line = 0;
        const auto compare = [&](const nlohmann::json& value, RedactionKind kind, const nlohmann::json& name = {}) {
            REQUIRE(line < lines.size());
            CHECK(lines[line].kind == kind);
            CHECK(lines[line].name == (name.is_null() ? std::string() : name.get<std::string>()));
            const bool is_hidden = lines[line++].exposure == ShareExposure::hidden;
            CHECK(value.is_null() == is_hidden);
            ++(is_hidden ? hidden : values);
        };
        for (const auto& figure : bytes["figures"]) {
            compare(figure["value"], RedactionKind::figure);
            CHECK(figure["numerator"].is_null() == (figure["exposure"] != "visible"));
        }
        for (const auto& month : bytes["months"]) {
            compare(month["net_cents"], RedactionKind::month);
            CHECK(month["sales"].is_null() == (month["exposure"] != "visible"));
        }
        for (const auto& plan : bytes["plans"])
            compare(plan["share_basis_points"], RedactionKind::plan, plan["name"]);
        for (const auto& integration : bytes["integrations"])
            compare(integration["health"]["value"], RedactionKind::integration, integration["name"]);
        CHECK(line == lines.size());
        CHECK(bytes.dump().find("fact") == std::string::npos);
    }
    CHECK(values > 10);
    CHECK(hidden > 3);
}
