#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <unordered_map>

#include "app/mirror/imgui_hooks.hpp"
#include "app/platform/window_headless.hpp"
#include "shared/base/check.hpp"

namespace portal::platform {

namespace {

// The same first size as a small laptop's browser.
constexpr float first_width = 1280, first_height = 800;
constexpr int settle_frames = 4;

// There is no renderer, so every texture counts as uploaded at once.
void accept_textures() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        if (texture->Status == ImTextureStatus_WantCreate) texture->SetTexID(1);
        if (texture->Status == ImTextureStatus_WantCreate || texture->Status == ImTextureStatus_WantUpdates)
            texture->SetStatus(ImTextureStatus_OK);
        if (texture->Status == ImTextureStatus_WantDestroy) {
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        }
    }
}

}  // namespace

std::unique_ptr<Window> make_window() {
    return std::make_unique<HeadlessWindow>();
}

HeadlessWindow::HeadlessWindow() {
    m_environment.width = first_width;
    m_environment.height = first_height;
}

HeadlessWindow::~HeadlessWindow() {
    if (!m_context) return;
    ImGui::SetCurrentContext(m_context);
    // Textures that a renderer would still hold are released here.
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
    }
    ImGui::DestroyContext(m_context);
    if (m_mirror && &mirror::current() == m_mirror) mirror::install(nullptr);
}

void HeadlessWindow::start(WindowListener& listener, mirror::MirrorFrame& mirror) {
    check(!m_context, "the window was started twice");
    m_listener = &listener;
    m_mirror = &mirror;
    mirror::install(&mirror);
    m_context = ImGui::CreateContext();
    ImGui::SetCurrentContext(m_context);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors | ImGuiBackendFlags_RendererHasTextures;
    io.ConfigInputTextCursorBlink = false;
    io.ConfigWindowsMoveFromTitleBarOnly = true;
    ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
    platform.Platform_ClipboardUserData = this;
    platform.Platform_GetClipboardTextFn = [](ImGuiContext* context) {
        const auto* self = static_cast<HeadlessWindow*>(context->PlatformIO.Platform_ClipboardUserData);
        return self->m_clipboard.c_str();
    };
    platform.Platform_SetClipboardTextFn = [](ImGuiContext* context, const char* text) {
        static_cast<HeadlessWindow*>(context->PlatformIO.Platform_ClipboardUserData)->m_clipboard = text;
    };
    m_listener->environment_changed(m_environment);
    m_listener->route_changed(route());
    wake(3);
}

void HeadlessWindow::draw_frame() {
    ImGui::SetCurrentContext(m_context);
    m_wake_is_pending.store(false, std::memory_order_release);
    if (m_frames_left > 0) --m_frames_left;
    ImGuiIO& io = ImGui::GetIO();
    io.DeltaTime = frame_interval_ms / 1000.0f;
    io.DisplaySize = {m_environment.width, m_environment.height};
    io.DisplayFramebufferScale = {m_environment.pixel_ratio, m_environment.pixel_ratio};
    m_mirror->begin();
    mirror::connect(m_mirror->is_enabled());
    ImGui::NewFrame();
    m_listener->draw_frame();
    ImGui::Render();
    m_mirror->end();
    accept_textures();
    ++m_drawn_frame_count;
}

void HeadlessWindow::draw_frames(int frame_count) {
    for (int i = 0; i < frame_count; ++i)
        draw_frame();
}

bool HeadlessWindow::is_idle() const {
    return m_frames_left == 0 && !m_wake_is_pending.load(std::memory_order_acquire) &&
           m_context->InputEventsQueue.empty();
}

int HeadlessWindow::draw_until_idle(int frame_count_max) {
    int drawn = 0;
    while (drawn < frame_count_max && !is_idle()) {
        draw_frame();
        ++drawn;
    }
    return drawn;
}

void HeadlessWindow::wake(int frame_count) {
    m_frames_left = std::max(m_frames_left, frame_count);
}

void HeadlessWindow::wake_from_any_thread() {
    m_wake_is_pending.store(true, std::memory_order_release);
}

void HeadlessWindow::push_route(std::string_view route) {
    m_history.resize(m_history_index + 1);
    m_history.emplace_back(route);
    ++m_history_index;
}

void HeadlessWindow::replace_route(std::string_view route) {
    m_history[m_history_index] = route;
}

void HeadlessWindow::save_file(std::string_view name, std::string_view mime_type, std::span<const std::uint8_t> bytes) {
    m_saved_files.push_back({std::string(name), std::string(mime_type), {bytes.begin(), bytes.end()}});
}

void HeadlessWindow::save_workbook(std::string_view name, std::span<const std::uint8_t> archive) {
    save_file(name, "workbook archive", archive);
}

void HeadlessWindow::store_preference(std::string_view key, std::string_view value) {
    if (value.empty())
        m_preferences.erase(std::string(key));
    else
        m_preferences.insert_or_assign(std::string(key), std::string(value));
}

std::string HeadlessWindow::load_preference(std::string_view key) const {
    const auto found = m_preferences.find(key);
    return found == m_preferences.end() ? std::string() : found->second;
}

void HeadlessWindow::log_trouble(std::string_view kind, std::string_view detail) {
    const std::lock_guard lock(m_troubles_mutex);
    if (!m_troubles.empty()) m_troubles += '\n';
    m_troubles.append(kind).append(" ").append(detail);
}

