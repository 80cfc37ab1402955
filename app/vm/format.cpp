#include "app/vm/format.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

#include "app/vm/vocabulary.hpp"
#include "shared/base/durations.hpp"

namespace portal::vm {
namespace {

constexpr std::array<std::array<std::string_view, 12>, 2> months_short = {{
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
    {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"},
}};
constexpr std::array<std::array<std::string_view, 12>, 2> months_long = {{
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
     "diciembre"},
}};
constexpr std::string_view weekdays_long[2][7] = {
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
    {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"}};
constexpr std::array<std::array<std::string_view, 7>, 2> weekdays_short = {{
    {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
    {"lun", "mar", "mié", "jue", "vie", "sáb", "dom"},
}};

std::size_t row_of(Language language) {
    return language == Language::spanish ? 1 : 0;
}

std::uint64_t magnitude(std::int64_t value) {
    return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

// Floor division, so that instants before 1970 fall on the right day.
std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
    return value / by - (value % by != 0 && (value < 0) != (by < 0) ? 1 : 0);
}

// `thousandths` / 1000 with the digits asked for, rounded half away from zero.
std::string decimals(std::uint64_t thousandths, int digits, char separator) {
    const std::uint64_t step = digits == 2 ? 10 : digits == 1 ? 100 : 1000;
    const std::uint64_t rounded = (thousandths + step / 2) / step;
    const std::uint64_t scale = 1000 / step;
    std::string text = std::to_string(rounded / scale);
    if (digits > 0) {
        std::string fraction = std::to_string(rounded % scale);
        fraction.insert(0, static_cast<std::size_t>(digits) - fraction.size(), '0');
        text += separator + fraction;
    }
    return text;
}

std::string_view word_of_total(Language language) {
    return language == Language::spanish ? " de " : " of ";
}

}  // namespace

Format::Format(Language language, InstantMs now_ms, ZoneOffsetMinutes offset_minutes)
    : m_language(language), m_now_ms(now_ms), m_offset_minutes(std::move(offset_minutes)) {}

std::string Format::grouped(std::uint64_t value) const {
    std::string text = std::to_string(value);
    const char* separator = m_language == Language::spanish ? "." : ",";
    for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), separator);
    return text;
}

std::string Format::number(std::int64_t value) const {
    return (value < 0 ? "-" : "") + grouped(magnitude(value));
}

std::string Format::money_exact(std::int64_t cents) const {
    const std::uint64_t size = magnitude(cents);
    char fraction[4];
    std::snprintf(fraction, sizeof fraction, "%02d", static_cast<int>(size % 100));
    return (cents < 0 ? "-$" : "$") + grouped(size / 100) + (m_language == Language::spanish ? "," : ".") + fraction;
}

std::string Format::money_short(std::int64_t cents) const {
    const std::uint64_t size = magnitude(cents);
    const char separator = m_language == Language::spanish ? ',' : '.';
    const std::string sign = cents < 0 ? "-$" : "$";
    // The bounds are those at which rounding reaches the next unit: $999,950 reads $1M and not $1000K.
    if (size < 100'000) return sign + grouped((size + 50) / 100);
    if (size < 99'995'000) return sign + decimals(size / 100, 1, separator) + "K";
    if (size < 99'999'500'000) return sign + decimals(size / 100'000, size < 1'000'000'000 ? 2 : 1, separator) + "M";
    return sign + decimals(size / 100'000'000, 2, separator) + "B";
}

std::string Format::percent(std::int64_t basis_points) const {
    const char separator = m_language == Language::spanish ? ',' : '.';
    return (basis_points < 0 ? "-" : "") + decimals(magnitude(basis_points) * 10, 1, separator) + "%";
}

std::string Format::percent_exact(std::int64_t basis_points) const {
    const char separator = m_language == Language::spanish ? ',' : '.';
    return (basis_points < 0 ? "-" : "") + decimals(magnitude(basis_points) * 10, 2, separator) + "%";
}

std::string Format::signed_percent(std::int64_t basis_points) const {
    return (basis_points > 0 ? "+" : "") + percent(basis_points);
}

std::string Format::of_total(std::int64_t part, std::int64_t total) const {
    return number(part).append(word_of_total(m_language)) + number(total);
}

std::string Format::day(Day value) const {
    const CivilDate date = civil_from_day(value);
    if (m_language == Language::spanish) return day_short(value) + " " + std::to_string(date.year);
    return day_short(value) + ", " + std::to_string(date.year);
}

std::string Format::day_short(Day value) const {
    const CivilDate date = civil_from_day(value);
    const std::string month_name(months_short[row_of(m_language)][static_cast<std::size_t>(date.month - 1)]);
    const std::string day_number = std::to_string(date.day);
    return m_language == Language::spanish ? day_number + " " + month_name : month_name + " " + day_number;
}

std::string Format::weekday(Day value) const {
    return std::string(weekdays_long[row_of(m_language)][static_cast<std::size_t>(weekday_of_day(value))]);
}

std::string Format::weekday_short(Day value) const {
    return std::string(weekdays_short[row_of(m_language)][static_cast<std::size_t>(weekday_of_day(value))]);
}

std::string Format::month(MonthIndex value) const {
    const std::string name(months_long[row_of(m_language)][static_cast<std::size_t>(value % 12)]);
    return name + (m_language == Language::spanish ? " de " : " ") + std::to_string(value / 12);
}

std::string Format::month_short(MonthIndex value) const {
    return std::string(months_short[row_of(m_language)][static_cast<std::size_t>(value % 12)]);
}

Day Format::local_day(InstantMs instant_ms) const {
    const std::int64_t offset_ms = m_offset_minutes ? m_offset_minutes(instant_ms) * minute_ms : 0;
    return static_cast<Day>(floor_divide(instant_ms + offset_ms, day_ms));
}

int Format::local_minutes(InstantMs instant_ms) const {
    const std::int64_t offset_ms = m_offset_minutes ? m_offset_minutes(instant_ms) * minute_ms : 0;
    const std::int64_t local_ms = instant_ms + offset_ms;
    return static_cast<int>((local_ms - floor_divide(local_ms, day_ms) * day_ms) / minute_ms);
}

std::string Format::file_stamp(InstantMs instant_ms) const {
    const int minutes = local_minutes(instant_ms);
    char text[24];
    std::snprintf(text, sizeof text, "-%02d%02d", minutes / 60, minutes % 60);
    return iso_day(local_day(instant_ms)) + text;
}

std::string Format::stopwatch(DurationMs duration_ms) const {
    const auto hours = static_cast<int>(duration_ms / hour_ms),
               minutes = static_cast<int>(duration_ms / minute_ms % 60),
               seconds = static_cast<int>(duration_ms / second_ms % 60);
    char text[40];
    if (hours > 0)
        std::snprintf(text, sizeof text, "%d:%02d:%02d", hours, minutes, seconds);
    else
        std::snprintf(text, sizeof text, "%d:%02d", minutes, seconds);
    return text;
}

std::string Format::time(InstantMs instant_ms) const {
    const int minutes = local_minutes(instant_ms);
    char text[24];
    if (m_language == Language::spanish)
        std::snprintf(text, sizeof text, "%d:%02d", minutes / 60, minutes % 60);
    else
        std::snprintf(text, sizeof text, "%d:%02d %s", (minutes / 60 + 11) % 12 + 1, minutes % 60,
                      minutes < 12 * 60 ? "AM" : "PM");
    return text;
}

std::string Format::hour(int hour) const {
    if (m_language == Language::spanish) return std::to_string(hour) + " h";
    return std::to_string((hour + 11) % 12 + 1) + (hour < 12 ? " AM" : " PM");
}

std::string Format::weekday_and_hour(std::optional<int> weekday, std::optional<int> hour) const {
    std::string text;
    if (weekday) text = weekdays_short[row_of(m_language)][static_cast<std::size_t>(*weekday)];
    if (!hour) return text;
    if (weekday) text += ", ";
    return text + this->hour(*hour);
}

std::string Format::day_and_time(InstantMs instant_ms) const {
    const Day value = local_day(instant_ms);
    if (value == local_day(m_now_ms)) return say(Word::time_today_at, {time(instant_ms)});
    return day_short(value) + ", " + time(instant_ms);
}

std::string Format::relative(InstantMs instant_ms) const {
    const DurationMs age_ms = m_now_ms - instant_ms;
    if (age_ms > -minute_ms && age_ms < minute_ms) return std::string(say(Word::time_just_now));
    if (age_ms >= 0 && age_ms < hour_ms) return say(Word::time_minutes_ago, {std::to_string(age_ms / minute_ms)});
    if (age_ms >= 0 && age_ms < day_ms) return say(Word::time_hours_ago, {std::to_string(age_ms / hour_ms)});
    if (age_ms < 0 && -age_ms < hour_ms) return say(Word::time_in_minutes, {std::to_string(-age_ms / minute_ms)});
    if (age_ms < 0 && -age_ms < day_ms) return say(Word::time_in_hours, {std::to_string(-age_ms / hour_ms)});
    return day(local_day(instant_ms));
}

std::string Format::promise(InstantMs due_ms) const {
    if (due_ms < m_now_ms) return say(Word::time_overdue, {day_and_time(due_ms)});
    const bool today = local_day(due_ms) == local_day(m_now_ms);
    return say(Word::time_by, {today ? time(due_ms) : day_and_time(due_ms)});
}

std::string Format::duration(DurationMs duration_ms) const {
    if (duration_ms < hour_ms) return say(Word::duration_minutes, {std::to_string(duration_ms / minute_ms)});
    if (duration_ms < day_ms)
        return say(Word::duration_hours,
                   {std::to_string(duration_ms / hour_ms), std::to_string(duration_ms % hour_ms / minute_ms)});
    return say(Word::duration_days, {std::to_string(duration_ms / day_ms)});
}

std::string Format::figure(const Figure& figure) const {
    if (!figure.value) return "-";
    switch (figure.unit) {
        case FigureUnit::cents:
            return money_short(*figure.value);
        case FigureUnit::basis_points:
            return percent(*figure.value);
        case FigureUnit::minutes:
            return duration(*figure.value * minute_ms);
        case FigureUnit::days:
            return say(Word::duration_days, {number(*figure.value)});
        case FigureUnit::count:
        case FigureUnit::score:
            break;
    }
    return number(*figure.value);
}

bool is_money(const Figure& figure, bool is_denominator) {
    const bool money_over_money = figure.id == FigureId::effective_fee_rate || figure.id == FigureId::attainment ||
                                  figure.id == FigureId::pace || figure.id == FigureId::approved_amount_share ||
                                  figure.id == FigureId::plan_mix || figure.id == FigureId::net_change;
    return money_over_money || (figure.unit == FigureUnit::cents && !is_denominator);
}

std::string Format::counts_of(const Figure& figure) const {
    if (!is_money(figure, true)) return of_total(figure.numerator, figure.denominator);
    return money_short(figure.numerator).append(word_of_total(m_language)) + money_short(figure.denominator);
}

std::string Format::figure_note(const Figure& figure) const {
    if (figure.reason == FigureReason::none) return {};
    std::string note(say(word_of(figure.reason)));
    // Guests are told no counts of it.
    if (figure.reason == FigureReason::too_few_cases && figure.denominator > 0) note += ": " + counts_of(figure);
    return note;
}

}  // namespace portal::vm
