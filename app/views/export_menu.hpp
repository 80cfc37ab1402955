// The menu that offers what a screen shows as a file, in each form.
#pragma once

#include "app/ui/button.hpp"
#include "app/views/view.hpp"

namespace portal::views {

float export_menu_width(const ViewContext& context, const ui::ButtonOptions& button);
void export_menu(const ViewContext& context, vm::Export what, const vm::Query& query, const ui::ButtonOptions& button);

}  // namespace portal::views
