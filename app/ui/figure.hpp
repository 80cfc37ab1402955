// Figures and the small pictures beside them: tiles, rings, labelled bars, sparklines, strips,
// stages, comments.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/paint.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace portal::ui {

enum class Direction : std::uint8_t { none, up, down, flat };

// A figure with its label; pressing it opens its passport.
struct FigureOptions {
    std::string_view label = {};  // "Net financed volume"
    // Said before the value instead of the label where something else already shows it (a card's title).
    std::string_view name = {};
    std::string_view value = {};   // "$41.2K", or "-" for a zero denominator.
    std::string_view change = {};  // "+12.4% on February"
    Direction direction = Direction::none;
    Tone change_tone = Tone::neutral;
    std::string_view note = {};  // Why there is no value; or numerator and denominator.
    TextStyle style = TextStyle::figure;
    std::span<const float> spark = {};
    std::string_view spark_sentence = {};
    float width = 0;
};
// True when pressed.
bool figure(const char* id, const FigureOptions& options);
// A change that has a passport of its own, on a line of its own ("+12.4% on February"). True when pressed.
bool figure_change(const char* id, std::string_view words, Direction direction, Tone tone = Tone::neutral);

// A score of 0..100 on a ring with its word below the number. `score` < 0 draws an empty ring and
// shows `value`.
void ring(const char* id, float score, std::string_view value, std::string_view word, Tone tone,
          std::string_view sentence, float diameter = 88);

// A labelled bar: a part of a whole, e.g. of a health score. `share` 0..1; `mark` < 0: none
// (target, pace).
struct BarOptions {
    std::string_view label = {};
    std::string_view value = {};  // Right of the label.
    Tone tone = Tone::accent;
    float mark = -1;
    std::string_view mark_label = {};
    float width = 0;
    enum class Presses : std::uint8_t { no, yes } presses = Presses::no;
};
// True when it was pressed.
bool part_bar(const char* id, float share, const BarOptions& options);

void sparkline(const char* id, std::span<const float> values, std::string_view sentence, ImVec2 extent,
               Tone tone = Tone::accent);
void paint_spark(Box box, std::span<const float> values, Tone tone);
// One mark per day (or run): the seven-day strip.
void strip(const char* id, std::span<const Tone> marks, std::string_view sentence, float mark_size = 10);
void paint_strip(ImVec2 at, std::span<const Tone> marks, float mark_size);

// Stages with dates, the present one marked, and an optional forecast below.
struct Stage {
    std::string_view name = {};
    std::string_view date = {};
    enum class State : std::uint8_t { done, current, ahead, blocked } state = State::ahead;
};
// `forecast`: "Go-live between Apr 3 and Apr 21". Scrolls sideways never: becomes a vertical list
// when narrow.
void stage_rail(const char* id, std::string_view name, std::span<const Stage> stages, std::string_view forecast = {});

// A message of a thread. Internal ones are tinted and say so in words.
struct Comment {
    std::string_view author = {};
    std::string_view role_words = {};  // "Support"
    std::string_view when = {};
    std::string_view body = {};
    enum class Audience : std::uint8_t { everyone, internal } audience = Audience::everyone;
    std::string_view audience_words = {};  // "Internal note"
    std::string_view pending_words = {};   // "Waiting to be sent"
};
void comment(const char* id, const Comment& comment);

// Label left, value right, one line each ("Vendor", "Northwind PMS").
void key_value(std::string_view key, std::string_view value, float key_width = 120);

// Progress of something that ends; `share` < 0: unknown.
void progress_bar(const char* id, float share, std::string_view words_for_it, float width = 0);

}  // namespace portal::ui
