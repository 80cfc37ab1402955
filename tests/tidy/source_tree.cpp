#include "tests/tidy/source_tree.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/source/source_folder.hpp"

namespace portal::tidy {
namespace {

namespace files = std::filesystem;

// Splits C++ into code, comments and literals; nothing else is understood.
class CppScanner {
  public:
    explicit CppScanner(SourceFile& file) : m_file(file), m_text(file.text) { m_file.code = file.text; }

    void run() {
        while (m_at < m_text.size()) {
            if (starts("//")) {
                blank(m_at, line_end());
            } else if (starts("/*")) {
                const std::size_t close = m_text.find("*/", m_at + 2);
                blank(m_at, close == std::string_view::npos ? m_text.size() : close + 2);
            } else if (m_text[m_at] == '"') {
                is_raw() ? raw_literal() : literal('"');
            } else if (m_text[m_at] == '\'' && !is_digit_separator()) {
                literal('\'');
            } else {
                ++m_at;
            }
        }
        find_includes();
    }

  private:
    bool starts(std::string_view token) const { return m_text.substr(m_at, token.size()) == token; }
    std::size_t line_end() const { return std::min(m_text.find('\n', m_at), m_text.size()); }

    void blank(std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            if (m_text[i] != '\n') m_file.code[i] = ' ';
        }
        m_at = to;
    }

    bool is_raw() const { return m_at > 0 && m_text[m_at - 1] == 'R'; }

    // 60'000: the quote stands inside a token that begins with a digit.
    bool is_digit_separator() const {
        std::size_t begin = m_at;
        while (begin > 0 && (is_word_character(m_text[begin - 1]) || m_text[begin - 1] == '\''))
            --begin;
        return begin < m_at && std::isdigit(static_cast<unsigned char>(m_text[begin])) != 0;
    }

    void keep(std::size_t from, std::size_t to) {
        m_file.literals.push_back({line_at(m_text, from), std::string(m_text.substr(from, to - from))});
        blank(from, to);
    }

    void literal(char quote) {
        std::size_t end = m_at + 1;
        while (end < m_text.size() && m_text[end] != quote && m_text[end] != '\n') {
            end += m_text[end] == '\\' ? 2 : 1;
        }
        end = std::min(end, m_text.size());
        if (quote == '"') {
            keep(m_at + 1, end);
        } else {
            blank(m_at + 1, end);
        }
        m_at = std::min(end + 1, m_text.size());
    }

    void raw_literal() {
        const std::size_t open = m_text.find('(', m_at);
        const std::string close = ")" + std::string(m_text.substr(m_at + 1, open - m_at - 1)) + "\"";
        const std::size_t end = std::min(m_text.find(close, open), m_text.size());
        keep(m_at + 1, end);
        m_at = std::min(end + close.size(), m_text.size());
    }

    void find_includes() {
        std::size_t line = 0;
        std::size_t offset = 0;
        for (const std::string_view code : lines_of(m_file.code)) {
            ++line;
            const std::size_t hash = code.find_first_not_of(" \t");
            if (hash != std::string_view::npos && code[hash] == '#' &&
                find_word(code, "include", hash) != std::string_view::npos) {
                const std::string_view written = m_text.substr(offset, code.size());
                const std::size_t open = written.find_first_of("<\"");
                const std::size_t close =
                    open == std::string_view::npos ? open : written.find_first_of(">\"", open + 1);
                if (close != std::string_view::npos) {
                    m_file.includes.push_back(
                        {line, std::string(written.substr(open + 1, close - open - 1)), written[open] == '"'});
                }
            }
            offset += code.size() + 1;
        }
    }

    SourceFile& m_file;
    std::string_view m_text;
    std::size_t m_at = 0;
};

bool is_skipped_folder(std::string_view path) {
    return is_any_of(path, {"build", ".git", ".data"}) || path.ends_with("node_modules");
}

bool is_text_of_ours(const files::path& path) {
    const std::string name = path.filename().string();
    // Written by npm, not by us.
    return name != "package-lock.json" && path.extension() != ".png" && path.extension() != ".golden" &&
           path.extension() != ".bin";
}

std::vector<SourceFile> read_tree() {
    const files::path root = test::source_folder();
    std::vector<SourceFile> tree;
    for (files::recursive_directory_iterator entry(root), end; entry != end; ++entry) {
        const std::string path = entry->path().lexically_relative(root).generic_string();
        if (entry->is_directory()) {
            if (is_skipped_folder(path)) entry.disable_recursion_pending();
            continue;
        }
        if (!entry->is_regular_file() || entry->is_symlink() || !is_text_of_ours(entry->path())) continue;
        std::ostringstream text;
        text << std::ifstream(entry->path(), std::ios::binary).rdbuf();
        tree.push_back(source_file(path, std::move(text).str()));
    }
    std::sort(tree.begin(), tree.end(), [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return tree;
}

}  // namespace

bool SourceFile::is_cpp() const {
    return path.ends_with(".cpp") || path.ends_with(".hpp") || path.ends_with(".def");
}
bool SourceFile::is_header() const {
    return path.ends_with(".hpp");
}

SourceFile source_file(std::string path, std::string text) {
    SourceFile file;
    file.path = std::move(path);
    file.text = std::move(text);
    if (file.is_cpp()) CppScanner(file).run();
    return file;
}

const std::vector<SourceFile>& source_tree() {
    static const std::vector<SourceFile> tree = read_tree();
    return tree;
}

const SourceFile* find_file(std::string_view path) {
    const auto& tree = source_tree();
    const auto found =
        std::find_if(tree.begin(), tree.end(), [&](const SourceFile& file) { return file.path == path; });
    return found == tree.end() ? nullptr : &*found;
}

void expect_none(const Findings& findings) {
    std::string report;
    for (const Finding& finding : findings) {
        report += finding.path;
        if (finding.line > 0) report += ":" + std::to_string(finding.line);
        report += ": " + finding.what + "\n";
    }
    INFO(report);
    CHECK(findings.empty());
}

std::size_t line_at(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

bool is_word_character(char character) {
    return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
    for (std::size_t at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t after = at + word.size();
        const bool begins = at == 0 || !is_word_character(text[at - 1]) || !is_word_character(word.front());
        const bool ends = after >= text.size() || !is_word_character(text[after]) || !is_word_character(word.back());
        if (begins && ends) return at;
    }
    return std::string_view::npos;
}

bool is_under(std::string_view path, std::string_view folder) {
    return path.size() > folder.size() && path.substr(0, folder.size()) == folder && path[folder.size()] == '/';
}

bool is_any_of(std::string_view value, std::initializer_list<std::string_view> values) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace portal::tidy
