// What the guests' page and the one that plays recordings have in common: a window, a frame's belongings, and no store,
// no account and no rows of this device.
//
// Thread: the UI thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/mirror/mirror.hpp"
#include "app/platform/window.hpp"
#include "app/store/executor.hpp"
#include "app/views/shared_view.hpp"
#include "app/views/view.hpp"

namespace portal::shell {

class StorelessShell : public platform::WindowListener, protected vm::IntentSink {
  public:
    // WindowListener
    void environment_changed(const platform::Environment& environment) override;
    void route_changed(std::string_view) override {}
    void visibility_changed(bool visible) override;
    void file_opened(std::string_view, std::span<const std::uint8_t>) override {}

  protected:
    // The window and the clock outlive it.
    StorelessShell(platform::Window& window, std::unique_ptr<store::Executor> executor, const Clock& clock)
        : m_window(window), m_executor(std::move(executor)), m_clock(clock) {}

    void open();
    // At a frame's beginning.
    void follow_theme();
    vm::Format format_at(InstantMs now_ms) const;
    views::ViewContext context_of(const vm::Format& format) {
        return {m_nothing, format, *this, m_preferences, m_page, m_lost_copy};
    }

    // vm::IntentSink. There is nobody to send anything to.
    void emit(vm::Intent) override {}
    Id new_id() override { return {}; }

    platform::Window& m_window;
    std::unique_ptr<store::Executor> m_executor;
    const Clock& m_clock;
    views::Preferences m_preferences;
    views::SharedViewState m_view;

  private:
    mirror::MirrorFrame m_mirror;
    vm::Snapshot m_nothing;  // Views are told of a store; there is none.
    views::PageRequests m_page;
    std::optional<views::LostCopy> m_lost_copy;
    bool m_theme_is_stale = true;
};

}  // namespace portal::shell
