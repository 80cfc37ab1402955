// A list beside the detail of what is chosen in it; one at a time where the window is narrow.
//
//     Split split("tickets", frame, SplitNarrow::detail);
//     if (split.begin_list()) { ... split.end_list(); }
//     if (split.begin_detail("01J...")) { ... split.end_detail(); }
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/frame.hpp"

namespace portal::ui {

// Which of the two a narrow window shows.
enum class SplitNarrow : std::uint8_t { list, detail };

class Split {
  public:
    // Takes the place of Frame::begin_content().
    Split(const char* id, Frame& frame, SplitNarrow narrow, float list_width = 360);
    ~Split();
    Split(const Split&) = delete;
    Split& operator=(const Split&) = delete;

    bool is_narrow() const { return m_is_narrow; }
    // End what was begun, and only that.
    bool begin_list();
    void end_list();
    // `id` keeps the scroll positions of different details apart.
    bool begin_detail(const char* id);
    void end_detail();

  private:
    Frame& m_frame;
    SplitNarrow m_narrow;
    float m_list_width = 0;
    Box m_box;
    bool m_is_narrow = false;
};

}  // namespace portal::ui
