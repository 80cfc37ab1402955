#include "app/ui/button.hpp"

#include "app/mirror/mirror.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"
#include "app/ui/tooltip.hpp"
#include "app/ui/words.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace portal::ui {
namespace {

constexpr float icon_gap = 6;

struct Look {
    ImU32 ground;
    ImU32 ink;
    ImU32 edge;  // 0: none.
};

Look enabled_look(ButtonKind kind, float hover) {
    switch (kind) {
        case ButtonKind::primary:
            return {mix(color(Color::accent), color(Color::accent_hover), hover), color(Color::text_on_accent), 0};
        case ButtonKind::danger:
            return {mix(color(Color::bad), color(Color::text), hover * 0.15f), color(Color::text_on_bad), 0};
        case ButtonKind::quiet:
            return {color_with_alpha(Color::hover, hover), color(Color::text), 0};
        case ButtonKind::secondary:
            break;
    }
    return {mix(color(Color::card), color(Color::hover), hover), color(Color::text),
            mix(color(Color::line), color(Color::control_line), 0.35f + 0.65f * hover)};
}

Look look_of(const ButtonOptions& options, const Press& pressed, bool disabled) {
    if (disabled) {
        return {options.kind == ButtonKind::quiet ? 0 : color(Color::sunken), color(Color::text_muted), 0};
    }
    const float hover = eased(pressed.id, pressed.hovered || pressed.held ? 1.0f : 0.0f);
    Look look = enabled_look(options.kind, hover);
    if (pressed.held) {
        look.ground = mix(look.ground, color(Color::text), 0.08f);
    }
    return look;
}

float height_of(ButtonSize size) {
    const float normal = metrics().control_height;
    return size == ButtonSize::normal || theme().density == Density::touch ? normal : std::min(normal, 28.0f);
}

void annotate(std::string_view label, const ButtonOptions& options, bool disabled) {
    mirror::Annotation note;
    note.role = options.href.empty() ? mirror::Role::button : mirror::Role::link;
    note.name = options.name.empty() ? label : options.name;
    note.description = disabled ? options.disabled_reason : options.description;
    note.href = options.href;
    note.state_set = (disabled ? mirror::state_disabled : 0u) |
                     (options.busy == Busy::yes ? static_cast<std::uint32_t>(mirror::state_busy) : 0u);
    mirror::current().annotate_last_item(note);
}

void paint_content(Box box, std::string_view label, const ButtonOptions& options, ImU32 ink) {
    const float words_width = measure(TextStyle::body_medium, label).x;
    const bool leading = options.icon != nullptr || options.busy == Busy::yes;
    const float lead = leading ? size::icon + icon_gap : 0;
    const float trail = options.trailing_icon != nullptr ? size::icon + icon_gap : 0;
    float x = box.min.x + std::max(space::small, (box.width() - words_width - lead - trail) * 0.5f);
    const float middle = box.center().y;
    if (options.busy == Busy::yes) {
        paint_busy(ImVec2(x + size::icon * 0.5f, middle), size::icon, ink);
    } else if (options.icon != nullptr) {
        paint_icon(ImVec2(x + size::icon * 0.5f, middle), size::icon, options.icon, ink);
    }
    x += lead;
    const float room = box.max.x - space::small - trail - x;
    paint_text_cut(ImVec2(x, middle - line_height(TextStyle::body_medium) * 0.5f), room, TextStyle::body_medium, label,
                   ink);
    if (options.trailing_icon != nullptr) {
        paint_icon(ImVec2(x + std::min(words_width, room) + icon_gap + size::icon * 0.5f, middle), size::icon,
                   options.trailing_icon, ink);
    }
}

void paint_ground(const Press& pressed, const Look& look) {
    if ((look.ground >> IM_COL32_A_SHIFT) != 0) {
        paint_box(pressed.box, look.ground, radius::control);
    }
    if (look.edge != 0) {
        paint_border(pressed.box, look.edge, radius::control);
    }
    paint_focus_ring(pressed.id, pressed.box, radius::control);
}

}  // namespace

float button_width(std::string_view label, const ButtonOptions& options) {
    const bool leading = options.icon != nullptr || options.busy == Busy::yes;
    const float side = options.size == ButtonSize::small ? space::medium - 2 : space::large - 2;
    return measure(TextStyle::body_medium, label).x + 2 * side + (leading ? size::icon + icon_gap : 0) +
           (options.trailing_icon != nullptr ? size::icon + icon_gap : 0);
}

