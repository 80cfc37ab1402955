// Numbers for texts: each distinct text has one, given in order of arrival and kept for the dictionary's life.
// Thread: that of the table that owns it.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "shared/wire/columnar.hpp"

namespace portal {

// Open addressing over a text pool: a million references cost two allocations that grow, not a million nodes.
class Dictionary {
  public:
    static constexpr std::uint32_t unknown = 0xFFFFFFFF;

    std::size_t size() const { return m_texts.size(); }
    std::string_view at(std::uint32_t number) const { return m_texts.at(number); }

    std::uint32_t find(std::string_view text) const {
        if (m_slots.empty()) return unknown;
        for (std::size_t slot = first_slot(text);; slot = (slot + 1) & (m_slots.size() - 1)) {
            const std::uint32_t number = m_slots[slot];
            if (number == unknown || m_texts.at(number) == text) return number;
        }
    }

    std::uint32_t add(std::string_view text) {
        if ((m_texts.size() + 1) * 4 > m_slots.size() * 3) grow();
        for (std::size_t slot = first_slot(text);; slot = (slot + 1) & (m_slots.size() - 1)) {
            std::uint32_t& number = m_slots[slot];
            if (number != unknown && m_texts.at(number) == text) return number;
            if (number != unknown) continue;
            number = static_cast<std::uint32_t>(m_texts.size());
            m_texts.add(text);
            return number;
        }
    }

    std::size_t memory_bytes() const { return m_slots.size() * sizeof(std::uint32_t) + m_texts.memory_bytes(); }

  private:
    std::size_t first_slot(std::string_view text) const {
        return std::hash<std::string_view>{}(text) & (m_slots.size() - 1);
    }

    void grow() {
        m_slots.assign(m_slots.empty() ? 64 : m_slots.size() * 2, unknown);
        for (std::uint32_t number = 0; number < m_texts.size(); ++number) {
            std::size_t slot = first_slot(m_texts.at(number));
            while (m_slots[slot] != unknown)
                slot = (slot + 1) & (m_slots.size() - 1);
            m_slots[slot] = number;
        }
    }

    wire::TextColumn m_texts;
    std::vector<std::uint32_t> m_slots;  // A power of two; at most three quarters full.
};

}  // namespace portal
