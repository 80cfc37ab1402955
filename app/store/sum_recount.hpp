// Holds the rows that the database has against the sums that it keeps, some rows at a time. Thread: the store's.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "app/store/replica.hpp"

namespace portal::store {

class SumRecount {
  public:
    explicit SumRecount(Replica& replica);

    // Reads rows until `is_over()`; false when all are read. Throws SQLite::Exception.
    bool step(const std::function<bool()>& is_over);
    // Afterwards: the streams that disagree, without those that a pull has changed meanwhile.
    std::vector<StreamId> differing() const;

  private:
    Replica& m_replica;
    std::size_t m_entity = 0;
    std::int64_t m_place = 0;
    std::map<std::int64_t, StreamSum> m_sums;
};

}  // namespace portal::store
