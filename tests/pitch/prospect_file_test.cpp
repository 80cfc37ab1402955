#include "app/pitch/prospect_file.hpp"

#include <catch2/catch_test_macros.hpp>

#include "app/pitch/prospect_text.hpp"
#include "shared/base/limits.hpp"
#include "shared/base/random.hpp"

namespace portal::pitch {
namespace {

using vm::FileProblem;
using vm::RowProblem;

ProspectFile prospect(std::string text) {
    return ProspectFile("report.csv", std::move(text), false);
}

std::string report_of(int rows) {
    std::string text = "date,amount\n";
    for (int row = 0; row < rows; ++row)
        text += "2026-03-" + std::to_string(10 + row % 20) + "," + std::to_string(300 + row) + ".00\n";
    return text;
}

}  // namespace

TEST_CASE("Days and amounts are read as offices write them", "[pitch]") {
    const Day fourth_of_march = day_from_civil({2026, 3, 4});
    CHECK(day_in("2026-03-04", DayOrder::year_first) == fourth_of_march);
    CHECK(day_in(" 2026-03-04T09:12:00", DayOrder::year_first) == fourth_of_march);
    CHECK(day_in("3/4/2026 9:12 AM", DayOrder::month_first) == fourth_of_march);
    CHECK(day_in("03/04/26", DayOrder::month_first) == fourth_of_march);
    CHECK(day_in("04.03.2026", DayOrder::day_first) == fourth_of_march);
    for (const char* wrong : {"", "today", "2026-02-30", "2026-13-01", "13/13/2026", "1999-01-01", "2026-03",
                              "2026-03-04-05", "20260304", "99999999999-1-1", "-1-2-3"}) {
        INFO(wrong);
        CHECK_FALSE(day_in(wrong, DayOrder::year_first));
    }
    struct Case {
        const char* text;
        bool comma;
        std::optional<std::int64_t> cents;
    };
    const Case cases[] = {{"1234.5", false, 123'450},
                          {"$1,234.50", false, 123'450},
                          {"1.234,50", true, 123'450},
                          {"(12.00)", false, -1'200},
                          {"-$3", false, -300},
                          {"12.00-", false, -1'200},
                          {" 7 ", false, 700},
                          {"$-7.00", false, -700},
                          {"0", false, 0},
                          {"", false, {}},
                          {"free", false, {}},
                          {"=1+1", false, {}},
                          {"12e9", false, {}},
                          {"1.2.3", false, {}},
                          {"1.234", false, {}},
                          {"9999999999999", false, {}},
                          {"NaN", false, {}},
                          {"()", false, {}},
                          {"@SUM(A1)", false, {}},
                          {"$", false, {}},
                          {",5", false, {}}};
    for (const Case& one : cases) {
        INFO(one.text);
        CHECK(cents_in(one.text, one.comma) == one.cents);
    }
}

TEST_CASE("Encoding and delimiter are guessed", "[pitch]") {
    CHECK(text_of_bytes("a,b") == "a,b");
    CHECK(text_of_bytes("Cl\xEDnica") == "Clínica");
    CHECK(text_of_bytes("Clínica") == "Clínica");
    CHECK(text_of_bytes(std::string("\xFF\xFE"
                                    "d\0\xED\0",
                                    6)) == "dí");
    CHECK(text_of_bytes(std::string("\xFE\xFF"
                                    "\0d\0\xED",
                                    6)) == "dí");
    for (const std::string& binary : {std::string("PK\x03\x04"), std::string("%PDF-1.7"), std::string("a\0b", 3)})
        CHECK_FALSE(text_of_bytes(binary));
    CHECK(delimiter_of("a;b;c\n1,5;2;3\n4,5;5;6\n") == ';');
    CHECK(delimiter_of("a\tb\n\"1,2,3\"\t2\n") == '\t');
    CHECK(delimiter_of("a,b\n\"1;2\n;3\",2\n") == ',');
    CHECK(delimiter_of("") == ',');
}

TEST_CASE("Columns are guessed by what they hold and what they are called, and may be chosen", "[pitch]") {
    ProspectFile file = prospect(
        "Patient ID,Posted,Birth,Charge,Tax\n"
        "1001,2026-03-01,1980-01-01,500.00,5.00\n"
        "1002,2026-04-02,1981-01-01,700.00,7.00\n");
    CHECK(file.part().problem == FileProblem::none);
    CHECK(file.part().columns.size() == 5);
    CHECK(file.part().day_column == 1);
    CHECK(file.part().amount_column == 3);
    CHECK(file.part().production.total() == CaseSum{2, 1'200'00});
    file.choose_columns(1, 4);
    CHECK(file.part().production.total() == CaseSum{2, 12'00});
    file.choose_columns(1, 1);
    CHECK(file.part().problem == FileProblem::no_columns);
    file.choose_columns(-7, 99);
    CHECK(file.part().problem == FileProblem::no_columns);
    file.choose_columns(1, 3);
    CHECK(file.part().production.total().cases == 2);
}

TEST_CASE("The order of days is that of most rows, however wrong some are", "[pitch]") {
    CHECK(prospect("date,amount\n2026-13-40,1.00\n2026-03-01,400.00\n2026-03-02,400.00\n").part().rows_used == 2);
    const ProspectFile day_first = prospect("date,amount\n01.02.2026,400.00\n13.02.2026,400.00\n40.40.2026,1.00\n");
    CHECK(day_first.part().production.first_day == day_from_civil({2026, 2, 1}));
    CHECK(day_first.part().rows_faulty == 1);
}

TEST_CASE("The whole column tells whether the month or the day is first, beyond the first rows too", "[pitch]") {
    std::string rows = "date,amount\n";
    for (int row = 0; row < 200; ++row)
        rows += "0" + std::to_string(1 + row % 9) + "/04/2026,400.00\n";
    CHECK(prospect(rows).part().either_day.has_value());
    struct Case {
        const char* last;
        DayOrder order;
        CivilDate first_day;
    };
    for (const Case& one : {Case{"13/04/2026", DayOrder::day_first, {2026, 4, 1}},
                            Case{"04/13/2026", DayOrder::month_first, {2026, 1, 4}}}) {
        INFO(one.last);
        const ProspectFile file = prospect(rows + one.last + ",400.00\n");
        CHECK(file.part().day_order == one.order);
        CHECK_FALSE(file.part().either_day);
        CHECK(file.part().production.first_day == day_from_civil(one.first_day));
        CHECK(file.part().rows_used == 201);
    }
    // The same day either way, and one with the year first, leave nothing open.
    CHECK_FALSE(prospect("date,amount\n03/03/2026,400.00\n").part().either_day);
    CHECK_FALSE(prospect("date,amount\n2026-03-04,400.00\n").part().either_day);
}

TEST_CASE("Where no row tells the order of month and day, it is asked and may be chosen", "[pitch]") {
    ProspectFile file =
        prospect("date,sent,amount\n 03/04/2026 9:12,2026-01-01,400.00\n05/05/2026,2026-01-02,400.00\n");
    REQUIRE(file.part().either_day);
    CHECK(file.part().either_day->text == "03/04/2026 9:12");
    CHECK(file.part().either_day->by_month_first == day_from_civil({2026, 3, 4}));
    CHECK(file.part().either_day->by_day_first == day_from_civil({2026, 4, 3}));
    CHECK(file.part().day_order == DayOrder::month_first);
    CHECK(file.part().production.first_day == day_from_civil({2026, 3, 4}));
    file.choose_day_order(DayOrder::day_first);
    CHECK(file.part().production.first_day == day_from_civil({2026, 4, 3}));
    // Still open to another choice, which another amount leaves and another column of days does not.
    CHECK(file.part().either_day);
    file.choose_columns(0, 2);
    CHECK(file.part().day_order == DayOrder::day_first);
    file.choose_day_order(DayOrder::year_first);
    CHECK(file.part().day_order == DayOrder::day_first);
    file.choose_columns(1, 2);
    CHECK_FALSE(file.part().either_day);
    file.choose_day_order(DayOrder::day_first);
    CHECK(file.part().rows_used == 2);
    file.choose_columns(0, 2);
    CHECK(file.part().day_order == DayOrder::month_first);
}

TEST_CASE("What cannot be read says why, and where", "[pitch]") {
    CHECK(prospect("").part().problem == FileProblem::empty);
    CHECK(ProspectFile("x", "date,amount\n", true).part().problem == FileProblem::too_large);
    CHECK(prospect("PK\x03\x04rest").part().problem == FileProblem::not_text);
    CHECK(prospect("date,amount\n").part().problem == FileProblem::no_rows);
    CHECK(prospect("name,city\nAda,Reno\nBo,Elko\n").part().problem == FileProblem::no_columns);
    const ProspectFile broken = prospect(report_of(60) + "2026-03-01,\"400.00\n");
    CHECK(broken.part().problem == FileProblem::broken_line);
    CHECK(broken.part().problem_line == 62);
    std::string wide = "date";
    for (int column = 0; column < 1'000'000; ++column)
        wide += ",x";
    CHECK(prospect(wide + "\n").part().problem == FileProblem::too_wide);
    const ProspectFile faulty =
        prospect(report_of(30) + "2026-03-01,free\nsoon,400.00\n2026-03-01\n2026-03-01,-5.00\n");
    CHECK(faulty.part().problem == FileProblem::none);
    CHECK(faulty.part().rows_used == 30);
    CHECK(faulty.part().rows_without_amount == 1);
    CHECK(faulty.part().faults ==
          std::vector<vm::RowFault>{{32, RowProblem::amount}, {33, RowProblem::day}, {34, RowProblem::cells}});
}

TEST_CASE("Rows beyond the cap are not read, and faults beyond theirs are only counted", "[pitch]") {
    std::string text = report_of(50);
    for (int row = 0; row < 100; ++row)
        text += "never,1.00\n";
    const ProspectFile file = prospect(text);
    CHECK(file.part().rows_faulty == 100);
    CHECK(file.part().faults.size() == limits::prospect_faults_told_max);
}

TEST_CASE("No bytes make it fail, and what it adds up is what it counted", "[pitch]") {
    SeededRandom random(37);
    const std::string letters = "0123456789,;\t\n\r\"$.-/()= aé\xFF";
    for (int round = 0; round < 1'500; ++round) {
        std::string text = random.below(2) == 0 ? report_of(12) : std::string("date,amount\n");
        for (std::uint64_t size = random.below(200); size > 0; --size)
            text.insert(random.below(text.size() + 1), 1, letters[random.below(letters.size())]);
        const ProspectFile file = prospect(text);
        CHECK(file.part().production.total().cases == file.part().rows_used);
    }
}

TEST_CASE("A file is known by its name and by its lines, not by what any file has", "[pitch]") {
    const ProspectFile file("march.csv", "Day,Amount,What\r\n2026-03-01,120.00,Crown\r\nx,y\r\n", false);
    CHECK(file.traces() == std::vector<std::string>{"march.csv", "Day,Amount,What", "2026-03-01,120.00,Crown"});
    std::string many = "Day,Amount\n";
    for (int line = 0; line < 100; ++line)
        many += "2026-03-01," + std::to_string(line) + ".00\n";
    CHECK(ProspectFile("a", many, false).traces().size() <= limits::trace_lines_max);
}

}  // namespace portal::pitch
