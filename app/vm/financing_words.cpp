#include "app/vm/financing_words.hpp"

#include <algorithm>
#include <cstdlib>

#include "app/vm/vocabulary.hpp"

namespace portal::vm {
namespace {

constexpr std::size_t change_parts_drawn = 6;

struct Totals {
    std::int64_t net = 0;
    std::int64_t compared = 0;
};

Totals totals_of(const FinancingPart& part) {
    Totals totals;
    for (const FinancingRow& row : part.rows)
        totals.net += row.net_cents;
    for (const FinancingRow& row : part.compared)
        totals.compared += row.net_cents;
    return totals;
}

// What moved most in the direction of the whole, from "explain the change".
std::string mover_sentence(const Format& format, const FinancingPart& part, std::int64_t change) {
    const ChangePart* most = nullptr;
    for (const ChangePart& one : part.change) {
        if (one.kind == ChangeKind::other || (one.cents < 0) != (change < 0)) continue;
        if (!most || std::abs(one.cents) > std::abs(most->cents)) most = &one;
    }
    if (!most || part.change.size() < 2) return {};
    return " " +
           format.say(change < 0 ? Word::financing_fell_most : Word::financing_rose_most,
                      {part_name(format, most->kind, most->name, most->channel), signed_money(format, most->cents)});
}

}  // namespace

// words/financing.def lists the formulas in the order of FigureId.
Word formula_of(FigureId figure) {
    return static_cast<Word>(static_cast<int>(Word::formula_net_financed_volume) + static_cast<int>(figure));
}

std::optional<FinancingQuery> rows_behind(const FinancingPart& part, FigureId figure) {
    FinancingQuery query = part.query;
    query.passport.clear();
    query.rows = RowsQuery{.figure = figure};
    switch (figure) {
        case FigureId::net_financed_volume:
        case FigureId::average_sale:
        case FigureId::approval_rate:
        case FigureId::approved_amount_share:
        case FigureId::effective_fee_rate:
        case FigureId::applications:
        case FigureId::attainment:
        case FigureId::pace:
        case FigureId::net_change:
        case FigureId::change_count:
        case FigureId::change_size:
        case FigureId::change_mix:
        case FigureId::change_returns:
        case FigureId::gross_settled:
        case FigureId::returned:
        case FigureId::sales:
        case FigureId::approved:
            return query;
        case FigureId::plan_mix:
            // Standard terms have no plan to filter by: then those of all plans, which are the whole that it is of.
            if (!part.largest_plan.id.empty()) query.plan = part.largest_plan.id;
            return query;
        case FigureId::pull_through:
        case FigureId::funnel_applied:
        case FigureId::funnel_approved:
        case FigureId::funnel_used:
        case FigureId::funnel_settled:
        case FigureId::funnel_refunded:
            query.until = part.matured_until;
            return part.matured_until == 0 ? std::nullopt : std::optional(query);
        case FigureId::month_forecast:
            query.from = first_day_of_month(part.forecast.month);
            query.until = part.forecast.counted_until;
            return query.until < query.from ? std::nullopt : std::optional(query);
        case FigureId::integration_health:
        case FigureId::deposits:
        case FigureId::open_tickets:
        case FigureId::first_response:
        case FigureId::sla_attainment:
        case FigureId::target:
        case FigureId::open_actions:
        case FigureId::dollars_at_risk:
            break;
    }
    return std::nullopt;
}

std::optional<FigureId> figure_of_cause(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::count:
            return FigureId::change_count;
        case ChangeKind::size:
            return FigureId::change_size;
        case ChangeKind::mix:
            return FigureId::change_mix;
        case ChangeKind::returns:
            return FigureId::change_returns;
        case ChangeKind::place:
        case ChangeKind::plan:
        case ChangeKind::channel:
        case ChangeKind::other:
            break;
    }
    return std::nullopt;
}

std::optional<FinancingQuery> narrowed_to(const FinancingPart& part, const ChangePart& one) {
    FinancingQuery next = part.query;
    if (one.kind == ChangeKind::channel)
        next.channel = one.channel;
    else if (one.kind == ChangeKind::plan && !one.id.empty())
        next.plan = one.id;
    else if (one.kind == ChangeKind::place)
        (part.ranks_locations ? next.location : next.practice) = one.id;
    return next == part.query ? std::nullopt : std::optional(next);
}

