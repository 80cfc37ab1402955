// Hostile bytes into the decoder of rollups, behind their checksum, as segment_fuzz.cpp does it for facts. What decodes
// encodes to bytes that decode to the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "shared/wire/json_codec.hpp"
#include "shared/wire/rollup_columns.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace portal;
    constexpr std::size_t version_at = 3, checksum_at = 4, body_at = 8;
    std::string bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.size() >= body_at) {
        bytes.replace(0, version_at, "PFR");
        bytes[version_at] = static_cast<char>(wire::rollup_version);
        const std::uint32_t checksum = wire::crc32(std::string_view(bytes).substr(body_at));
        for (std::size_t index = 0; index < 4; ++index)
            bytes[checksum_at + index] = static_cast<char>(checksum >> (8 * index));
    }
    const auto rollup = wire::decode_rollup(bytes);
    if (!rollup) return 0;
    const std::string again = wire::encode_rollup(*rollup);
    const auto same = wire::decode_rollup(again);
    if (!same || wire::encode_rollup(*same) != again) std::abort();
    return 0;
}
