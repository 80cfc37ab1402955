#include "app/ui/text_field.hpp"

#include "app/mirror/mirror.hpp"
#include "app/ui/button.hpp"
#include "app/ui/fonts.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/press.hpp"
#include "app/ui/text.hpp"
#include "app/ui/tooltip.hpp"
#include "app/ui/words.hpp"
#include "generated/icons.hpp"

#include <imgui_internal.h>

#include <algorithm>

namespace portal::ui {
namespace {

struct Edit {
    std::string* value = nullptr;
    std::size_t bytes_max = 0;
};

int on_edit(ImGuiInputTextCallbackData* data) {
    auto* edit = static_cast<Edit*>(data->UserData);
    if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
        edit->value->resize(static_cast<std::size_t>(data->BufTextLen));
        data->Buf = edit->value->data();
        return 0;
    }
    const std::string_view typed(data->Buf, static_cast<std::size_t>(data->BufTextLen));
    const std::string_view kept = cut_to_bytes(typed, edit->bytes_max);
    if (kept.size() < typed.size()) {
        data->DeleteChars(static_cast<int>(kept.size()), static_cast<int>(typed.size() - kept.size()));
    }
    return 0;
}

mirror::Role role_of(FieldKind kind, bool shows_password) {
    switch (kind) {
        case FieldKind::password:
            return shows_password ? mirror::Role::textbox : mirror::Role::password;
        case FieldKind::search:
            return mirror::Role::search_box;
        case FieldKind::multiline:
            return mirror::Role::multiline_textbox;
        case FieldKind::text:
            break;
    }
    return mirror::Role::textbox;
}

void annotate(const TextFieldOptions& options, const std::string& value, bool shows_password) {
    mirror::Annotation note;
    note.role = role_of(options.kind, shows_password);
    note.name = options.label;
    // A hidden password stays out of the page's tree.
    note.value = note.role == mirror::Role::password ? std::string_view() : std::string_view(value);
    note.description =
        options.error.empty() ? (options.hint.empty() ? options.placeholder : options.hint) : options.error;
    note.state_set = (options.error.empty() ? 0u : static_cast<std::uint32_t>(mirror::state_invalid)) |
                     (options.required == Required::yes ? static_cast<std::uint32_t>(mirror::state_required) : 0u) |
                     (options.disabled_reason.empty() ? 0u : static_cast<std::uint32_t>(mirror::state_disabled));
    mirror::current().annotate_last_item(note);
}

void draw_label(const TextFieldOptions& options) {
    if (options.label_shown == TextFieldOptions::Label::hidden || options.label.empty()) {
        return;
    }
    text(TextStyle::body_medium, options.label);
    if (options.required == Required::yes) {
        beside(space::small - 2);
        text(TextStyle::body, words().required, Color::text_muted);
    }
    space_below(space::tiny + 2);
}

void paint_field(Box box, bool active, bool hovered, const TextFieldOptions& options) {
    const bool disabled = !options.disabled_reason.empty();
    paint_box(box, color(disabled ? Color::sunken : Color::card), radius::control);
    if (!options.error.empty()) {
        paint_border(box, color(Color::bad), radius::control, active ? 2.0f : 1.5f);
    } else if (active) {
        paint_border(box, color(Color::focus), radius::control, 2);
    } else {
        paint_border(box, color(hovered && !disabled ? Color::text_muted : Color::control_line), radius::control);
    }
}

void draw_below(const TextFieldOptions& options, float width) {
    if (!options.error.empty()) {
        space_below(space::tiny + 2);
        const ImVec2 at = ImGui::GetCursorScreenPos();
        paint_icon(ImVec2(at.x + 7, at.y + line_height(TextStyle::caption) * 0.5f), size::icon_small,
                   icons::circle_alert, color(Color::bad));
        const Area area(ImVec2(at.x + 20, at.y), width - 20);
        text_wrapped(TextStyle::caption, options.error, Color::bad);
    } else if (!options.hint.empty()) {
        space_below(space::tiny + 2);
        text_wrapped(TextStyle::caption, options.hint, Color::text_muted, width);
    }
}

// What stands inside of the frame beside the text itself: a leading glass, a trailing eye or cross.
struct Sides {
    float left = space::medium;
    float right = space::medium;
};

Sides sides_of(const TextFieldOptions& options, const std::string& value) {
    Sides sides;
    if (options.kind == FieldKind::search) {
        sides.left += size::icon + space::small;
        sides.right += value.empty() ? 0 : 24;
    }
    if (options.kind == FieldKind::password) {
        sides.right += 28;
    }
    return sides;
}

bool inner_button(ImGuiID id, Box frame, const char* glyph, std::string_view name) {
    const Box box = {ImVec2(frame.max.x - 34, frame.min.y), ImVec2(frame.max.x, frame.max.y)};
    const Press pressed = press_at(id, box);
    mirror::Annotation note;
    note.role = mirror::Role::button;
    note.name = name;
    mirror::current().annotate_last_item(note);
    paint_icon(box.center(), size::icon, glyph, color(pressed.hovered ? Color::text : Color::text_muted));
    paint_focus_ring(pressed.id, inset(box, 6, 6), radius::mark);
    tooltip(name);
    return pressed.clicked;
}

struct Drawn {
    Box frame;
    bool changed = false;
    bool entered = false;
    bool active = false;
    bool left = false;
};

// ImGui would draw a label without the hashes.
constexpr const char* field_id = "##field";

Drawn draw_input(std::string& value, const TextFieldOptions& options, float width, bool shows_password) {
    const FontScope font(TextStyle::body);
    const bool multiline = options.kind == FieldKind::multiline;
    const float line = ImGui::GetFontSize();
    const float height =
        multiline ? line * static_cast<float>(options.rows) + 2 * (space::small + 2) : metrics().control_height;
    const Sides sides = sides_of(options, value);
    Drawn drawn;
    drawn.frame = box_at(ImGui::GetCursorScreenPos(), ImVec2(width, height));
    const ImGuiID item = id_of(field_id);
    const bool was_active = ImGui::GetActiveID() == item;
    const bool hovered = ImGui::IsMouseHoveringRect(drawn.frame.min, drawn.frame.max);
    paint_field(drawn.frame, was_active, hovered && ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows), options);
    if (options.kind == FieldKind::search) {
        paint_icon(ImVec2(drawn.frame.min.x + space::medium + size::icon * 0.5f, drawn.frame.center().y), size::icon,
                   icons::search, color(Color::text_muted));
    }
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                        ImVec2(space::tiny, multiline ? space::small + 2 : (height - line) * 0.5f));
    ImGui::SetCursorScreenPos(ImVec2(drawn.frame.min.x + sides.left - space::tiny, drawn.frame.min.y));
    if (options.focus == TakeFocus::now) {
        ImGui::SetKeyboardFocusHere();
    }
    ImGuiInputTextFlags flags = ImGuiInputTextFlags_CallbackResize | ImGuiInputTextFlags_CallbackEdit;
    flags |= multiline ? static_cast<int>(ImGuiInputTextFlags_Multiline) | ImGuiInputTextFlags_NoHorizontalScroll : 0;
    flags |= options.kind == FieldKind::password && !shows_password ? ImGuiInputTextFlags_Password : 0;
    flags |= options.disabled_reason.empty() ? 0 : ImGuiInputTextFlags_ReadOnly;
    Edit edit = {&value, options.bytes_max};
    const std::string placeholder(options.placeholder);
    const ImVec2 extent(width - sides.left - sides.right + 2 * space::tiny, height);
    drawn.changed = ImGui::InputTextEx(field_id, multiline ? nullptr : placeholder.c_str(), value.data(),
                                       static_cast<int>(value.capacity() + 1), extent, flags, on_edit, &edit);
    drawn.active = ImGui::IsItemActive();
    drawn.left = ImGui::IsItemDeactivatedAfterEdit();
    const bool enter = ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false);
    const bool control = ImGui::GetIO().KeyCtrl || ImGui::GetIO().KeySuper;
    drawn.entered =
        enter && (multiline ? drawn.active && control : (was_active && !ImGui::IsKeyPressed(ImGuiKey_Escape)));
    annotate(options, value, shows_password);
    paint_focus_ring(item, drawn.frame, radius::control);
    if (multiline && value.empty() && !placeholder.empty()) {
        paint_text(ImVec2(drawn.frame.min.x + space::medium, drawn.frame.min.y + space::small + 2), TextStyle::body,
                   placeholder, color(Color::text_muted), width - 2 * space::medium);
    }
    ImGui::PopStyleVar();
    return drawn;
}

}  // namespace

