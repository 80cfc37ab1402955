#include "app/views/passport_view.hpp"

#include <array>

#include "app/ui/button.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/overlay.hpp"
#include "app/vm/vocabulary.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

// words/financing.def lists the formulas in the order of FigureId.
Word formula_of(FigureId id) {
    return static_cast<Word>(static_cast<int>(Word::formula_net_financed_volume) + static_cast<int>(id));
}

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

// Numerator and denominator carry the figure's own unit unless it is a rate of counts.
std::string amount(const vm::Format& format, const Figure& figure, std::int64_t value, bool is_denominator) {
    const bool money_over_money = figure.id == FigureId::effective_fee_rate || figure.id == FigureId::attainment ||
                                  figure.id == FigureId::pace || figure.id == FigureId::approved_amount_share ||
                                  figure.id == FigureId::plan_mix;
    const bool money = money_over_money || (figure.unit == FigureUnit::cents && !is_denominator);
    return money ? format.money_exact(value) : format.number(value);
}

void body(const ViewContext& context, const Figure& figure) {
    const vm::Format& format = context.format;
    ui::text(ui::TextStyle::hero, format.figure(figure));
    if (const std::string note = format.figure_note(figure); !note.empty())
        ui::text_wrapped(ui::TextStyle::body, note, ui::Color::text_muted);
    ui::space_below(ui::space::large);
    ui::text(ui::TextStyle::body_strong, context.say(Word::passport_formula));
    ui::text_wrapped(ui::TextStyle::body, context.say(formula_of(figure.id)));
    ui::space_below(ui::space::large);
    ui::key_value(context.say(Word::passport_numerator), amount(format, figure, figure.numerator, false), key_width);
    if (figure.denominator != 1)
        ui::key_value(context.say(Word::passport_denominator), amount(format, figure, figure.denominator, true),
                      key_width);
    if (figure.immature > 0)
        ui::key_value(context.say(Word::passport_immature), format.number(figure.immature), key_width);
    ui::key_value(context.say(Word::passport_basis), context.say(basis_word(figure.basis)), key_width);
    ui::key_value(context.say(Word::passport_as_of), format.day_and_time(figure.as_of_ms), key_width);
    if (figure.closed_until > 0)
        ui::key_value(context.say(Word::passport_closed_until), format.day(figure.closed_until), key_width);
    ui::key_value(context.say(Word::passport_version), format.number(figure.version), key_width);
}

}  // namespace

std::string figure_name(FigureId id) {
    return std::string(figure_texts[static_cast<std::size_t>(id)]);
}

void passport_view(const ViewContext& context, const vm::FinancingPart& part) {
    const Figure* figure = nullptr;
    for (const Figure& one : part.figures)
        if (!part.query.passport.empty() && figure_name(one.id) == part.query.passport) figure = &one;
    if (!figure) return;
    ui::Shown shown = ui::Shown::yes;
    const std::string title = context.say(Word::passport_title, {context.say(vm::word_of(figure->id))});
    if (ui::begin_dialog("passport", shown,
                         {.kind = ui::DialogKind::drawer,
                          .title = title,
                          .width = ui::size::drawer_width,
                          .outside_press = ui::DialogOptions::OutsidePress::closes})) {
        body(context, *figure);
        if (part.may_see_rows) {
            ui::space_below(ui::space::large);
            if (ui::button("passport_rows", context.say(Word::rows_open), {.icon = icons::list})) {
                vm::FinancingQuery rows = part.query;
                rows.passport.clear();
                rows.rows_page = 1;
                context.show(std::move(rows));
            }
        }
        ui::end_dialog();
    }
    if (shown == ui::Shown::yes) return;
    vm::FinancingQuery next = part.query;
    next.passport.clear();
    context.show(std::move(next));
}

}  // namespace portal::views
