#include "app/ui/presenting.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "app/mirror/mirror.hpp"
#include "app/ui/figure.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"
#include "app/ui/text.hpp"

namespace portal::ui {
namespace {

constexpr float dot_side = 8, dot_wide = 20, dot_room = 24;
constexpr float lit_width_min = 120, lit_height_min = 60, lit_share_max = 0.8f;
constexpr float dimmed_by = 0.62f;

struct KeyOfPresenter {
    ImGuiKey key;
    std::string_view name;
    PresenterKey meaning;
};
constexpr auto presenter_keys = std::to_array<KeyOfPresenter>({
    {ImGuiKey_RightArrow, "ArrowRight", PresenterKey::next},
    {ImGuiKey_PageDown, "PageDown", PresenterKey::next},
    {ImGuiKey_LeftArrow, "ArrowLeft", PresenterKey::previous},
    {ImGuiKey_PageUp, "PageUp", PresenterKey::previous},
    {ImGuiKey_R, "r", PresenterKey::reset},
    {ImGuiKey_S, "s", PresenterKey::spotlight},
    {ImGuiKey_N, "n", PresenterKey::notes},
    {ImGuiKey_W, "w", PresenterKey::what_if},
    {ImGuiKey_L, "l", PresenterKey::leave_behind},
    {ImGuiKey_P, "p", PresenterKey::play},
    {ImGuiKey_F, "f", PresenterKey::faster},
    {ImGuiKey_Escape, "Escape", PresenterKey::leave},
});

// Widgets that stand by themselves: cards, charts and tables that are neither tiny nor the whole screen.
std::vector<const mirror::MirrorNode*> lightable() {
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    std::vector<const mirror::MirrorNode*> found;
    for (const mirror::MirrorNode& node : mirror::current().nodes()) {
        const bool stands_alone = node.role == mirror::Role::region || node.role == mirror::Role::group ||
                                  node.role == mirror::Role::table || node.role == mirror::Role::list;
        const bool fits = node.rect.width >= lit_width_min && node.rect.height >= lit_height_min &&
                          node.rect.width * node.rect.height < screen.x * screen.y * lit_share_max;
        const bool is_seen = node.rect.y < screen.y && node.rect.y + node.rect.height > size::top_bar;
        if (stands_alone && fits && is_seen) found.push_back(&node);
    }
    return found;
}

Box box_of_rect(const mirror::Rect& rect) {
    return box_at(ImVec2(rect.x, std::max(rect.y, size::top_bar)),
                  ImVec2(rect.width, rect.height - std::max(0.0f, size::top_bar - rect.y)));
}

const mirror::MirrorNode* smallest_at(const std::vector<const mirror::MirrorNode*>& nodes, ImVec2 point) {
    const mirror::MirrorNode* smallest = nullptr;
    const auto area = [](const mirror::MirrorNode* node) { return node->rect.width * node->rect.height; };
    for (const mirror::MirrorNode* node : nodes)
        if (box_of_rect(node->rect).contains(point) && (!smallest || area(node) < area(smallest))) smallest = node;
    return smallest;
}

const mirror::MirrorNode* choose_lit(SpotlightState& state, const std::vector<const mirror::MirrorNode*>& nodes) {
    const auto former = std::ranges::find(nodes, state.lit, [](const auto* node) { return node->id; });
    const auto count = static_cast<std::ptrdiff_t>(nodes.size());
    std::ptrdiff_t index = former == nodes.end() ? -1 : former - nodes.begin();
    const ImVec2 moved = ImGui::GetIO().MouseDelta;
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow))
        index = (index + 1) % count;
    else if (ImGui::IsKeyPressed(ImGuiKey_UpArrow))
        index = (std::max<std::ptrdiff_t>(index, 0) + count - 1) % count;
    else if (moved.x != 0 || moved.y != 0 || index < 0)
        if (const auto* under = smallest_at(nodes, ImGui::GetIO().MousePos)) return under;
    return nodes[static_cast<std::size_t>(std::max<std::ptrdiff_t>(index, 0))];
}

}  // namespace

PresenterKey presenter_key_named(std::string_view name) {
    for (const KeyOfPresenter& one : presenter_keys)
        if (one.name == name) return one.meaning;
    return PresenterKey::none;
}

