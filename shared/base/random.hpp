// Randomness as a parameter. Only system_random_source.cpp asks the machine.
#pragma once

#include <cstdint>
#include <memory>

namespace portal {

// The product of two words; an extension that both compilers have.
__extension__ typedef unsigned __int128 Wide;

class RandomSource {
  public:
    virtual ~RandomSource() = default;
    virtual std::uint64_t next() = 0;

    // Uniform in [0, bound); bound > 0. Multiply-shift reduction (Lemire): bias below 2^-32 for the bounds used here.
    std::uint64_t below(std::uint64_t bound) {
        return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64);
    }
    // Uniform in [low, high], both included.
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
    }
    // Uniform in [0, 1).
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    bool chance(double probability) { return unit() < probability; }
};

// SplitMix64 (Steele, Lea, Flood 2014): small, fast, the same on every platform. Never for secrets.
class SeededRandom final : public RandomSource {
  public:
    explicit SeededRandom(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t next() override {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ull);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }

  private:
    std::uint64_t m_state;
};

// The operating system's cryptographic source (the browser's crypto.getRandomValues under Emscripten).
// Thread: one owner per instance.
std::unique_ptr<RandomSource> make_system_random();

}  // namespace portal
