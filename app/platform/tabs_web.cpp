#include <emscripten.h>

#include "app/platform/tabs.hpp"

extern "C" {
void portal_tabs_join(const char* user, const char* own_name);
void portal_tabs_send(const char* name, const char* bytes, int size);
void portal_tabs_leave();
void portal_tabs_heard(const char* bytes, int size);
}

namespace portal::platform {
namespace {

// Thread: the store's, where JavaScript hears and calls. Copied before it is called: it may join elsewhere.
std::function<void(std::string_view)>& listener() {
    static std::function<void(std::string_view)> heard;
    return heard;
}

class WebTabs final : public Tabs {
  public:
    ~WebTabs() override { WebTabs::leave(); }
    void join(const std::string& user, const std::string& own_name,
              std::function<void(std::string_view)> heard) override {
        listener() = std::move(heard);
        portal_tabs_join(user.c_str(), own_name.c_str());
    }
    void send(const std::string& name, std::string_view message) override {
        portal_tabs_send(name.c_str(), message.data(), static_cast<int>(message.size()));
    }
    void leave() override {
        portal_tabs_leave();
        listener() = nullptr;
    }
};

}  // namespace

std::unique_ptr<Tabs> make_tabs() {
    return std::make_unique<WebTabs>();
}

}  // namespace portal::platform

extern "C" {

EMSCRIPTEN_KEEPALIVE void portal_tabs_heard(const char* bytes, int size) {
    const auto heard = portal::platform::listener();
    if (heard) heard({bytes, static_cast<std::size_t>(size)});
}
}
