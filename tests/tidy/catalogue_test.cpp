// The two catalogues of words: the programs' (app/vm/words, of which the pitch's part is a list of its own) and the
// pages' (web/words.js).

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <set>

#include "tests/tidy/source_tree.hpp"

namespace portal::tidy {
namespace {

struct Entry {
    std::string_view name;
    std::string_view english;
    std::string_view spanish;
};
constexpr auto entries = std::to_array<Entry>({
#define WORD(name, english, spanish) {#name, english, spanish},
#include "app/vm/words/all.def"
#include "app/vm/words/pitch.def"
#undef WORD
});

// What stands between braces, without the plural's words: "{0} of {1|day|days}" gives "0" and "1".
std::multiset<std::string> placeholders_of(std::string_view text) {
    std::multiset<std::string> found;
    for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
        const std::string_view inside = text.substr(open + 1, text.find('}', open) - open - 1);
        found.emplace(inside.substr(0, inside.find('|')));
    }
    return found;
}

std::set<std::string> distinct(const std::multiset<std::string>& all) {
    return {all.begin(), all.end()};
}

// Says what is wrong inside of one phrase; empty when all is well.
std::string malformed(std::string_view text) {
    if (text.empty()) return "is empty";
    if (text.front() == ' ' || text.back() == ' ') return "begins or ends with a blank";
    if (text.find("  ") != std::string_view::npos) return "has two blanks in a row";
    if (text.find_first_of("!\xA1") != std::string_view::npos && text.find('!') != std::string_view::npos) {
        return "calls out; the portal speaks calmly";
    }
    for (std::size_t at = text.find_first_of("{}"); at != std::string_view::npos;
         at = text.find_first_of("{}", at + 1)) {
        const std::size_t close = text.find_first_of("{}", at + 1);
        if (text[at] == '}' || close == std::string_view::npos || text[close] == '{') return "has a lone brace";
        const std::string_view inside = text.substr(at + 1, close - at - 1);
        const auto bars = std::count(inside.begin(), inside.end(), '|');
        const bool digit =
            !inside.empty() && inside[0] >= '0' && inside[0] <= '9' && (inside.size() == 1 || inside[1] == '|');
        if (!digit || (bars != 0 && bars != 2)) return "has a placeholder that is neither {0} nor {0|one|other}";
        at = close;
    }
    const std::set<std::string> used = distinct(placeholders_of(text));
    if (!used.empty() && *used.rbegin() != std::to_string(used.size() - 1)) return "skips an argument";
    return {};
}

TEST_CASE("every phrase is well formed and takes the same arguments in both languages") {
    CHECK(entries.size() > 200);
    for (const Entry& entry : entries) {
        INFO(entry.name << ": \"" << entry.english << "\" / \"" << entry.spanish << "\"");
        CHECK(malformed(entry.english).empty());
        CHECK(malformed(entry.spanish).empty());
        CHECK(distinct(placeholders_of(entry.english)) == distinct(placeholders_of(entry.spanish)));
    }
}

TEST_CASE("a malformed phrase is found") {
    for (const char* good : {"Open", "{0} of {1}", "{0} {0|edit|edits} by {1}", "\"{0}\""}) {
        INFO(good);
        CHECK(malformed(good).empty());
    }
    for (const char* wrong :
         {"", " Open", "Open!", "{}", "{0", "0}", "{a}", "{0|one}", "{1}", "{0} {2}", "{0|a|b|c}"}) {
        INFO(wrong);
        CHECK_FALSE(malformed(wrong).empty());
    }
}

std::string_view word_at(std::string_view code, std::size_t at) {
    std::size_t end = at;
    while (end < code.size() && is_word_character(code[end]))
        ++end;
    return code.substr(at, end - at);
}

std::size_t place_of(std::string_view name) {
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.name == name; });
    return static_cast<std::size_t>(found - entries.begin());
}

