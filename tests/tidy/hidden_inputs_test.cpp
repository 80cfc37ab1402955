// Time, randomness and threads come in as parameters; what differs by platform has its own files.

#include "tests/tidy/source_tree.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <set>

namespace portal::tidy {
namespace {

// One kind of hidden input: the words that reach for it, and the only files that may.
struct Allowed {
    std::string_view path;
    std::string_view reason;
};
struct HiddenInput {
    std::string_view name;
    std::vector<std::string_view> words;
    std::vector<Allowed> allowed;
    std::string_view instead;
};

const std::vector<HiddenInput>& hidden_inputs() {
    static const std::vector<HiddenInput> all = {
        {"thread",
         {"std::thread", "std::jthread", "std::async", "std::condition_variable", "std::condition_variable_any",
          "std::this_thread", "std::counting_semaphore", "std::latch", "std::barrier", "pthread_create",
          "asio::thread_pool"},
         {{"shared/base/channel.hpp", "the bounded channel is how threads wait for work"},
          {"app/store/executor_native.cpp", "the store thread, natively"},
          {"app/store/executor_web.cpp", "the store thread, in the browser"},
          {"server-stub/auth/worker_pool_threads.cpp", "password hashing takes long and must not stop the network"},
          {"server-stub/repo/writer_thread.cpp", "the one writer of the server's database"},
          {"server-stub/net/connection_context.hpp", "requests are answered on the network's pool"},
          {"server-stub/net/control_socket.cpp", "a job of the command line runs on the network's pool"},
          {"tests/base/channel_native_test.cpp", "tests the channel between threads"},
          {"tests/store/executor_native_test.cpp", "tests the store thread"},
          {"tests/server-stub/auth/passwords_test.cpp", "waits for the pool that it tests"},
          {"tests/server-stub/net/network_server_test.cpp", "the server runs beside its client"},
          {"tests/server-stub/repo/commit_queue_test.cpp", "many submitters at once"}},
         "take an executor, a worker pool or a channel as a parameter"},
        {"clock",
         {"::now()", "gettimeofday", "clock_gettime", "time(nullptr)", "time(NULL)", "std::time", "localtime",
          "localtime_r", "current_zone", "emscripten_get_now", "emscripten_performance_now", "emscripten_date_now",
          "sleep_for", "sleep_until", "usleep", "nanosleep"},
         {{"shared/base/system_clock_source.cpp", "the one place that reads the machine's clocks"},
          {"app/platform/storage_web.cpp", "SQLite's file system interface has to offer a clock"},
          {"app/store/executor_web.cpp", "ends the worker's turn; what a step does never depends on it"},
          {"app/platform/window_web.cpp", "a frame drawn outside of the browser's callback carries its time stamp"}},
         "take a `const Clock&` (shared/base/clock.hpp)"},
        {"randomness",
         {"random_device", "std::rand", "srand", "rand()", "getrandom", "getentropy", "arc4random", "randombytes_buf",
          "default_random_engine", "mt19937", "mt19937_64"},
         {{"shared/base/system_random_source.cpp", "the one place that asks the machine for randomness"},
          {"app/platform/storage_web.cpp", "SQLite's file system interface has to offer randomness"}},
         "take a `RandomSource&` (shared/base/random.hpp)"},
        {"platform",
         {"__EMSCRIPTEN__", "__EMSCRIPTEN_PTHREADS__", "EM_JS", "EM_ASM", "EM_ASYNC_JS", "EM_ASM_INT", "EM_ASM_PTR",
          "EM_ASM_DOUBLE", "EMSCRIPTEN_KEEPALIVE", "_WIN32", "__linux__", "__APPLE__"},
         {},
         "give the difference an interface and one .cpp per platform (*_web.cpp, *_native.cpp)"},
    };
    return all;
}

bool is_platform_file(std::string_view path) {
    return is_under(path, "app/platform") || path.find("app/shell/main_") == 0 || path.ends_with("_web.cpp");
}

bool is_allowed(const HiddenInput& input, std::string_view path) {
    if (input.name == "platform") return is_platform_file(path);
    return std::any_of(input.allowed.begin(), input.allowed.end(),
                       [&](const Allowed& allowed) { return allowed.path == path; });
}

Findings uses_of(const HiddenInput& input, const SourceFile& file) {
    Findings findings;
    for (const std::string_view word : input.words) {
        for (std::size_t at = find_word(file.code, word); at != std::string::npos;
             at = find_word(file.code, word, at + word.size())) {
            findings.push_back({file.path, line_at(file.code, at),
                                std::string(word) + " is a hidden " + std::string(input.name) + "; " +
                                    std::string(input.instead) + ", or name this file here with its reason"});
        }
    }
    return findings;
}

Findings hidden_uses(const HiddenInput& input, const SourceFile& file) {
    return is_allowed(input, file.path) ? Findings() : uses_of(input, file);
}

// These files list the words and hold examples of them.
bool is_this_test(std::string_view path) {
    return is_under(path, "tests/tidy");
}

TEST_CASE("clocks, threads, randomness and platforms appear in named files only") {
    for (const HiddenInput& input : hidden_inputs()) {
        Findings findings;
        for (const SourceFile& file : source_tree()) {
            if (!file.is_cpp() || is_this_test(file.path)) continue;
            const Findings found = hidden_uses(input, file);
            findings.insert(findings.end(), found.begin(), found.end());
        }
        expect_none(findings);
    }
}

TEST_CASE("no file is named for a hidden input that it no longer uses") {
    Findings findings;
    for (const HiddenInput& input : hidden_inputs()) {
        for (const Allowed& allowed : input.allowed) {
            const SourceFile* file = find_file(allowed.path);
            CHECK_FALSE(allowed.reason.empty());
            if (file != nullptr && !uses_of(input, *file).empty()) continue;
            findings.push_back({std::string(allowed.path), 0,
                                "uses no " + std::string(input.name) + " any more; drop it from the list"});
        }
    }
    expect_none(findings);
}

TEST_CASE("a hidden input is found, a mention of it is not") {
    struct Example {
        const char* path;
        const char* text;
        std::size_t findings;
    };
    const Example examples[] = {
        {"shared/rules/x.cpp", "auto t = std::chrono::steady_clock::now();\n", 1},
        {"shared/base/system_clock_source.cpp", "auto t = std::chrono::steady_clock::now();\n", 0},
        {"shared/rules/x.cpp", "auto t = clock.now();\n", 0},
        {"shared/rules/x.cpp", "// steady_clock::now() would lie here\n", 0},
        {"shared/rules/x.cpp", "auto t = std::time(nullptr);\n", 1},
        {"shared/rules/x.cpp", "const char* s = \"std::thread\";\n", 0},
        {"app/sync/x.cpp", "std::thread worker;\n", 1},
        {"app/sync/x.cpp", "std::random_device device;\n", 1},
        {"app/sync/x.cpp", "int operand() { return operand(); }\n", 0},
        {"app/sync/x.cpp", "#ifdef __EMSCRIPTEN__\n#endif\n", 1},
        {"app/store/executor_web.cpp", "#ifdef __EMSCRIPTEN_PTHREADS__\n#endif\n", 0},
        {"app/shell/main_web.cpp", "EM_JS(void, f, (), {});\n", 0},
    };
    for (const Example& example : examples) {
        std::set<std::size_t> lines;
        for (const HiddenInput& input : hidden_inputs()) {
            for (const Finding& found : hidden_uses(input, source_file(example.path, example.text))) {
                lines.insert(found.line);
            }
        }
        INFO(example.path << ": " << example.text);
        CHECK(lines.size() == example.findings);
    }
}

// SQL reads clocks and dice too, and would do so on both sides differently.
Findings hidden_sql(const SourceFile& file) {
    Findings findings;
    for (const Literal& literal : file.literals) {
        for (const std::string_view word : {"CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "'now'", "random()",
                                            "RANDOM()", "randomblob", "RANDOMBLOB"}) {
            if (find_word(literal.text, word) == std::string::npos) continue;
            findings.push_back(
                {file.path, literal.line, std::string(word) + " hides an input in SQL; bind the value as a parameter"});
        }
    }
    return findings;
}

TEST_CASE("SQL has no clock and no dice") {
    Findings findings;
    for (const SourceFile& file : source_tree()) {
        if (!file.is_cpp() || is_under(file.path, "tests")) continue;
        const Findings found = hidden_sql(file);
        findings.insert(findings.end(), found.begin(), found.end());
    }
    expect_none(findings);
    CHECK(hidden_sql(source_file("a.cpp", "f(R\"(SELECT datetime('now'))\");")).size() == 1);
    CHECK(hidden_sql(source_file("a.cpp", "f(\"SELECT nowhere\");")).empty());
}

// Declarations of unordered containers: "std::unordered_map<...> name", and names of aliases of one.
std::size_t after_angles(std::string_view code, std::size_t open) {
    int depth = 0;
    for (std::size_t at = open; at < code.size(); ++at) {
        if (code[at] == '<') ++depth;
        if (code[at] == '>' && --depth == 0) return at + 1;
        if (code[at] == ';') return std::string_view::npos;
    }
    return std::string_view::npos;
}

std::string_view name_at(std::string_view code, std::size_t at) {
    at = std::min(code.find_first_not_of(" &\n", at), code.size());
    std::size_t end = at;
    while (end < code.size() && is_word_character(code[end]))
        ++end;
    return code.substr(at, end - at);
}

void collect_unordered(std::string_view code, std::set<std::string>& variables) {
    for (const std::string_view kind : {"unordered_map", "unordered_set", "unordered_multimap", "unordered_multiset"}) {
        for (std::size_t at = find_word(code, kind); at != std::string_view::npos;
             at = find_word(code, kind, at + kind.size())) {
            const std::size_t after = code.size() > at + kind.size() && code[at + kind.size()] == '<'
                                          ? after_angles(code, at + kind.size())
                                          : std::string_view::npos;
            if (after == std::string_view::npos) continue;
            std::string_view name = name_at(code, after);
            const std::size_t line_begin = code.rfind('\n', at) + 1;
            const std::size_t alias = find_word(code.substr(0, at), "using", line_begin);
            if (name.empty() && alias != std::string_view::npos) {
                const std::string_view type = name_at(code, alias + 5);
                for (std::size_t use = find_word(code, type, after); use != std::string_view::npos;
                     use = find_word(code, type, use + type.size())) {
                    const std::string_view variable = name_at(code, use + type.size());
                    if (!variable.empty()) variables.emplace(variable);
                }
            }
            if (!name.empty()) variables.emplace(name);
        }
    }
}

// The name that an expression ends with: "world.m_rows" and "rows()" give m_rows and rows.
std::string_view last_name(std::string_view expression) {
    std::size_t end = expression.size();
    while (end > 0 && !is_word_character(expression[end - 1]))
        --end;
    std::size_t begin = end;
    while (begin > 0 && is_word_character(expression[begin - 1]))
        --begin;
    return expression.substr(begin, end - begin);
}

// The range of a range-for whose "for" stands at `at`; empty for another kind of loop.
std::string_view range_of_for(std::string_view code, std::size_t at) {
    const std::size_t open = code.find('(', at);
    if (open == std::string_view::npos) return {};
    int depth = 0;
    std::size_t colon = 0;
    for (std::size_t i = open; i < code.size(); ++i) {
        if (code[i] == '(') ++depth;
        if (code[i] == ')' && --depth == 0)
            return colon > 0 ? code.substr(colon + 1, i - colon - 1) : std::string_view();
        const bool lone = code[i] == ':' && code[i - 1] != ':' && i + 1 < code.size() && code[i + 1] != ':';
        if (depth == 1 && lone && colon == 0) colon = i;
        if (depth == 1 && code[i] == ';') colon = 0;
    }
    return {};
}

struct OrderFree {
    std::string_view path;
    std::string_view variable;
    std::string_view reason;
};
// Walks whose order cannot be seen from outside.
const std::vector<OrderFree>& order_free() {
    static const std::vector<OrderFree> all = {
        {"server-stub/live/hub.cpp", "m_connections",
         "each connection gets its own note; those touched are sorted before any is woken"},
    };
    return all;
}

bool is_order_free(std::string_view path, std::string_view variable) {
    return std::any_of(order_free().begin(), order_free().end(),
                       [&](const OrderFree& walk) { return walk.path == path && walk.variable == variable; });
}

Findings unordered_walks(const SourceFile& file, const std::set<std::string>& variables) {
    Findings findings;
    const auto report = [&](std::size_t at, std::string_view name) {
        if (variables.count(std::string(name)) == 0 || is_order_free(file.path, name)) return;
        findings.push_back({file.path, line_at(file.code, at),
                            "walks the unordered " + std::string(name) +
                                ": the order differs by library and run; sort, or use an ordered container"});
    };
    for (std::size_t at = find_word(file.code, "for"); at != std::string::npos;
         at = find_word(file.code, "for", at + 3)) {
        const std::string_view range = range_of_for(file.code, at);
        if (!range.empty() && range.find('[') == std::string_view::npos) report(at, last_name(range));
    }
    for (const std::string_view begin : {".begin()", ".cbegin()"}) {
        for (std::size_t at = file.code.find(begin); at != std::string::npos; at = file.code.find(begin, at + 1)) {
            report(at, last_name(std::string_view(file.code).substr(0, at)));
        }
    }
    return findings;
}

// What a file can name: its own declarations and those of the project's headers it includes.
std::set<std::string> unordered_variables(const SourceFile& file) {
    std::set<std::string> variables;
    collect_unordered(file.code, variables);
    for (const Include& include : file.includes) {
        const SourceFile* header = include.quoted ? find_file(include.target) : nullptr;
        if (header != nullptr) collect_unordered(header->code, variables);
    }
    return variables;
}

TEST_CASE("nothing depends on the order of an unordered container") {
    Findings findings;
    for (const SourceFile& file : source_tree()) {
        if (!file.is_cpp() || is_this_test(file.path)) continue;
        const Findings found = unordered_walks(file, unordered_variables(file));
        findings.insert(findings.end(), found.begin(), found.end());
    }
    expect_none(findings);
}

TEST_CASE("a walk over an unordered container is found") {
    struct Example {
        const char* text;
        std::size_t findings;
    };
    const Example examples[] = {
        {"std::unordered_map<int, std::vector<int>> m_rows;\nfor (const auto& row : m_rows) {}\n", 1},
        {"std::unordered_set<int> rows;\nauto first = rows.begin();\n", 1},
        {"using Rows = std::unordered_set<int>;\nRows rows;\nfor (int row : world.rows) {}\n", 1},
        {"std::unordered_map<int, int> rows;\nfor (int i = 0; i < n; ++i) rows.erase(i);\n", 0},
        {"std::unordered_map<int, int> rows;\nfor (int x : std::vector<int>{}) rows[x] = 1;\n", 0},
        {"std::map<int, int> rows;\nfor (const auto& row : rows) {}\n", 0},
    };
    for (const Example& example : examples) {
        const SourceFile file = source_file("shared/rules/x.cpp", example.text);
        INFO(example.text);
        CHECK(unordered_walks(file, unordered_variables(file)).size() == example.findings);
    }
}

}  // namespace
}  // namespace portal::tidy
