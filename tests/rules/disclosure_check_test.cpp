#include "shared/rules/disclosure_check.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>

#include "shared/base/random.hpp"
#include "shared/rules/folded_text.hpp"

namespace portal {
namespace {

using Rule = DisclosureRule;

std::vector<Rule> rules_found(std::string_view text) {
    std::vector<Rule> rules;
    for (const DisclosureFinding& finding : check_disclosure(text).findings)
        rules.push_back(finding.rule);
    return rules;
}

struct Forbidden {
    std::string_view text;
    Rule rule;
};
constexpr auto forbidden = std::to_array<Forbidden>({
    {"interest-free", Rule::interest_free},
    {"zero interest", Rule::interest_free},
    {"$0.00 interest", Rule::interest_free},
    {"free financing", Rule::free_financing},
    {"0%", Rule::zero_percent},
    {"0.00 % APR", Rule::zero_percent},
    {"zero percent", Rule::zero_percent},
    {"same as cash", Rule::same_as_cash},
    {"no interest", Rule::no_interest},
    {"no interest for 12 months", Rule::no_interest},
    {"guaranteed", Rule::guaranteed},
    {"pre-approved", Rule::preapproved},
    {"no credit check", Rule::no_credit_check},
    {"sin intereses", Rule::no_interest},
    {"libre de intereses", Rule::interest_free},
    {"financiamiento gratis", Rule::free_financing},
    {"0 por ciento", Rule::zero_percent},
    {"igual que en efectivo", Rule::same_as_cash},
    {"aprobación garantizada", Rule::guaranteed},
    {"preaprobado", Rule::preapproved},
    {"sin verificación de crédito", Rule::no_credit_check},
});

constexpr std::string_view whole_claim =
    "No interest if paid in full within 12 months. Interest will be charged from the purchase date if the balance is "
    "not paid in full within 12 months or if a payment is late. 29.99% APR.";
constexpr std::string_view whole_spanish_claim =
    "Sin intereses si se paga en su totalidad dentro de 12 meses. Se cobrarán intereses desde la fecha de compra si el "
    "saldo no se paga en su totalidad dentro de 12 meses o si un pago se atrasa. APR 29,99%.";

}  // namespace

TEST_CASE("Every phrase that misleads is found, with a rewrite that does not", "[rules]") {
    for (const Forbidden& one : forbidden) {
        INFO(one.text);
        CHECK(rules_found(one.text) == std::vector{one.rule});
        const std::string sentence = "Ask us today about " + std::string(one.text) + " plans for your pet.";
        REQUIRE(rules_found(sentence) == std::vector{one.rule});
        const DisclosureFinding finding = check_disclosure(sentence).findings.front();
        CHECK(std::string_view(sentence).substr(finding.first).starts_with(one.text.substr(one.text.front() == '$')));
        CHECK_FALSE(finding.rewrite.empty());
        CHECK(rules_found(rewritten_disclosure(sentence)).empty());
        CHECK(rules_found(rewritten_disclosure(sentence, DisclosureTerms{12, 2999})).empty());
    }
}

TEST_CASE("What only resembles a phrase passes", "[rules]") {
    for (const std::string_view text :
         {"10% of patients", "100.0% of calls", "0.5% APR", "1,000% more", "casino interests",
          "interested in free parking", "preapprovedly", "cash, not card", "This is a credit check",
          "Free coffee. Financing by the bank.", "no interested parties",
          "17.90% APR, fixed monthly payments until paid in full", ""}) {
        INFO(text);
        CHECK(rules_found(text).empty());
    }
}

TEST_CASE("Neither case, accents, punctuation, line breaks nor look-alike letters hide a phrase", "[rules]") {
    for (const std::string_view text :
         {"INTEREST FREE", "Interest\n-\nFree", "in\xC2\xADterest-free", "interest\xE2\x80\x8B free",
          "i n t e r e s t - f r e e", "\xD1\x96nter\xD0\xB5st-free", "int\xC3\xA9r\xC3\xAAst fr\xC3\xA9\xC3\xA9",
          "inte\xCC\x81rest free", "interest.free", "\"interest\" free", "interestfree",
          "\xEF\xBD\x89nterest\xEF\xBC\x8D"
          "free"}) {
        INFO(text);
        CHECK(rules_found(text) == std::vector{Rule::interest_free});
    }
    CHECK(rules_found("0\xC2\xA0%") == std::vector{Rule::zero_percent});
    CHECK(rules_found("\xEF\xBC\x90\xEF\xBC\x85 financing") == std::vector{Rule::zero_percent});
    CHECK(rules_found("Sin interés, APROBACION GARANTIZADA") == std::vector{Rule::no_interest, Rule::guaranteed});
    CHECK(rules_found("\xF0\x9D\x90\xA2\xF0\x9D\x90\xA7terest free") == std::vector{Rule::interest_free});
}

TEST_CASE("A phrase that is denied is no promise, unless the denial is of something else", "[rules]") {
    for (const std::string_view text :
         {"This is not interest-free.", "It isn't interest free", "Approval is never guaranteed.",
          "not always guaranteed", "Do not say \"interest-free\"", "not guaranteed or pre-approved",
          "There is no guaranteed approval", "There is no interest-free period", "No es financiamiento gratis",
          "no está garantizado", "Nunca diga sin intereses", "Avoid saying same as cash"}) {
        INFO(text);
        CHECK(rules_found(text).empty());
    }
    for (const std::string_view text :
         {"not only interest-free", "Not a bank: interest-free", "We do not wait. Guaranteed.",
          "Why not interest-free?", "No fees, guaranteed", "no fees guaranteed", "Not today\n\nInterest-free",
          "not just interest free", "not interest-free and guaranteed", "No espere, sin intereses"}) {
        INFO(text);
        CHECK(rules_found(text).size() == 1);
    }
}

TEST_CASE("The claim of a deferred plan stands only beside what happens otherwise", "[rules]") {
    CHECK(rules_found(whole_claim).empty());
    CHECK(rules_found(whole_spanish_claim).empty());
    CHECK(rules_found("No interest if paid in full within 12 months") == std::vector{Rule::condition_missing});
    CHECK(rules_found("Sin intereses si se paga en su totalidad dentro de 12 meses.") ==
          std::vector{Rule::condition_missing});
    CHECK(rules_found("No interest if paid in full") == std::vector{Rule::no_interest});
    CHECK(rules_found("No interest if paid in full within a year") == std::vector{Rule::no_interest});
    // Each part of the condition is missed when it is gone.
    for (const std::string_view part :
         {"Interest will be charged", "from the purchase date", "or if a payment is late", "APR"}) {
        std::string text(whole_claim);
        text.erase(text.find(part), part.size());
        INFO(text);
        CHECK(rules_found(text) == std::vector{Rule::condition_missing});
    }
    CHECK(rewritten_disclosure("No interest for a year!", DisclosureTerms{12, 2999})
              .starts_with(
                  "No interest if paid in full within 12 months. Interest will be charged from the purchase date"));
    CHECK(rewritten_disclosure("sin intereses", DisclosureTerms{6, 2905}).ends_with("APR 29.05%"));
}

TEST_CASE("An approved exception holds for its words, its rule and its days, and is told", "[rules]") {
    const std::string text = "Our 2019 poster said \"Same as cash\".";
    const std::vector<DisclosureException> exceptions = {{Rule::same_as_cash, "our 2019 POSTER said same as cash",
                                                          Id("01J00000000000000000000001"), 100, 200, "history"}};
    const DisclosureReport report = check_disclosure(text, {}, exceptions, 150);
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings.front().exception == 0);
    CHECK(report.is_clean());
    CHECK_FALSE(check_disclosure(text, {}, exceptions, 99).is_clean());
    CHECK_FALSE(check_disclosure(text, {}, exceptions, 200).is_clean());
    CHECK_FALSE(check_disclosure(text + " Guaranteed.", {}, exceptions, 150).is_clean());
    CHECK_FALSE(check_disclosure(text).is_clean());
}

