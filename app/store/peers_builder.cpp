// A practice beside those of its kind: its own figures from this device, the others' as the server has told them.
#include "app/store/builders.hpp"
#include "app/store/financing_breakdowns.hpp"
#include "app/store/server_answers.hpp"
#include "shared/rules/peers.hpp"

namespace portal::store {
namespace {

vm::PeersPart::State peers_state(const ServerPeers::Answer& answer) {
    using State = vm::PeersPart::State;
    switch (answer.state) {
        case ServerAnswerState::wanted:
        case ServerAnswerState::asked:
            return State::asking;
        case ServerAnswerState::answered:
            return answer.told.practices > 0 ? State::told : State::too_few;
        case ServerAnswerState::refused:
            return State::refused;
        case ServerAnswerState::unreachable:
            break;
    }
    return State::unreachable;
}

std::vector<Figure> own_figures(const BuildContext& context, const Id& practice, DayRange period) {
    const FinancingSums& facts = context.records.financing();
    FactFilter filter;
    filter.days = period;
    filter.practices = {practice};
    const Day closed_until = facts.closed_until(filter).value_or(0);
    return peer_figures(facts.sums(filter), facts.pull_through(filter, closed_until));
}

}  // namespace

vm::PeersPart build_peers(const BuildContext& context, const vm::FinancingQuery& query) {
    vm::PeersPart part;
    const Id practice = practice_of_selection(context, query);
    if (practice.empty()) {
        part.state = vm::PeersPart::State::choose_practice;
        return part;
    }
    const ServerPeers::Answer& answer = context.server_told->peers.look_up({practice});
    part.state = peers_state(answer);
    if (part.state != vm::PeersPart::State::told) return part;
    const PeerSummary& told = answer.told;
    part.same_size = !told.size.empty();
    part.practices = told.practices;
    part.from = told.first_day;
    part.until = told.last_day;
    part.as_of_ms = told.as_of_ms;
    const std::vector<Figure> own = own_figures(context, practice, {told.first_day, told.last_day});
    for (const PeerFigure& peers : told.figures)
        if (const auto found = std::ranges::find(own, peers.id, &Figure::id); found != own.end())
            part.lines.push_back({*found, peers.value, peers.reason});
    return part;
}

}  // namespace portal::store
