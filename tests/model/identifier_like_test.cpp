#include "shared/model/identifier_like.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal {
namespace {

TEST_CASE("numbers that could identify a patient are found as written") {
    struct Case {
        const char* text;
        const char* found;
    };
    const Case cases[] = {
        {"her card 4111 1111 1111 1111 fails", "4111 1111 1111 1111"},
        {"SSN 123-45-6789.", "123-45-6789"},
        {"call 555.010.1234 back", "555.010.1234"},
        {"account 6034590012345678", "6034590012345678"},
    };
    for (const Case& one : cases) CHECK(identifier_like(one.text) == one.found);
}

TEST_CASE("dates, amounts and our own codes are not taken for such numbers") {
    for (const char* text : {"since 2026-03-04 only 61 of 100 rows match", "$41,238.50 on 03/04/2026", "ticket #1042",
                             "ref 01JABC123456789012345678", "", "12345678", "rows 1 2 3"})
        CHECK(identifier_like(text).empty());
}

}  // namespace
}  // namespace portal
