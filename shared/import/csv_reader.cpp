#include <utility>

#include "shared/base/limits.hpp"
#include "shared/import/record_reader.hpp"

namespace portal::import {
namespace {

enum class CellState : std::uint8_t { start, plain, quoted, quote_in_quoted };

class CsvReader final : public RecordReader {
  public:
    CsvReader(SourceText source, const HeaderMap& headers, char delimiter)
        : m_source(std::move(source)), m_headers(headers), m_delimiter(delimiter) {}

    const SourceText& source() const override { return m_source; }

    Result<bool> next(Record& record) override {
        if (!m_header_read) PORTAL_TRY(read_header());
        // A line without any cell is no record; exports often end with one.
        do {
            PORTAL_TRY_ASSIGN(more, read_cells());
            if (!more) return false;
        } while (m_count == 1 && m_cells[0].text.empty() && !m_quoted_any);
        place_cells(record);
        return true;
    }

  private:
    Status read_header() {
        m_header_read = true;
        PORTAL_TRY_ASSIGN(found, read_cells());
        if (!found) return fail(ErrorCode::invalid_argument, "line 1, column 1: the file has no header line");
        if (m_count > limits::import_columns_max)
            return fail(ErrorCode::invalid_argument,
                        "line 1: more than " + std::to_string(limits::import_columns_max) + " columns");
        PORTAL_TRY(check_delimiter());
        for (std::size_t index = 0; index < m_count; ++index) {
            const auto target = m_headers.target_of(m_cells[index].text);
            if (!target)
                return fail(target.error().code, place_text(1, m_cells[index].column) + target.error().message);
            for (const int former : m_targets)
                if (*target >= 0 && former == *target)
                    return fail(ErrorCode::invalid_argument, place_text(1, m_cells[index].column) + "column '" +
                                                                 m_cells[index].text + "' is given twice");
            m_targets.push_back(*target);
        }
        return m_headers.check_complete(m_targets);
    }

    Status check_delimiter() const {
        if (m_count != 1) return {};
        for (const char other : {';', '\t', '|', ','})
            if (other != m_delimiter && m_cells[0].text.find(other) != std::string::npos)
                return fail(ErrorCode::invalid_argument,
                            std::string("line 1, column 1: cells seem to be separated by '") +
                                (other == '\t' ? "tab" : std::string(1, other)) + "'; pass --delimiter");
        return {};
    }

    void start_cell(std::int64_t column) {
        if (m_count == m_cells.size()) m_cells.emplace_back();
        Cell& cell = m_cells[m_count++];
        cell.text.clear();
        cell.line = m_source.line_number();
        cell.column = column;
        cell.presence = Cell::Presence::given;
    }

    // Reads one record, which may span lines while a quote is open.
    Result<bool> read_cells() {
        m_count = 0;
        m_quoted_any = false;
        std::string_view line;
        PORTAL_TRY_ASSIGN(found, m_source.next(line));
        if (!found) return false;
        m_record_line = m_source.line_number();
        std::size_t record_bytes = line.size();
        m_state = CellState::start;
        start_cell(1);
        PORTAL_TRY(read_line(line));
        while (m_state == CellState::quoted) {
            const Cell& open = m_cells[m_count - 1];
            const auto more = m_source.next(line);
            if (!more) return fail(more.error());
            if (!*more)
                return fail(ErrorCode::invalid_argument,
                            place_text(open.line, open.column) +
                                "a quote is opened here and never closed: the file was cut off, or "
                                "a quote inside a "
                                "cell is not doubled");
            record_bytes += line.size() + 1;
            if (record_bytes > limits::import_line_bytes_max)
                return fail(ErrorCode::invalid_argument,
                            place_text(open.line, open.column) + "a quote is opened here and the record grows past " +
                                std::to_string(limits::import_line_bytes_max) + " bytes; is a closing quote missing?");
            m_cells[m_count - 1].text.push_back('\n');
            PORTAL_TRY(read_line(line));
        }
        return true;
    }

    Status read_line(std::string_view line) {
        for (std::size_t at = 0; at < line.size(); ++at) {
            const char byte = line[at];
            Cell& cell = m_cells[m_count - 1];
            switch (m_state) {
                case CellState::start:
                case CellState::plain:
                    if (byte == m_delimiter) {
                        start_cell(static_cast<std::int64_t>(at) + 2);
                        m_state = CellState::start;
                    } else if (byte != '"') {
                        at = take_plain(line, at, cell);
                    } else if (m_state == CellState::start) {
                        m_state = CellState::quoted;
                        m_quoted_any = true;
                    } else {
                        return stray_quote(at,
                                           "a quote inside a cell that is not quoted; quote the cell and double "
                                           "the quotes in it");
                    }
                    break;
                case CellState::quoted:
                    if (byte == '"')
                        m_state = CellState::quote_in_quoted;
                    else
                        cell.text.push_back(byte);
                    break;
                case CellState::quote_in_quoted:
                    if (byte == '"') {
                        cell.text.push_back('"');
                        m_state = CellState::quoted;
                    } else if (byte == m_delimiter) {
                        start_cell(static_cast<std::int64_t>(at) + 2);
                        m_state = CellState::start;
                    } else {
                        return stray_quote(at, "text after a closing quote; double the quotes inside the cell");
                    }
                    break;
            }
        }
        return {};
    }

    // Takes bytes up to the next delimiter or quote; returns the place of the last one taken.
    std::size_t take_plain(std::string_view line, std::size_t at, Cell& cell) {
        std::size_t end = at;
        while (end < line.size() && line[end] != m_delimiter && line[end] != '"')
            ++end;
        cell.text.append(line.substr(at, end - at));
        m_state = CellState::plain;
        return end - 1;
    }

    Status stray_quote(std::size_t at, const char* what) const {
        return fail(ErrorCode::invalid_argument,
                    place_text(m_source.line_number(), static_cast<std::int64_t>(at) + 1) + what);
    }

    void place_cells(Record& record) {
        record.line = m_record_line;
        record.fault.clear();
        record.cells.resize(m_headers.column_count());
        for (Cell& cell : record.cells)
            cell.presence = Cell::Presence::absent;
        if (m_count != m_targets.size()) {
            record.fault =
                "the row has " + std::to_string(m_count) + " cells but the header " + std::to_string(m_targets.size());
            record.fault_column = m_cells[m_count - 1].column;
            return;
        }
        for (std::size_t index = 0; index < m_count; ++index)
            if (m_targets[index] >= 0)
                std::swap(record.cells[static_cast<std::size_t>(m_targets[index])], m_cells[index]);
    }

    SourceText m_source;
    const HeaderMap& m_headers;
    const char m_delimiter;
    bool m_header_read = false;
    bool m_quoted_any = false;
    CellState m_state = CellState::start;
    std::int64_t m_record_line = 0;
    std::vector<int> m_targets;
    // Cells keep their memory from record to record; m_count of them are of this one.
    std::vector<Cell> m_cells;
    std::size_t m_count = 0;
};

}  // namespace

std::unique_ptr<RecordReader> make_csv_reader(SourceText source, const HeaderMap& headers, char delimiter) {
    return std::make_unique<CsvReader>(std::move(source), headers, delimiter);
}

}  // namespace portal::import
