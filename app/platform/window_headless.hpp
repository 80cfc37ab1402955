// A window without a screen: frames on command, input by the mirror's names, and a record of what the program asked
// for.
//
// For tests and for main_headless. Time stands still between frames; each frame lasts frame_interval_ms.
//
// Thread: the thread that made it, except wake_from_any_thread().
#pragma once

#include <imgui.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "app/mirror/mirror.hpp"
#include "app/platform/window.hpp"

namespace portal::platform {

struct SavedFile {
    std::string name, mime_type;
    std::vector<std::uint8_t> bytes;
};

struct Announcement {
    std::string sentence;
    bool urgent = false;
};

class HeadlessWindow final : public Window {
  public:
    HeadlessWindow();
    ~HeadlessWindow() override;
    HeadlessWindow(const HeadlessWindow&) = delete;
    HeadlessWindow& operator=(const HeadlessWindow&) = delete;

    // Window. start() tells size and route, but draws nothing.
    void start(WindowListener& listener, mirror::MirrorFrame& mirror) override;
    const Environment& environment() const override { return m_environment; }
    void wake(int frame_count) override;
    void wake_from_any_thread() override;
    void set_title(std::string_view title) override { m_title = title; }
    void set_language(std::string_view language) override { m_language = language; }
    void push_route(std::string_view route) override;
    void replace_route(std::string_view route) override;
    void copy_text(std::string_view text) override { m_clipboard = text; }
    void save_file(std::string_view name, std::string_view mime_type, std::span<const std::uint8_t> bytes) override;
    void save_workbook(std::string_view name, std::span<const std::uint8_t> archive) override;
    void store_preference(std::string_view key, std::string_view value) override;
    std::string load_preference(std::string_view key) const override;
    void announce(std::string_view sentence, bool urgent) override;
    void log_trouble(std::string_view kind, std::string_view detail) override;
    std::string troubles() const override;
    void leave_to(std::string_view path) override { m_left_to = path; }

    // The script.
    // Before start(): what start() tells. Afterwards: a change the listener hears of at once.
    void set_environment(const Environment& environment);
    void set_first_route(std::string_view route) { m_history = {std::string(route)}; }
    void draw_frames(int frame_count);
    // Draws what is asked for, at most frame_count_max frames; gives how many. More than a hundred means that
    // something animates for ever.
    int draw_until_idle(int frame_count_max = 200);
    // Moves the pointer to the node's middle and clicks. False when there is no such node or it is out of sight.
    bool click(mirror::Role role, std::string_view name);
    void click_at(float x, float y);
    void move_pointer(float x, float y);
    void scroll(float x, float y, float wheel_lines);
    // One press and release; modifiers as ImGuiMod_ bits.
    void press(ImGuiKey key, int modifiers = 0);
    void type(std::string_view text);
    // Clicks the field and replaces its text.
    bool fill(std::string_view name, std::string_view text);
    void paste(std::string_view text);
    // The browser's buttons. False at the end of the history.
    bool go_back();
    bool go_forward();
    void open_file(std::string_view name, std::span<const std::uint8_t> bytes);
    void set_visible(bool visible);

    // What is on the screen. Pointers are valid until the next frame.
    std::span<const mirror::MirrorNode> nodes() const;
    const mirror::MirrorNode* find(mirror::Role role, std::string_view name) const;
    // The first node, of any role, whose name or value has this in it.
    const mirror::MirrorNode* find_text(std::string_view part) const;
    // The tree, one node a line, indented: what a failing test prints.
    std::string outline() const;

    // The record.
    std::uint64_t drawn_frame_count() const { return m_drawn_frame_count; }
    bool is_idle() const;
    const std::string& title() const { return m_title; }
    const std::string& language() const { return m_language; }
    const std::string& route() const { return m_history[m_history_index]; }
    const std::vector<std::string>& history() const { return m_history; }
    const std::string& clipboard() const { return m_clipboard; }
    const std::vector<SavedFile>& saved_files() const { return m_saved_files; }
    const std::vector<Announcement>& announcements() const { return m_announcements; }
    // Empty until leave_to() was called.
    const std::string& left_to() const { return m_left_to; }

    static constexpr float frame_interval_ms = 16;

  private:
    void draw_frame();
    const mirror::MirrorNode* find_visible(mirror::Role role, std::string_view name) const;

    WindowListener* m_listener = nullptr;
    mirror::MirrorFrame* m_mirror = nullptr;
    ImGuiContext* m_context = nullptr;
    Environment m_environment;
    int m_frames_left = 0;
    std::atomic<bool> m_wake_is_pending{false};
    std::uint64_t m_drawn_frame_count = 0;
    std::string m_title, m_language, m_clipboard, m_left_to;
    std::vector<std::string> m_history{"/"};
    std::size_t m_history_index = 0;
    std::map<std::string, std::string, std::less<>> m_preferences;
    std::vector<SavedFile> m_saved_files;
    std::vector<Announcement> m_announcements;
    // The store's thread writes here too.
    mutable std::mutex m_troubles_mutex;
    std::string m_troubles;
};

}  // namespace portal::platform
