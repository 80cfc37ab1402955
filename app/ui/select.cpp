#include "app/ui/select.hpp"

#include "app/mirror/mirror.hpp"
#include "app/ui/choice.hpp"
#include "app/ui/fuzzy.hpp"
#include "app/ui/layout.hpp"
#include "app/ui/menu.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"
#include "app/ui/text_field.hpp"
#include "app/ui/tooltip.hpp"
#include "app/ui/words.hpp"
#include "generated/icons.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cctype>

namespace portal::ui {
namespace {

constexpr float list_height_max = 320;
constexpr double type_ahead_pause_seconds = 0.8;
constexpr std::size_t typed_bytes_max = 64;

// Only one list can be open at a time, so its passing state needs no map.
struct OpenList {
    ImGuiID owner = 0;
    int highlighted = -1;
    bool scroll_to_highlighted = false;
    std::string typed;
    double typed_at_seconds = 0;
    std::string search;
};
OpenList open_list;

bool starts_with_ignoring_case(std::string_view text, std::string_view start) {
    if (start.size() > text.size()) {
        return false;
    }
    for (std::size_t index = 0; index < start.size(); ++index) {
        if (std::tolower(static_cast<unsigned char>(text[index])) !=
            std::tolower(static_cast<unsigned char>(start[index]))) {
            return false;
        }
    }
    return true;
}

void open_for(ImGuiID owner, const char* popup, int selected) {
    open_list = {owner, selected, true, {}, 0, {}};
    open_popover(popup);
}

// Letters typed while the list (or the closed field) has the focus.
std::string_view typed_now() {
    ImGuiIO& io = ImGui::GetIO();
    const double now_seconds = ImGui::GetTime();
    if (io.InputQueueCharacters.Size == 0) {
        return {};
    }
    if (now_seconds - open_list.typed_at_seconds > type_ahead_pause_seconds) {
        open_list.typed.clear();
    }
    for (const ImWchar letter : io.InputQueueCharacters) {
        if (letter > ' ' && open_list.typed.size() + 4 < typed_bytes_max) {
            char bytes[5] = {};
            ImTextCharToUtf8(bytes, letter);
            open_list.typed += bytes;
        }
    }
    open_list.typed_at_seconds = now_seconds;
    return open_list.typed;
}

bool matches(const SelectOption& option, std::string_view search) {
    return search.empty() || fuzzy_score(search, option.label) > 0;
}

int next_match(std::span<const SelectOption> options, int from, int step) {
    const int count = static_cast<int>(options.size());
    for (int index = from + step; index >= 0 && index < count; index += step) {
        if (matches(options[static_cast<std::size_t>(index)], open_list.search)) {
            return index;
        }
    }
    return std::clamp(from, -1, count - 1);
}

// Arrow keys belong to the list while it is open, whatever ImGui's own navigation would do with
// them.
void move_highlight(std::span<const SelectOption> options) {
    const ImGuiID owner = open_list.owner;
    for (const ImGuiKey key : {ImGuiKey_UpArrow, ImGuiKey_DownArrow, ImGuiKey_Home, ImGuiKey_End}) {
        ImGui::SetKeyOwner(key, owner);
    }
    const int before = open_list.highlighted;
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow, ImGuiInputFlags_Repeat, owner)) {
        open_list.highlighted = next_match(options, open_list.highlighted, 1);
    }
    if (ImGui::IsKeyPressed(ImGuiKey_UpArrow, ImGuiInputFlags_Repeat, owner)) {
        open_list.highlighted = next_match(options, open_list.highlighted, -1);
    }
    if (ImGui::IsKeyPressed(ImGuiKey_Home, ImGuiInputFlags_None, owner)) {
        open_list.highlighted = next_match(options, -1, 1);
    }
    if (ImGui::IsKeyPressed(ImGuiKey_End, ImGuiInputFlags_None, owner)) {
        open_list.highlighted = next_match(options, static_cast<int>(options.size()), -1);
    }
    open_list.scroll_to_highlighted |= before != open_list.highlighted;
}

