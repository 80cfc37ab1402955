#include "shared/db/statement_cache.hpp"

namespace portal::db {

StatementCache::Lease StatementCache::take(std::string_view sql) {
    for (auto position = m_idle.begin(); position != m_idle.end(); ++position) {
        if ((*position)->getQuery() != sql) continue;
        std::unique_ptr<SQLite::Statement> statement = std::move(*position);
        m_idle.erase(position);
        return {*this, std::move(statement)};
    }
    return {*this, std::make_unique<SQLite::Statement>(m_database, std::string(sql))};
}

void StatementCache::give_back(std::unique_ptr<SQLite::Statement> statement) noexcept {
    // A failed step has been reported already; the reset's repetition of it is not news.
    statement->tryReset();
    statement->clearBindings();
    m_idle.push_front(std::move(statement));
    if (m_idle.size() > m_statements_max) m_idle.pop_back();
}

}  // namespace portal::db