std::string_view cut_to_bytes(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) {
        return text;
    }
    std::size_t bytes = bytes_max;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) {
        --bytes;
    }
    return text.substr(0, bytes);
}

TextFieldResult text_field(const char* id, std::string& value, const TextFieldOptions& options) {
    ImGui::PushID(id);
    const float room = ImGui::GetContentRegionAvail().x;
    const float width = options.width > 0 ? std::min(options.width, room) : room;
    ImGui::BeginGroup();
    draw_label(options);
    bool* shows_password = ImGui::GetStateStorage()->GetBoolRef(id_of("shown"), false);
    const Drawn drawn = draw_input(value, options, width, *shows_password);
    if (!options.disabled_reason.empty()) {
        tooltip(options.disabled_reason);
    }
    TextFieldResult result = {drawn.changed, drawn.entered, drawn.left};
    if (options.kind == FieldKind::password &&
        inner_button(id_of("show"), drawn.frame, *shows_password ? icons::eye_off : icons::eye,
                     *shows_password ? words().hide_password : words().show_password)) {
        *shows_password = !*shows_password;
    }
    if (options.kind == FieldKind::search && !value.empty() &&
        inner_button(id_of("clear"), drawn.frame, icons::x, words().clear)) {
        value.clear();
        result.changed = true;
    }
    ImGui::SetCursorScreenPos(drawn.frame.min);
    ImGui::ItemSize(drawn.frame.size(), 0);
    draw_below(options, width);
    ImGui::EndGroup();
    ImGui::PopID();
    return result;
}

}  // namespace portal::ui
