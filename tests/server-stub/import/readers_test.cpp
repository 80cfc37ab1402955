#include <catch2/catch_test_macros.hpp>
#include <cstring>

#include "server-stub/import/mapping.hpp"
#include "server-stub/import/ndjson_reader.hpp"
#include "shared/base/limits.hpp"
#include "shared/import/record_reader.hpp"

using namespace portal;
using namespace portal::import;

namespace {

SourceText source_of(std::string text) {
    return SourceText(
        [text = std::move(text), at = std::size_t{0}](char* buffer, std::size_t size) mutable -> Result<std::size_t> {
            const std::size_t count = std::min({std::size_t{5}, size, text.size() - at});
            std::memcpy(buffer, text.data() + at, count);
            at += count;
            return count;
        },
        LastLine::must_end);
}

// Rows as "name|product" of the vendors kind; a fault as "!fault".
Result<std::vector<std::string>> read_all(RecordReader& reader) {
    std::vector<std::string> rows;
    Record record;
    while (true) {
        PORTAL_TRY_ASSIGN(more, reader.next(record));
        if (!more) return rows;
        rows.push_back(record.fault.empty() ? record.cells[1].text + "|" + record.cells[3].text : "!" + record.fault);
    }
}

Result<std::vector<std::string>> read_csv(const std::string& text, char delimiter = ',') {
    const Mapping mapping(kind_of(Kind::vendors));
    return read_all(*make_csv_reader(source_of(text), mapping, delimiter));
}

Result<std::vector<std::string>> read_ndjson(const std::string& text) {
    const Mapping mapping(kind_of(Kind::vendors));
    return read_all(*make_ndjson_reader(source_of(text), mapping));
}

const std::string header = "external_key,name,kind,product\n";

}  // namespace

TEST_CASE("CSV as RFC 4180 has it", "[import]") {
    struct Case {
        const char* name;
        std::string text;
        std::vector<std::string> rows;
    };
    const Case cases[] = {
        {"plain", "V,Canino,practice_management,PMS\n", {"Canino|PMS"}},
        {"quoted", "V,\"Canino, Inc.\",x,\"He said \"\"yes\"\"\"\n", {"Canino, Inc.|He said \"yes\""}},
        {"line end in a cell", "V,\"two\nlines\",x,p\nW,b,x,q\n", {"two\nlines|p", "b|q"}},
        {"CRLF in a cell", "V,\"two\r\nlines\",x,p\r\n", {"two\nlines|p"}},
        {"empty cells", "V,,,\n", {"|"}},
        {"empty quotes", "V,\"\",\"\",\"\"\n", {"|"}},
        {"blank line at the end", "V,a,x,p\n\n", {"a|p"}},
        {"formula stays text", "V,=1+1,x,@SUM(A1)\n", {"=1+1|@SUM(A1)"}},
        {"too few cells", "V,a,x\nW,b,x,q\n", {"!the row has 3 cells but the header 4", "b|q"}},
        {"too many cells", "V,a,x,p,extra\n", {"!the row has 5 cells but the header 4"}},
    };
    for (const Case& item : cases) {
        INFO(item.name);
        const auto rows = read_csv(header + item.text);
        REQUIRE(rows);
        CHECK(*rows == item.rows);
    }
    CHECK(read_csv("external_key;name;kind;product\nV;a,b;x;p\n", ';').value() == std::vector<std::string>{"a,b|p"});
}

TEST_CASE("a damaged CSV file is refused with its place", "[import]") {
    struct Case {
        const char* name;
        std::string text;
        const char* message_has;
    };
    const Case cases[] = {
        {"unclosed quote", header + "V,\"open,x,p\nmore\n",
         "line 2, column 3: a quote is opened here and never closed"},
        {"stray quote", header + "V,a\"b,x,p\n", "line 2, column 4: a quote inside a cell"},
        {"text after quote", header + "V,\"a\"b,x,p\n", "line 2, column 6: text after a closing quote"},
        {"endless quote",
         header + "V,\"" +
             [] {
                 std::string lines;
                 while (lines.size() < 2 * limits::import_line_bytes_max)
                     lines += "a line of text in a cell\n";
                 return lines;
             }(),
         "is a closing quote missing?"},
        {"unknown column", "external_key,nombre\n", "line 1, column 14: unknown column 'nombre'"},
        {"column twice", "external_key,name,name\n", "line 1, column 19: column 'name' is given twice"},
        {"key missing", "name,kind\n", "the column 'external_key' is missing"},
        {"other delimiter", "external_key;name\n", "separated by ';'"},
    };
    for (const Case& item : cases) {
        INFO(item.name);
        const auto rows = read_csv(item.text);
        REQUIRE(!rows);
        CHECK(rows.error().message.find(item.message_has) != std::string::npos);
    }
}

TEST_CASE("NDJSON gives the same records", "[import]") {
    CHECK(read_ndjson("{\"external_key\":\"V\",\"name\":\"Canino\",\"product\":null}\n\n{\"name\":"
                      "\"\\u00e9\",\"product\":7}\n")
              .value() == std::vector<std::string>{"Canino|", "\xC3\xA9|7"});
    CHECK(read_ndjson("{\"name\":1.5}\n").value() ==
          std::vector<std::string>{"!member 'name' is a number with a fraction; give a whole number, or text"});
    CHECK(read_ndjson("{\"name\":[]}\n").value()[0].starts_with("!member 'name' is neither"));
    CHECK(read_ndjson("{\"name\":\"a\\u0000b\"}\n").value()[0].find("NUL") != std::string::npos);
    for (const char* damaged : {"{\"name\":\"a\"\n", "[]\n", "7\n", "{\"name\":\"a\"} {\n", "{\"nombre\":1}\n"}) {
        INFO(damaged);
        const auto rows = read_ndjson(damaged);
        REQUIRE(!rows);
        CHECK(rows.error().message.starts_with("line 1"));
    }
}

TEST_CASE("a mapping file says what foreign headers mean", "[import]") {
    const auto mapping = Mapping::parse(kind_of(Kind::deposits),
                                        R"({"columns":{"Store":"location","Amt":"cents"},"ignore":["Clerk"],
                                            "constants":{"reference":"bank"},"dollars":["cents"],"dates":"month/day/year"})");
    REQUIRE(mapping);
    CHECK(mapping->target_of("Store").value() == 1);
    CHECK(mapping->target_of(" Amt ").value() == 3);
    CHECK(mapping->target_of("Clerk").value() == -1);
    CHECK(!mapping->target_of("Other"));
    CHECK(*mapping->constant_of("reference") == "bank");
    CHECK(mapping->in_dollars("cents"));
    for (const char* wrong : {"[]", "{", R"({"column":{}})", R"({"columns":{"a":"nothing"}})", R"({"columns":{"a":1}})",
                              R"({"dollars":["day"]})", R"({"dates":"any"})", R"({"constants":{"nope":"1"}})"}) {
        INFO(wrong);
        CHECK(!Mapping::parse(kind_of(Kind::deposits), wrong));
    }
}
