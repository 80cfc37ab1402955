#include "app/workbook/workbook.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace portal::workbook {

using exports::Cell;
using exports::CellKind;

namespace {

// Excel counts days from the last one of 1899.
constexpr double excel_day_of_epoch = 25'569;
constexpr std::size_t sheet_name_letters_max = 31;
constexpr double text_column_width = 28, number_column_width = 15, sentence_width = 90;
constexpr lxw_col_t chart_gap_columns = 1;

class Workbook {
  public:
    explicit Workbook(const exports::Book& book) : m_book(book) {
        lxw_workbook_options options{};
        options.output_buffer = &m_buffer;
        options.output_buffer_size = &m_buffer_size;
        m_workbook = workbook_new_opt(nullptr, &options);
    }
    ~Workbook() { std::free(const_cast<char*>(m_buffer)); }
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;

    Result<std::string> write() {
        if (!m_workbook) return fail(ErrorCode::resource_exhausted, "There is no memory left for a workbook.");
        make_formats();
        lxw_doc_properties properties{};
        properties.title = m_book.title.c_str();
        properties.comments = m_book.ribbon.c_str();
        // Zero would be taken for "now".
        properties.created = static_cast<time_t>(std::max<InstantMs>(1, m_book.as_of_ms / 1000));
        workbook_set_properties(m_workbook, &properties);
        for (const exports::Table& table : m_book.tables)
            add_table(table);
        if (!m_book.figures.empty()) add_figures();
        add_about();
        const lxw_error error = workbook_close(m_workbook);
        if (error != LXW_NO_ERROR) return fail(ErrorCode::resource_exhausted, lxw_strerror(error));
        return std::string(m_buffer, m_buffer_size);
    }

  private:
    void make_formats() {
        m_head = workbook_add_format(m_workbook);
        format_set_bold(m_head);
        format_set_bottom(m_head, LXW_BORDER_THIN);
        m_title = workbook_add_format(m_workbook);
        format_set_bold(m_title);
        format_set_font_size(m_title, 16);
        m_wrapped = workbook_add_format(m_workbook);
        format_set_text_wrap(m_wrapped);
        format_set_align(m_wrapped, LXW_ALIGN_VERTICAL_TOP);
        m_money = number_format("#,##0.00");
        m_number = number_format("#,##0");
        m_rate = number_format("0.0%");
        m_day = number_format("yyyy-mm-dd");
    }
    lxw_format* number_format(const char* pattern) {
        lxw_format* format = workbook_add_format(m_workbook);
        format_set_num_format(format, pattern);
        return format;
    }

    // A name that Excel takes, unlike those of the other sheets.
    std::string sheet_name(std::string_view title) {
        std::string name;
        std::size_t letters = 0;
        for (const char letter : title) {
            const bool begins_letter = (static_cast<unsigned char>(letter) & 0xc0) != 0x80;
            // Two more make names different.
            if (begins_letter && ++letters > sheet_name_letters_max - 2) break;
            name += std::string_view("[]:*?/\\'").find(letter) == std::string_view::npos ? letter : ' ';
        }
        if (name.empty()) name = "-";
        while (workbook_validate_sheet_name(m_workbook, name.c_str()) != LXW_NO_ERROR && m_names_made < 9)
            name += std::to_string(++m_names_made);
        return name;
    }

