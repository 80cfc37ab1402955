#include "app/ui/landmark.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "app/ui/motion.hpp"

namespace portal::ui {
namespace {

constexpr std::size_t landmarks_max = 64;
constexpr float pointer_radius = 9;

struct NamedBox {
    std::string name;
    Box box;
};

// Those of this frame, and of the one before, which are whole.
struct Landmarks {
    int frame = -1;
    std::vector<NamedBox> now, before;

    void turn() {
        if (frame == ImGui::GetFrameCount()) return;
        frame = ImGui::GetFrameCount();
        before = std::exchange(now, {});
    }
};

Landmarks& landmarks() {
    static Landmarks all;
    all.turn();
    return all;
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

void paint_pointer(ImVec2 at, std::string_view name) {
    ImDrawList* list = ImGui::GetForegroundDrawList();
    list->AddCircleFilled(at, pointer_radius * 2, color_with_alpha(Color::bad, 0.25f), 32);
    list->AddCircleFilled(at, pointer_radius, color(Color::bad), 32);
    const ImVec2 words = measure(TextStyle::caption_strong, name);
    const Box label = box_at(ImVec2(at.x + pointer_radius + space::small, at.y - words.y * 0.5f - space::hair),
                             ImVec2(words.x + 2 * space::small, words.y + 2 * space::hair));
    list->AddRectFilled(label.min, label.max, color(Color::raised), radius::mark);
    list->AddRect(label.min, label.max, color(Color::bad), radius::mark);
    const TypeToken type = type_token(TextStyle::caption_strong);
    list->AddText(nullptr, type.em * face_line_ratio, ImVec2(label.min.x + space::small, label.min.y + space::hair),
                  color(Color::text), name.data(), name.data() + name.size());
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
