#include "app/views/pitch_what_if_view.hpp"

#include <vector>

#include "app/ui/button.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/select.hpp"
#include "app/ui/text_field.hpp"
#include "app/ui/tornado.hpp"
#include "app/vm/pitch_words.hpp"
#include "app/vm/plan_wording.hpp"
#include "app/vm/typed_percent.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::PitchAsked;
using vm::PitchWish;
using vm::PitchWord;

namespace {

constexpr float share_field_width = 200;

std::string_view say_it(const ViewContext& context, PitchWord word) {
    return vm::say(context.format.language(), word);
}
std::string say_it(const ViewContext& context, PitchWord word, std::initializer_list<std::string_view> arguments) {
    return vm::say(context.format.language(), word, arguments);
}

std::string span_text(const ViewContext& context, const CentsSpan& span) {
    return say_it(context, PitchWord::what_if_range,
                  {context.format.money_short(span.low), context.format.money_short(span.high)});
}

std::string problem_words(const ViewContext& context, const vm::ProspectFilePart& file) {
    switch (file.problem) {
        case vm::FileProblem::empty:
            return std::string(say_it(context, PitchWord::what_if_empty));
        case vm::FileProblem::too_large:
            return std::string(say_it(context, PitchWord::what_if_too_large));
        case vm::FileProblem::not_text:
            return std::string(say_it(context, PitchWord::what_if_not_text));
        case vm::FileProblem::broken_line:
            return say_it(context, PitchWord::what_if_broken_line, {context.format.number(file.problem_line)});
        case vm::FileProblem::too_wide:
            return std::string(say_it(context, PitchWord::what_if_too_wide));
        case vm::FileProblem::no_columns:
            return std::string(say_it(context, PitchWord::what_if_no_columns));
        case vm::FileProblem::no_rows:
            return std::string(say_it(context, PitchWord::what_if_no_rows));
        case vm::FileProblem::none:
            break;
    }
    return {};
}

PitchWord word_of_fault(vm::RowProblem problem) {
    switch (problem) {
        case vm::RowProblem::cells:
            return PitchWord::what_if_fault_cells;
        case vm::RowProblem::day:
            return PitchWord::what_if_fault_day;
        case vm::RowProblem::amount:
            break;
    }
    return PitchWord::what_if_fault_amount;
}

void column_choices(const ViewContext& context, const vm::ProspectFilePart& file, PitchAsked& asked) {
    std::vector<ui::SelectOption> options;
    for (const std::string& column : file.columns)
        options.push_back({.label = column});
    int day = file.day_column, amount = file.amount_column;
    if (ui::select("day_column", options, day, {.label = say_it(context, PitchWord::what_if_day_column)}))
        asked = {PitchWish::choose_day_column, day};
    ui::space_below(ui::space::medium);
    if (ui::select("amount_column", options, amount, {.label = say_it(context, PitchWord::what_if_amount_column)}))
        asked = {PitchWish::choose_amount_column, amount};
    ui::space_below(ui::space::medium);
}

// Where the file leaves it open, it is said, and the user's to say.
void day_order_choice(const ViewContext& context, const vm::ProspectFilePart& file, PitchAsked& asked) {
    constexpr vm::DayOrder orders[] = {vm::DayOrder::month_first, vm::DayOrder::day_first};
    ui::note(ui::Tone::warn, say_it(context, PitchWord::what_if_either_day, {file.either_day->text}));
    ui::space_below(ui::space::medium);
    const std::string by_month =
        say_it(context, PitchWord::what_if_month_first, {context.format.day(file.either_day->by_month_first)});
    const std::string by_day =
        say_it(context, PitchWord::what_if_day_first, {context.format.day(file.either_day->by_day_first)});
    const ui::SelectOption options[] = {{.label = by_month}, {.label = by_day}};
    int chosen = file.day_order == vm::DayOrder::day_first ? 1 : 0;
    if (ui::select("day_order", options, chosen, {.label = say_it(context, PitchWord::what_if_day_order)}))
        asked = {PitchWish::choose_day_order, static_cast<int>(orders[chosen])};
    ui::space_below(ui::space::medium);
}

void file_preview(const ViewContext& context, WhatIfState& state, const vm::ProspectFilePart& file) {
    const ui::Column columns[] = {{.id = "day", .title = say_it(context, PitchWord::what_if_day_column)},
                                  {.id = "amount",
                                   .title = say_it(context, PitchWord::what_if_amount_column),
                                   .align = ui::Align::right,
                                   .narrow = ui::NarrowPlace::trailing}};
    ui::table("preview",
              {.name = say_it(context, PitchWord::what_if_preview),
               .row_count = static_cast<std::int64_t>(file.preview.size()),
               .columns = columns},
              state.preview, [&](std::int64_t index, ui::TableRow& out) {
                  const vm::FilePreviewRow& row = file.preview[static_cast<std::size_t>(index)];
                  out.cell({.text = row.day});
                  out.cell({.text = row.amount});
              });
    ui::space_below(ui::space::medium);
}

void file_summary(const ViewContext& context, const vm::ProspectFilePart& file) {
    const vm::Format& format = context.format;
    const auto line = [](const std::string& words, ui::Color ink) {
        ui::text_wrapped(ui::TextStyle::body, words, ink);
    };
    if (file.rows_used > 0)
        line(say_it(context, PitchWord::what_if_used,
                    {format.number(file.rows_used), format.day(file.production.first_day),
                     format.day(file.production.last_day), format.money_exact(file.production.total().cents)}),
             ui::Color::text);
    if (file.rows_without_amount > 0)
        line(say_it(context, PitchWord::what_if_left_out, {format.number(file.rows_without_amount)}),
             ui::Color::text_muted);
    if (file.rows_faulty == 0) return;
    line(say_it(context, PitchWord::what_if_faulty, {format.number(file.rows_faulty)}), ui::Color::warn);
    for (const vm::RowFault& fault : file.faults)
        line(say_it(context, word_of_fault(fault.problem), {format.number(fault.line)}), ui::Color::text_muted);
}

void file_card(const ViewContext& context, WhatIfState& state, const vm::WhatIfPart& part, ui::Grid& grid,
               PitchAsked& asked) {
    grid.begin_card("file", {.phone = 12, .tablet = 12, .desktop = 6},
                    {.title = say_it(context, PitchWord::what_if_file)});
    ui::text_wrapped(ui::TextStyle::body, say_it(context, PitchWord::what_if_drop), ui::Color::text_muted);
    ui::space_below(ui::space::medium);
    if (ui::button("choose_file", say_it(context, PitchWord::what_if_choose),
                   {.kind = part.file ? ui::ButtonKind::secondary : ui::ButtonKind::primary, .icon = icons::upload}))
        asked.wish = PitchWish::choose_file;
    if (part.file) {
        ui::space_below(ui::space::medium);
        ui::text_cut(ui::TextStyle::body_medium, part.file->name);
        ui::space_below(ui::space::small);
        if (part.file->problem != vm::FileProblem::none) {
            ui::note(ui::Tone::warn, problem_words(context, *part.file));
            ui::space_below(ui::space::medium);
        }
        if (!part.file->columns.empty()) column_choices(context, *part.file, asked);
        if (part.file->either_day) day_order_choice(context, *part.file, asked);
        if (!part.file->preview.empty()) file_preview(context, state, *part.file);
        file_summary(context, *part.file);
        if (part.tells_too_little) ui::note(ui::Tone::warn, say_it(context, PitchWord::what_if_too_little));
    }
    grid.end_cell();
}

std::int64_t assumed(const WhatIfAssumptions& assumptions, std::size_t field) {
    if (field < case_sizes) return assumptions.apply[field];
    return field == case_sizes ? assumptions.approval : assumptions.pull_through;
}

void share_field(const ViewContext& context, WhatIfState& state, const vm::WhatIfPart& part, std::size_t field,
                 PitchAsked& asked) {
    const std::int64_t value = assumed(part.assumptions, field);
    if (!state.is_filled || state.shown[field] != value) {
        state.shown[field] = value;
        state.typed[field] = context.format.percent(value);
    }
    const RateRange* range = field == case_sizes       ? &part.cohort.approval
                             : field == case_sizes + 1 ? &part.cohort.pull_through
                                                       : nullptr;
    const std::string label =
        field < case_sizes
            ? say_it(context, PitchWord::what_if_apply, {name_of_case_size(context.format, field)})
            : std::string(say_it(context, field == case_sizes ? PitchWord::what_if_approval : PitchWord::what_if_pull));
    const std::string hint = range ? say_it(context, PitchWord::what_if_range,
                                            {context.format.percent(range->low), context.format.percent(range->high)})
                                   : std::string();
    const auto typed = vm::typed_percent(state.typed[field]);
    const std::string id = "share" + std::to_string(field);
    const ui::TextFieldResult changed =
        ui::text_field(id.c_str(), state.typed[field],
                       {.label = label,
                        .hint = hint,
                        .error = typed ? std::string_view() : say_it(context, PitchWord::what_if_percent_wrong),
                        .bytes_max = 10,
                        .width = share_field_width});
    if (!changed.changed) return;
    if (const auto now = vm::typed_percent(state.typed[field])) {
        state.shown[field] = *now;
        asked = {PitchWish::assume, static_cast<int>(*now), static_cast<int>(field)};
    }
}

// Those whose rules are known; each once.
void state_choice(const ViewContext& context, const vm::WhatIfPart& part, PitchAsked& asked) {
    std::vector<ui::SelectOption> options = {{.label = say_it(context, PitchWord::what_if_other_state)}};
    std::vector<int> first_rules = {-1};
    int chosen = 0;
    for (std::size_t index = 0; index < part.state_rules.size(); ++index) {
        const StateRule& rule = part.state_rules[index];
        if (index > 0 && part.state_rules[index - 1].state == rule.state) continue;
        if (rule.state == part.state) chosen = static_cast<int>(options.size());
        options.push_back({.label = rule.name});
        first_rules.push_back(static_cast<int>(index));
    }
    if (ui::select("state", options, chosen,
                   {.label = say_it(context, PitchWord::what_if_state), .width = share_field_width}))
        asked = {PitchWish::choose_state, first_rules[static_cast<std::size_t>(chosen)]};
    ui::space_below(ui::space::medium);
    if (!part.state_rule) return;
    ui::note(ui::Tone::info, barred_sentence(context.format, *part.state_rule));
    ui::space_below(ui::space::medium);
}

void assumptions_card(const ViewContext& context, WhatIfState& state, const vm::WhatIfPart& part, ui::Grid& grid,
                      PitchAsked& asked) {
    grid.begin_card("assumptions", {.phone = 12, .tablet = 12, .desktop = 6},
                    {.title = say_it(context, PitchWord::what_if_assumptions)});
    if (part.has_cohort) {
        ui::text_wrapped(ui::TextStyle::body,
                         say_it(context, PitchWord::what_if_cohort,
                                {context.format.number(part.cohort.practices),
                                 context.format.day(part.cohort.first_day), context.format.day(part.cohort.last_day)}),
                         ui::Color::text_muted);
        ui::space_below(ui::space::medium);
        state_choice(context, part, asked);
        // No plan begins below the first bound.
        for (std::size_t field = 1; field < what_if_fields; ++field) {
            share_field(context, state, part, field, asked);
            ui::space_below(ui::space::small);
        }
        state.is_filled = true;
        if (ui::button("as_at_first", say_it(context, PitchWord::what_if_reset), {.icon = icons::rotate_ccw}))
            asked.wish = PitchWish::assume_as_at_first;
    }
    grid.end_cell();
}

void figure_cell(const ViewContext& context, ui::Grid& grid, const char* id, PitchWord word, const std::string& value,
                 const std::string& range) {
    grid.begin_card(id, {.phone = 12, .tablet = 6, .desktop = 3}, {.title = say_it(context, word)});
    ui::text(ui::TextStyle::figure, value);
    ui::text_wrapped(ui::TextStyle::body, range, ui::Color::text_muted);
    grid.end_cell();
}

void figures_row(const ViewContext& context, const WhatIf& result, ui::Grid& grid) {
    const vm::Format& format = context.format;
    const auto rate = [&](const RateRange& range) {
        return say_it(context, PitchWord::what_if_range, {format.percent(range.low), format.percent(range.high)});
    };
    figure_cell(context, grid, "volume", PitchWord::what_if_volume, format.money_short(result.volume.middle),
                span_text(context, result.volume));
    figure_cell(context, grid, "cost", PitchWord::what_if_cost, format.money_short(result.cost.middle),
                span_text(context, result.cost));
    figure_cell(context, grid, "approval", PitchWord::what_if_approval, format.percent(result.approval.middle),
                rate(result.approval));
    figure_cell(context, grid, "pull", PitchWord::what_if_pull, format.percent(result.pull_through.middle),
                rate(result.pull_through));
}

void size_card(const ViewContext& context, WhatIfState& state, const WhatIf& result, ui::Grid& grid) {
    const auto number = [&](const char* id, PitchWord word, ui::NarrowPlace narrow) {
        return ui::Column{
            .id = id, .title = say_it(context, word), .width = -1, .align = ui::Align::right, .narrow = narrow};
    };
    const ui::Column columns[] = {
        {.id = "size", .title = say_it(context, PitchWord::what_if_column_size), .width = -1.6f},
        number("cases", PitchWord::what_if_column_cases, ui::NarrowPlace::dropped),
        number("production", PitchWord::what_if_column_production, ui::NarrowPlace::dropped),
        number("financed", PitchWord::what_if_column_financed, ui::NarrowPlace::trailing),
        number("span", PitchWord::what_if_column_span, ui::NarrowPlace::subtitle),
        number("cost", PitchWord::what_if_column_cost, ui::NarrowPlace::dropped)};
    grid.begin_card("sizes", {.phone = 12}, {.title = say_it(context, PitchWord::what_if_by_size)});
    ui::table("sizes",
              {.name = say_it(context, PitchWord::what_if_by_size),
               .row_count = static_cast<std::int64_t>(case_sizes),
               .columns = columns},
              state.by_size, [&](std::int64_t index, ui::TableRow& out) {
                  const auto size = static_cast<std::size_t>(index);
                  out.cell({.kind = ui::TableCell::Kind::strong, .text = name_of_case_size(context.format, size)});
                  out.cell({.text = context.format.number(result.production[size].cases)});
                  out.cell({.text = context.format.money_short(result.production[size].cents)});
                  out.cell({.text = context.format.money_short(result.by_size[size].middle)});
                  out.cell({.text = span_text(context, result.by_size[size])});
                  out.cell({.text = context.format.money_short(result.cost_by_size[size].middle)});
              });
    grid.end_cell();
}

void plan_card(const ViewContext& context, WhatIfState& state, const WhatIf& result, ui::Grid& grid) {
    const auto number = [&](const char* id, PitchWord word, ui::NarrowPlace narrow) {
        return ui::Column{
            .id = id, .title = say_it(context, word), .width = -1, .align = ui::Align::right, .narrow = narrow};
    };
    const ui::Column columns[] = {{.id = "plan", .title = say_it(context, PitchWord::what_if_column_plan), .width = -2},
                                  number("financed", PitchWord::what_if_column_financed, ui::NarrowPlace::trailing),
                                  number("span", PitchWord::what_if_column_span, ui::NarrowPlace::subtitle),
                                  number("fee", PitchWord::what_if_column_fee, ui::NarrowPlace::dropped),
                                  number("cost", PitchWord::what_if_column_cost, ui::NarrowPlace::dropped)};
    grid.begin_card("plans", {.phone = 12, .tablet = 12, .desktop = 6},
                    {.title = say_it(context, PitchWord::what_if_by_plan)});
    ui::table("plans",
              {.name = say_it(context, PitchWord::what_if_by_plan),
               .row_count = static_cast<std::int64_t>(result.by_plan.size()),
               .columns = columns},
              state.by_plan, [&](std::int64_t index, ui::TableRow& out) {
                  const WhatIfPlan& plan = result.by_plan[static_cast<std::size_t>(index)];
                  out.cell({.kind = ui::TableCell::Kind::strong, .text = plan.plan.name});
                  out.cell({.text = context.format.money_short(plan.volume.middle)});
                  out.cell({.text = span_text(context, plan.volume)});
                  out.cell({.text = context.format.percent_exact(plan.plan.merchant_fee_basis_points)});
                  out.cell({.text = context.format.money_short(plan.cost.middle)});
              });
    grid.end_cell();
}

void tornado_card(const ViewContext& context, const WhatIf& result, ui::Grid& grid) {
    std::vector<ui::TornadoBar> bars;
    for (const Sensitivity& one : result.sensitivities)
        bars.push_back({say_it(context, word_of_factor(one.factor)), static_cast<double>(one.low_cents),
                        static_cast<double>(one.high_cents),
                        span_text(context, {one.low_cents, result.volume.middle, one.high_cents})});
    const std::string sentence =
        say_it(context, PitchWord::what_if_tornado_sentence, {bars.front().label, bars.front().words});
    grid.begin_card("tornado", {.phone = 12, .tablet = 12, .desktop = 6},
                    {.title = say_it(context, PitchWord::what_if_tornado)});
    ui::tornado("tornado", sentence, bars, static_cast<double>(result.volume.middle));
    ui::text_wrapped(ui::TextStyle::body, sentence, ui::Color::text_muted);
    grid.end_cell();
}

void offers_card(const ViewContext& context, const vm::WhatIfPart& part, ui::Grid& grid) {
    if (part.offers.empty()) return;
    const std::string title = say_it(context, PitchWord::what_if_offers,
                                     {context.format.money_exact(part.offers.front().estimate.purchase_cents)});
    grid.begin_card("offers", {.phone = 12}, {.title = title});
    for (const vm::PlanOffer& offer : part.offers) {
        const vm::PlanWording wording = vm::plan_wording(context.format, offer.plan);
        // Claim and condition in one size and one ink.
        ui::text_wrapped(ui::TextStyle::body_medium, wording.claim);
        ui::text_wrapped(ui::TextStyle::body_medium, wording.condition);
        ui::text_wrapped(ui::TextStyle::body, vm::estimate_sentence(context.format, offer.estimate));
        ui::space_below(ui::space::large);
    }
    grid.end_cell();
}

}  // namespace

