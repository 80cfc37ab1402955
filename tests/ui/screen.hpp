// A screen without pixels for tests of widgets: an ImGui context, the mirror, and scripted input.
#pragma once

#include <imgui.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/mirror/mirror.hpp"
#include "app/ui/tokens.hpp"

namespace portal::ui::test {

class Screen {
  public:
    explicit Screen(ImVec2 extent = ImVec2(1280, 800), Theme theme = {});
    ~Screen();
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    // What every frame draws, inside of one window that covers the screen.
    void draw(std::function<void()> content) { m_content = std::move(content); }
    void frame(int count = 1);

    void move_to(ImVec2 at);
    void press_at(ImVec2 at);
    void press(const mirror::MirrorNode& node);
    void key(ImGuiKey key);
    void type(const char* words);
    void wheel(float lines);

    // The first node of this role and name; the test fails when there is none.
    const mirror::MirrorNode& node(mirror::Role role, std::string_view name) const;
    const mirror::MirrorNode* find(mirror::Role role, std::string_view name) const;
    std::vector<const mirror::MirrorNode*> all(mirror::Role role) const;
    int frames_requested() const { return m_frames_requested; }
    void forget_requests() { m_frames_requested = 0; }

  private:
    std::function<void()> m_content;
    mirror::MirrorFrame m_mirror;
    int m_frames_requested = 0;
};

}  // namespace portal::ui::test
