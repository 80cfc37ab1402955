#include "app/vm/typed_percent.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::vm {

TEST_CASE("A share is read as people type it", "[vm]") {
    CHECK(typed_percent("12") == 1'200);
    CHECK(typed_percent(" 12.5 % ") == 1'250);
    CHECK(typed_percent("12,55") == 1'255);
    CHECK(typed_percent("100%") == 10'000);
    CHECK(typed_percent("0") == 0);
    CHECK(typed_percent("7.") == 700);
    for (const char* wrong : {"", "%", "-1", "100.01", "12.555", "abc", "1 2", "999999999999", ".5", "1.2.3"}) {
        INFO(wrong);
        CHECK_FALSE(typed_percent(wrong));
    }
}

}  // namespace portal::vm
