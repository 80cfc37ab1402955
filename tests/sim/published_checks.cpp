#include "tests/sim/published_checks.hpp"

#include <algorithm>

#include "shared/model/states.hpp"
#include "shared/rules/deposits.hpp"

namespace portal::sim {

void RowHistory::note_changes(SQLite::Database& database, const Watched& kind, std::int64_t after, Versions& versions) {
    const std::string name(descriptor_of(kind.entity).name);
    SQLite::Statement changes(database, "SELECT change.seq, row_id, " + name + ".id IS NOT NULL, coalesce(" +
                                            std::string(kind.text) + ", '') FROM change LEFT JOIN " + name + " ON " +
                                            name + ".id = row_id WHERE change.seq > ? AND entity = ?" +
                                            " ORDER BY change.seq");
    changes.bind(1, after);
    changes.bind(2, name);
    while (changes.executeStep())
        versions[changes.getColumn(1).getString()].push_back(
            {changes.getColumn(0).getInt64(), changes.getColumn(2).getInt() != 0, changes.getColumn(3).getString()});
}

void RowHistory::note(SQLite::Database& database) {
    SQLite::Statement head(database, "SELECT epoch, seq FROM head");
    if (!head.executeStep()) return;
    Epoch& epoch = m_epochs[head.getColumn(0).getString()];
    const std::int64_t seq = head.getColumn(1).getInt64();
    // What a power cut took away was never told to anybody.
    if (seq < epoch.seq)
        for (auto& [entity, rows] : epoch.rows)
            for (auto& [id, versions] : rows)
                std::erase_if(versions, [&](const Version& version) { return version.seq > seq; });
    if (seq > epoch.seq)
        for (const Watched& kind : watched)
            note_changes(database, kind, epoch.seq, epoch.rows[kind.entity]);
    epoch.seq = seq;
}

const RowHistory::Version* RowHistory::at(const std::string& epoch, std::int64_t seq, Entity entity,
                                          const Id& id) const {
    const auto& rows = m_epochs.at(epoch).rows;
    const auto kind = rows.find(entity);
    if (kind == rows.end()) return nullptr;
    const auto found = kind->second.find(id);
    if (found == kind->second.end()) return nullptr;
    const auto later =
        std::upper_bound(found->second.begin(), found->second.end(), seq,
                         [](std::int64_t number, const Version& version) { return number < version.seq; });
    return later == found->second.begin() ? nullptr : &*std::prev(later);
}

std::vector<std::int64_t> RowHistory::numbers(const std::string& epoch, Entity entity, std::int64_t from,
                                              std::int64_t until) const {
    std::set<std::int64_t> numbers = {from, until};
    const auto& rows = m_epochs.at(epoch).rows;
    if (const auto kind = rows.find(entity); kind != rows.end())
        for (const auto& [id, versions] : kind->second)
            for (const Version& version : versions)
                if (version.seq > from && version.seq < until) numbers.insert(version.seq);
    return {numbers.rbegin(), numbers.rend()};
}

namespace {

template <class... Values>
std::string joined(const Values&... values) {
    std::string text;
    ((text += (text.empty() ? "" : "/"), text += values), ...);
    return text;
}

}  // namespace

ShownRows rows_on(const vm::Snapshot& shown, Entity entity) {
    ShownRows rows;
    if (entity == Entity::ticket && shown.tickets) {
        for (const vm::TicketBrief& brief : shown.tickets->rows)
            rows[brief.id] = joined(text_of(brief.state), brief.subject, text_of(brief.priority), brief.assignee_name);
    } else if (entity == Entity::message && shown.tickets && shown.tickets->detail) {
        for (const vm::MessageLine& line : shown.tickets->detail->messages)
            rows[line.id] = line.body;
    } else if (entity == Entity::action_item && shown.actions) {
        for (const vm::ActionBrief& brief : shown.actions->rows)
            rows[brief.id] = joined(brief.title, brief.owner, std::to_string(brief.due_on),
                                    brief.group == vm::ActionGroup::done ? "1" : "0");
    } else if (entity == Entity::integration && shown.integrations) {
        for (const vm::IntegrationBrief& brief : shown.integrations->rows)
            rows[brief.id] =
                joined(text_of(brief.stage), brief.blocked ? "1" : "0", brief.blocked_reason, brief.blocked_owner);
    } else if (entity == Entity::prospect && shown.overview) {
        for (const vm::ProspectLine& line : shown.overview->prospects)
            rows[line.id] = joined(line.name, line.contact, line.note);
    } else if (entity == Entity::deposit_review && shown.deposits && shown.deposits->detail) {
        const vm::DepositDetail& detail = *shown.deposits->detail;
        if (const auto& review = detail.review)
            rows[deposit_review_id(detail.line.location, detail.line.day)] =
                joined(std::to_string(review->expected_cents), std::to_string(review->deposited_cents),
                       review->reviewed ? "1" : "0", review->note);
    }
    return rows;
}

bool has_field(std::string_view text, std::string_view field) {
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('/', begin), text.size());
        if (text.substr(begin, end - begin) == field) return true;
        begin = end + 1;
    }
    return false;
}

