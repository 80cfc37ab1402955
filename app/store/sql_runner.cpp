#include "app/store/sql_runner.hpp"

#include "shared/base/limits.hpp"

namespace portal::store {

using SqlState = vm::SqlPart::State;

namespace {

// Pulls move the cursor, edits take numbers, and refusals are results of theirs.
bool has_same_rows(const ReplicaState& left, const ReplicaState& right) {
    return left.epoch == right.epoch && left.cursor == right.cursor && left.permission_set == right.permission_set &&
           left.next_mid == right.next_mid && left.acked_mid == right.acked_mid;
}

}  // namespace

void SqlRunner::run(std::string sql) {
    stop();
    if (!m_host) m_host = console::make_console_host(m_wake);
    m_sql = std::move(sql);
    m_answer.reset();
    go_to(SqlState::copying);
    m_wake();
}

void SqlRunner::stop() {
    if (!has_work()) return;
    // A worker that is ended takes the copy along.
    if (m_state == SqlState::running || m_sent_bytes > 0) {
        m_host->stop();
        m_copied.reset();
    }
    m_image.reset();
    m_sent_bytes = 0;
    vm::SqlAnswer stopped;
    stopped.outcome = vm::SqlAnswer::Outcome::too_long;
    end_with(std::move(stopped));
}

void SqlRunner::forget() {
    forget_copy();
    m_sql.clear();
    m_as_of_ms = 0;
    m_answer.reset();
    go_to(SqlState::idle);
}

void SqlRunner::follow(const ReplicaState& state) {
    const ReplicaState* const held = m_copied ? &*m_copied : m_image ? &m_copying : nullptr;
    if (held && (held->permission_set != state.permission_set || held->epoch != state.epoch)) forget();
}

void SqlRunner::forget_copy() {
    stop();
    m_host.reset();
    m_copied.reset();
}

bool SqlRunner::step(Replica& replica, const std::function<bool()>& is_over) {
    if (m_state == SqlState::copying) return step_copying(replica, is_over);
    if (m_state != SqlState::running) return false;
    if (auto answer = m_host->take_answer()) {
        if (answer->outcome == vm::SqlAnswer::Outcome::lost) m_copied.reset();
        end_with(std::move(*answer));
    }
    return false;
}

bool SqlRunner::step_copying(Replica& replica, const std::function<bool()>& is_over) {
    if (!m_image && !(m_copied && has_same_rows(*m_copied, replica.state()))) {
        m_image = std::make_unique<ReplicaImage>(replica.database());
        m_copying = replica.state();
        m_sent_bytes = 0;
        return true;
    }
    if (m_image && m_sent_bytes == 0) {
        if (!m_image->step(is_over)) return true;
        m_copying = replica.state();
        m_as_of_ms = m_copying.last_exchange_ms;
        m_host->begin_copy(m_image->bytes().size());
    }
    if (m_image) {
        const std::string_view rest = m_image->bytes().substr(m_sent_bytes, limits::sql_image_piece_bytes);
        m_host->add_piece(rest);
        m_sent_bytes += rest.size();
        if (m_sent_bytes < m_image->bytes().size()) return true;
        m_image.reset();
        m_sent_bytes = 0;
        m_copied = m_copying;
    }
    go_to(SqlState::running);
    m_host->ask(m_sql, limits::sql_ms_max);
    return true;
}

void SqlRunner::go_to(SqlState state) {
    m_state = state;
    m_has_changed = true;
}

void SqlRunner::end_with(vm::SqlAnswer answer) {
    m_answer = std::make_shared<const vm::SqlAnswer>(std::move(answer));
    go_to(SqlState::answered);
}

}  // namespace portal::store