    void put(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Cell& cell) const {
        switch (cell.kind) {
            case CellKind::none:
                return;
            case CellKind::text:
                worksheet_write_string(sheet, row, column, cell.text.c_str(), nullptr);
                return;
            case CellKind::number:
                worksheet_write_number(sheet, row, column, static_cast<double>(cell.number), m_number);
                return;
            case CellKind::money:
                worksheet_write_number(sheet, row, column, static_cast<double>(cell.number) / 100, m_money);
                return;
            case CellKind::rate:
                worksheet_write_number(sheet, row, column, static_cast<double>(cell.number) / 10'000, m_rate);
                return;
            case CellKind::day:
                worksheet_write_number(sheet, row, column, static_cast<double>(cell.number) + excel_day_of_epoch,
                                       m_day);
                return;
        }
    }

    void add_table(const exports::Table& table) {
        const std::string name = sheet_name(table.title);
        lxw_worksheet* sheet = workbook_add_worksheet(m_workbook, name.c_str());
        for (std::size_t index = 0; index < table.columns.size(); ++index) {
            const auto column = static_cast<lxw_col_t>(index);
            worksheet_write_string(sheet, 0, column, table.columns[index].title.c_str(), m_head);
            const bool is_text = table.columns[index].kind == CellKind::text;
            worksheet_set_column(sheet, column, column, is_text ? text_column_width : number_column_width, nullptr);
        }
        for (std::size_t row = 0; row < table.rows.size(); ++row)
            for (std::size_t index = 0; index < table.rows[row].size(); ++index)
                put(sheet, static_cast<lxw_row_t>(row + 1), static_cast<lxw_col_t>(index), table.rows[row][index]);
        worksheet_freeze_panes(sheet, 1, 0);
        worksheet_repeat_rows(sheet, 0, 0);
        worksheet_set_landscape(sheet);
        worksheet_fit_to_pages(sheet, 1, 0);
        if (!table.rows.empty() && !table.charted.empty()) draw_beside(sheet, name, table);
    }

    // Excel's own chart, which follows the cells.
    void draw_beside(lxw_worksheet* sheet, const std::string& name, const exports::Table& table) {
        lxw_chart* chart = workbook_add_chart(m_workbook, LXW_CHART_COLUMN);
        const auto last = static_cast<lxw_row_t>(table.rows.size());
        for (const std::uint32_t column : table.charted) {
            lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
            chart_series_set_categories(series, name.c_str(), 1, 0, last, 0);
            chart_series_set_values(series, name.c_str(), 1, static_cast<lxw_col_t>(column), last,
                                    static_cast<lxw_col_t>(column));
            chart_series_set_name(series, table.columns[column].title.c_str());
        }
        const std::string& sentence = m_book.sentence;
        chart_title_set_name(chart, table.columns[table.charted.front()].title.c_str());
        chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
        lxw_chart_options options{};
        options.x_scale = options.y_scale = 1.4;
        options.description = sentence.c_str();
        worksheet_insert_chart_opt(sheet, 1, static_cast<lxw_col_t>(table.columns.size() + chart_gap_columns), chart,
                                   &options);
    }

    void add_figures() {
        lxw_worksheet* sheet = workbook_add_worksheet(m_workbook, sheet_name(m_book.figures_title).c_str());
        for (std::size_t index = 0; index < m_book.figure_columns.size(); ++index)
            worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(index), m_book.figure_columns[index].c_str(),
                                   m_head);
        worksheet_set_column(sheet, 0, 0, text_column_width, nullptr);
        worksheet_set_column(sheet, 1, 3, number_column_width, nullptr);
        worksheet_set_column(sheet, 4, 4, sentence_width, nullptr);
        lxw_row_t row = 0;
        for (const exports::FigureLine& figure : m_book.figures) {
            ++row;
            worksheet_write_string(sheet, row, 0, figure.name.c_str(), nullptr);
            put(sheet, row, 1, figure.exact.kind == CellKind::none ? exports::text_cell("-") : figure.exact);
            put(sheet, row, 2, figure.numerator);
            put(sheet, row, 3, figure.denominator);
            const std::string definition = figure.formula + " (" + std::to_string(figure.version) + ")";
            worksheet_write_string(sheet, row, 4, definition.c_str(), m_wrapped);
        }
        worksheet_freeze_panes(sheet, 1, 0);
        worksheet_set_landscape(sheet);
        worksheet_fit_to_pages(sheet, 1, 0);
    }

    void add_about() {
        lxw_worksheet* sheet = workbook_add_worksheet(m_workbook, sheet_name(m_book.about_title).c_str());
        worksheet_set_column(sheet, 0, 0, text_column_width, nullptr);
        worksheet_set_column(sheet, 1, 1, sentence_width, nullptr);
        lxw_row_t row = 0;
        worksheet_write_string(sheet, row, 0, m_book.title.c_str(), m_title);
        worksheet_write_string(sheet, row++, 1, m_book.ribbon.c_str(), m_title);
        if (!m_book.sentence.empty()) worksheet_write_string(sheet, row++, 1, m_book.sentence.c_str(), m_wrapped);
        for (const exports::Statement& statement : m_book.about) {
            worksheet_write_string(sheet, row, 0, statement.label.c_str(), nullptr);
            worksheet_write_string(sheet, row++, 1, statement.value.c_str(), m_wrapped);
        }
    }

    const exports::Book& m_book;
    lxw_workbook* m_workbook = nullptr;
    const char* m_buffer = nullptr;
    std::size_t m_buffer_size = 0;
    int m_names_made = 0;
    lxw_format *m_head = nullptr, *m_title = nullptr, *m_wrapped = nullptr, *m_money = nullptr, *m_number = nullptr,
               *m_rate = nullptr, *m_day = nullptr;
};

}  // namespace

Result<std::string> workbook_of(const exports::Book& book) {
    return Workbook(book).write();
}

}  // namespace portal::workbook
