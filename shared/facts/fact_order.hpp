// Rows in the orders that lists are shown in: a permutation of all rows for each order that was asked for, kept until
// the table changes, so that a page in the middle is found without sorting. Internal to shared/facts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/facts/fact_question.hpp"
#include "shared/facts/fact_table.hpp"

namespace portal {

class Selection;

class FactOrders {
  public:
    void clear() {
        m_orders.clear();
        m_listed.reset();
    }
    std::size_t memory_bytes() const;

    // The refreshed state's rows of the selection, in that order: how many, and those of one page.
    struct Page {
        std::int64_t total = 0;
        std::vector<std::uint32_t> rows;
    };
    Page page(const FactTable::State& state, const Selection& selection, FactOrder order, std::size_t offset,
              std::size_t count);

    // FactTable::window()'s rows.
    Page window(const FactTable::State& state, const FactFilter& filter, std::string_view reference, FactOrder order,
                std::size_t offset, std::size_t count);

    // window()'s rows in any order; those of the list that is looked through need not be looked for again.
    std::vector<std::uint32_t> selected(const FactTable::State& state, const FactFilter& filter,
                                        std::string_view reference) const;

  private:
    struct Sorted {
        FactOrder order;
        std::vector<std::uint32_t> rows;  // All live rows; ties in no order.
    };
    const std::vector<std::uint32_t>& sorted(const FactTable::State& state, FactOrder order);

    // A list that somebody looks through.
    struct Listed {
        FactFilter filter;
        std::string reference;
        FactOrder order;
        std::vector<std::uint32_t> rows;  // Ties in no order.
    };
    const Listed& listed(const FactTable::State& state, const FactFilter& filter, std::string_view reference,
                         FactOrder order);

    std::vector<Sorted> m_orders;  // The last one was asked for last.
    std::optional<Listed> m_listed;
};

}  // namespace portal
