// Hostile bytes into every decoder of the sync protocol. What decodes must encode to bytes that decode
// to the same again: otherwise a repeated mutation would be taken for another one.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tests/fuzz/round_trip.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace portal::wire;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    portal::test::round_trip(decode_pull_request, bytes);
    portal::test::round_trip(decode_pull_line, bytes);
    portal::test::round_trip(decode_push_request, bytes);
    portal::test::round_trip(decode_push_response, bytes);
    portal::test::round_trip(decode_mutation, bytes);
    static_cast<void>(decode_error(bytes));
    return 0;
}
