// What a view is given in a test: a screen to draw on, a snapshot that the test fills, and somebody who keeps what it
// asks for.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "app/views/view.hpp"
#include "tests/ui/screen.hpp"

namespace portal::views::test {

using mirror::Role;

class KeptIntents final : public vm::IntentSink {
  public:
    void emit(vm::Intent intent) override { intents.push_back(std::move(intent)); }
    Id new_id() override { return "01JABCDEFGHJKMNPQRSTVWXYZ0"; }
    std::vector<vm::Intent> intents;
};

struct ViewStage {
    explicit ViewStage(ImVec2 extent = ImVec2(1280, 800), vm::Language language = vm::Language::english)
        : screen(extent), format(language, 1'772'627'400'000) {}

    ViewContext context() { return {snapshot, format, sink, preferences, page, lost_copy}; }
    void press(Role role, std::string_view name) {
        const mirror::MirrorNode node = screen.node(role, name);
        screen.press(node);
        screen.frame(2);
    }

    ui::test::Screen screen;
    vm::Snapshot snapshot;
    vm::Format format;
    KeptIntents sink;
    Preferences preferences;
    PageRequests page;
    std::optional<LostCopy> lost_copy;
};

}  // namespace portal::views::test
