// Numbers for texts: each distinct text has one, given in order of arrival and kept for the dictionary's life.
// Thread: that of the table that owns it.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "shared/wire/columnar.hpp"

namespace portal {

// Open addressing over a text pool: a million references cost three allocations that grow, not a million nodes. Hashes
// are kept, so that neither growing nor passing another text by reads the texts, which are all over the memory.
class Dictionary {
  public:
    static constexpr std::uint32_t unknown = 0xFFFFFFFF;

    std::size_t size() const { return m_texts.size(); }
    std::string_view at(std::uint32_t number) const { return m_texts.at(number); }

    std::uint32_t find(std::string_view text) const {
        return m_slots.empty() ? unknown : m_slots[slot_of(text, hash_of(text))];
    }

    std::uint32_t add(std::string_view text) {
        if ((m_texts.size() + 1) * 4 > m_slots.size() * 3) grow();
        const std::uint32_t hash = hash_of(text);
        std::uint32_t& number = m_slots[slot_of(text, hash)];
        if (number != unknown) return number;
        number = static_cast<std::uint32_t>(m_texts.size());
        m_texts.add(text);
        m_hashes.push_back(hash);
        return number;
    }

    std::size_t memory_bytes() const {
        return (m_slots.capacity() + m_hashes.capacity()) * sizeof(std::uint32_t) + m_texts.memory_bytes();
    }

  private:
    static std::uint32_t hash_of(std::string_view text) {
        return static_cast<std::uint32_t>(std::hash<std::string_view>{}(text));
    }

    // The text's slot, or the free one where it belongs.
    std::size_t slot_of(std::string_view text, std::uint32_t hash) const {
        std::size_t slot = hash & (m_slots.size() - 1);
        while (m_slots[slot] != unknown && (m_hashes[m_slots[slot]] != hash || m_texts.at(m_slots[slot]) != text))
            slot = (slot + 1) & (m_slots.size() - 1);
        return slot;
    }

    void grow() {
        m_slots.assign(m_slots.empty() ? 64 : m_slots.size() * 2, unknown);
        for (std::uint32_t number = 0; number < m_hashes.size(); ++number) {
            std::size_t slot = m_hashes[number] & (m_slots.size() - 1);
            while (m_slots[slot] != unknown)
                slot = (slot + 1) & (m_slots.size() - 1);
            m_slots[slot] = number;
        }
    }

    wire::TextColumn m_texts;
    std::vector<std::uint32_t> m_hashes;  // By number.
    std::vector<std::uint32_t> m_slots;   // A power of two; at most three quarters full.
};

}  // namespace portal
