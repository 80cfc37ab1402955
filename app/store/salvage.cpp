#include "app/store/salvage.hpp"

#include "shared/wire/json_codec.hpp"

namespace portal::store {
namespace {

// Up to the first row that cannot be read. The tables' own order: an index may be what is damaged.
void each_row(SQLite::Database& database, const std::string& sql,
              const std::function<void(SQLite::Statement&)>& visit) {
    (void)db::guarded([&] {
        SQLite::Statement select(database, sql);
        while (select.executeStep())
            visit(select);
    });
}

}  // namespace

Salvage salvage_edits(const db::OpenOptions& options) {
    Salvage salvage;
    const auto database = db::open_database(options);
    if (!database) return salvage;
    each_row(**database,
             "SELECT body, about, made_ms FROM outbox NOT INDEXED WHERE acknowledged_ms IS NULL ORDER BY mid",
             [&](SQLite::Statement& row) {
                 const auto mutation = wire::decode_mutation(row.getColumn(0).getString());
                 if (!mutation) return;
                 OutboxEntry entry;
                 entry.mutation = *mutation;
                 entry.about = row.getColumn(1).getString();
                 entry.made_ms = row.getColumn(2).getInt64();
                 salvage.pending.push_back(std::move(entry));
             });
    each_row(**database, "SELECT body, result, about, made_ms FROM tray NOT INDEXED", [&](SQLite::Statement& row) {
        const auto mutation = wire::decode_mutation(row.getColumn(0).getString());
        const auto response = wire::decode_push_response(row.getColumn(1).getString());
        if (!mutation || !response || response->results.size() != 1) return;
        salvage.tray.push_back(
            {*mutation, response->results.front().outcome, row.getColumn(2).getString(), row.getColumn(3).getInt64()});
    });
    return salvage;
}

}  // namespace portal::store
