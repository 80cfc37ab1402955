// A row as the sync engine, the stores and the wire see it: an entity kind, an id and one value per column.
//
// Records (records.hpp) are the same data with names and types; each lists its fields once, and everything that must
// agree on columns (SQL, JSON, merge, sums) reads that list through EntityDescriptor. A new entity is one record.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/model/id.hpp"

namespace portal {

// Declared in dependency order: a referenced row stands before the rows that name it.
enum class Entity : std::uint8_t {
    vendor,
    promo_plan,
    calendar,
    practice,
    location,
    user,
    grant,
    integration,
    check_rollup,
    incident,
    fact_segment,
    fact_rollup,
    target,
    deposit,
    deposit_review,
    vendor_count,
    ticket,
    message,
    action_item,
    prospect,
    notice,
};
inline constexpr std::size_t entity_count = 21;

enum class ColumnType : std::uint8_t {
    integer,  // std::int64_t; booleans are 0 and 1.
    text,     // UTF-8.
    bytes,    // Opaque; base64 in JSON.
};

// How concurrent edits of one field meet (see sync: three-way merge per field).
enum class Merge : std::uint8_t {
    server_only,     // No client may set it.
    immutable,       // Set at creation, never after.
    strict,          // A clash is rejected and both values are shown.
    last_wins,       // The later commit stands.
    set_operations,  // A set of words; additions and removals merge.
};

enum class Presence : std::uint8_t { required, optional };

struct Column {
    std::string_view name;
    ColumnType type;
    Presence presence;  // Optional columns may be null.
    Merge merge;
};

struct EntityDescriptor {
    Entity entity;
    std::string_view name;  // The table's and the wire's name: "check_rollup".
    std::vector<Column> columns;
    // Index into columns, or -1.
    int column_index(std::string_view column) const;
};

// Null, integer, or text/bytes.
using Value = std::variant<std::monostate, std::int64_t, std::string>;

struct Row {
    Entity entity = Entity::vendor;
    Id id;
    std::int64_t rev = 0;  // Counts the row's versions; given by the server, 0 before it has seen the row.
    InstantMs updated_ms = 0;
    Id updated_by;
    std::vector<Value> values;  // One per column of the entity's descriptor.

    friend bool operator==(const Row&, const Row&) = default;
};

const EntityDescriptor& descriptor_of(Entity entity);
std::span<const EntityDescriptor> all_entities();
// Null for a word that names no entity.
const EntityDescriptor* find_entity(std::string_view name);

// The value of a named column; check()s that the column exists.
const Value& value_of(const Row& row, std::string_view column);
void set_value(Row& row, std::string_view column, Value value);
// An empty string / zero for null.
std::string_view text_value(const Row& row, std::string_view column);
std::int64_t integer_value(const Row& row, std::string_view column);

}  // namespace portal
