// Hostile bytes into the reader of recordings. What it takes must be written to bytes that read the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "shared/wire/share_recording.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace portal::wire;
    const auto first = read_share_recording(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!first) return 0;
    const auto text = encode(*first);
    const auto second = read_share_recording(text);
    if (!second || second->is_altered || second->end != first->end || encode(*second) != text) std::abort();
    return 0;
}
