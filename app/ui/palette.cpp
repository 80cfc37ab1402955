#include "app/ui/palette.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/mirror/mirror.hpp"
#include "app/ui/badge.hpp"
#include "app/ui/fuzzy.hpp"
#include "app/ui/menu.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"
#include "app/ui/text.hpp"
#include "app/ui/text_field.hpp"
#include "app/ui/words.hpp"

namespace portal::ui {
namespace {

constexpr float palette_width = 600;
constexpr float palette_list_height = 380;
constexpr float palette_padding = 12;
constexpr std::size_t query_bytes_max = 120;

int move_highlight(int highlighted, int count, ImGuiID owner) {
    for (const ImGuiKey key : {ImGuiKey_UpArrow, ImGuiKey_DownArrow}) {
        ImGui::SetKeyOwner(key, owner);
    }
    // The search field is single-line, so the arrows are free for the list.
    int result = highlighted;
    result += ImGui::IsKeyPressed(ImGuiKey_DownArrow, ImGuiInputFlags_Repeat, owner) ? 1 : 0;
    result -= ImGui::IsKeyPressed(ImGuiKey_UpArrow, ImGuiInputFlags_Repeat, owner) ? 1 : 0;
    return std::clamp(result, 0, std::max(0, count - 1));
}

int draw_matches(PaletteState& state, std::span<const PaletteItem> items, bool moved) {
    int chosen = -1;
    const float rows = static_cast<float>(std::max<std::size_t>(1, state.matches.size())) * metrics().option_height;
    ImGui::BeginChild("matches", ImVec2(0, std::min(rows, palette_list_height)), ImGuiChildFlags_NavFlattened,
                      ImGuiWindowFlags_NoSavedSettings);
    const mirror::Scope scope(id_of("listbox"),
                              {.role = mirror::Role::listbox, .name = words().more, .state = mirror::state_top_layer});
    for (std::size_t position = 0; position < state.matches.size(); ++position) {
        const PaletteItem& item = items[static_cast<std::size_t>(state.matches[position])];
        const bool lit = static_cast<int>(position) == state.highlighted;
        OptionRow row;
        row.label = item.label;
        row.icon = item.icon;
        row.trailing = item.hint;
        row.mark = lit ? OptionRow::Mark::highlighted : OptionRow::Mark::none;
        const ImVec2 at = ImGui::GetCursorScreenPos();
        if (option_row(ImHashData(&position, sizeof(position), id_of("row")), row)) {
            chosen = state.matches[position];
        }
        if (lit && moved) {
            ImGui::ScrollToRect(ImGui::GetCurrentWindow(), ImRect(at, ImVec2(at.x + 1, at.y + option_row_height(row))),
                                ImGuiScrollFlags_KeepVisibleEdgeY);
            request_frames(2);
        }
    }
    if (state.matches.empty()) {
        text(TextStyle::body, words().no_options, Color::text_muted);
    }
    ImGui::EndChild();
    return chosen;
}

char letter_pressed() {
    for (int key = ImGuiKey_A; key <= ImGuiKey_Z; ++key) {
        if (ImGui::IsKeyPressed(static_cast<ImGuiKey>(key), false)) {
            return static_cast<char>('a' + key - ImGuiKey_A);
        }
    }
    // '/' and '?' move about between keyboard layouts: what was typed counts, not which key.
    const ImVector<ImWchar>& typed = ImGui::GetIO().InputQueueCharacters;
    for (const ImWchar letter : typed) {
        if (letter == '/' || letter == '?') {
            return static_cast<char>(letter);
        }
    }
    return 0;
}

}  // namespace

void rank(std::string_view query, std::span<const PaletteItem> items, std::vector<int>& out) {
    struct Scored {
        int index;
        int score;
    };
    std::vector<Scored> scored;
    for (std::size_t index = 0; index < items.size(); ++index) {
        // Keywords count half: who typed the label meant the label.
        const int by_label = 2 * fuzzy_score(query, items[index].label);
        const int by_keywords = items[index].keywords.empty() ? 0 : fuzzy_score(query, items[index].keywords);
        if (const int score = std::max(by_label, by_keywords); score > 0) {
            scored.push_back({static_cast<int>(index), score});
        }
    }
    // Equal scores keep the caller's order.
    std::sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) {
        return a.score != b.score ? a.score > b.score : a.index < b.index;
    });
    out.clear();
    for (const Scored& entry : scored) {
        if (out.size() == palette_matches_max) {
            break;
        }
        out.push_back(entry.index);
    }
}

void open_palette(PaletteState& state) {
    state.shown = Shown::yes;
    state.query.clear();
    state.highlighted = 0;
    request_frames(3);
}

