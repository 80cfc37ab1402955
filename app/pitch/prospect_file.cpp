#include "app/pitch/prospect_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "app/pitch/prospect_text.hpp"
#include "app/ui/text_field.hpp"
#include "shared/base/limits.hpp"
#include "shared/import/record_reader.hpp"
#include "shared/rules/folded_text.hpp"
#include "shared/rules/what_if.hpp"

namespace portal::pitch {
namespace {

constexpr std::size_t sample_rows_max = 50;
constexpr std::size_t preview_rows_max = 5;
constexpr std::size_t preview_cell_bytes_max = 40, header_bytes_max = 80;
// Of a column's samples that are days or amounts, so that it is taken for one.
constexpr std::size_t likely_percent = 70;
constexpr std::size_t name_bonus_percent = 100;

// Every column under its own number; the names are remembered.
class AnyHeaders final : public import::HeaderMap {
  public:
    explicit AnyHeaders(std::vector<std::string>& names) : m_names(names) { m_names.clear(); }
    Result<int> target_of(std::string_view header) const override {
        m_names.emplace_back(ui::cut_to_bytes(header, header_bytes_max));
        return static_cast<int>(m_names.size()) - 1;
    }
    Status check_complete(const std::vector<int>&) const override { return {}; }
    std::size_t column_count() const override { return m_names.size(); }

  private:
    std::vector<std::string>& m_names;
};

import::SourceText source_of_text(std::string_view text) {
    return import::SourceText(
        [text](char* buffer, std::size_t size) mutable -> Result<std::size_t> {
            const std::size_t count = std::min(size, text.size());
            std::memcpy(buffer, text.data(), count);
            text.remove_prefix(count);
            return count;
        },
        import::LastLine::may_lack_end);
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

// The three numbers of a day as it is written; a time after it does not matter.
std::optional<std::array<int, 3>> parts_of_day(std::string_view text) {
    text = trimmed(text);
    text = text.substr(0, text.find_first_of(" T"));
    std::array<int, 3> parts{};
    for (std::size_t index = 0; index < parts.size(); ++index) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parts[index]);
        const auto digits = static_cast<std::size_t>(end - text.data());
        if (error != std::errc() || digits == 0 || digits > 4 || parts[index] < 0) return std::nullopt;
        text.remove_prefix(digits);
        const bool parted = !text.empty() && (text.front() == '-' || text.front() == '/' || text.front() == '.');
        if (parted != (index < 2)) return std::nullopt;
        if (parted) text.remove_prefix(1);
    }
    return parts;
}

bool has_word(std::string_view header, std::initializer_list<std::string_view> words) {
    const std::string folded = folded_words(header);
    return std::ranges::any_of(words, [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

template <class Fits>
std::size_t percent_that(const std::vector<std::string>& cells, const Fits& fits) {
    const auto filled = std::ranges::count_if(cells, [](const std::string& cell) { return !trimmed(cell).empty(); });
    if (filled == 0) return 0;
    return static_cast<std::size_t>(std::ranges::count_if(cells, fits) * 100 / filled);
}

// How a whole column of days is written: in how many rows it is a day by each order, and the first row that is another
// day by month or by day.
class DayOrders {
  public:
    void add(std::string_view text) {
        const auto count = [&](DayOrder order) {
            const auto day = day_in(text, order);
            m_days[static_cast<std::size_t>(order)] += day ? 1 : 0;
            return day;
        };
        count(DayOrder::year_first);
        const auto by_month = count(DayOrder::month_first), by_day = count(DayOrder::day_first);
        if (!m_either && by_month && by_day && by_month != by_day)
            m_either = {std::string(trimmed(text)), *by_month, *by_day};
    }

    // That of the most rows: one row whose first number is no month tells it for all of them.
    DayOrder likeliest() const { return static_cast<DayOrder>(std::ranges::max_element(m_days) - m_days.begin()); }
    // Where no row tells it.
    std::optional<vm::EitherDay> either() const {
        const auto days = [&](DayOrder order) { return m_days[static_cast<std::size_t>(order)]; };
        const bool is_open =
            likeliest() == DayOrder::month_first && days(DayOrder::month_first) == days(DayOrder::day_first);
        return is_open ? m_either : std::nullopt;
    }

  private:
    std::array<std::size_t, 3> m_days{};
    std::optional<vm::EitherDay> m_either;
};

bool has_comma_decimals(const std::vector<std::string>& cells) {
    const auto ends_with = [&](char mark) {
        return std::ranges::count_if(cells, [&](const std::string& cell) {
            const std::string_view text = trimmed(cell);
            return text.size() > 3 && text[text.size() - 3] == mark;
        });
    };
    return ends_with(',') > ends_with('.');
}

}  // namespace

std::optional<Day> day_in(std::string_view text, DayOrder order) {
    const auto parts = parts_of_day(text);
    if (!parts) return std::nullopt;
    auto [first, second, third] = *parts;
    if (order != DayOrder::year_first) {
        const int year = third < 100 ? 2000 + third : third;
        const bool is_month_first = order == DayOrder::month_first;
        third = is_month_first ? second : first;
        second = is_month_first ? first : second;
        first = year;
    }
    if (first < 2000 || first > 2099 || second < 1 || second > 12 || third < 1 || third > 31) return std::nullopt;
    const Day day = day_from_civil({first, second, third});
    const CivilDate again = civil_from_day(day);
    return again.month == second && again.day == third ? std::optional(day) : std::nullopt;
}

std::optional<std::int64_t> cents_in(std::string_view text, bool has_decimal_comma) {
    text = trimmed(text);
    bool is_negative = false;
    if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
        is_negative = true;
        text = text.substr(1, text.size() - 2);
    }
    if (text.ends_with('-')) {
        is_negative = !is_negative;
        text.remove_suffix(1);
    }
    const char decimal = has_decimal_comma ? ',' : '.', thousands = has_decimal_comma ? '.' : ',';
    std::int64_t cents = 0;
    int decimals = -1, digits = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c >= '0' && c <= '9') {
            if (++digits > 12 || (decimals >= 0 && ++decimals > 2)) return std::nullopt;
            cents = cents * 10 + (c - '0');
        } else if (c == decimal && decimals < 0) {
            decimals = 0;
        } else if ((c == '-' && at == 0) || (c == '-' && at == 1 && text.front() == '$')) {
            is_negative = !is_negative;
        } else if (c != '$' && c != ' ' && !(c == thousands && decimals < 0 && digits > 0)) {
            return std::nullopt;
        }
    }
    if (digits == 0) return std::nullopt;
    for (int missing = std::max(decimals, 0); missing < 2; ++missing)
        cents *= 10;
    return is_negative ? -cents : cents;
}

