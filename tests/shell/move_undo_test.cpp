#include "app/shell/move_undo.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::shell {
namespace {

vm::Snapshot showing(TicketState state, std::vector<TicketState> moves) {
    vm::TicketDetail detail;
    detail.brief.id = Id("01J00000000000000000000001");
    detail.brief.state = state;
    detail.allowed_moves = std::move(moves);
    vm::TicketsPart part;
    part.detail = detail;
    vm::Snapshot snapshot;
    snapshot.tickets = std::make_shared<const vm::TicketsPart>(std::move(part));
    return snapshot;
}

const vm::MoveTicket resolve{Id("01J00000000000000000000002"), Id("01J00000000000000000000001"),
                             TicketState::in_progress, TicketState::resolved};

}  // namespace

TEST_CASE("a move can be taken back where the ticket may return", "[shell]") {
    MoveUndo undo;
    CHECK_FALSE(undo.offered_by(showing(TicketState::resolved, {TicketState::in_progress})));
    undo.made(resolve);
    CHECK_FALSE(undo.offered_by(showing(TicketState::in_progress, {TicketState::resolved})));
    const auto back = undo.offered_by(showing(TicketState::resolved, {TicketState::in_progress}));
    REQUIRE(back);
    CHECK(back->ticket == resolve.ticket);
    CHECK(back->from == TicketState::resolved);
    CHECK(back->to == TicketState::in_progress);
    CHECK_FALSE(undo.offered_by(showing(TicketState::resolved, {TicketState::in_progress})));
}

TEST_CASE("no way back is offered where there is none", "[shell]") {
    MoveUndo undo;
    undo.made(resolve);
    CHECK_FALSE(undo.offered_by(showing(TicketState::resolved, {TicketState::closed})));
    CHECK_FALSE(undo.offered_by(showing(TicketState::resolved, {TicketState::in_progress})));
}

}  // namespace portal::shell