std::string HeadlessWindow::troubles() const {
    const std::lock_guard lock(m_troubles_mutex);
    return m_troubles;
}

void HeadlessWindow::announce(std::string_view sentence, bool urgent) {
    m_announcements.push_back({std::string(sentence), urgent});
}

void HeadlessWindow::set_environment(const Environment& environment) {
    m_environment = environment;
    if (!m_listener) return;
    m_listener->environment_changed(m_environment);
    wake(2);
}

void HeadlessWindow::move_pointer(float x, float y) {
    ImGui::SetCurrentContext(m_context);
    ImGui::GetIO().AddMousePosEvent(x, y);
    draw_frames(1);
}

void HeadlessWindow::click_at(float x, float y) {
    move_pointer(x, y);
    ImGuiIO& io = ImGui::GetIO();
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
    draw_frames(settle_frames);
    draw_until_idle();
}

bool HeadlessWindow::click(mirror::Role role, std::string_view name) {
    const mirror::MirrorNode* node = find_visible(role, name);
    if (!node) return false;
    click_at(node->rect.x + node->rect.width / 2, node->rect.y + node->rect.height / 2);
    return true;
}

void HeadlessWindow::scroll(float x, float y, float wheel_lines) {
    move_pointer(x, y);
    ImGui::GetIO().AddMouseWheelEvent(0, wheel_lines);
    draw_frames(settle_frames);
}

void HeadlessWindow::press(ImGuiKey key, int modifiers) {
    ImGui::SetCurrentContext(m_context);
    ImGuiIO& io = ImGui::GetIO();
    constexpr ImGuiKey modifier_keys[] = {ImGuiMod_Ctrl, ImGuiMod_Shift, ImGuiMod_Alt, ImGuiMod_Super};
    for (const ImGuiKey modifier : modifier_keys)
        if (modifiers & modifier) io.AddKeyEvent(modifier, true);
    io.AddKeyEvent(key, true);
    io.AddKeyEvent(key, false);
    for (const ImGuiKey modifier : modifier_keys)
        if (modifiers & modifier) io.AddKeyEvent(modifier, false);
    draw_frames(settle_frames);
    draw_until_idle();
}

void HeadlessWindow::type(std::string_view text) {
    ImGui::SetCurrentContext(m_context);
    ImGui::GetIO().AddInputCharactersUTF8(std::string(text).c_str());
    draw_frames(2);
    draw_until_idle();
}

bool HeadlessWindow::fill(std::string_view name, std::string_view text) {
    using mirror::Role;
    for (const Role role : {Role::textbox, Role::multiline_textbox, Role::search_box, Role::password}) {
        if (!click(role, name)) continue;
        press(ImGuiKey_A, ImGuiMod_Ctrl);
        if (text.empty())
            press(ImGuiKey_Delete);
        else
            type(text);
        return true;
    }
    return false;
}

void HeadlessWindow::paste(std::string_view text) {
    m_clipboard = text;
    press(ImGuiKey_V, ImGuiMod_Ctrl);
}

bool HeadlessWindow::go_back() {
    if (m_history_index == 0) return false;
    --m_history_index;
    m_listener->route_changed(route());
    wake(2);
    return true;
}

bool HeadlessWindow::go_forward() {
    if (m_history_index + 1 == m_history.size()) return false;
    ++m_history_index;
    m_listener->route_changed(route());
    wake(2);
    return true;
}

void HeadlessWindow::open_file(std::string_view name, std::span<const std::uint8_t> bytes) {
    m_listener->file_opened(name, bytes);
    wake(2);
}

void HeadlessWindow::set_visible(bool visible) {
    m_listener->visibility_changed(visible);
    wake(2);
}

std::span<const mirror::MirrorNode> HeadlessWindow::nodes() const {
    return m_mirror->nodes();
}

const mirror::MirrorNode* HeadlessWindow::find(mirror::Role role, std::string_view name) const {
    for (const mirror::MirrorNode& node : nodes())
        if (node.role == role && node.name == name) return &node;
    return nullptr;
}

const mirror::MirrorNode* HeadlessWindow::find_visible(mirror::Role role, std::string_view name) const {
    for (const mirror::MirrorNode& node : nodes())
        if (node.role == role && node.name == name && !(node.state & mirror::state_clipped)) return &node;
    return nullptr;
}

const mirror::MirrorNode* HeadlessWindow::find_text(std::string_view part) const {
    for (const mirror::MirrorNode& node : nodes())
        if (node.name.find(part) != std::string::npos || node.value.find(part) != std::string::npos) return &node;
    return nullptr;
}

std::string HeadlessWindow::outline() const {
    std::unordered_map<std::uint32_t, int> depth_by_id;
    std::string text;
    for (const mirror::MirrorNode& node : nodes()) {
        const int depth = node.parent == 0 ? 0 : depth_by_id[node.parent] + 1;
        depth_by_id[node.id] = depth;
        text.append(static_cast<std::size_t>(depth) * 2, ' ');
        text.append(mirror::role_name(node.role));
        if (!node.name.empty()) text.append(" \"").append(node.name).append("\"");
        if (!node.value.empty()) text.append(" = ").append(node.value);
        text += '\n';
    }
    return text;
}

}  // namespace portal::platform