bool draw_options(std::span<const SelectOption> options, int& selected) {
    bool changed = false;
    int shown = 0;
    for (std::size_t position = 0; position < options.size(); ++position) {
        const int index = static_cast<int>(position);
        if (!matches(options[position], open_list.search)) {
            continue;
        }
        ++shown;
        OptionRow row;
        row.label = options[position].label;
        row.description = options[position].description;
        row.icon = options[position].icon;
        const bool chosen = index == selected;
        const bool lit = index == open_list.highlighted;
        row.mark = chosen ? (lit ? OptionRow::Mark::selected_and_highlighted : OptionRow::Mark::selected)
                          : (lit ? OptionRow::Mark::highlighted : OptionRow::Mark::none);
        const ImVec2 at = ImGui::GetCursorScreenPos();
        if (option_row(ImHashData(&index, sizeof(index), open_list.owner), row)) {
            changed = !chosen;
            selected = index;
            close_popover();
        }
        if (lit && open_list.scroll_to_highlighted) {
            ImGui::ScrollToRect(ImGui::GetCurrentWindow(), ImRect(at, ImVec2(at.x + 1, at.y + option_row_height(row))),
                                ImGuiScrollFlags_KeepVisibleEdgeY);
            open_list.scroll_to_highlighted = false;
            request_frames(2);
        }
    }
    if (shown == 0) {
        text(TextStyle::body, words().no_options, Color::text_muted);
    }
    return changed;
}

bool draw_list(const char* popup, std::span<const SelectOption> options, int& selected, const SelectOptions& look,
               Box field) {
    const float width = std::max(field.width(), look.list_width);
    if (!begin_popover_at(popup, field, look.label, std::min(width, ImGui::GetIO().DisplaySize.x - 16), 6)) {
        return false;
    }
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    if (!look.search_label.empty()) {
        const TextFieldOptions search = {.label = look.search_label,
                                         .label_shown = TextFieldOptions::Label::hidden,
                                         .placeholder = look.search_label,
                                         .kind = FieldKind::search,
                                         .bytes_max = typed_bytes_max,
                                         .focus = ImGui::IsWindowAppearing() ? TakeFocus::now : TakeFocus::no};
        if (text_field("search", open_list.search, search).changed) {
            open_list.highlighted = next_match(options, -1, 1);
        }
        space_below(space::tiny + 2);
    } else if (const std::string_view typed = typed_now(); !typed.empty()) {
        const int found =
            type_ahead(options, typed.size() == 1 ? open_list.highlighted : open_list.highlighted - 1, typed);
        open_list.highlighted = found >= 0 ? found : open_list.highlighted;
        open_list.scroll_to_highlighted = true;
    }
    move_highlight(options);
    const float rows_height =
        static_cast<float>(options.size()) *
        option_row_height({.label = "", .description = options.empty() ? "" : options[0].description});
    ImGui::BeginChild("options", ImVec2(0, std::clamp(rows_height, metrics().option_height, list_height_max)),
                      ImGuiChildFlags_NavFlattened, ImGuiWindowFlags_NoSavedSettings);
    bool changed = false;
    {
        const mirror::Scope scope(
            id_of("listbox"), {.role = mirror::Role::listbox, .name = look.label, .state = mirror::state_top_layer});
        changed = draw_options(options, selected);
    }
    ImGui::EndChild();
    const bool enter = ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false);
    if (!changed && enter && !ImGui::IsWindowAppearing() && open_list.highlighted >= 0) {
        changed = selected != open_list.highlighted;
        selected = open_list.highlighted;
        close_popover();
    }
    ImGui::PopStyleVar();
    end_popover();
    return changed;
}

ChipOptions chip_of(std::span<const SelectOption> options, int selected) {
    if (selected <= 0 || selected >= static_cast<int>(options.size())) return {};
    return {.value = options[static_cast<std::size_t>(selected)].label};
}

