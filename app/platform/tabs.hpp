// Messages between the tabs of one (origin, user) that run the same build.
//
// Every tab that has joined hears every message that is for it or for all, in the order of each sender; a tab that has
// gone hears nothing and nobody is told. Thread: the store's; a message comes in a turn of its own, never inside
// send().
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace portal::platform {

class Tabs {
  public:
    virtual ~Tabs() = default;

    // Hears the other tabs of this user from now on, in place of whomever it heard before.
    virtual void join(const std::string& user, const std::string& own_name,
                      std::function<void(std::string_view message)> heard) = 0;
    // To the tab of that name, or to all by an empty one. Nobody there: nothing happens.
    virtual void send(const std::string& name, std::string_view message) = 0;
    virtual void leave() = 0;
};

// A BroadcastChannel in the browser. Natively a program is alone.
std::unique_ptr<Tabs> make_tabs();

}  // namespace portal::platform
