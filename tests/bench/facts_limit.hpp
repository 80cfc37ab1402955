// The limit that the engine is held against: the dashboard's five questions as one fixed, straight-line pass over the
// seven narrow columns, selected sixteen bytes at a time. It knows nothing of filters, keys or figures.
#pragma once

#include <array>

#include "shared/facts/lanes.hpp"
#include "tests/bench/facts_data.hpp"

namespace portal::bench {

// Days are inclusive and count from first_day; amounts in cents, inclusive.
struct Question {
    std::uint16_t from = 0, until = days - 1, recent_from = 0, practice = 0;
    std::uint32_t amount_first = 0, amount_last = 0xFFFFFFFF;
};

class LimitKernel {
  public:
    explicit LimitKernel(const Columns& columns) : m_columns(columns) {}

    void run(const Question& question) {
        m_by_month.fill({});
        m_one_by_month.fill({});
        m_by_practice.fill(0);
        m_recent.fill(0);
        std::array<std::uint16_t, block + 8> places;
        for (std::size_t begin = 0; begin < m_columns.day.size(); begin += block) {
            const std::size_t count = std::min(block, m_columns.day.size() - begin);
            add(question, begin, places.data(), select(question, begin, count, places.data()));
        }
    }

    // What nothing but reading the columns costs.
    std::uint32_t read() const {
        std::uint32_t sum = 0;
        const auto add_words = [&](const auto& column) {
            lanes::U32x4 lanes_sum{};
            const auto* bytes = reinterpret_cast<const std::uint8_t*>(column.data());
            for (std::size_t at = 0; at + 16 <= column.size() * sizeof(column[0]); at += 16)
                lanes_sum += lanes::load<lanes::U32x4>(bytes + at);
            sum += lanes_sum[0] + lanes_sum[1] + lanes_sum[2] + lanes_sum[3];
        };
        add_words(m_columns.practice);
        add_words(m_columns.location);
        add_words(m_columns.day);
        add_words(m_columns.amount);
        add_words(m_columns.plan);
        add_words(m_columns.channel);
        add_words(m_columns.status);
        return sum;
    }
    static constexpr std::size_t row_bytes = 13;

    // Of funded facts, so that it is compared too.
    std::int64_t total_cents() const {
        std::int64_t cents = 0;
        for (const Cell& cell : m_by_month)
            cents += cell.cents;
        return cents;
    }
    std::int64_t funded_cents() const {
        std::int64_t cents = 0;
        for (std::size_t index = static_cast<std::size_t>(Status::funded); index < m_by_month.size(); index += statuses)
            cents += m_by_month[index].cents;
        return cents;
    }

  private:
    static constexpr std::size_t block = 2'048, months = 24;
    struct Cell {
        std::int64_t count = 0, cents = 0;
    };

    std::size_t select(const Question& question, std::size_t begin, std::size_t count, std::uint16_t* places) const {
        const std::uint16_t* day = m_columns.day.data() + begin;
        const std::uint32_t* amount = m_columns.amount.data() + begin;
        const auto span = static_cast<std::uint16_t>(question.until - question.from);
        const std::uint32_t amount_span = question.amount_last - question.amount_first;
        std::size_t selected = 0, place = 0;
        for (; place + 8 <= count; place += 8) {
            auto mask = static_cast<lanes::U16x8>(lanes::load<lanes::U16x8>(day + place) - question.from <= span);
            const auto low = lanes::load<lanes::U32x4>(amount + place) - question.amount_first;
            const auto high = lanes::load<lanes::U32x4>(amount + place + 4) - question.amount_first;
            mask &= lanes::narrowed(static_cast<lanes::U32x4>(low <= amount_span),
                                    static_cast<lanes::U32x4>(high <= amount_span));
            selected += lanes::put_numbers(lanes::bits_of(mask), static_cast<std::uint16_t>(place), places + selected);
        }
        for (; place < count; ++place) {
            places[selected] = static_cast<std::uint16_t>(place);
            selected += static_cast<std::uint16_t>(day[place] - question.from) <= span &&
                                amount[place] - question.amount_first <= amount_span
                            ? 1
                            : 0;
        }
        return selected;
    }

    // Month x plan and the months' statuses are one cell; so are a practice's channels and their statuses.
    void add(const Question& question, std::size_t begin, const std::uint16_t* places, std::size_t count) {
        for (std::size_t index = 0; index < count; ++index) {
            const std::size_t row = begin + places[index];
            const std::size_t status = m_columns.status[row], practice = m_columns.practice[row];
            const std::uint32_t cents = m_columns.amount[row];
            const std::size_t month =
                (m_columns.month[row] * std::size_t{plans} + m_columns.plan[row]) * statuses + status;
            m_by_month[month].count += 1;
            m_by_month[month].cents += cents;
            m_by_practice[(practice * channels + m_columns.channel[row]) * statuses + status] += 1;
            if (practice == question.practice) {
                m_one_by_month[month].count += 1;
                m_one_by_month[month].cents += cents;
            }
            if (m_columns.day[row] >= question.recent_from) m_recent[practice * statuses + status] += cents;
        }
    }

    const Columns& m_columns;
    std::array<Cell, months * plans * statuses> m_by_month, m_one_by_month;
    std::array<std::uint32_t, std::size_t{practices} * channels * statuses> m_by_practice;
    std::array<std::int64_t, std::size_t{practices} * statuses> m_recent;
};

}  // namespace portal::bench
