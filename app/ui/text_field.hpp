// Fields for typed text: label above, hint inside, error below in words.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/tokens.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace portal::ui {

enum class FieldKind : std::uint8_t { text, password, search, multiline };
enum class Required : std::uint8_t { no, yes };
enum class TakeFocus : std::uint8_t { no, now };

struct TextFieldOptions {
    std::string_view label = {};  // Shown above; the accessible name.
    enum class Label : std::uint8_t { shown, hidden } label_shown = Label::shown;
    std::string_view placeholder = {};
    std::string_view hint = {};   // A quiet line below.
    std::string_view error = {};  // Replaces the hint; says what to do.
    FieldKind kind = FieldKind::text;
    Required required = Required::no;
    std::size_t bytes_max = 500;  // Typing stops there; never cuts a character.
    float width = 0;              // 0: the room that is left.
    int rows = 3;                 // Multiline: visible lines.
    std::string_view disabled_reason = {};
    TakeFocus focus = TakeFocus::no;
    enum class Submit : std::uint8_t {
        on_enter,
        on_control_enter
    } submit = Submit::on_enter;  // Multiline always the latter.
};

struct TextFieldResult {
    bool changed = false;
    bool submitted = false;
    bool left = false;  // Focus went elsewhere after an edit: the moment to validate.
};

TextFieldResult text_field(const char* id, std::string& value, const TextFieldOptions& options);

// `text` cut to at most `bytes_max` bytes without splitting a UTF-8 sequence.
std::string_view cut_to_bytes(std::string_view text, std::size_t bytes_max);

}  // namespace portal::ui
