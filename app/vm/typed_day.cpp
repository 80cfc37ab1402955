#include "app/vm/typed_day.hpp"

#include <array>
#include <charconv>

namespace portal::vm {
namespace {

constexpr int year_min = 2000, year_max = 2099;
// A leap day comes again within so many years.
constexpr int years_searched = 8;

std::optional<Day> day_of(int year, int month, int day_number) {
    if (year < year_min || year > year_max || month < 1 || month > 12 || day_number < 1) return std::nullopt;
    if (day_number > days_in_month(year * 12 + month - 1)) return std::nullopt;
    return day_from_civil({year, month, day_number});
}

// One to four digits.
std::optional<int> number_in(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || text.size() > 4 || text.front() == '-' || error != std::errc{} ||
        end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

}  // namespace

std::optional<Day> typed_day(Language language, std::string_view text, Day today) {
    text = trimmed(text);
    if (text.find('-') != std::string_view::npos) {
        const auto parsed = parse_iso_day(text);
        if (!parsed) return std::nullopt;
        const CivilDate date = civil_from_day(*parsed);
        return day_of(date.year, date.month, date.day);
    }
    std::array<std::optional<int>, 3> numbers;
    std::size_t count = 0;
    for (bool more = true; more; ++count) {
        if (count == numbers.size()) return std::nullopt;
        const std::size_t slash = text.find('/');
        numbers[count] = number_in(text.substr(0, slash));
        if (!numbers[count]) return std::nullopt;
        more = slash != std::string_view::npos;
        if (more) text.remove_prefix(slash + 1);
    }
    if (count < 2) return std::nullopt;
    const bool day_first = language == Language::spanish;
    const int month = *numbers[day_first ? 1 : 0], day_number = *numbers[day_first ? 0 : 1];
    if (numbers[2]) return day_of(*numbers[2], month, day_number);
    const int this_year = civil_from_day(today).year;
    for (int year = this_year; year <= this_year + years_searched; ++year)
        if (const auto found = day_of(year, month, day_number); found && *found >= today) return found;
    return std::nullopt;
}

std::string text_of_typed_day(Language language, Day day) {
    const CivilDate date = civil_from_day(day);
    const bool day_first = language == Language::spanish;
    return std::to_string(day_first ? date.day : date.month) + "/" + std::to_string(day_first ? date.month : date.day) +
           "/" + std::to_string(date.year);
}

}  // namespace portal::vm