bool button(const char* id, std::string_view label, const ButtonOptions& options) {
    const bool disabled = !options.disabled_reason.empty();
    float width = options.width > 0 ? options.width : button_width(label, options);
    if (options.width < 0) {
        width = ImGui::GetContentRegionAvail().x;
    }
    width = std::min(width, std::max(40.0f, ImGui::GetContentRegionAvail().x));
    const bool acts = !disabled && options.busy == Busy::no;
    const Press pressed = press(id, ImVec2(width, height_of(options.size)), acts ? Enabled::yes : Enabled::no);
    annotate(label, options, disabled);
    if (pressed.visible) {
        const Look look = look_of(options, pressed, disabled);
        paint_ground(pressed, look);
        paint_content(pressed.box, label, options, look.ink);
    }
    if (disabled) {
        tooltip(options.disabled_reason);
    } else if (!options.shortcut.empty()) {
        tooltip(label, options.shortcut);
    }
    return pressed.clicked;
}

float icon_button_width(ButtonSize size) {
    return height_of(size);
}

bool icon_button(const char* id, const char* icon, std::string_view label, const ButtonOptions& options) {
    ButtonOptions shown = options;
    const bool disabled = !options.disabled_reason.empty();
    if (shown.kind == ButtonKind::secondary && shown.width == 0) {
        shown.kind = ButtonKind::quiet;
    }
    const float side = height_of(options.size);
    const bool acts = !disabled && options.busy == Busy::no;
    const Press pressed = press(id, ImVec2(side, side), acts ? Enabled::yes : Enabled::no);
    annotate(label, options, disabled);
    if (pressed.visible) {
        Look look = look_of(shown, pressed, disabled);
        if (shown.kind == ButtonKind::quiet && !pressed.hovered) {
            look.ink = color(Color::text_muted);
        }
        paint_ground(pressed, look);
        if (options.busy == Busy::yes) {
            paint_busy(pressed.box.center(), size::icon + 2, look.ink);
        } else {
            paint_icon(pressed.box.center(), size::icon + 2, icon, look.ink);
        }
    }
    tooltip(disabled ? options.disabled_reason : label, options.shortcut);
    return pressed.clicked;
}

bool link(const char* id, std::string_view label, std::string_view href, TextStyle style) {
    const ImVec2 words_size = measure(style, label);
    // Text links inside lines keep the line's height; on touch the target grows around it.
    const float height = theme().density == Density::touch ? std::max(words_size.y, size::touch_target) : words_size.y;
    const float room = std::max(20.0f, ImGui::GetContentRegionAvail().x);
    const float width = std::min(words_size.x, room);
    const Press pressed = press(id, ImVec2(width, height));
    mirror::Annotation note;
    note.role = href.empty() ? mirror::Role::button : mirror::Role::link;
    note.name = label;
    note.href = href;
    mirror::current().annotate_last_item(note);
    if (pressed.visible) {
        const float top = pressed.box.center().y - words_size.y * 0.5f;
        paint_text_cut(ImVec2(pressed.box.min.x, top), width, style, label, color(Color::accent));
        if (pressed.hovered || pressed.focused) {
            paint_rule(ImVec2(pressed.box.min.x, top + words_size.y - 2), width, ImGuiDir_Right, color(Color::accent));
        }
        paint_focus_ring(pressed.id, pressed.box, radius::mark);
    }
    return pressed.clicked;
}

void paint_busy(ImVec2 center, float box, ImU32 ink) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (theme().motion == Motion::reduced) {
        for (int dot = -1; dot <= 1; ++dot) {
            list->AddCircleFilled(ImVec2(center.x + static_cast<float>(dot) * box * 0.3f, center.y), box * 0.09f, ink);
        }
        return;
    }
    constexpr double turns_per_second = 1.1;
    constexpr float full_turn = 6.2831853f;
    const double turns = ImGui::GetTime() * turns_per_second;
    const float start = static_cast<float>(turns - std::floor(turns)) * full_turn;
    list->PathArcTo(center, box * 0.40f, start, start + full_turn * 0.7f, 24);
    list->PathStroke(ink, ImDrawFlags_None, std::max(1.5f, box * 0.11f));
    request_frames(2);
}

}  // namespace portal::ui
