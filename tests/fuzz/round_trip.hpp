// What decodes must encode to bytes that decode to the same again; anything else ends the program.
#pragma once

#include <cstdlib>
#include <string_view>

// Everything that encodes, because a template finds only what is declared before it.
#include "shared/wire/fact_page_json.hpp"
#include "shared/wire/json_codec.hpp"
#include "shared/wire/peers_json.hpp"
#include "shared/wire/share_dataset_json.hpp"
#include "shared/wire/share_json.hpp"

namespace portal::test {

template <typename Decode>
void round_trip(Decode decode, std::string_view bytes) {
    const auto first = decode(bytes);
    if (!first) return;
    const auto text = wire::encode(*first);
    const auto second = decode(text);
    if (!second || wire::encode(*second) != text) std::abort();
}

}  // namespace portal::test