// Words that are counted off from a first one: "static_cast<int>(Word::story_1) + n" says all that follow it and
// begin alike; "offset_word(Word::first, value, Word::last)" says those from the first to the last.
void add_run(std::string_view code, std::size_t at, std::set<std::string_view>& said) {
    const std::string_view first = word_at(code, at);
    const std::string_view before = code.substr(0, at - 6);
    std::size_t index = place_of(first);
    if (before.ends_with("static_cast<int>(")) {
        const std::string_view prefix = first.substr(0, first.find('_') + 1);
        for (; index < entries.size() && entries[index].name.starts_with(prefix); ++index)
            said.insert(entries[index].name);
    } else if (before.ends_with("offset_word(")) {
        const std::string_view last = word_at(code, code.find("Word::", at) + 6);
        for (; index <= place_of(last) && index < entries.size(); ++index)
            said.insert(entries[index].name);
    }
}

// Every word that `code` says.
void collect_words(std::string_view code, std::set<std::string_view>& said) {
    for (std::size_t at = code.find("Word::"); at != std::string_view::npos; at = code.find("Word::", at + 1)) {
        const std::size_t index = place_of(word_at(code, at + 6));
        if (index < entries.size()) said.insert(entries[index].name);
        add_run(code, at + 6, said);
    }
}

// Whether the word that is named there is all that a call of something called ".. say .." is given besides where it is
// said.
bool is_said_bare(std::string_view code, std::size_t at, std::string_view name) {
    if (code.substr(at + name.size(), 1) != ")") return false;
    const std::size_t open = code.rfind('(', at);
    if (open == std::string_view::npos) return false;
    std::size_t begin = open;
    while (begin > 0 && is_word_character(code[begin - 1]))
        --begin;
    return code.substr(begin, open - begin).find("say") != std::string_view::npos;
}

// Those that are said without the arguments that they take, as if somebody wanted to read "{0}".
std::set<std::string_view> bare_phrases(std::string_view code) {
    std::set<std::string_view> bare;
    for (std::size_t at = code.find("Word::"); at != std::string_view::npos; at = code.find("Word::", at + 1)) {
        const std::string_view name = word_at(code, at + 6);
        const std::size_t index = place_of(name);
        if (index < entries.size() && !placeholders_of(entries[index].english).empty() &&
            is_said_bare(code, at + 6, name))
            bare.insert(name);
    }
    return bare;
}

TEST_CASE("no phrase that takes arguments is said without them") {
    Findings findings;
    for (const SourceFile& file : source_tree()) {
        if (!is_under(file.path, "app") || !file.is_cpp()) continue;
        for (const std::string_view name : bare_phrases(file.code))
            findings.push_back({file.path, 0, std::string(name) + " is said without its arguments"});
    }
    expect_none(findings);
    CHECK(bare_phrases("context.say(Word::shared_period)").size() == 1);
    CHECK(bare_phrases("pitch_say(context, PitchWord::pitch_step_of)").size() == 1);
    CHECK(bare_phrases("context.say(Word::shared_period, {from, to}); context.say(Word::share); note(Word::shared_by)")
              .empty());
}

TEST_CASE("every phrase is said somewhere") {
    std::set<std::string_view> said;
    for (const SourceFile& file : source_tree()) {
        if (is_under(file.path, "app") && file.is_cpp()) collect_words(file.code, said);
    }
    std::string unsaid;
    for (const Entry& entry : entries) {
        if (said.count(entry.name) == 0) unsaid += std::string(entry.name) + "\n";
    }
    INFO("in app/vm/words, said nowhere in app/; say it or drop it:\n" << unsaid);
    CHECK(unsaid.empty());
}

TEST_CASE("words are found where code says them") {
    const auto count = [](const char* code) {
        std::set<std::string_view> said;
        collect_words(code, said);
        return said.size();
    };
    CHECK(count("say(Word::cancel); say(Word::cancel); say(Word::close);") == 2);
    CHECK(count("say(Word::no_such_word_at_all);") == 0);
    CHECK(count("static_cast<int>(Word::story_1) + n") == 9);
    CHECK(count("offset_word(Word::priority_low, value, Word::priority_urgent)") == 4);
}

