#include "shared/rules/state_rules.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal {

TEST_CASE("A state's rule bars what it names, for whom it names, from its day on", "[rules]") {
    const Day first = day_from_civil({2020, 7, 1});
    const auto bars = [](std::string_view state, Specialty specialty, PlanKind kind, Day day) {
        return barring_rule(state, specialty, kind, day) != nullptr;
    };
    CHECK(bars("CA", Specialty::dental, PlanKind::deferred_interest, first));
    CHECK(bars("CA", Specialty::medical, PlanKind::deferred_interest, first + 3'000));
    CHECK_FALSE(bars("CA", Specialty::dental, PlanKind::deferred_interest, first - 1));
    CHECK_FALSE(bars("CA", Specialty::dental, PlanKind::reduced_apr, first));
    CHECK_FALSE(bars("CA", Specialty::veterinary, PlanKind::deferred_interest, first));
    CHECK_FALSE(bars("NV", Specialty::dental, PlanKind::deferred_interest, first));
    CHECK_FALSE(bars("", Specialty::dental, PlanKind::deferred_interest, first));
}

TEST_CASE("Rules of one state stand together and say where they are from", "[rules]") {
    std::string_view before;
    for (const StateRule& rule : state_rules()) {
        INFO(rule.state);
        CHECK(rule.state >= before);
        CHECK(rule.state.size() == 2);
        CHECK_FALSE(rule.name.empty());
        CHECK_FALSE(rule.source.empty());
        before = rule.state;
    }
}

}  // namespace portal