int palette(PaletteState& state, std::string_view name, std::string_view placeholder,
            std::span<const PaletteItem> items) {
    if (state.shown == Shown::no) {
        return -1;
    }
    if (!ImGui::IsPopupOpen("palette")) {
        ImGui::OpenPopup("palette");
        request_frames(3);
    }
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const float width = std::min(palette_width, screen.x - 2 * space::large);
    ImGui::SetNextWindowPos(
        ImVec2(std::round((screen.x - width) * 0.5f), std::round(std::max(16.0f, screen.y * 0.14f))));
    ImGui::SetNextWindowSizeConstraints(ImVec2(width, 60), ImVec2(width, screen.y - 32));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(palette_padding, palette_padding));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, radius::card);
    const bool open =
        ImGui::BeginPopupModal("palette", nullptr,
                               ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoResize |
                                   ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings);
    ImGui::PopStyleVar(2);
    if (!open) {
        return -1;
    }
    mirror::current().push_container(
        ImGui::GetCurrentWindow()->ID,
        {.role = mirror::Role::dialog, .name = name, .state = mirror::state_modal | mirror::state_top_layer});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    const bool appearing = ImGui::IsWindowAppearing();
    const int before = state.highlighted;
    state.highlighted = move_highlight(state.highlighted, static_cast<int>(state.matches.size()), id_of("owner"));
    const TextFieldOptions field = {.label = name,
                                    .label_shown = TextFieldOptions::Label::hidden,
                                    .placeholder = placeholder,
                                    .kind = FieldKind::search,
                                    .bytes_max = query_bytes_max,
                                    .focus = appearing ? TakeFocus::now : TakeFocus::no};
    const TextFieldResult typed = text_field("query", state.query, field);
    if (typed.changed || appearing) {
        state.highlighted = 0;
    }
    rank(state.query, items, state.matches);
    space_below(space::small);
    int chosen = draw_matches(state, items, before != state.highlighted);
    if (typed.submitted && !appearing && state.highlighted < static_cast<int>(state.matches.size())) {
        chosen = state.matches[static_cast<std::size_t>(state.highlighted)];
    }
    const bool outside =
        ImGui::IsMouseClicked(0) && !appearing && !ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows);
    if (chosen >= 0 || outside || ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
        state.shown = Shown::no;
        ImGui::CloseCurrentPopup();
        request_frames(3);
    }
    ImGui::PopStyleVar();
    mirror::current().pop_container();
    ImGui::EndPopup();
    return chosen;
}

int ShortcutListener::listen(std::span<const Shortcut> shortcuts) {
    constexpr double second_key_seconds = 1.5;
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    const ImGuiIO& io = ImGui::GetIO();
    const double now_seconds = ImGui::GetTime();
    // Ctrl+K works from inside of a field; plain letters are the field's.
    const bool with_control = io.KeyCtrl || io.KeySuper;
    if ((io.WantTextInput && !with_control) || context.OpenPopupStack.Size > 0 || io.KeyAlt) {
        m_prefix = 0;
        return -1;
    }
    if (m_prefix != 0 && now_seconds - m_prefix_at_seconds > second_key_seconds) {
        m_prefix = 0;
    }
    const char key = letter_pressed();
    if (key == 0) {
        return -1;
    }
    const char prefix = m_prefix;
    m_prefix = 0;
    for (const Shortcut& shortcut : shortcuts) {
        const std::string_view keys = shortcut.keys;
        const bool wants_control = keys.starts_with("Ctrl ");
        const char last =
            keys.empty()
                ? '\0'
                : static_cast<char>(keys.back() >= 'A' && keys.back() <= 'Z' ? keys.back() - 'A' + 'a' : keys.back());
        const bool two = !wants_control && keys.size() == 3 && keys[1] == ' ';
        if (last != key || wants_control != with_control) {
            continue;
        }
        if (two ? prefix == keys[0] : prefix == 0) {
            return shortcut.command;
        }
    }
    if (!with_control && prefix == 0) {
        for (const Shortcut& shortcut : shortcuts) {
            if (shortcut.keys.size() == 3 && shortcut.keys[1] == ' ' && shortcut.keys[0] == key) {
                m_prefix = key;
                m_prefix_at_seconds = now_seconds;
            }
        }
    }
    return -1;
}

void shortcut_sheet(Shown& shown, std::string_view title, std::span<const Shortcut> shortcuts) {
    if (!begin_dialog("shortcuts", shown, {.title = title, .width = 520})) {
        return;
    }
    mirror::current().push_container(id_of("list"), {.role = mirror::Role::list, .name = title});
    for (std::size_t index = 0; index < shortcuts.size(); ++index) {
        const mirror::Scope row(ImHashData(&index, sizeof(index), id_of("item")), {.role = mirror::Role::list_item});
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float width = ImGui::GetContentRegionAvail().x;
        text_at(ImVec2(at.x, at.y + 3), TextStyle::body, shortcuts[index].label, Color::text, width - 120);
        ImGui::SetCursorScreenPos(ImVec2(at.x + width - 110, at.y + 2));
        key_hint(shortcuts[index].keys);
        ImGui::SetCursorScreenPos(at);
        ImGui::ItemSize(ImVec2(width, 26), 0);
        paint_rule(ImVec2(at.x, at.y + 30), width, ImGuiDir_Right, color_with_alpha(Color::line, 0.6f));
    }
    mirror::current().pop_container();
    end_dialog();
}

}  // namespace portal::ui
