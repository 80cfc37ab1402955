// Running sums over days for many cells: the sum of a cell's values before any day, in as few bytes as they need.
// Internal to shared/facts. Thread: that of its owner.
#pragma once

#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

namespace portal {

class PrefixSums {
  public:
    static constexpr std::size_t block_days = 32;

    PrefixSums() = default;
    // For days [0, days]; all sums are 0, and take nothing until one is not.
    PrefixSums(std::size_t days, std::size_t cells) : m_days(days), m_cells(cells) {}

    static std::size_t bytes_for(std::size_t days, std::size_t cells, std::size_t bytes_of_number) {
        return (days / block_days + 1) * cells * sizeof(std::int64_t) + (days + 1) * cells * bytes_of_number;
    }
    std::size_t memory_bytes() const { return m_bases.capacity() * sizeof(std::int64_t) + m_offsets.capacity(); }

    // One cell's values, `stride` apart, day by day.
    void set(std::size_t cell, const std::int64_t* daily, std::size_t stride) {
        std::int64_t sum = 0;
        for (std::size_t day = 0; day <= m_days; ++day) {
            if (day % block_days == 0) put_base(day / block_days * m_cells + cell, sum);
            put(day, cell, m_bases.empty() ? sum : sum - m_bases[day / block_days * m_cells + cell]);
            if (day < m_days) sum += daily[day * stride];
        }
    }

    // Calls visit(cell, sum of days [first, end)) for cells [begin, begin + count); not at all when every sum is 0.
    template <class Visit>
    void each(std::size_t first, std::size_t end, std::size_t begin, std::size_t count, const Visit& visit) const {
        if (m_width == 0) return;
        if (m_width == 2) return each_of<std::int16_t>(first, end, begin, count, visit);
        if (m_width == 4) return each_of<std::int32_t>(first, end, begin, count, visit);
        each_of<std::int64_t>(first, end, begin, count, visit);
    }

  private:
    template <class Number, class Visit>
    void each_of(std::size_t first, std::size_t end, std::size_t begin, std::size_t count, const Visit& visit) const {
        const auto* numbers = reinterpret_cast<const Number*>(m_offsets.data());
        const Number* from = numbers + first * m_cells;
        const Number* until = numbers + end * m_cells;
        const std::int64_t* from_base = m_bases.data() + first / block_days * m_cells;
        const std::int64_t* until_base = m_bases.data() + end / block_days * m_cells;
        for (std::size_t cell = begin; cell < begin + count; ++cell)
            visit(cell, until_base[cell] - from_base[cell] + until[cell] - from[cell]);
    }

    template <class Number>
    static bool holds(std::int64_t value) {
        return value >= std::numeric_limits<Number>::min() && value <= std::numeric_limits<Number>::max();
    }

    template <class Number>
    void write(std::size_t place, std::int64_t value) {
        const auto number = static_cast<Number>(value);
        std::memcpy(m_offsets.data() + place * sizeof number, &number, sizeof number);
    }

    void put_base(std::size_t place, std::int64_t value) {
        if (m_width == 0 && value != 0) widen();
        if (m_width != 0) m_bases[place] = value;
    }

    void put(std::size_t day, std::size_t cell, std::int64_t value) {
        if (m_width == 0 && value == 0) return;
        while (m_width == 0 || (m_width == 2 && !holds<std::int16_t>(value)) ||
               (m_width == 4 && !holds<std::int32_t>(value)))
            widen();
        const std::size_t place = day * m_cells + cell;
        if (m_width == 2)
            write<std::int16_t>(place, value);
        else if (m_width == 4)
            write<std::int32_t>(place, value);
        else
            write<std::int64_t>(place, value);
    }

    void widen() {
        if (m_width == 0) {
            m_width = 2;
            m_bases.resize((m_days / block_days + 1) * m_cells);
            m_offsets.resize((m_days + 1) * m_cells * m_width);
            return;
        }
        std::vector<unsigned char> former(m_offsets.size() * 2);
        former.swap(m_offsets);
        const std::size_t width = m_width;
        m_width *= 2;
        for (std::size_t place = 0; place < former.size() / width; ++place) {
            if (width == 2) {
                std::int16_t value;
                std::memcpy(&value, former.data() + place * width, width);
                write<std::int32_t>(place, value);
            } else {
                std::int32_t value;
                std::memcpy(&value, former.data() + place * width, width);
                write<std::int64_t>(place, value);
            }
        }
    }

    std::size_t m_days = 0, m_cells = 0, m_width = 0;
    std::vector<std::int64_t> m_bases;     // At the start of each block of days.
    std::vector<unsigned char> m_offsets;  // From there, day by day.
};

}  // namespace portal