void paint_field(const Press& pressed, std::string_view shown, const SelectOptions& look, bool is_placeholder,
                 bool open) {
    const bool disabled = !look.disabled_reason.empty();
    const ImU32 ground = color(disabled ? Color::sunken : Color::card);
    paint_box(pressed.box, pressed.hovered && !disabled ? mix(ground, color(Color::hover), 1) : ground,
              radius::control);
    const Color edge = !look.error.empty() ? Color::bad : (open ? Color::focus : Color::control_line);
    paint_border(pressed.box, color(edge), radius::control, open || !look.error.empty() ? 1.5f : 1.0f);
    paint_focus_ring(pressed.id, pressed.box, radius::control);
    const float middle = pressed.box.center().y;
    float x = pressed.box.min.x + space::medium;
    if (look.icon != nullptr) {
        paint_icon(ImVec2(x + size::icon * 0.5f, middle), size::icon, look.icon, color(Color::text_muted));
        x += size::icon + space::small;
    }
    const float right = pressed.box.max.x - space::medium - size::icon;
    paint_text_cut(ImVec2(x, middle - line_height(TextStyle::body) * 0.5f), right - space::small - x, TextStyle::body,
                   shown, color(disabled || is_placeholder ? Color::text_muted : Color::text));
    paint_icon(ImVec2(right + size::icon * 0.5f, middle), size::icon, icons::chevrons_up_down,
               color(Color::text_muted));
}

}  // namespace

int type_ahead(std::span<const SelectOption> options, int from, std::string_view typed) {
    const int count = static_cast<int>(options.size());
    for (int step = 1; step <= count; ++step) {
        const int index = ((from + step) % count + count) % count;
        if (starts_with_ignoring_case(options[static_cast<std::size_t>(index)].label, typed)) {
            return index;
        }
    }
    return -1;
}

bool select(const char* id, std::span<const SelectOption> options, int& selected, const SelectOptions& look) {
    ImGui::PushID(id);
    ImGui::BeginGroup();
    if (look.label_shown == SelectOptions::Label::shown && !look.label.empty()) {
        text(TextStyle::body_medium, look.label);
        space_below(space::tiny + 2);
    }
    const float room = ImGui::GetContentRegionAvail().x;
    const float width = look.width > 0 ? std::min(look.width, room) : room;
    const bool disabled = !look.disabled_reason.empty();
    const bool chosen = selected >= 0 && selected < static_cast<int>(options.size());
    const std::string_view shown = chosen ? options[static_cast<std::size_t>(selected)].label : look.placeholder;
    const Press pressed =
        press("field", ImVec2(width, metrics().control_height), disabled ? Enabled::no : Enabled::yes);
    const bool open = is_popover_open("list");
    mirror::Annotation note;
    note.role = mirror::Role::combobox;
    note.name = look.label;
    note.value = chosen ? shown : std::string_view();
    note.description = disabled ? look.disabled_reason : (look.error.empty() ? look.hint : look.error);
    note.state_set = mirror::state_expandable | (open ? static_cast<std::uint32_t>(mirror::state_expanded) : 0u) |
                     (disabled ? static_cast<std::uint32_t>(mirror::state_disabled) : 0u) |
                     (look.error.empty() ? 0u : static_cast<std::uint32_t>(mirror::state_invalid));
    mirror::current().annotate_last_item(note);
    paint_field(pressed, shown, look, !chosen, open);
    if (disabled) {
        tooltip(look.disabled_reason);
    }
    const bool arrow = pressed.focused && ImGui::IsKeyPressed(ImGuiKey_DownArrow, false) && ImGui::GetIO().KeyAlt;
    if (!open && (pressed.clicked || arrow)) {
        open_for(pressed.id, "list", selected);
    }
    const bool changed = draw_list("list", options, selected, look, pressed.box);
    if (!look.error.empty() || !look.hint.empty()) {
        space_below(space::tiny + 2);
        text_wrapped(TextStyle::caption, look.error.empty() ? look.hint : look.error,
                     look.error.empty() ? Color::text_muted : Color::bad, width);
    }
    ImGui::EndGroup();
    ImGui::PopID();
    return changed;
}

float select_chip_width(std::span<const SelectOption> options, int selected, const SelectOptions& look) {
    return chip_width(look.label, chip_of(options, selected));
}

bool select_chip(const char* id, std::span<const SelectOption> options, int& selected, const SelectOptions& look) {
    ImGui::PushID(id);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const ChipEvent event = choice_chip("chip", look.label, selected > 0, chip_of(options, selected));
    const Box box = {origin, ImGui::GetItemRectMax()};
    if (event == ChipEvent::pressed) open_for(id_of("chip"), "list", selected);
    bool changed = draw_list("list", options, selected, look, box);
    if (event == ChipEvent::removed) {
        selected = 0;
        changed = true;
    }
    ImGui::PopID();
    return changed;
}

}  // namespace portal::ui
