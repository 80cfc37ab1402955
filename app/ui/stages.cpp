// Stage rails and comments: the wider pieces of figure.hpp.
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "app/mirror/mirror.hpp"
#include "app/ui/badge.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/press.hpp"
#include "app/ui/text.hpp"
#include "generated/icons.hpp"

namespace portal::ui {
namespace {

constexpr float mark_radius = 8;
constexpr float stage_width_min = 84;

void paint_stage_mark(ImVec2 center, Stage::State state) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    switch (state) {
        case Stage::State::done:
            list->AddCircleFilled(center, mark_radius, color(Color::accent), 24);
            paint_check_mark(center, 10, color(Color::text_on_accent), 2);
            return;
        case Stage::State::current:
            list->AddCircleFilled(center, mark_radius, color(Color::card), 24);
            list->AddCircle(center, mark_radius - 1, color(Color::accent), 24, 2);
            list->AddCircleFilled(center, 3.5f, color(Color::accent), 16);
            return;
        case Stage::State::blocked:
            list->AddCircleFilled(center, mark_radius, color(Color::bad), 24);
            paint_box({ImVec2(center.x - 1, center.y - 4), ImVec2(center.x + 1, center.y + 1)},
                      color(Color::text_on_bad), 0);
            paint_box({ImVec2(center.x - 1, center.y + 2.5f), ImVec2(center.x + 1, center.y + 4.5f)},
                      color(Color::text_on_bad), 0);
            return;
        case Stage::State::ahead:
            break;
    }
    list->AddCircleFilled(center, mark_radius, color(Color::card), 24);
    list->AddCircle(center, mark_radius - 1, color(Color::line), 24, 2);
}

void mirror_stage(const Stage& stage, Box box, ImGuiID id) {
    const bool now = stage.state == Stage::State::current || stage.state == Stage::State::blocked;
    mirror::Container container;
    container.role = mirror::Role::list_item;
    container.state = now ? static_cast<std::uint32_t>(mirror::state_current) : 0u;
    const mirror::Scope scope(id, container, mirror_rect(box));
    mirror::current().add_text_at(stage.name, mirror_rect(box));
    if (!stage.date.empty()) {
        mirror::current().add_text_at(stage.date, mirror_rect(box));
    }
}

void paint_link(ImVec2 from, ImVec2 to, bool done) {
    const ImU32 ink = color(done ? Color::accent : Color::line);
    paint_box({ImVec2(std::min(from.x, to.x) - (from.x == to.x ? 1.0f : 0.0f),
                      std::min(from.y, to.y) - (from.y == to.y ? 1.0f : 0.0f)),
               ImVec2(std::max(from.x, to.x) + (from.x == to.x ? 1.0f : 0.0f),
                      std::max(from.y, to.y) + (from.y == to.y ? 1.0f : 0.0f))},
              ink, 0);
}

void draw_stages_across(ImGuiID id, std::span<const Stage> stages, Box box) {
    const float each = box.width() / static_cast<float>(stages.size());
    const float y = box.min.y + mark_radius + 1;
    for (std::size_t index = 0; index < stages.size(); ++index) {
        const Stage& stage = stages[index];
        const float left = box.min.x + each * static_cast<float>(index);
        const ImVec2 center(std::round(left + mark_radius + 1), y);
        if (index + 1 < stages.size()) {
            paint_link(ImVec2(center.x + mark_radius + 4, y), ImVec2(center.x + each - mark_radius - 4, y),
                       stages[index].state == Stage::State::done);
        }
        paint_stage_mark(center, stage.state);
        const bool now = stage.state == Stage::State::current || stage.state == Stage::State::blocked;
        paint_text_cut(
            ImVec2(left, y + mark_radius + 8), each - space::small,
            now ? TextStyle::caption_strong : TextStyle::caption, stage.name,
            color(now ? Color::text : (stage.state == Stage::State::done ? Color::text : Color::text_muted)));
        paint_text_cut(ImVec2(left, y + mark_radius + 8 + line_height(TextStyle::caption) + 1), each - space::small,
                       TextStyle::caption, stage.date, color(Color::text_muted));
        mirror_stage(stage, box_at(ImVec2(left, box.min.y), ImVec2(each, box.height())),
                     id + static_cast<ImGuiID>(index) + 1);
    }
}

void draw_stages_down(ImGuiID id, std::span<const Stage> stages, Box box, float step) {
    for (std::size_t index = 0; index < stages.size(); ++index) {
        const Stage& stage = stages[index];
        const float top = box.min.y + step * static_cast<float>(index);
        const ImVec2 center(box.min.x + mark_radius + 1, top + step * 0.5f);
        if (index + 1 < stages.size()) {
            paint_link(ImVec2(center.x, center.y + mark_radius + 3),
                       ImVec2(center.x, center.y + step - mark_radius - 3), stage.state == Stage::State::done);
        }
        paint_stage_mark(center, stage.state);
        const bool now = stage.state == Stage::State::current || stage.state == Stage::State::blocked;
        const float x = center.x + mark_radius + space::medium;
        const float date_width = measure(TextStyle::caption, stage.date).x;
        paint_text_cut(ImVec2(x, center.y - line_height(TextStyle::body) * 0.5f),
                       box.max.x - x - date_width - space::small, now ? TextStyle::body_medium : TextStyle::body,
                       stage.name, color(stage.state == Stage::State::ahead ? Color::text_muted : Color::text));
        paint_text(ImVec2(box.max.x - date_width, center.y - line_height(TextStyle::caption) * 0.5f),
                   TextStyle::caption, stage.date, color(Color::text_muted));
        mirror_stage(stage, box_at(ImVec2(box.min.x, top), ImVec2(box.width(), step)),
                     id + static_cast<ImGuiID>(index) + 1);
    }
}

}  // namespace

