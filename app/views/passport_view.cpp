#include "app/views/passport_view.hpp"

#include <array>

#include "app/ui/button.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/overlay.hpp"
#include "app/views/peers_view.hpp"
#include "app/vm/financing_words.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

Word basis_word(FigureBasis basis) {
    switch (basis) {
        case FigureBasis::posted:
            return Word::passport_basis_posted;
        case FigureBasis::cohort:
            return Word::passport_basis_cohort;
        case FigureBasis::now:
            break;
    }
    return Word::passport_basis_now;
}

std::string amount(const vm::Format& format, const Figure& figure, std::int64_t value, bool is_denominator) {
    return vm::is_money(figure, is_denominator) ? format.money_exact(value) : format.number(value);
}

std::string month_name(const ViewContext& context, MonthIndex month) {
    return context.format.month_short(month) + " " + std::to_string(civil_from_day(first_day_of_month(month)).year);
}

// The vocabulary of sizes is the source's; ours has words.
std::string size_name(const ViewContext& context, const std::string& size) {
    if (size == "small") return std::string(context.say(Word::practice_size_small));
    if (size == "medium") return std::string(context.say(Word::practice_size_medium));
    if (size == "large") return std::string(context.say(Word::practice_size_large));
    return size;
}

std::string cohort_words(const ViewContext& context, const vm::ForecastFooting& footing) {
    switch (footing.cohort) {
        case vm::ForecastFooting::Cohort::learned_from:
            return context.say(Word::passport_cohort,
                               {context.format.number(footing.cohort_practices),
                                context.say(vm::word_of(footing.specialty)), size_name(context, footing.size)});
        case vm::ForecastFooting::Cohort::several_practices:
            return std::string(context.say(Word::passport_cohort_several));
        case vm::ForecastFooting::Cohort::nobody_else:
            break;
    }
    return std::string(context.say(Word::passport_cohort_nobody));
}

void forecast_lines(const ViewContext& context, const vm::ForecastFooting& footing, const Figure& figure) {
    const vm::Format& format = context.format;
    if (figure.low && figure.high && *figure.low != *figure.high) {
        ui::key_value(context.say(Word::passport_low), format.money_exact(*figure.low), key_width);
        ui::key_value(context.say(Word::passport_high), format.money_exact(*figure.high), key_width);
    }
    ui::key_value(context.say(Word::passport_month), month_name(context, footing.month), key_width);
    ui::key_value(context.say(Word::passport_business_days),
                  format.of_total(footing.business_days_elapsed, footing.business_days), key_width);
    ui::key_value(context.say(Word::passport_learned),
                  context.say(Word::passport_own_months, {format.number(footing.own_months)}), key_width);
    ui::key_value(context.say(Word::passport_shrunk), cohort_words(context, footing), key_width);
}

void count_lines(const ViewContext& context, const Figure& figure) {
    const vm::Format& format = context.format;
    if (figure.id == FigureId::net_change) {
        ui::key_value(context.say(Word::passport_now), format.money_exact(figure.numerator), key_width);
        return ui::key_value(context.say(Word::passport_compared), format.money_exact(figure.denominator), key_width);
    }
    if (figure.id == FigureId::dollars_at_risk) {
        ui::key_value(context.say(Word::passport_average_month), format.money_exact(figure.numerator), key_width);
        const std::string health = figure.value ? format.number(figure.denominator) : std::string("-");
        return ui::key_value(context.say(Word::column_health), health, key_width);
    }
    ui::key_value(context.say(Word::passport_numerator), amount(format, figure, figure.numerator, false), key_width);
    if (figure.id == FigureId::month_forecast)
        ui::key_value(context.say(Word::passport_expected_share), format.percent(figure.denominator), key_width);
    else if (figure.denominator != 1)
        ui::key_value(context.say(Word::passport_denominator), amount(format, figure, figure.denominator, true),
                      key_width);
}

// A count that is kept back has none beside it either.
bool keeps_counts(const Figure& figure) {
    const bool is_kept_back = !figure.value && figure.denominator == 0 && figure.reason == FigureReason::none;
    return is_kept_back || figure.reason == FigureReason::filtered_out;
}

// What an average does not tell of its sales, and how many applications there are behind repeated rows.
void spread_lines(const ViewContext& context, const vm::FinancingPart& part, const Figure& figure) {
    const vm::Format& format = context.format;
    if (figure.id == FigureId::average_sale && part.sale_quantiles.size() == 2) {
        ui::key_value(context.say(Word::passport_median_sale), format.money_exact(part.sale_quantiles[0]), key_width);
        ui::key_value(context.say(Word::passport_high_sale), format.money_exact(part.sale_quantiles[1]), key_width);
    }
    if (figure.id == FigureId::applications && part.distinct_applications)
        ui::key_value(context.say(Word::passport_distinct), format.number(*part.distinct_applications), key_width);
}

