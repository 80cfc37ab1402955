// What a page says of this device's copy when something is wrong with it.
#include "app/views/sync_view.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/views/view_stage.hpp"

namespace portal::views {
namespace {

using mirror::Role;

struct DrawnProblem : test::ViewStage {
    DrawnProblem(vm::LocalProblem problem, std::int64_t pending) {
        sync.problem = problem;
        sync.pending_count = pending;
        screen.draw([this] { local_problem(context(), sync); });
        screen.frame(2);
    }
    vm::SyncPart sync;
};

TEST_CASE("a damaged copy and a full device are told with the edits as a file; other troubles lose none", "[views]") {
    struct Case {
        vm::LocalProblem problem;
        std::int64_t pending;
        bool is_offered;
    };
    for (const Case& one : {Case{vm::LocalProblem::corrupted, 2, true}, Case{vm::LocalProblem::storage_full, 1, true},
                            Case{vm::LocalProblem::corrupted, 0, false}, Case{vm::LocalProblem::other_tab, 2, false},
                            Case{vm::LocalProblem::none, 2, false}}) {
        CAPTURE(vm::name_of(one.problem), one.pending);
        DrawnProblem drawn(one.problem, one.pending);
        CHECK((drawn.screen.find(Role::button, "Download edits") != nullptr) == one.is_offered);
        if (!one.is_offered) continue;
        drawn.press(Role::button, "Download edits");
        REQUIRE(drawn.sink.intents.size() == 1);
        CHECK(std::get<vm::ExportData>(drawn.sink.intents.front()).what == vm::Export::outbox);
    }
}

}  // namespace
}  // namespace portal::views
