#include "app/ui/overlay.hpp"

#include "app/mirror/mirror.hpp"
#include "app/ui/button.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"
#include "app/ui/text.hpp"
#include "app/ui/words.hpp"
#include "generated/icons.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace portal::ui {
namespace {

constexpr float padding = 24;
constexpr float screen_margin = 16;

// Dialogs nest at most a few deep; what each must do at its end is kept here.
struct OpenDialog {
    Shown* shown = nullptr;
    ImVec2 close_at;
    DialogOptions::OutsidePress outside_press = DialogOptions::OutsidePress::keeps;
};
constexpr int dialogs_max = 4;
OpenDialog open_dialogs[dialogs_max];
int open_dialog_count = 0;

struct Placement {
    ImVec2 position;
    ImVec2 extent;  // Height 0: as the content needs.
    float rounding = radius::card;
};

Placement placement_of(const DialogOptions& options, float slide) {
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const bool phone = current_breakpoint() == Breakpoint::phone;
    Placement result;
    if (options.kind == DialogKind::drawer) {
        const float width = phone ? screen.x : std::min(options.width, screen.x - 48);
        result = {ImVec2(screen.x - width * slide, 0), ImVec2(width, screen.y), 0};
        return result;
    }
    if (options.kind == DialogKind::sheet) {
        if (phone) {
            return {ImVec2(0, 0), screen, 0};
        }
        const ImVec2 extent(std::min(options.width, screen.x - 2 * screen_margin),
                            std::min(options.height, screen.y - 2 * screen_margin));
        return {ImVec2(std::round((screen.x - extent.x) * 0.5f),
                       std::round((screen.y - extent.y) * 0.5f + (1 - slide) * 12)),
                extent, radius::card};
    }
    const float width = std::min(options.width, screen.x - 2 * screen_margin);
    result = {ImVec2(std::round((screen.x - width) * 0.5f), 0), ImVec2(width, 0), radius::card};
    return result;
}

void place_window(const char* id, const DialogOptions& options) {
    const float slide = eased_from(id_of(id) ^ 0x64696Cu, 0, 1, duration::calm_seconds);
    const Placement placement = placement_of(options, slide);
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    if (placement.extent.y > 0) {
        ImGui::SetNextWindowPos(placement.position);
        ImGui::SetNextWindowSize(placement.extent);
    } else {
        ImGui::SetNextWindowPos(ImVec2(std::round(screen.x * 0.5f), std::round(screen.y * 0.45f + (1 - slide) * 12)),
                                ImGuiCond_Always, ImVec2(0.5f, 0.45f));
        ImGui::SetNextWindowSizeConstraints(ImVec2(placement.extent.x, 80),
                                            ImVec2(placement.extent.x, screen.y - 2 * screen_margin));
    }
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, placement.rounding);
    ImGui::PushStyleVar(ImGuiStyleVar_PopupRounding, placement.rounding);
}

bool wants_to_close(const OpenDialog& dialog) {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    const bool topmost =
        context.OpenPopupStack.Size > 0 && context.OpenPopupStack.back().Window == ImGui::GetCurrentWindow();
    if (!topmost) {
        return false;
    }
    // A field that is being edited takes the first Esc for itself.
    const bool editing = context.ActiveId != 0 || context.ActiveIdPreviousFrame != 0;
    if (!editing && ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
        return true;
    }
    const bool outside =
        ImGui::IsMouseClicked(0) &&
        !ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows | ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
        !ImGui::IsWindowAppearing();
    return outside && dialog.outside_press == DialogOptions::OutsidePress::closes;
}

void draw_head(const DialogOptions& options) {
    const float close_side = metrics().icon_button;
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float wrap = ImGui::GetContentRegionAvail().x - close_side;
    const ImVec2 title_size = measure(TextStyle::title, options.title, wrap);
    paint_text(origin, TextStyle::title, options.title, color(Color::text), wrap);
    mirror::current().add_text_at(options.title, mirror_rect(box_at(origin, title_size)), mirror::Role::heading, 1);
    ImGui::ItemSize(title_size, 0);
    if (!options.subtitle.empty()) {
        space_below(space::tiny);
        text_wrapped(TextStyle::body, options.subtitle, Color::text_muted);
    }
    space_below(space::large);
}

}  // namespace

bool begin_dialog(const char* id, Shown& shown, const DialogOptions& options) {
    if (shown == Shown::no || open_dialog_count == dialogs_max) {
        return false;
    }
    if (!ImGui::IsPopupOpen(id)) {
        ImGui::OpenPopup(id);
        request_frames(3);
    }
    place_window(id, options);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(padding, padding));
    ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, options.kind == DialogKind::drawer ? 0.0f : hairline());
    ImGuiWindowFlags flags = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoResize |
                             ImGuiWindowFlags_NoSavedSettings;
    flags |= options.kind == DialogKind::dialog ? ImGuiWindowFlags_AlwaysAutoResize : 0;
    const bool open = ImGui::BeginPopupModal(id, nullptr, flags);
    ImGui::PopStyleVar(4);
    if (!open) {
        return false;
    }
    if (ImGui::GetCurrentContext()->DimBgRatio < 1) {
        request_frames(2);
    }
    mirror::current().push_container(
        ImGui::GetCurrentWindow()->ID,
        {.role = mirror::Role::dialog, .name = options.title, .state = mirror::state_modal | mirror::state_top_layer},
        mirror_rect(box_at(ImGui::GetWindowPos(), ImGui::GetWindowSize())));
    const ImVec2 corner(
        ImGui::GetWindowPos().x + ImGui::GetWindowSize().x - padding - metrics().icon_button + space::small,
        ImGui::GetCursorScreenPos().y - 4);
    open_dialogs[open_dialog_count++] = {&shown, corner, options.outside_press};
    // A dialog as high as its content has no width of its own to offer; give it the one it was
    // placed with.
    ImGui::ItemSize(ImVec2(0, 0), 0);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y);
    draw_head(options);
    return true;
}

void end_dialog() {
    OpenDialog& dialog = open_dialogs[--open_dialog_count];
    const ImVec2 below = ImGui::GetCursorScreenPos();
    // Last, so that the first field of the body gets the focus and not the cross.
    ImGui::SetCursorScreenPos(dialog.close_at);
    const bool pressed = icon_button("close_dialog", icons::x, words().close);
    ImGui::SetCursorScreenPos(below);
    ImGui::ItemSize(ImVec2(0, 0), 0);
    if (pressed || wants_to_close(dialog)) {
        *dialog.shown = Shown::no;
    }
    if (*dialog.shown == Shown::no) {
        ImGui::CloseCurrentPopup();
        request_frames(3);
    }
    mirror::current().pop_container();
    ImGui::EndPopup();
}

void dialog_footer(float width) {
    space_below(space::section);
    if (width > 0) {
        const float left = ImGui::GetContentRegionAvail().x - width;
        ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0f, left));
    }
}

}  // namespace portal::ui
