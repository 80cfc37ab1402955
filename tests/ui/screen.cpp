#include "tests/ui/screen.hpp"

#include <implot.h>

#include <catch2/catch_test_macros.hpp>

#include "app/mirror/imgui_hooks.hpp"
#include "app/ui/fonts.hpp"
#include "app/ui/motion.hpp"
#include "app/ui/words.hpp"

namespace portal::ui::test {
namespace {

// Plays the renderer's part in the protocol of dynamic textures.
void acknowledge_textures(ImDrawData* data) {
    if (data->Textures == nullptr) {
        return;
    }
    for (ImTextureData* texture : *data->Textures) {
        if (texture->Status == ImTextureStatus_WantCreate || texture->Status == ImTextureStatus_WantUpdates) {
            texture->SetTexID(1);
            texture->SetStatus(ImTextureStatus_OK);
        } else if (texture->Status == ImTextureStatus_WantDestroy) {
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        }
    }
}

Words plain_words() {
    Words words;
    words.close = "Close";
    words.clear = "Clear";
    words.remove = "Remove";
    words.dismiss = "Dismiss";
    words.required = "required";
    words.show_password = "Show password";
    words.hide_password = "Hide password";
    words.no_options = "Nothing";
    words.show_as_table = "Show as table";
    words.show_as_chart = "Show as chart";
    words.columns = "Columns";
    words.filter_by = "Filter by";
    words.more = "More";
    words.sorted_ascending = "ascending";
    words.sorted_descending = "descending";
    words.immature = "Not complete yet";
    words.loading = "Loading";
    words.collapse_navigation = "Collapse";
    words.expand_navigation = "Expand";
    return words;
}

}  // namespace

Screen::Screen(ImVec2 extent, Theme theme) {
    ImGui::CreateContext();
    ImPlot::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.ConfigInputTextCursorBlink = false;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    io.DisplaySize = extent;
    mirror::install(&m_mirror);
    mirror::connect(true);
    set_words(plain_words());
    set_frame_request([this](int count) { m_frames_requested += count; });
    load_fonts();
    apply_theme(theme);
}

Screen::~Screen() {
    set_frame_request({});
    mirror::install(nullptr);
    ImPlot::DestroyContext();
    ImGui::DestroyContext();
}

void Screen::frame(int count) {
    for (int step = 0; step < count; ++step) {
        ImGui::GetIO().DeltaTime = 1.0f / 60.0f;
        m_mirror.begin();
        ImGui::NewFrame();
        ImGui::SetNextWindowPos(ImVec2(0, 0));
        ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
        ImGui::Begin("screen", nullptr,
                     ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBringToFrontOnFocus);
        if (m_content) {
            m_content();
        }
        ImGui::End();
        ImGui::Render();
        m_mirror.end();
        acknowledge_textures(ImGui::GetDrawData());
    }
}

void Screen::move_to(ImVec2 at) {
    ImGui::GetIO().AddMousePosEvent(at.x, at.y);
    frame(2);
}

void Screen::press_at(ImVec2 at) {
    move_to(at);
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    frame();
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    frame(2);
}

void Screen::press(const mirror::MirrorNode& node) {
    press_at(ImVec2(node.rect.x + node.rect.width * 0.5f, node.rect.y + node.rect.height * 0.5f));
}

void Screen::key(ImGuiKey key) {
    ImGui::GetIO().AddKeyEvent(key, true);
    frame();
    ImGui::GetIO().AddKeyEvent(key, false);
    frame(2);
}

void Screen::type(const char* words) {
    ImGui::GetIO().AddInputCharactersUTF8(words);
    frame(2);
}

void Screen::wheel(float lines) {
    ImGui::GetIO().AddMouseWheelEvent(0, lines);
    frame(2);
}

const mirror::MirrorNode* Screen::find(mirror::Role role, std::string_view name) const {
    for (const mirror::MirrorNode& node : m_mirror.nodes()) {
        if (node.role == role && node.name == name) {
            return &node;
        }
    }
    return nullptr;
}

const mirror::MirrorNode& Screen::node(mirror::Role role, std::string_view name) const {
    const mirror::MirrorNode* found = find(role, name);
    INFO("node named " << name);
    REQUIRE(found != nullptr);
    return *found;
}

std::vector<const mirror::MirrorNode*> Screen::all(mirror::Role role) const {
    std::vector<const mirror::MirrorNode*> result;
    for (const mirror::MirrorNode& node : m_mirror.nodes()) {
        if (node.role == role) {
            result.push_back(&node);
        }
    }
    return result;
}

}  // namespace portal::ui::test
