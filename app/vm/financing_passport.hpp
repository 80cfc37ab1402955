// What an open passport of the financing screen tells: a figure of the selection, or of one plan, place, period, colour
// of a period's bar, hour of the week or part of the change of it, or of the practice beside its peers. In addresses it
// is the figure's name, and after a dot what it is of.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/vm/financing_part.hpp"
#include "app/vm/format.hpp"

namespace portal::vm {

std::string passport_of_plan(FigureId figure, const Id& plan);  // Empty: standard terms.
std::string passport_of_place(FigureId figure, const Id& place);
std::string passport_of_period(FigureId figure, Day first);
std::string passport_of_row(FigureId figure, const FinancingRow& row);
std::string passport_of_stack(const FinancingRow& row, const FinancingStack& stack);  // Of the net of that period.
// Of the applications: a day of the week, Monday first, and an hour of the day.
struct HourOfWeek {
    int weekday = 0, hour = 0;
};
std::string passport_of_hour(HourOfWeek place);
std::string passport_of_change(const ChangePart& part);
std::string passport_of_peers(FigureId figure);
// Could some part tell it?
bool is_passport(std::string_view passport);

struct Passport {
    Figure figure;
    std::string of = {};                        // Name of the plan, place, period or part; empty: the selection.
    std::optional<std::int64_t> compared = {};  // Of the period before, of money.
    const PeerLine* peers = nullptr;            // In the part.
    std::optional<FinancingQuery> rows = {};    // The single facts that it is made of.
    Day from = 0, until = 0;                    // Of the facts that it is made of.
};
// The one that the part's query names; none when there is no such figure.
std::optional<Passport> open_passport(const Format& format, const FinancingPart& part);

}  // namespace portal::vm
