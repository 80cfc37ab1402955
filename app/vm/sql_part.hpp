// What the SQL console shows; a part of the snapshot (snapshot.hpp).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"

namespace portal::vm {

struct SqlCell {
    enum class Kind : std::uint8_t { null, number, text, bytes } kind = Kind::null;
    std::string text;  // Of bytes, how many there are.
};

// What a question came to.
struct SqlAnswer {
    enum class Outcome : std::uint8_t {
        rows,
        refused,   // By the console: it would change something, or is more than one statement.
        failed,    // By SQLite, in its own words.
        too_long,  // It took longer than limits::sql_ms_max, or was stopped.
        lost,      // The program that asks has gone; the next question starts another.
    } outcome = Outcome::rows;
    std::string problem;            // SQLite's words.
    std::int64_t problem_line = 0;  // From 1; 0: nowhere in particular.
    std::vector<std::string> columns;
    std::vector<std::vector<SqlCell>> rows;
    bool is_cut = false;  // There are more rows than limits.hpp lets through.
    DurationMs elapsed_ms = 0;
};

struct SqlColumn {
    std::string name;
    std::string type;
};

struct SqlTable {
    std::string name;
    std::vector<SqlColumn> columns;
};

struct SqlExample {
    enum class About : std::uint8_t { months, plans, tickets } about = About::months;
    std::string sql;
};

struct SqlPart {
    enum class State : std::uint8_t { idle, copying, running, answered } state = State::idle;
    std::string sql;         // Of the question that runs or was answered.
    InstantMs as_of_ms = 0;  // Of the copy that it was asked of; 0 before there is one.
    std::shared_ptr<const SqlAnswer> answer;
    std::vector<SqlTable> tables;
    std::vector<SqlExample> examples;
    std::vector<std::string> history;  // The newest first.
};

}  // namespace portal::vm
