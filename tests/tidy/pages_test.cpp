// The pages keep to a strict content security policy, and the packages behind them are pinned.

#include "tests/tidy/source_tree.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cctype>

#include "shared/rules/disclosure_check.hpp"

namespace portal::tidy {
namespace {

bool is_page(const SourceFile& file) {
    return is_under(file.path, "web") && file.path.ends_with(".html");
}
// What a browser runs; web/build runs in Node.
bool is_page_script(const SourceFile& file) {
    return is_under(file.path, "web") && !is_under(file.path, "web/build") && file.path.ends_with(".js");
}

struct Tag {
    std::size_t at = 0;
    std::string_view name;
    std::string_view text;  // From "<" to ">".
};

std::vector<Tag> tags_of(std::string_view html) {
    std::vector<Tag> tags;
    for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
        std::size_t end = at + 1;
        while (end < html.size() && std::isalnum(static_cast<unsigned char>(html[end])) != 0)
            ++end;
        const std::size_t close = html.find('>', at);
        if (end == at + 1 || close == std::string_view::npos) continue;
        tags.push_back({at, html.substr(at + 1, end - at - 1), html.substr(at, close - at + 1)});
    }
    return tags;
}

bool has_attribute(const Tag& tag, std::string_view name) {
    for (const std::string_view before : {" ", "\n"}) {
        if (tag.text.find(std::string(before) + std::string(name) + "=") != std::string_view::npos) return true;
    }
    return false;
}

bool has_handler(const Tag& tag) {
    for (std::size_t at = tag.text.find(" on"); at != std::string_view::npos; at = tag.text.find(" on", at + 1)) {
        const std::size_t equals = tag.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz", at + 3);
        if (equals != std::string_view::npos && equals > at + 3 && tag.text[equals] == '=') return true;
    }
    return false;
}

Findings inline_code(const SourceFile& file) {
    Findings findings;
    const auto report = [&](const Tag& tag, const char* what) {
        findings.push_back({file.path, line_at(file.text, tag.at), what});
    };
    for (const Tag& tag : tags_of(file.text)) {
        if (tag.name == "script" && !has_attribute(tag, "src"))
            report(tag, "inline script; put it into a file of web/");
        if (tag.name == "style") report(tag, "inline style; put it into a style sheet of web/");
        if (has_attribute(tag, "style")) report(tag, "style attribute; use a class");
        if (has_handler(tag)) report(tag, "handler attribute; use addEventListener");
        if (tag.text.find("javascript:") != std::string_view::npos) report(tag, "script in an address; use a button");
        for (const std::string_view foreign : {"src=\"http", "src=\"//", "href=\"http", "href=\"//"}) {
            if (tag.text.find(foreign) != std::string_view::npos)
                report(tag, "loads from another origin; serve it ourselves");
        }
    }
    return findings;
}

Findings unsafe_script(const SourceFile& file) {
    Findings findings;
    for (const std::string_view call :
         {"eval(", "new Function(", ".innerHTML", ".outerHTML", "insertAdjacentHTML", "document.write(",
          "setAttribute('style'", "setAttribute(\"style\"", "setTimeout('", "setTimeout(\""}) {
        for (std::size_t at = find_word(file.text, call); at != std::string::npos;
             at = find_word(file.text, call, at + 1)) {
            findings.push_back({file.path, line_at(file.text, at),
                                std::string(call) + " makes code or markup of text; build nodes and set textContent"});
        }
    }
    return findings;
}

TEST_CASE("what pages say outside of the catalogue passes the disclosure check") {
    Findings findings;
    std::size_t files = 0;
    for (const SourceFile& file : source_tree()) {
        if (!is_page(file) && !is_page_script(file)) continue;
        ++files;
        for (const DisclosureFinding& finding : check_disclosure(file.text).findings)
            findings.push_back({file.path, line_at(file.text, finding.first), "say rather: " + finding.rewrite});
    }
    CHECK(files > 10);
    expect_none(findings);
}

TEST_CASE("pages and their scripts need no exception from the content security policy") {
    Findings findings;
    std::size_t pages = 0;
    for (const SourceFile& file : source_tree()) {
        Findings found;
        if (is_page(file)) {
            found = inline_code(file);
            ++pages;
        }
        if (is_page_script(file)) found = unsafe_script(file);
        findings.insert(findings.end(), found.begin(), found.end());
    }
    CHECK(pages >= 2);
    expect_none(findings);
}

TEST_CASE("inline code is found") {
    struct Example {
        const char* text;
        std::size_t findings;
    };
    const Example pages[] = {
        {"<script type=\"module\" src=\"/boot.js\"></script><p data-on=\"x\">style= on click=</p>", 0},
        {"<script>go()</script>", 1},
        {"<style>p{}</style>", 1},
        {"<p style=\"color:red\">", 1},
        {"<p\nstyle=\"color:red\">", 1},
        {"<button type=\"button\" onclick=\"go()\">", 1},
        {"<a href=\"javascript:go()\">", 1},
        {"<script src=\"http://host/x.js\"></script>", 1},
    };
    for (const Example& example : pages) {
        INFO(example.text);
        CHECK(inline_code(source_file("web/x.html", example.text)).size() == example.findings);
    }
    CHECK(unsafe_script(source_file("web/x.js", "a.innerHTML = b; retrieval(1);\n")).size() == 1);
    CHECK(unsafe_script(source_file("web/x.js", "a.style.width = '1px'; a.textContent = b;\n")).empty());
}

struct Package {
    std::size_t line = 0;
    std::string name;
    std::string version;
};

// The lines of "dependencies" and "devDependencies" of a package.json as npm writes it.
std::vector<Package> packages_of(std::string_view text) {
    std::vector<Package> packages;
    bool inside = false;
    std::size_t number = 0;
    for (const std::string_view line : lines_of(text)) {
        ++number;
        if (line.find("ependencies\": {") != std::string_view::npos) {
            inside = true;
        } else if (line.find('}') != std::string_view::npos) {
            inside = false;
        } else if (inside) {
            const std::size_t name = line.find('"') + 1;
            const std::size_t name_end = line.find('"', name);
            const std::size_t version = line.find('"', name_end + 1) + 1;
            packages.push_back({number, std::string(line.substr(name, name_end - name)),
                                std::string(line.substr(version, line.find('"', version) - version))});
        }
    }
    return packages;
}

// Three numbers, perhaps with the name of one build: no range, no tag, no address.
bool is_exact(std::string_view version) {
    if (const std::size_t dash = version.find('-'); dash != std::string_view::npos) {
        const std::string_view build = version.substr(dash + 1);
        const bool is_named = !build.empty() && std::all_of(build.begin(), build.end(), [](unsigned char letter) {
            return std::isalnum(letter) != 0;
        });
        if (!is_named) return false;
        version = version.substr(0, dash);
    }
    return std::count(version.begin(), version.end(), '.') == 2 &&
           version.find_first_not_of("0123456789.") == std::string_view::npos && version.front() != '.' &&
           version.back() != '.';
}

TEST_CASE("packages are pinned to one version and named in the README") {
    const SourceFile* readme = find_file("README.md");
    Findings findings;
    if (readme == nullptr) findings.push_back({"README.md", 0, "is missing; a newcomer begins there"});
    for (const char* path : {"web/package.json", "tests/bench/package.json"}) {
        const SourceFile* file = find_file(path);
        REQUIRE(file != nullptr);
        const std::vector<Package> packages = packages_of(file->text);
        CHECK(packages.size() >= 5);
        for (const Package& package : packages) {
            if (!is_exact(package.version)) {
                findings.push_back(
                    {file->path, package.line, package.name + " is not pinned to one version: " + package.version});
            }
            if (readme != nullptr && find_word(readme->text, package.name) == std::string::npos) {
                findings.push_back({readme->path, 0, "does not say what the package " + package.name + " is for"});
            }
        }
    }
    expect_none(findings);

    CHECK(packages_of("{\n  \"devDependencies\": {\n    \"a\": \"^1.2.3\"\n  }\n}\n").size() == 1);
    CHECK(is_exact("1.20.3"));
    CHECK(is_exact("3.54.1-build1"));
    for (const char* loose : {"^1.2.3", "1.2", "latest", "1.x.0", "1.2.", ">=1.2.3", "1.2.3-", "1.2.3 - 2.0.0"}) {
        INFO(loose);
        CHECK_FALSE(is_exact(loose));
    }
}

}  // namespace
}  // namespace portal::tidy
