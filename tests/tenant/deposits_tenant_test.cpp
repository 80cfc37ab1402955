// Deposits over the whole demo tenant: all match but those that a story keeps back, to the cent.
#include <catch2/catch_test_macros.hpp>

#include <map>

#include "shared/rules/deposits.hpp"
#include "tests/tenant/recorded_tenant.hpp"

using namespace portal;

TEST_CASE("of three hundred locations' deposits those of story 1 alone do not match, and one is reviewed",
          "[tenant][slow]") {
    const RecordedTenant tenant = record_tenant({1, day_from_civil({2026, 11, 21}), tenant::Scale::full});
    std::map<Id, std::map<Day, FactSums>> sums;
    for (const RecordedSegment& segment : tenant.segments)
        for (const FinancingFact& fact : segment.facts) {
            if (fact.kind == FactKind::application) continue;
            add_fact(sums[segment.location][fact.posted_day], money_event(fact));
        }
    std::map<Id, std::map<Day, std::int64_t>> deposited;
    for (const Deposit& deposit : tenant.all<Deposit>())
        deposited[deposit.location][deposit.day] += deposit.cents;
    std::map<Id, DepositReview> reviews;
    for (const DepositReview& review : tenant.all<DepositReview>())
        reviews[review.id] = review;
    std::map<Id, std::string> practice_names, practice_of;
    for (const Practice& practice : tenant.all<Practice>())
        practice_names[practice.id] = practice.name;
    for (const Location& location : tenant.all<Location>())
        practice_of[location.id] = practice_names[location.practice];
    std::map<std::string, int> unmatched, reviewed;
    int matched = 0;
    for (const auto& [location, arrived] : deposited) {
        std::map<Day, std::int64_t> due;
        for (const auto& [day, of_day] : sums[location])
            due[day] = deposit_due_cents(of_day);
        for (const DepositDay& day : compare_deposits(due, arrived, tenant.options.today - 1)) {
            const auto review = reviews.find(deposit_review_id(location, day.day));
            const DepositState state = deposit_state(day, review == reviews.end() ? nullptr : &review->second);
            INFO(practice_of[location] << " " << iso_day(day.day) << ": " << day.expected_cents << ", "
                                       << day.deposited_cents);
            matched += state == DepositState::matched ? 1 : 0;
            if (state == DepositState::unmatched) ++unmatched[practice_of[location]];
            if (state == DepositState::reviewed) ++reviewed[practice_of[location]];
        }
    }
    CHECK(deposited.size() > 300);
    CHECK(matched > 6'000);
    CHECK(unmatched == std::map<std::string, int>{{"Willow Creek Animal Hospital", 2}});
    CHECK(reviewed == std::map<std::string, int>{{"Juniper Ridge Veterinary Partners", 1}});
}
