#include "app/ui/paint.hpp"

#include "app/ui/fonts.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cfloat>
#include <cmath>

namespace portal::ui {
namespace {

constexpr std::string_view ellipsis = "\xE2\x80\xA6";

ImDrawList* target() {
    return ImGui::GetWindowDrawList();
}

bool starts_sequence(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

}  // namespace

Box box_at(ImVec2 min, ImVec2 size) {
    return {min, ImVec2(min.x + size.x, min.y + size.y)};
}

Box inset(Box box, float horizontal, float vertical) {
    return {ImVec2(box.min.x + horizontal, box.min.y + vertical), ImVec2(box.max.x - horizontal, box.max.y - vertical)};
}

mirror::Rect mirror_rect(Box box) {
    return {box.min.x, box.min.y, std::max(0.0f, box.width()), std::max(0.0f, box.height())};
}

Box clipped(Box box) {
    const ImRect& clip = ImGui::GetCurrentWindow()->ClipRect;
    Box result = {ImVec2(std::max(box.min.x, clip.Min.x), std::max(box.min.y, clip.Min.y)),
                  ImVec2(std::min(box.max.x, clip.Max.x), std::min(box.max.y, clip.Max.y))};
    result.max.x = std::max(result.min.x, result.max.x);
    result.max.y = std::max(result.min.y, result.max.y);
    return result;
}

bool is_visible(Box box) {
    const Box seen = clipped(box);
    return seen.width() > 0 && seen.height() > 0;
}

ImVec2 measure(TextStyle style, std::string_view text, float wrap_width) {
    if (text.empty()) {
        return ImVec2(0, line_height(style));
    }
    const ImVec2 result =
        face(type_token(style).weight)
            ->CalcTextSizeA(font_size(style), FLT_MAX, wrap_width, text.data(), text.data() + text.size());
    return ImVec2(std::ceil(result.x), result.y);
}

float line_height(TextStyle style) {
    return font_size(style);
}

std::size_t bytes_that_fit(TextStyle style, std::string_view text, float width) {
    const char* end = nullptr;
    face(type_token(style).weight)
        ->CalcTextSizeA(font_size(style), width, 0, text.data(), text.data() + text.size(), &end);
    return end == nullptr ? text.size() : static_cast<std::size_t>(end - text.data());
}

void paint_text(ImVec2 position, TextStyle style, std::string_view text, ImU32 ink, float wrap_width) {
    if (text.empty()) {
        return;
    }
    target()->AddText(face(type_token(style).weight), font_size(style), position, ink, text.data(),
                      text.data() + text.size(), wrap_width);
}

bool paint_text_cut(ImVec2 position, float width, TextStyle style, std::string_view text, ImU32 ink) {
    // Half a pixel of tolerance: measured widths are rounded up.
    if (measure(style, text).x <= width + 0.5f) {
        paint_text(position, style, text, ink);
        return false;
    }
    const float room = width - measure(style, ellipsis).x;
    std::size_t bytes = room > 0 ? bytes_that_fit(style, text, room) : 0;
    while (bytes > 0 && bytes < text.size() && !starts_sequence(text[bytes])) {
        --bytes;
    }
    while (bytes > 0 && text[bytes - 1] == ' ') {
        --bytes;
    }
    const std::string_view kept = text.substr(0, bytes);
    paint_text(position, style, kept, ink);
    paint_text(ImVec2(position.x + measure(style, kept).x * (kept.empty() ? 0.0f : 1.0f), position.y), style, ellipsis,
               ink);
    return true;
}

void paint_icon(ImVec2 center, float box, const char* glyph, ImU32 ink) {
    if (glyph == nullptr || *glyph == '\0') {
        return;
    }
    const float pixels = icon_font_size(box);
    const ImVec2 at(center.x - pixels * 0.5f, center.y - pixels * 0.5f);
    target()->AddText(icon_face(), pixels, at, ink, glyph);
}

float hairline() {
    const float density = std::max(1.0f, ImGui::GetIO().DisplayFramebufferScale.x);
    return std::floor(density) / density;
}

void paint_rule(ImVec2 from, float length, ImGuiDir direction, ImU32 ink) {
    const float density = std::max(1.0f, ImGui::GetIO().DisplayFramebufferScale.x);
    const ImVec2 snapped(std::round(from.x * density) / density, std::round(from.y * density) / density);
    const float thin = hairline();
    const bool horizontal = direction == ImGuiDir_Right;
    target()->AddRectFilled(
        snapped, ImVec2(snapped.x + (horizontal ? length : thin), snapped.y + (horizontal ? thin : length)), ink);
}

void paint_box(Box box, ImU32 ground, float rounding) {
    target()->AddRectFilled(box.min, box.max, ground, rounding);
}

void paint_border(Box box, ImU32 ink, float rounding, float thickness) {
    target()->AddRect(box.min, box.max, ink, rounding, 0, thickness);
}

void paint_shadow(Box box, float rounding) {
    // Stacked translucent outlines: one soft shadow, cheap, and the only one the design knows.
    constexpr int layers = 10;
    const ImU32 ink = color(Color::shadow);
    const float strength = static_cast<float>(ink >> IM_COL32_A_SHIFT) / 255.0f;
    for (int layer = 0; layer < layers; ++layer) {
        const float grow = static_cast<float>(layers - layer) * 1.6f;
        const float part = static_cast<float>(layer + 1) / static_cast<float>(layers);
        const auto alpha = static_cast<ImU32>(255.0f * strength * part * part * 0.30f);
        target()->AddRectFilled(ImVec2(box.min.x - grow, box.min.y - grow + 4),
                                ImVec2(box.max.x + grow, box.max.y + grow + 4),
                                (ink & ~IM_COL32_A_MASK) | (alpha << IM_COL32_A_SHIFT), rounding + grow);
    }
}

void paint_focus_ring(ImGuiID id, Box box, float rounding) {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    if (context.NavId != id || !context.NavCursorVisible) {
        return;
    }
    ImDrawList* list = target();
    // The ring lies outside of the widget, where the card or a scroll area might cut it: lend it
    // four pixels.
    const ImRect& clip = ImGui::GetCurrentWindow()->ClipRect;
    list->PushClipRect(ImVec2(clip.Min.x - 4, clip.Min.y - 4), ImVec2(clip.Max.x + 4, clip.Max.y + 4));
    list->AddRect(ImVec2(box.min.x - 3, box.min.y - 3), ImVec2(box.max.x + 3, box.max.y + 3), color(Color::focus),
                  rounding + 3, 0, 2);
    list->PopClipRect();
}

void paint_hatch(Box box, ImU32 ink, float spacing, float thickness) {
    if (box.width() <= 0 || box.height() <= 0) {
        return;
    }
    ImDrawList* list = target();
    list->PushClipRect(box.min, box.max, true);
    // Lines start on a grid of the canvas so that neighbouring boxes hatch as one surface.
    const float first = std::floor((box.min.x - box.height()) / spacing) * spacing;
    for (float x = first; x < box.max.x; x += spacing) {
        list->AddLine(ImVec2(x, box.max.y), ImVec2(x + box.height(), box.min.y), ink, thickness);
    }
    list->PopClipRect();
}

void paint_dashed(std::span<const ImVec2> points, ImU32 ink, float thickness, float dash, float gap) {
    float left = dash;
    bool drawing = true;
    for (std::size_t index = 1; index < points.size(); ++index) {
        ImVec2 from = points[index - 1];
        const ImVec2 to = points[index];
        float length = std::hypot(to.x - from.x, to.y - from.y);
        while (length > 0.01f) {
            const float step = std::min(left, length);
            const ImVec2 next(from.x + (to.x - from.x) * step / length, from.y + (to.y - from.y) * step / length);
            if (drawing) {
                target()->AddLine(from, next, ink, thickness);
            }
            from = next;
            length -= step;
            left -= step;
            if (left <= 0.01f) {
                drawing = !drawing;
                left = drawing ? dash : gap;
            }
        }
    }
}

void paint_check_mark(ImVec2 center, float box, ImU32 ink, float thickness) {
    const float unit = box * 0.5f;
    const ImVec2 points[3] = {ImVec2(center.x - unit * 0.55f, center.y + unit * 0.05f),
                              ImVec2(center.x - unit * 0.12f, center.y + unit * 0.48f),
                              ImVec2(center.x + unit * 0.60f, center.y - unit * 0.42f)};
    target()->AddPolyline(points, 3, ink, ImDrawFlags_None, thickness);
}

}  // namespace portal::ui
