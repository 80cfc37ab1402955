// What holds of every state that a screen shows, while a run goes on: the rows that it shows are those of the server at
// one number, but for the user's own edits, and that number never goes back.
//
// In the tab that owns the store and is looked at, it is the number that the screen says, for the list that it shows. A
// tab that is hidden, or that hears of rows and numbers one after the other, may be behind what it says, and so may
// what is built beside the list.
//
// What the server had at each number is read from its database by SQL of this side's own, after each commit; an epoch's
// past is kept when the next one begins, for screens that still show it.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/vm/snapshot.hpp"
#include "server-stub/repo/repository.hpp"

namespace portal::sim {

// What a screen shows of a row, as one text; by SQL for the server's side.
struct Watched {
    Entity entity;
    std::string_view text;
};
inline constexpr std::array<Watched, 6> watched = {{
    {Entity::ticket, "state || '/' || subject || '/' || priority || '/' || assignee_name"},
    {Entity::message, "body"},
    {Entity::action_item, "title || '/' || owner || '/' || due_on || '/' || done"},
    {Entity::integration, "stage || '/' || blocked || '/' || blocked_reason || '/' || blocked_owner"},
    {Entity::prospect, "name || '/' || contact || ', ' || email || '/' || note"},
    {Entity::deposit_review, "expected_cents || '/' || deposited_cents || '/' || reviewed || '/' || note"},
}};

// The rows of that kind on a screen, as `watched` has them: of conversations and deposits those that are open.
using ShownRows = std::map<Id, std::string>;
ShownRows rows_on(const vm::Snapshot& shown, Entity entity);
// Whether one of the fields of such a text is that one.
bool has_field(std::string_view text, std::string_view field);
// How many of each were looked at.
using ShownCounts = std::array<std::int64_t, watched.size()>;

class RowHistory {
  public:
    // Looks at what has changed since it looked last.
    void note(SQLite::Database& database);

    // As that number of that epoch has it. Nothing: it was not there. Epochs from before this history know nothing.
    struct Version {
        std::int64_t seq = 0;
        bool is_there = false;
        std::string text;
    };
    const Version* at(const std::string& epoch, std::int64_t seq, Entity entity, const Id& id) const;
    bool knows(const std::string& epoch) const { return m_epochs.contains(epoch); }
    // Those at which such rows changed, from `from` to `until`, both among them; the last one first.
    std::vector<std::int64_t> numbers(const std::string& epoch, Entity entity, std::int64_t from,
                                      std::int64_t until) const;

  private:
    using Versions = std::map<Id, std::vector<Version>>;  // Each by its number, the oldest first.
    struct Epoch {
        std::int64_t seq = 0;
        std::map<Entity, Versions> rows;
    };
    static void note_changes(SQLite::Database& database, const Watched& kind, std::int64_t after, Versions& versions);

    std::map<std::string, Epoch> m_epochs;
};

// What a tab said last, and the first number that the rows beside it may be of.
struct LastShown {
    Id client;
    std::string epoch;
    std::int64_t cursor = 0;
    struct Rows {
        std::string epoch;
        std::int64_t from = 0, until = 0;
    };
    std::array<Rows, watched.size()> rows;
};

enum class Showing : std::uint8_t { now, later };

// Sentences about what this snapshot shows; `own` are rows that the user has edited here. Counts the rows looked at.
std::vector<std::string> problems_of_published(const vm::Snapshot& shown, const RowHistory& history,
                                               const std::set<Id>& own, Showing showing, LastShown& last,
                                               ShownCounts& rows);
// Of a screen that shows the newest number: all that its user may see is there.
std::vector<std::string> problems_of_newest(const vm::Snapshot& shown, server::ReadSnapshot& truth, const Id& user,
                                            const std::set<Id>& own);
// Whether the number has gone back; notes the one that is shown now.
bool has_gone_back(const vm::SyncPart& sync, LastShown& last);

}  // namespace portal::sim