// Text that a person would read: words with a blank between them, or one capitalised word.
bool reads_as_text(std::string_view text) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; };
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == ' ' && is_letter(text[i - 1]) && is_letter(text[i + 1])) return true;
    }
    return text.size() > 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z';
}

bool is_keys(std::string_view text) {
    // Names of keys, as every keyboard shows them.
    if (is_any_of(text, {"Ctrl K", "Ctrl Enter", "Enter", "Esc", "Tab", "Shift", "Ctrl", "Ctrl ", "Left", "Right",
                         "ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Escape"}))
        return true;
    return text.size() == 3 && text.starts_with("g ");
}

struct Plain {
    std::string_view path;
    std::string_view text;
    std::string_view reason;
};
constexpr std::string_view for_support = "\"Copy diagnostics\" is read by support and stays in one language";
constexpr auto plain_text = std::to_array<Plain>({
    {"app/shell/shell_diagnostics.cpp", "Partner portal diagnostics\\n", for_support},
    {"app/shell/shell_diagnostics.cpp", "time zone", for_support},
    {"app/shell/shell_diagnostics.cpp", "online hint", for_support},
    {"app/shell/shell_diagnostics.cpp", "sync phase", for_support},
    {"app/shell/shell_diagnostics.cpp", "pending edits", for_support},
    {"app/shell/shell_diagnostics.cpp", "edits to decide", for_support},
    {"app/shell/shell_diagnostics.cpp", "financing facts", for_support},
    {"app/shell/shell_diagnostics.cpp", "database bytes", for_support},
    {"app/shell/shell_diagnostics.cpp", "last exchange", for_support},
});

bool is_plain(std::string_view path, std::string_view text) {
    return std::any_of(plain_text.begin(), plain_text.end(),
                       [&](const Plain& plain) { return plain.path == path && plain.text == text; });
}

// A literal on the line of a check speaks to the programmer.
bool is_for_programmers(const SourceFile& file, std::size_t line) {
    const std::string_view code = lines_of(file.code)[line - 1];
    return find_word(code, "check") != std::string_view::npos ||
           find_word(code, "static_assert") != std::string_view::npos;
}

Findings loose_text(const SourceFile& file) {
    Findings findings;
    for (const Literal& literal : file.literals) {
        if (!reads_as_text(literal.text) || is_keys(literal.text) || is_plain(file.path, literal.text)) continue;
        if (is_for_programmers(file, literal.line)) continue;
        findings.push_back(
            {file.path, literal.line, "\"" + literal.text + "\" is text for people; put it into app/vm/words"});
    }
    return findings;
}

bool draws(const SourceFile& file) {
    return file.is_cpp() &&
           (is_under(file.path, "app/views") || is_under(file.path, "app/ui") || is_under(file.path, "app/shell"));
}

TEST_CASE("what people read comes from the catalogue") {
    Findings findings;
    for (const SourceFile& file : source_tree()) {
        if (!draws(file)) continue;
        const Findings found = loose_text(file);
        findings.insert(findings.end(), found.begin(), found.end());
    }
    for (const Plain& plain : plain_text) {
        const SourceFile* file = find_file(plain.path);
        const bool used = file != nullptr && std::any_of(file->literals.begin(), file->literals.end(),
                                                         [&](const Literal& l) { return l.text == plain.text; });
        if (!used)
            findings.push_back({std::string(plain.path), 0, "no longer says \"" + std::string(plain.text) + "\""});
    }
    expect_none(findings);

    const auto count = [](const char* text) { return loose_text(source_file("app/views/x.cpp", text)).size(); };
    CHECK(count("ui::button(\"file\", \"File ticket\");\n") == 1);
    CHECK(count("ui::button(\"file\", \"File\");\n") == 1);
    CHECK(count("ui::button(\"file\", say(Word::action_file_ticket));\n") == 0);
    CHECK(count("// reads \"Not saved\"\n") == 0);
    CHECK(count("check(ok, \"the row is there\");\n") == 0);
}

