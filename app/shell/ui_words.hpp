// The few words that widgets say by themselves, taken from the catalogue.
#pragma once

#include "app/ui/words.hpp"
#include "app/vm/words.hpp"

namespace portal::shell {

ui::Words widget_words(vm::Language language);

}  // namespace portal::shell
