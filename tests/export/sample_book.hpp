// A book with everything that a form has to tell, and with texts that try to be something else.
#pragma once

#include "app/export/book.hpp"

namespace portal::exports::test {

inline Book sample_book() {
    Book book;
    book.title = "Financing";
    book.language = "en";
    book.ribbon = "Demo data";
    book.sentence = "$1,234.50 net from Mar 1, 2026 to Apr 30, 2026.";
    book.as_of_ms = 1'772'627'400'000;  // 2026-03-04T12:30:00Z
    book.about = {{"Places", "Señor \"Ñ\", Dental & <Vet>"}, {"Filters", "=None"}};
    book.figures = {{.name = "Net financed volume",
                     .value = "$1.2K",
                     .note = "",
                     .formula = "Sales minus refunds.",
                     .version = 1,
                     .exact = money_cell(123'450),
                     .numerator = money_cell(123'450),
                     .denominator = {}},
                    {.name = "Approval rate",
                     .value = "-",
                     .note = "No cases",
                     .formula = "Approved / (approved + declined).",
                     .version = 2,
                     .exact = {},
                     .numerator = number_cell(0),
                     .denominator = number_cell(0)}};
    Table periods{.title = "Period: net/gross",
                  .columns = {{"from", "From", CellKind::day},
                              {"net", "Net", CellKind::money},
                              {"sales", "Sales", CellKind::number},
                              {"note", "Note", CellKind::text}},
                  .rows = {{day_cell(20'513), money_cell(123'455), number_cell(12), text_cell("=SUM(A1:A9)")},
                           {day_cell(20'544), money_cell(-5), number_cell(0), text_cell("a,\"b\"\nc")},
                           {day_cell(20'574), Cell{}, number_cell(1), text_cell("<script>")}},
                  .charted = {1}};
    Table plans{.title = "Period: net/gross",
                .columns = {{"plan", "Plan", CellKind::text}, {"share", "Share", CellKind::rate}},
                .rows = {{text_cell("Standard terms"), rate_cell(6'180)}}};
    book.tables = {periods, plans};
    book.charts = {{.title = "How much?",
                    .sentence = book.sentence,
                    .labels = {"Mar", "Apr"},
                    .series = {{"Net", SeriesLook::bars, {123'455, -5}},
                               {"A year before", SeriesLook::dashes, {100'000, 90'000}},
                               {"Target", SeriesLook::marks, {0, 150'000}}},
                    .words = {}},
                   {.title = "What changed?",
                    .sentence = "",
                    .labels = {"A & B", "C"},
                    .series = {{"Change", SeriesLook::bars, {700, -300}}},
                    .words = {"+$7.00", "-$3.00"}}};
    book.about_title = "About this file";
    book.figures_title = "Figures";
    book.figure_columns = {"Figure", "Value", "Numerator", "Denominator", "Definition"};
    return book;
}

}  // namespace portal::exports::test