TEST_CASE("However phrases are dressed up they are found, and every rewritten text is clean", "[rules]") {
    constexpr auto around = std::to_array<std::string_view>(
        {"", " ", "\n", ", ", " and ", " not ", " or ", " plans. ", " \xE2\x80\x94 ", "no ", " es ", "; ", " the "});
    SeededRandom random(23);
    const auto any = [&](const auto& list) { return list[random.below(list.size())]; };
    for (int round = 0; round < 3'000; ++round) {
        std::string text;
        for (std::uint64_t parts = 1 + random.below(5); parts > 0; --parts)
            text += std::string(any(around)) + std::string(any(forbidden).text) + std::string(any(around));
        const std::optional<DisclosureTerms> terms =
            random.below(2) == 0 ? std::nullopt : std::optional(DisclosureTerms{12, 2999});
        const std::string rewritten = rewritten_disclosure(text, terms);
        INFO(text << " -> " << rewritten);
        CHECK(check_disclosure(rewritten, terms).findings.empty());
        CHECK(rewritten_disclosure(rewritten, terms) == rewritten);
    }
    for (int round = 0; round < 3'000; ++round) {
        const Forbidden& one = forbidden[random.below(forbidden.size())];
        std::string dressed;
        for (const char letter : one.text) {
            if (letter == ' ' || letter == '-') {
                dressed +=
                    any(std::to_array<std::string_view>({" ", "-", "\n", "  ", "\xC2\xA0", "\xE2\x80\x91", " \" "}));
                continue;
            }
            const bool is_ascii_letter = letter >= 'a' && letter <= 'z';
            dressed += is_ascii_letter && random.below(2) == 0 ? static_cast<char>(letter - 'a' + 'A') : letter;
            if (is_ascii_letter && random.below(4) == 0)
                dressed += any(std::to_array<std::string_view>({"\xC2\xAD", "\xE2\x80\x8B"}));
        }
        INFO(dressed);
        CHECK(rules_found("Our " + dressed + " plans") == std::vector{one.rule});
    }
}

TEST_CASE("Any bytes fold, and findings stay within the text", "[rules]") {
    SeededRandom random(29);
    for (int round = 0; round < 2'000; ++round) {
        std::string text;
        for (std::uint64_t size = random.below(60); size > 0; --size)
            text += random.below(3) == 0 ? static_cast<char>(random.below(256)) : "0% nosie"[random.below(8)];
        for (const DisclosureFinding& finding : check_disclosure(text).findings) {
            CHECK(finding.size > 0);
            CHECK(finding.first + finding.size <= text.size());
        }
        std::size_t end = 0;
        for (const FoldedLetter& letter : fold_text(text)) {
            CHECK(letter.first >= end);
            CHECK(letter.end > letter.first);
            end = letter.end;
        }
        CHECK(end <= text.size());
    }
}

}  // namespace portal
