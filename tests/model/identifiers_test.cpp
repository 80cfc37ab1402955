#include "shared/model/identifiers.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>

namespace portal {
namespace {

TEST_CASE("numbers of patients and payers are found where they stand") {
    constexpr auto card = IdentifierKind::card, social = IdentifierKind::social_security, phone = IdentifierKind::phone;
    const struct {
        std::string_view text;
        IdentifierKind kind;
        std::string_view written;
    } cases[] = {
        {"card 4111111111111111 declined", card, "4111111111111111"},
        {"4111 1111 1111 1111", card, "4111 1111 1111 1111"},
        {"4111-1111-1111-1111 exp 12/27", card, "4111-1111-1111-1111"},
        {"4111 1111 1111 1111 12/27", card, "4111 1111 1111 1111"},
        {"amex 378282246310005.", card, "378282246310005"},
        {"her SSN is 123-45-6789", social, "123-45-6789"},
        {"ssn:123456789", social, "123456789"},
        {"123 45 6789", social, "123 45 6789"},
        {"call (503) 555-0100 now", phone, "503) 555-0100"},
        {"503.555.0100", phone, "503.555.0100"},
        {"+1 503-555-0100", phone, "1 503-555-0100"},
        {"5035550100", phone, "5035550100"},
        {"el paciente: 503-555-0100.", phone, "503-555-0100"},
    };
    for (const auto& [text, kind, written] : cases) {
        INFO(text);
        const auto matches = find_identifier_like(text);
        REQUIRE(matches.size() == 1);
        CHECK(matches[0].kind == kind);
        CHECK(text.substr(matches[0].offset, matches[0].size) == written);
    }
}

TEST_CASE("everyday numbers are left alone") {
    for (const std::string_view text : {"",
                                        "ticket #1042",
                                        "since 2026-03-04",
                                        "$2,500.00 over 24 months",
                                        "09:00-12:00",
                                        "4111 1111 1111 1112",
                                        "000-12-3456",
                                        "666-12-3456",
                                        "900-12-3456",
                                        "123-00-4567",
                                        "123-45-0000",
                                        "12-345-6789",
                                        "1234567",
                                        "ref TKT123456789",
                                        "TKT4111111111111111",
                                        "4111111111111111abc",
                                        "103-555-0100",
                                        "503-155-0100",
                                        "build 1.2.3.4",
                                        "12345678901234567890123456",
                                        "01J8Z3K4M5N6P7Q8R9S0T1V2W3",
                                        "a 555 b 0100 c 503"}) {
        INFO(text);
        CHECK(find_identifier_like(text).empty());
    }
}

TEST_CASE("several numbers are found in order") {
    const auto matches = find_identifier_like("123-45-6789, 4111111111111111; 503-555-0100");
    REQUIRE(matches.size() == 3);
    CHECK(matches[0].kind == IdentifierKind::social_security);
    CHECK(matches[1].kind == IdentifierKind::card);
    CHECK(matches[2].kind == IdentifierKind::phone);
    CHECK(matches[0].offset + matches[0].size <= matches[1].offset);
}

TEST_CASE("a long text of digits takes no time to speak of") {
    std::string text;
    for (int index = 0; index < 5'000; ++index)
        text += "1 2.";
    CHECK(find_identifier_like(text).size() < 5'000);
}

}  // namespace
}  // namespace portal