// The practice's peers, whose figure the server has rounded.
void peer_lines(const ViewContext& context, const vm::PeersPart& peers, const vm::PeerLine& line) {
    const vm::Format& format = context.format;
    ui::key_value(context.say(Word::column_peers), peers_value(context, line), key_width);
    ui::key_value(context.say(Word::passport_peers), format.number(peers.practices), key_width);
    ui::key_value(context.say(Word::financing_period),
                  context.say(Word::financing_period_custom, {format.day(peers.from), format.day(peers.until)}),
                  key_width);
}

// What the figure is of, where that is less or other than the selection.
void passport_lines(const ViewContext& context, const vm::FinancingPart& part, const vm::Passport& passport) {
    if (!passport.of.empty()) ui::key_value(context.say(Word::passport_of), passport.of, key_width);
    if (passport.compared)
        ui::key_value(context.say(Word::passport_compared), context.format.money_exact(*passport.compared), key_width);
    if (passport.peers) return peer_lines(context, part.peers, *passport.peers);
    if (passport.of.empty()) spread_lines(context, part, passport.figure);
    const vm::Format& format = context.format;
    ui::key_value(context.say(Word::financing_period),
                  context.say(Word::financing_period_custom, {format.day(passport.from), format.day(passport.until)}),
                  key_width);
    ui::key_value(context.say(Word::export_filters), vm::filter_words(format, part), key_width);
}

}  // namespace

void passport_body(const ViewContext& context, const vm::ForecastFooting& footing, const Figure& figure,
                   PassportCounts counts) {
    const vm::Format& format = context.format;
    ui::text(ui::TextStyle::hero, format.figure(figure));
    if (const std::string note = format.figure_note(figure); !note.empty())
        ui::text_wrapped(ui::TextStyle::body, note, ui::Color::text_muted);
    ui::space_below(ui::space::large);
    ui::text(ui::TextStyle::body_strong, context.say(Word::passport_formula));
    ui::text_wrapped(ui::TextStyle::body, context.say(vm::formula_of(figure.id)));
    ui::space_below(ui::space::large);
    if (counts == PassportCounts::told && !keeps_counts(figure)) count_lines(context, figure);
    if (figure.id == FigureId::month_forecast) forecast_lines(context, footing, figure);
    if (figure.immature > 0)
        ui::key_value(context.say(Word::passport_immature), format.number(figure.immature), key_width);
    ui::key_value(context.say(Word::passport_basis), context.say(basis_word(figure.basis)), key_width);
    ui::key_value(context.say(Word::passport_as_of), format.day_and_time(figure.as_of_ms), key_width);
    if (figure.closed_until > 0)
        ui::key_value(context.say(Word::passport_closed_until), format.day(figure.closed_until), key_width);
    ui::key_value(context.say(Word::passport_version), format.number(figure.version), key_width);
}

std::string forecast_range(const ViewContext& context, const vm::ForecastFooting& footing, const Figure& figure) {
    const vm::Format& format = context.format;
    if (*figure.low == *figure.high) return month_name(context, footing.month);
    return context.say(Word::forecast_range, {format.month_short(footing.month), format.money_short(*figure.low),
                                              format.money_short(*figure.high)});
}

std::string figure_name(FigureId id) {
    return std::string(figure_texts[static_cast<std::size_t>(id)]);
}

PassportEvent passport_drawer(const ViewContext& context, const Figure& figure, std::string_view action,
                              std::span<const PassportLine> lines, const vm::FinancingPart* part,
                              const vm::Passport* passport) {
    PassportEvent event = PassportEvent::none;
    ui::Shown shown = ui::Shown::yes;
    const std::string title = context.say(Word::passport_title, {context.say(vm::word_of(figure.id))});
    if (ui::begin_dialog("passport", shown,
                         {.kind = ui::DialogKind::drawer,
                          .title = title,
                          .width = ui::size::drawer_width,
                          .outside_press = ui::DialogOptions::OutsidePress::closes})) {
        passport_body(context, part ? part->forecast : vm::ForecastFooting{}, figure, PassportCounts::told);
        for (const PassportLine& line : lines)
            ui::key_value(line.key, line.value, key_width);
        if (part && passport) passport_lines(context, *part, *passport);
        if (!action.empty()) {
            ui::space_below(ui::space::large);
            if (ui::button("passport_rows", action, {.icon = icons::list})) event = PassportEvent::acted;
        }
        ui::end_dialog();
    }
    return shown == ui::Shown::yes ? event : PassportEvent::closed;
}

void show_passport(const ViewContext& context, const vm::FinancingPart& part, std::string passport) {
    vm::FinancingQuery next = part.query;
    next.passport = std::move(passport);
    context.show(std::move(next));
}

void passport_view(const ViewContext& context, const vm::FinancingPart& part) {
    auto passport = vm::open_passport(context.format, part);
    if (!passport) return;
    const bool has_rows = part.may_see_rows && passport->rows;
    const std::string_view action = has_rows ? context.say(Word::rows_open) : std::string_view();
    const PassportEvent event = passport_drawer(context, passport->figure, action, {}, &part, &*passport);
    if (event == PassportEvent::acted) return context.show(std::move(*passport->rows));
    if (event == PassportEvent::none) return;
    vm::FinancingQuery next = part.query;
    next.passport.clear();
    context.show(std::move(next));
}

}  // namespace portal::views
