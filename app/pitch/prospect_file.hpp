// A prospect's payments or production report, read in this page and nowhere else: its text is made UTF-8, its columns
// are guessed, and of its rows only sums by size of case stay. Cells are never evaluated, and no column but the two
// that are chosen is looked at beyond the guess.
//
// Bounds: limits.hpp, `prospect_` and `import_`. Thread: one owner.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/vm/what_if_part.hpp"

namespace portal::pitch {

using vm::DayOrder;

std::optional<Day> day_in(std::string_view text, DayOrder order);
// "$1,234.50", "(12.00)", "1.234,50" with a comma for the decimals; nothing for what is no amount.
std::optional<std::int64_t> cents_in(std::string_view text, bool has_decimal_comma);

class ProspectFile {
  public:
    // `is_cut`: there is more of it than the bytes that may be read.
    ProspectFile(std::string name, std::string bytes, bool is_cut);

    // Of the columns that are chosen now; the guessed ones at first.
    const vm::ProspectFilePart& part() const { return m_part; }
    // Its name and some of its lines, by which it would be known anywhere.
    std::vector<std::string> traces() const;
    // Another column of days forgets which order was chosen.
    void choose_columns(int day_column, int amount_column);
    void choose_day_order(DayOrder order);

  private:
    bool take_text(std::string bytes);
    void guess();
    void guess_columns();
    void find_day_order();
    void read_rows();
    struct Samples {
        std::vector<std::vector<std::string>> rows;
        std::vector<std::string> of_column(int column) const;
    };

    std::string m_text;  // UTF-8.
    char m_delimiter = ',';
    Samples m_samples;
    std::optional<DayOrder> m_chosen_order;
    vm::ProspectFilePart m_part;
};

}  // namespace portal::pitch