std::string barred_sentence(const vm::Format& format, const StateRule& rule) {
    return vm::say(format.language(), PitchWord::what_if_barred, {rule.name, rule.source});
}

std::string name_of_case_size(const vm::Format& format, std::size_t size) {
    const auto bound = [&](std::size_t index) { return format.money_short(case_bounds_cents[index]); };
    if (size == 0) return vm::say(format.language(), PitchWord::what_if_below, {bound(0)});
    if (size == case_bounds_cents.size())
        return vm::say(format.language(), PitchWord::what_if_above, {bound(size - 1)});
    return vm::say(format.language(), PitchWord::what_if_between, {bound(size - 1), bound(size)});
}

vm::PitchWord word_of_factor(WhatIfFactor factor) {
    switch (factor) {
        case WhatIfFactor::apply:
            return PitchWord::what_if_apply_any;
        case WhatIfFactor::approval:
            return PitchWord::what_if_approval;
        case WhatIfFactor::pull_through:
            return PitchWord::what_if_pull;
        case WhatIfFactor::case_amount:
            break;
    }
    return PitchWord::what_if_case_amount;
}

PitchAsked pitch_what_if_view(const ViewContext& context, WhatIfState& state, const vm::WhatIfPart& part) {
    PitchAsked asked;
    ui::text_wrapped(ui::TextStyle::body, say_it(context, PitchWord::what_if_sentence), ui::Color::text_muted);
    ui::space_below(ui::space::large);
    ui::Grid grid("what_if");
    if (part.result) {
        grid.begin_cell({.phone = 12});
        const std::string scaled =
            say_it(context, PitchWord::what_if_scaled, {context.format.number(part.result->days)});
        ui::section_heading(say_it(context, PitchWord::what_if_result), scaled);
        if (ui::button("leave_behind", say_it(context, PitchWord::leave_save), {.icon = icons::download}))
            asked.wish = PitchWish::save_leave_behind;
        grid.end_cell();
        figures_row(context, *part.result, grid);
    }
    file_card(context, state, part, grid, asked);
    assumptions_card(context, state, part, grid, asked);
    if (part.result) {
        size_card(context, state, *part.result, grid);
        plan_card(context, state, *part.result, grid);
        tornado_card(context, *part.result, grid);
        offers_card(context, part, grid);
    }
    return asked;
}

}  // namespace portal::views
