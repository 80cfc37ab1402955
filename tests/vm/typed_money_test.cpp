#include "app/vm/typed_money.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::vm {

TEST_CASE("An amount is read as people write it in their language", "[vm]") {
    for (const char* text : {"1250", "$1,250", " 1,250.00 ", "$ 1250.0"})
        CHECK(typed_cents(Language::english, text) == 1'250'00);
    for (const char* text : {"1250", "$1.250", "1.250,00", "1250,0 "})
        CHECK(typed_cents(Language::spanish, text) == 1'250'00);
    CHECK(typed_cents(Language::english, "0.05") == 5);
    CHECK(typed_cents(Language::english, "999,999,999.99") == 999'999'999'99);
    // One thousand two hundred and fifty to one, one and a quarter to nobody.
    CHECK_FALSE(typed_cents(Language::english, "1.250"));
    CHECK_FALSE(typed_cents(Language::spanish, "1,250"));
}

TEST_CASE("What is no amount is none", "[vm]") {
    for (const char* text : {"", " ", "$", "-5", "1,25", "1,2500", ",250", "12,34,567", "1,250,", "1.2.3", "1.", ".5",
                             "5 000", "five", "1e3", "1234567890", "$$5"}) {
        INFO(text);
        CHECK_FALSE(typed_cents(Language::english, text));
    }
}

TEST_CASE("An amount that is shown in a field is read back", "[vm]") {
    for (const Language language : {Language::english, Language::spanish})
        for (const std::int64_t cents : {0LL, 5LL, 100LL, 19'999LL, 1'250'50LL, 999'999'999'99LL})
            CHECK(typed_cents(language, text_of_typed_cents(language, cents)) == cents);
}

}  // namespace portal::vm
