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

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/model/records.hpp"

namespace portal::wire {

inline constexpr std::uint8_t columnar_version = 1;

// Texts side by side in one buffer: a segment's keys cost two allocations, not one each. Behind the last one are always
// `padding` bytes more that may be read: short texts are copied and compared that many bytes at a time, because a call
// for each costs more than the text.
class TextColumn {
  public:
    static constexpr std::size_t padding = 16;

    void add(std::string_view text) { add_continued(0, text, text.size()); }
    // The last text's first `shared` bytes, which it has, and then the rest. `readable` bytes may be read from the
    // rest's first one on, which are at least its own.
    void add_continued(std::size_t shared, std::string_view rest, std::size_t readable) {
        const std::size_t wanted = m_used + shared + rest.size() + padding;
        if (wanted > m_bytes.size()) m_bytes.resize(wanted + m_bytes.size());
        char* out = m_bytes.data() + m_used;
        if (shared > 0) copy(out, m_bytes.data() + begin_of(m_ends.size() - 1), shared, padding);
        copy(out + shared, rest.data(), rest.size(), readable);
        m_used += shared + rest.size();
        m_ends.push_back(static_cast<std::uint32_t>(m_used));
    }
    void clear() {
        m_used = 0;
        m_ends.clear();
    }
    std::size_t size() const { return m_ends.size(); }
    std::size_t last_size() const { return m_ends.empty() ? 0 : m_used - begin_of(m_ends.size() - 1); }
    std::string_view at(std::size_t index) const {
        const std::uint32_t begin = begin_of(index);
        return {m_bytes.data() + begin, m_ends[index] - begin};
    }
    std::size_t memory_bytes() const { return m_bytes.capacity() + m_ends.capacity() * sizeof(std::uint32_t); }
    void reserve(std::size_t texts, std::size_t bytes) {
        m_ends.reserve(texts);
        if (m_bytes.size() < bytes + padding) m_bytes.resize(bytes + padding);
    }

  private:
    // Of the buffer's last bytes `padding` are free, so that a short copy may write them.
    static void copy(char* to, const char* from, std::size_t size, std::size_t readable) {
        if (readable < padding) {
            std::copy_n(from, size, to);
            return;
        }
        // By a register, because a short text's sixteen bytes may reach into those where its copy goes.
        std::array<char, padding> bytes;
        std::memcpy(bytes.data(), from, padding);
        std::memcpy(to, bytes.data(), padding);
        if (size > padding) std::memcpy(to + padding, from + padding, size - padding);
    }
    std::uint32_t begin_of(std::size_t index) const { return index == 0 ? 0 : m_ends[index - 1]; }

    std::string m_bytes;  // Longer than what is used.
    std::size_t m_used = 0;
    std::vector<std::uint32_t> m_ends;
};

// One value per fact in each column.
struct FactColumns {
    TextColumn external_key;
    TextColumn application_ref;
    TextColumn plans;  // The dictionary that `plan` indexes.
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

    // Where these lie in the bytes that were decoded, and only as long as those do: for texts_of() and numbers_of().
    std::string_view external_key_bytes, application_ref_bytes, row_number_bytes;

    static constexpr std::uint8_t existing_cardholder_bit = 1;
    static constexpr std::uint8_t duplicate_bit = 2;

    std::size_t size() const { return kind.size(); }
    FinancingFact fact(std::size_t index, const Id& practice, const Id& location) const;
};

// The facts are of one practice and location; at most limits::segment_facts_max of them, and hour bands are 0-23 (the
// importer has refused everything else; a breach is a defect and trips check()).
std::string encode_segment(std::span<const FinancingFact> facts);

// Whether external keys and references are decoded, or only looked through for breaches; most facts' are never shown.
enum class SegmentTexts : std::uint8_t { decoded, looked_through };

Result<FactColumns> decode_columns(std::string_view bytes, SegmentTexts texts = SegmentTexts::decoded);
// The same into columns whose room is used again. After an Error they hold anything.
Status decode_columns(std::string_view bytes, SegmentTexts texts, FactColumns& columns);

// Of bytes that decode_columns() has found right; anything else is a defect and trips check().
TextColumn texts_of(std::string_view bytes, std::size_t count);
void add_texts(std::string_view bytes, std::size_t count, TextColumn& texts);
std::vector<std::int64_t> numbers_of(std::string_view bytes, std::size_t count);
Result<std::vector<FinancingFact>> decode_segment(std::string_view bytes, const Id& practice, const Id& location);

}  // namespace portal::wire
