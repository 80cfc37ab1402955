#include "shared/base/sha256.hpp"

#include <array>
#include <bit>
#include <cstdint>

namespace portal {
namespace {

constexpr std::size_t sha256_block_bytes = 64;
using Sha256Words = std::array<std::uint32_t, 8>;

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
constexpr std::array<std::uint32_t, 64> sha256_constants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t big_endian(const char* bytes) {
    std::uint32_t value = 0;
    for (int index = 0; index < 4; ++index)
        value = value << 8 | static_cast<unsigned char>(bytes[index]);
    return value;
}

std::array<std::uint32_t, 64> sha256_schedule(const char* block) {
    std::array<std::uint32_t, 64> words{};
    for (std::size_t index = 0; index < 16; ++index)
        words[index] = big_endian(block + 4 * index);
    for (std::size_t index = 16; index < 64; ++index) {
        const std::uint32_t early = words[index - 15], late = words[index - 2];
        words[index] = words[index - 16] + (std::rotr(early, 7) ^ std::rotr(early, 18) ^ early >> 3) +
                       words[index - 7] + (std::rotr(late, 17) ^ std::rotr(late, 19) ^ late >> 10);
    }
    return words;
}

// The names are the standard's.
void take_block(Sha256Words& state, const char* block) {
    const auto words = sha256_schedule(block);
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t index = 0; index < 64; ++index) {
        const std::uint32_t one = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + ((e & f) ^ (~e & g)) +
                                  sha256_constants[index] + words[index];
        const std::uint32_t two =
            (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + one, d = c, c = b, b = a, a = one + two;
    }
    const Sha256Words after = {a, b, c, d, e, f, g, h};
    for (std::size_t index = 0; index < state.size(); ++index)
        state[index] += after[index];
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    Sha256Words state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const std::uint64_t bits = static_cast<std::uint64_t>(bytes.size()) * 8;
    std::string_view rest = bytes;
    for (; rest.size() >= sha256_block_bytes; rest.remove_prefix(sha256_block_bytes))
        take_block(state, rest.data());
    // A one bit, zeros, and the length in the last eight bytes of a block.
    std::string tail(rest);
    tail += '\x80';
    tail.append((sha256_block_bytes * 2 - 8 - tail.size()) % sha256_block_bytes, '\0');
    for (int shift = 56; shift >= 0; shift -= 8)
        tail += static_cast<char>(bits >> shift & 0xff);
    for (std::size_t at = 0; at < tail.size(); at += sha256_block_bytes)
        take_block(state, tail.data() + at);
    std::string hex;
    for (const std::uint32_t word : state)
        for (int shift = 28; shift >= 0; shift -= 4)
            hex += "0123456789abcdef"[word >> shift & 15];
    return hex;
}

}  // namespace portal
