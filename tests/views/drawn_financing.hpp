// The financing screen with a part that a test makes up, as the mirror has it.
#pragma once

#include <imgui_internal.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "app/views/financing_view.hpp"
#include "tests/views/view_stage.hpp"

namespace portal::views::test {

constexpr Day first_shown = 20'454, last_shown = 20'512;  // January and February 2026.

inline vm::FinancingPart told_part() {
    vm::FinancingPart part;
    part.query = {.from = first_shown, .until = last_shown};
    part.as_of_ms = 1'772'627'400'000;
    part.closed_until = last_shown;
    for (const MonthIndex month : {month_of_day(first_shown), month_of_day(last_shown)}) {
        vm::FinancingRow row;
        row.from = first_day_of_month(month);
        row.until = first_day_of_month(month + 1) - 1;
        row.net_cents = row.gross_cents = 100'000;
        row.sales = row.applications = row.approved = 10;
        part.rows.push_back(row);
        part.compared.push_back(row);
    }
    for (int number = 0; number < 9; ++number) {
        vm::ChangePart one;
        one.id = one.name = "Practice " + std::to_string(number);
        one.cents = (number % 2 == 0 ? 1 : -1) * (100'000 - number * 10'000);
        part.change.push_back(one);
    }
    const auto figure = [&](FigureId id, FigureUnit unit, std::int64_t value, std::int64_t numerator,
                            std::int64_t denominator) {
        Figure made;
        made.id = id;
        made.unit = unit;
        made.value = value;
        made.numerator = numerator;
        made.denominator = denominator;
        return made;
    };
    const auto step = [&](FigureId id, std::int64_t count) {
        return figure(id, FigureUnit::basis_points, count * 50, count, 200);
    };
    part.funnel = {figure(FigureId::funnel_applied, FigureUnit::count, 200, 200, 1),
                   step(FigureId::funnel_approved, 120), step(FigureId::funnel_used, 90),
                   step(FigureId::funnel_settled, 84), step(FigureId::funnel_refunded, 6)};
    const auto mix = [&](std::int64_t share, std::int64_t cents) {
        return figure(FigureId::plan_mix, FigureUnit::basis_points, share, cents, 200'000);
    };
    part.figures = {figure(FigureId::net_financed_volume, FigureUnit::cents, 200'000, 200'000, 1), mix(7'500, 150'000)};
    const auto sum = [&](FigureId id, FigureUnit unit, std::int64_t value) {
        return figure(id, unit, value, value, 1);
    };
    part.figures.push_back(sum(FigureId::applications, FigureUnit::count, 20));
    part.totals = {sum(FigureId::gross_settled, FigureUnit::cents, 200'000),
                   sum(FigureId::returned, FigureUnit::cents, 0), sum(FigureId::sales, FigureUnit::count, 20),
                   sum(FigureId::approved, FigureUnit::count, 20), sum(FigureId::target, FigureUnit::cents, 0)};
    part.net_change = figure(FigureId::net_change, FigureUnit::cents, 60'000, 260'000, 200'000);
    part.matured_until = last_shown - 10;
    part.plans = {
        {"", "", PlanKind::standard, 0, 150'000, 15, mix(7'500, 150'000)},
        {"01JABCDEFGHJKMNPQRSTVWXYZ0", "12 months", PlanKind::deferred_interest, 12, 50'000, 5, mix(2'500, 50'000)}};
    part.largest_plan = part.plans.front();
    part.hours[1][10] = 7;
    part.ranking = {{"01JABCDEFGHJKMNPQRSTVWXYZ1", "Practice 0", 150'000, 100'000, 10, {1, 2}, 5'000},
                    {"01JABCDEFGHJKMNPQRSTVWXYZ2", "Practice 1", 50'000, 0, 10, {2, 1}, {}}};
    part.peers.state = vm::PeersPart::State::told;
    part.peers.as_of_ms = part.as_of_ms;
    part.peers.practices = 14;
    part.peers.from = first_shown;
    part.peers.until = last_shown;
    part.peers.lines = {{figure(FigureId::approval_rate, FigureUnit::basis_points, 6'180, 618, 1'000), 6'000, {}}};
    return part;
}

// What a view of the screen is given.
struct FinancingStage : ViewStage {
    using ViewStage::ViewStage;
    FinancingState state;
};

// The screen with one part, as it is drawn.
struct DrawnFinancing : FinancingStage {
    explicit DrawnFinancing(const vm::FinancingPart& part, ImVec2 extent = ImVec2(1280, 2800))
        : FinancingStage(extent), query(part.query) {
        snapshot.session = std::make_shared<vm::SessionPart>();
        snapshot.financing = std::make_shared<vm::FinancingPart>(part);
        screen.draw([this] { financing_view(context(), state, query); });
        screen.frame(4);
    }
    // Of the card that has this title, at any depth.
    std::vector<const mirror::MirrorNode*> within(std::string_view title, Role role) {
        const std::uint32_t card = screen.node(Role::region, title).id;
        const auto& nodes = mirror::current().nodes();
        const auto parent_of = [&](std::uint32_t id) {
            const auto found =
                std::find_if(nodes.begin(), nodes.end(), [&](const mirror::MirrorNode& node) { return node.id == id; });
            return found == nodes.end() ? 0 : found->parent;
        };
        std::vector<const mirror::MirrorNode*> found = screen.all(role);
        std::erase_if(found, [&](const mirror::MirrorNode* node) {
            std::uint32_t above = node->parent;
            while (above != 0 && above != card)
                above = parent_of(above);
            return above != card;
        });
        return found;
    }
    bool says(std::string_view title, std::string_view words) {
        for (const Role role : {Role::text, Role::paragraph})
            for (const mirror::MirrorNode* node : within(title, role))
                if (node->name.find(words) != std::string::npos) return true;
        return false;
    }

    vm::FinancingQuery query;
};

// What the last press asks for.
inline vm::FinancingQuery asked_last(const KeptIntents& sink) {
    REQUIRE_FALSE(sink.intents.empty());
    return std::get<vm::FinancingQuery>(std::get<vm::ShowScreen>(sink.intents.back()).query);
}

// The head of the screen, of a part that can be filtered.
struct DrawnFilters : FinancingStage {
    explicit DrawnFilters(vm::FinancingPart told, ImVec2 extent = ImVec2(1280, 800)) : FinancingStage(extent) {
        told.practice_choices = {{practice, "Alder Dental", "", practice}, {"p2", "Birch Dental", "", "p2"}};
        asked = told.query;
        snapshot.session = std::make_shared<vm::SessionPart>();
        snapshot.financing = std::make_shared<vm::FinancingPart>(std::move(told));
        screen.draw([this] { financing_head_view(context(), state, asked); });
        screen.frame(4);
    }
    // What the last press asks for.
    vm::FinancingQuery wanted() const {
        REQUIRE_FALSE(sink.intents.empty());
        return std::get<vm::FinancingQuery>(std::get<vm::ShowScreen>(sink.intents.back()).query);
    }
    void press(Role role, std::string_view name) {
        const mirror::MirrorNode node = screen.node(role, name);
        screen.press(node);
        screen.frame(3);
    }
    // The cross of a chip, by keyboard.
    void take_back(std::string_view chip) {
        for (const mirror::MirrorNode* node : screen.all(Role::button))
            if (node->name == "Remove" && node->description == chip) {
                const mirror::MirrorNode cross = *node;
                for (int step = 0; step < 60 && ImGui::GetCurrentContext()->NavId != cross.id; ++step)
                    screen.key(ImGuiKey_Tab);
                REQUIRE(ImGui::GetCurrentContext()->NavId == cross.id);
                screen.key(ImGuiKey_Enter);
                return;
            }
        FAIL("no cross");
    }

    const Id practice = "01J8Z3K4M5N6P7Q8R9S0T1V2W3";
    vm::FinancingQuery asked;
};

inline vm::FinancingPart filtered_part() {
    vm::FinancingPart part = told_part();
    part.query.practice = "01J8Z3K4M5N6P7Q8R9S0T1V2W3";
    part.query.channel = FactChannel::online;
    part.query.kind = FactKind::application;
    part.query.status = FactStatus::declined;
    return part;
}

}  // namespace portal::views::test
