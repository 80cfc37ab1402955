// The whole client below the screens: replica, store, sync and executor, wired.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/platform/storage.hpp"
#include "app/platform/tabs.hpp"
#include "app/platform/transport.hpp"
#include "app/store/executor.hpp"
#include "app/store/store.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/random.hpp"

namespace portal::sync {

enum class KeepData : std::uint8_t { yes, no };

struct ClientOptions {
    const Clock* clock = nullptr;  // &system_clock() outside of tests; outlives the client.
    std::unique_ptr<RandomSource> random;
    std::unique_ptr<platform::Storage> storage;
    std::unique_ptr<platform::Transport> transport;
    std::unique_ptr<platform::Tabs> tabs;  // Null: of this platform.
    store::ExecutorKind executor = store::ExecutorKind::threaded;
    // The user's choice on the sign-in page; changed later by vm::KeepDataOnDevice.
    KeepData keep_data = KeepData::yes;
    // Called on the store's thread after each publish (Window::wake_from_any_thread).
    std::function<void()> wake;
    // What went wrong, without row values, for the page's bounded log. May be null. Called on the store's thread.
    std::function<void(std::string_view what, const std::string& detail)> trouble;
    // A sign-out has erased the replica and ended the session: the shell leaves for the sign-in page.
    // Called on the store's thread.
    std::function<void()> signed_out;
};

std::unique_ptr<store::StoreHost> make_client(ClientOptions options);

}  // namespace portal::sync
