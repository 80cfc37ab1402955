#include "app/views/export_menu.hpp"

#include <array>

#include "app/ui/menu.hpp"
#include "generated/icons.hpp"

namespace portal::views {

using vm::Word;

namespace {

constexpr float export_menu_list_width = 300;

ui::ButtonOptions export_button(const ui::ButtonOptions& asked) {
    ui::ButtonOptions button = asked;
    button.icon = icons::download;
    return button;
}

}  // namespace

float export_menu_width(const ViewContext& context, const ui::ButtonOptions& button) {
    return ui::button_width(context.say(Word::export_menu), export_button(button));
}

void export_menu(const ViewContext& context, vm::Export what, const vm::Query& query, const ui::ButtonOptions& button) {
    if (ui::button("export", context.say(Word::export_menu), export_button(button))) ui::open_menu("export_forms");
    // In the order of vm::ExportForm.
    const std::array<ui::MenuItem, 3> items = {
        ui::MenuItem{
            .id = "csv", .label = context.say(Word::export_csv), .description = context.say(Word::export_csv_note)},
        ui::MenuItem{.id = "workbook",
                     .label = context.say(Word::export_workbook),
                     .description = context.say(Word::export_workbook_note)},
        ui::MenuItem{.id = "report",
                     .label = context.say(Word::export_report),
                     .description = context.say(Word::export_report_note)}};
    const int chosen = ui::menu("export_forms", items, export_menu_list_width);
    if (chosen < 0) return;
    const std::string_view language = vm::tag_of_language(context.format.language());
    context.intents.emit(vm::ExportData{what, query, static_cast<vm::ExportForm>(chosen), std::string(language)});
}

}  // namespace portal::views
