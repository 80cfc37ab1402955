#include <array>
#include <string>

#include "shared/base/random.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::wire {
namespace {

constexpr std::array<std::uint32_t, 256> make_crc_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit)
            value = value >> 1 ^ ((value & 1) != 0 ? 0xEDB88320u : 0u);
        table[byte] = value;
    }
    return table;
}
constexpr std::array<std::uint32_t, 256> crc_table = make_crc_table();

// FNV-1a with 128 bits (Fowler, Noll, Vo; the IETF draft's offset basis and prime, 2^88 + 0x13b).
constexpr Wide fnv_offset = static_cast<Wide>(0x6c62272e07bb0142ull) << 64 | 0x62b821756295c58dull;
constexpr Wide fnv_prime = static_cast<Wide>(1) << 88 | 0x13b;

Wide fnv(Wide hash, std::string_view bytes) {
    for (const char byte : bytes)
        hash = (hash ^ static_cast<unsigned char>(byte)) * fnv_prime;
    return hash;
}

// Sums of hashes are compared, so each bit must depend on all bits of the input; FNV alone leaves the low ones weak.
std::uint64_t finalised(std::uint64_t half) {
    return SeededRandom(half).next();
}

}  // namespace

std::uint32_t crc32(std::string_view bytes, std::uint32_t former) {
    std::uint32_t value = ~former;
    for (const char byte : bytes)
        value = value >> 8 ^ crc_table[(value ^ static_cast<unsigned char>(byte)) & 0xff];
    return ~value;
}

std::array<std::uint64_t, 2> row_hash(Entity entity, std::string_view id, std::int64_t rev) {
    constexpr std::string_view separator("\0", 1);
    Wide hash = fnv(fnv_offset, descriptor_of(entity).name);
    hash = fnv(fnv(hash, separator), id);
    hash = fnv(fnv(hash, separator), std::to_string(rev));
    const auto low = static_cast<std::uint64_t>(hash), high = static_cast<std::uint64_t>(hash >> 64);
    // Each half carries the other, so that neither is a function of half the state.
    return {finalised(high ^ finalised(low)), finalised(low ^ finalised(high + 1))};
}

}  // namespace portal::wire
