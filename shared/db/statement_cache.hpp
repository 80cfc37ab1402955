// Prepared statements of one connection, by SQL text. A lease takes its statement out of the cache and brings it back
// reset, so that a query inside another query's loop never shares a cursor. Thread: that of the connection.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <string_view>

#include "shared/base/limits.hpp"

namespace portal::db {

class StatementCache {
  public:
    explicit StatementCache(SQLite::Database& database, std::size_t statements_max = limits::statement_cache_max)
        : m_database(database), m_statements_max(statements_max) {}

    class Lease {
      public:
        Lease(StatementCache& cache, std::unique_ptr<SQLite::Statement> statement)
            : m_cache(&cache), m_statement(std::move(statement)) {}
        ~Lease() {
            if (m_statement) m_cache->give_back(std::move(m_statement));
        }
        Lease(Lease&&) noexcept = default;
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        Lease& operator=(Lease&&) = delete;

        SQLite::Statement& operator*() const { return *m_statement; }
        SQLite::Statement* operator->() const { return m_statement.get(); }

      private:
        StatementCache* m_cache;
        std::unique_ptr<SQLite::Statement> m_statement;
    };

    // Throws SQLite::Exception when the text does not compile.
    Lease take(std::string_view sql);
    std::size_t size() const { return m_idle.size(); }

  private:
    void give_back(std::unique_ptr<SQLite::Statement> statement) noexcept;

    SQLite::Database& m_database;
    const std::size_t m_statements_max;
    // Last used first. Searched in order: a list this short is faster than a hash of a long SQL text.
    std::list<std::unique_ptr<SQLite::Statement>> m_idle;
};

}  // namespace portal::db
