// The streams of a replica, each with the count and the additive hash of its rows, in memory: they are written with the
// commit that changed them, because a big pull would otherwise write the same few rows once per line.
//
// A base row names its streams by their numbers in one text, " 3 17 ": a table of (row, stream) pairs and its index
// cost a first load more than the rows themselves, and are asked only when a stream is lost. Thread: the store's.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "shared/db/statement_cache.hpp"
#include "shared/model/row.hpp"
#include "shared/model/stream.hpp"

namespace portal::store {

struct StreamSum {
    std::int64_t count = 0;
    std::array<std::uint64_t, 2> hash{};

    // `sign` +1: the row is in the stream; -1: it has left.
    void add(const std::array<std::uint64_t, 2>& row_hash, int sign);
    friend bool operator==(const StreamSum&, const StreamSum&) = default;
};

class StreamSums {
  public:
    explicit StreamSums(db::StatementCache& statements) : m_statements(statements) {}

    // What the database holds, in place of what was here.
    void load();
    void write_changed();

    // The text of a row in these streams; streams not seen before get their number.
    std::string text_of(const std::vector<StreamId>& streams);
    std::vector<StreamId> streams_in(std::string_view text) const;
    void add_row(std::string_view text, Entity entity, const Id& id, std::int64_t rev, int sign);

    std::vector<StreamId> held() const;
    StreamSum of(const StreamId& stream) const;
    // 0: not held.
    std::int64_t number_of(const StreamId& stream) const;
    const StreamId& name_of(std::int64_t number) const { return m_names.at(number); }
    void remove(const StreamId& stream);
    void clear();

    // Streams whose rows have changed since the last watch() began.
    void watch() { m_touched.clear(); }
    bool is_touched(std::int64_t number) const { return m_touched.contains(number); }

    // Numbers of a text, in its order.
    static std::vector<std::int64_t> numbers_in(std::string_view text);
    static std::string text_of_numbers(const std::vector<std::int64_t>& numbers);

  private:
    std::int64_t number_or_new(const StreamId& stream);

    db::StatementCache& m_statements;
    std::map<StreamId, std::int64_t> m_numbers;
    std::map<std::int64_t, StreamId> m_names;
    std::map<std::int64_t, StreamSum> m_sums;
    std::set<std::int64_t> m_changed, m_touched;
    // Rows come stream by stream, so most have the streams of the one before.
    std::vector<StreamId> m_last_streams;
    std::string m_last_text;
};

}  // namespace portal::store
