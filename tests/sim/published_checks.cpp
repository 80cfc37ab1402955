#include "tests/sim/published_checks.hpp"

#include <algorithm>

#include "shared/model/states.hpp"

namespace portal::sim {

void TicketHistory::note(SQLite::Database& database) {
    SQLite::Statement head(database, "SELECT epoch, seq FROM head");
    if (!head.executeStep()) return;
    Epoch& epoch = m_epochs[head.getColumn(0).getString()];
    const std::int64_t seq = head.getColumn(1).getInt64();
    // What a power cut took away was never told to anybody.
    if (seq < epoch.seq)
        for (auto& [id, versions] : epoch.tickets)
            std::erase_if(versions, [&](const Version& version) { return version.seq > seq; });
    SQLite::Statement changes(
        database,
        "SELECT change.seq, row_id, ticket.id IS NOT NULL, coalesce(state, ''), coalesce(subject, '')"
        " FROM change LEFT JOIN ticket ON ticket.id = row_id"
        " WHERE change.seq > ? AND entity = 'ticket' ORDER BY change.seq");
    changes.bind(1, epoch.seq);
    while (changes.executeStep())
        epoch.tickets[changes.getColumn(1).getString()].push_back(
            {changes.getColumn(0).getInt64(), changes.getColumn(2).getInt() != 0, changes.getColumn(3).getString(),
             changes.getColumn(4).getString()});
    epoch.seq = seq;
}

const TicketHistory::Version* TicketHistory::at(const std::string& epoch, std::int64_t seq, const Id& ticket) const {
    const auto& tickets = m_epochs.at(epoch).tickets;
    const auto found = tickets.find(ticket);
    if (found == tickets.end()) return nullptr;
    const auto later =
        std::upper_bound(found->second.begin(), found->second.end(), seq,
                         [](std::int64_t number, const Version& version) { return number < version.seq; });
    return later == found->second.begin() ? nullptr : &*std::prev(later);
}

std::vector<std::int64_t> TicketHistory::numbers(const std::string& epoch, std::int64_t from,
                                                 std::int64_t until) const {
    std::set<std::int64_t> numbers = {from, until};
    for (const auto& [id, versions] : m_epochs.at(epoch).tickets)
        for (const Version& version : versions)
            if (version.seq > from && version.seq < until) numbers.insert(version.seq);
    return {numbers.rbegin(), numbers.rend()};
}

namespace {

// What is wrong with showing these tickets at that number; empty when they are the server's.
std::string difference_at(const std::vector<vm::TicketBrief>& shown, const TicketHistory& history,
                          const std::string& epoch, std::int64_t seq, const std::set<Id>& own) {
    for (const vm::TicketBrief& brief : shown) {
        if (own.contains(brief.id)) continue;
        const TicketHistory::Version* version = history.at(epoch, seq, brief.id);
        if (!version || !version->is_there) return "ticket " + brief.id + " is shown when the server had none";
        if (version->state != text_of(brief.state) || version->subject != brief.subject)
            return "ticket " + brief.id + " is shown unlike the server had it";
    }
    return "";
}

}  // namespace

std::vector<std::string> problems_of_published(const vm::Snapshot& shown, const TicketHistory& history,
                                               const std::set<Id>& own, Showing showing, LastShown& last,
                                               std::int64_t& rows) {
    const vm::SyncPart& sync = *shown.sync;
    if (!shown.tickets || !history.knows(sync.epoch)) return {};
    const auto& tickets = shown.tickets->rows;
    rows += std::count_if(tickets.begin(), tickets.end(), [&](const auto& brief) { return !own.contains(brief.id); });
    const bool is_same = sync.epoch == last.rows_epoch && sync.cursor >= last.rows_from;
    const std::int64_t from = showing == Showing::now ? sync.cursor : is_same ? last.rows_from : 0;
    std::string difference;
    std::int64_t first = -1;
    for (const std::int64_t seq : history.numbers(sync.epoch, from, sync.cursor)) {
        const std::string found = difference_at(tickets, history, sync.epoch, seq, own);
        if (found.empty()) first = seq;
        if (difference.empty()) difference = found;
    }
    if (first >= 0) {
        last.rows_epoch = sync.epoch, last.rows_from = first, last.rows_until = sync.cursor;
        return {};
    }
    // The rows of a new epoch are still to come.
    if (showing == Showing::later && history.knows(last.rows_epoch) && !is_same)
        for (const std::int64_t seq : history.numbers(last.rows_epoch, last.rows_from, last.rows_until))
            if (difference_at(tickets, history, last.rows_epoch, seq, own).empty()) return {};
    return {difference};
}

std::vector<std::string> problems_of_newest(const vm::Snapshot& shown, server::ReadSnapshot& truth, const Id& user,
                                            const std::set<Id>& own) {
    std::vector<std::string> found;
    const auto caller = truth.caller(user);
    if (!shown.tickets || !caller) return found;
    std::set<Id> ids;
    for (const vm::TicketBrief& brief : shown.tickets->rows)
        ids.insert(brief.id);
    const auto streams = streams_of_caller(*caller, *truth.directory(user));
    truth.each_row(Entity::ticket, [&](const Row& row) {
        if (own.contains(row.id) || ids.contains(row.id)) return;
        for (const StreamId& stream : streams_of_row(row))
            if (std::binary_search(streams.begin(), streams.end(), stream))
                return found.push_back("ticket " + row.id + " is not shown, though the number is the newest");
    });
    return found;
}

bool has_gone_back(const vm::SyncPart& sync, LastShown& last) {
    const bool is_same = sync.client == last.client && sync.epoch == last.epoch;
    const bool is_back = is_same && sync.cursor < last.cursor;
    last.client = sync.client, last.epoch = sync.epoch, last.cursor = sync.cursor;
    return is_back;
}

}  // namespace portal::sim
