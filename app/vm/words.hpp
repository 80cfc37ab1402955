// The one catalogue of everything the portal says, in English and Spanish.
//
// A phrase holds "{0}" where its arguments go and "{0|edit|edits}" where a word depends on a count (one | other).
// The texts stand in words/*.def, one file per screen; a missing translation does not compile.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace portal::vm {

enum class Language : std::uint8_t { english, spanish };

// "es", "es-MX" and the like are Spanish; everything else is English.
Language language_of_tag(std::string_view bcp47);
std::string_view tag_of_language(Language language);

enum class Word : std::uint16_t {
#define WORD(name, english, spanish) name,
#include "app/vm/words/all.def"
#undef WORD
};

// A phrase without arguments. Lives as long as the program.
std::string_view say(Language language, Word word);

// A phrase with its arguments filled in. Numbers come formatted; a count for "{0|one|other}" is taken as one exactly
// when its text is "1".
std::string say(Language language, Word word, std::initializer_list<std::string_view> arguments);

// The same for a pattern of the pitch's part of the catalogue (pitch_words.hpp).
std::string fill_phrase(std::string_view pattern, std::initializer_list<std::string_view> arguments);

}  // namespace portal::vm
