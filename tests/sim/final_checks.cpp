#include "tests/sim/final_checks.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

#include "app/store/sum_recount.hpp"

namespace portal::sim {
namespace {

using server::test::id_of;

class FinalChecks {
  public:
    explicit FinalChecks(const AtRest& world) : m_world(world), m_truth(world.server.repository->read()) {}

    std::vector<std::string> run() {
        read_order();
        for (const auto& client : m_world.clients) {
            for (const std::string& found : client->differences())
                problem(found);
            const auto replica = client->take_replica();
            store::Outbox outbox(*replica);
            if (outbox.pending_count() != 0) problem("edits of " + client->user() + " still wait");
            for (const Posted& posted : client->posted()) {
                check_effect(outbox, posted, client->user());
                check_answer(outbox, posted, client->posted(), client->user());
            }
            if (!client->has_twin()) check_order(client->posted(), client->user());
            check_equal(*replica, client->user());
        }
        check_twins();
        m_world.server.check_effects();
        std::move(m_world.server.problems.begin(), m_world.server.problems.end(), std::back_inserter(m_problems));
        for (const auto& [entity, id] : m_world.deleted)
            if (m_truth->row(entity, id)) problem("row " + id + ", which was deleted, is there again");
        for (const std::string& found : m_world.server.repository->check_integrity().problems)
            problem("the server's database: " + found);
        return std::move(m_problems);
    }

  private:
    void problem(std::string sentence) { m_problems.push_back(std::move(sentence)); }

    // Done once on the server, or in the tray; never both, never neither.
    void check_effect(store::Outbox& outbox, Posted posted, const std::string& user) {
        posted.note(*m_truth);
        const bool is_refused = outbox.tray_item(posted.intent).has_value();
        const bool is_done = posted.outcome == Posted::Outcome::done;
        const std::string edit = user + "'s edit " + posted.intent;
        if (!is_done && !is_refused && !posted.is_in_doubt() && !posted.is_answered())
            problem(edit + " is neither done nor in the tray");
        // What was refused to one copy of a profile may be done for the other, after a restore to an earlier grant.
        if (is_done && is_refused && !m_world.has_clones) problem(edit + " is done and in the tray");
        const Id& row = posted.changed_row();
        const bool is_there = m_truth->row(posted.entity, row).has_value();
        const bool is_deleted = m_world.deleted.contains({posted.entity, row});
        if (is_done && !is_there && !is_deleted) problem(edit + " is said to be done and its row is not there");
        if (posted.row.empty()) return;
        if (!is_done && is_there && !posted.is_answered() && !posted.is_again)
            problem(edit + " is refused and its row is there");
        // Action items are worded anew later.
        if (is_done && is_there && posted.entity != Entity::action_item) check_words(posted, edit);
    }

    void check_words(const Posted& posted, const std::string& edit) {
        const server::SyncHead head = m_truth->head();
        const auto* version = m_world.server.history().at(head.epoch, head.seq, posted.entity, posted.row);
        if (!posted.says.empty() && (!version || !has_field(version->text, posted.says)))
            problem(edit + " is done and its row says something else");
    }

    // What is said once is found once.
    void check_twins() {
        constexpr std::array<std::pair<Entity, std::string_view>, 4> said_once = {{{Entity::ticket, "subject"},
                                                                                   {Entity::message, "body"},
                                                                                   {Entity::action_item, "title"},
                                                                                   {Entity::prospect, "note"}}};
        for (const auto& [entity, field] : said_once) {
            std::set<std::string> texts;
            m_truth->each_row(entity, [&](const Row& row) {
                if (!texts.emplace(text_value(row, field)).second)
                    problem(std::string(descriptor_of(row.entity).name) + " " + row.id + " is there twice");
            });
        }
    }