std::vector<std::string> ProspectFile::Samples::of_column(int column) const {
    std::vector<std::string> cells;
    for (const auto& row : rows)
        cells.push_back(row[static_cast<std::size_t>(column)]);
    return cells;
}

ProspectFile::ProspectFile(std::string name, std::string bytes, bool is_cut) {
    m_part.name = std::move(name);
    if (is_cut || bytes.size() > limits::prospect_file_bytes_max)
        m_part.problem = vm::FileProblem::too_large;
    else if (bytes.empty())
        m_part.problem = vm::FileProblem::empty;
    else if (take_text(std::move(bytes)))
        guess();
}

std::vector<std::string> ProspectFile::traces() const {
    std::vector<std::string> traces;
    if (m_part.name.size() >= limits::trace_bytes_min) traces.push_back(m_part.name);
    std::string_view rest = m_text;
    for (std::size_t lines = 0; lines < limits::trace_lines_max && !rest.empty(); ++lines) {
        std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.size() >= limits::trace_line_bytes_min) traces.emplace_back(line);
    }
    return traces;
}

bool ProspectFile::take_text(std::string bytes) {
    auto text = text_of_bytes(std::move(bytes));
    if (!text) {
        m_part.problem = vm::FileProblem::not_text;
        return false;
    }
    m_text = std::move(*text);
    m_delimiter = delimiter_of(m_text);
    return true;
}

void ProspectFile::guess() {
    const AnyHeaders headers(m_part.columns);
    const auto reader = import::make_csv_reader(source_of_text(m_text), headers, m_delimiter);
    import::Record record;
    while (m_samples.rows.size() < sample_rows_max) {
        const auto more = reader->next(record);
        if (!more) {
            m_part.problem = m_part.columns.empty() && m_text.find(m_delimiter) != std::string::npos &&
                                     reader->source().line_number() == 1
                                 ? vm::FileProblem::too_wide
                                 : vm::FileProblem::broken_line;
            m_part.problem_line = reader->source().line_number();
            return;
        }
        if (!*more) break;
        if (!record.fault.empty()) continue;
        std::vector<std::string> row;
        for (const import::Cell& cell : record.cells)
            row.push_back(cell.text);
        m_samples.rows.push_back(std::move(row));
    }
    if (m_samples.rows.empty()) {
        m_part.problem = vm::FileProblem::no_rows;
        return;
    }
    guess_columns();
    read_rows();
}

