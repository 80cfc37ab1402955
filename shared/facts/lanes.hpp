// Sixteen bytes at a time: the compiler's vector types, which are wasm_simd128 in the browser and SSE2 on a server, and
// the one operation that they lack. The same code everywhere. Internal to shared/facts.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace portal::lanes {

using U8x8 = std::uint8_t __attribute__((vector_size(8)));
using U16x8 = std::uint16_t __attribute__((vector_size(16)));
using U32x4 = std::uint32_t __attribute__((vector_size(16)));

template <class Lanes, class Value>
Lanes load(const Value* values) {
    Lanes lanes;
    std::memcpy(&lanes, values, sizeof lanes);
    return lanes;
}

// A bit for each lane of all ones.
inline unsigned bits_of(U16x8 mask) {
#if defined(__wasm_simd128__)
    return wasm_i16x8_bitmask(std::bit_cast<v128_t>(mask));
#elif defined(__SSE2__)
    const __m128i bytes = _mm_packs_epi16(std::bit_cast<__m128i>(mask), _mm_setzero_si128());
    return static_cast<unsigned>(_mm_movemask_epi8(bytes)) & 0xFFu;
#else
    unsigned bits = 0;
    for (unsigned lane = 0; lane < 8; ++lane)
        bits |= (mask[lane] >> 15 & 1u) << lane;
    return bits;
#endif
}

inline U16x8 narrowed(U32x4 low, U32x4 high) {
    const U16x8 a = std::bit_cast<U16x8>(low), b = std::bit_cast<U16x8>(high);
    return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
}

// For each set of eight lanes, the numbers of those in it, first ones first.
using LaneNumbers = std::array<std::array<std::uint8_t, 8>, 256>;
constexpr LaneNumbers make_lane_numbers() {
    LaneNumbers numbers{};
    for (unsigned bits = 0; bits < 256; ++bits)
        for (unsigned lane = 0, place = 0; lane < 8; ++lane)
            if ((bits >> lane & 1) != 0) numbers[bits][place++] = static_cast<std::uint8_t>(lane);
    return numbers;
}
inline constexpr LaneNumbers lane_numbers = make_lane_numbers();

// Writes base + the number of each lane in the set, and up to seven values more after them. Returns how many count.
inline unsigned put_numbers(unsigned bits, std::uint16_t base, std::uint16_t* out) {
    const U16x8 wide = __builtin_convertvector(load<U8x8>(lane_numbers[bits].data()), U16x8) + base;
    std::memcpy(out, &wide, sizeof wide);
    return static_cast<unsigned>(std::popcount(bits));
}

}  // namespace portal::lanes
