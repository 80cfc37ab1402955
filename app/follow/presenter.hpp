// The presenter's side of shared views: asks the server what would become visible, makes links, lists, pauses and ends
// them. Nothing of it is stored, and every tab asks for itself: sharing is nothing that works without the server.
//
// Thread: one, the transport's; `changed` is called on it.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/platform/transport.hpp"
#include "app/platform/transport_answer.hpp"
#include "app/vm/sharing_part.hpp"
#include "shared/base/clock.hpp"

namespace portal::follow {

class Presenter {
  public:
    // All outlive it.
    Presenter(platform::Transport& transport, const Clock& clock, std::function<void()> changed)
        : m_transport(transport), m_clock(clock), m_changed(std::move(changed)) {}
    ~Presenter();
    Presenter(const Presenter&) = delete;
    Presenter& operator=(const Presenter&) = delete;

    // A newer preview takes the place of one that is still asked for.
    void preview(const ShareScope& scope);
    // What guests see of what the presenter looks at; asked again every limits::share_marks_period_ms.
    void mark(const ShareScope& scope);
    void make_link(const vm::ShareWish& wish);
    void list();
    void pause(const Id& share, bool paused);
    void end(const Id& share);
    // To a follower, or back to oneself.
    void hand_over(const Id& share, const Id& user);
    void forget_handing() { m_part.handing = vm::Asking::idle; }
    void forget_link();

    // Lists again while something is live; after how long to call again.
    std::optional<DurationMs> step();

    const vm::SharingPart& part() const { return m_part; }

  private:
    platform::RequestId send(const char* method, std::string path, std::string body, std::size_t bytes_max,
                             std::function<void(const platform::HttpAnswer&)> done);
    void change(const char* method, const Id& share, std::string body);
    void on_preview(const platform::HttpAnswer& answer);
    void on_marks(const platform::HttpAnswer& answer);
    void on_link(const platform::HttpAnswer& answer);
    void on_list(const platform::HttpAnswer& answer);
    vm::Asking refused_or_failed(const platform::HttpAnswer& answer);

    platform::Transport& m_transport;
    const Clock& m_clock;
    std::function<void()> m_changed;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
    vm::SharingPart m_part;
    platform::RequestId m_preview_request = 0;
    platform::RequestId m_marks_request = 0;
    DurationMs m_marked_ms = 0;
    bool m_is_listing = false;
    DurationMs m_listed_ms = 0;
};

}  // namespace portal::follow
