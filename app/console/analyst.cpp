#include "app/console/analyst.hpp"

#include <sqlite3.h>

#include <algorithm>

#include "app/console/console_tables.hpp"
#include "app/console/fact_module.hpp"
#include "shared/base/calendar_day.hpp"
#include "shared/base/limits.hpp"

namespace portal::console {
namespace {

// How many of SQLite's own steps lie between two looks at the time: about a millisecond.
constexpr int steps_between_looks = 20'000;
constexpr std::int64_t second_ms = 1'000;

// Of a database file.
constexpr std::size_t head_bytes = 100;

using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

// In the file's head: the versions that say whether a log stands beside it. In memory there is none, and the store's
// copy needs none.
void say_without_log(std::string& image) {
    constexpr std::size_t write_version_at = 18, read_version_at = 19;
    image[write_version_at] = image[read_version_at] = 1;
}

bool is_table_shown(std::string_view name) {
    if (name == fact_table_name || name == "sqlite_schema" || name == "sqlite_temp_schema" || name == "sqlite_master" ||
        name == "sqlite_temp_master")
        return true;
    if (name.starts_with("base_") || name.starts_with("overlay_")) return true;
    const EntityDescriptor* const descriptor = find_entity(name);
    return descriptor && is_shown(*descriptor);
}

int allow_questions(void*, int action, const char* first, const char* second, const char*, const char*) {
    switch (action) {
        case SQLITE_SELECT:
        case SQLITE_FUNCTION:
        case SQLITE_RECURSIVE:
            return SQLITE_OK;
        case SQLITE_READ:
            // No column: rows are counted, of a table or of the question's own WITH.
            return *second == '\0' || is_table_shown(first) ? SQLITE_OK : SQLITE_DENY;
        default:
            return SQLITE_DENY;
    }
}

void tell_iso(sqlite3_context* context, std::string_view text) {
    sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

// Numbers that are no day of the calendar's, and what is no number, are null.
void iso_day_of(sqlite3_context* context, int, sqlite3_value** arguments) {
    constexpr sqlite3_int64 days_max = 2'900'000;  // About the year 9900.
    const sqlite3_int64 day = sqlite3_value_int64(arguments[0]);
    if (sqlite3_value_numeric_type(arguments[0]) != SQLITE_INTEGER || day < 0 || day > days_max) return;
    tell_iso(context, iso_day(static_cast<Day>(day)));
}

void iso_time_of(sqlite3_context* context, int, sqlite3_value** arguments) {
    constexpr sqlite3_int64 ms_max = 250'000'000'000'000;
    const sqlite3_int64 instant_ms = sqlite3_value_int64(arguments[0]);
    if (sqlite3_value_numeric_type(arguments[0]) != SQLITE_INTEGER || instant_ms < 0 || instant_ms > ms_max) return;
    constexpr std::int64_t day_seconds = 86'400;
    const std::int64_t seconds = instant_ms / second_ms;
    char clock[16];
    const auto in_day = static_cast<int>(seconds % day_seconds);
    sqlite3_snprintf(sizeof clock, clock, "T%02d:%02d:%02dZ", in_day / 3600, in_day / 60 % 60, in_day % 60);
    tell_iso(context, iso_day(static_cast<Day>(seconds / day_seconds)) + clock);
}

void add_functions(sqlite3* database) {
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    sqlite3_create_function_v2(database, "iso_day", 1, flags, nullptr, iso_day_of, nullptr, nullptr, nullptr);
    sqlite3_create_function_v2(database, "iso_time", 1, flags, nullptr, iso_time_of, nullptr, nullptr, nullptr);
}

void set_limits(sqlite3* database) {
    sqlite3_limit(database, SQLITE_LIMIT_SQL_LENGTH, static_cast<int>(limits::sql_text_bytes_max));
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, static_cast<int>(limits::sql_value_bytes_max));
    sqlite3_limit(database, SQLITE_LIMIT_COLUMN, static_cast<int>(limits::sql_columns_max));
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(database, SQLITE_LIMIT_WORKER_THREADS, 0);
}

// Longer texts end in dots, never in the middle of a character.
std::string shortened(std::string_view text) {
    if (text.size() <= limits::sql_cell_bytes_max) return std::string(text);
    std::size_t end = limits::sql_cell_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return std::string(text.substr(0, end)) + "...";
}

vm::SqlCell cell_of(sqlite3_stmt* statement, int column) {
    using Kind = vm::SqlCell::Kind;
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_NULL:
            return {};
        case SQLITE_BLOB:
            return {Kind::bytes, std::to_string(sqlite3_column_bytes(statement, column))};
        case SQLITE_TEXT: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
            return {Kind::text, shortened({text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))})};
        }
        default: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
            return {Kind::number, text};
        }
    }
}

std::size_t bytes_of(const std::vector<vm::SqlCell>& row) {
    std::size_t bytes = 0;
    for (const vm::SqlCell& cell : row)
        bytes += cell.text.size() + sizeof cell;
    return bytes;
}

