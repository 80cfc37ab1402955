#include "app/vm/financing_passport.hpp"

#include <algorithm>
#include <charconv>

#include "app/vm/financing_words.hpp"

namespace portal::vm {
namespace {

constexpr std::string_view standard_terms = "standard", beside_peers = "peers", other_parts = "other";

std::string joined(FigureId figure, std::string_view of) {
    return std::string(figure_texts[static_cast<std::size_t>(figure)]) + "." + std::string(of);
}

struct PassportName {
    std::optional<FigureId> figure;
    std::string_view of = {};
};

PassportName name_of_passport(std::string_view text) {
    const std::size_t dot = text.find('.');
    const auto found = std::ranges::find(figure_texts, text.substr(0, dot));
    PassportName name;
    if (found != figure_texts.end()) name.figure = static_cast<FigureId>(found - figure_texts.begin());
    if (dot != std::string_view::npos) name.of = text.substr(dot + 1);
    return name;
}

// Columns of the table by periods, and of the one by plans.
bool is_of_rows(FigureId figure) {
    return figure == FigureId::net_financed_volume || figure == FigureId::applications ||
           figure == FigureId::approved || figure == FigureId::gross_settled || figure == FigureId::returned ||
           figure == FigureId::sales || figure == FigureId::target;
}
bool is_of_plans(FigureId figure) {
    return figure == FigureId::plan_mix || figure == FigureId::gross_settled || figure == FigureId::sales;
}

// Of a part of the change, or a colour of the bars.
std::string text_of_part(const auto& part) {
    if (part.kind == ChangeKind::channel) return std::string(text_of(part.channel));
    if (part.kind == ChangeKind::other) return std::string(other_parts);
    return part.id.empty() ? std::string(standard_terms) : part.id;
}

bool is_part(std::string_view text) {
    return text == standard_terms || text == other_parts || parse_text<FactChannel>(text) || is_id(text);
}

// "2026-02-01.online": the colour of the bar of the period that begins then.
struct ColourName {
    Day first = 0;
    std::string_view colour;
};

std::optional<ColourName> colour_of_name(std::string_view text) {
    const std::size_t dot = text.find('.');
    const auto day = parse_iso_day(text.substr(0, dot));
    if (dot == std::string_view::npos || !day || !is_part(text.substr(dot + 1))) return std::nullopt;
    return ColourName{*day, text.substr(dot + 1)};
}

// The figure of the whole, told of a part of it whose sum is this. Where a filter takes it back it stays without value.
void tell_of_part(Figure& figure, std::int64_t sum) {
    figure.numerator = sum;
    if (figure.value) figure.value = sum;
}

std::optional<Passport> of_selection(const FinancingPart& part, FigureId figure) {
    if (figure == FigureId::net_change && !part.change.empty())
        return Passport{.figure = part.net_change, .rows = rows_behind(part, figure)};
    for (const auto* figures : {&part.figures, &part.funnel, &part.totals})
        if (const auto found = std::ranges::find(*figures, figure, &Figure::id); found != figures->end())
            return Passport{.figure = *found, .rows = rows_behind(part, figure)};
    // A cause of the change: the change as far as it goes.
    for (const ChangePart& cause : part.change)
        if (figure_of_cause(cause.kind) == figure) {
            Passport passport{.figure = part.net_change, .rows = rows_behind(part, figure)};
            passport.figure.id = figure;
            passport.figure.denominator = 1;
            tell_of_part(passport.figure, cause.cents);
            return passport;
        }
    return std::nullopt;
}

std::optional<Passport> of_plan(const Format& format, const FinancingPart& part, FigureId figure, std::string_view of) {
    const Id id(of == standard_terms ? std::string_view() : of);
    const auto plan = std::ranges::find(part.plans, id, &PlanShare::id);
    if (plan == part.plans.end()) return std::nullopt;
    std::optional<Passport> passport;
    if (figure == FigureId::plan_mix)
        passport = Passport{.figure = plan->mix, .rows = rows_behind(part, figure)};
    else if ((passport = of_selection(part, figure)))
        tell_of_part(passport->figure, figure == FigureId::sales ? plan->sales : plan->gross_cents);
    else
        return std::nullopt;
    passport->of = plan_name(format, *plan);
    // Standard terms have no plan to filter by.
    if (passport->rows) passport->rows->plan = id.empty() ? part.query.plan : id;
    return passport;
}

std::optional<Passport> of_place(const FinancingPart& part, std::string_view of) {
    const auto place = std::ranges::find(part.ranking, of, &RankedPlace::id);
    std::optional<Passport> passport = of_selection(part, FigureId::net_financed_volume);
    if (place == part.ranking.end() || !passport) return std::nullopt;
    tell_of_part(passport->figure, place->net_cents);
    passport->of = place->name;
    passport->compared = place->compared_cents;
    if (passport->rows) (part.ranks_locations ? passport->rows->location : passport->rows->practice) = place->id;
    return passport;
}

// What a part of the change is: of those that explain it, of those that the picture draws as one, or of a place in the
// ranking, whatever the change is explained by.
std::optional<ChangePart> changed_part(const FinancingPart& part, std::string_view of) {
    for (const auto& parts : {part.change, drawn_change(part)})
        for (const ChangePart& one : parts)
            if (!figure_of_cause(one.kind) && text_of_part(one) == of) return one;
    const auto place = std::ranges::find(part.ranking, of, &RankedPlace::id);
    if (place == part.ranking.end()) return std::nullopt;
    ChangePart one;
    one.id = place->id;
    one.name = place->name;
    one.former_cents = place->compared_cents;
    one.cents = place->net_cents - place->compared_cents;
    return one;
}

std::optional<Passport> of_change(const Format& format, const FinancingPart& part, std::string_view of) {
    const auto one = changed_part(part, of);
    std::optional<Passport> passport = of_selection(part, FigureId::net_change);
    if (!one || !passport) return std::nullopt;
    tell_of_part(passport->figure, one->cents);
    passport->figure.numerator = one->former_cents + one->cents;
    passport->figure.denominator = one->former_cents;
    passport->of = part_name(format, one->kind, one->name, one->channel);
    const auto narrowed = narrowed_to(part, *one);
    if (!narrowed) {
        // Several parts as one, or standard terms: nothing to filter by. A selection of this part alone stays.
        if (one->kind == ChangeKind::other || (one->kind == ChangeKind::plan && one->id.empty()))
            passport->rows.reset();
        return passport;
    }
    const RowsQuery rows = *passport->rows->rows;
    passport->rows = narrowed;
    passport->rows->passport.clear();
    passport->rows->rows = rows;
    return passport;
}

std::optional<Passport> of_row(const Format& format, const FinancingPart& part, FigureId figure, Day first) {
    const auto row = std::ranges::find(part.rows, first, &FinancingRow::from);
    std::optional<Passport> passport = of_selection(part, figure);
    if (row == part.rows.end() || !passport) return std::nullopt;
    Figure& told = passport->figure;
    const std::int64_t sum = sum_of_row(*row, figure);
    tell_of_part(told, sum);
    if (figure == FigureId::target) {
        // The months that have one stand in the table, also where the period as a whole has none.
        told.value = sum > 0 ? std::optional(sum) : std::nullopt;
        told.reason = sum > 0 ? FigureReason::none : FigureReason::no_target;
    }
    const auto place = static_cast<std::size_t>(row - part.rows.begin());
    if (figure == FigureId::net_financed_volume && place < part.compared.size())
        passport->compared = part.compared[place].net_cents;
    passport->of = row_title(format, part, *row);
    passport->from = row->from;
    passport->until = row->until;
    if (passport->rows) {
        passport->rows->from = row->from;
        passport->rows->until = row->until;
    }
    return passport;
}

// One colour of a bar: the period's net, of a plan or a channel.
std::optional<Passport> of_stack(const Format& format, const FinancingPart& part, const ColourName& name) {
    const auto row = std::ranges::find(part.rows, name.first, &FinancingRow::from);
    const auto stack =
        std::ranges::find(part.stacks, name.colour, [](const FinancingStack& one) { return text_of_part(one); });
    std::optional<Passport> passport = of_row(format, part, FigureId::net_financed_volume, name.first);
    if (!passport || stack == part.stacks.end()) return std::nullopt;
    const auto place = static_cast<std::size_t>(row - part.rows.begin());
    tell_of_part(passport->figure, place < stack->net_cents.size() ? stack->net_cents[place] : 0);
    passport->of += ", " + part_name(format, stack->kind, stack->name, stack->channel);
    passport->compared.reset();
    if (!passport->rows) return passport;
    if (stack->kind == ChangeKind::channel)
        passport->rows->channel = stack->channel;
    else if (stack->kind == ChangeKind::plan && !stack->id.empty())
        passport->rows->plan = stack->id;
    else
        passport->rows.reset();  // Several colours as one, or standard terms: nothing to filter by.
    return passport;
}

// "0-9" is Monday at nine.
std::optional<HourOfWeek> hour_of_name(std::string_view text) {
    const std::size_t dash = text.find('-');
    const auto number = [](std::string_view digits, int below) -> std::optional<int> {
        int value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const bool is_whole = error == std::errc() && end == digits.data() + digits.size();
        return is_whole && value >= 0 && value < below ? std::optional(value) : std::nullopt;
    };
    if (dash == std::string_view::npos) return std::nullopt;
    const auto weekday = number(text.substr(0, dash), 7), hour = number(text.substr(dash + 1), 24);
    return weekday && hour ? std::optional(HourOfWeek{*weekday, *hour}) : std::nullopt;
}

// Of all hours, whichever one is chosen, as the picture shows them.
std::optional<Passport> of_hour(const Format& format, const FinancingPart& part, HourOfWeek place) {
    std::optional<Passport> passport = of_selection(part, FigureId::applications);
    if (!passport) return std::nullopt;
    tell_of_part(passport->figure,
                 part.hours[static_cast<std::size_t>(place.weekday)][static_cast<std::size_t>(place.hour)]);
    passport->of = format.weekday_and_hour(place.weekday, place.hour);
    if (!passport->rows) return passport;
    passport->rows->weekday = place.weekday;
    passport->rows->hour = place.hour;
    return passport;
}

std::optional<Passport> of_peers(const FinancingPart& part, FigureId figure) {
    const auto& lines = part.peers.lines;
    const auto line = std::ranges::find_if(lines, [figure](const PeerLine& one) { return one.own.id == figure; });
    if (line == lines.end()) return std::nullopt;
    Passport passport{.figure = line->own, .peers = &*line};
    passport.figure.as_of_ms = part.as_of_ms;
    passport.figure.closed_until = part.closed_until;
    return passport;
}

std::optional<Passport> told_passport(const Format& format, const FinancingPart& part) {
    const PassportName name = name_of_passport(part.query.passport);
    if (!name.figure) return std::nullopt;
    if (name.of.empty()) return of_selection(part, *name.figure);
    if (name.of == beside_peers) return of_peers(part, *name.figure);
    if (const auto day = parse_iso_day(name.of)) return of_row(format, part, *name.figure, *day);
    if (const auto colour = colour_of_name(name.of); colour && *name.figure == FigureId::net_financed_volume)
        return of_stack(format, part, *colour);
    if (*name.figure == FigureId::applications) {
        const auto place = hour_of_name(name.of);
        return place ? of_hour(format, part, *place) : std::nullopt;
    }
    if (is_of_plans(*name.figure)) return of_plan(format, part, *name.figure, name.of);
    if (*name.figure == FigureId::net_change) return of_change(format, part, name.of);
    return of_place(part, name.of);
}

}  // namespace

std::string passport_of_plan(FigureId figure, const Id& plan) {
    return joined(figure, plan.empty() ? standard_terms : std::string_view(plan));
}

std::string passport_of_place(FigureId figure, const Id& place) {
    return joined(figure, place);
}

std::string passport_of_period(FigureId figure, Day first) {
    return joined(figure, iso_day(first));
}

std::string passport_of_row(FigureId figure, const FinancingRow& row) {
    return passport_of_period(figure, row.from);
}

std::string passport_of_stack(const FinancingRow& row, const FinancingStack& stack) {
    return passport_of_row(FigureId::net_financed_volume, row) + "." + text_of_part(stack);
}

std::string passport_of_hour(HourOfWeek place) {
    return joined(FigureId::applications, std::to_string(place.weekday) + "-" + std::to_string(place.hour));
}

std::string passport_of_change(const ChangePart& part) {
    if (const auto cause = figure_of_cause(part.kind))
        return std::string(figure_texts[static_cast<std::size_t>(*cause)]);
    return joined(FigureId::net_change, text_of_part(part));
}

std::string passport_of_peers(FigureId figure) {
    return joined(figure, beside_peers);
}

bool is_passport(std::string_view text) {
    const PassportName name = name_of_passport(text);
    if (!name.figure || text.ends_with('.')) return false;
    if (name.of.empty() || name.of == beside_peers) return true;
    if (parse_iso_day(name.of)) return is_of_rows(*name.figure);
    if (is_of_plans(*name.figure)) return name.of == standard_terms || is_id(name.of);
    if (*name.figure == FigureId::net_change) return is_part(name.of);
    if (*name.figure == FigureId::applications) return hour_of_name(name.of).has_value();
    return *name.figure == FigureId::net_financed_volume && (is_id(name.of) || colour_of_name(name.of));
}

std::optional<Passport> open_passport(const Format& format, const FinancingPart& part) {
    std::optional<Passport> passport = told_passport(format, part);
    if (!passport || passport->from > 0) return passport;
    const FinancingQuery& query = passport->rows ? *passport->rows : part.query;
    passport->from = query.from;
    passport->until = query.until;
    return passport;
}

}  // namespace portal::vm
