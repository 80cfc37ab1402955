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

}  // namespace
}  // namespace portal::vm
