#include "app/ui/menu.hpp"

#include "app/mirror/mirror.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"
#include "app/ui/tooltip.hpp"
#include "generated/icons.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cfloat>
#include <cmath>

namespace portal::ui {
namespace {

constexpr float menu_padding = 6;
constexpr float menu_width_min = 180;

// Below the anchor when there is room, else above; always on the screen.
ImVec2 popover_position(Box anchor, ImVec2 extent) {
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    ImVec2 at(anchor.min.x, anchor.max.y + 6);
    if (at.x + extent.x > screen.x - 8) {
        at.x = anchor.max.x - extent.x;
    }
    if (at.y + extent.y > screen.y - 8 && anchor.min.y - extent.y - 6 > 8) {
        at.y = anchor.min.y - extent.y - 6;
    }
    return ImVec2(std::round(std::clamp(at.x, 8.0f, std::max(8.0f, screen.x - extent.x - 8))),
                  std::round(std::clamp(at.y, 8.0f, std::max(8.0f, screen.y - extent.y - 8))));
}

void paint_under_popover() {
    // The soft shadow lies outside of the popover's own rectangle.
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    window->DrawList->PushClipRectFullScreen();
    const Box box = box_at(window->Pos, window->Size);
    paint_shadow(box, radius::card);
    paint_box(box, color(Color::raised), radius::card);
    paint_border(box, color(Color::line), radius::card, hairline());
    window->DrawList->PopClipRect();
}

float natural_width(std::span<const MenuItem> items) {
    float widest = menu_width_min;
    for (const MenuItem& item : items) {
        float width = measure(TextStyle::body, item.label).x + 2 * (menu_padding + space::medium);
        width += item.icon != nullptr || item.checked != MenuItem::Checked::none ? size::icon + space::small + 2 : 0;
        width += item.shortcut.empty() ? 0 : measure(TextStyle::caption, item.shortcut).x + space::section;
        widest = std::max(widest, width);
    }
    return std::min(widest, ImGui::GetIO().DisplaySize.x - 16);
}

bool menu_row(const MenuItem& item) {
    if (item.divider == MenuItem::Divider::above) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        paint_rule(ImVec2(at.x, at.y + menu_padding - 1), ImGui::GetContentRegionAvail().x, ImGuiDir_Right,
                   color(Color::line));
        ImGui::ItemSize(ImVec2(1, menu_padding * 2 - 1), 0);
    }
    OptionRow row;
    row.label = item.label;
    row.icon = item.checked == MenuItem::Checked::none ? item.icon
                                                       : (item.checked == MenuItem::Checked::yes ? icons::check : "");
    row.description = item.disabled_reason.empty() ? item.description : item.disabled_reason;
    row.trailing = item.shortcut;
    row.tone = item.tone;
    row.enabled = item.disabled_reason.empty() ? OptionRow::Enabled::yes : OptionRow::Enabled::no;
    row.role = mirror::Role::menu_item;
    return option_row(id_of(item.id), row);
}

}  // namespace

void open_popover(const char* id) {
    ImGui::OpenPopup(id);
    request_frames(3);
}

bool is_popover_open(const char* id) {
    return ImGui::IsPopupOpen(id);
}

bool begin_popover_at(const char* id, Box anchor, std::string_view name, float width, float padding) {
    if (!ImGui::IsPopupOpen(id)) {
        return false;
    }
    // The size is known from the second frame on; ImGui hides the first.
    const ImGuiID width_key = id_of(id) ^ 0x77696474u;
    const ImGuiID height_key = id_of(id) ^ 0x68656967u;
    ImGuiStorage& storage = *ImGui::GetStateStorage();
    const ImVec2 extent(storage.GetFloat(width_key, width), storage.GetFloat(height_key, 200));
    ImGui::SetNextWindowPos(popover_position(anchor, extent));
    if (width > 0) {
        ImGui::SetNextWindowSizeConstraints(ImVec2(width, 0), ImVec2(width, ImGui::GetIO().DisplaySize.y - 16));
    } else {
        ImGui::SetNextWindowSizeConstraints(
            ImVec2(0, 0), ImVec2(ImGui::GetIO().DisplaySize.x - 16, ImGui::GetIO().DisplaySize.y - 16));
    }
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(padding, padding));
    ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 0.0f);
    ImGui::PushStyleColor(ImGuiCol_PopupBg, ImVec4(0, 0, 0, 0));
    const bool open = ImGui::BeginPopup(id, ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
    if (!open) {
        return false;
    }
    const ImVec2 drawn = ImGui::GetWindowSize();
    if (drawn.x != extent.x || drawn.y != extent.y) {
        storage.SetFloat(width_key, drawn.x);
        storage.SetFloat(height_key, drawn.y);
        request_frames(2);
    }
    paint_under_popover();
    mirror::current().push_container(ImGui::GetCurrentWindow()->ID,
                                     {.role = mirror::Role::group, .name = name, .state = mirror::state_top_layer});
    return true;
}

