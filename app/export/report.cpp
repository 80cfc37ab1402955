#include "app/export/report.hpp"

#include "app/export/csv.hpp"
#include "app/export/report_charts.hpp"

namespace portal::exports {
namespace {

// The light theme's colours on paper: they read in grey as well.
constexpr std::string_view report_style = R"(
:root { color: #17202B; background: #FFFFFF; font: 14px/1.5 "IBM Plex Sans", "Segoe UI", system-ui, sans-serif; }
body { max-width: 960px; margin: 0 auto; padding: 24px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 18px; margin: 32px 0 4px; }
p { margin: 0 0 8px; }
.muted, figcaption, small { color: #525E6C; }
.ribbon { display: inline-block; padding: 2px 10px; margin-bottom: 12px; border-radius: 12px; background: #FFF1D6; color: #824E00; font-weight: 600; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 12px; padding: 0; margin: 20px 0; list-style: none; }
.figures li { border: 1px solid #D5DBE3; border-radius: 12px; padding: 12px 16px; break-inside: avoid; }
.figures strong { display: block; font-size: 24px; line-height: 1.3; font-variant-numeric: tabular-nums; }
.figures small { display: block; font-size: 12px; }
figure { margin: 0; break-inside: avoid; }
svg { display: block; width: 100%; height: auto; font-size: 12px; fill: #17202B; }
svg .bar { fill: #087161; } svg .fall { fill: #A93900; }
svg .grid { stroke: #D5DBE3; } svg .zero { stroke: #525E6C; }
svg .mark { stroke: #17202B; stroke-width: 2; }
svg .dashes { fill: none; stroke: #2E3883; stroke-width: 2; stroke-dasharray: 6 4; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 4px 10px 4px 0; border-bottom: 1px solid #D5DBE3; vertical-align: top; }
th.number, td.number { text-align: right; white-space: nowrap; }
thead { display: table-header-group; } tr { break-inside: avoid; }
td.day { white-space: nowrap; }
td.digest { overflow-wrap: anywhere; }
@page { size: A4; margin: 16mm; }
@media print { body { max-width: none; padding: 0; } h2 { break-after: avoid; } .scroll { overflow: visible; } :root { font-size: 11px; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
)";

std::string cell_words(const Cell& cell, const vm::Format& format) {
    switch (cell.kind) {
        case CellKind::none:
            return "-";
        case CellKind::text:
            return cell.text;
        case CellKind::number:
            return format.number(cell.number);
        case CellKind::money:
            return format.money_exact(cell.number);
        case CellKind::rate:
            return format.percent(cell.number);
        case CellKind::day:
            break;
    }
    return format.day(static_cast<Day>(cell.number));
}

bool is_numeric(CellKind kind) {
    return kind == CellKind::number || kind == CellKind::money || kind == CellKind::rate;
}

std::string tagged(std::string_view tag, std::string_view text) {
    return "<" + std::string(tag) + ">" + html_text(text) + "</" + std::string(tag) + ">";
}

std::string table_cell(const char* tag, bool numeric, std::string_view words) {
    return std::string("<") + tag + (numeric ? " class=\"number\">" : ">") + html_text(words) + "</" + tag + ">";
}

std::string table_html(const Table& table, const vm::Format& format) {
    std::string html = tagged("h2", table.title) + "\n<div class=\"scroll\"><table><thead><tr>";
    for (const Column& column : table.columns)
        html += table_cell("th", is_numeric(column.kind), column.title);
    html += "</tr></thead><tbody>\n";
    for (const auto& row : table.rows) {
        html += "<tr>";
        for (std::size_t index = 0; index < row.size(); ++index)
            html += row[index].kind == CellKind::day
                        ? "<td class=\"day\">" + html_text(cell_words(row[index], format)) + "</td>"
                        : table_cell("td", is_numeric(table.columns[index].kind), cell_words(row[index], format));
        html += "</tr>\n";
    }
    return html + "</tbody></table></div>\n";
}

std::string page_begin(const Book& book, std::string_view more_style) {
    const std::string title = book.title + (book.ribbon.empty() ? "" : " (" + book.ribbon + ")");
    std::string html = "<!doctype html>\n<html lang=\"" + html_text(book.language) + "\">\n<head>\n";
    html += "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n";
    return html + tagged("title", title) + "\n<style>" + std::string(report_style) + std::string(more_style) +
           "</style>\n</head>\n<body>\n";
}

std::string head_html(const Book& book, const vm::Format& format) {
    // Whoever opens the file does so on another day: no "today".
    const std::string as_of = format.day(format.local_day(book.as_of_ms)) + ", " + format.time(book.as_of_ms);
    std::string html = "<header>\n";
    if (!book.ribbon.empty()) html += "<span class=\"ribbon\">" + html_text(book.ribbon) + "</span>\n";
    html += tagged("h1", book.title) + "\n";
    if (!book.sentence.empty()) html += tagged("p", book.sentence) + "\n";
    html += "<p class=\"muted\">" + html_text(book.about.front().value) + ". " +
            html_text(format.say(vm::Word::as_of, {as_of})) + "</p>\n</header>\n";
    return html;
}

std::string figures_html(const Book& book) {
    if (book.figures.empty()) return {};
    std::string html = "<ul class=\"figures\">\n";
    for (const FigureLine& figure : book.figures) {
        html += "<li><span class=\"muted\">" + html_text(figure.name) + "</span>" + tagged("strong", figure.value);
        if (!figure.note.empty()) html += tagged("small", figure.note);
        html += "</li>\n";
    }
    return html + "</ul>\n";
}

std::string charts_html(const Book& book, const vm::Format& format) {
    std::string html;
    for (const Chart& chart : book.charts) {
        if (chart.labels.empty()) continue;
        html += "<figure>" + tagged("h2", chart.title);
        if (!chart.sentence.empty()) html += "<figcaption>" + html_text(chart.sentence) + "</figcaption>";
        html += "\n" + chart_svg(chart, format) + "</figure>\n";
    }
    return html;
}

// Each figure exactly, with what it is made of and the definition.
std::string definitions_html(const Book& book, const vm::Format& format) {
    if (book.figures.empty()) return {};
    std::string html = tagged("h2", book.figures_title) + "\n<div class=\"scroll\"><table><thead><tr>";
    for (std::size_t index = 0; index < book.figure_columns.size(); ++index)
        html += table_cell("th", index >= 1 && index <= 3, book.figure_columns[index]);
    html += "</tr></thead><tbody>\n";
    for (const FigureLine& figure : book.figures) {
        html += "<tr>" + tagged("td", figure.name);
        for (const Cell* cell : {&figure.exact, &figure.numerator, &figure.denominator})
            html += table_cell("td", true, cell_words(*cell, format));
        html += tagged("td", figure.formula + " (" + std::to_string(figure.version) + ")") + "</tr>\n";
    }
    return html + "</tbody></table></div>\n";
}

std::string about_html(const Book& book) {
    std::string html = tagged("h2", book.about_title) + "\n<table><tbody>\n";
    for (const Statement& statement : book.about)
        html += "<tr><th scope=\"row\">" + html_text(statement.label) + "</th><td class=\"digest\">" +
                html_text(statement.value) + "</td></tr>\n";
    return html + "</tbody></table>\n";
}

std::string body_html(const Book& book, const vm::Format& format) {
    std::string html = figures_html(book) + charts_html(book, format);
    for (const Table& table : book.tables)
        html += table_html(table, format);
    return html + definitions_html(book, format) + about_html(book);
}

}  // namespace

std::string html_text(std::string_view text) {
    std::string html;
    for (const char letter : text) {
        switch (letter) {
            case '&':
                html += "&amp;";
                break;
            case '<':
                html += "&lt;";
                break;
            case '>':
                html += "&gt;";
                break;
            case '"':
                html += "&quot;";
                break;
            default:
                html += letter;
        }
    }
    return html;
}

std::string report_of(const Book& book, const vm::Format& format) {
    return page_begin(book, {}) + head_html(book, format) + "<main>\n" + body_html(book, format) +
           "</main>\n</body>\n</html>\n";
}

std::string report_of(std::span<const Book> books, const vm::Format& format) {
    std::string html =
        page_begin(books.front(), "section + section { break-before: page; margin-top: 48px; }\n") + "<main>\n";
    for (const Book& book : books)
        html += "<section>\n" + head_html(book, format) + body_html(book, format) + "</section>\n";
    return html + "</main>\n</body>\n</html>\n";
}

}  // namespace portal::exports
