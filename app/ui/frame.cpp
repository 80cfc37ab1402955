#include "app/ui/frame.hpp"

#include "app/mirror/mirror.hpp"
#include "app/ui/button.hpp"
#include "app/ui/menu.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/press.hpp"
#include "app/ui/scroll.hpp"
#include "app/ui/text.hpp"
#include "app/ui/tooltip.hpp"
#include "app/ui/words.hpp"
#include "generated/icons.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace portal::ui {
namespace {

constexpr float rail_item_height = 40;
constexpr float ribbon_height = 20;
constexpr float rail_padding = 12;
constexpr int bottom_slots = 5;

ImGuiWindowFlags pane_flags() {
    return ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoSavedSettings;
}

void begin_pane(const char* id, Box box, Color ground) {
    ImGui::SetCursorScreenPos(box.min);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::PushStyleColor(ImGuiCol_ChildBg, color(ground));
    ImGui::BeginChild(id, box.size(), ImGuiChildFlags_AlwaysUseWindowPadding | ImGuiChildFlags_NavFlattened,
                      pane_flags());
    ImGui::PopStyleColor();
    ImGui::PopStyleVar();
}

void annotate_navigation(const NavigationItem& item, bool selected) {
    mirror::Annotation note;
    note.role = mirror::Role::link;
    note.name = item.label;
    note.description = item.badge_words;
    note.href = item.href;
    note.state_set = selected ? static_cast<std::uint32_t>(mirror::state_current) : 0u;
    mirror::current().annotate_last_item(note);
}

void paint_badge(ImVec2 center, const NavigationItem& item) {
    if (item.badge.empty()) {
        return;
    }
    const float width = std::max(20.0f, measure(TextStyle::caption_strong, item.badge).x + 12);
    const Box box = box_at(ImVec2(center.x - width * 0.5f, center.y - 10), ImVec2(width, 20));
    paint_box(box, color(tone_ground(item.badge_tone)), 10);
    const ImVec2 words_size = measure(TextStyle::caption_strong, item.badge);
    paint_text(ImVec2(box.center().x - words_size.x * 0.5f, box.center().y - words_size.y * 0.5f),
               TextStyle::caption_strong, item.badge, color(tone_color(item.badge_tone)));
}

}  // namespace

FrameBoxes frame_boxes(ImVec2 window, RailState rail) {
    FrameBoxes result;
    if (window.x < breakpoint::phone_below) {
        result.navigation_kind = FrameBoxes::Navigation::bottom;
        result.navigation = {ImVec2(0, window.y - size::bottom_bar), window};
        result.top_bar = {ImVec2(0, 0), ImVec2(window.x, size::top_bar)};
        result.content = {ImVec2(0, size::top_bar), ImVec2(window.x, result.navigation.min.y)};
        return result;
    }
    // Below the tablet's width an expanded rail would leave too little to read.
    const bool expanded = rail == RailState::expanded && window.x >= breakpoint::tablet_below;
    const float width = expanded ? size::rail_expanded : size::rail_collapsed;
    result.navigation_kind = expanded ? FrameBoxes::Navigation::expanded : FrameBoxes::Navigation::collapsed;
    result.navigation = {ImVec2(0, 0), ImVec2(width, window.y)};
    result.top_bar = {ImVec2(width, 0), ImVec2(window.x, size::top_bar)};
    result.content = {ImVec2(width, size::top_bar), window};
    return result;
}

FrameBoxes frame_boxes_alone(ImVec2 window) {
    FrameBoxes result;
    result.top_bar = {ImVec2(0, 0), ImVec2(window.x, size::top_bar)};
    result.content = {ImVec2(0, size::top_bar), window};
    return result;
}