void stage_rail(const char* id, std::string_view name, std::span<const Stage> stages, std::string_view forecast) {
    if (stages.empty()) {
        return;
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const bool across = width / static_cast<float>(stages.size()) >= stage_width_min;
    const float step = std::max(34.0f, metrics().row_height);
    const float height = across ? 2 * mark_radius + 10 + 2 * line_height(TextStyle::caption) + 1
                                : step * static_cast<float>(stages.size());
    const Box box = box_at(at, ImVec2(width, height));
    ImGui::ItemSize(box.size(), 0);
    const ImGuiID list_id = id_of(id);
    {
        const mirror::Scope scope(list_id, {.role = mirror::Role::list, .name = name}, mirror_rect(box));
        if (across) {
            draw_stages_across(list_id, stages, box);
        } else {
            draw_stages_down(list_id, stages, box, step);
        }
    }
    if (!forecast.empty()) {
        const ImVec2 below = ImGui::GetCursorScreenPos();
        paint_icon(ImVec2(below.x + 8, below.y + line_height(TextStyle::body) * 0.5f), size::icon, icons::flag,
                   color(Color::text_muted));
        const Area area(ImVec2(below.x + 24, below.y), width - 24);
        text_wrapped(TextStyle::body, forecast, Color::text);
    }
}

void comment(const char* id, const Comment& comment) {
    constexpr float avatar_size = 32;
    const bool internal = comment.audience == Comment::Audience::internal;
    const mirror::Scope scope(id_of(id), {.role = mirror::Role::list_item});
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float side = internal ? space::medium : 0;
    const float text_x = avatar_size + space::medium;
    const float body_width = width - text_x - 2 * side;
    const float head = line_height(TextStyle::body_strong) + 2;
    const float body = measure(TextStyle::body, comment.body, body_width).y;
    const float foot = comment.pending_words.empty() ? 0 : line_height(TextStyle::caption) + 4;
    const Box box = box_at(at, ImVec2(width, std::max(avatar_size, head + body + foot) + 2 * side));
    if (internal) {
        paint_box(box, color(Color::warn_soft), radius::control);
        paint_border(box, color_with_alpha(Color::warn, 0.35f), radius::control, hairline());
    }
    const ImVec2 origin(at.x + side, at.y + side);
    paint_avatar(ImVec2(origin.x + avatar_size * 0.5f, origin.y + avatar_size * 0.5f), comment.author, avatar_size);
    const float right = box.max.x - side;
    const float when_width = measure(TextStyle::caption, comment.when).x;
    float x = origin.x + text_x;
    text_at(ImVec2(x, origin.y), TextStyle::body_strong, comment.author, Color::text,
            std::max(40.0f, right - when_width - space::small - x));
    x += measure(TextStyle::body_strong, comment.author).x + space::small;
    const float caption_y = origin.y + (line_height(TextStyle::body) - line_height(TextStyle::caption)) * 0.5f + 1;
    if (!comment.role_words.empty() &&
        x + measure(TextStyle::caption, comment.role_words).x < right - when_width - space::small) {
        text_at(ImVec2(x, caption_y), TextStyle::caption, comment.role_words, Color::text_muted);
        x += measure(TextStyle::caption, comment.role_words).x + space::small;
    }
    if (internal) {
        const float words_width = measure(TextStyle::caption_strong, comment.audience_words).x + 18;
        if (x + words_width < right - when_width) {
            paint_icon(ImVec2(x + 7, origin.y + line_height(TextStyle::body) * 0.5f), size::icon_small, icons::lock,
                       color(Color::warn));
            text_at(ImVec2(x + 18, caption_y), TextStyle::caption_strong, comment.audience_words, Color::warn);
        }
    }
    text_at(ImVec2(right - when_width, caption_y), TextStyle::caption, comment.when, Color::text_muted);
    ImGui::SetCursorScreenPos(ImVec2(origin.x + text_x, origin.y + head));
    text_wrapped(TextStyle::body, comment.body, Color::text, body_width);
    if (foot > 0) {
        const float y = origin.y + head + body + 4;
        paint_icon(ImVec2(origin.x + text_x + 7, y + line_height(TextStyle::caption) * 0.5f), size::icon_small,
                   icons::clock, color(Color::text_muted));
        text_at(ImVec2(origin.x + text_x + 18, y), TextStyle::caption, comment.pending_words, Color::text_muted);
    }
    ImGui::SetCursorScreenPos(box.min);
    ImGui::ItemSize(box.size(), 0);
}

}  // namespace portal::ui
