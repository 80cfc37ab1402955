// The chips of the financing screens: each filter is one, and one that is set has a cross.
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
    ui::Shown sheet = ui::Shown::no;  // Of phones.
};

// How many chips have a cross.
std::int64_t set_filter_count(const ViewContext& context, const vm::FinancingQuery& query);

void financing_filters_view(const ViewContext& context, FinancingFiltersState& state, const vm::FinancingPart& part);
// The dialogs of typed ends, which the heads of columns open, too.
void open_days(const ViewContext& context, FinancingFiltersState& state, const vm::FinancingQuery& query);
void open_amounts(const ViewContext& context, FinancingFiltersState& state, const vm::FinancingQuery& query);
// Says when the address asks for something that is not known.
void misread_note(const ViewContext& context, const vm::FinancingQuery& query);
// On phones: a button that tells how many are set and opens them as a sheet.
void filters_button(const ViewContext& context, FinancingFiltersState& state, const vm::FinancingPart& part);

}  // namespace portal::views
