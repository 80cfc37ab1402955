// Frames, graphics and the page around the canvas. The JavaScript half is web/bridge/window.js.
#include "app/platform/window_web.hpp"

#include <GLES3/gl3.h>
#include <emscripten.h>
#include <emscripten/html5.h>
#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "app/mirror/imgui_hooks.hpp"
#include "app/mirror/mirror.hpp"
#include "shared/base/check.hpp"

// Implemented in web/bridge/.
extern "C" {
void portal_window_js_start(const char* role_names);
void portal_window_js_request_frames(int count);
void portal_window_js_wake_from_thread();
void portal_window_js_mirror(const void* records, int record_count, const void* order, int order_count,
                             int order_changed, const char* text);
void portal_window_js_focus(int wants_text, float x, float y, float line_height, std::uint32_t active_id,
                            std::uint32_t navigation_id, int selection_start, int selection_end);
void portal_window_js_cursor(int cursor);
void portal_window_js_title(const char* text, int length);
void portal_window_js_language(const char* text, int length);
void portal_window_js_route(const char* text, int length, int replace);
void portal_window_js_copy(const char* text, int length);
void portal_window_js_save(const char* name, int name_length, const char* mime_type, int mime_type_length,
                           const void* bytes, int byte_count);
void portal_window_js_save_workbook(const char* name, int name_length, const void* archive, int byte_count);
void portal_window_js_store_preference(const char* key, int key_length, const char* value, int value_length);
char* portal_window_js_load_preference(const char* key, int key_length);
char* portal_window_js_demo_account();
char* portal_window_js_guest_token();
char* portal_window_js_follow_share();
void portal_window_js_keep_follow_share(const char* share, int length);
void portal_window_js_guard_leaving(int guards);
void portal_window_js_choose_file(const char* accepted, int length);
char* portal_window_js_origin();
void portal_window_js_announce(const char* text, int length, int urgent);
void portal_window_js_log(char* kind, char* detail);
char* portal_window_js_troubles();
void portal_window_js_leave(const char* path, int length);
void portal_window_js_report(const char* kind);
}

