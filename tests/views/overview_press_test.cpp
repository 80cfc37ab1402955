// Every figure of the homes is a button that asks for its passport, and the passports that are told here tell it.
#include "app/views/overview_view.hpp"
#include "app/vm/financing_passport.hpp"
#include "tests/views/drawn_financing.hpp"

namespace portal::views::test {
namespace {

constexpr InstantMs some_instant = 1'772'627'400'000;  // March 4, 2026.
const Id some_practice = "01JABCDEFGHJKMNPQRSTVWXYZ1", some_integration = "01JABCDEFGHJKMNPQRSTVWXYZ2";

Figure told(FigureId id, FigureUnit unit, std::int64_t value, std::int64_t denominator = 1) {
    Figure figure;
    figure.id = id;
    figure.unit = unit;
    figure.value = figure.numerator = value;
    figure.denominator = denominator;
    figure.as_of_ms = some_instant;
    return figure;
}

vm::OverviewPart told_home() {
    vm::OverviewPart part;
    part.as_of_ms = some_instant;
    part.closed_until = first_day_of_month(month_of_day(last_shown) + 1) + 1;  // March 2.
    part.open_tickets = told(FigureId::open_tickets, FigureUnit::count, 7);
    part.net = told(FigureId::net_financed_volume, FigureUnit::cents, 4'120'000);
    part.pace = told(FigureId::pace, FigureUnit::basis_points, 9'600, 4'300'000);
    part.net_change_basis_points = 1'240;
    for (MonthIndex month = month_of_day(first_shown); month <= month_of_day(part.closed_until); ++month) {
        part.monthly_net.push_back({first_day_of_month(month), 100'000 + month, false, false});
        part.monthly_target.push_back({first_day_of_month(month), 200'000 + month, false, false});
    }
    vm::PracticeStanding row;
    row.practice = some_practice;
    row.name = "Alder Dental";
    row.health = told(FigureId::integration_health, FigureUnit::score, 64, 100);
    row.health_integration = some_integration;
    row.tone = vm::Tone::bad;
    row.net = told(FigureId::net_financed_volume, FigureUnit::cents, 3'100'000);
    row.change_basis_points = -510;
    row.pace = told(FigureId::pace, FigureUnit::basis_points, 8'800, 4'000'000);
    row.open_tickets = 5;
    row.open_actions = told(FigureId::open_actions, FigureUnit::count, 3);
    row.overdue_actions = 2;
    row.at_risk = told(FigureId::dollars_at_risk, FigureUnit::cents, 1'080'000, 64);
    part.book = {row};
    return part;
}

// A home with one part, as it is drawn.
struct DrawnHome : FinancingStage {
    explicit DrawnHome(vm::Home home, ImVec2 extent = ImVec2(1280, 2400)) : FinancingStage(extent) {
        const auto session = std::make_shared<vm::SessionPart>();
        session->home = home;
        snapshot.session = session;
        snapshot.overview = std::make_shared<vm::OverviewPart>(told_home());
        screen.draw([this] { overview_view(context(), home_state, query); });
        screen.frame(4);
    }
    vm::Query asked_by(std::string_view name) {
        INFO(name);
        sink.intents.clear();
        const mirror::MirrorNode node = screen.node(Role::button, name);
        screen.press(node);
        REQUIRE_FALSE(sink.intents.empty());
        return std::get<vm::ShowScreen>(sink.intents.back()).query;
    }
    std::string words() {
        std::string said;
        for (const Role role : {Role::text, Role::paragraph, Role::dialog})
            for (const mirror::MirrorNode* node : screen.all(role))
                said += node->name + "\n";
        return said;
    }
    OverviewState home_state;
    vm::OverviewQuery query;
};

TEST_CASE("each figure of the month opens its passport on the financing screen, of the days that are told", "[views]") {
    DrawnHome drawn(vm::Home::practice);
    const Day first = first_day_of_month(month_of_day(told_home().closed_until));
    const auto asked = [&](std::string_view name) { return std::get<vm::FinancingQuery>(drawn.asked_by(name)); };
    const vm::FinancingQuery net = asked("Net financed volume, $41.2K");
    CHECK(net.passport == "net_financed_volume");
    CHECK(net.from == first);
    const vm::FinancingQuery change = asked("+12.4% on the same business days of Feb");
    CHECK(change.passport == "net_change");
    CHECK(change.from == first);
    CHECK(change.until == told_home().closed_until);
    CHECK(change.grain == vm::Grain::month);
    CHECK(change.comparison == vm::Comparison::period_before);
    CHECK(asked("96.0% of pace, ").passport == "pace");
}

TEST_CASE("each month of the chart's table opens the passport of its net or of its target", "[views]") {
    DrawnHome drawn(vm::Home::practice);
    drawn.home_state.monthly.view = ui::ChartState::View::table;
    drawn.screen.frame(4);
    const Day february = first_day_of_month(month_of_day(last_shown));
    std::size_t figures = 0;
    for (const auto& [series, passport] :
         {std::pair("Net financed volume, $1,", "net_financed_volume"), std::pair("Target, $2,", "target")}) {
        std::vector<std::string> names;
        for (const mirror::MirrorNode* button : drawn.screen.all(Role::button))
            if (button->name.starts_with(series)) names.push_back(button->name);
        REQUIRE(names.size() == 3);
        const auto query = std::get<vm::FinancingQuery>(drawn.asked_by(names[1]));
        CHECK(query.passport == passport);
        CHECK(query.from == february);
        CHECK(query.until == last_shown);
        figures += names.size();
    }
    CHECK(figures == 6);
}

TEST_CASE("no figure of the book is without a passport that tells it", "[views]") {
    struct Row {
        std::string_view button, passport, value;
    };
    DrawnHome drawn(vm::Home::account_manager);
    // A health that can be pressed keeps the dot of its tone.
    std::size_t corners = 0;
    for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists)
        corners += static_cast<std::size_t>(
            std::ranges::count(list->VtxBuffer, ui::color(ui::tone_color(ui::Tone::bad)), &ImDrawVert::col));
    CHECK(corners > 0);
    for (const Row& row :
         {Row{"Health, 64, Failing", "integration_health.", "64"}, Row{"Tickets, 5", "open_tickets.", "5"},
          Row{"Action items, 3, 2 overdue", "open_actions.", "3"},
          Row{"At risk, $10.8K", "dollars_at_risk.", "$10.8K"}}) {
        INFO(row.button);
        drawn.query = {};
        drawn.screen.frame(4);
        const auto asked = std::get<vm::OverviewQuery>(drawn.asked_by(row.button));
        CHECK(asked.passport == std::string(row.passport) + some_practice);
        drawn.query = asked;
        drawn.screen.frame(40);
        const std::string words = drawn.words();
        INFO(words);
        CHECK(words.find("how it is computed") != std::string::npos);
        CHECK(words.find("\n" + std::string(row.value) + "\n") != std::string::npos);
        CHECK(words.find("Alder Dental") != std::string::npos);
    }
    drawn.query = {};
    drawn.screen.frame(40);
    for (const auto& [button, passport] :
         {std::pair("Net this month, $31.0K", "net_financed_volume"), std::pair("Change, -5.1%", "net_change"),
          std::pair("Pace, 88.0%", "pace")}) {
        const auto asked = std::get<vm::FinancingQuery>(drawn.asked_by(button));
        CHECK(asked.passport == passport);
        CHECK(asked.practice == some_practice);
    }
}

}  // namespace
}  // namespace portal::views::test
