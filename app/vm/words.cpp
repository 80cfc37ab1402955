#include "app/vm/words.hpp"

#include <array>

namespace portal::vm {
namespace {

struct Texts {
    std::string_view english;
    std::string_view spanish;
};

constexpr auto texts = std::to_array<Texts>({
#define WORD(name, english, spanish) {english, spanish},
#include "app/vm/words/all.def"
#undef WORD
});

// The argument that a placeholder names ("0", or "0|edit|edits"); empty for a number past the end.
std::string_view argument_of(std::string_view placeholder, std::initializer_list<std::string_view> arguments) {
    const std::size_t index = static_cast<std::size_t>(placeholder.front() - '0');
    return index < arguments.size() ? *(arguments.begin() + index) : std::string_view();
}

void append_placeholder(std::string& text, std::string_view placeholder,
                        std::initializer_list<std::string_view> arguments) {
    const std::string_view argument = argument_of(placeholder, arguments);
    const std::size_t bar = placeholder.find('|');
    if (bar == std::string_view::npos) {
        text += argument;
        return;
    }
    const std::size_t second_bar = placeholder.find('|', bar + 1);
    text += argument == "1" ? placeholder.substr(bar + 1, second_bar - bar - 1) : placeholder.substr(second_bar + 1);
}

}  // namespace

Language language_of_tag(std::string_view bcp47) {
    return bcp47.substr(0, 2) == "es" ? Language::spanish : Language::english;
}

std::string_view tag_of_language(Language language) {
    return language == Language::spanish ? "es" : "en";
}

std::string_view say(Language language, Word word) {
    const Texts& pair = texts[static_cast<std::size_t>(word)];
    return language == Language::spanish ? pair.spanish : pair.english;
}

std::string say(Language language, Word word, std::initializer_list<std::string_view> arguments) {
    return fill_phrase(say(language, word), arguments);
}

std::string fill_phrase(std::string_view pattern, std::initializer_list<std::string_view> arguments) {
    std::string text;
    std::size_t at = 0;
    while (at < pattern.size()) {
        const std::size_t open = pattern.find('{', at);
        text += pattern.substr(at, open - at);
        if (open == std::string_view::npos) break;
        const std::size_t close = pattern.find('}', open);
        append_placeholder(text, pattern.substr(open + 1, close - open - 1), arguments);
        at = close + 1;
    }
    return text;
}

}  // namespace portal::vm