namespace portal::platform {

namespace {

WebWindow* g_window = nullptr;

constexpr float delta_time_s_min = 0.0001f;
// After a pause an animation goes on from where it was instead of jumping to its end.
constexpr float delta_time_s_max = 0.1f;
constexpr int settle_frames_max = 8;

constexpr std::uint32_t flag_dark = 1, flag_reduced_motion = 2, flag_forced_colors = 4, flag_coarse_pointer = 8,
                        flag_online = 16, flag_apple = 32;

int length_of(std::string_view text) {
    return static_cast<int>(text.size());
}

char* copy_of(std::string_view text) {
    char* copy = static_cast<char*>(std::malloc(text.size() + 1));
    check(copy != nullptr, "memory for a line of the log");
    copy[text.copy(copy, text.size())] = 0;
    return copy;
}

// A string that the page has allocated, or null.
std::string taken(char* text) {
    if (!text) return {};
    std::string value = text;
    std::free(text);
    return value;
}

std::optional<std::string> taken_if_any(char* text) {
    return text == nullptr ? std::nullopt : std::optional(taken(text));
}

// Bytes of UTF-8 to units of UTF-16: what the page's selections count in.
int utf16_units(const char* text, int byte_count) {
    int units = 0;
    for (int i = 0; i < byte_count; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

}  // namespace

WebWindow* web_window() {
    return g_window;
}

std::unique_ptr<Window> make_window() {
    return std::make_unique<WebWindow>();
}

WebWindow::WebWindow() {
    check(g_window == nullptr, "a page has one window");
    g_window = this;
}

WebWindow::~WebWindow() {
    g_window = nullptr;
}

void WebWindow::start(WindowListener& listener, mirror::MirrorFrame& mirror) {
    m_listener = &listener;
    m_mirror = &mirror;
    mirror::install(&mirror);
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
    io.BackendPlatformName = "portal_web";
    // A blinking cursor would draw two frames a second for ever.
    io.ConfigInputTextCursorBlink = false;
    io.ConfigWindowsMoveFromTitleBarOnly = true;
    install_platform_callbacks();
    if (!create_graphics()) {
        portal_window_js_report("graphics-unavailable");
        return;
    }
    std::string names;
    for (int role = 0; role < mirror::role_count; ++role) {
        if (role) names += ',';
        names += mirror::role_name(static_cast<mirror::Role>(role));
    }
    // Calls back with size, environment, locale and route before it returns.
    portal_window_js_start(names.c_str());
    wake(3);
}

bool WebWindow::create_graphics() {
    EmscriptenWebGLContextAttributes attributes;
    emscripten_webgl_init_context_attributes(&attributes);
    attributes.majorVersion = 2;
    attributes.alpha = false;
    attributes.depth = false;
    attributes.stencil = false;
    attributes.antialias = false;
    const EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context = emscripten_webgl_create_context("#canvas", &attributes);
    if (context <= 0 || emscripten_webgl_make_context_current(context) != EMSCRIPTEN_RESULT_SUCCESS) return false;
    return ImGui_ImplOpenGL3_Init("#version 300 es");
}

void WebWindow::install_platform_callbacks() {
    ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
    platform.Platform_GetClipboardTextFn = [](ImGuiContext*) { return g_window->clipboard.c_str(); };
    platform.Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) {
        g_window->clipboard = text;
        g_window->clipboard_was_set = true;
        // Inside a copy event the page hands the text over itself and needs no permission.
        if (!g_window->is_in_clipboard_event) g_window->copy_text(text);
    };
    platform.Platform_SetImeDataFn = [](ImGuiContext*, ImGuiViewport*, ImGuiPlatformImeData* data) {
        g_window->m_ime = *data;
    };
}

int WebWindow::draw(double now_ms) {
    if (m_in_frame || m_graphics_lost || !m_listener) return 0;
    run_imgui_frame(now_ms);
    const bool shows_new_picture = show_frame();
    ++m_drawn_frame_count;
    const bool mirror_waits = shows_new_picture && m_pace.may_wait(now_ms);
    if (!mirror_waits) export_mirror();
    export_focus();
    export_cursor();
    return std::max(wanted_frames(), mirror_waits ? 1 : 0);
}

bool WebWindow::show_frame() {
    ImDrawData& frame = *ImGui::GetDrawData();
    const ImVec4& ground = ImGui::GetStyleColorVec4(ImGuiCol_WindowBg);
    if (!m_shown.replace(frame, ground)) return false;
    glViewport(0, 0, m_pixel_width, m_pixel_height);
    glClearColor(ground.x, ground.y, ground.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(&frame);
    ++m_shown_frame_count;
    return true;
}

void WebWindow::set_visible(bool visible) {
    // What a browser keeps of a page that nobody sees is its own affair.
    m_shown.forget();
    m_listener->visibility_changed(visible);
}

void WebWindow::settle_input() {
    if (m_in_frame || m_graphics_lost || !m_listener) return;
    for (int i = 0; i < settle_frames_max; ++i) {
        // The clock of animation frames; emscripten_get_now() counts from another zero when there are threads.
        run_imgui_frame(emscripten_performance_now());
        // New glyphs want their texture even when this frame is not shown.
        for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
            if (texture->Status != ImTextureStatus_OK) ImGui_ImplOpenGL3_UpdateTexture(texture);
        // The frame after the last event is the first to show its effect.
        if (i > 0 && GImGui->InputEventsQueue.empty()) break;
    }
    export_mirror();
    export_focus();
    export_cursor();
    wake(2);
}

void WebWindow::run_imgui_frame(double now_ms) {
    m_in_frame = true;
    m_wake_is_pending.store(false, std::memory_order_release);
    ImGuiIO& io = ImGui::GetIO();
    const auto elapsed_s = static_cast<float>((now_ms - m_last_frame_ms) / 1000.0);
    io.DeltaTime = std::clamp(elapsed_s, delta_time_s_min, delta_time_s_max);
    m_last_frame_ms = std::max(m_last_frame_ms, now_ms);
    io.DisplaySize = {m_environment.width, m_environment.height};
    io.DisplayFramebufferScale = {static_cast<float>(m_pixel_width) / m_environment.width,
                                  static_cast<float>(m_pixel_height) / m_environment.height};
    ImGui_ImplOpenGL3_NewFrame();
    m_mirror->begin();
    mirror::connect(m_mirror->is_enabled());
    ImGui::NewFrame();
    m_listener->draw_frame();
    ImGui::Render();
    // What is drawn outside of every window lands in one that ImGui makes for it, which nobody shall see.
    const ImGuiWindow* stray = ImGui::FindWindowByName("Debug##Default");
    if (stray && stray->Active && !std::exchange(m_has_told_stray, true))
        emscripten_console_error("something is drawn outside of the frame");
    m_mirror->end();
    m_in_frame = false;
}

int WebWindow::wanted_frames() const {
    const ImGuiContext& context = *GImGui;
    if (!context.InputEventsQueue.empty()) return 2;
    // Held buttons repeat and drag at the edge without any further event.
    for (const bool is_down : context.IO.MouseDown)
        if (is_down) return 1;
    // Tooltips wait for the pointer to rest.
    if (context.HoverItemDelayId != 0 && context.HoverItemDelayTimer < context.Style.HoverDelayNormal) return 1;
    // Scrolling to a target takes effect in the frame after it was asked for.
    if (context.NavWindow && context.NavWindow->ScrollTarget.y != FLT_MAX) return 1;
    return 0;
}

void WebWindow::export_mirror() {
    m_pace.note_told();
    if (m_mirror->revision() == m_exported_revision) return;
    m_exported_revision = m_mirror->revision();
    ++m_mirror_update_count;
    const mirror::Delta delta = m_delta.encode(m_mirror->nodes());
    portal_window_js_mirror(delta.changed.data(), static_cast<int>(delta.changed.size()), delta.order.data(),
                            static_cast<int>(delta.order.size()), delta.order_changed, delta.text);
}

void WebWindow::export_focus() {
    const ImGuiContext& context = *GImGui;
    Focus focus;
    focus.wants_text = m_ime.WantTextInput;
    focus.active_id = context.ActiveId;
    focus.navigation_id = context.NavCursorVisible ? context.NavId : 0;
    if (focus.wants_text) {
        focus.x = m_ime.InputPos.x;
        focus.y = m_ime.InputPos.y;
        focus.line_height = m_ime.InputLineHeight;
        if (const ImGuiInputTextState* state = ImGui::GetInputTextState(context.ActiveId)) {
            const int from = std::min(state->GetSelectionStart(), state->GetSelectionEnd());
            const int to = std::max(state->GetSelectionStart(), state->GetSelectionEnd());
            const bool has_selection = state->HasSelection();
            focus.selection_start = utf16_units(state->TextA.Data, has_selection ? from : state->GetCursorPos());
            focus.selection_end = utf16_units(state->TextA.Data, has_selection ? to : state->GetCursorPos());
        }
    }
    if (focus == m_told_focus) return;
    m_told_focus = focus;
    portal_window_js_focus(focus.wants_text, focus.x, focus.y, focus.line_height, focus.active_id, focus.navigation_id,
                           focus.selection_start, focus.selection_end);
}

void WebWindow::export_cursor() {
    const int cursor = ImGui::GetMouseCursor();
    if (cursor == m_told_cursor) return;
    m_told_cursor = cursor;
    portal_window_js_cursor(cursor);
}

void WebWindow::wake(int frame_count) {
    portal_window_js_request_frames(frame_count);
}

void WebWindow::wake_from_any_thread() {
    // One message to the main thread is enough until a frame has begun.
    if (!m_wake_is_pending.exchange(true, std::memory_order_acq_rel)) portal_window_js_wake_from_thread();
}

void WebWindow::resize(float width, float height, int pixel_width, int pixel_height, float pixel_ratio) {
    // A hidden page reports nothing; ImGui wants at least a pixel.
    m_shown.forget();
    m_environment.width = std::max(width, 1.0f);
    m_environment.height = std::max(height, 1.0f);
    m_environment.pixel_ratio = pixel_ratio;
    m_pixel_width = std::max(pixel_width, 1);
    m_pixel_height = std::max(pixel_height, 1);
    if (m_listener) m_listener->environment_changed(m_environment);
}

void WebWindow::set_environment(std::uint32_t flags) {
    m_environment.color_scheme = flags & flag_dark ? ColorScheme::dark : ColorScheme::light;
    m_environment.reduced_motion = (flags & flag_reduced_motion) != 0;
    m_environment.forced_colors = (flags & flag_forced_colors) != 0;
    m_environment.coarse_pointer = (flags & flag_coarse_pointer) != 0;
    m_environment.online = (flags & flag_online) != 0;
    ImGui::GetIO().ConfigMacOSXBehaviors = (flags & flag_apple) != 0;
    if (m_listener) m_listener->environment_changed(m_environment);
    wake(2);
}

void WebWindow::set_locale(std::string language, std::string time_zone) {
    m_environment.language = std::move(language);
    m_environment.time_zone = std::move(time_zone);
}

void WebWindow::set_graphics_lost(bool lost) {
    if (lost == m_graphics_lost) return;
    m_graphics_lost = lost;
    m_shown.forget();
    if (lost) {
        ImGui_ImplOpenGL3_Shutdown();
        return;
    }
    check(ImGui_ImplOpenGL3_Init("#version 300 es"), "the renderer did not come back with its context");
    wake(3);
}

void WebWindow::set_title(std::string_view title) {
    portal_window_js_title(title.data(), length_of(title));
}

void WebWindow::set_language(std::string_view language) {
    portal_window_js_language(language.data(), length_of(language));
}

void WebWindow::push_route(std::string_view route) {
    portal_window_js_route(route.data(), length_of(route), 0);
}

void WebWindow::replace_route(std::string_view route) {
    portal_window_js_route(route.data(), length_of(route), 1);
}

void WebWindow::copy_text(std::string_view text) {
    clipboard = text;
    portal_window_js_copy(text.data(), length_of(text));
}

void WebWindow::save_file(std::string_view name, std::string_view mime_type, std::span<const std::uint8_t> bytes) {
    portal_window_js_save(name.data(), length_of(name), mime_type.data(), length_of(mime_type), bytes.data(),
                          static_cast<int>(bytes.size()));
}

void WebWindow::save_workbook(std::string_view name, std::span<const std::uint8_t> archive) {
    portal_window_js_save_workbook(name.data(), length_of(name), archive.data(), static_cast<int>(archive.size()));
}

void WebWindow::store_preference(std::string_view key, std::string_view value) {
    portal_window_js_store_preference(key.data(), length_of(key), value.data(), length_of(value));
}

std::string WebWindow::load_preference(std::string_view key) const {
    return taken(portal_window_js_load_preference(key.data(), length_of(key)));
}

std::optional<std::string> WebWindow::demo_account() const {
    return taken_if_any(portal_window_js_demo_account());
}

std::string WebWindow::origin() const {
    return taken(portal_window_js_origin());
}

std::optional<std::string> WebWindow::guest_token() {
    return taken_if_any(portal_window_js_guest_token());
}

void WebWindow::guard_leaving(bool guards) {
    portal_window_js_guard_leaving(guards ? 1 : 0);
}

void WebWindow::choose_file(std::string_view accepted) {
    portal_window_js_choose_file(accepted.data(), length_of(accepted));
}

std::string WebWindow::follow_share() const {
    return taken(portal_window_js_follow_share());
}

void WebWindow::keep_follow_share(std::string_view share) {
    portal_window_js_keep_follow_share(share.data(), length_of(share));
}

void WebWindow::announce(std::string_view sentence, bool urgent) {
    portal_window_js_announce(sentence.data(), length_of(sentence), urgent);
}

void WebWindow::log_trouble(std::string_view kind, std::string_view detail) {
    // Copies, because the page reads and frees them later, on its own thread.
    portal_window_js_log(copy_of(kind), copy_of(detail));
}

std::string WebWindow::troubles() const {
    return taken(portal_window_js_troubles());
}

void WebWindow::first_load_over() {
    portal_window_js_report("first-load-over");
}

void WebWindow::leave_to(std::string_view path) {
    portal_window_js_leave(path.data(), length_of(path));
}

}  // namespace portal::platform

// What web/bridge/window.js calls. The window exists whenever these run.
using portal::platform::web_window;

extern "C" {

EMSCRIPTEN_KEEPALIVE int portal_window_draw(double now_ms) {
    return web_window()->draw(now_ms);
}

EMSCRIPTEN_KEEPALIVE void portal_window_settle() {
    web_window()->settle_input();
}

EMSCRIPTEN_KEEPALIVE void portal_window_resize(float width, float height, int pixel_width, int pixel_height,
                                               float pixel_ratio) {
    web_window()->resize(width, height, pixel_width, pixel_height, pixel_ratio);
}

EMSCRIPTEN_KEEPALIVE void portal_window_environment(std::uint32_t flags) {
    web_window()->set_environment(flags);
}

EMSCRIPTEN_KEEPALIVE void portal_window_locale(const char* language, const char* time_zone) {
    web_window()->set_locale(language, time_zone);
}

EMSCRIPTEN_KEEPALIVE void portal_window_route(const char* route) {
    web_window()->listener()->route_changed(route);
}

EMSCRIPTEN_KEEPALIVE void portal_window_visibility(int visible) {
    web_window()->set_visible(visible != 0);
}

EMSCRIPTEN_KEEPALIVE void portal_window_file(const char* name, const std::uint8_t* bytes, std::size_t byte_count) {
    web_window()->listener()->file_opened(name, {bytes, byte_count});
}

EMSCRIPTEN_KEEPALIVE void portal_window_graphics_lost(int lost) {
    web_window()->set_graphics_lost(lost != 0);
}

// In use, of all that the page's program has taken.
EMSCRIPTEN_KEEPALIVE double portal_window_heap_bytes() {
    return static_cast<double>(mallinfo().uordblks);
}

EMSCRIPTEN_KEEPALIVE double portal_window_drawn_frame_count() {
    return web_window()->drawn_frame_count();
}

EMSCRIPTEN_KEEPALIVE double portal_window_shown_frame_count() {
    return web_window()->shown_frame_count();
}

}  // extern "C"
