#include "app/store/search.hpp"

#include <algorithm>

namespace portal::store {
namespace {

char folded(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool contains_folded(std::string_view text, std::string_view word) {
    return std::search(text.begin(), text.end(), word.begin(), word.end(),
                       [](char left, char right) { return folded(left) == folded(right); }) != text.end();
}

}  // namespace

bool matches_search(std::string_view search, std::initializer_list<std::string_view> texts) {
    while (!search.empty()) {
        const std::string_view word = search.substr(0, search.find(' '));
        search.remove_prefix(std::min(search.size(), word.size() + 1));
        if (word.empty()) continue;
        if (std::none_of(texts.begin(), texts.end(),
                         [&](std::string_view text) { return contains_folded(text, word); }))
            return false;
    }
    return true;
}

}  // namespace portal::store