Frame::Frame(const FrameOptions& options)
    : m_options(options),
      m_boxes(options.items.empty() ? frame_boxes_alone(ImGui::GetIO().DisplaySize)
                                    : frame_boxes(ImGui::GetIO().DisplaySize,
                                                  options.rail != nullptr ? *options.rail : RailState::expanded)) {
    m_boxes.strip = m_boxes.content;
    m_boxes.content.min.y += options.strip_height;
    m_boxes.strip.max.y = m_boxes.content.min.y;
    ImGui::SetNextWindowPos(ImVec2(0, 0));
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::Begin("frame", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar();
}

Frame::~Frame() {
    ImGui::End();
}

int Frame::item_count() const {
    return static_cast<int>(m_options.items.size() + m_options.items_at_end.size());
}

const NavigationItem& Frame::item_at(int index) const {
    const auto position = static_cast<std::size_t>(index);
    return position < m_options.items.size() ? m_options.items[position]
                                             : m_options.items_at_end[position - m_options.items.size()];
}

int Frame::navigation() {
    const mirror::Scope scope(id_of("navigation"),
                              {.role = mirror::Role::navigation, .name = m_options.navigation_name});
    begin_pane("navigation", m_boxes.navigation, Color::card);
    const int pressed = m_boxes.navigation_kind == FrameBoxes::Navigation::bottom ? draw_bottom_bar() : draw_rail();
    ImGui::EndChild();
    return pressed;
}

void Frame::draw_rail_head() {
    const Box rail = m_boxes.navigation;
    const bool expanded = m_boxes.navigation_kind == FrameBoxes::Navigation::expanded;
    // The mark: two leaves that meet, drawn from arcs, so that it is sharp at any density.
    const ImVec2 center(rail.min.x + size::rail_collapsed * 0.5f, size::top_bar * 0.5f);
    ImDrawList* list = ImGui::GetWindowDrawList();
    const Box mark = box_at(ImVec2(center.x - 14, center.y - 14), ImVec2(28, 28));
    paint_box(mark, color(Color::accent), radius::control);
    list->AddCircleFilled(ImVec2(center.x - 4, center.y + 2), 5.5f, color_with_alpha(Color::text_on_accent, 0.95f), 24);
    list->AddCircle(ImVec2(center.x + 4, center.y - 2), 5.0f, color(Color::text_on_accent), 24, 2);
    if (!expanded) {
        return;
    }
    const float x = rail.min.x + size::rail_collapsed - 4;
    const float room = rail.max.x - x - rail_padding;
    if (m_options.tenant_name.empty()) {
        text_at(ImVec2(x, center.y - line_height(TextStyle::body_strong) * 0.5f), TextStyle::body_strong,
                m_options.product_name, Color::text, room);
    } else {
        text_at(ImVec2(x, center.y - 17), TextStyle::body_strong, m_options.product_name, Color::text, room);
        text_at(ImVec2(x, center.y + 1), TextStyle::caption, m_options.tenant_name, Color::text_muted, room);
    }
}

bool Frame::draw_rail_item(const NavigationItem& item, int index, Box box) {
    const bool expanded = m_boxes.navigation_kind == FrameBoxes::Navigation::expanded;
    const bool selected = index == m_options.selected;
    const Press pressed = press_at(id_of(item.id), box);
    annotate_navigation(item, selected);
    const float hover = eased(pressed.id, pressed.hovered ? 1.0f : 0.0f);
    if (selected) {
        paint_box(box, color(Color::selected), radius::control);
    } else if (hover > 0) {
        paint_box(box, color_with_alpha(Color::hover, hover), radius::control);
    }
    const ImU32 ink = color(selected ? Color::accent : (pressed.hovered ? Color::text : Color::text_muted));
    const float icon_x = expanded ? box.min.x + 20 : box.center().x;
    paint_icon(ImVec2(icon_x, box.center().y), size::icon_large, item.icon, ink);
    if (expanded) {
        const float x = box.min.x + 42;
        paint_text_cut(ImVec2(x, box.center().y - line_height(TextStyle::body_medium) * 0.5f), box.max.x - x - 32,
                       TextStyle::body_medium, item.label, color(selected ? Color::accent : Color::text));
        paint_badge(ImVec2(box.max.x - 20, box.center().y), item);
    } else {
        if (!item.badge.empty()) {
            ImGui::GetWindowDrawList()->AddCircleFilled(ImVec2(box.max.x - 9, box.min.y + 9), 4,
                                                        color(tone_color(item.badge_tone)), 16);
        }
        tooltip(item.label);
    }
    paint_focus_ring(pressed.id, inset(box, 1, 1), radius::control);
    return pressed.clicked;
}

void Frame::draw_rail_foot() {
    if (m_options.rail == nullptr || m_boxes.navigation.width() <= 0 ||
        ImGui::GetIO().DisplaySize.x < breakpoint::tablet_below) {
        return;
    }
    const bool expanded = m_boxes.navigation_kind == FrameBoxes::Navigation::expanded;
    const Box rail = m_boxes.navigation;
    const float side = 32;
    ImGui::SetCursorScreenPos(
        ImVec2(expanded ? rail.max.x - side - rail_padding : rail.min.x + (rail.width() - side) * 0.5f,
               rail.max.y - side - rail_padding));
    if (icon_button("collapse", expanded ? icons::panel_left_close : icons::panel_left_open,
                    expanded ? words().collapse_navigation : words().expand_navigation, {.size = ButtonSize::small})) {
        *m_options.rail = expanded ? RailState::collapsed : RailState::expanded;
        request_frames(2);
    }
}

int Frame::draw_rail() {
    const Box rail = m_boxes.navigation;
    paint_rule(ImVec2(rail.max.x - hairline(), rail.min.y), rail.height(), ImGuiDir_Down, color(Color::line));
    draw_rail_head();
    int pressed = -1;
    const float item_height = theme().density == Density::touch ? size::touch_target : rail_item_height;
    float y = size::top_bar + space::medium;
    for (int index = 0; index < static_cast<int>(m_options.items.size()); ++index) {
        const Box box = {ImVec2(rail.min.x + rail_padding, y), ImVec2(rail.max.x - rail_padding, y + item_height)};
        pressed = draw_rail_item(item_at(index), index, box) ? index : pressed;
        y += item_height + 2;
    }
    y = rail.max.y - rail_padding - static_cast<float>(m_options.items_at_end.size()) * (item_height + 2) - 36;
    for (int index = static_cast<int>(m_options.items.size()); index < item_count(); ++index) {
        const Box box = {ImVec2(rail.min.x + rail_padding, y), ImVec2(rail.max.x - rail_padding, y + item_height)};
        pressed = draw_rail_item(item_at(index), index, box) ? index : pressed;
        y += item_height + 2;
    }
    draw_rail_foot();
    return pressed;
}

int Frame::draw_bottom_bar() {
    const Box bar = m_boxes.navigation;
    paint_rule(bar.min, bar.width(), ImGuiDir_Right, color(Color::line));
    const int total = item_count();
    const bool overflow = total > bottom_slots;
    const int direct = overflow ? bottom_slots - 1 : total;
    const float each = bar.width() / static_cast<float>(overflow ? bottom_slots : std::max(1, total));
    int chosen = -1;
    for (int slot = 0; slot < direct + (overflow ? 1 : 0); ++slot) {
        const bool is_more = slot == direct;
        const NavigationItem more = {"more", icons::ellipsis, words().more, {}, {}, Tone::neutral, {}};
        const NavigationItem& item = is_more ? more : item_at(slot);
        const bool selected = is_more ? m_options.selected >= direct : slot == m_options.selected;
        const Box box =
            box_at(ImVec2(bar.min.x + each * static_cast<float>(slot), bar.min.y + 1), ImVec2(each, bar.height() - 1));
        const Press pressed = press_at(id_of(item.id), box);
        annotate_navigation(item, selected);
        const ImU32 ink = color(selected ? Color::accent : Color::text_muted);
        paint_icon(ImVec2(box.center().x, box.min.y + 20), 22, item.icon, ink);
        const float label_width = std::min(measure(TextStyle::caption_strong, item.label).x, each - 4);
        paint_text_cut(ImVec2(box.center().x - label_width * 0.5f, box.min.y + 36), each - 4, TextStyle::caption_strong,
                       item.label, ink);
        if (!item.badge.empty()) {
            paint_badge(ImVec2(box.center().x + 16, box.min.y + 14), item);
        }
        paint_focus_ring(pressed.id, inset(box, 4, 4), radius::control);
        if (is_more) {
            if (pressed.clicked) {
                open_menu("more_menu");
            }
            std::array<MenuItem, 24> rows;
            int row_count = 0;
            for (int index = direct; index < total && row_count < static_cast<int>(rows.size()); ++index) {
                rows[static_cast<std::size_t>(row_count++)] = {item_at(index).id, item_at(index).label,
                                                               item_at(index).icon};
            }
            const int picked = menu("more_menu", {rows.data(), static_cast<std::size_t>(row_count)});
            chosen = picked >= 0 ? direct + picked : chosen;
        } else if (pressed.clicked) {
            chosen = slot;
        }
    }
    return chosen;
}

void Frame::begin_bar(const char* id, Box bar, mirror::Role role, Color ground, std::string_view name) {
    mirror::current().push_container(id_of(id), {.role = role, .name = name});
    begin_pane(id, bar, ground);
    paint_rule(ImVec2(bar.min.x, bar.max.y - hairline()), bar.width(), ImGuiDir_Right, color(Color::line));
    const float side = metrics().gutter;
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    window->WorkRect.Max.x -= side;
    window->ContentRegionRect.Max.x -= side;
    ImGui::SetCursorScreenPos(
        ImVec2(bar.min.x + side, bar.min.y + std::round((bar.height() - metrics().control_height) * 0.5f)));
}

void Frame::begin_top_bar() {
    begin_bar("top_bar", m_boxes.top_bar, mirror::Role::banner, Color::card);
}

void Frame::begin_strip() {
    begin_bar("strip", m_boxes.strip, mirror::Role::region, Color::info_soft, m_options.strip_name);
    const float spare = m_boxes.strip.height() - icon_button_width(ButtonSize::small);
    ImGui::SetCursorScreenPos(ImVec2(ImGui::GetCursorScreenPos().x, m_boxes.strip.min.y + std::round(spare * 0.5f)));
}

void Frame::end_strip() {
    end_top_bar();
}

void Frame::end_top_bar() {
    ImGui::EndChild();
    mirror::current().pop_container();
}

void Frame::begin_main() {
    if (!m_is_in_main) {
        mirror::current().push_container(id_of("main"), {.role = mirror::Role::main}, mirror_rect(m_boxes.content));
    }
    m_is_in_main = true;
}

float Frame::inset_of(ContentWidth width) const {
    const float widest = width == ContentWidth::reading ? size::reading_width_max : size::dashboard_width_max;
    return std::max(metrics().gutter, std::floor((m_boxes.content.width() - widest) * 0.5f));
}

void Frame::begin_pinned(const char* id) {
    begin_main();
    m_pinned_height = id_of("pinned_height", id_of(id));
    Box box = m_boxes.content;
    const float height = ImGui::GetStateStorage()->GetFloat(m_pinned_height, size::top_bar);
    box.max.y = box.min.y + height;
    begin_pane(id, box, Color::page);
    const float side = inset_of(ContentWidth::dashboard);
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    window->WorkRect.Max.x -= side;
    window->ContentRegionRect.Max.x -= side;
    ImGui::SetCursorScreenPos(ImVec2(box.min.x + side, box.min.y + space::medium));
    ImGui::BeginGroup();
}

void Frame::end_pinned() {
    ImGui::EndGroup();
    const float used = ImGui::GetItemRectMax().y + space::medium - m_boxes.content.min.y;
    paint_rule(ImVec2(m_boxes.content.min.x, std::round(m_boxes.content.min.y + used - hairline())),
               m_boxes.content.width(), ImGuiDir_Right, color(Color::line));
    ImGui::EndChild();
    ImGuiStorage& storage = *ImGui::GetStateStorage();
    if (storage.GetFloat(m_pinned_height, size::top_bar) != used) {
        storage.SetFloat(m_pinned_height, used);
        request_frames(2);
    }
    m_boxes.content.min.y += used;
}

void Frame::begin_content(const char* id, ContentWidth width) {
    begin_main();
    const Box content = m_boxes.content;
    const float side = metrics().gutter;
    m_content_inset = inset_of(width);
    ImGui::SetCursorScreenPos(content.min);
    begin_scroll(id, content.size(), m_content_inset, side);
    // The bar lies in the gutter: content neither jumps when it appears nor ends further from the
    // edge.
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    window->WorkRect.Max.x += window->ScrollbarSizes.x;
    window->ContentRegionRect.Max.x += window->ScrollbarSizes.x;
}

void Frame::end_content() {
    space_below(metrics().gutter);
    ImGui::ItemSize(ImVec2(0, 0), 0);
    end_scroll();
    mirror::current().pop_container();
    m_is_in_main = false;
}

Box Frame::begin_fixed_content(const char* id) {
    const Box content = m_boxes.content;
    mirror::current().push_container(id_of("main"), {.role = mirror::Role::main}, mirror_rect(content));
    begin_pane(id, content, Color::page);
    return content;
}

void Frame::end_fixed_content() {
    ImGui::EndChild();
    mirror::current().pop_container();
}

void top_bar_right(float width) {
    ImGui::SameLine(0, 0);
    const ImGuiWindow* window = ImGui::GetCurrentWindow();
    const float x = window->WorkRect.Max.x - width;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos(ImVec2(std::max(at.x + space::small, x), at.y));
}

float ribbon_width(std::string_view words_on_it) {
    return measure(TextStyle::caption_strong, words_on_it).x + 2 * space::small;
}

void ribbon(std::string_view words_on_it) {
    const ImVec2 extent(ribbon_width(words_on_it), ribbon_height);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    // Centred on the line of the controls beside it.
    const Box box = box_at({at.x, at.y + (metrics().control_height - ribbon_height) * 0.5f}, extent);
    ImGui::ItemSize({extent.x, metrics().control_height}, 0);
    paint_box(box, color(Color::warn_soft), radius::mark);
    text_at(ImVec2(box.min.x + space::small, box.center().y - line_height(TextStyle::caption_strong) * 0.5f),
            TextStyle::caption_strong, words_on_it, Color::warn);
}

float pill_width(std::string_view label, const PillOptions& options) {
    if (options.words == PillOptions::Words::hidden) {
        return metrics().chip_height + space::small;
    }
    return measure(TextStyle::caption_strong, label).x + 2 * (space::small + 2) +
           (options.icon != nullptr ? size::icon_small + 6 : 0);
}

bool pill(const char* id, std::string_view label, const PillOptions& options) {
    const float line = metrics().control_height;
    const Press pressed = press(id, ImVec2(pill_width(label, options), line));
    mirror::Annotation note;
    note.role = mirror::Role::button;
    note.name = label;
    note.description = options.description;
    mirror::current().annotate_last_item(note);
    const float height = 28;
    const Box box = {ImVec2(pressed.box.min.x, std::round(pressed.box.center().y - height * 0.5f)),
                     ImVec2(pressed.box.max.x, std::round(pressed.box.center().y + height * 0.5f))};
    const ImU32 ground = color(options.tone == Tone::neutral ? Color::card : tone_ground(options.tone));
    paint_box(box, pressed.hovered ? mix(ground, color(Color::text), 0.06f) : ground, height * 0.5f);
    if (options.tone == Tone::neutral) {
        paint_border(box, color(Color::line), height * 0.5f);
    }
    const ImU32 ink = color(tone_color(options.tone));
    float x = box.min.x + space::small + 2;
    if (options.icon != nullptr) {
        const bool alone = options.words == PillOptions::Words::hidden;
        paint_icon(ImVec2(alone ? box.center().x : x + size::icon_small * 0.5f, box.center().y), size::icon_small,
                   options.icon, ink);
        x += size::icon_small + 6;
    }
    if (options.words == PillOptions::Words::shown) {
        paint_text(ImVec2(x, box.center().y - line_height(TextStyle::caption_strong) * 0.5f), TextStyle::caption_strong,
                   label, ink);
    }
    paint_focus_ring(pressed.id, box, height * 0.5f);
    if (options.words == PillOptions::Words::hidden || !options.description.empty()) {
        tooltip(options.description.empty() ? label : options.description);
    }
    return pressed.clicked;
}

}  // namespace portal::ui
