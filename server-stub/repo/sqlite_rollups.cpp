#include "server-stub/repo/sqlite_rollups.hpp"

#include <map>

#include "shared/facts/rollup.hpp"
#include "shared/facts/vendor_counts.hpp"

namespace portal::server {
namespace {

std::vector<FactSegment> segments_of_practice(SqliteConnection& connection, const Id& practice,
                                              SegmentsOf segments_of) {
    std::map<Id, FactSegment> segments;
    const auto take = [&](Row row) {
        auto segment = from_row<FactSegment>(std::move(row));
        segments[segment.id] = std::move(segment);
    };
    connection.table(Entity::fact_segment).each_where("practice", Value{practice}, take);
    if (segments_of == SegmentsOf::staged)
        connection.staged(Entity::fact_segment).each_where("practice", Value{practice}, take);
    std::vector<FactSegment> list;
    for (auto& [id, segment] : segments)
        if (segment.fact_count > 0) list.push_back(std::move(segment));
    return list;
}

template <class Record>
bool says_the_same(const Record& left, const Record& right) {
    return to_row(left).values == to_row(right).values;
}

template <class Record>
std::vector<Record> records_of_practice(SqliteConnection& connection, const Id& practice) {
    std::vector<Record> records;
    connection.table(Record::entity).each_where("practice", Value{practice}, [&](Row row) {
        records.push_back(from_row<Record>(std::move(row)));
    });
    return records;
}

}  // namespace

Result<RollupChanges> rollup_changes(SqliteConnection& connection, const Id& practice, SegmentsOf segments_of) {
    RollupChanges changes;
    const auto segments = segments_of_practice(connection, practice, segments_of);
    changes.segments = static_cast<std::int64_t>(segments.size());
    PORTAL_TRY_ASSIGN(rollups, make_rollups(segments));
    std::map<Id, FactRollup> stored;
    connection.table(Entity::fact_rollup).each_where("practice", Value{practice}, [&](Row row) {
        auto rollup = from_row<FactRollup>(std::move(row));
        stored[rollup.id] = std::move(rollup);
    });
    for (FactRollup& rollup : rollups) {
        const auto found = stored.find(rollup.id);
        const bool is_same = found != stored.end() && says_the_same(found->second, rollup);
        if (found != stored.end()) stored.erase(found);
        if (!is_same) changes.put.push_back(std::move(rollup));
    }
    for (const auto& [id, rollup] : stored)
        changes.remove.push_back(id);
    return changes;
}

Result<VendorCountChanges> vendor_count_changes(SqliteConnection& connection, const Id& practice) {
    VendorCountChanges changes;
    std::map<Id, VendorCount> stored;
    for (VendorCount& count : records_of_practice<VendorCount>(connection, practice))
        stored[count.id] = std::move(count);
    const auto row = connection.table(Entity::practice).get(practice);
    const Practice asked = row ? from_row<Practice>(*row) : Practice{};
    if (asked.vendor_consent) {
        const auto integrations = records_of_practice<Integration>(connection, practice);
        const auto rollups = records_of_practice<FactRollup>(connection, practice);
        PORTAL_TRY_ASSIGN(counts, make_vendor_counts(asked, integrations, rollups));
        for (VendorCount& count : counts) {
            const auto found = stored.find(count.id);
            const bool is_same = found != stored.end() && says_the_same(found->second, count);
            if (found != stored.end()) stored.erase(found);
            if (!is_same) changes.put.push_back(std::move(count));
        }
    }
    for (const auto& [id, count] : stored)
        changes.remove.push_back(id);
    return changes;
}

FactRollup staged_removal(const Id& id) {
    FactRollup removal;
    removal.id = id;
    return removal;
}

bool is_staged_removal(const Row& rollup) {
    return text_value(rollup, "columns").empty();
}

}  // namespace portal::server
