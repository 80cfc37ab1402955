// How files look: sizes, names, heads, ends, and words that have no place in them.

#include "tests/tidy/source_tree.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cctype>

#include "tests/tidy/functions.hpp"

namespace portal::tidy {
namespace {

constexpr std::size_t file_lines_max = 500;
constexpr std::size_t function_lines_max = 70;

struct StyleException {
    std::string_view path;
    std::string_view reason;
};
constexpr auto long_files = std::to_array<StyleException>({
    {"server-stub/openapi.yaml", "one document by the format's design; its clients read one file"},
});

struct LongFunction {
    std::string_view path;
    std::string_view name;
    std::string_view reason;
};
constexpr std::array<LongFunction, 0> long_functions = {};

std::string_view file_name(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

// Applies one rule to every file of the tree.
template <typename Rule>
Findings over_tree(Rule rule) {
    Findings findings;
    for (const SourceFile& file : source_tree()) {
        const Findings found = rule(file);
        findings.insert(findings.end(), found.begin(), found.end());
    }
    return findings;
}

Findings too_long(const SourceFile& file) {
    const std::size_t lines = lines_of(file.text).size();
    const bool is_data = is_under(file.path, "tests/data");
    if (lines <= file_lines_max || is_data) return {};
    return {{file.path, 0,
             "has " + std::to_string(lines) + " lines, more than " + std::to_string(file_lines_max) +
                 "; give a part with its own reason to change its own file"}};
}

TEST_CASE("no file is longer than 500 lines") {
    Findings findings = over_tree(too_long);
    for (const StyleException& exception : long_files) {
        const auto found = std::find_if(findings.begin(), findings.end(),
                                        [&](const Finding& finding) { return finding.path == exception.path; });
        if (found != findings.end()) {
            findings.erase(found);
        } else {
            findings.push_back({std::string(exception.path), 0, "is short enough; drop the exception"});
        }
    }
    expect_none(findings);

    std::string text;
    for (std::size_t i = 0; i < file_lines_max; ++i)
        text += "\n";
    CHECK(too_long(source_file("a.cpp", text)).empty());
    CHECK(too_long(source_file("a.cpp", text + "\n")).size() == 1);
}

Findings long_functions_of(const SourceFile& file) {
    Findings findings;
    for (const Function& function : functions_of(file)) {
        if (function.lines <= function_lines_max) continue;
        const bool excepted =
            std::any_of(long_functions.begin(), long_functions.end(), [&](const LongFunction& exception) {
                return exception.path == file.path && exception.name == function.name;
            });
        if (excepted) continue;
        findings.push_back({file.path, function.line,
                            function.name + " has " + std::to_string(function.lines) +
                                " lines, more than a screen of " + std::to_string(function_lines_max) + "; split it"});
    }
    return findings;
}

TEST_CASE("a function fits a screen") {
    expect_none(over_tree(long_functions_of));
    std::size_t functions = 0;
    for (const SourceFile& file : source_tree())
        functions += functions_of(file).size();
    CHECK(functions > 1500);
}

Findings wrong_bytes(const SourceFile& file) {
    Findings findings;
    std::size_t number = 0;
    for (const std::string_view line : lines_of(file.text)) {
        ++number;
        if (line.find('\t') != std::string_view::npos) findings.push_back({file.path, number, "tab; use spaces"});
        if (line.ends_with('\r')) findings.push_back({file.path, number, "CRLF; end lines with a line feed"});
        if (line.ends_with(' ')) findings.push_back({file.path, number, "blanks at the end of the line"});
    }
    if (!file.text.empty() && file.text.back() != '\n') findings.push_back({file.path, 0, "lacks a last line feed"});
    if (file.text.ends_with("\n\n")) findings.push_back({file.path, 0, "ends with empty lines"});
    return findings;
}

// Files whose bytes are what a test is about.
bool is_free_of_style(std::string_view path) {
    return is_under(path, "tests/data");
}

TEST_CASE("files hold no tabs or stray blanks and end with one line feed") {
    expect_none(
        over_tree([](const SourceFile& file) { return is_free_of_style(file.path) ? Findings() : wrong_bytes(file); }));
    CHECK(wrong_bytes(source_file("a.cpp", "int a;\n")).empty());
    CHECK(wrong_bytes(source_file("a.cpp", "int a;")).size() == 1);
    CHECK(wrong_bytes(source_file("a.cpp", "int a; \n\tint b;\r\n\n")).size() == 4);
}

Findings wrong_head(const SourceFile& file) {
    if (!file.is_header()) return {};
    Findings findings;
    if (!file.text.starts_with("//")) {
        findings.push_back({file.path, 1, "a header begins with a comment that says what it is for"});
    }
    // Before it, only the comment.
    const std::size_t pragma = file.code.find("#pragma once");
    if (pragma == std::string::npos || pragma != file.code.find_first_not_of(" \n")) {
        findings.push_back({file.path, 1, "#pragma once comes first after the comment"});
    }
    return findings;
}

TEST_CASE("a header begins with its comment and #pragma once") {
    expect_none(over_tree(wrong_head));
    CHECK(wrong_head(source_file("a.hpp", "// What.\n#pragma once\n")).empty());
    CHECK(wrong_head(source_file("a.hpp", "#pragma once\n")).size() == 1);
    CHECK(wrong_head(source_file("a.hpp", "// What.\n#include <vector>\n#pragma once\n")).size() == 1);
    CHECK(wrong_head(source_file("a.hpp", "// What.\n")).size() == 1);
}

// "window_web.cpp" -> "window", "web", "cpp".
std::vector<std::string> parts_of_name(std::string_view path) {
    std::vector<std::string> parts(1);
    for (const char character : path) {
        if (std::isalnum(static_cast<unsigned char>(character)) != 0) {
            parts.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(character)));
        } else {
            parts.emplace_back();
        }
    }
    return parts;
}

bool is_empty_word(std::string_view part) {
    return is_any_of(part, {"util", "utils", "utility", "utilities",
                            "help"
                            "er",
                            "help"
                            "ers",
                            "common", "manager", "managers", "misc", "stuff"});
}

Findings wrong_name(const SourceFile& file) {
    Findings findings;
    const std::string_view name = file_name(file.path);
    if (file.is_cpp() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") != std::string_view::npos) {
        findings.push_back({file.path, 0, "file names are snake_case"});
    }
    for (const std::string& part : parts_of_name(file.path)) {
        if (is_empty_word(part)) findings.push_back({file.path, 0, "\"" + part + "\" says nothing; name what it does"});
    }
    if (file.is_cpp() &&
        !is_any_of(file.path.substr(0, file.path.find('/')), {"shared", "app", "server-stub", "tests"})) {
        findings.push_back({file.path, 0, "C++ lives in shared/, app/, server-stub/ and tests/"});
    }
    return findings;
}

TEST_CASE("names say what a file does") {
    expect_none(over_tree(wrong_name));
    CHECK(wrong_name(source_file("app/ui/text_field.cpp", "")).empty());
    CHECK(wrong_name(source_file("app/ui/TextField.cpp", "")).size() == 1);
    CHECK(wrong_name(source_file("app/ui/text_utils.cpp", "")).size() == 1);
    CHECK(wrong_name(source_file("app/common/text.cpp", "")).size() == 1);
    CHECK(wrong_name(source_file("web/x.cpp", "")).size() == 1);
}

// Namespaces of libraries, opened to declare a type of theirs ahead.
bool is_foreign_namespace(std::string_view name) {
    return is_any_of(name, {"SQLite", "CLI"});
}

// Types and namespaces: PascalCase and snake_case, and no empty words among them.
Findings wrong_type_names(const SourceFile& file) {
    Findings findings;
    for (const std::string_view keyword : {"class", "struct", "namespace"}) {
        for (std::size_t at = find_word(file.code, keyword); at != std::string::npos;
             at = find_word(file.code, keyword, at + keyword.size())) {
            const std::size_t begin = file.code.find_first_not_of(' ', at + keyword.size());
            std::size_t end = std::min(begin, file.code.size());
            while (end < file.code.size() && is_word_character(file.code[end]))
                ++end;
            if (end == begin || begin == std::string::npos) continue;
            const std::string name = file.code.substr(begin, end - begin);
            const std::size_t next = file.code.find_first_not_of(" \n", end);
            if (next == std::string::npos || (file.code[next] != '{' && file.code[next] != ':')) continue;
            const std::size_t line = line_at(file.code, at);
            for (const std::string_view tail : {"Manager", "Helper", "Helpers", "Utils", "Util", "utils",
                                                "help"
                                                "ers"}) {
                if (name.ends_with(tail))
                    findings.push_back({file.path, line, name + " says nothing; name what it does"});
            }
            const bool capital = std::isupper(static_cast<unsigned char>(name.front())) != 0;
            const bool underscore = name.find('_') != std::string::npos;
            if (is_foreign_namespace(name)) continue;
            if (keyword == "namespace" ? capital : (!capital || underscore)) {
                findings.push_back({file.path, line, name + ": types are PascalCase, namespaces snake_case"});
            }
        }
    }
    return findings;
}

TEST_CASE("types are PascalCase, namespaces snake_case") {
    expect_none(over_tree(wrong_type_names));
    CHECK(wrong_type_names(source_file("a.hpp", "namespace portal::x {\nstruct RowTable {};\n}\n")).empty());
    CHECK(wrong_type_names(source_file("a.hpp", "struct row_table {};\n")).size() == 1);
    CHECK(wrong_type_names(source_file("a.hpp", "class RowManager : public Row {};\n")).size() == 1);
    CHECK(wrong_type_names(source_file("a.hpp", "struct sqlite3_vfs* vfs;\n")).empty());
}

Findings unfinished(const SourceFile& file) {
    Findings findings;
    // Halved, so that this file does not find itself.
    for (const std::string_view word : {"TO"
                                        "DO",
                                        "FIX"
                                        "ME",
                                        "XX"
                                        "X",
                                        "HA"
                                        "CK"}) {
        for (std::size_t at = find_word(file.text, word); at != std::string::npos;
             at = find_word(file.text, word, at + word.size())) {
            findings.push_back(
                {file.path, line_at(file.text, at), std::string(word) + ": do it now or file it elsewhere"});
        }
    }
    return findings;
}

TEST_CASE("nothing is left for later in a comment") {
    expect_none(over_tree(unfinished));
    CHECK(unfinished(source_file("a.cpp",
                                 "// TO"
                                 "DO: later\n"))
              .size() == 1);
    CHECK(unfinished(source_file("a.cpp",
                                 "// mkdtemp(XX"
                                 "XXXX)\n"))
              .empty());
}

// Hosts that a file of ours may name in a URL; packages come through the ordinary clients' own settings.
bool is_known_host(std::string_view host) {
    const std::string_view name = host.substr(0, host.find(':'));
    return is_any_of(name, {"localhost", "127.0.0.1", "[", "host", "www.w3.org", "json-schema.org", "example.com",
                            "example.org"}) ||
           name.ends_with(".test") || name.ends_with(".example") || name.starts_with("$");
}

Findings foreign_places(const SourceFile& file) {
    Findings findings;
    for (const std::string_view scheme : {"http://", "https://"}) {
        for (std::size_t at = file.text.find(scheme); at != std::string::npos; at = file.text.find(scheme, at + 1)) {
            const std::size_t begin = at + scheme.size();
            const std::size_t end = std::min(file.text.find_first_of("/ \"'`)<>\n\\?#,;", begin), file.text.size());
            const std::string host = file.text.substr(begin, end - begin);
            if (host.empty() || is_known_host(host)) continue;
            findings.push_back(
                {file.path, line_at(file.text, at), "names the host " + host + "; settings of the client do that"});
        }
    }
    for (const std::string_view place : {"/ho"
                                         "me/",
                                         "/wo"
                                         "rk/",
                                         "/Us"
                                         "ers/",
                                         "/tm"
                                         "p/"}) {
        for (std::size_t at = file.text.find(place); at != std::string::npos; at = file.text.find(place, at + 1)) {
            if (at > 0 && (is_word_character(file.text[at - 1]) || file.text[at - 1] == '.')) continue;
            findings.push_back({file.path, line_at(file.text, at),
                                std::string(place) + " is a place on one machine; take it from the environment"});
        }
    }
    return findings;
}

TEST_CASE("files name no package host and no place on one machine") {
    expect_none(over_tree(foreign_places));
    CHECK(foreign_places(source_file("a.sh",
                                     "curl https:/"
                                     "/packages.somewhere.net/x\n"))
              .size() == 1);
    CHECK(foreign_places(source_file("a.sh", "curl http://localhost:$PORT/x\n")).empty());
    CHECK(foreign_places(source_file("a.sh",
                                     "cd /wo"
                                     "rk/x\n"))
              .size() == 1);
}

// Text of ours speaks of the portal, not of how or by whom it was written.
Findings talk_of_making(const SourceFile& file) {
    struct Phrase {
        std::string_view text;
        bool number_follows;
    };
    const Phrase phrases[] = {{"A"
                               "I",
                               false},
                              {"language mo"
                               "del",
                               false},
                              {"this se"
                               "ssion",
                               false},
                              {"iss"
                               "ue",
                               true},
                              {"iss"
                               "ue #",
                               true},
                              {"help"
                               "er",
                               false},
                              {"help"
                               "ers",
                               false},
                              {"generated wi"
                               "th",
                               false},
                              {"co-authored"
                               "-by",
                               false},
                              {"the br"
                               "ief",
                               false}};
    Findings findings;
    for (const Phrase& phrase : phrases) {
        for (std::size_t at = find_word(file.text, phrase.text); at != std::string::npos;
             at = find_word(file.text, phrase.text, at + 1)) {
            const std::size_t after = file.text.find_first_not_of(' ', at + phrase.text.size());
            const bool number =
                after != std::string::npos && std::isdigit(static_cast<unsigned char>(file.text[after])) != 0;
            if (phrase.number_follows && !number) continue;
            findings.push_back(
                {file.path, line_at(file.text, at),
                 "\"" + std::string(phrase.text) + "\" has no place here; say what the code does and why"});
        }
    }
    return findings;
}

TEST_CASE("files speak of the portal, not of its making") {
    expect_none(over_tree(
        [](const SourceFile& file) { return is_free_of_style(file.path) ? Findings() : talk_of_making(file); }));
    CHECK(talk_of_making(source_file("a.cpp",
                                     "// see iss"
                                     "ue 12\n"))
              .size() == 1);
    CHECK(talk_of_making(source_file("a.cpp",
                                     "// the iss"
                                     "ue that a ticket reports\n"))
              .empty());
    CHECK(talk_of_making(source_file("a.cpp",
                                     "// a help"
                                     "er\n"))
              .size() == 1);
}

TEST_CASE("the root holds only what a newcomer looks for") {
    Findings findings;
    for (const SourceFile& file : source_tree()) {
        const std::string_view top = std::string_view(file.path).substr(0, file.path.find('/'));
        const bool known = is_any_of(top, {"CMakeLists.txt", "CMakePresets.json", "web", "app", "shared", "server-stub",
                                           "tests", "README.md", "portal"});
        if (!known && !top.starts_with('.')) {
            findings.push_back({file.path, 0, "does not belong at the root; see the house's list"});
        }
    }
    expect_none(findings);
}

}  // namespace
}  // namespace portal::tidy
