// How a foreign file's headers become our columns. The mapping file is JSON:
//   {"columns": {"Merchant No": "location", "Amt": "settled_cents"}, "ignore": ["Clerk"],
//    "constants": {"channel": "in_office"}, "dollars": ["settled_cents"], "dates":
//    "month/day/year"}
// "dollars" columns hold amounts such as 1,234.50; "dates" is "iso" (the default), "month/day/year"
// or "day/month/year".
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/import/kinds.hpp"
#include "shared/import/record_reader.hpp"

namespace portal::import {

enum class DateOrder : std::uint8_t { iso, month_day_year, day_month_year };

class Mapping final : public HeaderMap {
  public:
    // The kind's own headers, nothing else.
    explicit Mapping(const ImportKind& kind) : m_kind(&kind) {}
    static Result<Mapping> parse(const ImportKind& kind, std::string_view json);

    Result<int> target_of(std::string_view header) const override;
    Status check_complete(const std::vector<int>& targets) const override;
    std::size_t column_count() const override { return m_kind->columns.size(); }

    const ImportKind& kind() const { return *m_kind; }
    DateOrder date_order() const { return m_date_order; }
    bool in_dollars(std::string_view column) const { return m_dollars.contains(std::string(column)); }
    // Null when the column has no constant.
    const std::string* constant_of(std::string_view column) const;

  private:
    Status check_column(std::string_view member, const std::string& column) const;

    const ImportKind* m_kind;
    std::map<std::string, std::string> m_columns;
    std::set<std::string> m_ignored;
    std::map<std::string, std::string> m_constants;
    std::set<std::string> m_dollars;
    DateOrder m_date_order = DateOrder::iso;
};

}  // namespace portal::import
