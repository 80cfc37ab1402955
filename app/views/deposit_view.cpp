#include "app/views/deposit_view.hpp"

#include "app/ui/badge.hpp"
#include "app/ui/button.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/overlay.hpp"
#include "app/ui/text_field.hpp"
#include "app/views/wording.hpp"
#include "generated/icons.hpp"
#include "shared/base/limits.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr int review_rows = 3;

const char* icon_of(DepositState state) {
    switch (state) {
        case DepositState::unmatched:
            return icons::circle_alert;
        case DepositState::matched:
            return icons::circle_check;
        case DepositState::reviewed:
            break;
    }
    return icons::check;
}

void amounts(const ViewContext& context, const vm::DepositDetail& detail) {
    const vm::Format& format = context.format;
    const vm::DepositLine& line = detail.line;
    const auto row = [&](std::string_view key, std::int64_t cents) {
        ui::key_value(key, format.money_exact(cents), key_width);
    };
    row(context.say(Word::column_expected), line.expected_cents);
    row(context.say(Word::column_deposited), line.deposited_cents);
    row(context.say(Word::column_difference), line.deposited_cents - line.expected_cents);
    if (line.reference.empty())
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::deposit_missing), ui::Color::text_muted);
    else
        ui::key_value(context.say(Word::column_reference), line.reference, key_width);
    ui::space_below(ui::space::large);
    ui::heading(2, ui::TextStyle::body_strong, context.say(Word::deposit_made_of));
    row(context.say(Word::deposit_gross, {format.number(detail.sales)}), detail.gross_cents);
    row(context.say(Word::deposit_returned), -detail.returned_cents);
    row(context.say(Word::deposit_fees), -detail.fee_cents);
    if (line.carried_cents != 0) row(context.say(Word::deposit_carried), line.carried_cents);
}

void send(const ViewContext& context, const vm::DepositDetail& detail, vm::ReviewValues wanted) {
    context.intents.emit(vm::ReviewDeposit{.intent = context.intents.new_id(),
                                           .location = detail.line.location,
                                           .day = detail.line.day,
                                           .seen = detail.review,
                                           .wanted = std::move(wanted)});
}

void given_review(const ViewContext& context, const vm::DepositDetail& detail) {
    const vm::Format& format = context.format;
    const vm::ReviewValues& review = *detail.review;
    ui::text_wrapped(ui::TextStyle::body, review.note);
    const Word by = review.reviewed ? Word::deposit_reviewed_by : Word::deposit_taken_back_by;
    if (detail.reviewed_ms)
        ui::text_wrapped(ui::TextStyle::caption,
                         context.say(by, {detail.reviewed_by_name, format.relative(*detail.reviewed_ms)}),
                         ui::Color::text_muted);
    if (review.reviewed && detail.line.state == DepositState::unmatched) {
        ui::space_below(ui::space::small);
        ui::note(ui::Tone::warn,
                 context.say(Word::deposit_review_outdated,
                             {format.money_exact(review.expected_cents), format.money_exact(review.deposited_cents)}));
    }
    ui::space_below(ui::space::medium);
}

void review_form(const ViewContext& context, ReviewDraft& draft, const vm::DepositDetail& detail) {
    const bool missing = draft.was_submitted && trimmed(draft.note).empty();
    ui::text_field("note", draft.note,
                   {.label = context.say(Word::deposit_note),
                    .hint = context.say(Word::deposit_note_hint),
                    .error = missing ? context.say(Word::deposit_note_needed) : std::string_view(),
                    .kind = ui::FieldKind::multiline,
                    .required = ui::Required::yes,
                    .bytes_max = limits::review_note_bytes_max,
                    .rows = review_rows});
    identifier_warning(context, draft.note);
    ui::space_below(ui::space::medium);
    if (!ui::button("mark", context.say(Word::deposit_mark_reviewed),
                    {.kind = ui::ButtonKind::primary, .icon = icons::check}))
        return;
    draft.was_submitted = true;
    if (trimmed(draft.note).empty()) return;
    send(context, detail,
         {detail.line.expected_cents, detail.line.deposited_cents, true, std::string(trimmed(draft.note))});
    draft = {};
}