    // What its user let go never happens; what was to be made again does, or is refused again.
    void check_answer(store::Outbox& outbox, Posted posted, const std::vector<Posted>& made, const std::string& user) {
        if (!posted.is_answered()) return;
        posted.note(*m_truth);
        const std::string edit = user + "'s edit " + posted.intent;
        const bool is_done = posted.outcome == Posted::Outcome::done;
        if (is_done && !m_world.has_clones) problem(edit + " was answered in the tray and is done all the same");
        if (!posted.has_left_tray || outbox.tray_item(posted.intent)) return;
        // Two tabs may have answered it, one of them to let it go; what is already there needs not be made again.
        const bool is_let_go = std::find(posted.answers.begin(), posted.answers.end(), Id()) != posted.answers.end();
        const bool is_there = !posted.row.empty() && m_truth->row(posted.entity, posted.row).has_value();
        const bool is_made_again = std::any_of(made.begin(), made.end(), [&](Posted again) {
            if (std::find(posted.answers.begin(), posted.answers.end(), again.intent) == posted.answers.end())
                return false;
            again.note(*m_truth);
            return again.outcome != Posted::Outcome::unknown || again.decided_ms > 0 || again.is_answered() ||
                   outbox.tray_item(again.intent).has_value();
        });
        if (!is_let_go && !is_there && !is_made_again) problem(edit + " was to be made again and never was");
    }

    // The records' order is the one in which the server took them.
    void read_order() {
        SQLite::Database database(m_world.server.database.path, SQLite::OPEN_READONLY, 0, m_world.server.database.vfs);
        SQLite::Statement select(database, "SELECT intent FROM mutation ORDER BY rowid");
        while (select.executeStep())
            m_order.emplace(select.getColumn(0).getString(), m_order.size());
    }

    // Each tab's own; what is done in two at a time has no order.
    void check_order(const std::vector<Posted>& made, const std::string& user) {
        std::map<int, std::size_t> last_of_tab;
        for (const Posted& posted : made) {
            const auto found = m_order.find(posted.intent);
            if (found == m_order.end()) continue;
            std::size_t& last = last_of_tab[posted.tab];
            if (found->second < last) problem(user + "'s edit " + posted.intent + " came before an earlier one");
            last = found->second;
        }
    }

    void check_equal(store::Replica& replica, const std::string& user) {
        const auto caller = m_truth->caller(id_of(user));
        if (!caller) return problem("the server has lost " + user);
        const auto streams = streams_of_caller(*caller, *m_truth->directory(id_of(user)));
        if (!replica.overlay_keys().empty()) problem("the overlay of " + user + " is not empty");
        if (replica.state().cursor != m_truth->head().seq) problem("the cursor of " + user + " is not the head");
        for (const EntityDescriptor& descriptor : all_entities())
            check_rows(replica, descriptor, streams, user);
        for (const StreamId& stream : streams) {
            const auto state = m_truth->stream(stream);
            const store::StreamSum sum = replica.sums().of(stream);
            if (sum.count != state.count || sum.hash != state.hash)
                problem("the sum of stream " + stream + " of " + user + " is not the server's");
        }
        store::SumRecount recount(replica);
        while (recount.step([] { return false; })) {
        }
        for (const StreamId& stream : recount.differing())
            problem("the rows of stream " + stream + " of " + user + " are not those of its sum");
    }

    void check_rows(store::Replica& replica, const EntityDescriptor& descriptor, const std::vector<StreamId>& streams,
                    const std::string& user) {
        std::map<Id, Row> permitted, held;
        m_truth->each_row(descriptor.entity, [&](Row row) {
            for (const StreamId& stream : streams_of_row(row))
                if (std::binary_search(streams.begin(), streams.end(), stream)) permitted[row.id] = row;
        });
        replica.each(descriptor.entity, [&](Row row) { held[row.id] = std::move(row); });
        if (held != permitted)
            problem(user + " holds " + std::to_string(held.size()) + " rows of " + std::string(descriptor.name) +
                    " unlike the " + std::to_string(permitted.size()) + " permitted ones");
    }

    const AtRest& m_world;
    const std::unique_ptr<server::ReadSnapshot> m_truth;
    std::map<Id, std::size_t> m_order;
    std::vector<std::string> m_problems;
};

}  // namespace

std::vector<std::string> problems_at_rest(const AtRest& world) {
    return FinalChecks(world).run();
}

}  // namespace portal::sim
