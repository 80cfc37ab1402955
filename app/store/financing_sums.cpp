#include "app/store/financing_sums.hpp"

#include <algorithm>
#include <tuple>

namespace portal::store {
namespace {

// Both lists are in the order of number and id; equal groups are added.
std::vector<FactGroup> added(std::vector<FactGroup> left, std::vector<FactGroup> right) {
    if (right.empty()) return left;
    using Key = std::tuple<std::int64_t, Id, std::int64_t, Id>;
    std::map<Key, FactSums> sums;
    for (const auto* groups : {&left, &right})
        for (const FactGroup& group : *groups)
            sums[{group.number, group.id, group.second_number, group.second_id}] += group.sums;
    std::vector<FactGroup> all;
    for (const auto& [key, sum] : sums)
        all.push_back({std::get<1>(key), std::get<0>(key), sum, std::get<3>(key), std::get<2>(key)});
    return all;
}

}  // namespace

Status FinancingSums::put(const FactSegment& segment) {
    PORTAL_TRY(m_facts.put_segment(segment));
    if (const auto found = m_location_by_segment.find(segment.id); found != m_location_by_segment.end())
        if (--m_segments_by_location[found->second] == 0) m_segments_by_location.erase(found->second);
    m_location_by_segment[segment.id] = segment.location;
    ++m_segments_by_location[segment.location];
    return {};
}

Status FinancingSums::put(const FactRollup& rollup) {
    return m_rollups.put(rollup);
}

void FinancingSums::remove_segment(const Id& id) {
    if (!m_facts.remove_segment(id)) return;
    const auto found = m_location_by_segment.find(id);
    if (--m_segments_by_location[found->second] == 0) m_segments_by_location.erase(found->second);
    m_location_by_segment.erase(found);
}

void FinancingSums::clear() {
    m_facts.clear();
    m_rollups.clear();
    m_location_by_segment.clear();
    m_segments_by_location.clear();
}

std::vector<Id> FinancingSums::fact_locations() const {
    std::vector<Id> locations;
    for (const auto& [location, segments] : m_segments_by_location)
        locations.push_back(location);
    return locations;
}

bool FinancingSums::has_rollups_alone() const {
    return m_rollups.has_location_beside(fact_locations());
}

std::vector<std::vector<FactGroup>> FinancingSums::answer(const std::vector<FactQuestion>& questions) const {
    auto answers = m_facts.answer(questions);
    if (m_rollups.is_empty()) return answers;
    const std::vector<Id> at_hand = fact_locations();
    for (std::size_t index = 0; index < questions.size(); ++index)
        if (RollupTable::can_answer(questions[index]))
            answers[index] = added(std::move(answers[index]), m_rollups.group(questions[index], at_hand));
    return answers;
}

FactSums FinancingSums::sums(const FactFilter& filter) const {
    FactSums all;
    const auto answers = answer({{filter, FactKey::none}});
    for (const FactGroup& group : answers[0])
        all += group.sums;
    return all;
}

PullThroughSums FinancingSums::pull_through(const FactFilter& filter, Day closed_until) const {
    PullThroughSums all = m_facts.pull_through(filter, closed_until);
    if (!m_rollups.is_empty()) all += m_rollups.pull_through(filter, closed_until, fact_locations());
    return all;
}

std::optional<Day> FinancingSums::closed_until(const FactFilter& filter) const {
    // Nothing is earlier than any day.
    return std::max(m_facts.closed_until(filter), m_rollups.closed_until(filter, fact_locations()));
}

std::size_t QuestionSheet::ask(FactQuestion question) {
    const auto found = std::ranges::find(m_questions, question);
    const auto place = static_cast<std::size_t>(found - m_questions.begin());
    if (found == m_questions.end()) m_questions.push_back(std::move(question));
    return place;
}

FactSums QuestionSheet::sum(std::size_t place) const {
    FactSums all;
    for (const FactGroup& group : m_answers[place])
        all += group.sums;
    return all;
}

}  // namespace portal::store
