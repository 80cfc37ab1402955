#include "app/vm/pitch_words.hpp"

#include <array>

namespace portal::vm {
namespace {

struct PitchTexts {
    std::string_view english;
    std::string_view spanish;
};

constexpr auto pitch_texts = std::to_array<PitchTexts>({
#define WORD(name, english, spanish) {english, spanish},
#include "app/vm/words/pitch.def"
#undef WORD
});

}  // namespace

std::string_view say(Language language, PitchWord word) {
    const PitchTexts& pair = pitch_texts[static_cast<std::size_t>(word)];
    return language == Language::spanish ? pair.spanish : pair.english;
}

std::string say(Language language, PitchWord word, std::initializer_list<std::string_view> arguments) {
    return fill_phrase(say(language, word), arguments);
}

}  // namespace portal::vm