void review_part(const ViewContext& context, ReviewDraft& draft, const vm::DepositDetail& detail) {
    if (detail.line.state == DepositState::matched && !detail.review) return;
    ui::space_below(ui::space::large);
    ui::heading(2, ui::TextStyle::body_strong, context.say(Word::deposit_review));
    if (detail.review) given_review(context, detail);
    if (detail.line.state == DepositState::matched) return;
    if (!detail.may_review) {
        ui::note(ui::Tone::info, context.say(Word::deposit_read_only));
        return;
    }
    if (detail.line.state == DepositState::unmatched) return review_form(context, draft, detail);
    if (!ui::button("take_back", context.say(Word::deposit_take_back), {.icon = icons::undo_2})) return;
    vm::ReviewValues wanted = *detail.review;
    wanted.reviewed = false;
    send(context, detail, std::move(wanted));
}

void ways_on(const ViewContext& context, const vm::DepositDetail& detail) {
    ui::space_below(ui::space::large);
    const vm::DepositLine& line = detail.line;
    const bool may_file = context.snapshot.session->may_file_tickets;
    if (may_file && line.state == DepositState::unmatched &&
        ui::button("ticket", context.say(Word::action_file_ticket), {.icon = icons::ticket}))
        context.show(vm::TicketsQuery{.composing = true, .about_day = line.day, .about_deposit = line.location});
    if (!detail.may_see_rows) return;
    const ui::ButtonOptions look{.icon = icons::list};
    const std::string_view words = context.say(Word::rows_open);
    if (may_file && line.state == DepositState::unmatched) ui::flow(ui::button_width(words, look), ui::space::small);
    if (ui::button("rows", words, look))
        context.show(vm::FinancingQuery{.from = line.day,
                                        .until = line.day,
                                        .grain = vm::Grain::day,
                                        .location = line.location,
                                        .rows = vm::RowsQuery{}});
}

}  // namespace

Word word_of(DepositState state) {
    switch (state) {
        case DepositState::unmatched:
            return Word::deposit_state_unmatched;
        case DepositState::matched:
            return Word::deposit_state_matched;
        case DepositState::reviewed:
            break;
    }
    return Word::deposit_state_reviewed;
}

ui::Tone tone_of(DepositState state) {
    switch (state) {
        case DepositState::unmatched:
            return ui::Tone::bad;
        case DepositState::matched:
            return ui::Tone::good;
        case DepositState::reviewed:
            break;
    }
    return ui::Tone::info;
}

void deposit_view(const ViewContext& context, DepositsState& state, const vm::DepositsPart& part) {
    if (!part.detail) return;
    const vm::DepositDetail& detail = *part.detail;
    const vm::DepositLine& line = detail.line;
    ui::Shown shown = ui::Shown::yes;
    const std::string title = context.say(Word::deposit_title, {context.format.day(line.day)});
    const std::string place = line.practice_name + ", " + line.location_name;
    if (ui::begin_dialog("deposit", shown,
                         {.kind = ui::DialogKind::drawer,
                          .title = title,
                          .subtitle = place,
                          .width = ui::size::drawer_width,
                          .outside_press = ui::DialogOptions::OutsidePress::closes})) {
        ui::badge(context.say(word_of(line.state)), tone_of(line.state), icon_of(line.state));
        if (line.pending) {
            ui::beside();
            ui::badge(context.say(Word::message_pending), ui::Tone::warn, icons::clock);
        }
        ui::space_below(ui::space::medium);
        amounts(context, detail);
        review_part(context, state.drafts[{line.location, line.day}], detail);
        ways_on(context, detail);
        ui::end_dialog();
    }
    if (shown == ui::Shown::yes) return;
    vm::DepositsQuery next = part.query;
    next.selected.clear();
    next.day.reset();
    context.show(std::move(next));
}

}  // namespace portal::views
