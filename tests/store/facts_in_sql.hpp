// The small demo tenant's facts as an SQL table, to check figures against.
#pragma once

#include <catch2/catch_test_macros.hpp>

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

#include "tests/store/demo_replica.hpp"

namespace portal::store::test {

// The facts of the practices that a replica holds, as fact_sql.hpp asks for them.
class FactsInSql {
  public:
    explicit FactsInSql(const std::vector<vm::PlaceChoice>& practices)
        : m_database(":memory:", SQLite::OPEN_READWRITE) {
        m_database.exec(
            "CREATE TABLE financing_fact (external_key, application_ref, row_number, kind, status, practice, "
            "location, plan, channel, existing_cardholder, duplicate, event_day, posted_day, hour_band, "
            "requested_cents, approved_cents, settled_cents, fee_cents)");
        SQLite::Statement insert(m_database, "INSERT INTO financing_fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        for (const FinancingFact& fact : DemoTenant::instance().facts) {
            const bool held = std::any_of(practices.begin(), practices.end(),
                                          [&](const vm::PlaceChoice& choice) { return choice.id == fact.practice; });
            if (!held) continue;
            insert.reset();
            int index = 0;
            const auto text = [&](std::string_view value) { insert.bind(++index, std::string(value)); };
            const auto number = [&](std::int64_t value) { insert.bind(++index, value); };
            text(fact.external_key), text(fact.application_ref), number(fact.row_number);
            text(text_of(fact.kind)), text(text_of(fact.status)), text(fact.practice), text(fact.location);
            text(fact.plan), text(text_of(fact.channel)), number(fact.existing_cardholder), number(fact.duplicate);
            number(fact.event_day), number(fact.posted_day), number(fact.hour_band), number(fact.requested_cents);
            number(fact.approved_cents), number(fact.settled_cents), number(fact.fee_cents);
            insert.exec();
        }
    }
    std::int64_t ask(std::string_view sql, Day first, Day last) {
        SQLite::Statement select(m_database, std::string(sql));
        select.bind(1, first);
        select.bind(2, last);
        REQUIRE(select.executeStep());
        return select.getColumn(0).getInt64();
    }

  private:
    SQLite::Database m_database;
};

}  // namespace portal::store::test