void ProspectFile::guess_columns() {
    std::size_t best_day = likely_percent - 1, best_amount = likely_percent - 1;
    for (int column = 0; column < static_cast<int>(m_part.columns.size()); ++column) {
        const std::vector<std::string> cells = m_samples.of_column(column);
        const std::string& header = m_part.columns[static_cast<std::size_t>(column)];
        const std::size_t days =
            percent_that(cells, [](const std::string& cell) { return parts_of_day(cell).has_value(); });
        const bool has_comma = has_comma_decimals(cells);
        const std::size_t amounts =
            percent_that(cells, [&](const std::string& cell) { return cents_in(cell, has_comma).has_value(); });
        const std::size_t day_score = days >= likely_percent && has_word(header, {"date", "day", "fecha", "dia"})
                                          ? days + name_bonus_percent
                                          : days;
        const bool names_amount = has_word(header, {"amount", "total", "production", "charge", "fee", "payment", "paid",
                                                    "importe", "monto", "cobro", "produccion", "pago"});
        const std::size_t amount_score =
            amounts >= likely_percent && names_amount ? amounts + name_bonus_percent : amounts;
        if (day_score > best_day) {
            best_day = day_score;
            m_part.day_column = column;
        }
        // A number of a row or a person is an amount by its looks only.
        const bool is_number_of =
            !names_amount && has_word(header, {"id", "number", "no", "num", "code", "zip", "phone"});
        if (days < likely_percent && !is_number_of && amount_score > best_amount) {
            best_amount = amount_score;
            m_part.amount_column = column;
        }
    }
}

void ProspectFile::choose_columns(int day_column, int amount_column) {
    if (m_part.columns.empty()) return;
    const auto count = static_cast<int>(m_part.columns.size());
    if (day_column != m_part.day_column) m_chosen_order.reset();
    m_part.day_column = std::clamp(day_column, -1, count - 1);
    m_part.amount_column = std::clamp(amount_column, -1, count - 1);
    read_rows();
}

void ProspectFile::choose_day_order(DayOrder order) {
    if (m_part.either_day && order != DayOrder::year_first) m_chosen_order = order;
    read_rows();
}

void ProspectFile::find_day_order() {
    const auto day_at = static_cast<std::size_t>(m_part.day_column);
    const AnyHeaders headers(m_part.columns);
    const auto reader = import::make_csv_reader(source_of_text(m_text), headers, m_delimiter);
    import::Record record;
    DayOrders orders;
    for (std::size_t rows = 0; rows < limits::prospect_rows_max; ++rows) {
        const auto more = reader->next(record);
        if (!more || !*more) break;
        if (record.fault.empty()) orders.add(record.cells[day_at].text);
    }
    m_part.either_day = orders.either();
    m_part.day_order = m_chosen_order.value_or(orders.likeliest());
}

void ProspectFile::read_rows() {
    m_part.problem = vm::FileProblem::none;
    m_part.preview.clear();
    m_part.faults.clear();
    m_part.rows_used = m_part.rows_without_amount = m_part.rows_faulty = 0;
    m_part.production = {};
    m_part.either_day.reset();
    if (m_part.day_column < 0 || m_part.amount_column < 0 || m_part.day_column == m_part.amount_column) {
        m_part.problem = vm::FileProblem::no_columns;
        return;
    }
    const auto day_at = static_cast<std::size_t>(m_part.day_column);
    const auto amount_at = static_cast<std::size_t>(m_part.amount_column);
    find_day_order();
    const bool has_comma = has_comma_decimals(m_samples.of_column(m_part.amount_column));
    const auto note_fault = [this](std::int64_t line, vm::RowProblem problem) {
        ++m_part.rows_faulty;
        if (m_part.faults.size() < limits::prospect_faults_told_max) m_part.faults.push_back({line, problem});
    };
    const AnyHeaders headers(m_part.columns);
    const auto reader = import::make_csv_reader(source_of_text(m_text), headers, m_delimiter);
    import::Record record;
    for (std::size_t rows = 0; rows < limits::prospect_rows_max; ++rows) {
        const auto more = reader->next(record);
        if (!more) {
            m_part.problem = vm::FileProblem::broken_line;
            m_part.problem_line = reader->source().line_number();
            return;
        }
        if (!*more) break;
        if (!record.fault.empty()) {
            note_fault(record.line, vm::RowProblem::cells);
            continue;
        }
        const std::string &day_text = record.cells[day_at].text, &amount_text = record.cells[amount_at].text;
        if (m_part.preview.size() < preview_rows_max)
            m_part.preview.push_back({std::string(ui::cut_to_bytes(day_text, preview_cell_bytes_max)),
                                      std::string(ui::cut_to_bytes(amount_text, preview_cell_bytes_max))});
        const auto day = day_in(day_text, m_part.day_order);
        const auto cents = cents_in(amount_text, has_comma);
        if (!day || !cents) {
            note_fault(record.line, day ? vm::RowProblem::amount : vm::RowProblem::day);
        } else if (*cents <= 0 || *cents > limits::estimate_purchase_cents_max) {
            ++m_part.rows_without_amount;
        } else {
            Production& production = m_part.production;
            production.first_day = m_part.rows_used == 0 ? *day : std::min(production.first_day, *day);
            production.last_day = m_part.rows_used == 0 ? *day : std::max(production.last_day, *day);
            CaseSum& size = production.by_size[size_of_case(*cents)];
            ++size.cases;
            size.cents += *cents;
            ++m_part.rows_used;
        }
    }
    if (m_part.rows_used == 0) m_part.problem = vm::FileProblem::no_rows;
}

}  // namespace portal::pitch
