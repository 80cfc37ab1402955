// What can be asked of a FactTable, and what it answers. Plain data.
//
// Shapes: days and cents are inclusive ranges; ids are rows' ids; an empty list does not restrict; an unknown id
// selects nothing. Thread: any.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "shared/model/records.hpp"
#include "shared/rules/figures/fact_sums.hpp"

namespace portal {

// Which day of a fact a period asks for. `own` is the figures' rule: applications by event day, money by posted day.
enum class DayBasis : std::uint8_t { own, event, posted };

enum class Cardholder : std::uint8_t { any, new_, existing };

// Of a fact's one amount (amount_cents()): requested of applications, settled of money.
struct CentsRange {
    std::int64_t first = std::numeric_limits<std::int64_t>::min();
    std::int64_t last = std::numeric_limits<std::int64_t>::max();
    bool contains(std::int64_t cents) const { return cents >= first && cents <= last; }
    friend bool operator==(const CentsRange&, const CentsRange&) = default;
};

// What a list in a filter selects.
template <class Value>
bool is_selected(const std::vector<Value>& wanted, const Value& value) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

struct FactFilter {
    DayRange days;
    DayBasis basis = DayBasis::own;
    std::vector<Id> practices;
    std::vector<Id> locations;
    std::vector<Id> plans;  // An empty id selects facts without a plan.
    std::vector<FactChannel> channels;
    std::vector<FactKind> kinds;
    std::vector<FactStatus> statuses;
    Cardholder cardholder = Cardholder::any;
    CentsRange amount;
    std::optional<int> weekday;    // 0 (Monday) to 6, of the basis' day.
    std::optional<int> hour_band;  // 0-23.
    FactMeasures adding = 0;       // Facts that add to any of these sums; 0 does not restrict.
    friend bool operator==(const FactFilter&, const FactFilter&) = default;
};

// How much of what adds to some sums a filter's kinds and statuses let through.
enum class FilterReach : std::uint8_t { all, some, nothing };
FilterReach reach_of(const FactFilter& filter, FactMeasures measures);

// A group's number is, by its key: day, a day; week, the day of its Monday; month, a MonthIndex; quarter, the
// MonthIndex of its first month; weekday, 0 (Monday) to 6; hour_band, 0-23; channel, status, kind, the enum's value;
// cardholder, 1 for existing ones. Practice, location and plan have an id instead. Days are of the filter's basis.
enum class FactKey : std::uint8_t {
    none,
    day,
    week,
    month,
    quarter,
    weekday,
    hour_band,
    practice,
    location,
    plan,
    channel,
    status,
    kind,
    cardholder,
};

constexpr bool is_named_by_id(FactKey key) {
    return key == FactKey::practice || key == FactKey::location || key == FactKey::plan;
}

struct FactGroup {
    Id id;                    // Of practice, location or plan.
    std::int64_t number = 0;  // Otherwise.
    FactSums sums;
    Id second_id;  // The same of the second key.
    std::int64_t second_number = 0;
    bool is_other = false;  // All that the question's `top` left out; id and number say nothing then.
};

// The groups of the first key with the most of one figure; the others together are one group more (one for each of the
// second key's). None is left out when `count` is 0.
struct FactTop {
    std::size_t count = 0;
    FactRank by = FactRank::net_cents;
    friend bool operator==(const FactTop&, const FactTop&) = default;
};

// Groups whose measured sums are all 0 are absent; with every measure those are the groups without facts. They come in
// order of number, or of id for practice, location and plan, and within one in the same order by the second key; with
// `top`, the largest first (equal ones in that order) and the other last.
struct FactQuestion {
    FactFilter filter;
    FactKey key = FactKey::none;
    FactKey second = FactKey::none;
    FactTop top = {};
    // The sums that are wanted; the others are left at 0. Fewer are quicker, and a cube may hold them.
    FactMeasures measures = every_measure;
    friend bool operator==(const FactQuestion&, const FactQuestion&) = default;
};

// An answer without texts, for many groups or many times a second: a place for each group, in the question's order.
struct FactCells {
    struct Place {
        std::int64_t first = 0, second = 0;  // A group's number; practice, location and plan by FactTable::id_of().
        bool is_other = false;
    };
    FactMeasures measures = 0;
    std::size_t width = 0;  // Of the measures.
    std::vector<Place> places;
    std::vector<std::int64_t> values;  // `width` of each place, in the order of fact_sum_members.

    FactSums sums(std::size_t place) const {
        FactSums sums;
        const std::int64_t* value = values.data() + place * width;
        for (std::size_t index = 0; index < fact_sum_members.size(); ++index)
            if ((measures >> index & 1) != 0) sums.*fact_sum_members[index] = *value++;
        return sums;
    }
};

// How many different applications (practice and reference) a group's facts name. Facts without a reference and
// duplicates are left out.
struct FactCount {
    FactGroup group;  // Without sums.
    std::int64_t distinct = 0;
};

enum class FactOrder : std::uint8_t {
    newest_first,
    oldest_first,
    amount_descending,
    amount_ascending,
    plan,
    location,
    plan_descending,
    location_descending,
    posted_descending,  // Of applications, whose posting no figure asks for, as of money.
    posted_ascending,
    kind,  // By the vocabularies' order, these and the next.
    kind_descending,
    status,
    status_descending,
    channel,
    channel_descending,
};

struct FactPage {
    std::int64_t total = 0;  // Facts that the filter selects.
    std::vector<FinancingFact> facts;
};

}  // namespace portal
