#include "app/vm/financing_words.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::vm {
namespace {

const Format english_words(Language::english, 0);
const Format spanish_words(Language::spanish, 0);

FinancingPart part_with_change(Comparison comparison) {
    FinancingPart part;
    part.query.comparison = comparison;
    for (const std::int64_t cents : {412'000, -100'000}) {
        ChangePart one;
        one.cents = cents;
        part.change.push_back(one);
    }
    return part;
}

TEST_CASE("A change is told against the period that was compared with") {
    const FinancingPart year = part_with_change(Comparison::year_before);
    const FinancingPart before = part_with_change(Comparison::period_before);
    CHECK(change_sentence(english_words, year) == "+$3.1K against a year before");
    CHECK(change_sentence(english_words, before) == "+$3.1K against the period before");
    CHECK(change_sentence(spanish_words, year) == "+$3,1K frente a un año antes");
    CHECK(change_sentence(spanish_words, before) == "+$3,1K frente al periodo anterior");
    CHECK(change_sentence(english_words, FinancingPart{}) == "There is no earlier period to compare with.");
}

TEST_CASE("Why there is no funnel is told by the part's own word") {
    FinancingPart part;
    part.funnel_reason = FigureReason::filtered_out;
    CHECK(funnel_sentence(english_words, part).starts_with("The steps are shares of all applications."));
    part.funnel_reason = FigureReason::not_matured;
    // Whatever the query says.
    part.query.status = FactStatus::declined;
    CHECK(funnel_sentence(english_words, part).starts_with("No application of this period is old enough yet"));
}

TEST_CASE("Every filter counts as one, is taken back alone, and clearing takes all of them") {
    FinancingQuery all;
    all.practice = all.location = all.plan = "01JABCDEFGHJKMNPQRSTVWXYZ0";
    all.channel = FactChannel::online;
    all.existing_cardholder = true;
    all.cents_from = 1;
    all.cents_until = 2;
    all.weekday = all.hour = 3;
    all.kind = FactKind::sale;
    all.status = FactStatus::settled;
    all.rows = RowsQuery{.figure = FigureId::pace, .reference = "R"};
    constexpr int chips = filters - 1;
    CHECK(set_filters(all) == chips);
    for (int filter = 0; filter < filters; ++filter) {
        INFO(filter);
        FinancingQuery one = all;
        take_back(static_cast<Filter>(filter), one);
        CHECK(one != all);
        CHECK(set_filters(one) == (filter < chips ? chips - 1 : chips));
    }
    CHECK(without_filters(all) == FinancingQuery{.rows = RowsQuery{}});
    CHECK(set_filters(FinancingQuery{.from = 5, .split = Split::plan, .rows = RowsQuery{.reference = "R"}}) == 0);
}

}  // namespace
}  // namespace portal::vm
