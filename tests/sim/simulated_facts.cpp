#include "tests/sim/simulated_facts.hpp"

namespace portal::sim {
namespace {

using server::WriteTransaction;
using server::test::id_of;

constexpr std::uint64_t keys = 20, facts_max = 14, days = 100;
constexpr Day first_day = 20'454;
constexpr double import_chance = 0.35, move_chance = 0.1, consent_chance = 0.1;

}  // namespace

void FactCounts::add(const FactCounts& other) {
    imports += other.imports;
    failures += other.failures;
    moves += other.moves;
    words += other.words;
    to_rollups += other.to_rollups;
    to_facts += other.to_facts;
}

std::array<std::pair<const char*, std::int64_t>, 6> FactCounts::all() const {
    return {{{"imports", imports},
             {"failures", failures},
             {"moves", moves},
             {"words", words},
             {"to rollups", to_rollups},
             {"to facts", to_facts}}};
}

SimulatedFacts::SimulatedFacts(SimulatedServer& server) : m_server(server) {
    m_server.write([](WriteTransaction& writes) {
        server::test::put_place(writes, "birch", "annex", "south");
        server::test::put_place(writes, "alder", "knoll", "south");
        Integration integration;
        integration.id = id_of("birchpms");
        integration.external_key = "birchpms";
        integration.practice = id_of("birch");
        integration.vendor = id_of("canino");
        integration.name = "Canino at birch";
        writes.put(to_row(integration));
        // Of another team: the lead does not see it.
        server::test::put_place(writes, "yew", "dell", "north_book");
        auto yew = from_row<Practice>(*writes.get(Entity::practice, id_of("yew")));
        yew.team = id_of("faraway");
        writes.put(to_row(yew));
    });
    add_deposits();
}

// Days whose deposits are not what was expected, at the places of practices that somebody keeps books for.
void SimulatedFacts::add_deposits() {
    constexpr std::int64_t deposit_cents = 25'000;
    const std::array<std::pair<const char*, const char*>, 2> places = {{{"willow", "north"}, {"cedar", "main"}}};
    m_server.write([&](WriteTransaction& writes) {
        for (const auto& [practice, location] : places)
            for (Day day = first_deposit_day; day < first_deposit_day + deposit_days; ++day) {
                Deposit deposit;
                deposit.external_key = std::string(location) + std::to_string(day);
                deposit.id = id_of(location).substr(0, 20) + std::to_string(100'000 + day);
                deposit.practice = id_of(practice);
                deposit.location = id_of(location);
                deposit.day = day;
                deposit.cents = deposit_cents;
                writes.put(to_row(deposit));
            }
    });
    // Days count once the source has told them.
    check(import_batch({server::test::fact_of("north", "willow", "north", first_day, 5'000),
                        server::test::fact_of("main", "cedar", "main", first_day, 5'000)}),
          "the first import is not disturbed");
}

void SimulatedFacts::act(RandomSource& random) {
    if (random.chance(import_chance)) import(random);
    if (random.chance(move_chance)) move_location();
    if (random.chance(consent_chance)) change_consent();
    note_what_is_given();
}

void SimulatedFacts::import(RandomSource& random) {
    const auto annex = m_server.repository->read()->row(Entity::location, id_of("annex"));
    // A server that forgets what it wrote is another's to notice.
    if (!annex) return;
    // All to one place: known facts move there, and what the lead reaches grows and shrinks.
    const bool is_reached = random.chance(0.5);
    std::vector<FinancingFact> facts;
    for (std::uint64_t count = is_reached ? 1 + random.below(facts_max) : 3 * facts_max; count > 0; --count) {
        const Day day = first_day + static_cast<Day>(random.below(days));
        const std::string key = "sim" + std::to_string(random.below(keys));
        FinancingFact fact = server::test::fact_of(key, "yew", "dell", day, random.between(0, 10'000));
        fact.application_ref = "use" + std::to_string(random.below(keys / 2));
        if (random.chance(0.3)) {
            fact.kind = FactKind::application;
            fact.status = FactStatus::approved;
            fact.approved_cents = fact.requested_cents = fact.settled_cents;
        }
        if (is_reached) {
            fact.practice = Id(text_value(*annex, "practice"));
            fact.location = annex->id;
        }
        facts.push_back(std::move(fact));
    }
    ++(import_batch(facts) ? m_counts.imports : m_counts.failures);
}

// As an import does it: step by step, and given up at the first step that fails. A power cut gives it up by itself.
bool SimulatedFacts::import_batch(const std::vector<FinancingFact>& facts) {
    const auto runs = m_server.runs();
    const auto step = [&](const std::function<Status(server::ImportWrites&)>& work) {
        Status status;
        return m_server.survives([&] {
            status = m_server.queue->run([&](WriteTransaction& writes) { return work(writes.imports()); });
        }) && status &&
               m_server.runs() == runs;
    };
    const auto give_up = [&](server::BatchId batch) {
        m_open = 0;
        if (m_server.runs() != runs || batch == 0) return false;
        const bool is_over = step([&](server::ImportWrites& imports) -> Status {
            for (bool done = false; !done;) {
                PORTAL_TRY_ASSIGN(closed, imports.abandon(batch, 100));
                done = closed;
            }
            return {};
        });
        if (!is_over && m_server.runs() == runs) m_open = batch;
        return false;
    };
    if (m_open != 0) return give_up(m_open);
    server::BatchId batch = 0;
    const InstantMs now_ms = m_server.clock.now_ms();
    const bool is_begun = step([&](server::ImportWrites& imports) -> Status {
        PORTAL_TRY_ASSIGN(begun, imports.begin(first_day + static_cast<Day>(days), now_ms));
        batch = begun;
        return {};
    });
    if (!is_begun) return false;
    if (!step([&](server::ImportWrites& imports) -> Status {
            PORTAL_TRY_ASSIGN(verdicts, imports.stage_facts(batch, facts));
            return {};
        }))
        return give_up(batch);
    for (std::int64_t left = 1; left > 0;)
        if (!step([&](server::ImportWrites& imports) -> Status {
                PORTAL_TRY_ASSIGN(remaining, imports.prepare(batch, 2));
                left = remaining;
                return {};
            }))
            return give_up(batch);
    if (!step([&](server::ImportWrites& imports) { return imports.publish(batch, now_ms); })) return give_up(batch);
    return step([&](server::ImportWrites& imports) -> Status {
        for (bool done = false; !done;) {
            PORTAL_TRY_ASSIGN(swept, imports.sweep(100));
            done = swept;
        }
        return {};
    });
}

void SimulatedFacts::move_location() {
    ++m_counts.moves;
    m_server.write([](WriteTransaction& writes) {
        const auto row = writes.get(Entity::location, id_of("annex"));
        if (!row) return;
        auto annex = from_row<Location>(*row);
        annex.practice = annex.practice == id_of("birch") ? id_of("alder") : id_of("birch");
        writes.put(to_row(annex));
    });
}

void SimulatedFacts::change_consent() {
    ++m_counts.words;
    m_server.write([](WriteTransaction& writes) {
        const auto row = writes.get(Entity::practice, id_of("birch"));
        if (!row) return;
        auto birch = from_row<Practice>(*row);
        birch.vendor_consent = !birch.vendor_consent;
        writes.put(to_row(birch));
    });
}

void SimulatedFacts::note_what_is_given() {
    const auto lead = m_server.repository->read()->caller(id_of("lena"));
    if (!lead || lead->figures == m_given) return;
    m_given = lead->figures;
    ++(m_given == FiguresForm::rollups ? m_counts.to_rollups : m_counts.to_facts);
}

}  // namespace portal::sim
