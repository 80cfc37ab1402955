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
    table,  // A table with selectable rows is exported as an ARIA grid.
    row_group,
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

// The enumerator's own name ("column_header"): what the page's bridge and test messages call a role.
std::string_view role_name(Role role);
inline constexpr int role_count = static_cast<int>(Role::separator) + 1;

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
    state_clipped = 1u << 17,  // Scrolled out of sight: known to readers and to find-in-page, not under the pointer.
};

struct Rect {
    float x = 0, y = 0, width = 0, height = 0;
};

struct MirrorNode {
    std::uint32_t id = 0;      // ImGui id of the item, or a stable hash for text and structure.
    std::uint32_t parent = 0;  // Id of the enclosing structural node; 0 is the root.
    Rect rect;                 // Clipped to what is visible; the whole rectangle when state_clipped is set.
    Role role = Role::none;
    std::uint32_t state = state_none;
    std::string name;                              // Accessible name; for Role::text the text itself.
    std::string value;                             // Text of a field, chosen option, "62 of 100".
    std::string description;                       // Error text of a field, hint, shortcut.
    std::string href;                              // Links: the route, so that middle click and copy-link work.
    std::int32_t level = 0;                        // Headings 1-6.
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

// The frame being collected. One instance, owned by the shell, installed with install(); Dear ImGui's C hooks find it
// there.
class MirrorFrame {
  public:
    // Called by platform/window around each ImGui frame: begin() before NewFrame(), end() after Render().
    // begin() forgets the former frame's nodes; end() drops nameless items, lets cells of one text say it themselves,
    // and settles rectangles and revision.
    void begin();
    void end();

    // True while somebody wants the mirror (always, in the browser; tests may switch it off to measure).
    bool is_enabled() const { return m_enabled; }
    void set_enabled(bool enabled) { m_enabled = enabled; }

    // Adds to the item submitted last (ImGui::GetItemID()). Name every item here: ImGui tells the labels of visible
    // items only, and an item out of sight without a name is left out (readers and find-in-page then miss it).
    void annotate_last_item(const Annotation& annotation);
    // Takes the item submitted last out of the mirror: it is drawn for the eye alone.
    void hide_last_item();
    // Adds state bits to a node of this frame (an item or a container) by its id; unknown ids are ignored.
    void add_state(std::uint32_t id, std::uint32_t state_set);
    // A drawn run of text at the last item's rectangle, or at an explicit one (draw-list text).
    void add_text(std::string_view text);
    void add_text_at(std::string_view text, Rect rect, Role role = Role::text, std::int32_t level = 0);
    // A node that ImGui does not know (a chart, a ring, a sparkline) with its sentence.
    void add_node(std::uint32_t id, Rect rect, const Annotation& annotation);

    // Containers nest; id is stable across frames. The rectangle grows over the children unless set.
    // Pushing an id again in the same frame continues that container. Dialogs, and containers of popups
    // (state_top_layer, known from ImGui's window), hang under the root wherever they are pushed.
    void push_container(std::uint32_t id, const Container& container);
    void push_container(std::uint32_t id, const Container& container, Rect rect);
    void pop_container();

    // Nodes in drawing order, parents before children. Valid until the next begin().
    std::span<const MirrorNode> nodes() const { return {m_nodes.data(), m_count}; }
    // Changes exactly when nodes() differs from the last frame's: export only then.
    std::uint64_t revision() const { return m_revision; }

    // Called by the ImGui hooks; not for widgets.
    void on_item(std::uint32_t id, Rect rect, std::uint32_t state);
    void on_item_information(std::uint32_t id, std::string_view label, std::uint32_t state);
    // The item takes typed text.
    void on_item_inputable(std::uint32_t id);

  private:
    struct OpenContainer {
        std::uint32_t id = 0;
        std::uint32_t index = 0;
        bool is_top_layer = false;
    };
    // An entry of an open-addressing table; entries of former frames are told by their stamp, so nothing is cleared.
    struct Slot {
        std::uint32_t id = 0;
        std::uint32_t frame_stamp = 0;
        std::uint32_t node_index = 0;
        std::uint32_t text_count = 0;  // Text ids derive from their place, so that a changed text keeps its node.
    };

    MirrorNode* find(std::uint32_t id);
    std::uint32_t index_of(std::uint32_t id);
    // A fresh node, or nullptr when the frame is full or the id is taken.
    MirrorNode* append(std::uint32_t id, Rect rect, std::uint32_t state);
    const OpenContainer* parent_for(std::uint32_t state) const;
    std::uint32_t next_text_id();
    // A cell that holds one text says it itself: a table is half as many nodes then, which is what scrolling costs.
    void fold_cells();
    void drop_unexported();
    void grow_containers();
    bool differs_from_previous() const;
    Slot& slot_of(std::uint32_t id);
    void grow_slots();

    // Strings keep their memory from frame to frame, so both vectors only ever grow; the counts say what is in use.
    std::vector<MirrorNode> m_nodes, m_previous;
    std::size_t m_count = 0, m_previous_count = 0;
    // Beside each node: where its parent is, whether its rectangle follows its children, and where its child is if it
    // has just one.
    struct Link {
        std::uint32_t parent_index = 0;
        bool grows = false;
        std::uint32_t only_child = 0;
    };
    std::vector<Link> m_links;
    std::vector<Slot> m_slots;
    std::uint32_t m_frame_stamp = 0;
    std::vector<OpenContainer> m_containers;
    std::uint32_t m_root_text_count = 0;
    std::uint64_t m_revision = 0;
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