PresenterKey presenter_key(ArrowKeys arrows) {
    const ImGuiID owner = ImHashStr("presenter");
    for (const ImGuiKey key : {ImGuiKey_RightArrow, ImGuiKey_LeftArrow, ImGuiKey_UpArrow, ImGuiKey_DownArrow})
        if (arrows == ArrowKeys::presenter) ImGui::SetKeyOwner(key, owner);
    const ImGuiIO& io = ImGui::GetIO();
    if (io.WantTextInput || io.KeyCtrl || io.KeySuper || io.KeyAlt) return PresenterKey::none;
    if (ImGui::GetCurrentContext()->OpenPopupStack.Size > 0) return PresenterKey::none;
    for (const KeyOfPresenter& one : presenter_keys)
        if (ImGui::IsKeyPressed(one.key, false)) return one.meaning;
    return PresenterKey::none;
}

void bar_caption(std::string_view words, float room_after, Heads heads) {
    const float room = std::max(1.0f, ImGui::GetContentRegionAvail().x - room_after);
    const float height = metrics().control_height;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Box box = box_at(at, ImVec2(std::min(room, measure(TextStyle::subtitle, words).x), height));
    ImGui::ItemSize(box.size(), 0);
    const bool is_heading = heads == Heads::yes;
    mirror::current().add_text_at(words, mirror_rect(box), is_heading ? mirror::Role::heading : mirror::Role::text,
                                  is_heading ? 1 : 0);
    paint_text_cut(ImVec2(at.x, box.center().y - line_height(TextStyle::subtitle) * 0.5f), room, TextStyle::subtitle,
                   words, color(Color::text));
}

float bar_text_width(std::string_view words) {
    return measure(TextStyle::body_medium, words).x;
}

void bar_text(std::string_view words) {
    const Box box = box_at(ImGui::GetCursorScreenPos(), ImVec2(bar_text_width(words), metrics().control_height));
    ImGui::ItemSize(box.size(), 0);
    text_at(ImVec2(box.min.x, box.center().y - line_height(TextStyle::body_medium) * 0.5f), TextStyle::body_medium,
            words, Color::text_muted);
}

void live_progress(const char* id, const LiveProgress& progress) {
    const mirror::Scope region(id_of(id), {.role = mirror::Role::region, .name = progress.name});
    {
        const mirror::Scope words(id_of("words", id_of(id)), {.role = mirror::Role::status});
        text_wrapped(TextStyle::body_medium, progress.words);
    }
    space_below(space::tiny);
    progress_bar("share", progress.share, progress.words_for_share);
}

float step_dots_width(int count) {
    return static_cast<float>(count) * dot_room;
}

int step_dots(const char* id, std::string_view name, int count, int current) {
    const mirror::Scope scope(id_of(id), {.role = mirror::Role::group, .name = name});
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = metrics().control_height;
    int pressed = -1;
    for (int index = 0; index < count; ++index) {
        const Box room = box_at(ImVec2(at.x + static_cast<float>(index) * dot_room, at.y), ImVec2(dot_room, height));
        const Press dot = press_at(ImHashData(&index, sizeof index, id_of(id)), room);
        const std::string number = std::to_string(index + 1);
        mirror::current().annotate_last_item(
            {.role = mirror::Role::button,
             .name = number,
             .state_set = index == current ? static_cast<std::uint32_t>(mirror::state_current) : 0u});
        const float width = index == current ? dot_wide : dot_side;
        const Box mark =
            box_at(ImVec2(room.center().x - width * 0.5f, room.center().y - dot_side * 0.5f), ImVec2(width, dot_side));
        paint_box(mark, color(index == current ? Color::accent : Color::control_line), radius::pill);
        paint_focus_ring(dot.id, room, radius::control);
        if (dot.clicked) pressed = index;
    }
    ImGui::SetCursorScreenPos(at);
    ImGui::ItemSize(ImVec2(step_dots_width(count), height), 0);
    return pressed;
}

void spotlight(SpotlightState& state) {
    if (!state.is_on) return;
    const auto nodes = lightable();
    if (nodes.empty()) return;
    const mirror::MirrorNode* lit = choose_lit(state, nodes);
    state.lit = lit->id;
    const Box box = inset(box_of_rect(lit->rect), -space::small, -space::small);
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const ImU32 dim = IM_COL32(0, 0, 0, static_cast<int>(dimmed_by * 255));
    ImDrawList* list = ImGui::GetForegroundDrawList();
    list->AddRectFilled(ImVec2(0, 0), ImVec2(screen.x, box.min.y), dim);
    list->AddRectFilled(ImVec2(0, box.max.y), screen, dim);
    list->AddRectFilled(ImVec2(0, box.min.y), ImVec2(box.min.x, box.max.y), dim);
    list->AddRectFilled(ImVec2(box.max.x, box.min.y), ImVec2(screen.x, box.max.y), dim);
    list->AddRect(box.min, box.max, color(Color::accent), 0, 0, 2);
}

}  // namespace portal::ui
