// The parts that the financing screen takes its sums to: what explains a change, the colours of the bars, plans,
// funnel, hours and the ranking of places. Private to the financing builder.
#pragma once

#include <vector>

#include "app/store/build_context.hpp"

namespace portal::store {

// The one practice that the selection is of; empty when it is of several.
Id practice_of_selection(const BuildContext& context, const vm::FinancingQuery& query);

FactKey key_of_split(vm::Split split);
// What the ranking is of: practices where several are seen, otherwise locations.
FactKey key_of_places(const BuildContext& context, const vm::FinancingQuery& query);
// What the groups for change_parts() are by.
FactKey key_of_change(const BuildContext& context, const vm::FinancingQuery& query);

vm::PlanShare plan_share(const BuildContext& context, const FactGroup& group);
void sort_plans(std::vector<vm::PlanShare>& plans);

// `groups` are by the bucket's key and then by the split's.
std::vector<vm::FinancingStack> stacks_of(const BuildContext& context, const vm::FinancingPart& part,
                                          FactKey bucket_key, const std::vector<FactGroup>& groups);
// The difference of two periods, the largest part first: all of them, so that they add up to the whole change.
std::vector<vm::ChangePart> change_parts(const BuildContext& context, vm::Explain explain,
                                         const std::vector<FactGroup>& now, const std::vector<FactGroup>& former);
// The days of the period whose applications every sale that could still count has been reported for; may be none.
DayRange matured_days(DayRange days, Day closed_until);
// `hours` are by weekday and hour band.
void fill_hours(const std::vector<FactGroup>& hours, vm::FinancingPart& part);
// The whole months that a place's trend shows, up to a day of the last one.
DayRange ranked_days(Day last);
// The groups are by place, of `months` by place and month over ranked_days(). The largest first.
std::vector<vm::RankedPlace> ranking_of(const BuildContext& context, Day last, const std::vector<FactGroup>& now,
                                        const std::vector<FactGroup>& former, const std::vector<FactGroup>& months);
void fill_choices(const BuildContext& context, const vm::FinancingQuery& query, vm::FinancingPart& part);

}  // namespace portal::store
