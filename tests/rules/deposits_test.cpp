// Settled sales against deposits: what a day brings, what is carried, what matches, and how long a review holds.
#include "shared/rules/deposits.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace portal {
namespace {

using Cents = std::map<Day, std::int64_t>;

FactEvent money_event(FactKind kind, std::int64_t cents, std::int64_t fee) {
    FactEvent event;
    event.kind = kind;
    event.status = kind == FactKind::sale ? FactStatus::settled : FactStatus::none;
    event.settled_cents = cents;
    event.fee_cents = fee;
    return event;
}

}  // namespace

TEST_CASE("a day brings what was settled without fees, less what was given back with its fee", "[deposits]") {
    FactSums sums;
    CHECK(deposit_due_cents(sums) == 0);
    add_fact(sums, money_event(FactKind::sale, 100'000, 6'000));
    CHECK(deposit_due_cents(sums) == 94'000);
    add_fact(sums, money_event(FactKind::refund, 20'000, 1'200));
    CHECK(deposit_due_cents(sums) == 94'000 - 18'800);
    add_fact(sums, money_event(FactKind::chargeback, 10'000, 600));
    CHECK(deposit_due_cents(sums) == 94'000 - 18'800 - 9'400);
    add_fact(sums, money_event(FactKind::reversal, 10'000, 600));
    CHECK(deposit_due_cents(sums) == 94'000 - 18'800);
    add_fact(sums, money_event(FactKind::void_, 100'000, 6'000));
    CHECK(deposit_due_cents(sums) == -18'800);
    FactEvent authorized = money_event(FactKind::sale, 0, 0);
    authorized.status = FactStatus::authorized;
    add_fact(sums, authorized);
    CHECK(deposit_due_cents(sums) == -18'800);
}

TEST_CASE("days are compared from a location's first deposit to the last reported day", "[deposits]") {
    struct Case {
        std::string what;
        Cents due, deposited;
        std::vector<DepositDay> expected;
    };
    constexpr Day last = 110;
    for (const Case& one : std::vector<Case>{
             {"nothing is known", {{100, 50}}, {}, {}},
             {"a deposit without a sale", {}, {{100, 50}}, {{100, 0, 0, 50}}},
             {"the same", {{100, 50}}, {{100, 50}}, {{100, 50, 0, 50}}},
             {"sales before the first deposit", {{90, 70}, {100, 50}}, {{100, 50}}, {{100, 50, 0, 50}}},
             {"a missing deposit", {{100, 50}, {101, 60}}, {{100, 50}}, {{100, 50, 0, 50}, {101, 60, 0, 0}}},
             {"a day that gave back is carried",
              {{100, 50}, {101, -20}, {102, 30}},
              {{100, 50}, {102, 10}},
              {{100, 50, 0, 50}, {102, 10, -20, 10}}},
             {"and carried on",
              {{100, 50}, {101, -20}, {102, 15}, {103, 30}},
              {{100, 50}, {103, 25}},
              {{100, 50, 0, 50}, {103, 25, -5, 25}}},
             {"what comes to nothing expects nothing",
              {{100, 50}, {101, -20}, {102, 20}, {103, 5}},
              {{100, 50}, {103, 5}},
              {{100, 50, 0, 50}, {103, 5, 0, 5}}},
             {"a deposit on a day that gave back",
              {{100, 50}, {101, -20}, {102, 30}},
              {{100, 50}, {101, 7}},
              {{100, 50, 0, 50}, {101, 0, 0, 7}, {102, 10, -20, 0}}},
             {"a first deposit closes the days before it that gave back",
              {{97, 40}, {98, -9}, {99, -1}, {100, 50}},
              {{100, 40}},
              {{100, 40, -10, 40}}},
             {"and what was not earned back before them",
              {{90, -100}, {97, 40}, {98, 10}, {100, 60}},
              {{100, 10}},
              {{100, 10, -50, 10}}},
             {"what is not reported yet is not compared",
              {{100, 50}, {111, 60}},
              {{100, 50}, {111, 60}, {112, 1}},
              {{100, 50, 0, 50}}},
         }) {
        INFO(one.what);
        CHECK(compare_deposits(one.due, one.deposited, last) == one.expected);
    }
}

TEST_CASE("a review holds for the amounts that were seen, and a match needs none", "[deposits]") {
    const DepositDay day{100, 500, 0, 450};
    DepositReview review;
    review.expected_cents = 500;
    review.deposited_cents = 450;
    review.reviewed = true;
    CHECK(day.difference_cents() == -50);
    CHECK(deposit_state(day, nullptr) == DepositState::unmatched);
    CHECK(deposit_state(day, &review) == DepositState::reviewed);
    CHECK(deposit_state({100, 500, 0, 440}, &review) == DepositState::unmatched);
    CHECK(deposit_state({100, 510, 0, 450}, &review) == DepositState::unmatched);
    CHECK(deposit_state({100, 450, 0, 450}, &review) == DepositState::matched);
    CHECK(deposit_state({100, 450, 0, 450}, nullptr) == DepositState::matched);
    review.reviewed = false;
    CHECK(deposit_state(day, &review) == DepositState::unmatched);
}

TEST_CASE("a location's day has one review's id, unlike any other's", "[deposits]") {
    const Id north = "01J8Z3K4M5N6P7Q8R9S0T1V2W7", south = "01J8Z3K4M5N6P7Q8R9S0T1V2W8";
    CHECK(is_id(deposit_review_id(north, 20'520)));
    CHECK(deposit_review_id(north, 20'520) == deposit_review_id(north, 20'520));
    CHECK(deposit_review_id(north, 20'520) != deposit_review_id(north, 20'521));
    CHECK(deposit_review_id(north, 20'520) != deposit_review_id(south, 20'520));
    CHECK(is_id(deposit_review_id({}, -3)));
}

}  // namespace portal
