// Numbers for texts: each distinct text has one, given in order of arrival and kept for the dictionary's life.
// Thread: that of the table that owns it.
#pragma once

#include <cstdint>
#include <cstring>
#include <functional>
#include <string_view>
#include <vector>

#include "shared/wire/columnar.hpp"

namespace portal {

// The texts by number, with their hashes, so that neither growing a table nor passing another text by reads the texts,
// which are all over the memory. A million cost a few allocations that grow, not a million nodes.
class NumberedTexts {
  public:
    static std::uint32_t hash_of(std::string_view text) {
        return static_cast<std::uint32_t>(std::hash<std::string_view>{}(text));
    }

    std::uint32_t add(std::string_view text, std::uint32_t hash) {
        m_texts.add(text);
        m_hashes.push_back(hash);
        return static_cast<std::uint32_t>(m_hashes.size() - 1);
    }
    std::size_t size() const { return m_hashes.size(); }
    std::string_view at(std::uint32_t number) const { return m_texts.at(number); }
    std::uint32_t hash_at(std::uint32_t number) const { return m_hashes[number]; }
    std::size_t memory_bytes() const { return m_hashes.capacity() * sizeof(std::uint32_t) + m_texts.memory_bytes(); }

  private:
    wire::TextColumn m_texts;
    std::vector<std::uint32_t> m_hashes;
};

// Where each of some numbered texts is found: open addressing.
class SlotTable {
  public:
    static constexpr std::uint32_t unknown = 0xFFFFFFFF;

    std::uint32_t find(const NumberedTexts& texts, std::string_view text) const {
        return m_slots.empty() ? unknown : m_slots[slot_of(texts, text, NumberedTexts::hash_of(text))];
    }

    std::uint32_t add(NumberedTexts& texts, std::string_view text) {
        if ((m_used + 1) * 4 > m_slots.size() * 3) grow(texts);
        const std::uint32_t hash = NumberedTexts::hash_of(text);
        std::uint32_t& number = m_slots[slot_of(texts, text, hash)];
        if (number == unknown) {
            number = texts.add(text, hash);
            ++m_used;
        }
        return number;
    }

    std::size_t memory_bytes() const { return m_slots.capacity() * sizeof(std::uint32_t); }

  private:
    // Eight bytes at a time, which for ids is quicker than a call that compares bytes.
    static bool is_same(std::string_view a, std::string_view b) {
        if (a.size() != b.size()) return false;
        std::size_t at = 0;
        std::uint64_t left = 0, right = 0;
        for (; at + sizeof left <= a.size(); at += sizeof left) {
            std::memcpy(&left, a.data() + at, sizeof left);
            std::memcpy(&right, b.data() + at, sizeof right);
            if (left != right) return false;
        }
        return a.substr(at) == b.substr(at);
    }

    // The text's slot, or the free one where it belongs.
    std::size_t slot_of(const NumberedTexts& texts, std::string_view text, std::uint32_t hash) const {
        std::size_t slot = hash & (m_slots.size() - 1);
        while (m_slots[slot] != unknown &&
               (texts.hash_at(m_slots[slot]) != hash || !is_same(texts.at(m_slots[slot]), text)))
            slot = (slot + 1) & (m_slots.size() - 1);
        return slot;
    }

    void grow(const NumberedTexts& texts) {
        std::vector<std::uint32_t> former(m_slots.empty() ? 16 : m_slots.size() * 2, unknown);
        former.swap(m_slots);
        for (const std::uint32_t number : former) {
            if (number == unknown) continue;
            std::size_t slot = texts.hash_at(number) & (m_slots.size() - 1);
            while (m_slots[slot] != unknown)
                slot = (slot + 1) & (m_slots.size() - 1);
            m_slots[slot] = number;
        }
    }

    std::vector<std::uint32_t> m_slots;  // A power of two; at most three quarters full.
    std::size_t m_used = 0;
};

class Dictionary {
  public:
    static constexpr std::uint32_t unknown = SlotTable::unknown;

    std::size_t size() const { return m_texts.size(); }
    std::string_view at(std::uint32_t number) const { return m_texts.at(number); }
    std::uint32_t find(std::string_view text) const { return m_slots.find(m_texts, text); }
    std::uint32_t add(std::string_view text) { return m_slots.add(m_texts, text); }
    std::size_t memory_bytes() const { return m_texts.memory_bytes() + m_slots.memory_bytes(); }

  private:
    NumberedTexts m_texts;
    SlotTable m_slots;
};

}  // namespace portal
