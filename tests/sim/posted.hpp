// An edit that a user made, and what the simulation knows of its fate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/repo/repository.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"

namespace portal::sim {

// Kinds of edits: tickets filed, replies and moves; action items added, changed, and marked done or reopened;
// integrations moved to another stage, blocked or freed; deposits reviewed, and reviews taken back; leads sent;
// answers in the tray.
enum class Deed : std::uint8_t {
    filed,
    replied,
    moved,
    promised,
    promise_changed,
    marked,
    staged,
    blocked,
    reviewed,
    lead_sent,
    answered,
};
inline constexpr std::size_t deed_count = 11;

struct Posted {
    Id intent;
    Id row;  // Of a creation; empty for a move.
    Entity entity = Entity::ticket;
    int tab = 0;    // In which it was made.
    Id about = {};  // The row that it belongs to or changes, on whose creation it may hang; empty for a creation.
    // Unknown as long as the tab in which it was made has to remember it. In doubt: it may be lost, and nobody was
    // promised otherwise. Its tab or device died or was full before the edit was shown as kept, or the server was put
    // back to a time before it and nobody offered it again within the journal.
    enum class Keeping : std::uint8_t { unknown, kept, in_doubt } keeping = Keeping::unknown;

    // What the server made of it, as long as anybody knows.
    enum class Outcome : std::uint8_t { unknown, done, refused } outcome = Outcome::unknown;
    InstantMs decided_ms = 0;
    std::int64_t forgotten_at = 0;  // The action at which the server's record of it was collected; 0: it was not.

    // Answers that its user gave in the tray, if it was there when they were given: the intents of those edits in which
    // it was to be made again, an empty one for an answer that lets it go.
    std::vector<Id> answers = {};
    bool has_left_tray = false;  // As a screen has shown.
    bool is_again = false;       // Made again, if it was not already answered otherwise.
    // A field of its row as a screen shows it (`watched`), said by nobody else; empty where it is not looked at.
    std::string says = {};

    const Id& changed_row() const { return row.empty() ? about : row; }

    bool is_answered() const { return !answers.empty(); }
    bool is_in_doubt() const { return keeping == Keeping::in_doubt; }

    void note(server::ReadSnapshot& truth) {
        const auto record = truth.mutation(intent);
        if (!record) return;
        outcome = record->outcome.kind == OutcomeKind::rejected ? Outcome::refused : Outcome::done;
        decided_ms = record->time_ms;
        forgotten_at = 0;
    }
    // After the server has collected its garbage.
    void note_forgotten(server::ReadSnapshot& truth, std::int64_t action) {
        if (outcome != Outcome::unknown && forgotten_at == 0 && !truth.mutation(intent)) forgotten_at = action;
    }
    // After the server was put back to how it was at that action.
    void note_restored(server::ReadSnapshot& truth, std::int64_t backup_action) {
        if (truth.mutation(intent))
            forgotten_at = 0;
        else if (forgotten_at == 0 || forgotten_at > backup_action)
            outcome = Outcome::unknown;
    }
    // What the server does not know and the devices no longer offer.
    void note_age(InstantMs now_ms) {
        constexpr DurationMs offered_ms = limits::acknowledged_journal_days * day_ms - hour_ms;
        if (outcome == Outcome::unknown && decided_ms > 0 && now_ms - decided_ms > offered_ms)
            keeping = Keeping::in_doubt;
    }
};

}  // namespace portal::sim
