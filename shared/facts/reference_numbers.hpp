// Numbers for the different texts of a column, from 1 in order of arrival; 0 is the empty text. Made for many columns
// of some thousand short texts, one after another: room is kept, and texts of up to sixteen bytes are hashed and
// compared as two words. Internal to shared/facts. Thread: that of its owner.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "shared/wire/columnar.hpp"

namespace portal {

class ReferenceNumbers {
  public:
    // Forgets all; the column is looked at by number() and has to stay.
    void begin(const wire::TextColumn& texts) {
        m_texts = &texts;
        std::size_t slots = 16;
        while (slots < texts.size() * 2)
            slots *= 2;
        m_slots.assign(slots, Slot{});
        m_count = 0;
    }
    std::uint32_t count() const { return m_count; }

    std::uint32_t number(std::uint32_t index) {
        const std::string_view text = m_texts->at(index);
        if (text.empty()) return 0;
        const Words words = words_of(text);
        std::size_t place = hash_of(words, text.size()) & (m_slots.size() - 1);
        for (; m_slots[place].number != 0; place = (place + 1) & (m_slots.size() - 1))
            if (is_same(text, words, m_texts->at(m_slots[place].index))) return m_slots[place].number;
        m_slots[place] = {++m_count, index};
        return m_count;
    }

  private:
    using Words = std::array<std::uint64_t, 2>;
    static_assert(sizeof(Words) == wire::TextColumn::padding);
    struct Slot {
        std::uint32_t number = 0, index = 0;  // No number is 0.
    };

    // The first sixteen bytes, zeros where the text is over: what is behind it may be read.
    static Words words_of(std::string_view text) {
        Words words;
        std::memcpy(words.data(), text.data(), sizeof words);
        if (text.size() < 8) return {words[0] & ((std::uint64_t{1} << text.size() * 8) - 1), 0};
        if (text.size() < 16) words[1] &= (std::uint64_t{1} << (text.size() - 8) * 8) - 1;
        return words;
    }
    // Multiplications by odd constants spread the words' bits upwards, and the shift brings them down (Fibonacci
    // hashing).
    static std::size_t hash_of(const Words& words, std::size_t size) {
        const std::uint64_t mixed = (words[0] ^ size) * 0x9E3779B97F4A7C15ull ^ words[1] * 0xC2B2AE3D27D4EB4Full;
        return static_cast<std::size_t>((mixed * 0xD6E8FEB86659FD93ull) >> 32);
    }
    static bool is_same(std::string_view text, const Words& words, std::string_view other) {
        if (text.size() != other.size() || words != words_of(other)) return false;
        return text.size() <= sizeof words || text.substr(sizeof words) == other.substr(sizeof words);
    }

    const wire::TextColumn* m_texts = nullptr;
    std::vector<Slot> m_slots;  // A power of two; at most half full.
    std::uint32_t m_count = 0;
};

}  // namespace portal
