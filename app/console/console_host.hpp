// Where the analyst works: beside the store and the screens, so that a question of ten seconds delays neither an edit
// nor a frame. In the browser that is a worker with a program of its own, begun with the first question; natively the
// caller, because only tests ask.
//
//   copy (in pieces) -> ask -> answer -> ask ..    stop, or a lost worker: the copy is gone
//
// Thread: the store's; `wake` is called on it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/vm/sql_part.hpp"
#include "shared/base/clock.hpp"

namespace portal::console {

class ConsoleHost {
  public:
    virtual ~ConsoleHost() = default;

    // A new copy, of this size, whose pieces follow.
    virtual void begin_copy(std::size_t bytes) = 0;
    virtual void add_piece(std::string_view piece) = 0;
    // One at a time, after a whole copy.
    virtual void ask(const std::string& sql, DurationMs ms_max) = 0;
    // Whatever runs ends without an answer.
    virtual void stop() = 0;
    // Once for each question.
    virtual std::optional<vm::SqlAnswer> take_answer() = 0;
};

// `wake`: there is something to take.
std::unique_ptr<ConsoleHost> make_console_host(std::function<void()> wake);

}  // namespace portal::console
