// What holds of every state that a screen shows, while a run goes on: the rows that it shows are those of the server at
// one number, but for the user's own edits, and that number never goes back.
//
// In the tab that owns the store and is looked at, it is the number that the screen says. A tab that is hidden, or that
// hears of rows and numbers one after the other, may be behind what it says.
//
// What the server had at each number is read from its database by SQL of this side's own, after each commit; an epoch's
// past is kept when the next one begins, for screens that still show it.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/vm/snapshot.hpp"
#include "server-stub/repo/repository.hpp"

namespace portal::sim {

class TicketHistory {
  public:
    // Looks at what has changed since it looked last.
    void note(SQLite::Database& database);

    // As that number of that epoch has it. Nothing: it was not there. Epochs from before this history know nothing.
    struct Version {
        std::int64_t seq = 0;
        bool is_there = false;
        std::string state, subject;
    };
    const Version* at(const std::string& epoch, std::int64_t seq, const Id& ticket) const;
    bool knows(const std::string& epoch) const { return m_epochs.contains(epoch); }
    // Those at which tickets changed, from `from` to `until`, both among them; the last one first.
    std::vector<std::int64_t> numbers(const std::string& epoch, std::int64_t from, std::int64_t until) const;

  private:
    struct Epoch {
        std::int64_t seq = 0;
        std::map<Id, std::vector<Version>> tickets;  // Each by its number, the oldest first.
    };
    std::map<std::string, Epoch> m_epochs;
};

// What a tab said last, and the first number that the rows beside it may be of.
struct LastShown {
    Id client;
    std::string epoch;
    std::int64_t cursor = 0;
    std::string rows_epoch;
    std::int64_t rows_from = 0, rows_until = 0;
};

enum class Showing : std::uint8_t { now, later };

// Sentences about what this snapshot shows; `own` are rows that the user has edited here. Counts the rows looked at.
std::vector<std::string> problems_of_published(const vm::Snapshot& shown, const TicketHistory& history,
                                               const std::set<Id>& own, Showing showing, LastShown& last,
                                               std::int64_t& rows);
// Of a screen that shows the newest number: all that its user may see is there.
std::vector<std::string> problems_of_newest(const vm::Snapshot& shown, server::ReadSnapshot& truth, const Id& user,
                                            const std::set<Id>& own);
// Whether the number has gone back; notes the one that is shown now.
bool has_gone_back(const vm::SyncPart& sync, LastShown& last);

}  // namespace portal::sim
