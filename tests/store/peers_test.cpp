// A practice beside its peers: asked of the server once, shown with its own figures of the same period.
#include <catch2/catch_test_macros.hpp>

#include "tests/store/demo_replica.hpp"

namespace portal::store::test {
namespace {

using State = vm::PeersPart::State;

const vm::PeersPart& peers_of(const vm::Snapshot& snapshot) {
    REQUIRE(snapshot.financing);
    return snapshot.financing->peers;
}

TEST_CASE("A practice is shown beside its peers as the server tells them", "[store]") {
    DemoStore owner("practice_owner");
    CHECK(peers_of(owner.after(vm::ShowScreen{vm::FinancingQuery{}})).state == State::asking);
    const auto question = owner.store.next_peer_question();
    REQUIRE(question.has_value());
    CHECK(question->practice == owner.store.snapshot()->session->practices.front().id);
    CHECK_FALSE(owner.store.next_peer_question().has_value());

    const Day closed = owner.store.snapshot()->financing->closed_until;
    PeerSummary told;
    told.size = "small";
    told.practices = 12;
    told.first_day = closed - 364;
    told.last_day = closed;
    told.figures = {{FigureId::approval_rate, 6'000, PeerReason::none},
                    {FigureId::average_sale, std::nullopt, PeerReason::one_dominates}};
    SECTION("an answer stands beside the same figures of the same days") {
        owner.store.take_peers(*question, told);
        owner.settle();
        const vm::PeersPart peers = peers_of(*owner.store.snapshot());
        CHECK(peers.state == State::told);
        CHECK(peers.same_size);
        CHECK(peers.practices == 12);
        REQUIRE(peers.lines.size() == 2);
        CHECK(peers.lines[0].peers == 6'000);
        CHECK(peers.lines[1].reason == PeerReason::one_dominates);
        vm::FinancingQuery year;
        year.from = told.first_day;
        year.until = told.last_day;
        const auto part = owner.after(vm::ShowScreen{year}).financing;
        const auto own = std::ranges::find(part->figures, FigureId::approval_rate, &Figure::id);
        REQUIRE(own->denominator > 0);
        CHECK(peers.lines[0].own.value == own->value);
        // And stays while the figures do.
        CHECK(part->peers.state == State::told);
    }
    SECTION("too few peers are told as that") {
        told.practices = 0;
        told.figures.clear();
        owner.store.take_peers(*question, told);
        owner.settle();
        CHECK(peers_of(*owner.store.snapshot()).state == State::too_few);
    }
    SECTION("a refusal and a server out of reach are told apart, and asked again when the link is back") {
        owner.store.take_peers(*question, fail(ErrorCode::permission_denied, ""));
        owner.settle();
        CHECK(peers_of(*owner.store.snapshot()).state == State::refused);
        owner.store.take_peers(*question, fail(ErrorCode::unavailable, ""));
        owner.settle();
        CHECK(peers_of(*owner.store.snapshot()).state == State::unreachable);
        owner.store.forget_server_answers();
        owner.settle();
        CHECK(owner.store.next_peer_question() == question);
    }
}

TEST_CASE("Of several practices one has to be chosen before its peers are asked for", "[store]") {
    DemoStore manager("account_manager");
    CHECK(peers_of(manager.after(vm::ShowScreen{vm::FinancingQuery{}})).state == State::choose_practice);
    CHECK_FALSE(manager.store.next_peer_question().has_value());
    vm::FinancingQuery query;
    query.practice = manager.store.snapshot()->session->practices.back().id;
    CHECK(peers_of(manager.after(vm::ShowScreen{query})).state == State::asking);
    CHECK(manager.store.next_peer_question()->practice == query.practice);
}

}  // namespace
}  // namespace portal::store::test
