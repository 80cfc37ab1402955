// Numbers, money, dates and times as the user's language writes them. Money is exact in tables and short in figures;
// rates carry one decimal; a missing value is "-" (never 0).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "app/vm/words.hpp"
#include "shared/base/calendar_day.hpp"
#include "shared/base/clock.hpp"
#include "shared/model/figure.hpp"

namespace portal::vm {

// Minutes to add to UTC at an instant, in the zone that the screen speaks of.
using ZoneOffsetMinutes = std::function<std::int32_t(InstantMs)>;

// Numerator and denominator carry the figure's own unit unless it is a rate of counts.
bool is_money(const Figure& figure, bool is_denominator);

class Format {
  public:
    // A null offset means UTC.
    Format(Language language, InstantMs now_ms, ZoneOffsetMinutes offset_minutes = {});

    Language language() const { return m_language; }
    InstantMs now_ms() const { return m_now_ms; }

    std::string say(Word word, std::initializer_list<std::string_view> arguments) const {
        return vm::say(m_language, word, arguments);
    }
    std::string_view say(Word word) const { return vm::say(m_language, word); }

    std::string number(std::int64_t value) const;                       // 12,345 | 12.345
    std::string money_exact(std::int64_t cents) const;                  // $41,238.50 | -$12.00
    std::string money_short(std::int64_t cents) const;                  // $41.2K, $1.24M
    std::string percent(std::int64_t basis_points) const;               // 61.8%
    std::string percent_exact(std::int64_t basis_points) const;         // 17.90%, of terms
    std::string signed_percent(std::int64_t basis_points) const;        // +12.4%
    std::string of_total(std::int64_t part, std::int64_t total) const;  // 62 of 100

    std::string day(Day day) const;                   // Mar 4, 2026 | 4 mar 2026
    std::string day_short(Day day) const;             // Mar 4 | 4 mar
    std::string weekday(Day day) const;               // Monday | lunes
    std::string weekday_short(Day day) const;         // Mon | lun
    std::string month(MonthIndex month) const;        // March 2026 | marzo de 2026
    std::string month_short(MonthIndex month) const;  // Mar | mar
    std::string time(InstantMs instant_ms) const;     // 2:30 PM | 14:30
    std::string hour(int hour) const;                 // 2 PM | 14 h
    // Tue, 2 PM | mar, 14 h; either may be missing. The weekday is 0 (Monday) to 6.
    std::string weekday_and_hour(std::optional<int> weekday, std::optional<int> hour) const;
    std::string day_and_time(InstantMs instant_ms) const;
    // Relative under a day ("12 min ago", "in 3 h"), then the day.
    std::string relative(InstantMs instant_ms) const;
    // A promise: "by 2:30 PM", "by Mar 4, 2:30 PM", "overdue since ...".
    std::string promise(InstantMs due_ms) const;
    std::string duration(DurationMs duration_ms) const;

    std::string stopwatch(DurationMs duration_ms) const;  // 1:07 | 1:02:03
    std::string file_stamp(InstantMs instant_ms) const;   // 2026-03-04-1430, in every language

    Day local_day(InstantMs instant_ms) const;

    // The figure in short form, or "-".
    std::string figure(const Figure& figure) const;
    // What a rate is of: 62 of 100, or $166.8K of $210.4K where it is one of money.
    std::string counts_of(const Figure& figure) const;
    // Why it shows "-" or what its reader must know; empty when there is nothing to say.
    std::string figure_note(const Figure& figure) const;

  private:
    std::string grouped(std::uint64_t value) const;
    int local_minutes(InstantMs instant_ms) const;  // Since midnight.

    Language m_language;
    InstantMs m_now_ms;
    ZoneOffsetMinutes m_offset_minutes;
};

}  // namespace portal::vm
