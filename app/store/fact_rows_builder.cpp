// The single facts behind the figures: from this device where it has them, otherwise as the server has told them.
#include <algorithm>

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
    line.practice_name = context.records.practice_name(fact.practice);
    line.reference = fact.external_key;
    line.channel = fact.channel;
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

wire::FactPageQuery question_of(const vm::FinancingQuery& query, const FactFilter& filter, const Id& practice) {
    wire::FactPageQuery question;
    question.practice = practice;
    // Of several chosen locations the server is asked for all of the practice: the figures' filter names one or none.
    question.location = filter.locations.size() == 1 ? filter.locations.front() : Id();
    question.plan = query.plan;
    question.channel = query.channel;
    question.first_day = filter.days.first;
    question.last_day = filter.days.last;
    return question;
}

// The window's pages, as far as the server has told them; those that it has not are asked for.
void rows_of_server(const BuildContext& context, wire::FactPageQuery question, vm::FactRows& rows) {
    constexpr std::int64_t page_rows = static_cast<std::int64_t>(limits::fact_page_rows_max);
    question.count = page_rows;
    const std::int64_t last = rows.offset + limits::fact_window_rows;
    rows.offset = rows.offset / page_rows * page_rows;
    // The first page tells how many there are; a page beyond them is not asked for.
    for (question.offset = rows.offset; question.offset < last; question.offset += page_rows) {
        if (question.offset > rows.offset && question.offset >= rows.total) return;
        const ServerFacts::Answer& answer = context.server_told->facts.look_up(question);
        if (question.offset == rows.offset) rows.state = state_of(answer.state);
        if (answer.state != ServerAnswerState::answered) {
            if (rows.state != vm::FactRows::State::from_server) return;
            const auto missing = static_cast<std::size_t>(std::min(page_rows, rows.total - question.offset));
            vm::FactLine unknown;
            unknown.is_known = false;
            rows.lines.resize(rows.lines.size() + missing, unknown);
            continue;
        }
        rows.as_of_ms = answer.told.as_of_ms;
        rows.total = answer.told.total;
        for (const FinancingFact& fact : answer.told.facts)
            rows.lines.push_back(line_of(context, fact));
    }
}

// None of columns that have no list.
FactKey key_of(vm::RowsSort column) {
    switch (column) {
        case vm::RowsSort::kind:
            return FactKey::kind;
        case vm::RowsSort::status:
            return FactKey::status;
        case vm::RowsSort::plan:
            return FactKey::plan;
        case vm::RowsSort::location:
            return FactKey::location;
        case vm::RowsSort::channel:
            return FactKey::channel;
        case vm::RowsSort::day:
        case vm::RowsSort::posted:
        case vm::RowsSort::amount:
            break;
    }
    return FactKey::none;
}

// Of the rows that are listed, whatever the column's own filter says, so that another value can be chosen. The most
// frequent first; equal ones in
// the engine's order.
std::vector<vm::ColumnValue> values_of(const BuildContext& context, vm::FinancingQuery query) {
    const FactKey key = key_of(*query.rows->counted);
    std::vector<vm::ColumnValue> values;
    if (key == FactKey::none) return values;
    vm::take_back(*query.rows->counted, query);
    const auto groups = context.records.facts().listed_by(fact_filter_of(context, query), query.rows->reference, key);
    std::vector<std::pair<std::int64_t, std::size_t>> order;
    for (std::size_t place = 0; place < groups.size(); ++place) {
        const auto& [group, rows] = groups[place];
        // Facts without a plan or a status have nothing to be chosen by.
        const bool has_value = is_named_by_id(key) ? !group.id.empty() : key != FactKey::status || group.number != 0;
        if (has_value) order.emplace_back(-rows, place);
    }
    std::sort(order.begin(), order.end());
    for (const auto& [less_rows, place] : order) {
        if (values.size() == limits::column_values_max) break;
        const auto& [group, rows] = groups[place];
        vm::ColumnValue& value = values.emplace_back();
        value.id = group.id;
        value.number = group.number;
        if (key == FactKey::plan) value.name = context.records.plan_name(group.id);
        if (key == FactKey::location) value.name = context.records.location_name(group.id);
        value.rows = rows;
    }
    return values;
}

}  // namespace

FactOrder fact_order_of(const vm::RowsQuery& query) {
    const auto either = [&](FactOrder up, FactOrder down) { return query.ascending ? up : down; };
    switch (query.sort) {
        case vm::RowsSort::posted:
            return either(FactOrder::posted_ascending, FactOrder::posted_descending);
        case vm::RowsSort::kind:
            return either(FactOrder::kind, FactOrder::kind_descending);
        case vm::RowsSort::status:
            return either(FactOrder::status, FactOrder::status_descending);
        case vm::RowsSort::plan:
            return either(FactOrder::plan, FactOrder::plan_descending);
        case vm::RowsSort::location:
            return either(FactOrder::location, FactOrder::location_descending);
        case vm::RowsSort::channel:
            return either(FactOrder::channel, FactOrder::channel_descending);
        case vm::RowsSort::amount:
            return either(FactOrder::amount_ascending, FactOrder::amount_descending);
        case vm::RowsSort::day:
            break;
    }
    return either(FactOrder::oldest_first, FactOrder::newest_first);
}

vm::FactRows build_fact_rows(const BuildContext& context, const vm::FinancingQuery& query, const FactFilter& filter) {
    vm::FactRows rows;
    rows.offset = std::max<std::int64_t>(0, query.rows->first);
    rows.as_of_ms = context.as_of_ms;
    if (!context.records.financing().has_rollups_alone()) {
        const FactPage page =
            context.records.facts().window(filter, query.rows->reference, fact_order_of(*query.rows),
                                           static_cast<std::size_t>(rows.offset), limits::fact_window_rows);
        rows.total = page.total;
        for (const FinancingFact& fact : page.facts)
            rows.lines.push_back(line_of(context, fact));
        if (query.rows->counted) rows.values = values_of(context, query);
        return rows;
    }
    const Id practice = practice_of_selection(context, query);
    if (practice.empty())
        rows.state = vm::FactRows::State::choose_practice;
    else
        rows_of_server(context, question_of(query, filter, practice), rows);
    return rows;
}

}  // namespace portal::store
