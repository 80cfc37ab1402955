// The cards of the financing screen as the mirror has them: each says as of when, each picture has a sentence and a
// table.
#include "tests/views/drawn_financing.hpp"

namespace portal::views::test {
namespace {

std::size_t count_named(const std::vector<const mirror::MirrorNode*>& nodes, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(nodes.begin(), nodes.end(), [&](const mirror::MirrorNode* node) { return node->name == name; }));
}

TEST_CASE("every card of financing says as of when", "[views]") {
    DrawnFinancing drawn(told_part());
    std::vector<std::string> titles;
    for (const mirror::MirrorNode* card : drawn.screen.all(Role::region))
        titles.push_back(card->name);
    CHECK(titles.size() == 7);
    for (const std::string& title : titles) {
        INFO(title);
        CHECK(drawn.says(title, "As of "));
    }
    // The chart's card has its title within.
    std::size_t charts = 0;
    for (const mirror::MirrorNode* note : drawn.screen.all(Role::text))
        charts += note->name.starts_with("As of ") ? 1 : 0;
    CHECK(charts == titles.size() + 1 + drawn.snapshot.financing->figures.size());
}

TEST_CASE("each picture of financing has a sentence with numbers and a table", "[views]") {
    DrawnFinancing drawn(told_part());
    CHECK(drawn.says("What explains the change?", "+$600 against a year before"));
    CHECK(drawn.says("From application to sale",
                     "Of 200 applications up to Feb 18, 2026, 120 were approved and 84 "
                     "came to a settled sale; 6 of those were refunded in full."));
    CHECK(drawn.says("Which plans do patients use?", "Standard terms is used most: $1.5K, 75.0% of gross"));
    // Net by period, change, funnel and hours are pictures.
    CHECK(count_named(drawn.screen.all(Role::button), "Show as table") == 4);
}

TEST_CASE("the table of a change has every part, its picture merges the small ones", "[views]") {
    DrawnFinancing drawn(told_part());
    const std::string_view title = "What explains the change?";
    CHECK(drawn.says(title, "Others"));
    CHECK_FALSE(drawn.says(title, "Practice 8"));
    for (const std::string_view card : {title, std::string_view("From application to sale")})
        for (const mirror::MirrorNode* button : drawn.within(card, Role::button))
            if (button->name == "Show as table") {
                const mirror::MirrorNode pressed = *button;
                drawn.screen.press(pressed);
                drawn.screen.frame(4);
                break;
            }
    // Nine parts and the whole.
    CHECK(drawn.within(title, Role::row).size() >= 10);
    CHECK_FALSE(drawn.says(title, "Others"));
    CHECK(count_named(drawn.screen.all(Role::button), "Show as table") == 2);
    CHECK(count_named(drawn.screen.all(Role::button), "Show as chart") == 2);
}

TEST_CASE("each filter that is set is a chip with its value, and its cross takes it alone back", "[views]") {
    vm::FinancingPart part = filtered_part();
    const Id place = "01JABCDEFGHJKMNPQRSTVWXYZ1", plan = "01JABCDEFGHJKMNPQRSTVWXYZ0";
    part.location_choices = {{place, "Alder Street", "", part.query.practice}, {"l2", "Elm Street", "", {}}};
    part.plan_choices = {{plan, "12 months", "", {}}, {"plan2", "24 months", "", {}}};
    part.query.location = place;
    part.query.plan = plan;
    part.query.existing_cardholder = true;
    part.query.cents_from = 20'000;
    part.query.cents_until = 49'999;
    part.query.weekday = 1;
    part.query.hour = 10;
    DrawnFilters drawn(part);
    const vm::FinancingQuery set = drawn.snapshot.financing->query;
    // As many as count as filters, and the period.
    CHECK(vm::set_filters(set) == 9);
    const std::pair<std::string_view, std::string_view> chips[] = {
        {"Location", "Alder Street"},   {"Plan", "12 months"},
        {"Cardholder", "Existing"},     {"Amount", "$200 to $500"},
        {"Day and hour", "Tue, 10 AM"}, {"Period", "Jan 1 to Feb 28, 2026"},
        {"Practice", "Alder Dental"},   {"Channel", "Online"},
        {"Kind", "Application"},        {"Status", "Declined"}};
    for (const auto& [name, value] : chips) {
        INFO(name);
        CHECK(drawn.screen.node(Role::button, name).value == value);
        drawn.take_back(name);
        vm::FinancingQuery rest = set;
        if (name == "Period") rest.from = rest.until = 0;
        // A location is one of its practice's.
        if (name == "Practice") rest.practice.clear(), rest.location.clear();
        if (name == "Location") rest.location.clear();
        if (name == "Plan") rest.plan.clear();
        if (name == "Cardholder") rest.existing_cardholder.reset();
        if (name == "Amount") rest.cents_from = rest.cents_until = 0;
        if (name == "Day and hour") rest.weekday.reset(), rest.hour.reset();
        if (name == "Channel") rest.channel.reset();
        if (name == "Kind") rest.kind.reset();
        if (name == "Status") rest.status.reset();
        CHECK(drawn.wanted() == rest);
    }
}

TEST_CASE("kind, status, place and period are chosen by their chips", "[views]") {
    DrawnFilters drawn(told_part());
    drawn.press(Role::button, "Kind");
    drawn.press(Role::menu_item, "Refund");
    CHECK(drawn.wanted().kind == FactKind::refund);
    drawn.press(Role::button, "Status");
    drawn.press(Role::menu_item, "Counter-offer");
    CHECK(drawn.wanted().status == FactStatus::counter_offer);
    drawn.press(Role::button, "Practice");
    drawn.press(Role::option, "Birch Dental");
    CHECK(drawn.wanted().practice == "p2");
    drawn.press(Role::button, "Period");
    drawn.press(Role::menu_item, "This month");
    CHECK(drawn.wanted().from == first_day_of_month(month_of_day(last_shown + 1)));
}

TEST_CASE("a kind that is counted alone is said above the figures and on their tiles", "[views]") {
    vm::FinancingPart part = told_part();
    part.query.kind = FactKind::refund;
    Figure net;
    net.id = FigureId::net_financed_volume;
    net.value = -5'000;
    Figure rate;
    rate.id = FigureId::approval_rate;
    rate.unit = FigureUnit::basis_points;
    rate.reason = FigureReason::filtered_out;
    part.figures = {net, rate};
    DrawnFinancing drawn(part);
    const auto texts = [&](std::string_view words) {
        std::size_t found = 0;
        for (const Role role : {Role::text, Role::paragraph, Role::button})
            for (const mirror::MirrorNode* node : drawn.screen.all(role))
                found += node->name.find(words) != std::string::npos ||
                         node->description.find(words) != std::string::npos ||
                         node->value.find(words) != std::string::npos;
        return found;
    };
    CHECK(texts("Counted here: Refund.") == 1);
    CHECK(texts("Only Refund") == 1);
    CHECK(texts("A filter leaves facts out") == 1);
}

TEST_CASE("pictures that are turned into tables stand in the address, and follow it", "[views]") {
    DrawnFinancing drawn(told_part());
    const auto buttons = drawn.within("From application to sale", Role::button);
    const mirror::MirrorNode button = **std::ranges::find(
        buttons, "Show as table", [](const mirror::MirrorNode* node) { return std::string_view(node->name); });
    drawn.screen.press(button);
    drawn.screen.frame(2);
    REQUIRE_FALSE(drawn.sink.intents.empty());
    const auto asked = std::get<vm::FinancingQuery>(std::get<vm::ShowScreen>(drawn.sink.intents.back()).query);
    CHECK(asked.tables == 1u << static_cast<unsigned>(vm::Picture::funnel));
    drawn.query = asked;
    drawn.query.tables = 1u << static_cast<unsigned>(vm::Picture::change);
    drawn.screen.frame(4);
    CHECK(drawn.within("What explains the change?", Role::table).size() == 1);
    CHECK(drawn.within("From application to sale", Role::table).empty());
}

TEST_CASE("an address that means nothing in part is told once on the screen", "[views]") {
    DrawnFilters drawn(told_part());
    const auto notes = [&] {
        std::ptrdiff_t found = 0;
        for (const Role role : {Role::text, Role::paragraph})
            found += std::ranges::count_if(drawn.screen.all(role), [](const mirror::MirrorNode* node) {
                return node->name.starts_with("A part of this address");
            });
        return found;
    };
    CHECK(notes() == 0);
    drawn.asked.misread = true;
    drawn.screen.frame(3);
    CHECK(notes() == 1);
}

TEST_CASE("a head of the rows offers its column's values with counts, and sets what the chip sets", "[views]") {
    vm::FinancingPart part = told_part();
    part.may_see_rows = true;
    part.query.rows = vm::RowsQuery{};
    part.query.kind = FactKind::refund;
    vm::FactRows& rows = part.fact_rows.emplace();
    rows.total = 3;
    rows.lines.resize(3);
    DrawnFinancing drawn(part, ImVec2(1280, 800));
    const auto wanted = [&] {
        REQUIRE_FALSE(drawn.sink.intents.empty());
        return std::get<vm::FinancingQuery>(std::get<vm::ShowScreen>(drawn.sink.intents.back()).query);
    };
    const auto press = [&](Role role, std::string_view name) {
        const mirror::MirrorNode node = drawn.screen.node(role, name);
        drawn.screen.press(node);
        drawn.screen.frame(4);
    };
    press(Role::button, "Filter by Status");
    CHECK(wanted().rows->counted == vm::RowsSort::status);
    CHECK(wanted().kind == FactKind::refund);
    // The store's answer.
    part.query = drawn.query = wanted();
    part.fact_rows->values = {{{}, static_cast<std::int64_t>(FactStatus::approved), {}, 1'234},
                              {{}, static_cast<std::int64_t>(FactStatus::declined), {}, 7}};
    drawn.snapshot.financing = std::make_shared<vm::FinancingPart>(part);
    drawn.screen.frame(4);
    CHECK(drawn.screen.node(Role::menu_item, "Approved").description == "1,234");
    press(Role::menu_item, "Declined");
    CHECK(wanted().status == FactStatus::declined);
    CHECK_FALSE(wanted().rows->counted);
    // By keyboard, and of amounts: two ends are typed.
    const std::uint32_t amount = drawn.screen.node(Role::button, "Filter by Amount").id;
    for (int step = 0; step < 80 && ImGui::GetCurrentContext()->NavId != amount; ++step)
        drawn.screen.key(ImGuiKey_Tab);
    drawn.screen.key(ImGuiKey_Enter);
    drawn.screen.frame(4);
    CHECK(drawn.screen.find(Role::dialog, "Which amounts?"));
}

}  // namespace
}  // namespace portal::views::test
