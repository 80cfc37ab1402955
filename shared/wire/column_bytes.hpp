// The building stones of the columnar bytes: variable-length numbers, front-coded texts, and a reader that trusts none
// of them. Internal to shared/wire; thread: any.
#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/columnar.hpp"

namespace portal::wire {

inline void put_varint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7)
        out.push_back(static_cast<char>(value | 0x80));
    out.push_back(static_cast<char>(value));
}

// Small numbers of either sign become small numbers without one. Shifts are on unsigned values: all of int64 fits.
inline std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
inline std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
}

inline void put_signed(std::string& out, std::int64_t value) {
    put_varint(out, zigzag(value));
}

inline void put_text(std::string& out, std::string_view text, std::string_view former) {
    check(text.size() <= limits::fact_text_bytes_max, "a fact's text is longer than its cap");
    const auto mismatch = std::mismatch(text.begin(), text.end(), former.begin(), former.end());
    const auto shared = static_cast<std::size_t>(mismatch.first - text.begin());
    put_varint(out, shared);
    put_varint(out, text.size() - shared);
    out.append(text.substr(shared));
}

inline void put_u32(std::string& out, std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8)
        out.push_back(static_cast<char>(value >> shift));
}

inline std::uint32_t u32_at(std::string_view bytes) {
    std::uint32_t value = 0;
    for (std::size_t index = 4; index-- > 0;)
        value = value << 8 | static_cast<std::uint8_t>(bytes[index]);
    return value;
}

// A cursor over hostile bytes. The first breach is remembered with its column; later reads give zeros.
class ColumnReader {
  public:
    ColumnReader(std::string_view what, std::string_view bytes) : m_what(what), m_bytes(bytes) {}

    void column(std::string_view name) { m_column = name; }
    bool ok() const { return m_breach.empty(); }
    std::size_t left() const { return m_bytes.size() - m_position; }

    void breach(std::string_view cause) {
        if (ok()) m_breach = std::string(m_what) + ", column " + std::string(m_column) + ": " + std::string(cause);
        m_position = m_bytes.size();
    }

    // Most numbers are short, and most of the time there are eight bytes to look at.
    std::uint64_t varint() {
        if (left() < sizeof(std::uint64_t)) return long_varint();
        std::uint64_t word;
        std::memcpy(&word, m_bytes.data() + m_position, sizeof word);
        if ((word & 0x80) == 0) return taken(1, word & 0x7F);
        if ((word & 0x8000) == 0) return taken(2, (word & 0x7F) | (word >> 1 & 0x3F80));
        if ((word & 0x80'0000) == 0) return taken(3, (word & 0x7F) | (word >> 1 & 0x3F80) | (word >> 2 & 0x1F'C000));
        return long_varint();
    }

    std::uint64_t long_varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (m_position == m_bytes.size()) {
                breach("the bytes end early");
                return 0;
            }
            const auto byte = static_cast<std::uint8_t>(m_bytes[m_position++]);
            if (shift == 63 && byte > 1) break;
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) return value;
        }
        breach("a number has more than 64 bits");
        return 0;
    }

    std::int64_t signed_varint() { return unzigzag(varint()); }

    std::string_view take(std::uint64_t size) {
        if (size > left()) {
            breach("the bytes end early");
            return {};
        }
        const auto taken = m_bytes.substr(m_position, static_cast<std::size_t>(size));
        m_position += static_cast<std::size_t>(size);
        return taken;
    }

    // The next front-coded text, to those that came before it.
    void text(TextColumn& texts) {
        const auto [shared, rest] = front_coded(texts.size() == m_texts_begin ? 0 : texts.last_size());
        if (ok()) texts.add_continued(shared, rest, rest.size() + left());
    }
    // Looks through the next one; `size` is the former's and becomes its.
    void text(std::size_t& size) {
        const auto [shared, rest] = front_coded(size);
        size = shared + rest.size();
    }
    // Texts that are there already are not those that the next ones go on from.
    void begin_texts(const TextColumn& texts) { m_texts_begin = texts.size(); }
    std::size_t position() const { return m_position; }
    std::string_view since(std::size_t begin) const { return m_bytes.substr(begin, m_position - begin); }

    Error error() const { return {ErrorCode::corrupted, m_breach}; }

  private:
    std::uint64_t taken(std::size_t bytes, std::uint64_t value) {
        m_position += bytes;
        return value;
    }

    // How much of the former text goes on, and what follows.
    std::pair<std::size_t, std::string_view> front_coded(std::size_t former_size) {
        const std::uint64_t shared = varint();
        const std::uint64_t rest = varint();
        if (shared > former_size || rest > limits::fact_text_bytes_max || shared + rest > limits::fact_text_bytes_max) {
            breach("a text's length is out of range");
            return {};
        }
        return {static_cast<std::size_t>(shared), take(rest)};
    }

    std::string_view m_what;  // What is read, for the error.
    std::string_view m_bytes;
    std::string_view m_column = "header";
    std::size_t m_position = 0, m_texts_begin = 0;
    std::string m_breach;
};

inline Day add_days(ColumnReader& reader, Day day, std::int64_t difference) {
    // Days of any calendar that a source can mean, so that later sums of days stay inside 32 bits.
    constexpr std::int64_t day_min = -100'000, day_max = 1'000'000;
    if (difference < -2'000'000 || difference > 2'000'000 || day + difference < day_min || day + difference > day_max) {
        reader.breach("a day out of range");
        return 0;
    }
    return static_cast<Day>(day + difference);
}

}  // namespace portal::wire
