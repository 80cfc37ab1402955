#include "shared/rules/figures/change.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/base/random.hpp"

namespace portal::figures {
namespace {

FactSums sold(std::int64_t sales, std::int64_t gross_cents, std::int64_t refund_cents = 0) {
    FactSums sums;
    sums.sales = sales;
    sums.gross_cents = gross_cents;
    sums.refund_cents = refund_cents;
    return sums;
}

TEST_CASE("each effect takes its own part of a change") {
    // Twice as many sales, all else alike.
    CHECK(change_effects({{sold(10, 1'000), sold(20, 2'000)}, {sold(10, 3'000), sold(20, 6'000)}}) ==
          ChangeEffects{4'000, 0, 0, 0});
    // As many sales, five of them on the dearer plan.
    CHECK(change_effects({{sold(10, 1'000), sold(5, 500)}, {sold(10, 3'000), sold(15, 4'500)}}) ==
          ChangeEffects{0, 1'000, 0, 0});
    // The same sales, each of a fifth more.
    CHECK(change_effects({{sold(10, 1'000), sold(10, 1'200)}}) == ChangeEffects{0, 0, 200, 0});
    CHECK(change_effects({{sold(10, 1'000, 50), sold(10, 1'000, 80)}}) == ChangeEffects{0, 0, 0, -30});
    // A plan that is new is looked at with the average of all; what is beyond it is its size.
    CHECK(change_effects({{sold(10, 1'000), sold(10, 1'000)}, {{}, sold(2, 500)}}) == ChangeEffects{200, 0, 300, 0});
    CHECK(change_effects({{{}, sold(2, 500, 100)}}) == ChangeEffects{500, 0, 0, -100});
    CHECK(change_effects({}) == ChangeEffects{});
}

TEST_CASE("the effects add up to the change of net, to the cent") {
    SeededRandom random(11);
    const auto some = [&](std::uint64_t most) { return static_cast<std::int64_t>(random.below(most)); };
    for (int round = 0; round < 2'000; ++round) {
        std::vector<PlanChange> plans(1 + static_cast<std::size_t>(some(6)));
        std::int64_t change = 0;
        for (PlanChange& plan : plans)
            for (FactSums* sums : {&plan.former, &plan.now}) {
                *sums = sold(some(4), some(1'000'003), some(90'001));
                sums->chargeback_cents = some(5'003);
                sums->reversal_cents = some(3'001);
                change += sums == &plan.now ? sums->net_cents() : -sums->net_cents();
            }
        CHECK(change_effects(plans).total_cents() == change);
    }
}

}  // namespace
}  // namespace portal::figures
