#include "app/views/vendor_volumes_view.hpp"

#include <array>
#include <vector>

#include "app/ui/button.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/overlay.hpp"
#include "app/ui/table.hpp"
#include "app/views/passport_view.hpp"
#include "app/vm/financing_passport.hpp"

namespace portal::views {

using vm::Word;

namespace {

std::string count_words(const ViewContext& context, const Figure& count) {
    return count.value ? context.format.figure(count) : std::string(context.say(Word::volumes_hidden));
}

// By column; the first one is the month.
constexpr std::array<Figure vm::VendorMonth::*, 3> counts_of_month = {
    &vm::VendorMonth::applications, &vm::VendorMonth::approved, &vm::VendorMonth::sales};

std::string passport_of_count(const vm::VendorMonth& month, const Figure& count) {
    return vm::passport_of_period(count.id, first_day_of_month(month.month));
}

ui::TableResult months_table(const ViewContext& context, ui::TableState& table, const vm::VendorVolumes& volumes) {
    const auto number = [&](const char* id, Word title) {
        return ui::Column{
            .id = id, .title = context.say(title), .width = -1, .align = ui::Align::right, .cells = ui::Cells::press};
    };
    std::array<ui::Column, 4> columns = {
        ui::Column{.id = "month", .title = context.say(Word::column_month), .width = -1},
        number("applications", Word::column_applications), number("approved", Word::column_approved),
        number("sales", Word::column_sales)};
    columns[2].narrow = ui::NarrowPlace::dropped;
    columns[3].narrow = ui::NarrowPlace::trailing;
    return ui::table("months",
                     {.name = context.say(Word::volumes_title),
                      .row_count = static_cast<std::int64_t>(volumes.months.size()),
                      .columns = columns,
                      .rows = ui::TableOptions::Rows::rest},
                     table, [&](std::int64_t index, ui::TableRow& out) {
                         const vm::VendorMonth& month = volumes.months[static_cast<std::size_t>(index)];
                         out.cell({.text = context.format.month(month.month)});
                         out.cell({.text = count_words(context, month.applications)});
                         out.cell({.text = count_words(context, month.approved)});
                         out.cell({.kind = ui::TableCell::Kind::strong, .text = count_words(context, month.sales)});
                     });
}

// A drawer while the query names a count of a month that is told.
void count_passport(const ViewContext& context, const vm::VendorVolumes& volumes, const vm::IntegrationsQuery& query) {
    for (const vm::VendorMonth& month : volumes.months)
        for (const auto count : counts_of_month) {
            if (query.passport != passport_of_count(month, month.*count)) continue;
            std::vector<PassportLine> lines = {{context.say(Word::column_month), context.format.month(month.month)}};
            if (!(month.*count).value)
                lines.push_back({context.say(Word::volumes_hidden), std::string(context.say(Word::volumes_subtitle))});
            if (passport_drawer(context, month.*count, {}, lines) != PassportEvent::closed) return;
            vm::IntegrationsQuery next = query;
            next.passport.clear();
            return context.show(std::move(next));
        }
}

// True when the user has said so.
bool consent_dialog(const ViewContext& context, IntegrationsState& state, const vm::IntegrationDetail& detail) {
    const bool gives = !detail.consent->is_given;
    const Word title = gives ? Word::consent_give_title : Word::consent_take_title;
    if (!ui::begin_dialog("consent", state.consent_shown, {.title = context.say(title)})) return false;
    ui::text_wrapped(ui::TextStyle::body, context.say(gives ? Word::consent_give_text : Word::consent_take_text,
                                                      {detail.brief.vendor_name}));
    ui::dialog_footer();
    const bool is_said = ui::button("consent_now", context.say(gives ? Word::consent_give : Word::consent_take),
                                    {.kind = ui::ButtonKind::primary});
    ui::beside();
    if (ui::button("consent_cancel", context.say(Word::cancel)) || is_said) state.consent_shown = ui::Shown::no;
    ui::end_dialog();
    return is_said;
}

}  // namespace

void vendor_volumes_card(const ViewContext& context, ui::Grid& grid, ui::TableState& table,
                         const vm::IntegrationDetail& detail, vm::IntegrationsQuery query) {
    if (!detail.volumes) return;
    const vm::VendorVolumes& volumes = *detail.volumes;
    const std::string as_of =
        context.say(Word::as_of, {context.format.day_and_time(context.snapshot.integrations->as_of_ms)});
    grid.begin_card("volumes", {.phone = 12},
                    {.title = context.say(Word::volumes_title),
                     .subtitle = volumes.is_agreed ? context.say(Word::volumes_subtitle) : std::string_view(),
                     .as_of = as_of});
    ui::TableResult pressed;
    if (!volumes.is_agreed)
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::volumes_not_agreed), ui::Color::text_muted);
    else if (volumes.months.empty())
        ui::text_wrapped(ui::TextStyle::body, context.say(Word::volumes_none), ui::Color::text_muted);
    else
        pressed = months_table(context, table, volumes);
    grid.end_cell();
    count_passport(context, volumes, query);
    if (pressed.pressed_row < 0) return;
    const vm::VendorMonth& month = volumes.months[static_cast<std::size_t>(pressed.pressed_row)];
    const auto count = counts_of_month[static_cast<std::size_t>(pressed.pressed_column - 1)];
    query.passport = passport_of_count(month, month.*count);
    context.show(std::move(query));
}

void vendor_consent_card(const ViewContext& context, ui::Grid& grid, IntegrationsState& state,
                         const vm::IntegrationDetail& detail) {
    if (!detail.consent) return;
    const vm::VendorConsent& consent = *detail.consent;
    grid.begin_card("consent", {.phone = 12, .desktop = 6}, {.title = context.say(Word::consent_title)});
    const std::string says =
        context.say(consent.is_given ? Word::consent_given : Word::consent_not_given, {detail.brief.vendor_name});
    ui::text_wrapped(ui::TextStyle::body, says, ui::Color::text_muted);
    ui::space_below(ui::space::small);
    // The switch shows what holds; the question comes before anything changes.
    bool is_on = consent.is_given;
    const std::string_view hint = consent.pending ? context.say(Word::message_pending) : std::string_view();
    if (ui::toggle("vendor_consent", context.say(Word::consent_toggle), is_on, {.hint = hint}))
        state.consent_shown = ui::Shown::yes;
    if (consent_dialog(context, state, detail))
        context.intents.emit(vm::SetVendorConsent{context.intents.new_id(), consent.practice, !consent.is_given});
    grid.end_cell();
}

}  // namespace portal::views
