// What can be imported: each kind's columns, their types and what they name, in one table.
//
// Columns are the file's words. Most are the record's own names; days are ISO dates, months
// "2026-03", instants ISO 8601 in UTC, money whole cents, rates whole basis points, references the
// external key of the row they name.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/model/row.hpp"

namespace portal::import {

enum class Kind : std::uint8_t {
    vendors,
    promo_plans,
    calendars,
    practices,
    locations,
    users,
    integrations,
    check_runs,
    targets,
    deposits,
    tickets,
    messages,
    action_items,
    financing_facts,
};
inline constexpr std::size_t kind_count = 14;

enum class CellType : std::uint8_t {
    key,    // External key of the row itself: printable, no spaces at the ends.
    text,   // As it stands; formula-like text stays text.
    word,   // One of a vocabulary.
    count,  // Whole number, not negative.
    cents,  // Whole cents, not negative.
    day,
    month,
    instant,
    boolean,    // true/false, yes/no, 1/0.
    reference,  // External key of another row.
    time_zone,  // IANA name.
    email,
    hour,  // 0-23.
};

enum class Need : std::uint8_t {
    required,  // Every row has it, and it is not empty.
    new_rows,  // Needed to make a row; left out, an existing row keeps its value.
    optional,
};

struct Vocabulary {
    bool (*knows)(std::string_view word);
    std::string (*words)();
};

struct ImportColumn {
    std::string_view name;    // In the file.
    std::string_view target;  // The record's column it sets.
    CellType type = CellType::text;
    Need need = Need::optional;
    std::size_t bytes_max = 0;  // Of text.
    Entity reference = Entity::vendor;
    Vocabulary vocabulary{};
};

struct ImportKind {
    Kind kind;
    std::string_view name;  // As the command line and the reports say it.
    // Facts have no table of rows of their own; their entity is the segment they travel in.
    Entity entity;
    std::span<const ImportColumn> columns;
    int column_index(std::string_view name) const;
};

const ImportKind& kind_of(Kind kind);
// Null for a word that names no kind. "check-runs" and "check_runs" are the same.
const ImportKind* find_kind(std::string_view name);
// "vendors, promo_plans, ..."
std::string kind_names();
// "external_key, name, ..."
std::string column_names(const ImportKind& kind);

}  // namespace portal::import
