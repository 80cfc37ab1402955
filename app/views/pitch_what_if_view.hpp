// The prospect's own numbers: the file as it was understood, the assumptions, and what could be financed.
#pragma once

#include <array>
#include <string>

#include "app/ui/table.hpp"
#include "app/views/view.hpp"
#include "app/vm/pitch_part.hpp"
#include "app/vm/pitch_words.hpp"
#include "app/vm/what_if_part.hpp"

namespace portal::views {

// Typed shares stand here until they are ones.
inline constexpr std::size_t what_if_fields = case_sizes + 2;
struct WhatIfState {
    std::array<std::string, what_if_fields> typed;
    std::array<std::int64_t, what_if_fields> shown{};
    bool is_filled = false;
    ui::TableState by_size, by_plan, preview;
};

vm::PitchAsked pitch_what_if_view(const ViewContext& context, WhatIfState& state, const vm::WhatIfPart& part);

// What the state bars, for a part that has such a rule.
std::string barred_sentence(const vm::Format& format, const StateRule& rule);

// "$1,000 to $2,500"
std::string name_of_case_size(const vm::Format& format, std::size_t size);
vm::PitchWord word_of_factor(WhatIfFactor factor);

}  // namespace portal::views
