// The window: pixels, input, clipboard, address bar and files of the place we run in.
//
// One implementation per platform: window_web.cpp (a browser page) and window_headless.cpp (tests: no pixels, scripted
// input). Drawing is on demand: nothing is drawn until somebody asks for frames with wake().
//
// Thread: the UI thread, except where a function says otherwise.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace portal::mirror {
class MirrorFrame;
}

namespace portal::platform {

enum class ColorScheme : std::uint8_t { light, dark };

// What the place we run in is like. Replaced as a whole when any of it changes.
struct Environment {
    float width = 0, height = 0;  // CSS pixels.
    float pixel_ratio = 1;        // Device pixels per CSS pixel.
    ColorScheme color_scheme = ColorScheme::light;
    bool reduced_motion = false;
    bool forced_colors = false;
    bool coarse_pointer = false;  // Touch first: targets grow to 44 px.
    bool online = true;           // navigator.onLine: a hint, never proof.
    std::string language = "en";  // BCP 47 of the user's first choice.
    std::string time_zone = "UTC";
};

// What the window tells its owner.
class WindowListener {
  public:
    virtual ~WindowListener() = default;
    // Between ImGui::NewFrame() and ImGui::Render().
    virtual void draw_frame() = 0;
    virtual void environment_changed(const Environment& environment) = 0;
    // The path and query after the origin ("/tickets/01J...?tab=notes"): at start, on back, on forward.
    virtual void route_changed(std::string_view route) = 0;
    // The page is about to be hidden or frozen: last chance to hand work over.
    virtual void visibility_changed(bool visible) = 0;
    // Plain text dropped or opened as a file by the user (imports in the pitch).
    virtual void file_opened(std::string_view name, std::span<const std::uint8_t> bytes) = 0;
};

class Window {
  public:
    virtual ~Window() = default;

    // Creates the ImGui context and the renderer, then draws when asked. Returns at once in the browser.
    virtual void start(WindowListener& listener, mirror::MirrorFrame& mirror) = 0;

    virtual const Environment& environment() const = 0;

    // Asks for at least `frame_count` more frames. Any animation asks again each frame while it runs.
    virtual void wake(int frame_count) = 0;
    // The same from any thread; coalesced.
    virtual void wake_from_any_thread() = 0;

    virtual void set_title(std::string_view title) = 0;
    // BCP 47 language of the page, for screen readers.
    virtual void set_language(std::string_view language) = 0;
    virtual void push_route(std::string_view route) = 0;
    virtual void replace_route(std::string_view route) = 0;
    virtual void copy_text(std::string_view text) = 0;
    // Scheme and host that the page comes from, without a slash at the end.
    virtual std::string origin() const { return {}; }
    virtual void save_file(std::string_view name, std::string_view mime_type, std::span<const std::uint8_t> bytes) = 0;
    // Saves an Excel workbook that the site makes of a book's archive (app/workbook); says so where it cannot be made.
    virtual void save_workbook(std::string_view name, std::span<const std::uint8_t> archive) = 0;
    // Remembers a small preference on this device (theme, language, density), and what a pitch has left there for
    // whoever signs in; never row data. An empty one is forgotten.
    virtual void store_preference(std::string_view key, std::string_view value) = 0;
    virtual std::string load_preference(std::string_view key) const = 0;
    // Reads a sentence to screen readers (aria-live). Polite unless urgent.
    virtual void announce(std::string_view sentence, bool urgent) = 0;
    // Adds to this device's bounded log of what went wrong. The kind is a word or two, the detail holds no row values.
    // Any thread.
    virtual void log_trouble(std::string_view kind, std::string_view detail) = 0;
    // That log as lines, oldest first: for "Copy diagnostics".
    virtual std::string troubles() const = 0;
    // The page is the demo: the account that was chosen, empty before. Nothing where it is not.
    virtual std::optional<std::string> demo_account() const { return std::nullopt; }
    // Of the link to a shared view that the page was opened by; empty where there is none. Told once. Nothing where the
    // page is no guest's.
    virtual std::optional<std::string> guest_token() { return std::nullopt; }
    // The shared view that the page was opened to follow, by a signed-in user; empty where there is none. It outlives a
    // reload of the page, in which keep_follow_share() is asked for another, or none.
    virtual std::string follow_share() const { return {}; }
    virtual void keep_follow_share(std::string_view) {}
    // Asks before the page is left while something is only in it.
    virtual void guard_leaving(bool) {}
    // Lets the user choose a file, which file_opened() tells. From a press.
    virtual void choose_file(std::string_view /*accepted: ".ndjson,.txt"*/) {}
    // There is more to show than a first load's progress: what has waited for a free network may go on. Told once.
    virtual void first_load_over() {}
    // Leaves the canvas for a page of the site ("/sign-in"), e.g. after sign-out.
    virtual void leave_to(std::string_view path) = 0;
};

// Defined once per platform.
std::unique_ptr<Window> make_window();

}  // namespace portal::platform