namespace {

// What is wrong with showing these rows at that number; empty when they are the server's.
std::string difference_at(const ShownRows& shown, const RowHistory& history, const std::string& epoch, std::int64_t seq,
                          Entity entity) {
    for (const auto& [id, text] : shown) {
        const RowHistory::Version* version = history.at(epoch, seq, entity, id);
        const std::string row = std::string(descriptor_of(entity).name) + " " + id;
        if (!version || !version->is_there) return row + " is shown when the server had none";
        if (version->text != text)
            return row + " is shown unlike the server had it: \"" + text + "\", not \"" + version->text + "\"";
    }
    return "";
}

// Empty when the rows are the server's at a number that is not before the last one.
std::string difference_of(const ShownRows& shown, Entity entity, const vm::SyncPart& sync, const RowHistory& history,
                          Showing showing, LastShown::Rows& last) {
    const bool is_same = sync.epoch == last.epoch && sync.cursor >= last.from;
    const std::int64_t from = showing == Showing::now ? sync.cursor : is_same ? last.from : 0;
    std::string difference;
    std::int64_t first = -1;
    for (const std::int64_t seq : history.numbers(sync.epoch, entity, from, sync.cursor)) {
        const std::string found = difference_at(shown, history, sync.epoch, seq, entity);
        if (found.empty()) first = seq;
        if (difference.empty()) difference = found;
    }
    if (first >= 0) {
        last = {sync.epoch, first, sync.cursor};
        return "";
    }
    // The rows of a new epoch are still to come.
    if (showing == Showing::later && history.knows(last.epoch) && !is_same)
        for (const std::int64_t seq : history.numbers(last.epoch, entity, last.from, last.until))
            if (difference_at(shown, history, last.epoch, seq, entity).empty()) return "";
    return difference;
}

}  // namespace

std::vector<std::string> problems_of_published(const vm::Snapshot& shown, const RowHistory& history,
                                               const std::set<Id>& own, Showing showing, LastShown& last,
                                               ShownCounts& rows) {
    std::vector<std::string> found;
    if (!history.knows(shown.sync->epoch)) return found;
    for (std::size_t kind = 0; kind < watched.size(); ++kind) {
        const Entity entity = watched[kind].entity;
        ShownRows others = rows_on(shown, entity);
        std::erase_if(others, [&](const auto& row) { return own.contains(row.first); });
        rows[kind] += static_cast<std::int64_t>(others.size());
        const Showing part = entity == Entity::ticket ? showing : Showing::later;
        const std::string difference = difference_of(others, entity, *shown.sync, history, part, last.rows[kind]);
        if (!difference.empty()) found.push_back(difference);
    }
    return found;
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
