#include "server-stub/repo/integrity.hpp"

#include <map>
#include <set>

#include "shared/base/limits.hpp"
#include "shared/facts/rollup.hpp"
#include "shared/facts/vendor_counts.hpp"
#include "shared/model/references.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::server {
namespace {

class Problems {
  public:
    void add(std::string sentence) {
        if (m_sentences.size() < limits::integrity_problems_max) m_sentences.push_back(std::move(sentence));
    }
    std::vector<std::string> take() { return std::move(m_sentences); }

  private:
    std::vector<std::string> m_sentences;
};

void check_streams(ReadSnapshot& snapshot, Problems& problems) {
    std::map<StreamId, StreamState> expected;
    for (const EntityDescriptor& descriptor : all_entities()) {
        snapshot.each_row(descriptor.entity, [&](Row row) {
            const auto hash = wire::row_hash(row.entity, row.id, row.rev);
            for (const StreamId& stream : streams_of_row(row)) {
                StreamState& state = expected[stream];
                ++state.count;
                for (std::size_t lane = 0; lane < hash.size(); ++lane)
                    state.hash[lane] += hash[lane];
            }
        });
    }
    for (const StreamId& stream : snapshot.all_streams())
        expected.try_emplace(stream);
    const std::int64_t head = snapshot.head().seq;
    for (const auto& [stream, state] : expected) {
        const StreamState stored = snapshot.stream(stream);
        if (stored.count != state.count || stored.hash != state.hash)
            problems.add("stream " + stream + " says " + std::to_string(stored.count) + " rows, its rows are " +
                         std::to_string(state.count));
        std::int64_t present = 0;
        snapshot.each_entry(stream, 0, head, [&](const StreamEntry& entry) {
            present += entry.membership == Membership::present ? 1 : 0;
            return true;
        });
        if (present != state.count)
            problems.add("stream " + stream + " logs " + std::to_string(present) + " rows, its rows are " +
                         std::to_string(state.count));
    }
}

void check_references(ReadSnapshot& snapshot, Problems& problems) {
    std::map<Entity, std::set<Id>> ids;
    for (const EntityDescriptor& descriptor : all_entities())
        snapshot.each_row(descriptor.entity, [&](Row row) { ids[row.entity].insert(row.id); });
    for (const Reference& reference : all_references()) {
        if (!reference.target) continue;
        snapshot.each_row(reference.entity, [&](Row row) {
            const Id target(text_value(row, reference.column));
            if (target.empty() && reference.requirement == Requirement::may_be_empty) return;
            if (!ids[*reference.target].contains(target))
                problems.add(std::string(descriptor_of(row.entity).name) + " " + row.id + ": " +
                             std::string(reference.column) + " names the missing " +
                             std::string(descriptor_of(*reference.target).name) + " '" + target + "'");
        });
    }
}

// Who sees an action item is told by its own copy of the book.
void check_books(ReadSnapshot& snapshot, Problems& problems) {
    std::map<Id, std::string> book_of_practice;
    snapshot.each_row(Entity::practice, [&](Row row) { book_of_practice[row.id] = text_value(row, "book"); });
    snapshot.each_row(Entity::action_item, [&](Row row) {
        const auto found = book_of_practice.find(Id(text_value(row, "practice")));
        if (found != book_of_practice.end() && found->second != text_value(row, "book"))
            problems.add("action_item " + row.id + ": its practice belongs to another book");
    });
}

// What a rollup says is what its practice's facts add up to.
void check_rollups(ReadSnapshot& snapshot, Problems& problems) {
    std::vector<Id> practices;
    snapshot.each_row(Entity::practice, [&](Row row) { practices.push_back(row.id); });
    for (const Id& practice : practices) {
        std::vector<FactSegment> segments;
        snapshot.each_row_where(Entity::fact_segment, "practice", Value{practice},
                                [&](Row row) { segments.push_back(from_row<FactSegment>(std::move(row))); });
        const auto made = make_rollups(segments);
        if (!made) {
            problems.add("practice " + practice + ": " + made.error().message);
            continue;
        }
        std::map<Id, Row> expected;
        for (const FactRollup& rollup : *made)
            expected[rollup.id] = to_row(rollup);
        std::size_t stored = 0;
        snapshot.each_row_where(Entity::fact_rollup, "practice", Value{practice}, [&](Row row) {
            ++stored;
            const auto found = expected.find(row.id);
            if (found == expected.end() || found->second.values != row.values)
                problems.add("fact_rollup " + row.id + ": it is not what its facts add up to");
        });
        if (stored < expected.size()) problems.add("practice " + practice + ": rollups of its facts are missing");
    }
}

// What a vendor is told is what its practice has agreed to.
void check_vendor_counts(ReadSnapshot& snapshot, Problems& problems) {
    std::map<Id, Row> expected;
    snapshot.each_row(Entity::practice, [&](Row row) {
        const auto practice = from_row<Practice>(std::move(row));
        std::vector<Integration> integrations;
        std::vector<FactRollup> rollups;
        snapshot.each_row_where(Entity::integration, "practice", Value{practice.id},
                                [&](Row one) { integrations.push_back(from_row<Integration>(std::move(one))); });
        snapshot.each_row_where(Entity::fact_rollup, "practice", Value{practice.id},
                                [&](Row one) { rollups.push_back(from_row<FactRollup>(std::move(one))); });
        const auto counts = make_vendor_counts(practice, integrations, rollups);
        if (!counts) return problems.add("practice " + practice.id + ": " + counts.error().message);
        for (const VendorCount& count : *counts)
            expected[count.id] = to_row(count);
    });
    std::size_t stored = 0;
    snapshot.each_row(Entity::vendor_count, [&](Row row) {
        ++stored;
        const auto found = expected.find(row.id);
        if (found == expected.end() || found->second.values != row.values)
            problems.add("vendor_count " + row.id + ": it is not what its practice's consent and rollups give");
    });
    if (stored < expected.size()) problems.add("counts that practices have agreed to share are missing");
}

}  // namespace

std::vector<std::string> find_problems(ReadSnapshot& snapshot) {
    Problems problems;
    check_streams(snapshot, problems);
    check_references(snapshot, problems);
    check_books(snapshot, problems);
    check_rollups(snapshot, problems);
    check_vendor_counts(snapshot, problems);
    return problems.take();
}

}  // namespace portal::server
