// The files of this checkout, read once, as the rules of the house want to look at them.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace portal::tidy {

struct Literal {
    std::size_t line = 0;  // Where it begins, from 1.
    std::string text;      // As written between the quotes, escapes included.
};

struct Include {
    std::size_t line = 0;
    std::string target;
    bool quoted = false;  // "project/file.hpp", otherwise <library.hpp>.
};

struct SourceFile {
    std::string path;  // From the root of the checkout, with forward slashes.
    std::string text;
    // C++ only: the text with comments and the insides of literals blanked, so that offsets and lines stay.
    std::string code;
    std::vector<Literal> literals;
    std::vector<Include> includes;

    bool is_cpp() const;
    bool is_header() const;
};

struct Finding {
    std::string path;
    std::size_t line = 0;  // 0: the whole file.
    std::string what;      // What is wrong and what to do about it.
};
using Findings = std::vector<Finding>;

// A file as it would be read from the tree; rules are tried on examples made this way.
SourceFile source_file(std::string path, std::string text);

// Every text file of ours: not what is built, fetched or locked by a tool.
const std::vector<SourceFile>& source_tree();

// nullptr when there is no such file.
const SourceFile* find_file(std::string_view path);

// Fails the running test with every finding as "path:line: what".
void expect_none(const Findings& findings);

// Text tools that the rules share. Lines are counted from 1.
std::size_t line_at(std::string_view text, std::size_t offset);
std::vector<std::string_view> lines_of(std::string_view text);
bool is_word_character(char character);
// Offset of `word` standing alone (no letter, digit or underscore beside it), or npos.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0);
bool is_under(std::string_view path, std::string_view folder);
bool is_any_of(std::string_view value, std::initializer_list<std::string_view> values);

}  // namespace portal::tidy
