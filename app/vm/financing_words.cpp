#include "app/vm/financing_words.hpp"

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

bool is_money(const Figure& figure, bool is_denominator) {
    const bool money_over_money = figure.id == FigureId::effective_fee_rate || figure.id == FigureId::attainment ||
                                  figure.id == FigureId::pace || figure.id == FigureId::approved_amount_share ||
                                  figure.id == FigureId::plan_mix;
    return money_over_money || (figure.unit == FigureUnit::cents && !is_denominator);
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
            return query;
        case FigureId::plan_mix:
            // Standard terms have no plan to filter by: then those of all plans, which are the whole that it is of.
            if (!part.largest_plan.id.empty()) query.plan = part.largest_plan.id;
            return query;
        case FigureId::pull_through:
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
            break;
    }
    return std::nullopt;
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
            return std::string(format.say(Word::effect_count));
        case ChangeKind::mix:
            return std::string(format.say(Word::effect_mix));
        case ChangeKind::size:
            return std::string(format.say(Word::effect_size));
        case ChangeKind::returns:
            return std::string(format.say(Word::effect_returns));
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
    for (std::size_t index = change_parts_drawn - 1; index < drawn.size(); ++index)
        other.cents += drawn[index].cents;
    drawn.resize(change_parts_drawn - 1);
    drawn.push_back(other);
    return drawn;
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
    using Step = FunnelStep::Kind;
    const auto count = [&](Step kind) {
        std::int64_t found = 0;
        for (const FunnelStep& step : part.funnel)
            if (step.kind == kind) found = step.count;
        return format.number(found);
    };
    return format.say(Word::financing_funnel_sentence,
                      {count(Step::applications), format.day(part.matured_until), count(Step::approved),
                       count(Step::settled), count(Step::refunded)});
}

std::string_view funnel_step_name(const Format& format, const FunnelStep& step) {
    constexpr Word names[] = {Word::funnel_applications, Word::funnel_approved, Word::funnel_used, Word::funnel_settled,
                              Word::funnel_refunded};
    return format.say(names[static_cast<std::size_t>(step.kind)]);
}

std::string funnel_share(const Format& format, const FinancingPart& part, const FunnelStep& step) {
    const std::int64_t applications = part.funnel.front().count;
    return applications > 0 ? format.percent(step.count * 10'000 / applications) : std::string("-");
}

std::string plans_sentence(const Format& format, const FinancingPart& part) {
    std::int64_t gross = 0;
    for (const PlanShare& plan : part.plans)
        gross += plan.gross_cents;
    const PlanShare& most = part.largest_plan;
    if (gross <= 0 || most.gross_cents <= 0) return std::string(format.say(Word::financing_plans_none));
    return format.say(Word::financing_plans_sentence, {plan_name(format, most), format.money_short(most.gross_cents),
                                                       format.percent(most.gross_cents * 10'000 / gross)});
}

}  // namespace portal::vm
