#include "app/ui/words.hpp"

#include <utility>

namespace portal::ui {
namespace {
Words& words_in_force() {
    static Words value;
    return value;
}
}  // namespace

void set_words(Words words) {
    words_in_force() = std::move(words);
}
const Words& words() {
    return words_in_force();
}

}  // namespace portal::ui