// web/words.js: "  key: 'text'," lines, English first, then Spanish.
struct PageWords {
    std::map<std::string, std::string> english;
    std::map<std::string, std::string> spanish;
};

PageWords page_words(const SourceFile& file) {
    PageWords words;
    std::map<std::string, std::string>* into = nullptr;
    for (const std::string_view line : lines_of(file.text)) {
        if (line.starts_with("const english")) into = &words.english;
        if (line.starts_with("const spanish")) into = &words.spanish;
        if (line.starts_with("}")) into = nullptr;
        const std::size_t colon = line.find(':');
        const std::size_t quote = line.find_first_of("'\"`");
        if (into == nullptr || !line.starts_with("  ") || quote == std::string_view::npos || colon > quote) continue;
        const std::size_t end = line.rfind(line[quote]);
        (*into)[std::string(line.substr(2, colon - 2))] = std::string(line.substr(quote + 1, end - quote - 1));
    }
    return words;
}

TEST_CASE("the pages say the same things in both languages") {
    const SourceFile* file = find_file("web/words.js");
    REQUIRE(file != nullptr);
    const PageWords words = page_words(*file);
    CHECK(words.english.size() > 30);
    for (const auto& [key, spanish] : words.spanish) {
        INFO(key);
        // The server describes its demo accounts in English, so that only the translation stands there.
        CHECK((words.english.count(key) == 1 || key.starts_with("sees_")));
    }
    for (const auto& [key, english] : words.english) {
        INFO(key);
        const auto spanish = words.spanish.find(key);
        REQUIRE(spanish != words.spanish.end());
        CHECK(malformed(english).empty());
        CHECK(malformed(spanish->second).empty());
        CHECK(distinct(placeholders_of(english)) == distinct(placeholders_of(spanish->second)));
    }
}

// Keys named by data-word="..." and data-word-label="..." in a page.
std::set<std::string> keys_of_page(const SourceFile& file) {
    std::set<std::string> keys;
    for (const std::string_view attribute : {"data-word=\"", "data-word-label=\""}) {
        for (std::size_t at = file.text.find(attribute); at != std::string::npos;
             at = file.text.find(attribute, at + 1)) {
            const std::size_t begin = at + attribute.size();
            keys.insert(file.text.substr(begin, file.text.find('"', begin) - begin));
        }
    }
    return keys;
}

// Also a key put together: word(`role_${role}`) says every key that begins with "role_".
bool says(std::string_view scripts, std::string_view key) {
    if (find_word(scripts, key) != std::string_view::npos) return true;
    const std::string prefix = "`" + std::string(key.substr(0, key.find('_') + 1)) + "${";
    return key.find('_') != std::string_view::npos && scripts.find(prefix) != std::string_view::npos;
}

TEST_CASE("every word of a page is known, and every known word is used") {
    const SourceFile* catalogue = find_file("web/words.js");
    REQUIRE(catalogue != nullptr);
    const PageWords words = page_words(*catalogue);
    std::set<std::string> used;
    std::string scripts;
    for (const SourceFile& file : source_tree()) {
        if (!is_under(file.path, "web") || file.path == catalogue->path) continue;
        if (file.path.ends_with(".js")) scripts += file.text;
        if (!file.path.ends_with(".html")) continue;
        for (const std::string& key : keys_of_page(file)) {
            INFO(file.path << " names the word " << key);
            CHECK(words.english.count(key) == 1);
            used.insert(key);
        }
    }
    for (const auto& [key, text] : words.english) {
        INFO("web/words.js: " << key << " is said nowhere in web/");
        CHECK((used.count(key) == 1 || says(scripts, key)));
    }
}

}  // namespace
}  // namespace portal::tidy