int ask_whether_over(void* is_over) {
    return (*static_cast<const std::function<bool()>*>(is_over))() ? 1 : 0;
}

void tell_problem(sqlite3* database, int result, std::string_view sql, vm::SqlAnswer& answer) {
    using Outcome = vm::SqlAnswer::Outcome;
    answer.rows.clear();
    answer.problem = sqlite3_errmsg(database);
    answer.outcome = result == SQLITE_INTERRUPT                           ? Outcome::too_long
                     : result == SQLITE_AUTH || result == SQLITE_READONLY ? Outcome::refused
                                                                          : Outcome::failed;
    const int at = sqlite3_error_offset(database);
    if (at >= 0) answer.problem_line = 1 + std::count(sql.begin(), sql.begin() + at, '\n');
}

int read_rows(sqlite3_stmt* statement, vm::SqlAnswer& answer) {
    const int columns = sqlite3_column_count(statement);
    for (int column = 0; column < columns; ++column)
        answer.columns.emplace_back(sqlite3_column_name(statement, column));
    std::size_t bytes = 0;
    int result = SQLITE_ROW;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        if (answer.rows.size() == limits::sql_rows_max || bytes > limits::sql_answer_bytes_max) {
            answer.is_cut = true;
            return SQLITE_DONE;
        }
        std::vector<vm::SqlCell> row;
        for (int column = 0; column < columns; ++column)
            row.push_back(cell_of(statement, column));
        bytes += bytes_of(row);
        answer.rows.push_back(std::move(row));
    }
    return result;
}

// Whether something other than blanks and comments is left.
bool has_more(sqlite3* database, const char* rest, const char* end) {
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v2(database, rest, static_cast<int>(end - rest), &statement, nullptr);
    const bool is_something = result != SQLITE_OK || statement != nullptr;
    sqlite3_finalize(statement);
    return is_something;
}

}  // namespace

Result<std::unique_ptr<Analyst>> Analyst::open(std::string image) {
    if (image.size() < head_bytes) return fail(ErrorCode::corrupted, "the copy of the rows is not whole");
    say_without_log(image);
    std::unique_ptr<Analyst> analyst(new Analyst(std::move(image)));
    PORTAL_TRY(db::guarded([&] { analyst->prepare(); }));
    return analyst;
}

void Analyst::prepare() {
    m_database = std::make_unique<SQLite::Database>(":memory:", SQLite::OPEN_READWRITE);
    sqlite3* const handle = m_database->getHandle();
    auto* const bytes = reinterpret_cast<unsigned char*>(m_image.data());
    const auto size = static_cast<sqlite3_int64>(m_image.size());
    if (sqlite3_deserialize(handle, "main", bytes, size, size, SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
        throw SQLite::Exception(handle);
    add_fact_module(handle);
    add_functions(handle);
    for (const EntityDescriptor& descriptor : all_entities())
        if (is_shown(descriptor)) m_database->exec(create_view_sql(descriptor));
    set_limits(handle);
    sqlite3_set_authorizer(handle, allow_questions, nullptr);
}

vm::SqlAnswer Analyst::run(std::string_view sql, const std::function<bool()>& is_over) {
    vm::SqlAnswer answer;
    sqlite3* const handle = m_database->getHandle();
    sqlite3_progress_handler(handle, steps_between_looks, ask_whether_over,
                             const_cast<std::function<bool()>*>(&is_over));
    sqlite3_stmt* prepared = nullptr;
    const char* rest = nullptr;
    int result = sqlite3_prepare_v2(handle, sql.data(), static_cast<int>(sql.size()), &prepared, &rest);
    const Statement statement(prepared, &sqlite3_finalize);
    if (result == SQLITE_OK && !statement) {
        answer.outcome = vm::SqlAnswer::Outcome::failed;
        answer.problem = "there is no statement";
    } else if (result == SQLITE_OK && has_more(handle, rest, sql.data() + sql.size())) {
        answer.outcome = vm::SqlAnswer::Outcome::refused;
        answer.problem = "one statement at a time";
    } else if (result == SQLITE_OK) {
        result = read_rows(statement.get(), answer);
        if (result != SQLITE_DONE) tell_problem(handle, result, sql, answer);
    } else {
        tell_problem(handle, result, sql, answer);
    }
    sqlite3_progress_handler(handle, 0, nullptr, nullptr);
    return answer;
}

vm::SqlAnswer Analyst::run_within(std::string_view sql, DurationMs ms_max, const Clock& clock) {
    const DurationMs start_ms = clock.monotonic_ms();
    const auto elapsed_ms = [&] { return clock.monotonic_ms() - start_ms; };
    vm::SqlAnswer answer = run(sql, [&] { return elapsed_ms() >= ms_max; });
    answer.elapsed_ms = elapsed_ms();
    return answer;
}

}  // namespace portal::console
