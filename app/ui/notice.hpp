// What a screen says instead of, or above, its content: attention strips, states, toasts,
// skeletons.
//
// Thread: the UI thread, inside a frame.
#pragma once

#include "app/ui/button.hpp"
#include "app/ui/paint.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portal::ui {

// The attention strip: cause, evidence, one verb. 72 high, higher when words wrap on a phone.
struct BannerOptions {
    Tone tone = Tone::info;
    std::string_view cause = {};
    std::string_view evidence = {};
    std::string_view action_label = {};  // Empty: no button.
    const char* icon = nullptr;          // null: the tone's own.
    enum class Dismiss : std::uint8_t { no, yes } dismiss = Dismiss::no;
};
enum class BannerEvent : std::uint8_t { none, acted, dismissed };
BannerEvent banner(const char* id, const BannerOptions& options);
// The green one-liner when all is well.
void all_well(std::string_view sentence);

// The icon that stands for a tone.
const char* tone_icon(Tone tone);

// Whole-area states. Each is one or two sentences and at most one action; true when the action was
// pressed.
bool empty_state(const char* id, const char* icon, std::string_view sentence, std::string_view action_label = {});
// What happened, what is safe, what to do.
bool error_state(const char* id, std::string_view happened, std::string_view safe, std::string_view action_label);
// Who can grant it.
void no_permission_state(std::string_view sentence, std::string_view who_can_grant);
// "Offline. Shown as of 9:12 AM."
void offline_note(std::string_view sentence);
// A quiet box with an icon for hints and explanations inside of forms and cards.
void note(Tone tone, std::string_view sentence);

// Bars in the shape of what is coming, only after 150 ms of waiting. `id` names the wait.
void skeleton_lines(const char* id, int lines, float width = 0);
void skeleton_box(const char* id, float width, float height, float rounding = radius::control);

// Messages that go by themselves, with Undo. The caller owns the stack and draws it once per frame,
// last.
struct Toast {
    std::uint64_t key = 0;  // The caller's, e.g. what Undo would undo. A newer one takes the place of its equal.
    std::string words = {};
    Tone tone = Tone::neutral;
    std::string action_label = {};  // "Undo"; empty: none.
};
enum class ToastEvent : std::uint8_t { none, acted, expired, dismissed };
struct ToastResult {
    ToastEvent event = ToastEvent::none;
    std::uint64_t key = 0;
};
class ToastStack {
  public:
    void push(Toast toast);
    // At most one event per frame.
    ToastResult draw();
    bool is_empty() const { return m_shown.empty(); }

  private:
    struct Shown {
        Toast toast;
        std::uint32_t serial = 0;
        float seconds_left = 0;
    };
    std::vector<Shown> m_shown;  // Oldest first.
    std::uint32_t m_serial = 0;
};
inline constexpr std::size_t toasts_max = 4;

}  // namespace portal::ui
