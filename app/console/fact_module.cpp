#include "app/console/fact_module.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <limits>
#include <memory>
#include <string>

#include "app/console/console_tables.hpp"
#include "shared/base/calendar_day.hpp"
#include "shared/wire/columnar.hpp"

namespace portal::console {
namespace {

// In the order of console_tables.cpp.
enum FactPlace : int {
    at_practice,
    at_location,
    at_kind,
    at_status,
    at_plan,
    at_channel,
    at_existing_cardholder,
    at_duplicate,
    at_event_day,
    at_posted_day,
    at_hour_band,
    at_requested_cents,
    at_approved_cents,
    at_settled_cents,
    at_fee_cents,
    at_external_key,
    at_application_ref,
    at_row_number,
    at_closed_until,
};

// What narrows the segments, told from xBestIndex to xFilter; arguments come in this order.
enum Narrowing : int { by_practice = 1, by_location = 2, from_day = 4, until_day = 8, on_day = 16 };

constexpr const char* segments_sql =
    "SELECT practice, location, columns, closed_until, month FROM main.base_fact_segment "
    "WHERE (?1 IS NULL OR practice = ?1) AND (?2 IS NULL OR location = ?2) AND month BETWEEN ?3 AND ?4";

constexpr double rows_guess = 1e6;

struct Table : sqlite3_vtab {
    sqlite3* database = nullptr;
};

struct Cursor : sqlite3_vtab_cursor {
    struct Finish {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finish> segments;
    wire::FactColumns facts;
    std::size_t place = 0;
    sqlite3_int64 row = 0;
    bool is_over = true;
};

int connect(sqlite3* database, void*, int, const char* const*, sqlite3_vtab** made, char**) {
    const int result = sqlite3_declare_vtab(database, fact_declaration().c_str());
    if (result != SQLITE_OK) return result;
    auto table = std::make_unique<Table>();
    table->database = database;
    *made = table.release();
    return SQLITE_OK;
}

int disconnect(sqlite3_vtab* table) {
    delete static_cast<Table*>(table);
    return SQLITE_OK;
}

int narrowing_of(const sqlite3_index_info::sqlite3_index_constraint& constraint) {
    const bool equal = constraint.op == SQLITE_INDEX_CONSTRAINT_EQ;
    if (constraint.iColumn == at_practice) return equal ? by_practice : 0;
    if (constraint.iColumn == at_location) return equal ? by_location : 0;
    if (constraint.iColumn != at_event_day) return 0;
    switch (constraint.op) {
        case SQLITE_INDEX_CONSTRAINT_EQ:
            return on_day;
        case SQLITE_INDEX_CONSTRAINT_GE:
        case SQLITE_INDEX_CONSTRAINT_GT:
            return from_day;
        case SQLITE_INDEX_CONSTRAINT_LE:
        case SQLITE_INDEX_CONSTRAINT_LT:
            return until_day;
        default:
            return 0;
    }
}

// SQLite looks at every row again, so a segment too many does no harm.
int best_index(sqlite3_vtab*, sqlite3_index_info* info) {
    int chosen = 0, arguments = 0;
    double rows = rows_guess;
    for (int kind = by_practice; kind <= on_day; kind *= 2)
        for (int index = 0; index < info->nConstraint; ++index) {
            const auto& constraint = info->aConstraint[index];
            if (!constraint.usable || narrowing_of(constraint) != kind || (chosen & kind)) continue;
            chosen |= kind;
            info->aConstraintUsage[index].argvIndex = ++arguments;
            rows /= 10;
        }
    info->idxNum = chosen;
    info->estimatedCost = rows;
    info->estimatedRows = static_cast<sqlite3_int64>(rows);
    return SQLITE_OK;
}

int open_cursor(sqlite3_vtab*, sqlite3_vtab_cursor** made) {
    *made = std::make_unique<Cursor>().release();
    return SQLITE_OK;
}

int close_cursor(sqlite3_vtab_cursor* cursor) {
    delete static_cast<Cursor*>(cursor);
    return SQLITE_OK;
}

int fail_with(sqlite3_vtab* table, const std::string& words) {
    sqlite3_free(table->zErrMsg);
    table->zErrMsg = sqlite3_mprintf("%s", words.c_str());
    return SQLITE_CORRUPT_VTAB;
}

std::string_view column_bytes(sqlite3_stmt* statement, int column) {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

// To the first fact of the next segment that has one.
int next_segment(Cursor& cursor) {
    for (;;) {
        const int result = sqlite3_step(cursor.segments.get());
        cursor.is_over = result != SQLITE_ROW;
        if (result == SQLITE_DONE) return SQLITE_OK;
        if (result != SQLITE_ROW) return result;
        const auto decoded =
            wire::decode_columns(column_bytes(cursor.segments.get(), 2), wire::SegmentTexts::decoded, cursor.facts);
        if (!decoded) return fail_with(cursor.pVtab, "a segment of facts is damaged: " + decoded.error().message);
        cursor.place = 0;
        if (cursor.facts.size() > 0) return SQLITE_OK;
    }
}

MonthIndex month_of_number(sqlite3_int64 day) {
    constexpr sqlite3_int64 days_max = 200'000;  // Beyond every day that a fact may have, and far from an overflow.
    return month_of_day(static_cast<Day>(std::clamp(day, -days_max, days_max)));
}

int filter(sqlite3_vtab_cursor* base, int chosen, const char*, int, sqlite3_value** arguments) {
    auto& cursor = *static_cast<Cursor*>(base);
    sqlite3* const database = static_cast<Table*>(cursor.pVtab)->database;
    sqlite3_stmt* statement = nullptr;
    if (const int result = sqlite3_prepare_v2(database, segments_sql, -1, &statement, nullptr); result != SQLITE_OK)
        return result;
    cursor.segments.reset(statement);
    MonthIndex first = std::numeric_limits<MonthIndex>::min(), last = std::numeric_limits<MonthIndex>::max();
    if (chosen & by_practice) sqlite3_bind_value(statement, 1, *arguments++);
    if (chosen & by_location) sqlite3_bind_value(statement, 2, *arguments++);
    if (chosen & from_day) first = month_of_number(sqlite3_value_int64(*arguments++));
    if (chosen & until_day) last = month_of_number(sqlite3_value_int64(*arguments++));
    if (chosen & on_day) first = last = month_of_number(sqlite3_value_int64(*arguments));
    sqlite3_bind_int64(statement, 3, first);
    sqlite3_bind_int64(statement, 4, last);
    cursor.row = 0;
    return next_segment(cursor);
}

int next(sqlite3_vtab_cursor* base) {
    auto& cursor = *static_cast<Cursor*>(base);
    ++cursor.row;
    return ++cursor.place < cursor.facts.size() ? SQLITE_OK : next_segment(cursor);
}

int is_at_end(sqlite3_vtab_cursor* cursor) {
    return static_cast<Cursor*>(cursor)->is_over;
}

int row_id(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
    *id = static_cast<Cursor*>(cursor)->row;
    return SQLITE_OK;
}

void tell_text(sqlite3_context* context, std::string_view text) {
    sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

std::string_view text_at(const Cursor& cursor, int column) {
    const wire::FactColumns& facts = cursor.facts;
    const std::size_t place = cursor.place;
    switch (column) {
        case at_practice:
            return column_bytes(cursor.segments.get(), 0);
        case at_location:
            return column_bytes(cursor.segments.get(), 1);
        case at_kind:
            return text_of(facts.kind[place]);
        case at_status:
            return text_of(facts.status[place]);
        case at_plan:
            return facts.plans.at(facts.plan[place]);
        case at_channel:
            return text_of(facts.channel[place]);
        case at_external_key:
            return facts.external_key.at(place);
        default:
            return facts.application_ref.at(place);
    }
}

sqlite3_int64 number_at(const Cursor& cursor, int column) {
    const wire::FactColumns& facts = cursor.facts;
    const std::size_t place = cursor.place;
    switch (column) {
        case at_existing_cardholder:
            return (facts.flags[place] & wire::FactColumns::existing_cardholder_bit) != 0;
        case at_duplicate:
            return (facts.flags[place] & wire::FactColumns::duplicate_bit) != 0;
        case at_event_day:
            return facts.event_day[place];
        case at_posted_day:
            return facts.posted_day[place];
        case at_hour_band:
            return facts.hour_band[place];
        case at_requested_cents:
            return facts.requested_cents[place];
        case at_approved_cents:
            return facts.approved_cents[place];
        case at_settled_cents:
            return facts.settled_cents[place];
        case at_fee_cents:
            return facts.fee_cents[place];
        case at_row_number:
            return facts.row_number[place];
        default:
            return sqlite3_column_int64(cursor.segments.get(), 3);
    }
}

int column_at(sqlite3_vtab_cursor* base, sqlite3_context* context, int column) {
    const auto& cursor = *static_cast<Cursor*>(base);
    const bool is_text = column <= at_channel || column == at_external_key || column == at_application_ref;
    if (is_text)
        tell_text(context, text_at(cursor, column));
    else
        sqlite3_result_int64(context, number_at(cursor, column));
    return SQLITE_OK;
}

// Without xCreate it is there by its name alone; without xUpdate nothing can be written.
sqlite3_module make_module() {
    sqlite3_module module = {};
    module.xConnect = connect;
    module.xBestIndex = best_index;
    module.xDisconnect = disconnect;
    module.xOpen = open_cursor;
    module.xClose = close_cursor;
    module.xFilter = filter;
    module.xNext = next;
    module.xEof = is_at_end;
    module.xColumn = column_at;
    module.xRowid = row_id;
    return module;
}

}  // namespace

void add_fact_module(sqlite3* database) {
    static const sqlite3_module module = make_module();
    if (sqlite3_create_module_v2(database, fact_table_name, &module, nullptr, nullptr) != SQLITE_OK)
        throw SQLite::Exception(database);
}

}  // namespace portal::console
