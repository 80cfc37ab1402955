#include "server-stub/repo/integrity.hpp"

#include <map>
#include <set>

#include "shared/base/limits.hpp"
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

}  // namespace

std::vector<std::string> find_problems(ReadSnapshot& snapshot) {
    Problems problems;
    check_streams(snapshot, problems);
    check_references(snapshot, problems);
    return problems.take();
}

}  // namespace portal::server
