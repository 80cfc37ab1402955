// What each edit did on the server, as its database has it: an oracle beside the product's own records of edits.
//
// Triggers that only the simulation puts into the database note every entry of the change log and every ticket number
// that is taken, and in which run of which edit. They are part of the same transactions: what a power cut, a failed
// commit or a restore takes away has never been in either.
//
//   an edit takes effect in one run at most, and changes a row at most once in it
//   one that was answered as done has taken effect, one that was refused or had nothing to do has not
//   it is answered the same each time
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "shared/wire/sync_messages.hpp"

namespace portal::sim {

class EffectLedger {
  public:
    // Puts it into a database that is open elsewhere and has none yet.
    EffectLedger(std::string path, std::string vfs);

    // Sentences about the edits of one push and what was answered; they are known from then on.
    std::vector<std::string> note(const wire::PushRequest& request, const wire::PushResponse& response);
    // Rows by the names of their entities, whose newest changes have these numbers.
    std::set<std::pair<std::string, std::string>> rows_between(std::int64_t first, std::int64_t last);
    // About all edits.
    std::vector<std::string> problems();
    // The database is as it once was: what was answered since may have to be done again.
    void forget_answers() { m_answered.clear(); }
    // Lets go of the database until it is asked the next time.
    void close() { m_database.reset(); }

    // For other questions to the same database.
    SQLite::Database& database();

  private:
    void check_answer(const Id& intent, OutcomeKind answered, std::int64_t runs, std::vector<std::string>& found) const;

    const std::string m_path, m_vfs;
    std::unique_ptr<SQLite::Database> m_database;
    std::map<Id, OutcomeKind> m_answered;
};

}  // namespace portal::sim
