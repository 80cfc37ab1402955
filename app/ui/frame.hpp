// The frame of the application: navigation rail (a bar at the bottom on phones), top bar, and the
// scrolling content.
//
//     FrameOptions options = {...};
//     Frame frame(options);
//     if (const int chosen = frame.navigation(); chosen >= 0) ...
//     frame.begin_top_bar();   ... widgets from left to right; top_bar_right(width); ...
//     frame.end_top_bar(); frame.begin_content("overview", ContentWidth::reading);  ...
//     frame.end_content();
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/paint.hpp"

#include <span>
#include <string_view>

namespace portal::ui {

struct NavigationItem {
    const char* id = "";
    const char* icon = nullptr;
    std::string_view label = {};
    std::string_view href = {};
    std::string_view badge = {};  // A short count ("3").
    Tone badge_tone = Tone::neutral;
    std::string_view badge_words = {};  // What the count means ("3 open tickets").
};

enum class RailState : std::uint8_t { expanded, collapsed };

struct FrameOptions {
    std::string_view product_name = {};
    std::string_view tenant_name = {};
    std::string_view navigation_name = {};         // Accessible name of the landmark.
    std::span<const NavigationItem> items = {};    // From the top. None at all: no navigation.
    std::span<const NavigationItem> items_at_end;  // At the foot of the rail; behind "More" on phones.
    int selected = -1;                             // Into items, then items_at_end.
    RailState* rail = nullptr;                     // Changed by the collapse button.
    std::string_view ribbon = {};                  // "Demo data", always visible.
    float strip_height = 0;                        // Of a bar between top bar and content.
    std::string_view strip_name = {};              // Its accessible name.
};

struct FrameBoxes {
    Box navigation;
    Box top_bar;
    Box strip;
    Box content;
    enum class Navigation : std::uint8_t { expanded, collapsed, bottom } navigation_kind = Navigation::expanded;
};
// Pure: where things stand for a window of this size; without a navigation when there is nowhere to go.
FrameBoxes frame_boxes(ImVec2 window, RailState rail);
FrameBoxes frame_boxes_alone(ImVec2 window);

enum class ContentWidth : std::uint8_t { reading, dashboard };

class Frame {
  public:
    explicit Frame(const FrameOptions& options);
    ~Frame();
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

    // Draws the rail or the bottom bar; the index of the pressed item (items, then items_at_end) or
    // -1.
    int navigation();
    void begin_top_bar();
    void end_top_bar();
    // The bar below it, where strip_height is not 0: widgets from left to right.
    void begin_strip();
    void end_strip();
    // What stays above the content while that scrolls, as high as it is; before begin_content().
    void begin_pinned(const char* id);
    void end_pinned();
    // `id` keeps scroll positions of screens apart.
    void begin_content(const char* id, ContentWidth width = ContentWidth::dashboard);
    void end_content();
    // Content that scrolls by itself (list beside thread): no outer scroll, no padding.
    Box begin_fixed_content(const char* id);
    void end_fixed_content();
    const FrameBoxes& boxes() const { return m_boxes; }

  private:
    void begin_main();
    float inset_of(ContentWidth width) const;
    void begin_bar(const char* id, Box bar, mirror::Role role, Color ground, std::string_view name = {});
    int draw_rail();
    int draw_bottom_bar();
    void draw_rail_head();
    void draw_rail_foot();
    bool draw_rail_item(const NavigationItem& item, int index, Box box);
    const NavigationItem& item_at(int index) const;
    int item_count() const;

    FrameOptions m_options;
    FrameBoxes m_boxes;
    float m_content_inset = 0;
    bool m_is_in_main = false;
    ImGuiID m_pinned_height = 0;  // Where the last frame's stands.
};

// Inside the top bar: the rest of the line starts so that `width` fits at its right end.
void top_bar_right(float width);
// The quiet "Demo data" mark; also for exports and shared views.
void ribbon(std::string_view words_on_it);
float ribbon_width(std::string_view words_on_it);

// "Works offline", "3 edits pending": a quiet pill with icon and words; true when pressed.
struct PillOptions {
    const char* icon = nullptr;
    Tone tone = Tone::neutral;
    std::string_view description = {};
    enum class Words : std::uint8_t { shown, hidden } words = Words::shown;  // Hidden: icon only, words in the tooltip.
};
bool pill(const char* id, std::string_view label, const PillOptions& options = {});
float pill_width(std::string_view label, const PillOptions& options = {});

}  // namespace portal::ui
