#include "tests/tidy/functions.hpp"

#include <algorithm>

namespace portal::tidy {
namespace {

enum class Scope { space, type, function, other };

// Follows braces and parentheses; what stands between the last statement and a brace says what the brace opens.
class BraceReader {
  public:
    explicit BraceReader(const SourceFile& file) : m_code(file.code) {}

    std::vector<Function> run() {
        for (; m_at < m_code.size(); ++m_at) {
            switch (m_code[m_at]) {
                case '#':
                    skip_directive();
                    break;
                case '(':
                    ++m_depth;
                    break;
                case ')':
                    --m_depth;
                    break;
                case '{':
                    open();
                    break;
                case '}':
                    close();
                    break;
                case ';':
                    if (m_depth == 0) m_head = m_at + 1;
                    break;
                default:
                    break;
            }
        }
        return std::move(m_functions);
    }

  private:
    struct Open {
        Scope scope;
        int depth;  // Of parentheses outside.
        std::size_t function;
    };

    void skip_directive() {
        if (m_code.substr(0, m_at).find_last_not_of(' ') != std::string_view::npos &&
            m_code[m_code.substr(0, m_at).find_last_not_of(' ')] != '\n') {
            return;
        }
        while (m_at < m_code.size() && (m_code[m_at] != '\n' || m_code[m_at - 1] == '\\'))
            ++m_at;
        m_head = m_at;
    }

    void open() {
        Scope scope = Scope::other;
        const bool outside =
            m_open.empty() || m_open.back().scope == Scope::space || m_open.back().scope == Scope::type;
        if (outside && m_depth == 0) scope = scope_of(m_code.substr(m_head, m_at - m_head));
        std::size_t index = 0;
        if (!outside && begins_section()) scope = Scope::function;
        if (scope == Scope::function) {
            index = m_functions.size();
            m_functions.push_back({name_of(m_code.substr(m_head, m_at - m_head)), line_at(m_code, m_at), 0});
        }
        m_open.push_back({scope, m_depth, index});
        m_depth = 0;
        // A member's initialiser leaves the head of its constructor open.
        if (scope != Scope::other) m_head = m_at + 1;
    }

    // A test runs its SECTIONs one at a time, so each counts on its own and not for what is around it.
    bool begins_section() const {
        const std::size_t line = m_code.rfind('\n', m_at) + 1;
        const std::size_t first = m_code.find_first_not_of(' ', line);
        return m_code.substr(first, 8) == "SECTION(" || m_code.substr(first, 16) == "DYNAMIC_SECTION(";
    }

    Function* function_around() {
        for (auto around = m_open.rbegin(); around != m_open.rend(); ++around) {
            if (around->scope == Scope::function) return &m_functions[around->function];
        }
        return nullptr;
    }

    void close() {
        if (m_open.empty()) return;
        const Open opened = m_open.back();
        m_open.pop_back();
        m_depth = opened.depth;
        if (opened.scope == Scope::function) {
            Function& function = m_functions[opened.function];
            const std::size_t whole = line_at(m_code, m_at) - function.line + 1;
            function.lines = whole - function.lines;
            if (Function* around = function_around(); around != nullptr) around->lines += whole;
        }
        if (opened.scope != Scope::other) m_head = m_at + 1;
    }

    // The head without what stands in parentheses, so that defaults and conditions do not mislead.
    static std::string outer(std::string_view head) {
        std::string text;
        int depth = 0;
        for (const char character : head) {
            if (character == ')' || character == '}') --depth;
            if (depth == 0) text += character;
            if (character == '(' || character == '{') ++depth;
        }
        return text;
    }

    static Scope scope_of(std::string_view head) {
        const std::string text = outer(head);
        if (find_word(text, "namespace") != std::string::npos) return Scope::space;
        const std::size_t parameters = text.find('(');
        if (parameters == std::string::npos) {
            for (const std::string_view keyword : {"class", "struct", "union"}) {
                if (find_word(text, keyword) != std::string::npos && text.find('=') == std::string::npos)
                    return Scope::type;
            }
            return Scope::other;
        }
        const bool is_operator = find_word(text, "operator") != std::string::npos;
        if (!is_operator && text.find('=') < parameters) return Scope::other;
        // "Type(int a) : m_a{a}, m_b(a) {": a brace right after a word belongs to a member.
        const std::size_t colon = text.find(':', text.find(')', parameters));
        const bool lists_members = colon != std::string::npos && colon + 1 < text.size() && text[colon + 1] != ':';
        const std::size_t last = text.find_last_not_of(" \n");
        if (lists_members && is_word_character(text[last])) return Scope::other;
        return Scope::function;
    }

    static std::string name_of(std::string_view head) {
        const std::size_t parameters = head.find('(');
        std::size_t end = parameters == std::string_view::npos ? 0 : parameters;
        while (end > 0 && !is_word_character(head[end - 1]))
            --end;
        std::size_t begin = end;
        while (begin > 0 && is_word_character(head[begin - 1]))
            --begin;
        return begin == end ? "function" : std::string(head.substr(begin, end - begin));
    }

    std::string_view m_code;
    std::size_t m_at = 0;
    std::size_t m_head = 0;
    int m_depth = 0;
    std::vector<Open> m_open;
    std::vector<Function> m_functions;  // While one is open, `lines` are those of its SECTIONs.
};

bool is_script(const SourceFile& file) {
    return file.path.ends_with(".js") || file.path.ends_with(".mjs") || file.path.ends_with(".sh") ||
           file.text.starts_with("#!");
}

// A line in the first column that ends with "{" and speaks of a function, up to the next "}" in the first column.
std::vector<Function> functions_of_script(std::string_view text) {
    std::vector<Function> functions;
    std::size_t number = 0;
    for (const std::string_view line : lines_of(text)) {
        ++number;
        if (line.starts_with('}') && !functions.empty() && functions.back().lines == 0) {
            functions.back().lines = number - functions.back().line + 1;
        }
        const bool begins = !line.empty() && is_word_character(line.front()) && line.ends_with('{') &&
                            (line.find("function") != std::string_view::npos ||
                             line.find("=>") != std::string_view::npos || line.find("() {") != std::string_view::npos);
        if (begins) functions.push_back({std::string(line), number, 0});
    }
    return functions;
}

}  // namespace

std::vector<Function> functions_of(const SourceFile& file) {
    if (file.path.ends_with(".cpp") || file.path.ends_with(".hpp")) return BraceReader(file).run();
    return is_script(file) ? functions_of_script(file.text) : std::vector<Function>();
}

}  // namespace portal::tidy
