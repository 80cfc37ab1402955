// How much a result moves with each of its assumptions: a bar from its low to its high end around the middle, the
// widest first. Beside each bar its ends in words.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace portal::ui {

struct TornadoBar {
    std::string_view label = {};
    double low = 0, high = 0;
    std::string words = {};  // "$41.2K to $58.9K"
};

// `sentence` is the picture's accessible name.
void tornado(const char* id, std::string_view sentence, std::span<const TornadoBar> bars, double middle);

}  // namespace portal::ui
