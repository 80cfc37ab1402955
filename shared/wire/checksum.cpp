#include <array>
#include <bit>
#include <cstring>
#include <string>

#include "shared/base/random.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::wire {
namespace {

// Eight bytes at a time: table k takes a byte that k more bytes follow.
constexpr std::size_t crc_stride = 8;
static_assert(std::endian::native == std::endian::little, "the first byte of a word is its lowest");
using CrcTables = std::array<std::array<std::uint32_t, 256>, crc_stride>;

constexpr CrcTables make_crc_tables() {
    CrcTables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit)
            value = value >> 1 ^ ((value & 1) != 0 ? 0xEDB88320u : 0u);
        tables[0][byte] = value;
    }
    for (std::size_t table = 1; table < crc_stride; ++table)
        for (std::uint32_t byte = 0; byte < 256; ++byte)
            tables[table][byte] = tables[table - 1][byte] >> 8 ^ tables[0][tables[table - 1][byte] & 0xff];
    return tables;
}
constexpr CrcTables crc_tables = make_crc_tables();

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
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= crc_stride; at += crc_stride, left -= crc_stride) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        word ^= value;
        value = crc_tables[7][word & 0xff] ^ crc_tables[6][word >> 8 & 0xff] ^ crc_tables[5][word >> 16 & 0xff] ^
                crc_tables[4][word >> 24 & 0xff] ^ crc_tables[3][word >> 32 & 0xff] ^ crc_tables[2][word >> 40 & 0xff] ^
                crc_tables[1][word >> 48 & 0xff] ^ crc_tables[0][word >> 56];
    }
    for (; left > 0; ++at, --left)
        value = value >> 8 ^ crc_tables[0][(value ^ static_cast<unsigned char>(*at)) & 0xff];
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
