#include "tests/tidy/functions.hpp"

#include <catch2/catch_test_macros.hpp>

namespace portal::tidy {
namespace {

std::string summary(const char* path, const char* text) {
    std::string all;
    for (const Function& function : functions_of(source_file(path, text))) {
        all += function.name + "@" + std::to_string(function.line) + "+" + std::to_string(function.lines) + " ";
    }
    return all;
}

TEST_CASE("functions are found by their braces") {
    struct Example {
        const char* text;
        const char* functions;
    };
    const Example examples[] = {
        {"int f(int a) {\n  return a;\n}\n", "f@1+3 "},
        {"namespace x {\nstruct A {\n  int g() const { return 1; }\n  int h = 2;\n};\n}\n", "g@3+1 "},
        {"A::A(int a) : m_a{a}, m_b(a) {\n  go();\n}\nvoid g() {}\n", "A@1+3 g@4+1 "},
        {"constexpr auto rows = std::to_array<int>({\n  1, 2,\n});\nvoid g() {}\n", "g@4+1 "},
        {"const int rows[] = {\n  1,\n};\n", ""},
        {"void g(int a = f({1})) {\n  h([&] {\n    return 1;\n  });\n}\n", "g@1+5 "},
        {"bool A::operator==(const A& b) const {\n}\n", "operator@1+2 "},
        {"template <typename T>\nvoid g(T t)\n{\n}\n", "g@3+2 "},
        {"#define F(x) {\nvoid g() { const char* s = \"{\"; /* { */ }\n", "g@2+1 "},
        {"TEST_CASE(\"a {\") {\n  for (int i = 0; i < 2; ++i) {\n  }\n}\n", "TEST_CASE@1+4 "},
        {"TEST_CASE(\"a\") {\n  make();\n  SECTION(\"b\") {\n    f({1});\n  }\n}\n", "TEST_CASE@1+3 SECTION@3+3 "},
    };
    for (const Example& example : examples) {
        INFO(example.text);
        CHECK(summary("a.cpp", example.text) == example.functions);
    }
    CHECK(summary("a.js", "export function f(a) {\n  if (a) {\n  }\n}\n") == "export function f(a) {@1+4 ");
    CHECK(summary("a.sh", "build() {\n  true\n}\n") == "build() {@1+3 ");
}

}  // namespace
}  // namespace portal::tidy
