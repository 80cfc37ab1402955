#include "app/ui/fuzzy.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace portal::ui {
namespace {

constexpr std::size_t folded_max = 256;

struct Folded {
    std::array<char, folded_max> letters{};
    std::size_t count = 0;
};

// The base letter of U+00C0..U+00FF; the two signs among them fold to themselves.
constexpr char base_letters[] = "aaaaaaaceeeeiiiidnooooo*ouuuuyasaaaaaaaceeeeiiiidnooooo/ouuuuyay";

Folded fold(std::string_view text) {
    Folded result;
    for (std::size_t index = 0; index < text.size() && result.count < folded_max; ++index) {
        const auto byte = static_cast<unsigned char>(text[index]);
        char letter = text[index];
        if (byte == 0xC3 && index + 1 < text.size()) {
            letter = base_letters[static_cast<unsigned char>(text[++index]) & 0x3F];
        } else if (byte >= 'A' && byte <= 'Z') {
            letter = static_cast<char>(byte - 'A' + 'a');
        }
        result.letters[result.count++] = letter;
    }
    return result;
}

bool is_letter(char value) {
    return (value >= 'a' && value <= 'z') || (value >= '0' && value <= '9') ||
           static_cast<unsigned char>(value) >= 0x80;
}

enum class Prefer : std::uint8_t { word_starts, first };

int score_of(const Folded& wanted, const Folded& text, Prefer prefer) {
    int score = 1;
    std::size_t position = 0;
    std::size_t last_hit = folded_max;
    for (std::size_t index = 0; index < wanted.count; ++index) {
        const char letter = wanted.letters[index];
        if (letter == ' ') {
            continue;
        }
        std::size_t hit = folded_max;
        for (std::size_t probe = position; probe < text.count; ++probe) {
            if (text.letters[probe] != letter) {
                continue;
            }
            const bool good = probe == 0 || !is_letter(text.letters[probe - 1]) || probe == last_hit + 1;
            if (hit == folded_max || good) {
                hit = probe;
            }
            if (good || prefer == Prefer::first) {
                break;
            }
        }
        if (hit == folded_max) {
            return 0;
        }
        const bool word_start = hit == 0 || !is_letter(text.letters[hit - 1]);
        score += 1 + (word_start ? 6 : 0) + (hit == last_hit + 1 ? 7 : 0) + (hit == 0 ? 4 : 0);
        last_hit = hit;
        position = hit + 1;
    }
    return score;
}

}  // namespace

int fuzzy_score(std::string_view query, std::string_view candidate) {
    const Folded wanted = fold(query);
    const Folded text = fold(candidate);
    // Jumping to a word's start can leave too little text for the rest; taking the first letters
    // never does.
    return std::max(score_of(wanted, text, Prefer::word_starts), score_of(wanted, text, Prefer::first));
}

}  // namespace portal::ui
