#include "server-stub/import/cell_value.hpp"

#include <charconv>
#include <string>

#include "shared/base/calendar_day.hpp"

namespace portal::import {
namespace {

// No portal figure reaches this; a larger amount is a unit mistake or a damaged file.
constexpr std::int64_t cents_max = 100'000'000'000'00;
constexpr Day day_min = -25'567;  // 1900-01-01
constexpr Day day_max = 73'050;   // 2170-01-01

tl::unexpected<Error> bad(std::string_view text, const std::string& what) {
    // A cell may hold anything; a report shows enough of it to find it.
    constexpr std::size_t shown_max = 40;
    std::string shown(text.substr(0, shown_max));
    while (find_invalid_utf8(shown) != std::string_view::npos)
        shown.pop_back();
    return fail(ErrorCode::invalid_argument, "'" + shown + (text.size() > shown_max ? "..." : "") + "' " + what);
}

Result<std::int64_t> parse_whole(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc::result_out_of_range) return bad(text, "is too large a number");
    if (error != std::errc{} || end != text.data() + text.size()) return bad(text, "is not a whole number");
    return number;
}

Result<Day> parse_slash_day(std::string_view text, DateOrder order) {
    const auto first = text.find('/');
    const auto second = first == std::string_view::npos ? first : text.find('/', first + 1);
    if (second == std::string_view::npos) return bad(text, "is not a date with two slashes");
    std::string one(text.substr(0, first)), two(text.substr(first + 1, second - first - 1));
    const std::string year(text.substr(second + 1));
    if (one.size() == 1) one.insert(0, "0");
    if (two.size() == 1) two.insert(0, "0");
    const bool month_first = order == DateOrder::month_day_year;
    const auto day = parse_iso_day(year + "-" + (month_first ? one : two) + "-" + (month_first ? two : one));
    if (!day)
        return bad(text, month_first ? "is not a date like 3/4/2026 (month/day/year)"
                                     : "is not a date like 4/3/2026 (day/month/year)");
    return *day;
}

Result<Value> parse_day(std::string_view text, DateOrder order) {
    const auto day = order == DateOrder::iso ? parse_iso_day(text) : parse_slash_day(text, order);
    if (!day) return order == DateOrder::iso ? bad(text, "is not a date like 2026-03-04") : fail(day.error());
    if (*day < day_min || *day > day_max) return bad(text, "is not a date between 1900 and 2169");
    return Value{static_cast<std::int64_t>(*day)};
}

Result<Value> parse_amount(std::string_view text, bool in_dollars) {
    const auto cents = in_dollars ? parse_dollars(text) : parse_whole(text);
    if (!cents)
        return in_dollars ? fail(cents.error())
                          : bad(text,
                                "is not a whole number of cents (\"dollars\" in a mapping "
                                "file takes amounts like 12.50)");
    if (*cents < 0)
        return bad(text, "is negative; amounts are positive and the kind of the row says which way they count");
    if (*cents > cents_max) return bad(text, "is more than a hundred billion dollars");
    return Value{*cents};
}

Result<Value> parse_count(std::string_view text, std::int64_t max) {
    PORTAL_TRY_ASSIGN(number, parse_whole(text));
    if (number < 0) return bad(text, "is negative");
    if (number > max) return bad(text, "is more than " + std::to_string(max));
    return Value{number};
}

Result<Value> parse_boolean(std::string_view text) {
    for (const std::string_view word : {"true", "TRUE", "True", "yes", "Yes", "YES", "1"})
        if (text == word) return Value{std::int64_t{1}};
    for (const std::string_view word : {"false", "FALSE", "False", "no", "No", "NO", "0"})
        if (text == word) return Value{std::int64_t{0}};
    return bad(text, "is neither true nor false");
}

Status check_text(const ImportColumn& column, std::string_view text) {
    if (column.bytes_max > 0 && text.size() > column.bytes_max)
        return bad(text, "is longer than " + std::to_string(column.bytes_max) + " bytes");
    for (const char byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        const bool allowed =
            code == '\n' || code == '\t' ? column.type == CellType::text : code >= 0x20 && code != 0x7F;
        if (!allowed) return bad({}, "holds a control character");
    }
    return {};
}

Status check_email(std::string_view text) {
    const auto at = text.find('@');
    const bool shaped = at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
                        text.find('@', at + 1) == std::string_view::npos && text.find(' ') == std::string_view::npos;
    if (!shaped) return bad(text, "is not an e-mail address");
    return {};
}

Status check_time_zone(std::string_view text) {
    const bool shaped = (text == "UTC" || text.find('/') != std::string_view::npos) &&
                        text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/+-") ==
                            std::string_view::npos;
    if (!shaped) return bad(text, "is not a time zone like America/Chicago");
    return {};
}

}  // namespace

