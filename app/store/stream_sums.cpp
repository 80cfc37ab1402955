#include "app/store/stream_sums.hpp"

#include <algorithm>
#include <charconv>

#include "shared/wire/json_codec.hpp"

namespace portal::store {

void StreamSum::add(const std::array<std::uint64_t, 2>& row_hash, int sign) {
    count += sign;
    for (std::size_t lane = 0; lane < hash.size(); ++lane)
        hash[lane] += sign > 0 ? row_hash[lane] : 0 - row_hash[lane];
}

void StreamSums::load() {
    clear();
    const auto select = m_statements.take("SELECT name, number, count, hash_high, hash_low FROM stream");
    while (select->executeStep()) {
        const std::int64_t number = select->getColumn(1).getInt64();
        m_numbers[select->getColumn(0).getString()] = number;
        m_names[number] = select->getColumn(0).getString();
        m_sums[number] = {select->getColumn(2).getInt64(),
                          {static_cast<std::uint64_t>(select->getColumn(3).getInt64()),
                           static_cast<std::uint64_t>(select->getColumn(4).getInt64())}};
    }
}

void StreamSums::write_changed() {
    for (const std::int64_t number : m_changed) {
        const StreamSum& sum = m_sums[number];
        const auto update =
            m_statements.take("UPDATE stream SET count = ?, hash_high = ?, hash_low = ? WHERE number = ?");
        update->bind(1, sum.count);
        update->bind(2, static_cast<std::int64_t>(sum.hash[0]));
        update->bind(3, static_cast<std::int64_t>(sum.hash[1]));
        update->bind(4, number);
        update->exec();
    }
    m_changed.clear();
}

std::int64_t StreamSums::number_of(const StreamId& stream) const {
    const auto found = m_numbers.find(stream);
    return found == m_numbers.end() ? 0 : found->second;
}

std::int64_t StreamSums::number_or_new(const StreamId& stream) {
    if (const std::int64_t known = number_of(stream); known != 0) return known;
    const auto insert = m_statements.take("INSERT INTO stream (name) VALUES (?) RETURNING number");
    insert->bind(1, stream);
    insert->executeStep();
    const std::int64_t number = insert->getColumn(0).getInt64();
    m_numbers[stream] = number;
    m_names[number] = stream;
    return number;
}

std::string StreamSums::text_of(const std::vector<StreamId>& streams) {
    if (streams == m_last_streams && !m_last_text.empty()) return m_last_text;
    std::vector<std::int64_t> numbers;
    for (const StreamId& stream : streams)
        numbers.push_back(number_or_new(stream));
    m_last_streams = streams;
    m_last_text = text_of_numbers(numbers);
    return m_last_text;
}

std::string StreamSums::text_of_numbers(const std::vector<std::int64_t>& numbers) {
    std::string text(1, ' ');
    for (const std::int64_t number : numbers)
        text.append(std::to_string(number)).append(1, ' ');
    return text;
}

std::vector<std::int64_t> StreamSums::numbers_in(std::string_view text) {
    std::vector<std::int64_t> numbers;
    const char* const end = text.data() + text.size();
    for (const char* place = text.data(); place < end;) {
        std::int64_t number = 0;
        const auto [after, error] = std::from_chars(place, end, number);
        if (error == std::errc()) numbers.push_back(number);
        place = std::max(after, place + 1);
    }
    return numbers;
}

std::vector<StreamId> StreamSums::streams_in(std::string_view text) const {
    std::vector<StreamId> streams;
    for (const std::int64_t number : numbers_in(text))
        if (const auto name = m_names.find(number); name != m_names.end()) streams.push_back(name->second);
    return streams;
}

void StreamSums::add_row(std::string_view text, Entity entity, const Id& id, std::int64_t rev, int sign) {
    const auto hash = wire::row_hash(entity, id, rev);
    for (const std::int64_t number : numbers_in(text)) {
        m_sums[number].add(hash, sign);
        m_changed.insert(number);
        m_touched.insert(number);
    }
}

std::vector<StreamId> StreamSums::held() const {
    std::vector<StreamId> streams;
    for (const auto& [stream, number] : m_numbers)
        streams.push_back(stream);
    return streams;
}

StreamSum StreamSums::of(const StreamId& stream) const {
    const auto sum = m_sums.find(number_of(stream));
    return sum == m_sums.end() ? StreamSum{} : sum->second;
}

void StreamSums::remove(const StreamId& stream) {
    const std::int64_t number = number_of(stream);
    if (number == 0) return;
    const auto remove = m_statements.take("DELETE FROM stream WHERE number = ?");
    remove->bind(1, number);
    remove->exec();
    m_numbers.erase(stream);
    m_names.erase(number);
    m_sums.erase(number);
    m_changed.erase(number);
    m_last_text.clear();
}

void StreamSums::clear() {
    m_numbers.clear();
    m_names.clear();
    m_sums.clear();
    m_changed.clear();
    m_touched.clear();
    m_last_streams.clear();
    m_last_text.clear();
}

}  // namespace portal::store
