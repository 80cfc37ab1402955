// Imports in SQLite: versions of facts beside the published ones, staged rows in tables of their own.
#pragma once

#include <unordered_map>

#include "server-stub/repo/import_writes.hpp"
#include "server-stub/repo/sqlite_connection.hpp"

namespace portal::server {

class SqliteWrites;

class SqliteImports final : public ImportWrites {
  public:
    SqliteImports(SqliteConnection& connection, SqliteWrites& writes) : m_connection(connection), m_writes(writes) {}

    Result<BatchId> begin(Day closed_until, InstantMs now_ms) override;
    Result<std::vector<FactVerdict>> stage_facts(BatchId batch, std::span<const FinancingFact> facts) override;
    Status stage_rows(BatchId batch, std::span<const Row> rows) override;
    Result<std::int64_t> prepare(BatchId batch, std::int64_t segments_max) override;
    Status publish(BatchId batch, InstantMs now_ms) override;
    Result<bool> abandon(BatchId batch, std::int64_t rows_max) override;
    Status abandon_leftovers() override;
    Status make_due_rollups() override;
    Result<bool> sweep(std::int64_t rows_max) override;

  private:
    // The batch that is neither published nor abandoned, or 0.
    BatchId open_batch();
    using Numbers = std::unordered_map<std::string, std::int64_t>;
    struct Stored;

    Status check_open(BatchId batch);
    FactVerdict stage_fact(BatchId batch, const FinancingFact& fact, Numbers& places, Numbers& plans);
    void insert_fact(BatchId batch, const FinancingFact& fact, std::int64_t place, std::int64_t plan);
    void touch(std::int64_t place, MonthIndex month);
    std::int64_t place_number(const FinancingFact& fact, Numbers& known);
    std::int64_t plan_number(const Id& plan, Numbers& known);
    void prepare_segment(BatchId batch, std::int64_t place, MonthIndex month);
    void note_rollups_due(BatchId batch, const Id& practice);
    Status prepare_rollups(BatchId batch, std::int64_t segments_max);
    std::int64_t count(std::string_view sql);

    SqliteConnection& m_connection;
    SqliteWrites& m_writes;
};

}  // namespace portal::server
