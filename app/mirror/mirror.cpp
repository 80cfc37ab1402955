#include "app/mirror/mirror.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <utility>

#include "app/mirror/imgui_hooks.hpp"
#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"

namespace portal::mirror {

namespace {

using limits::mirror_nodes_max;

// ImGui never hands out 0.
constexpr std::uint32_t no_id = 0;
constexpr std::uint32_t no_index = UINT32_MAX;
constexpr std::size_t first_slot_count = 2048;

Rect snapped(Rect rect) {
    // Whole CSS pixels: sub-pixel jitter of an animation must not count as a change. floor() is one instruction in
    // WebAssembly, round() a call.
    const auto snap = [](float pixels) { return std::floor(pixels + 0.5f); };
    return {snap(rect.x), snap(rect.y), snap(rect.width), snap(rect.height)};
}

Rect united(Rect a, Rect b) {
    if (a.width <= 0 || a.height <= 0) return b;
    if (b.width <= 0 || b.height <= 0) return a;
    const float left = std::min(a.x, b.x), top = std::min(a.y, b.y);
    const float right = std::max(a.x + a.width, b.x + b.width), bottom = std::max(a.y + a.height, b.y + b.height);
    return {left, top, right - left, bottom - top};
}

bool same(const Rect& a, const Rect& b) {
    return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

bool same(const MirrorNode& a, const MirrorNode& b) {
    return a.id == b.id && a.parent == b.parent && a.role == b.role && a.state == b.state && same(a.rect, b.rect) &&
           a.level == b.level && a.row_index == b.row_index && a.column_index == b.column_index &&
           a.row_count == b.row_count && a.column_count == b.column_count && a.name == b.name && a.value == b.value &&
           a.description == b.description && a.href == b.href;
}

std::uint32_t mixed(std::uint32_t a, std::uint32_t b) {
    std::uint64_t value = (std::uint64_t{a} << 32 | b) * 0x9E3779B97F4A7C15ull;
    value ^= value >> 29;
    const auto folded = static_cast<std::uint32_t>(value ^ (value >> 32));
    return folded == no_id ? 1 : folded;
}

void apply(MirrorNode& node, const Annotation& annotation) {
    if (annotation.role != Role::none) node.role = annotation.role;
    if (!annotation.name.empty()) node.name = annotation.name;
    if (!annotation.value.empty()) node.value = annotation.value;
    if (!annotation.description.empty()) node.description = annotation.description;
    if (!annotation.href.empty()) node.href = annotation.href;
    node.state |= annotation.state_set;
    if (annotation.level != 0) node.level = annotation.level;
    if (annotation.row_index != 0) node.row_index = annotation.row_index;
    if (annotation.column_index != 0) node.column_index = annotation.column_index;
}

Role role_of_item(std::uint32_t state) {
    if (state & state_checkable) return Role::checkbox;
    return Role::button;
}

// In the order of the enumeration.
constexpr std::string_view role_names[] = {"none",
                                           "text",
                                           "heading",
                                           "paragraph",
                                           "button",
                                           "link",
                                           "checkbox",
                                           "toggle",
                                           "radio",
                                           "textbox",
                                           "multiline_textbox",
                                           "password",
                                           "search_box",
                                           "combobox",
                                           "listbox",
                                           "option",
                                           "list",
                                           "list_item",
                                           "table",
                                           "row_group",
                                           "row",
                                           "cell",
                                           "column_header",
                                           "tab_list",
                                           "tab",
                                           "tab_panel",
                                           "dialog",
                                           "alert_dialog",
                                           "menu",
                                           "menu_item",
                                           "group",
                                           "region",
                                           "navigation",
                                           "main",
                                           "banner",
                                           "status",
                                           "alert",
                                           "image",
                                           "progress_bar",
                                           "meter",
                                           "slider",
                                           "separator"};
static_assert(std::size(role_names) == role_count);

MirrorFrame* g_installed = nullptr;

}  // namespace

std::string_view role_name(Role role) {
    return role_names[static_cast<std::size_t>(role)];
}

void MirrorFrame::begin() {
    std::swap(m_nodes, m_previous);
    m_previous_count = std::exchange(m_count, 0);
    m_containers.clear();
    m_root_text_count = 0;
    if (m_slots.empty()) m_slots.resize(first_slot_count);
    if (++m_frame_stamp == 0) {
        // After 2^32 frames old stamps would look new again.
        std::fill(m_slots.begin(), m_slots.end(), Slot{});
        m_frame_stamp = 1;
    }
}

void MirrorFrame::end() {
    check(m_containers.empty(), "a mirror container was left open");
    grow_containers();
    fold_cells();
    drop_unexported();
    if (differs_from_previous()) ++m_revision;
}

void MirrorFrame::annotate_last_item(const Annotation& annotation) {
    if (!m_enabled) return;
    if (MirrorNode* node = find(last_item_id())) apply(*node, annotation);
}

void MirrorFrame::hide_last_item() {
    if (!m_enabled) return;
    if (MirrorNode* node = find(last_item_id())) {
        node->role = Role::none;
        node->name.clear();
    }
}

void MirrorFrame::add_state(std::uint32_t id, std::uint32_t state_set) {
    if (!m_enabled) return;
    if (MirrorNode* node = find(id)) node->state |= state_set;
}

void MirrorFrame::add_text(std::string_view text) {
    if (!m_enabled || text.empty()) return;
    add_text_at(text, last_item_rect());
}

void MirrorFrame::add_text_at(std::string_view text, Rect rect, Role role, std::int32_t level) {
    if (!m_enabled || text.empty()) return;
    std::uint32_t state = state_none;
    if (!clip_to_window(rect, state)) return;
    if (MirrorNode* node = append(next_text_id(), rect, state)) {
        node->role = role;
        node->name = text;
        node->level = level;
    }
}

void MirrorFrame::add_node(std::uint32_t id, Rect rect, const Annotation& annotation) {
    if (!m_enabled) return;
    std::uint32_t state = state_none;
    if (!clip_to_window(rect, state)) return;
    if (MirrorNode* node = append(id, rect, state)) apply(*node, annotation);
}

void MirrorFrame::push_container(std::uint32_t id, const Container& container) {
    push_container(id, container, Rect{});
    if (!m_enabled) return;
    if (const std::uint32_t index = index_of(id); index != no_index && m_nodes[index].rect.width <= 0)
        m_links[index].grows = true;
}

void MirrorFrame::push_container(std::uint32_t id, const Container& container, Rect rect) {
    if (!m_enabled) {
        m_containers.push_back({});
        return;
    }
    std::uint32_t state = container.state | (is_in_popup() ? state_top_layer : 0u);
    if (container.role == Role::dialog || container.role == Role::alert_dialog) state |= state_top_layer;
    MirrorNode* node = find(id);
    if (!node) {
        if (rect.width > 0) clip_to_window(rect, state);
        node = append(id, rect, state);
        if (node) {
            node->role = container.role;
            node->name = container.name;
            node->description = container.description;
            node->level = container.level;
            node->row_index = container.row_index;
            node->column_index = container.column_index;
            node->row_count = container.row_count;
            node->column_count = container.column_count;
        }
    }
    const bool inside_top_layer = !m_containers.empty() && m_containers.back().is_top_layer;
    OpenContainer open{id, index_of(id), false};
    // A full frame has no node to hang children under; they go where this container would have gone.
    if (!node) {
        const OpenContainer* parent = parent_for(state);
        open = parent ? *parent : OpenContainer{};
    }
    open.is_top_layer = inside_top_layer || (state & state_top_layer) != 0;
    m_containers.push_back(open);
}

void MirrorFrame::pop_container() {
    check(!m_containers.empty(), "a mirror container was closed twice");
    m_containers.pop_back();
}

void MirrorFrame::on_item(std::uint32_t id, Rect rect, std::uint32_t state) {
    if (!m_enabled) return;
    append(id, rect, state | state_focusable);
}

void MirrorFrame::on_item_information(std::uint32_t id, std::string_view label, std::uint32_t state) {
    if (!m_enabled) return;
    MirrorNode* node = find(id);
    if (!node) return;
    node->state |= state;
    if (node->role == Role::none && !label.empty()) node->role = role_of_item(node->state);
    if (node->name.empty()) node->name = label;
}

void MirrorFrame::on_item_inputable(std::uint32_t id) {
    if (!m_enabled) return;
    MirrorNode* node = find(id);
    if (node && (node->role == Role::none || node->role == Role::button)) node->role = Role::textbox;
}

MirrorFrame::Slot& MirrorFrame::slot_of(std::uint32_t id) {
    // At most half full, so a free slot always ends the probe.
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = mixed(id, 0x51ED27u) & mask;
    while (m_slots[at].frame_stamp == m_frame_stamp && m_slots[at].id != id)
        at = (at + 1) & mask;
    return m_slots[at];
}

std::uint32_t MirrorFrame::index_of(std::uint32_t id) {
    if (id == no_id || m_slots.empty()) return no_index;
    // Nearly always the item that was added last.
    if (m_count > 0 && m_nodes[m_count - 1].id == id) return static_cast<std::uint32_t>(m_count - 1);
    const Slot& slot = slot_of(id);
    return slot.frame_stamp == m_frame_stamp ? slot.node_index : no_index;
}

MirrorNode* MirrorFrame::find(std::uint32_t id) {
    const std::uint32_t index = index_of(id);
    return index == no_index ? nullptr : &m_nodes[index];
}

void MirrorFrame::grow_slots() {
    std::vector<Slot> former(m_slots.size() * 2);
    former.swap(m_slots);
    for (const Slot& slot : former)
        if (slot.frame_stamp == m_frame_stamp) slot_of(slot.id) = slot;
}

MirrorNode* MirrorFrame::append(std::uint32_t id, Rect rect, std::uint32_t state) {
    if (id == no_id || m_slots.empty() || m_count == mirror_nodes_max) return nullptr;
    if (m_count * 2 >= m_slots.size()) grow_slots();
    Slot& slot = slot_of(id);
    if (slot.frame_stamp == m_frame_stamp) return nullptr;
    slot = {id, m_frame_stamp, static_cast<std::uint32_t>(m_count), 0};
    if (m_count == m_nodes.size()) m_nodes.emplace_back();
    if (m_count == m_links.size()) m_links.emplace_back();
    const OpenContainer* parent = parent_for(state);
    m_links[m_count] = {parent ? parent->index : no_index, false, no_index};
    MirrorNode& node = m_nodes[m_count++];
    node.id = id;
    node.parent = parent ? parent->id : 0;
    node.rect = snapped(rect);
    node.role = Role::none;
    node.state = state;
    node.name.clear();
    node.value.clear();
    node.description.clear();
    node.href.clear();
    node.level = node.row_index = node.column_index = node.row_count = node.column_count = 0;
    return &node;
}

const MirrorFrame::OpenContainer* MirrorFrame::parent_for(std::uint32_t state) const {
    if (m_containers.empty() || m_containers.back().id == no_id) return nullptr;
    const OpenContainer& open = m_containers.back();
    // A popup is drawn from inside the code of what opened it, but a reader must not find it inside a table cell.
    if ((state & state_top_layer) && !open.is_top_layer) return nullptr;
    return &open;
}

std::uint32_t MirrorFrame::next_text_id() {
    const std::uint32_t parent = m_containers.empty() ? 0 : m_containers.back().id;
    if (parent == 0 || m_slots.empty()) return mixed(window_id(), 0x7E870000u + ++m_root_text_count);
    return mixed(parent, 0x7E870000u + ++slot_of(parent).text_count);
}

void MirrorFrame::grow_containers() {
    // Children follow their parents, so one pass from the end settles nested containers too.
    for (std::size_t i = m_count; i-- > 0;) {
        const MirrorNode& node = m_nodes[i];
        const std::uint32_t parent_index = m_links[i].parent_index;
        if (parent_index == no_index || node.rect.width <= 0 || !m_links[parent_index].grows) continue;
        MirrorNode& parent = m_nodes[parent_index];
        const bool first_child = parent.rect.width <= 0;
        const bool parent_is_clipped = (parent.state & state_clipped) != 0;
        const bool child_is_clipped = (node.state & state_clipped) != 0;
        // What is in sight decides; a container counts as clipped while all its children are.
        if (child_is_clipped && !first_child && !parent_is_clipped) continue;
        if (first_child || (parent_is_clipped && !child_is_clipped)) {
            parent.rect = node.rect;
            parent.state = child_is_clipped ? parent.state | state_clipped : parent.state & ~state_clipped;
        } else {
            parent.rect = united(parent.rect, node.rect);
        }
    }
}

void MirrorFrame::fold_cells() {
    constexpr std::uint32_t several = no_index - 1;
    for (std::size_t i = 0; i < m_count; ++i)
        m_links[i].only_child = no_index;
    for (std::size_t i = 0; i < m_count; ++i) {
        const std::uint32_t parent_index = m_links[i].parent_index;
        if (parent_index == no_index || m_nodes[i].role == Role::none) continue;
        std::uint32_t& only_child = m_links[parent_index].only_child;
        only_child = only_child == no_index ? static_cast<std::uint32_t>(i) : several;
    }
    for (std::size_t i = 0; i < m_count; ++i) {
        MirrorNode& cell = m_nodes[i];
        const std::uint32_t child_index = m_links[i].only_child;
        if (cell.role != Role::cell || !cell.name.empty() || child_index >= several) continue;
        MirrorNode& text = m_nodes[child_index];
        if (text.role != Role::text) continue;
        std::swap(cell.name, text.name);
        // To the end of the cell, so that other words from the same place on move nothing.
        const float end = std::max(text.rect.x + text.rect.width, cell.rect.x + cell.rect.width);
        cell.rect = text.rect;
        if ((text.state & state_clipped) == (cell.state & state_clipped)) cell.rect.width = end - text.rect.x;
        cell.state |= text.state;
        text.role = Role::none;
    }
}

void MirrorFrame::drop_unexported() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < m_count; ++i) {
        const MirrorNode& node = m_nodes[i];
        if (node.role == Role::none) continue;
        // ImGui tells no labels of items out of sight; a button that nobody named is worse than none.
        if ((node.state & state_clipped) && (node.state & state_focusable) && node.name.empty()) continue;
        if (kept != i) std::swap(m_nodes[kept], m_nodes[i]);
        ++kept;
    }
    m_count = kept;
}

bool MirrorFrame::differs_from_previous() const {
    if (m_count != m_previous_count) return true;
    for (std::size_t i = 0; i < m_count; ++i)
        if (!same(m_nodes[i], m_previous[i])) return true;
    return false;
}

void install(MirrorFrame* frame) {
    g_installed = frame;
}

MirrorFrame& current() {
    static MirrorFrame stand_in = [] {
        MirrorFrame frame;
        frame.set_enabled(false);
        return frame;
    }();
    return g_installed ? *g_installed : stand_in;
}

}  // namespace portal::mirror