Result<std::int64_t> parse_iso_instant(std::string_view text) {
    const auto wrong = [&] { return bad(text, "is not an instant in UTC like 2026-03-04T15:30:00Z"); };
    if (text.size() < 20 || text[10] != 'T' || text.back() != 'Z' || text[13] != ':' || text[16] != ':') return wrong();
    const auto day = parse_iso_day(text.substr(0, 10));
    const auto digits = [&](std::size_t at, std::size_t count) -> std::int64_t {
        std::int64_t number = 0;
        for (std::size_t index = at; index < at + count; ++index) {
            if (text[index] < '0' || text[index] > '9') return -1;
            number = number * 10 + (text[index] - '0');
        }
        return number;
    };
    const std::int64_t hour = digits(11, 2), minute = digits(14, 2), second = digits(17, 2);
    std::int64_t fraction_ms = 0;
    if (text.size() > 20) {
        if (text.size() != 24 || text[19] != '.') return wrong();
        fraction_ms = digits(20, 3);
    }
    if (!day || *day < day_min || *day > day_max || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 59 || fraction_ms < 0)
        return wrong();
    return ((static_cast<std::int64_t>(*day) * 24 + hour) * 60 + minute) * 60'000 + second * 1'000 + fraction_ms;
}

Result<std::int64_t> parse_dollars(std::string_view text) {
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);
    if (rest.starts_with('$')) rest.remove_prefix(1);
    std::int64_t cents = 0;
    std::size_t digits = 0, since_comma = 0;
    bool commas = false;
    std::size_t at = 0;
    for (; at < rest.size() && rest[at] != '.'; ++at) {
        if (rest[at] == ',') {
            if (digits == 0 || (commas ? since_comma != 3 : since_comma > 3))
                return bad(text, "is not an amount like 1,234.50");
            commas = true;
            since_comma = 0;
            continue;
        }
        if (rest[at] < '0' || rest[at] > '9' || ++digits > 13) return bad(text, "is not an amount like 1,234.50");
        ++since_comma;
        cents = cents * 10 + (rest[at] - '0');
    }
    if (digits == 0 || (commas && since_comma != 3)) return bad(text, "is not an amount like 1,234.50");
    cents *= 100;
    if (at < rest.size()) {
        const std::string_view fraction = rest.substr(at + 1);
        if (fraction.empty() || fraction.size() > 2 ||
            fraction.find_first_not_of("0123456789") != std::string_view::npos)
            return bad(text, "is not an amount with at most two decimals");
        cents += (fraction[0] - '0') * 10 + (fraction.size() == 2 ? fraction[1] - '0' : 0);
    }
    return negative ? -cents : cents;
}

Result<Value> parse_cell(const ImportColumn& column, std::string_view text, CellFormat format) {
    if (text.empty()) {
        if (column.need != Need::optional) return bad(text, "is empty, but needed");
        return Value{};
    }
    PORTAL_TRY(check_text(column, text));
    switch (column.type) {
        case CellType::text:
            return Value{std::string(text)};
        case CellType::key:
        case CellType::reference:
            if (text.front() == ' ' || text.back() == ' ') return bad(text, "has a space at an end");
            return Value{std::string(text)};
        case CellType::word:
            if (!column.vocabulary.knows(text)) return bad(text, "is none of: " + column.vocabulary.words());
            return Value{std::string(text)};
        case CellType::count:
            return parse_count(text, 2'000'000'000);
        case CellType::hour:
            return parse_count(text, 23);
        case CellType::cents:
            return parse_amount(text, format.in_dollars);
        case CellType::day:
            return parse_day(text, format.date_order);
        case CellType::month: {
            const auto month = parse_iso_month(text);
            if (!month) return bad(text, "is not a month like 2026-03");
            return Value{static_cast<std::int64_t>(*month)};
        }
        case CellType::instant: {
            PORTAL_TRY_ASSIGN(instant_ms, parse_iso_instant(text));
            return Value{instant_ms};
        }
        case CellType::boolean:
            return parse_boolean(text);
        case CellType::time_zone:
            PORTAL_TRY(check_time_zone(text));
            return Value{std::string(text)};
        case CellType::email:
            PORTAL_TRY(check_email(text));
            return Value{std::string(text)};
    }
    return fail(ErrorCode::internal, "a column without a type");
}

}  // namespace portal::import
