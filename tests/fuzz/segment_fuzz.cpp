// Hostile bytes into the decoder of fact segments. The checksum would stop nearly every mutated input at
// the door, so it is made right first: what is under test is everything behind it.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/wire/columnar.hpp"
#include "shared/wire/json_codec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t version_at = 3;
    constexpr std::size_t checksum_at = 4;
    constexpr std::size_t body_at = 8;
    std::string bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.size() >= body_at) {
        bytes.replace(0, version_at, "PFC");
        bytes[version_at] = static_cast<char>(portal::wire::columnar_version);
        const std::uint32_t checksum = portal::wire::crc32(std::string_view(bytes).substr(body_at));
        for (std::size_t index = 0; index < 4; ++index) {
            bytes[checksum_at + index] = static_cast<char>(checksum >> (8 * index));
        }
    }
    static_cast<void>(portal::wire::decode_columns(bytes));
    return 0;
}
