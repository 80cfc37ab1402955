// The single facts behind the figures: from this device where it has them, otherwise as the server has told them.
#include "app/store/builders.hpp"
#include "app/store/financing_breakdowns.hpp"
#include "app/store/server_answers.hpp"
#include "shared/base/limits.hpp"

namespace portal::store {
namespace {

vm::FactLine line_of(const BuildContext& context, const FinancingFact& fact) {
    vm::FactLine line;
    line.day = fact.event_day;
    line.posted = fact.kind == FactKind::application ? 0 : fact.posted_day;
    line.kind = fact.kind;
    line.status = fact.status;
    line.plan_name = context.records.plan_name(fact.plan);
    line.location_name = context.records.location_name(fact.location);
    line.cents = amount_cents(fact);
    line.duplicate = fact.duplicate;
    return line;
}

vm::FactRows::State state_of(ServerAnswerState state) {
    using State = vm::FactRows::State;
    switch (state) {
        case ServerAnswerState::wanted:
        case ServerAnswerState::asked:
            return State::asking;
        case ServerAnswerState::answered:
            return State::from_server;
        case ServerAnswerState::refused:
            return State::refused;
        case ServerAnswerState::unreachable:
            break;
    }
    return State::unreachable;
}

}  // namespace

vm::FactRows build_fact_rows(const BuildContext& context, const vm::FinancingQuery& query, const FactFilter& filter) {
    vm::FactRows rows;
    rows.offset = (query.rows_page - 1) * limits::fact_page_rows_default;
    rows.as_of_ms = context.as_of_ms;
    const auto take = [&](std::int64_t total, const std::vector<FinancingFact>& facts) {
        rows.total = total;
        for (const FinancingFact& fact : facts)
            rows.lines.push_back(line_of(context, fact));
    };
    if (!context.records.financing().has_rollups_alone()) {
        const FactPage page = context.records.facts().page(
            filter, FactOrder::newest_first, static_cast<std::size_t>(rows.offset), limits::fact_page_rows_default);
        take(page.total, page.facts);
        return rows;
    }
    wire::FactPageQuery question;
    question.practice = practice_of_selection(context, query);
    if (question.practice.empty()) {
        rows.state = vm::FactRows::State::choose_practice;
        return rows;
    }
    // Of several chosen locations the server is asked for all of the practice: the figures' filter names one or none.
    question.location = filter.locations.size() == 1 ? filter.locations.front() : Id();
    question.plan = query.plan;
    question.channel = query.channel;
    question.first_day = filter.days.first;
    question.last_day = filter.days.last;
    question.offset = rows.offset;
    const ServerFacts::Answer& answer = context.server_told->facts.look_up(question);
    rows.state = state_of(answer.state);
    if (answer.state == ServerAnswerState::answered) rows.as_of_ms = answer.told.as_of_ms;
    take(answer.told.total, answer.told.facts);
    return rows;
}

}  // namespace portal::store
