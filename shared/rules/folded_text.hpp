// A text as bare letters, so that neither case, accents, punctuation, line breaks, invisible characters nor letters
// that only look alike hide a phrase: "INTERÉST\u00ADfree" folds to the letters of "interestfree". Each letter knows
// the bytes that it came from and what stood before it. Thread: any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portal {

// What stood between a letter and the one before it.
enum class TextGap : std::uint8_t {
    none,    // Nothing, or something that a reader does not see.
    blank,   // A blank, a line break, a hyphen, a quote.
    clause,  // Punctuation that ends a thought, or an empty line.
};

struct FoldedLetter {
    char letter = 0;  // a-z, 0-9, '%', or '?' for a letter of another script.
    TextGap gap = TextGap::none;
    std::size_t first = 0, end = 0;  // Bytes of the text.
};

// Any bytes; what is no UTF-8 counts as a blank.
std::vector<FoldedLetter> fold_text(std::string_view text);

// The letters alone, words parted by one blank: what two texts that read the same have in common.
std::string folded_words(std::string_view text);

}  // namespace portal
