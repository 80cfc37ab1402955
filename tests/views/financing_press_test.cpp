// What a press does on the cards of the financing screen, and how phones have them.
#include "app/vm/financing_passport.hpp"
#include "app/vm/financing_words.hpp"
#include "tests/views/drawn_financing.hpp"

namespace portal::views::test {
namespace {

TEST_CASE("a press on any figure of financing's cards opens its passport, and leaves the rest of a row as it was",
          "[views]") {
    const std::string place = "01JABCDEFGHJKMNPQRSTVWXYZ1", plan = "01JABCDEFGHJKMNPQRSTVWXYZ0";
    // Wide tables, and the list of a phone.
    for (const ImVec2 extent : {ImVec2(1280, 2800), ImVec2(390, 5200)}) {
        DrawnFinancing drawn(told_part(), extent);
        const auto opens = [&](std::string_view card, Role role, std::string_view name) {
            INFO(name);
            for (const mirror::MirrorNode* node : drawn.within(card, role))
                if (node->name == name) {
                    const mirror::MirrorNode pressed = *node;
                    drawn.screen.press(pressed);
                    return asked_last(drawn.sink).passport;
                }
            FAIL("no such button");
            return std::string();
        };
        const std::string_view plans = "Which plans do patients use?", places = "Which practices financed most?";
        CHECK(opens(plans, Role::button, "Share, 75.0%") == "plan_mix.standard");
        CHECK(opens(plans, Role::button, "Share, 25.0%") == "plan_mix." + plan);
        CHECK(opens(places, Role::button, "Net, $1,500.00") == "net_financed_volume." + place);
        CHECK(opens("From application to sale", Role::button, "Sale settled, 84, 42.0%") == "funnel_settled");
        CHECK(opens("Beside similar practices", Role::button, "Approval rate") == "approval_rate.peers");
        CHECK(opens("What explains the change?", Role::button, "How it is computed") == "net_change");
        // The rows still choose.
        CHECK(opens(plans, Role::button, "12 months").empty());
        CHECK(asked_last(drawn.sink).plan == plan);
        CHECK(opens(places, Role::button, "Practice 0").empty());
        CHECK(asked_last(drawn.sink).practice == place);
    }
}

bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
}

// Does the button say the figure, in one of the ways that figures are said?
bool shows_the_figure(const vm::Format& format, const Figure& figure, const std::string& button) {
    const std::int64_t value = figure.value.value_or(0);
    for (const std::string& shown : {format.figure(figure), format.money_exact(value), format.number(value),
                                     format.number(figure.numerator), vm::signed_money(format, value)})
        if (button.find(shown) != std::string::npos) return true;
    return false;
}

std::vector<vm::FinancingStack> two_colours() {
    return {{vm::ChangeKind::plan, "01JABCDEFGHJKMNPQRSTVWXYZ0", "12 months", {}, {30'000, 20'000}},
            {vm::ChangeKind::plan, "", "", {}, {70'000, 80'000}}};
}

TEST_CASE("no figure of financing's cards and tables is without a passport that tells it", "[views]") {
    vm::FinancingPart part = told_part();
    // What the places' small lines say.
    constexpr std::string_view small_line = "$0";
    for (vm::RankedPlace& place : part.ranking)
        place.change_basis_points.reset();  // A share of the change, whose passport tells the change.
    // The pictures as they come, and all of them turned.
    struct Look {
        bool has_colours;
        std::uint32_t tables;
    };
    for (const auto& [has_colours, tables] : {Look{false, 0}, Look{false, 15}, Look{true, 15}}) {
        if (has_colours) part.stacks = two_colours();
        part.query.tables = tables;
        DrawnFinancing drawn(part);
        drawn.screen.frame(4);
        const auto& nodes = mirror::current().nodes();
        // A number in a cell is a button, or its row is one that opens the passport; what a small line says is none.
        std::size_t cells = 0;
        std::vector<mirror::MirrorNode> figures, rows;
        const auto button_of_row = [&](std::uint32_t row) -> const mirror::MirrorNode* {
            for (const mirror::MirrorNode& cell : nodes)
                for (const mirror::MirrorNode& inner : nodes)
                    if (cell.parent == row && cell.column_index == 1 && inner.parent == cell.id &&
                        inner.role == Role::button)
                        return &inner;
            return nullptr;
        };
        for (const mirror::MirrorNode& cell : nodes) {
            if (cell.role != Role::cell || cell.column_index < 2) continue;
            for (const mirror::MirrorNode& inner : nodes) {
                // A cell of one text says it itself.
                if (inner.parent != cell.id && inner.id != cell.id) continue;
                if (!has_digit(inner.name) || inner.name == small_line) continue;
                INFO(inner.name);
                ++cells;
                const bool is_own = inner.role == Role::button;
                const mirror::MirrorNode* button = is_own ? &inner : button_of_row(cell.parent);
                REQUIRE(button);
                (is_own ? figures : rows).push_back(*button);
            }
        }
        CHECK(cells > 20);
        // Buttons outside of tables: tiles, steps, and values of the waterfall.
        for (const mirror::MirrorNode& button : nodes) {
            const bool is_value = button.name.starts_with("How it is computed: ");
            if (button.role == Role::button && is_value) figures.push_back(button);
        }
        CHECK(figures.size() >= 20);
        const auto opened = [&](const mirror::MirrorNode& button) {
            drawn.sink.intents.clear();
            drawn.screen.press(button);
            vm::FinancingPart asked = part;
            asked.query = asked_last(drawn.sink);
            return vm::open_passport(drawn.format, asked);
        };
        for (const mirror::MirrorNode& figure : figures) {
            INFO(figure.name);
            const auto passport = opened(figure);
            REQUIRE(passport);
            CHECK(shows_the_figure(drawn.format, passport->figure, figure.name));
        }
        for (const mirror::MirrorNode& row : rows) {
            INFO(row.name);
            CHECK(opened(row));
        }
    }
}

TEST_CASE("a passport tells the definition, what it is of, and what it is set against", "[views]") {
    const auto told = [](std::string passport, vm::Language language = vm::Language::english) {
        vm::FinancingPart part = told_part();
        part.query.passport = std::move(passport);
        DrawnFinancing drawn(part);
        drawn.format = vm::Format(language, 1'772'627'400'000);
        drawn.screen.frame(40);
        std::string words;
        for (const mirror::MirrorNode* dialog : drawn.screen.all(Role::dialog))
            words += dialog->name + "\n";
        for (const Role role : {Role::text, Role::paragraph})
            for (const mirror::MirrorNode* node : drawn.screen.all(role))
                words += node->name + "\n";
        return words;
    };
    const auto has = [](const std::string& words, std::string_view part) {
        INFO(part << " in " << words);
        CHECK(words.find(part) != std::string::npos);
    };
    const std::string place = told("net_financed_volume.01JABCDEFGHJKMNPQRSTVWXYZ1");
    for (const char* part :
         {"Net financed volume: how it is computed", "Settled sales minus refunds", "Practice 0", "$1,000.00", "As of"})
        has(place, part);
    const std::string plan = told("plan_mix.standard");
    for (const char* part : {"Plan mix: how it is computed", "Standard terms", "$1,500.00", "$2,000.00"})
        has(plan, part);
    const std::string peers = told("approval_rate.peers");
    for (const char* part :
         {"Approval rate: how it is computed", "61.8%", "60.0%", "14", "Jan 1, 2026 to Feb 28, 2026"})
        has(peers, part);
    const std::string step = told("funnel_refunded", vm::Language::spanish);
    for (const char* part : {"Con devolución completa: cómo se calcula", "se devolvieron por completo"})
        has(step, part);
    const std::string change = told("net_change");
    for (const char* part : {"Change of the net", "$2,600.00", "$2,000.00"})
        has(change, part);
}

// The address has it already, the part that is shown has not.
constexpr std::uint32_t turned_funnel = 1u << static_cast<unsigned>(vm::Picture::funnel);

TEST_CASE("a filter that is pressed before the store has answered a turned picture keeps it turned", "[views]") {
    DrawnFilters filters(told_part());
    filters.asked.tables = turned_funnel;
    filters.screen.frame(2);
    filters.press(Role::button, "Kind");
    filters.press(Role::menu_item, "Refund");
    CHECK(filters.wanted().tables == turned_funnel);
    CHECK(filters.wanted().kind == FactKind::refund);
}

TEST_CASE("a row that is pressed before the store has answered a turned picture keeps it turned", "[views]") {
    DrawnFinancing drawn(told_part());
    drawn.query.tables = turned_funnel;
    drawn.screen.frame(4);
    const mirror::MirrorNode row = drawn.screen.node(Role::button, "Practice 1");
    drawn.screen.press(row);
    CHECK(asked_last(drawn.sink).tables == turned_funnel);
    CHECK_FALSE(asked_last(drawn.sink).practice.empty());
}

TEST_CASE("on a phone the filters are a sheet behind a button that counts them", "[views]") {
    DrawnFilters drawn(filtered_part(), ImVec2(390, 844));
    CHECK_FALSE(drawn.screen.find(Role::button, "Kind"));
    drawn.press(Role::button, "Filters (5)");
    CHECK(drawn.screen.find(Role::dialog, "Filters"));
    drawn.take_back("Status");
    CHECK_FALSE(drawn.wanted().status);
    drawn.press(Role::button, "Show figures");
    CHECK_FALSE(drawn.screen.find(Role::dialog, "Filters"));
}

TEST_CASE("on a phone the rows have the same sheet, and their search stays beside it", "[views]") {
    vm::FinancingPart part = filtered_part();
    part.may_see_rows = true;
    part.query.rows = vm::RowsQuery{.figure = FigureId::applications};
    part.fact_rows.emplace().total = 0;
    DrawnFinancing drawn(part, ImVec2(390, 844));
    CHECK_FALSE(drawn.screen.find(Role::button, "Status"));
    CHECK(drawn.screen.find(Role::search_box, "Reference begins with"));
    const auto press = [&](std::string_view name) {
        const mirror::MirrorNode node = drawn.screen.node(Role::button, name);
        drawn.screen.press(node);
        drawn.screen.frame(3);
    };
    // The period, four filters and the figure whose rows they are.
    press("Filters (6)");
    CHECK(drawn.screen.find(Role::dialog, "Filters"));
    CHECK(drawn.screen.node(Role::button, "Status").value == "Declined");
    press("Rows of");
    CHECK_FALSE(asked_last(drawn.sink).rows->figure);
    CHECK(asked_last(drawn.sink).kind == FactKind::application);
    press("Show the rows");
    CHECK_FALSE(drawn.screen.find(Role::dialog, "Filters"));
}

TEST_CASE("on a phone the figures stand in one row that moves sideways and keeps them in reach", "[views]") {
    vm::FinancingPart part = told_part();
    const std::vector<Figure> two = part.figures;
    for (const FigureId id : {FigureId::applications, FigureId::approval_rate, FigureId::pace})
        part.figures.emplace_back(two.front()).id = id;
    DrawnFinancing drawn(part, ImVec2(390, 844));
    const auto place = [&](std::string_view name) {
        for (const mirror::MirrorNode* node : drawn.screen.all(Role::button))
            if (node->name.starts_with(name)) return node->rect;
        FAIL("no such tile");
        return mirror::Rect{};
    };
    const auto first = place("Net financed volume"), second = place("Plan mix"), last = place("Pace");
    CHECK(first.y == second.y);
    CHECK(first.y == last.y);
    CHECK(first.x + first.width < second.x);
    // The second one is seen in part, the last one not at all.
    CHECK(second.x < 390);
    CHECK(second.width < first.width);
    CHECK(last.x > 390);
    // A finger moves the row, and not the page.
    drawn.screen.move_to(ImVec2(first.x + 20, first.y + 20));
    for (int step = 0; step < 40; ++step) {
        ImGui::GetIO().AddMouseWheelEvent(-1, 0);
        drawn.screen.frame();
    }
    CHECK(place("Pace").x + place("Pace").width <= 390);
    CHECK(place("Pace").y == first.y);
}

}  // namespace
}  // namespace portal::views::test
