// One page of the browser: window, client and shell, which live as long as it does. What the programs differ by is
// handed in by their main. Thread: the page's main thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/platform/transport.hpp"
#include "app/store/executor.hpp"
#include "app/views/stage.hpp"
#include "shared/base/clock.hpp"

namespace portal::shell {

// The server that a demo brings along; `account` is the one that was chosen, empty before.
using MakeDemoServer = std::function<std::unique_ptr<platform::Transport>(std::string account, const Clock& clock)>;
// What stands around the demo's screens.
using MakeStage = std::function<std::unique_ptr<views::Stage>(const std::string& account, const Clock& clock)>;

// Returns to the browser's event loop; the page goes on. Once per page. Without a demo server the address /demo is
// none.
void run_page(store::ExecutorKind executor, const MakeDemoServer& make_demo_server, const MakeStage& make_stage);

}  // namespace portal::shell
