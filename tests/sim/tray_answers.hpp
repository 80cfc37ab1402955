// What becomes of a user's edits by their answers in the tray.
#pragma once

#include <set>
#include <vector>

#include "app/vm/intent.hpp"
#include "app/vm/snapshot.hpp"
#include "tests/sim/posted.hpp"

namespace portal::sim {

// Rows that a user's edits made or changed.
inline std::set<Id> rows_of(const std::vector<Posted>& made) {
    std::set<Id> rows;
    for (const Posted& posted : made) {
        rows.insert(posted.row);
        rows.insert(posted.about);
    }
    return rows;
}

// The answer to that entry goes for all that hangs on it. Returns the rows that were to be made.
inline std::set<Id> note_answer(std::vector<Posted>& made, const vm::TrayEntry& entry, const vm::AnswerTray& say) {
    const bool is_again = say.answer == vm::TrayAnswer::reapply_mine;
    std::set<Id> rows;
    for (Posted& posted : made) {
        const bool hangs_on_it = entry.attached > 0 && posted.about == entry.row;
        if (posted.intent != entry.intent && !hangs_on_it) continue;
        posted.answers.push_back(is_again && posted.intent == entry.intent ? say.intent : Id());
        rows.insert(posted.row);
    }
    if (!is_again) return rows;
    made.push_back({say.intent, entry.op.ends_with(".create") ? entry.row : Id(), entry.entity});
    made.back().about = entry.row;
    // Until it is seen to be kept: another tab may have answered first.
    made.back().keeping = Posted::Keeping::in_doubt;
    made.back().is_again = true;
    return rows;
}

// What has left the tray by its user's answer stays out of it. Returns the intents of those that are back.
inline std::set<Id> note_tray(std::vector<Posted>& made, const std::set<Id>& refused) {
    std::set<Id> back;
    for (Posted& posted : made) {
        if (!posted.is_answered()) continue;
        const bool is_there = refused.contains(posted.intent);
        if (is_there && posted.has_left_tray) back.insert(posted.intent);
        posted.has_left_tray |= !is_there;
    }
    return back;
}

}  // namespace portal::sim
