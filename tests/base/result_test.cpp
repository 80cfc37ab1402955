#include "shared/base/result.hpp"

#include <catch2/catch_test_macros.hpp>
#include <memory>

namespace portal {
namespace {

Result<int> half(int value) {
    if (value % 2 != 0) return fail(ErrorCode::invalid_argument, "odd");
    return value / 2;
}
Status check_even(int value) {
    PORTAL_TRY(half(value));
    return {};
}
Result<int> quarter(int value) {
    PORTAL_TRY_ASSIGN(once, half(value));
    PORTAL_TRY_ASSIGN(twice, half(once));
    return twice;
}
Result<std::unique_ptr<int>> boxed(int value) {
    PORTAL_TRY_ASSIGN(box, Result<std::unique_ptr<int>>(std::make_unique<int>(value)));
    return box;
}

TEST_CASE("the macros return the first error and go on with values") {
    CHECK(quarter(12).value() == 3);
    CHECK(quarter(6).error().message == "odd");
    CHECK(quarter(7).error().code == ErrorCode::invalid_argument);
    CHECK(check_even(2));
    CHECK_FALSE(check_even(3));
    CHECK(*boxed(5).value() == 5);
}

}  // namespace
}  // namespace portal
