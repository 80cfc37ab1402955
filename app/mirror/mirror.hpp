// The accessible mirror: what the canvas shows, as a tree of plain records.
//
// Every interactive item and every drawn run of text becomes one node with a role, a name, a value and a state.
// platform/window turns changed frames into a transparent ARIA tree over the canvas, which is what screen readers,
// find-in-page and browser tests use. Items register themselves through Dear ImGui's test-engine hooks; the widgets
// of app/ui add what the hooks do not know (roles, values, table structure, text).
//
// Thread: the UI thread only. Coordinates are CSS pixels from the canvas' top left corner.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portal::mirror {

enum class Role : std::uint8_t {
    none,  // Not exported: the item is drawn for the eye alone.
    text,
    heading,
    paragraph,
    button,
    link,
    checkbox,
    toggle,  // ARIA "switch".
    radio,
    textbox,
    multiline_textbox,
    password,
    search_box,
    combobox,
    listbox,
    option,
    list,
    list_item,
    table,
    row,
    cell,
    column_header,
    tab_list,
    tab,
    tab_panel,
    dialog,
    alert_dialog,
    menu,
    menu_item,
    group,
    region,
    navigation,
    main,
    banner,
    status,
    alert,
    image,
    progress_bar,
    meter,
    slider,
    separator,
};

// Bits of MirrorNode::state. A "known" bit says that the attribute applies at all (aria-checked="false" or absent).
enum State : std::uint32_t {
    state_none = 0,
    state_disabled = 1u << 0,
    state_checkable = 1u << 1,
    state_checked = 1u << 2,
    state_expandable = 1u << 3,
    state_expanded = 1u << 4,
    state_selectable = 1u << 5,
    state_selected = 1u << 6,
    state_invalid = 1u << 7,
    state_required = 1u << 8,
    state_read_only = 1u << 9,
    state_current = 1u << 10,  // aria-current="page"
    state_busy = 1u << 11,
    state_modal = 1u << 12,
    state_top_layer = 1u << 13,  // Popups: lies above everything that is not.
    state_sorted_ascending = 1u << 14,
    state_sorted_descending = 1u << 15,
    state_focusable = 1u << 16,
};

struct Rect {
    float x = 0, y = 0, width = 0, height = 0;
};

struct MirrorNode {
    std::uint32_t id = 0;      // ImGui id of the item, or a stable hash for text and structure.
    std::uint32_t parent = 0;  // Id of the enclosing structural node; 0 is the root.
    Rect rect;                 // Clipped to what is visible.
    Role role = Role::none;
    std::uint32_t state = state_none;
    std::string name;         // Accessible name; for Role::text the text itself.
    std::string value;        // Text of a field, chosen option, "62 of 100".
    std::string description;  // Error text of a field, hint, shortcut.
    std::string href;         // Links: the route, so that middle click and copy-link work.
    std::int32_t level = 0;   // Headings 1-6.
    std::int32_t row_index = 0, column_index = 0;  // 1-based, tables; 0 is unset.
    std::int32_t row_count = 0, column_count = 0;  // Of the whole table, clipped rows included.
};

// What a widget adds to the item it has just submitted. Unset members leave what the hook found.
struct Annotation {
    Role role = Role::none;
    std::string_view name = {};
    std::string_view value = {};
    std::string_view description = {};
    std::string_view href = {};
    std::uint32_t state_set = 0;
    std::int32_t level = 0;
    std::int32_t row_index = 0, column_index = 0;
};

// Structure that encloses items: a table, a row, a dialog, a landmark.
struct Container {
    Role role = Role::group;
    std::string_view name = {};
    std::string_view description = {};
    std::uint32_t state = state_none;
    std::int32_t row_index = 0, column_index = 0;
    std::int32_t row_count = 0, column_count = 0;
    std::int32_t level = 0;
};

// The frame being collected. One instance, owned by the shell, installed with install(); Dear ImGui's C hooks find it there.
class MirrorFrame {
public:
    // Called by the shell around each ImGui frame. begin() forgets the former frame's nodes.
    void begin();
    void end();

    // True while somebody wants the mirror (always, in the browser; tests may switch it off to measure).
    bool is_enabled() const { return m_enabled; }
    void set_enabled(bool enabled) { m_enabled = enabled; }

    // Adds to the item submitted last (ImGui::GetItemID()).
    void annotate_last_item(const Annotation& annotation);
    // A drawn run of text at the last item's rectangle, or at an explicit one (draw-list text).
    void add_text(std::string_view text);
    void add_text_at(std::string_view text, Rect rect, Role role = Role::text, std::int32_t level = 0);
    // A node that ImGui does not know (a chart, a ring, a sparkline) with its sentence.
    void add_node(std::uint32_t id, Rect rect, const Annotation& annotation);

    // Containers nest; id is stable across frames. The rectangle grows over the children unless set.
    void push_container(std::uint32_t id, const Container& container);
    void push_container(std::uint32_t id, const Container& container, Rect rect);
    void pop_container();

    // Nodes in drawing order, parents before children. Valid until the next begin().
    std::span<const MirrorNode> nodes() const { return m_nodes; }
    // Changes exactly when nodes() differs from the last frame's: export only then.
    std::uint64_t revision() const { return m_revision; }

    // Called by the ImGui hooks; not for widgets.
    void on_item(std::uint32_t id, Rect rect, std::uint32_t state);
    void on_item_information(std::uint32_t id, std::string_view label, std::uint32_t state);

private:
    MirrorNode* find(std::uint32_t id);
    std::uint32_t current_parent() const;

    std::vector<MirrorNode> m_nodes;
    std::unordered_map<std::uint32_t, std::size_t> m_index_by_id;
    std::vector<std::uint32_t> m_containers;
    std::uint64_t m_revision = 0;
    std::uint64_t m_content_hash = 0;
    bool m_enabled = true;
};

// Makes `frame` the one that ImGui's hooks and the widgets below write to. nullptr uninstalls.
void install(MirrorFrame* frame);
// The installed frame; never null (a disabled stand-in when nothing is installed).
MirrorFrame& current();

// Scope guard for a container.
class Scope {
public:
    Scope(std::uint32_t id, const Container& container) { current().push_container(id, container); }
    Scope(std::uint32_t id, const Container& container, Rect rect) { current().push_container(id, container, rect); }
    ~Scope() { current().pop_container(); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
};

}  // namespace portal::mirror