std::string part_name(const Format& format, ChangeKind kind, const std::string& name, FactChannel channel) {
    switch (kind) {
        case ChangeKind::place:
            return name;
        case ChangeKind::plan:
            return name.empty() ? std::string(format.say(Word::plan_standard_terms)) : name;
        case ChangeKind::channel:
            return std::string(format.say(word_of(channel)));
        case ChangeKind::count:
        case ChangeKind::mix:
        case ChangeKind::size:
        case ChangeKind::returns:
            return std::string(format.say(word_of(*figure_of_cause(kind))));
        case ChangeKind::other:
            break;
    }
    return std::string(format.say(Word::financing_change_other));
}

std::string bucket_label(const Format& format, const FinancingPart& part, const FinancingRow& row) {
    switch (part.query.grain) {
        case Grain::day:
            return format.weekday_short(row.from) + " " + format.day_short(row.from);
        case Grain::week:
            return format.day_short(row.from);
        case Grain::quarter: {
            const MonthIndex first = month_of_day(row.from);
            return format.say(Word::quarter_label, {std::to_string(first % 12 / 3 + 1), std::to_string(first / 12)});
        }
        case Grain::month:
            break;
    }
    const MonthIndex month = month_of_day(row.from);
    // The year stands where it begins, so that a two-year axis reads.
    return format.month_short(month) + (month % 12 == 0 ? " " + std::to_string(month / 12) : "");
}

std::string row_title(const Format& format, const FinancingPart& part, const FinancingRow& row) {
    if (part.query.grain == Grain::quarter) return bucket_label(format, part, row);
    return part.query.grain == Grain::month ? format.month(month_of_day(row.from)) : format.day(row.from);
}

std::int64_t sum_of_row(const FinancingRow& row, FigureId figure) {
    switch (figure) {
        case FigureId::gross_settled:
            return row.gross_cents;
        case FigureId::returned:
            return row.refund_cents;
        case FigureId::sales:
            return row.sales;
        case FigureId::applications:
            return row.applications;
        case FigureId::approved:
            return row.approved;
        case FigureId::target:
            return row.target_cents;
        default:
            return row.net_cents;
    }
}

std::string plan_name(const Format& format, const PlanShare& plan) {
    const bool standard = plan.kind == PlanKind::standard || plan.name.empty();
    return standard ? std::string(format.say(Word::plan_standard_terms)) : plan.name;
}

std::string signed_money(const Format& format, std::int64_t cents) {
    return (cents > 0 ? "+" : "") + format.money_short(cents);
}

std::string chart_sentence(const Format& format, const FinancingPart& part) {
    const Totals totals = totals_of(part);
    const std::string net = format.money_short(totals.net);
    const std::string from = format.day(part.query.from), until = format.day(part.query.until);
    if (totals.compared <= 0) return format.say(Word::financing_chart_sentence_alone, {net, from, until});
    const std::int64_t change = (totals.net - totals.compared) * 10'000 / totals.compared;
    const Word word = part.query.comparison == Comparison::year_before ? Word::financing_chart_sentence
                                                                       : Word::financing_chart_sentence_period;
    return format.say(word, {net, from, until, format.signed_percent(change)}) +
           mover_sentence(format, part, totals.net - totals.compared);
}

std::string change_sentence(const Format& format, const FinancingPart& part) {
    if (part.change.empty()) return std::string(format.say(Word::financing_change_none));
    std::int64_t cents = 0;
    for (const ChangePart& one : part.change)
        cents += one.cents;
    const bool is_year = part.query.comparison == Comparison::year_before;
    return format.say(is_year ? Word::financing_change_year : Word::financing_change_period,
                      {signed_money(format, cents)});
}

