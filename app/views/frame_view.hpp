// The frame around every screen: navigation, scope, search, as-of and sync pill, profile.
#pragma once

#include <memory>

#include "app/ui/frame.hpp"
#include "app/views/view.hpp"

namespace portal::views {

// In the order of vm::Query. Who sees no action items has none of theirs in the navigation; deposits and
// the SQL console are part of Financing there.
enum class Screen : std::uint8_t { overview, integrations, financing, tickets, actions, deposits, sql, sync, profile };
Screen screen_of(const vm::Query& query);
vm::Word title_of(Screen screen);

// Draws rail and top bar into `frame`, whose options come from frame_options(); emits what was chosen.
struct FrameTexts;  // Keeps the texts that the options point to.
class FrameView {
  public:
    FrameView(const ViewContext& context, const vm::Query& query);
    ~FrameView();
    FrameView(const FrameView&) = delete;
    FrameView& operator=(const FrameView&) = delete;

    // Rail and top bar. Call first.
    void draw();
    ui::Frame& frame() { return m_frame; }

  private:
    void draw_top_bar();
    void draw_sync_pill();
    void draw_profile_menu();
    bool is_demo() const;
    bool is_in_memory() const;
    std::string_view ribbon_words() const;
    float scope_room() const;
    static ui::FrameOptions options_of(FrameTexts& texts, const ViewContext& context, Screen screen);

    const ViewContext& m_context;
    Screen m_screen;
    std::unique_ptr<FrameTexts> m_texts;
    ui::Frame m_frame;
};

}  // namespace portal::views
