// The same facts in SQLite, asked what a FactTable is asked: fact_sql.hpp's definitions under the question's filter and
// keys. Nothing of the engine is used here.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include <map>
#include <string>
#include <vector>

#include "shared/facts/fact_sql.hpp"
#include "tests/facts/random_facts.hpp"

namespace portal::random_facts {

// Of a group: its two keys as text, and the values asked for.
using OracleRows = std::vector<std::pair<std::pair<std::string, std::string>, std::vector<std::int64_t>>>;

class FactOracle {
  public:
    explicit FactOracle(const Segments& segments)
        : m_database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
        m_database.exec(
            "CREATE TABLE financing_fact (external_key TEXT, application_ref TEXT, kind TEXT, status TEXT,"
            " practice TEXT, location TEXT, plan TEXT, channel TEXT, existing_cardholder INTEGER, duplicate INTEGER,"
            " event_day INTEGER, posted_day INTEGER, hour_band INTEGER, requested_cents INTEGER,"
            " approved_cents INTEGER, settled_cents INTEGER, fee_cents INTEGER);"
            "CREATE INDEX by_reference ON financing_fact (practice, application_ref)");
        SQLite::Statement insert(m_database, "INSERT INTO financing_fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        SQLite::Transaction transaction(m_database);
        for (const auto& [place, facts] : segments) {
            for (const auto& fact : facts) {
                insert.reset();
                SQLite::bind(insert, fact.external_key, fact.application_ref, std::string(text_of(fact.kind)),
                             std::string(text_of(fact.status)), fact.practice, fact.location, fact.plan,
                             std::string(text_of(fact.channel)), static_cast<int>(fact.existing_cardholder),
                             static_cast<int>(fact.duplicate), fact.event_day, fact.posted_day, fact.hour_band,
                             fact.requested_cents, fact.approved_cents, fact.settled_cents, fact.fee_cents);
                insert.exec();
            }
        }
        m_database.exec("CREATE TABLE marked AS " + std::string(fact_sql::marked_facts));
        transaction.commit();
    }

    // A row for each group: `columns` over the selected facts.
    OracleRows groups(const FactFilter& filter, FactKey key, FactKey second, const std::string& columns) {
        const bool tells_plans = !filter.plans.empty() || key == FactKey::plan || second == FactKey::plan;
        const std::string day = day_of(filter.basis);
        SQLite::Statement query(
            m_database, "SELECT " + expression(key, day) + " AS key1, " + expression(second, day) + " AS key2, " +
                            columns + " FROM (SELECT *, " + (tells_plans ? "first_in_plan" : "first_of_sale") +
                            " AS first_row FROM marked WHERE " + where(filter) + ") GROUP BY 1, 2 ORDER BY 1, 2");
        OracleRows rows;
        while (query.executeStep()) {
            rows.push_back({{query.getColumn(0).getString(), query.getColumn(1).getString()}, {}});
            for (int column = 2; column < query.getColumnCount(); ++column)
                rows.back().second.push_back(query.getColumn(column).getInt64());
        }
        return rows;
    }

    std::vector<std::string> texts(const std::string& sql) {
        SQLite::Statement query(m_database, sql);
        std::vector<std::string> values;
        while (query.executeStep())
            values.push_back(query.getColumn(0).getString());
        return values;
    }

    static std::string where(const FactFilter& filter) {
        const std::string day = day_of(filter.basis);
        std::string text =
            day + " BETWEEN " + std::to_string(filter.days.first) + " AND " + std::to_string(filter.days.last);
        const auto one_of = [&](const std::string& column, const auto& values, const auto& told) {
            if (values.empty()) return;
            text += " AND " + column + " IN (";
            for (std::size_t index = 0; index < values.size(); ++index)
                text += (index == 0 ? "'" : ", '") + std::string(told(values[index])) + "'";
            text += ")";
        };
        const auto same = [](const Id& id) { return id; };
        const auto word = [](auto value) { return text_of(value); };
        one_of("practice", filter.practices, same);
        one_of("location", filter.locations, same);
        one_of("plan", filter.plans, same);
        one_of("channel", filter.channels, word);
        one_of("kind", filter.kinds, word);
        one_of("status", filter.statuses, word);
        if (filter.cardholder != Cardholder::any)
            text +=
                filter.cardholder == Cardholder::existing ? " AND existing_cardholder" : " AND NOT existing_cardholder";
        if (filter.amount != CentsRange{})
            text += " AND amount BETWEEN " + std::to_string(filter.amount.first) + " AND " +
                    std::to_string(filter.amount.last);
        if (filter.weekday)
            text += " AND " + expression(FactKey::weekday, day) + " = " + std::to_string(*filter.weekday);
        if (filter.hour_band) text += " AND hour_band = " + std::to_string(*filter.hour_band);
        return text;
    }

    static std::string day_of(DayBasis basis) {
        return basis == DayBasis::own ? "own_day" : basis == DayBasis::event ? "event_day" : "posted_day";
    }

  private:
    static std::string expression(FactKey key, const std::string& day) {
        const std::string month = "(strftime('%Y', " + day + " * 86400, 'unixepoch') * 12 + strftime('%m', " + day +
                                  " * 86400, 'unixepoch') - 1)";
        // 1970-01-01 was a Thursday.
        const std::string weekday = "((" + day + " + 3) % 7)";
        switch (key) {
            case FactKey::none:
                return "0";
            case FactKey::day:
                return day;
            case FactKey::week:
                return day + " - " + weekday;
            case FactKey::month:
                return month;
            case FactKey::quarter:
                return month + " - " + month + " % 3";
            case FactKey::weekday:
                return weekday;
            case FactKey::hour_band:
                return "hour_band";
            case FactKey::practice:
                return "practice";
            case FactKey::location:
                return "location";
            case FactKey::plan:
                return "plan";
            case FactKey::channel:
                return "channel";
            case FactKey::status:
                return "status";
            case FactKey::kind:
                return "kind";
            case FactKey::cardholder:
                return "existing_cardholder";
        }
        return "0";
    }

    SQLite::Database m_database;
};

// The engine's group as the oracle names it.
inline std::string told_key(FactKey key, const Id& id, std::int64_t number) {
    if (is_named_by_id(key)) return id;
    if (key == FactKey::channel) return std::string(text_of(static_cast<FactChannel>(number)));
    if (key == FactKey::status) return std::string(text_of(static_cast<FactStatus>(number)));
    if (key == FactKey::kind) return std::string(text_of(static_cast<FactKind>(number)));
    return std::to_string(number);
}

}  // namespace portal::random_facts
