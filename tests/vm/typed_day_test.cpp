#include "app/vm/typed_day.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::vm {
namespace {

TEST_CASE("a day is read as people of the language type it") {
    const Day today = day_from_civil({2026, 11, 22});
    const struct {
        Language language;
        std::string_view text;
        std::string_view read;  // Empty: no day.
    } cases[] = {
        {Language::english, "2026-12-04", "2026-12-04"},
        {Language::spanish, " 2026-12-04 ", "2026-12-04"},
        {Language::english, "12/4/2026", "2026-12-04"},
        {Language::spanish, "4/12/2026", "2026-12-04"},
        {Language::english, "12/04", "2026-12-04"},
        {Language::spanish, "4/12", "2026-12-04"},
        {Language::english, "11/22", "2026-11-22"},
        {Language::english, "11/21", "2027-11-21"},
        {Language::english, "2/29", "2028-02-29"},
        {Language::english, "1/31/2025", "2025-01-31"},
        {Language::english, "", ""},
        {Language::english, "tomorrow", ""},
        {Language::english, "12", ""},
        {Language::english, "13/4/2026", ""},
        {Language::spanish, "4/13/2026", ""},
        {Language::english, "2/29/2026", ""},
        {Language::english, "2/30", ""},
        {Language::english, "0/4/2026", ""},
        {Language::english, "12/0", ""},
        {Language::english, "12/4/26", ""},
        {Language::english, "12/4/2026/1", ""},
        {Language::english, "12//2026", ""},
        {Language::english, "12/4x", ""},
        {Language::english, "2026-12-32", ""},
        {Language::english, "1899-12-04", ""},
        {Language::english, "99999/1", ""},
    };
    for (const auto& [language, text, read] : cases) {
        INFO(text);
        const auto day = typed_day(language, text, today);
        CHECK(day.has_value() == !read.empty());
        if (day) CHECK(iso_day(*day) == read);
    }
}

TEST_CASE("what a field shows of a day reads back as that day") {
    const Day today = day_from_civil({2026, 11, 22});
    for (const Language language : {Language::english, Language::spanish})
        for (Day day = today - 400; day < today + 800; day += 13)
            CHECK(typed_day(language, text_of_typed_day(language, day), today) == day);
}

}  // namespace
}  // namespace portal::vm