std::vector<ChangePart> drawn_change(const FinancingPart& part) {
    std::vector<ChangePart> drawn = part.change;
    if (drawn.size() <= change_parts_drawn) return drawn;
    ChangePart other;
    other.kind = ChangeKind::other;
    for (std::size_t index = change_parts_drawn - 1; index < drawn.size(); ++index) {
        other.cents += drawn[index].cents;
        other.former_cents += drawn[index].former_cents;
    }
    drawn.resize(change_parts_drawn - 1);
    drawn.push_back(other);
    return drawn;
}

std::string filter_words(const Format& format, const FinancingPart& part) {
    const FinancingQuery& query = part.query;
    std::string filters;
    const auto add = [&](Word name, std::string_view value) {
        filters += (filters.empty() ? "" : "; ") + std::string(format.say(name)) + ": " + std::string(value);
    };
    const auto add_place = [&](Word name, const std::vector<PlaceChoice>& choices, const Id& id) {
        if (id.empty()) return;
        const auto found = std::ranges::find(choices, id, &PlaceChoice::id);
        add(name, found == choices.end() ? std::string_view() : std::string_view(found->name));
    };
    add_place(Word::financing_practice, part.practice_choices, query.practice);
    add_place(Word::financing_location, part.location_choices, query.location);
    add_place(Word::financing_plan, part.plan_choices, query.plan);
    if (query.channel) add(Word::financing_channel, format.say(word_of(*query.channel)));
    if (query.existing_cardholder)
        add(Word::financing_cardholder,
            format.say(*query.existing_cardholder ? Word::cardholder_existing : Word::cardholder_new));
    if (query.cents_from > 0)
        add(Word::financing_amount, format.say(Word::amount_from, {format.money_exact(query.cents_from)}));
    if (query.cents_until > 0)
        add(Word::financing_amount,
            format.say(Word::amount_between, {format.money_exact(0), format.money_exact(query.cents_until)}));
    if (query.weekday || query.hour) add(Word::financing_when, format.weekday_and_hour(query.weekday, query.hour));
    if (query.rows && query.rows->figure) add(Word::rows_of_figure, format.say(word_of(*query.rows->figure)));
    if (query.kind) add(Word::column_kind, format.say(word_of(*query.kind)));
    if (query.status) add(Word::column_state, format.say(word_of(*query.status)));
    if (query.rows && !query.rows->reference.empty()) add(Word::rows_search, query.rows->reference);
    return filters.empty() ? std::string(format.say(Word::export_filters_none)) : filters;
}

std::string chosen_facts(const Format& format, const FinancingQuery& query) {
    std::string chosen;
    if (query.kind) chosen = format.say(word_of(*query.kind));
    if (query.status) chosen += (chosen.empty() ? "" : ", ") + std::string(format.say(word_of(*query.status)));
    return chosen;
}

std::string funnel_sentence(const Format& format, const FinancingPart& part) {
    if (part.funnel_reason == FigureReason::filtered_out)
        return std::string(format.say(Word::financing_funnel_filtered));
    if (part.funnel.empty()) return std::string(format.say(Word::financing_funnel_immature));
    const auto count = [&](FigureId step) {
        const auto found = std::ranges::find(part.funnel, step, &Figure::id);
        return format.number(found == part.funnel.end() ? 0 : found->numerator);
    };
    return format.say(
        Word::financing_funnel_sentence,
        {count(FigureId::funnel_applied), format.day(part.matured_until), count(FigureId::funnel_approved),
         count(FigureId::funnel_settled), count(FigureId::funnel_refunded)});
}

std::string funnel_words(const Format& format, const Figure& step) {
    const std::string count = format.number(step.numerator);
    return step.id != FigureId::funnel_applied && step.value ? count + ", " + format.figure(step) : count;
}

std::string plans_sentence(const Format& format, const FinancingPart& part) {
    const PlanShare& most = part.largest_plan;
    if (most.gross_cents <= 0) return std::string(format.say(Word::financing_plans_none));
    const auto mix = std::ranges::find(part.figures, FigureId::plan_mix, &Figure::id);
    if (mix == part.figures.end() || !mix->value) return {};
    return format.say(Word::financing_plans_sentence,
                      {plan_name(format, most), format.money_short(most.gross_cents), format.figure(*mix)});
}

}  // namespace portal::vm