bool begin_popover(const char* id, std::string_view name, float width, float padding) {
    return begin_popover_at(id, {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()}, name, width, padding);
}

void end_popover() {
    mirror::current().pop_container();
    ImGui::EndPopup();
}

void close_popover() {
    ImGui::CloseCurrentPopup();
}

void open_menu(const char* id) {
    open_popover(id);
}

int menu(const char* id, std::span<const MenuItem> items, float width) {
    return menu_at(id, {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()}, items, width);
}

int menu_at(const char* id, Box anchor, std::span<const MenuItem> items, float width) {
    const float wide = width > 0 ? width : natural_width(items);
    if (!begin_popover_at(id, anchor, {}, wide, menu_padding)) {
        return -1;
    }
    int chosen = -1;
    {
        const mirror::Scope scope(id_of("menu"), {.role = mirror::Role::menu, .state = mirror::state_top_layer});
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
        for (std::size_t index = 0; index < items.size(); ++index) {
            if (menu_row(items[index])) {
                chosen = static_cast<int>(index);
                close_popover();
            }
        }
        ImGui::PopStyleVar();
    }
    end_popover();
    return chosen;
}

float option_row_height(const OptionRow& row) {
    const float single = metrics().option_height;
    return row.description.empty()
               ? single
               : std::max(single, line_height(TextStyle::body) + line_height(TextStyle::caption) + space::medium);
}

bool option_row(ImGuiID id, const OptionRow& row) {
    const bool enabled = row.enabled == OptionRow::Enabled::yes;
    const Box box =
        box_at(ImGui::GetCursorScreenPos(), ImVec2(ImGui::GetContentRegionAvail().x, option_row_height(row)));
    ImGui::ItemSize(box.size(), 0);
    const Press pressed = press_at(id, box, enabled ? Enabled::yes : Enabled::no);
    const bool selected =
        row.mark == OptionRow::Mark::selected || row.mark == OptionRow::Mark::selected_and_highlighted;
    const bool highlighted =
        row.mark == OptionRow::Mark::highlighted || row.mark == OptionRow::Mark::selected_and_highlighted;
    mirror::Annotation note;
    note.role = row.role;
    note.name = row.label;
    note.description = row.description.empty() ? row.trailing : row.description;
    if (row.role == mirror::Role::option) {
        note.state_set =
            mirror::state_selectable | (selected ? static_cast<std::uint32_t>(mirror::state_selected) : 0u);
    }
    note.state_set |= enabled ? 0u : static_cast<std::uint32_t>(mirror::state_disabled);
    mirror::current().annotate_last_item(note);
    if (!pressed.visible) {
        return pressed.clicked;
    }
    if (enabled && (pressed.hovered || highlighted || pressed.focused)) {
        // Relative to the raised ground: in the dark the table's hover colour would be darker than
        // it.
        paint_box(box, mix(color(Color::raised), color(Color::text), 0.07f), radius::control - 2);
    }
    const ImU32 ink =
        color(!enabled ? Color::text_muted : (row.tone == Tone::neutral ? Color::text : tone_color(row.tone)));
    float x = box.min.x + space::medium;
    if (row.icon != nullptr) {
        paint_icon(ImVec2(x + size::icon * 0.5f, box.center().y), size::icon, row.icon,
                   row.tone == Tone::neutral ? color(Color::text_muted) : ink);
        x += size::icon + space::small + 2;
    }
    float right = box.max.x - space::medium;
    if (selected) {
        paint_icon(ImVec2(right - size::icon * 0.5f, box.center().y), size::icon, icons::check, color(Color::accent));
        right -= size::icon + space::small;
    }
    if (!row.trailing.empty()) {
        const ImVec2 words_size = measure(TextStyle::caption, row.trailing);
        paint_text(ImVec2(right - words_size.x, box.center().y - words_size.y * 0.5f), TextStyle::caption, row.trailing,
                   color(Color::text_muted));
        right -= words_size.x + space::medium;
    }
    const float lines =
        line_height(TextStyle::body) + (row.description.empty() ? 0 : line_height(TextStyle::caption) + 1);
    const float top = box.center().y - lines * 0.5f;
    paint_text_cut(ImVec2(x, top), right - x, selected ? TextStyle::body_medium : TextStyle::body, row.label, ink);
    if (!row.description.empty()) {
        paint_text_cut(ImVec2(x, top + line_height(TextStyle::body) + 1), right - x, TextStyle::caption,
                       row.description, color(Color::text_muted));
    }
    paint_focus_ring(pressed.id, inset(box, 3, 3), radius::control - 4);
    return pressed.clicked;
}

}  // namespace portal::ui
