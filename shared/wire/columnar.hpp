// The bytes of a fact segment: all financing facts of one location and month, column by column.
//
// Layout, all integers little endian: "PFC" and the version byte, CRC-32 of everything after it, then
//   varint fact count; plan dictionary; references and external keys as front-coded texts (shared prefix length, rest);
//   one column after another: enums packed to their bits, row numbers and days as zigzag differences, cents as zigzag
//   varints. Practice and location are the segment row's and are not repeated.
//
// Encoding keeps the order of the facts and every field exactly. Decoding accepts hostile bytes: an Error with the code
// corrupted (or unsupported_version) names what is wrong, and memory stays within a small multiple of the input,
// because every count is checked against the bytes that are left before room is made for it. Thread: any; nothing is
// shared.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/model/records.hpp"

namespace portal::wire {

inline constexpr std::uint8_t columnar_version = 1;

// Texts side by side in one buffer: a segment's keys cost two allocations, not one each.
class TextColumn {
  public:
    void add(std::string_view text) {
        m_bytes.append(text);
        m_ends.push_back(static_cast<std::uint32_t>(m_bytes.size()));
    }
    std::size_t size() const { return m_ends.size(); }
    std::string_view at(std::size_t index) const {
        const std::uint32_t begin = index == 0 ? 0 : m_ends[index - 1];
        return std::string_view(m_bytes).substr(begin, m_ends[index] - begin);
    }
    std::size_t memory_bytes() const { return m_bytes.capacity() + m_ends.capacity() * sizeof(std::uint32_t); }
    void reserve(std::size_t texts, std::size_t bytes) {
        m_ends.reserve(texts);
        m_bytes.reserve(bytes);
    }

  private:
    std::string m_bytes;
    std::vector<std::uint32_t> m_ends;
};

// One value per fact in each column.
struct FactColumns {
    TextColumn external_key;
    TextColumn application_ref;
    std::vector<Id> plans;  // The dictionary that `plan` indexes.
    std::vector<std::uint16_t> plan;
    std::vector<std::int64_t> row_number;
    std::vector<FactKind> kind;
    std::vector<FactStatus> status;
    std::vector<FactChannel> channel;
    std::vector<std::uint8_t> flags;  // Bit 0: existing cardholder. Bit 1: duplicate.
    std::vector<Day> event_day;
    std::vector<Day> posted_day;
    std::vector<std::uint8_t> hour_band;
    std::vector<std::int64_t> requested_cents;
    std::vector<std::int64_t> approved_cents;
    std::vector<std::int64_t> settled_cents;
    std::vector<std::int64_t> fee_cents;

    static constexpr std::uint8_t existing_cardholder_bit = 1;
    static constexpr std::uint8_t duplicate_bit = 2;

    std::size_t size() const { return kind.size(); }
    FinancingFact fact(std::size_t index, const Id& practice, const Id& location) const;
};

// The facts are of one practice and location; at most limits::segment_facts_max of them, and hour bands are 0-23 (the
// importer has refused everything else; a breach is a defect and trips check()).
std::string encode_segment(std::span<const FinancingFact> facts);

Result<FactColumns> decode_columns(std::string_view bytes);
Result<std::vector<FinancingFact>> decode_segment(std::string_view bytes, const Id& practice, const Id& location);

}  // namespace portal::wire
