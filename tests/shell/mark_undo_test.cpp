#include "app/shell/mark_undo.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::shell {
namespace {

vm::Snapshot showing(vm::ActionGroup group, bool may_edit = true) {
    vm::ActionDetail detail;
    detail.brief.id = Id("01J00000000000000000000001");
    detail.brief.title = "Call them";
    detail.brief.group = group;
    detail.may_edit = may_edit;
    vm::ActionsPart part;
    part.detail = detail;
    vm::Snapshot snapshot;
    snapshot.actions = std::make_shared<const vm::ActionsPart>(std::move(part));
    return snapshot;
}

const vm::MarkAction finish{Id("01J00000000000000000000002"), Id("01J00000000000000000000001"), true};

}  // namespace

TEST_CASE("an item marked done can be reopened by its toast, once it shows as done", "[shell]") {
    MarkUndo undo;
    CHECK_FALSE(undo.offered_by(showing(vm::ActionGroup::done)));
    undo.made(finish);
    CHECK_FALSE(undo.offered_by(showing(vm::ActionGroup::overdue)));
    const auto offer = undo.offered_by(showing(vm::ActionGroup::done));
    REQUIRE(offer);
    CHECK(offer->mark.action == finish.action);
    CHECK_FALSE(offer->mark.done);
    CHECK(offer->title == "Call them");
    CHECK_FALSE(undo.offered_by(showing(vm::ActionGroup::done)));
}

TEST_CASE("no way back is offered to who may not edit, or for another item", "[shell]") {
    MarkUndo undo;
    undo.made(finish);
    CHECK_FALSE(undo.offered_by(showing(vm::ActionGroup::done, false)));
    CHECK_FALSE(undo.offered_by(showing(vm::ActionGroup::done)));
    undo.made({finish.intent, Id("01J00000000000000000000009"), true});
    CHECK_FALSE(undo.offered_by(showing(vm::ActionGroup::done)));
}

}  // namespace portal::shell
