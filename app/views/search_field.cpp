#include "app/views/search_field.hpp"

#include <utility>

namespace portal::views {
namespace {

// Back, a link or a press elsewhere: its text takes the place of what is typed. A field that is being edited keeps its
// own text, so another one stands there. What was typed itself is no other address, and undoes no newer letters.
void follow_address(SearchField& field, const std::string& search) {
    if (field.asked == search) return;
    field.text = field.asked = search;
    ++field.number;
}

}  // namespace

bool search_field(const ViewContext& context, SearchField& field, vm::Word label, std::string& search,
                  const SearchFieldOptions& options) {
    follow_address(field, search);
    const bool takes_focus = std::exchange(field.takes_focus, false);
    const ui::TextFieldOptions look{.label = context.say(label),
                                    .label_shown = ui::TextFieldOptions::Label::hidden,
                                    .placeholder = context.say(label),
                                    .kind = ui::FieldKind::search,
                                    .bytes_max = options.bytes_max,
                                    .width = options.width,
                                    .disabled_reason = options.disabled_reason,
                                    .focus = takes_focus ? ui::TakeFocus::now : ui::TakeFocus::no};
    const std::string name = "search" + std::to_string(field.number);
    if (!ui::text_field(name.c_str(), field.text, look).changed) return false;
    search = field.asked = field.text;
    return true;
}

}  // namespace portal::views
