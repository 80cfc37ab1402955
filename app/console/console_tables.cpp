#include "app/console/console_tables.hpp"

#include <algorithm>
#include <array>

namespace portal::console {
namespace {

struct FactColumnName {
    const char* name;
    const char* type;
};

// fact_module.cpp reads them by their place.
constexpr std::array<FactColumnName, 19> fact_columns = {{
    {"practice", "TEXT"},
    {"location", "TEXT"},
    {"kind", "TEXT"},
    {"status", "TEXT"},
    {"plan", "TEXT"},
    {"channel", "TEXT"},
    {"existing_cardholder", "INTEGER"},
    {"duplicate", "INTEGER"},
    {"event_day", "INTEGER"},
    {"posted_day", "INTEGER"},
    {"hour_band", "INTEGER"},
    {"requested_cents", "INTEGER"},
    {"approved_cents", "INTEGER"},
    {"settled_cents", "INTEGER"},
    {"fee_cents", "INTEGER"},
    {"external_key", "TEXT"},
    {"application_ref", "TEXT"},
    {"row_number", "INTEGER"},
    {"closed_until", "INTEGER"},
}};

constexpr std::array<const char*, 4> head_columns = {"id", "rev", "updated_ms", "updated_by"};

bool is_readable(const Column& column) {
    return column.type != ColumnType::bytes;
}

std::string columns_of(const EntityDescriptor& descriptor) {
    std::string names;
    for (const char* name : head_columns)
        names += std::string(names.empty() ? "" : ", ") + name;
    for (const Column& column : descriptor.columns)
        if (is_readable(column)) names += ", \"" + std::string(column.name) + "\"";
    return names;
}

vm::SqlTable table_of(const EntityDescriptor& descriptor) {
    vm::SqlTable table{std::string(descriptor.name), {}};
    for (const char* name : head_columns)
        table.columns.push_back({name, name == head_columns[0] || name == head_columns[3] ? "TEXT" : "INTEGER"});
    for (const Column& column : descriptor.columns)
        if (is_readable(column))
            table.columns.push_back(
                {std::string(column.name), column.type == ColumnType::integer ? "INTEGER" : "TEXT"});
    return table;
}

}  // namespace

bool is_shown(const EntityDescriptor& descriptor) {
    return std::ranges::all_of(descriptor.columns, is_readable);
}

std::vector<vm::SqlTable> console_tables() {
    vm::SqlTable facts{fact_table_name, {}};
    for (const auto& [name, type] : fact_columns)
        facts.columns.push_back({name, type});
    std::vector<vm::SqlTable> tables = {std::move(facts)};
    for (const EntityDescriptor& descriptor : all_entities())
        if (is_shown(descriptor)) tables.push_back(table_of(descriptor));
    std::ranges::sort(tables, {}, &vm::SqlTable::name);
    return tables;
}

std::vector<vm::SqlExample> console_examples() {
    using About = vm::SqlExample::About;
    return {{About::months, R"(SELECT substr(iso_day(posted_day), 1, 7) AS month,
       sum(CASE kind WHEN 'sale' THEN iif(status = 'settled', settled_cents, 0)
                     WHEN 'reversal' THEN settled_cents
                     ELSE -settled_cents END) AS net_cents
FROM financing_fact
WHERE kind <> 'application' AND duplicate = 0
GROUP BY month
ORDER BY month DESC)"},
            {About::plans, R"(SELECT coalesce(promo_plan.name, '-') AS plan, count(*) AS sale_rows,
       sum(settled_cents) AS cents, sum(settled_cents) / count(*) AS average_cents
FROM financing_fact AS fact
LEFT JOIN promo_plan ON promo_plan.id = fact.plan
WHERE fact.kind = 'sale' AND fact.status = 'settled' AND fact.duplicate = 0
GROUP BY fact.plan
ORDER BY cents DESC)"},
            {About::tickets, R"(SELECT ticket.number, ticket.subject, ticket.state, practice.name AS practice,
       iso_time(ticket.created_ms) AS filed
FROM ticket
LEFT JOIN practice ON practice.id = ticket.practice
WHERE ticket.state NOT IN ('resolved', 'closed')
ORDER BY ticket.created_ms)"}};
}

std::string create_view_sql(const EntityDescriptor& descriptor) {
    const std::string name(descriptor.name), columns = columns_of(descriptor);
    return "CREATE TEMP VIEW \"" + name + "\" AS SELECT " + columns + " FROM main.overlay_" + name +
           " UNION ALL SELECT " + columns + " FROM main.base_" + name +
           " WHERE id NOT IN (SELECT id FROM main.overlay_" + name + ")";
}

std::string fact_declaration() {
    std::string columns;
    for (const auto& [name, type] : fact_columns)
        columns += std::string(columns.empty() ? "" : ", ") + name + " " + type;
    return "CREATE TABLE " + std::string(fact_table_name) + " (" + columns + ")";
}

}  // namespace portal::console
