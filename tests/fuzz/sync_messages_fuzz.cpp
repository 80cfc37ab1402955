// Hostile bytes into every decoder of the sync protocol. What decodes must encode to bytes that decode
// to the same again: otherwise a repeated mutation would be taken for another one.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "shared/wire/json_codec.hpp"

namespace {

template <typename Decode>
void decode_twice(Decode decode, std::string_view bytes) {
    const auto first = decode(bytes);
    if (!first) return;
    const auto text = portal::wire::encode(*first);
    const auto second = decode(text);
    if (!second || portal::wire::encode(*second) != text) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace portal::wire;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    decode_twice(decode_pull_request, bytes);
    decode_twice(decode_pull_line, bytes);
    decode_twice(decode_push_request, bytes);
    decode_twice(decode_push_response, bytes);
    decode_twice(decode_mutation, bytes);
    static_cast<void>(decode_error(bytes));
    return 0;
}
