// One question of the SQL console at a time, of all tabs of this user: the replica is copied when the former copy is no
// longer like it, and then the analyst is asked, who works elsewhere (app/console).
//
//   idle -> copying -> running -> answered        run() anew, stop() and forget() from everywhere
//
// Thread: the store's.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/console/console_host.hpp"
#include "app/store/replica.hpp"
#include "app/store/replica_image.hpp"
#include "app/vm/sql_part.hpp"

namespace portal::store {

class SqlRunner {
  public:
    // `wake` asks for a step.
    explicit SqlRunner(std::function<void()> wake) : m_wake(std::move(wake)) {}

    // The question and what it came to are shown until the next one. What runs is stopped.
    void run(std::string sql);
    void stop();
    // The replica goes, and its copy with it.
    void forget();
    // After a pull: rows that were lost stay neither in a copy nor in an answer.
    void follow(const ReplicaState& state);

    // Works until `is_over()`; true when more waits. Not inside of a transaction. Throws SQLite::Exception.
    bool step(Replica& replica, const std::function<bool()>& is_over);
    bool has_work() const { return m_state != vm::SqlPart::State::idle && m_state != vm::SqlPart::State::answered; }
    // What is shown has changed since this was asked last.
    bool take_changed() { return std::exchange(m_has_changed, false); }

    vm::SqlPart::State state() const { return m_state; }
    const std::string& sql() const { return m_sql; }
    InstantMs as_of_ms() const { return m_as_of_ms; }
    const std::shared_ptr<const vm::SqlAnswer>& answer() const { return m_answer; }

  private:
    void forget_copy();
    bool step_copying(Replica& replica, const std::function<bool()>& is_over);
    void go_to(vm::SqlPart::State state);
    void end_with(vm::SqlAnswer answer);

    std::function<void()> m_wake;
    std::unique_ptr<console::ConsoleHost> m_host;
    std::unique_ptr<ReplicaImage> m_image;
    std::size_t m_sent_bytes = 0;
    std::optional<ReplicaState> m_copied;  // What the analyst's copy was made of.
    ReplicaState m_copying;                // The same, of the copy that is being made.
    vm::SqlPart::State m_state = vm::SqlPart::State::idle;
    std::string m_sql;
    InstantMs m_as_of_ms = 0;
    std::shared_ptr<const vm::SqlAnswer> m_answer;
    bool m_has_changed = false;
};

}  // namespace portal::store
