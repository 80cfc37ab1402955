// The parts that the financing screen takes its sums to: what explains a change, the colours of the bars, plans,
// funnel, hours and the ranking of places. Private to the financing builder.
#pragma once

#include <vector>

#include "app/store/build_context.hpp"

namespace portal::store {

FactKey key_of_split(vm::Split split);
// What the groups for change_parts() are by.
FactKey key_of_change(const BuildContext& context, const vm::FinancingQuery& query);

vm::PlanShare plan_share(const BuildContext& context, const FactGroup& group);
void sort_plans(std::vector<vm::PlanShare>& plans);

// `groups` are by the bucket's key and then by the split's.
std::vector<vm::FinancingStack> stacks_of(const BuildContext& context, const vm::FinancingPart& part,
                                          FactKey bucket_key, const std::vector<FactGroup>& groups);
// The difference of two periods, the largest part first; the smallest ones are one part, so that the parts always add
// up to the whole change.
std::vector<vm::ChangePart> change_parts(const BuildContext& context, vm::Explain explain,
                                         const std::vector<FactGroup>& now, const std::vector<FactGroup>& former);
void fill_funnel(const BuildContext& context, const FactFilter& filter, vm::FinancingPart& part);
void fill_hours(const BuildContext& context, const FactFilter& filter, vm::FinancingPart& part);
void fill_ranking(const BuildContext& context, const FactFilter& filter, const FactFilter& former,
                  vm::FinancingPart& part);
void fill_choices(const BuildContext& context, const vm::FinancingQuery& query, vm::FinancingPart& part);

}  // namespace portal::store
