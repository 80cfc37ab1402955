// The pitch's part of the catalogue (words/pitch.def): a list of its own, so that a program without the pitch does not
// carry its texts. Phrases are written as everywhere (words.hpp).
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "app/vm/words.hpp"

namespace portal::vm {

enum class PitchWord : std::uint16_t {
#define WORD(name, english, spanish) name,
#include "app/vm/words/pitch.def"
#undef WORD
};

std::string_view say(Language language, PitchWord word);
std::string say(Language language, PitchWord word, std::initializer_list<std::string_view> arguments);

}  // namespace portal::vm
