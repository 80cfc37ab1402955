#include "shared/model/id.hpp"

#include <algorithm>

namespace portal {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t id_length = 26;
constexpr std::size_t time_length = 10;

}  // namespace

Id make_id(InstantMs now_ms, RandomSource& random) {
    Id id(id_length, '0');
    auto time = static_cast<std::uint64_t>(now_ms);
    for (std::size_t index = time_length; index-- > 0; time >>= 5)
        id[index] = alphabet[time & 31];
    for (std::size_t index = time_length; index < id_length; index += 8) {
        std::uint64_t bits = random.next();
        for (std::size_t offset = index; offset < id_length && offset < index + 8; ++offset, bits >>= 5)
            id[offset] = alphabet[bits & 31];
    }
    return id;
}

Id IdSequence::next(InstantMs now_ms) {
    if (m_last.empty() || now_ms > m_last_ms) {
        m_last_ms = now_ms;
        m_last = make_id(now_ms, m_random);
        return m_last;
    }
    for (std::size_t index = id_length; index-- > 0;) {
        const std::size_t digit = alphabet.find(m_last[index]);
        m_last[index] = alphabet[(digit + 1) % alphabet.size()];
        if (digit + 1 < alphabet.size()) break;
    }
    return m_last;
}

bool is_id(std::string_view text) {
    // The first character carries three bits only: 48 bits of time fill ten characters of five.
    return text.size() == id_length && text[0] <= '7' &&
           std::all_of(text.begin(), text.end(), [](char c) { return alphabet.find(c) != std::string_view::npos; });
}

InstantMs made_ms(std::string_view id) {
    if (!is_id(id)) return 0;
    InstantMs time = 0;
    for (const char digit : id.substr(0, time_length))
        time = (time << 5) | static_cast<InstantMs>(alphabet.find(digit));
    return time;
}

}  // namespace portal
