#include "app/store/sum_recount.hpp"

#include "shared/wire/json_codec.hpp"

namespace portal::store {
namespace {

constexpr std::int64_t rows_per_query = 500;

}  // namespace

SumRecount::SumRecount(Replica& replica) : m_replica(replica) {
    replica.sums().watch();
}

bool SumRecount::step(const std::function<bool()>& is_over) {
    while (m_entity < entity_count) {
        const auto entity = static_cast<Entity>(m_entity);
        std::int64_t rows = 0;
        const auto select = m_replica.statements().take("SELECT rowid, id, rev, streams FROM base_" +
                                                        std::string(descriptor_of(entity).name) +
                                                        " WHERE rowid > ? ORDER BY rowid LIMIT ?");
        select->bind(1, m_place);
        select->bind(2, rows_per_query);
        for (; select->executeStep(); ++rows) {
            m_place = select->getColumn(0).getInt64();
            const auto hash = wire::row_hash(entity, select->getColumn(1).getString(), select->getColumn(2).getInt64());
            for (const std::int64_t number : StreamSums::numbers_in(select->getColumn(3).getString()))
                m_sums[number].add(hash, +1);
        }
        if (rows < rows_per_query) {
            ++m_entity;
            m_place = 0;
        }
        if (m_entity < entity_count && is_over()) return true;
    }
    return false;
}

std::vector<StreamId> SumRecount::differing() const {
    std::vector<StreamId> streams;
    for (StreamId& stream : m_replica.sums().held()) {
        const std::int64_t number = m_replica.sums().number_of(stream);
        if (m_replica.sums().is_touched(number)) continue;
        const auto sum = m_sums.find(number);
        if ((sum == m_sums.end() ? StreamSum{} : sum->second) != m_replica.sums().of(stream))
            streams.push_back(std::move(stream));
    }
    return streams;
}

}  // namespace portal::store
