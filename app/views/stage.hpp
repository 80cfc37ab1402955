// What may stand in place of the frame, around the screens and before them: the pitch, in the demo's program. Every
// other program has none. A view beyond the other views: it keeps state, and it says which screen it wants shown.
//
// Thread: the UI thread.
#pragma once

#include <optional>
#include <string_view>

#include "app/views/view.hpp"

namespace portal::views {

class Stage {
  public:
    virtual ~Stage() = default;

    // Whether the route is one of the stage's own, which turns it on. Another one turns it off unless it is running.
    virtual bool enter(std::string_view route) = 0;
    virtual bool is_on() const = 0;
    // The screen that it wants behind its bar; nothing while it shows a page of its own.
    virtual std::optional<vm::Query> wanted_screen() const = 0;
    // The snapshot shows that screen, or one that a link of it leads to: until then the former one stays.
    virtual bool has_arrived(const vm::Snapshot& snapshot, const vm::Query& wanted) const = 0;

    // Of a strip below its bar; 0 without one.
    virtual float strip_height() const = 0;

    // In this order, once per frame while it is on: the bar at the top, the strip, its page unless there is a screen,
    // and what lies above everything.
    virtual void draw_bar(const ViewContext& context) = 0;
    virtual void draw_strip(const ViewContext& context) = 0;
    virtual void draw_page(const ViewContext& context) = 0;
    virtual void draw_above(const ViewContext& context) = 0;

    // A card that leads to it, on the demo's first screens.
    virtual void draw_entry(const ViewContext& context) = 0;
    virtual void file_opened(std::string_view name, std::string_view bytes) = 0;
};

}  // namespace portal::views
