// Questions in SQL about a copy of the replica. Nothing can be changed: the copy is read only, and whatever is not a
// question is refused before it runs.
//
//   image of the replica's database -> open() -> run(), again and again
//
// Beside SQLite's own functions there are iso_day(day) and iso_time(milliseconds), because days and instants are
// numbers in every table. Thread: one owner, which run() keeps busy until the answer or `is_over()`.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/vm/sql_part.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/result.hpp"
#include "shared/db/database.hpp"

namespace portal::console {

class Analyst {
  public:
    // The bytes of a replica's database file. Error: corrupted.
    static Result<std::unique_ptr<Analyst>> open(std::string image);

    // One statement. `is_over` is asked all the time; true ends it with Outcome::too_long.
    vm::SqlAnswer run(std::string_view sql, const std::function<bool()>& is_over);
    // The same for at most so long, with the time that it took.
    vm::SqlAnswer run_within(std::string_view sql, DurationMs ms_max, const Clock& clock);

  private:
    explicit Analyst(std::string image) : m_image(std::move(image)) {}
    void prepare();

    std::string m_image;  // Outlives the connection, which reads it in place.
    db::Connection m_database;
};

}  // namespace portal::console
