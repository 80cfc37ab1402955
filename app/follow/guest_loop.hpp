// Following a shared view: the page of a guest redeems the link, listens, and keeps the datasets of what is looked at
// in memory. The portal of a signed-in user has joined already and asks for no datasets: it has rows of its own. What
// it may do next GuestState says.
//
// Thread: one, the transport's; `changed` is called on it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/follow/guest_state.hpp"
#include "app/platform/transport.hpp"
#include "app/platform/transport_answer.hpp"
#include "shared/base/clock.hpp"

namespace portal::follow {

struct GuestOptions {
    std::string token = {};                    // Of the link; empty: by the browser's cookie.
    Id share = {};                             // That a signed-in user has joined; empty in the page of a guest.
    platform::Transport* transport = nullptr;  // Outlives the loop, as the next two.
    const Clock* clock = nullptr;
    RandomSource* random = nullptr;
    std::function<void()> changed;  // There is something new to show, or to do.
    std::function<void(std::string_view what, const std::string& detail)> trouble;
};

class GuestLoop {
  public:
    explicit GuestLoop(GuestOptions options);
    ~GuestLoop();
    GuestLoop(const GuestLoop&) = delete;
    GuestLoop& operator=(const GuestLoop&) = delete;

    // Does what is due; after how long to call again, if it has to be by the clock.
    std::optional<DurationMs> step();
    // What is on the screen: its dataset comes first.
    void look_at(ShareView view, const Id& practice);
    void try_now();
    // What the presenter is told of this guest; said again whenever the stream greets anew.
    void say_name(std::string name);
    void react(ShareReaction reaction);

    const vm::GuestPart& part() const { return m_part; }

  private:
    struct Kept {
        std::shared_ptr<const ShareDataset> dataset;
        std::int64_t generation = 0;
    };

    template <class Callback>
    auto guard(Callback callback);
    void begin(GuestTask task);
    void redeem();
    void join();
    void on_event(std::string_view event, std::string_view data);
    void ask_session();
    void on_session(const platform::HttpAnswer& answer);
    void ask_next_dataset();
    void on_dataset(ShareView view, const Id& practice, std::int64_t generation, const platform::HttpAnswer& answer);
    bool is_fresh(ShareView view, const Id& practice) const;
    void publish();
    void tell_name();
    // The address of one of the share's parts, by the guest's cookie or the user's session.
    std::string address(std::string_view of_guest, std::string_view of_user) const;
    void tell(const char* method, std::string path, std::string body);
    DurationMs now_ms() const { return m_options.clock->monotonic_ms(); }

    GuestOptions m_options;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
    GuestState m_state;
    vm::GuestPart m_part;
    std::vector<Kept> m_kept;
    ShareView m_view = ShareView::overview;
    Id m_practice;
    std::string m_name;
    platform::RequestId m_stream = 0;
    platform::RequestId m_dataset_request = 0;
};

}  // namespace portal::follow
