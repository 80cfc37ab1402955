// Fuzzy matching for palettes and searchable lists. Pure.
#pragma once

#include <string_view>

namespace portal::ui {

// How well `query` matches `candidate`: 0 when its letters do not occur in order, else higher is
// better. Letters at the starts of words and runs of neighbours count more. Case and the accents of
// Latin-1 do not matter. Empty queries give 1.
int fuzzy_score(std::string_view query, std::string_view candidate);

}  // namespace portal::ui
