// What the screen of action items shows; a part of the snapshot (snapshot.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/vm/intent.hpp"
#include "app/vm/place_choice.hpp"
#include "shared/base/clock.hpp"

namespace portal::vm {

// In the order of the list. A week ends on Sunday; days are those of the practice.
enum class ActionGroup : std::uint8_t { overdue, this_week, later, done };

struct ActionBrief {
    Id id;
    std::string title;
    Id practice;
    std::string practice_name;
    Id owner;
    std::string owner_name;
    Day due_on = 0;
    Day today = 0;  // At the practice.
    ActionGroup group = ActionGroup::later;
    std::optional<InstantMs> done_ms;
    bool pending = false;  // An edit of it waits in the outbox.
};

struct ActionDetail {
    ActionBrief brief;
    std::string note;
    std::string created_by_name;
    InstantMs created_ms = 0;
    std::string done_by_name;
    Id integration;
    std::string integration_name;
    Id ticket;
    std::string ticket_subject;
    bool may_edit = false;
};

struct ActionsPart {
    ActionsQuery query;
    InstantMs as_of_ms = 0;
    Day today = 0;                                 // Of the first location in scope.
    std::array<std::int64_t, 4> count_by_group{};  // Under the filters; the list shows the newest of the done ones.
    std::int64_t overdue_of_all = 0;               // Whatever the filters.
    std::vector<ActionBrief> rows;                 // By group, then the day due; done ones newest first.
    std::vector<PlaceChoice> owner_choices;        // Who owns any.
    std::vector<PlaceChoice> staff;                // Who may own one: the user first, then by name; title as detail.
    std::optional<ActionDetail> detail;
    std::string source_name;  // While composing: what the new item comes from, and whose it is.
    Id source_practice;
};

}  // namespace portal::vm
