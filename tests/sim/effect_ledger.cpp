#include "tests/sim/effect_ledger.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::sim {
namespace {

// An effect has no run until its edit is recorded; run 0 is of those that no edit made.
constexpr const char* ledger_tables = R"sql(
CREATE TABLE ledger_run (number INTEGER PRIMARY KEY, intent TEXT NOT NULL);
CREATE INDEX ledger_run_by_intent ON ledger_run (intent);
CREATE TABLE ledger_effect (number INTEGER PRIMARY KEY, run INTEGER, what TEXT NOT NULL, row_id TEXT NOT NULL);
CREATE INDEX ledger_effect_by_run ON ledger_effect (run);
CREATE TRIGGER ledger_first_change AFTER INSERT ON change BEGIN
    INSERT INTO ledger_effect (what, row_id) VALUES (NEW.entity, NEW.row_id);
END;
CREATE TRIGGER ledger_next_change AFTER UPDATE ON change BEGIN
    INSERT INTO ledger_effect (what, row_id) VALUES (NEW.entity, NEW.row_id);
END;
CREATE TRIGGER ledger_ticket_number AFTER UPDATE OF ticket_number ON head
WHEN NEW.ticket_number <> OLD.ticket_number BEGIN
    INSERT INTO ledger_effect (what, row_id) VALUES ('the next ticket number', '');
END;
CREATE TRIGGER ledger_edit AFTER INSERT ON client_mutation BEGIN
    INSERT INTO ledger_run (intent) VALUES (NEW.intent);
    UPDATE ledger_effect SET run = (SELECT max(number) FROM ledger_run) WHERE run IS NULL;
END;
CREATE TRIGGER ledger_end AFTER UPDATE OF seq ON head BEGIN
    UPDATE ledger_effect SET run = 0 WHERE run IS NULL;
END;
)sql";

bool takes_effect(OutcomeKind kind) {
    return kind == OutcomeKind::applied || kind == OutcomeKind::merged;
}

}  // namespace

EffectLedger::EffectLedger(std::string path, std::string vfs) : m_path(std::move(path)), m_vfs(std::move(vfs)) {
    SQLite::Database(m_path, SQLite::OPEN_READWRITE, 0, m_vfs).exec(ledger_tables);
}

SQLite::Database& EffectLedger::database() {
    if (!m_database) m_database = std::make_unique<SQLite::Database>(m_path, SQLite::OPEN_READONLY, 0, m_vfs);
    return *m_database;
}

void EffectLedger::check_answer(const Id& intent, OutcomeKind answered, std::int64_t runs,
                                std::vector<std::string>& found) const {
    if (takes_effect(answered) && runs == 0) found.push_back("edit " + intent + " is answered as done and did nothing");
    if (!takes_effect(answered) && runs > 0)
        found.push_back("edit " + intent + " is answered as not done and did something");
}

std::vector<std::string> EffectLedger::note(const wire::PushRequest& request, const wire::PushResponse& response) {
    std::vector<std::string> found;
    SQLite::Statement effects(database(),
                              "SELECT count(DISTINCT run), count(*), count(DISTINCT what || ' ' || row_id)"
                              " FROM ledger_run JOIN ledger_effect ON run = ledger_run.number WHERE intent = ?");
    const auto runs_of = [&](const Id& intent) {
        effects.reset();
        effects.bind(1, intent);
        REQUIRE(effects.executeStep());
        const std::int64_t runs = effects.getColumn(0).getInt64();
        if (runs > 1 || effects.getColumn(1).getInt64() != effects.getColumn(2).getInt64())
            found.push_back("edit " + intent + " took effect more than once");
        return runs;
    };
    for (const Mutation& mutation : request.mutations)
        (void)runs_of(mutation.intent);
    for (const wire::PushResult& result : response.results) {
        const OutcomeKind kind = result.outcome.kind;
        if (m_answered.emplace(result.intent, kind).first->second != kind)
            found.push_back("edit " + result.intent + " is answered unlike before");
        check_answer(result.intent, kind, runs_of(result.intent), found);
    }
    return found;
}

std::set<std::pair<std::string, std::string>> EffectLedger::rows_between(std::int64_t first, std::int64_t last) {
    std::set<std::pair<std::string, std::string>> rows;
    SQLite::Statement changes(database(), "SELECT entity, row_id FROM change WHERE seq BETWEEN ? AND ?");
    changes.bind(1, first);
    changes.bind(2, last);
    while (changes.executeStep())
        rows.emplace(changes.getColumn(0).getString(), changes.getColumn(1).getString());
    return rows;
}

std::vector<std::string> EffectLedger::problems() {
    std::vector<std::string> found;
    if (!database().tableExists("ledger_run")) return {"the server has lost what it has had from the start"};
    std::map<Id, std::int64_t> runs;
    SQLite::Statement effects(database(),
                              "SELECT intent, count(DISTINCT run), count(*), count(DISTINCT what || ' ' || row_id)"
                              " FROM ledger_run JOIN ledger_effect ON run = ledger_run.number GROUP BY intent");
    while (effects.executeStep()) {
        const Id intent = effects.getColumn(0).getString();
        runs[intent] = effects.getColumn(1).getInt64();
        if (runs[intent] > 1 || effects.getColumn(2).getInt64() != effects.getColumn(3).getInt64())
            found.push_back("edit " + intent + " took effect more than once");
    }
    for (const auto& [intent, kind] : m_answered)
        check_answer(intent, kind, runs[intent], found);
    return found;
}

}  // namespace portal::sim
