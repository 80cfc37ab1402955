// One day of a location: what was expected, what arrived, and what somebody has found out about it.
#pragma once

#include "app/ui/tokens.hpp"
#include "app/views/deposits_view.hpp"

namespace portal::views {

vm::Word word_of(DepositState state);
ui::Tone tone_of(DepositState state);

// A drawer; nothing while no day is open.
void deposit_view(const ViewContext& context, DepositsState& state, const vm::DepositsPart& part);

}  // namespace portal::views
