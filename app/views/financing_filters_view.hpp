// The chip row of the financing screen: period, grain, practice, location and plan.
#pragma once

#include <string>
#include <vector>

#include "app/ui/overlay.hpp"
#include "app/views/view.hpp"

namespace portal::views {

// Is anything but the period chosen?
bool is_filtered(const vm::FinancingQuery& query);
// A chip for one filter; index 0 of `choices` is "All". True when `selected` changed.
bool filter_menu(const char* id, std::string_view label, const std::vector<std::string>& choices, int& selected,
                 std::string_view disabled_reason = {});

// A dialog with two typed ends, while it is open.
struct TypedRange {
    ui::Shown shown = ui::Shown::no;
    std::string first, last;  // As they are typed.
    bool was_submitted = false;
    bool takes_focus = false;
};
struct FinancingFiltersState {
    TypedRange days, amounts;
};

void financing_filters_view(const ViewContext& context, FinancingFiltersState& state, const vm::FinancingPart& part);

}  // namespace portal::views
