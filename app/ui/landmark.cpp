#include "app/ui/landmark.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "app/ui/motion.hpp"
#include "app/ui/text.hpp"
#include "app/ui/tooltip.hpp"
#include "generated/icons.hpp"

namespace portal::ui {
namespace {

constexpr std::size_t landmarks_max = 64;
constexpr float pointer_radius = 9;
constexpr float laser_halo = 4;

struct NamedBox {
    std::string name;
    Box box;
};

// Those of this frame, and of the one before, which are whole.
struct Landmarks {
    int frame = -1;
    std::size_t noted = 0;  // Also those beyond the cap.
    std::vector<NamedBox> now, before;

    void turn() {
        if (frame == ImGui::GetFrameCount()) return;
        frame = ImGui::GetFrameCount();
        noted = 0;
        before = std::exchange(now, {});
    }
};

Landmarks& landmarks() {
    static Landmarks all;
    all.turn();
    return all;
}

constexpr float mark_box = 20, mark_inset = 8, mark_low_below = 200;

struct KeptMarks {
    std::vector<LandmarkMark> marks;
    std::string unnamed;
};

KeptMarks& kept_marks() {
    static KeptMarks kept;
    return kept;
}

void paint_mark(std::string_view words, Box place, float y) {
    const Box box = box_at(ImVec2(place.max.x - mark_box - mark_inset, y), {mark_box, mark_box});
    paint_box(box, color(Color::raised), radius::mark);
    paint_border(box, color(Color::line), radius::mark);
    paint_icon(box.center(), 14, icons::eye_off, color(Color::warn));
    mirror::current().add_text_at(words, mirror_rect(box), mirror::Role::text);
    tooltip_over(box, words);
}

float area_of(Box box) {
    return box.width() * box.height();
}

}  // namespace

Landmark::Landmark(std::string name)
    : m_name(std::move(name)), m_origin(ImGui::GetCursorScreenPos()), m_width(ImGui::GetContentRegionAvail().x) {}

Landmark::~Landmark() {
    note_landmark(std::move(m_name),
                  {m_origin, ImVec2(m_origin.x + m_width, std::max(m_origin.y, ImGui::GetCursorScreenPos().y))});
}

void note_landmark(std::string name, Box box) {
    // A tile has its words at the top, a card with a chart its title alone.
    const float y = box.height() < mark_low_below ? box.max.y - mark_box - 2 * mark_inset : box.min.y + mark_inset;
    for (const LandmarkMark& mark : kept_marks().marks)
        if (mark.name == name) paint_mark(mark.words, box, y);
    ++landmarks().noted;
    std::vector<NamedBox>& now = landmarks().now;
    if (now.size() < landmarks_max && box.width() > 0 && box.height() > 0) now.push_back({std::move(name), box});
}

std::optional<LandmarkPoint> landmark_at(ImVec2 point) {
    const NamedBox* smallest = nullptr;
    for (const NamedBox& one : landmarks().now)
        if (one.box.contains(point) && (smallest == nullptr || area_of(one.box) < area_of(smallest->box)))
            smallest = &one;
    if (smallest == nullptr) return std::nullopt;
    const Box box = smallest->box;
    return LandmarkPoint{smallest->name,
                         ImVec2((point.x - box.min.x) / box.width(), (point.y - box.min.y) / box.height())};
}

std::optional<Box> find_landmark(std::string_view name) {
    const Landmarks& all = landmarks();
    for (const auto* list : {&all.now, &all.before})
        for (const NamedBox& one : *list)
            if (one.name == name) return one.box;
    return std::nullopt;
}

std::optional<LandmarkPoint> landmark_in_sight(float top) {
    const NamedBox* first = nullptr;
    const NamedBox* last = nullptr;
    bool is_past = false;
    for (const NamedBox& one : landmarks().now) {
        is_past = is_past || one.box.min.y < top;
        if (last == nullptr || one.box.max.y > last->box.max.y) last = &one;
        if (one.box.max.y > top && (first == nullptr || one.box.min.y < first->box.min.y)) first = &one;
    }
    if (!is_past) return std::nullopt;
    if (first == nullptr) return LandmarkPoint{last->name, ImVec2(0, 1)};
    return LandmarkPoint{first->name,
                         ImVec2(0, std::clamp((top - first->box.min.y) / first->box.height(), 0.0f, 1.0f))};
}

void mark_landmarks(std::vector<LandmarkMark> marks, std::string unnamed) {
    kept_marks() = {std::move(marks), std::move(unnamed)};
}

std::size_t noted_landmarks() {
    return landmarks().noted;
}

// At its foot: the head may have something to press there.
void mark_unnamed(Box card) {
    const std::string& words = kept_marks().unnamed;
    if (!words.empty()) paint_mark(words, card, card.max.y - mark_box - mark_inset);
}

void paint_pointer(ImVec2 at, std::string_view name, PointerKind kind) {
    ImDrawList* list = ImGui::GetForegroundDrawList();
    const float halo = kind == PointerKind::laser ? laser_halo : 2.0f;
    list->AddCircleFilled(at, pointer_radius * halo, color_with_alpha(Color::bad, 0.25f), 32);
    if (kind == PointerKind::laser) list->AddCircle(at, pointer_radius * halo, color(Color::bad), 32, 2);
    list->AddCircleFilled(at, pointer_radius, color(Color::bad), 32);
    if (name.empty()) return;
    const ImVec2 words = measure(TextStyle::caption_strong, name);
    const Box label = box_at(ImVec2(at.x + pointer_radius + space::small, at.y - words.y * 0.5f - space::hair),
                             ImVec2(words.x + 2 * space::small, words.y + 2 * space::hair));
    list->AddRectFilled(label.min, label.max, color(Color::raised), radius::mark);
    list->AddRect(label.min, label.max, color(Color::bad), radius::mark);
    const TypeToken type = type_token(TextStyle::caption_strong);
    list->AddText(nullptr, type.em * face_line_ratio, ImVec2(label.min.x + space::small, label.min.y + space::hair),
                  color(Color::text), name.data(), name.data() + name.size());
}

void scroll_to_part(Box box, float part) {
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    ImGui::SetScrollY(window, window->Scroll.y + box.min.y + box.height() * part - window->InnerRect.Min.y);
    request_frames(2);
}

void scroll_to_head() {
    ImGui::SetScrollY(ImGui::GetCurrentWindow(), 0);
    request_frames(2);
}

void scroll_into_view(Box box) {
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    const float top = window->InnerRect.Min.y, bottom = window->InnerRect.Max.y;
    if (box.min.y >= top && box.max.y <= bottom) return;
    ImGui::SetScrollY(window,
                      window->Scroll.y + box.min.y - top - std::max(0.0f, (bottom - top - box.height()) * 0.5f));
    request_frames(2);
}

}  // namespace portal::ui
