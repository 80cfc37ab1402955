// The browser's window: shared by window_web.cpp (frames, page) and window_input_web.cpp (pointer, keys, text).
//
// Thread: the browser's main thread, except wake_from_any_thread().
#pragma once

#include <imgui.h>

#include <atomic>
#include <cstdint>
#include <string>

#include "app/mirror/delta.hpp"
#include "app/platform/window.hpp"
#include "app/platform/window_pace.hpp"
#include "app/platform/window_picture.hpp"

namespace portal::platform {

class WebWindow final : public Window {
  public:
    WebWindow();
    ~WebWindow() override;

    void start(WindowListener& listener, mirror::MirrorFrame& mirror) override;
    const Environment& environment() const override { return m_environment; }
    void wake(int frame_count) override;
    void wake_from_any_thread() override;
    void set_title(std::string_view title) override;
    void set_language(std::string_view language) override;
    void push_route(std::string_view route) override;
    void replace_route(std::string_view route) override;
    void copy_text(std::string_view text) override;
    std::string origin() const override;
    void save_file(std::string_view name, std::string_view mime_type, std::span<const std::uint8_t> bytes) override;
    void save_workbook(std::string_view name, std::span<const std::uint8_t> archive) override;
    void store_preference(std::string_view key, std::string_view value) override;
    std::string load_preference(std::string_view key) const override;
    std::optional<std::string> demo_account() const override;
    std::string follow_share() const override;
    void keep_follow_share(std::string_view share) override;
    std::optional<std::string> guest_token() override;
    void guard_leaving(bool guards) override;
    void choose_file(std::string_view accepted) override;
    void announce(std::string_view sentence, bool urgent) override;
    void log_trouble(std::string_view kind, std::string_view detail) override;
    std::string troubles() const override;
    void first_load_over() override;
    void leave_to(std::string_view path) override;

    // The page's bridge calls these.
    // One drawn frame; gives how many more are wanted.
    int draw(double now_ms);
    // Frames that only handle queued input, until the queue is empty: a click handler must see its effect at once.
    void settle_input();
    void note_scrolling() { m_pace.note_scrolling(); }
    void resize(float width, float height, int pixel_width, int pixel_height, float pixel_ratio);
    void set_environment(std::uint32_t flags);
    void set_locale(std::string language, std::string time_zone);
    void set_graphics_lost(bool lost);
    void set_visible(bool visible);
    WindowListener* listener() { return m_listener; }
    double drawn_frame_count() const { return m_drawn_frame_count; }
    // Of those the ones that were sent to the graphics card: they differed from what it showed.
    double shown_frame_count() const { return m_shown_frame_count; }

    // The clipboard as ImGui sees it. `clipboard_was_set` tells a copy event whether ImGui had something to copy.
    std::string clipboard;
    bool clipboard_was_set = false;
    bool is_in_clipboard_event = false;

  private:
    // Where typed text goes and which element has the focus, as last told to the page.
    struct Focus {
        bool wants_text = false;
        float x = 0, y = 0, line_height = 0;
        std::uint32_t active_id = 0, navigation_id = 0;
        int selection_start = 0, selection_end = 0;  // UTF-16 units, as the page counts.
        bool operator==(const Focus&) const = default;
    };

    bool create_graphics();
    void install_platform_callbacks();
    void run_imgui_frame(double now_ms);
    // True when it sent a picture to the graphics card.
    bool show_frame();
    void export_mirror();
    void export_focus();
    void export_cursor();
    int wanted_frames() const;

    WindowListener* m_listener = nullptr;
    mirror::MirrorFrame* m_mirror = nullptr;
    Environment m_environment;
    mirror::DeltaEncoder m_delta;
    std::uint64_t m_exported_revision = 0;
    MirrorPace m_pace;
    Focus m_told_focus;
    ImGuiPlatformImeData m_ime;
    int m_told_cursor = -2;
    int m_pixel_width = 1, m_pixel_height = 1;
    double m_last_frame_ms = 0;
    ShownPicture m_shown;
    double m_drawn_frame_count = 0, m_shown_frame_count = 0;
    bool m_has_told_stray = false;
    double m_mirror_update_count = 0;
    bool m_in_frame = false;
    bool m_graphics_lost = false;
    std::atomic<bool> m_wake_is_pending{false};
};

// The one window of the page, for the exported functions; nullptr before make_window().
WebWindow* web_window();

}  // namespace portal::platform
