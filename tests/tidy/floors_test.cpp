// Who may include whom: the house's table of floors, kept by a test.

#include "tests/tidy/source_tree.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <set>

namespace portal::tidy {
namespace {

struct Floor {
    std::string_view folder;
    std::string_view target;   // The CMake target without "portal_".
    std::string_view floors;   // What it may include, by target name.
    std::string_view sources;  // Libraries it may include, by name in `libraries`.
};

// Lowest first. A floor includes itself and what its row names, and nothing else.
constexpr std::array<Floor, 32> floor_table = {{
    {"shared/base", "base", "", "expected"},
    {"shared/model", "model", "base", ""},
    {"shared/rules", "rules", "base model", "date"},
    {"shared/wire", "wire", "base model", "json"},
    {"shared/db", "db", "base model", "sqlite"},
    {"shared/import", "import", "base", ""},
    {"shared/facts", "facts", "base model rules wire", "lanes"},
    {"shared/tenant", "tenant", "base model rules", ""},
    {"app/vm", "vm", "base model", "reflection"},
    {"app/mirror", "mirror", "base", "imgui"},
    {"app/ui", "ui", "base mirror", "imgui implot assets"},
    {"app/views", "views", "base model vm ui", "assets"},
    {"app/platform/window", "platform_window", "base mirror", "imgui graphics emscripten system"},
    {"app/platform/storage", "platform_storage", "base", "sqlite emscripten system"},
    {"app/platform/transport", "platform_transport", "base", "emscripten system"},
    {"app/platform/tabs", "platform_tabs", "base", "emscripten"},
    {"app/platform/desk", "platform_desk", "base", "emscripten"},
    {"app/export", "export", "base model vm", ""},
    {"app/workbook", "workbook", "base model vm export", "xlsxwriter"},
    {"app/console", "console", "base model wire db vm", "sqlite emscripten"},
    {"app/store", "store", "base model rules wire db facts vm export console", "sqlite emscripten threads"},
    {"app/sync", "sync", "base model wire vm store platform_storage platform_transport platform_tabs", "json"},
    {"app/follow", "follow", "base model rules wire vm platform_transport", ""},
    {"app/pitch", "pitch",
     "base model rules wire import facts tenant vm ui views export platform_transport platform_desk", ""},
    {"app/shell", "shell",
     "base model tenant vm ui views mirror platform_window platform_storage platform_transport platform_tabs "
     "platform_desk store sync follow pitch",
     "imgui implot assets emscripten"},
    {"server-stub/repo", "server_repo", "base model rules wire db facts", "sqlite"},
    {"server-stub/auth", "server_auth", "base model rules wire server_repo", "sodium"},
    {"server-stub/live", "server_live", "base model rules wire server_repo", ""},
    {"server-stub/api", "server_api", "base model rules wire facts server_repo server_auth server_live", "json"},
    {"server-stub/import", "server_import", "base model rules wire import facts tenant server_repo", "json"},
    {"server-stub/net", "server_net", "base model wire server_api server_live", "network json"},
    {"server-stub", "server",
     "base model rules wire db import facts tenant server_repo server_auth server_live server_api server_import "
     "server_net",
     "commandline json system"},
}};

struct Library {
    std::string_view prefix;  // How its includes begin.
    std::string_view name;
};
constexpr auto libraries = std::to_array<Library>({
    {"tl/expected.hpp", "expected"},
    {"wasm_simd128.h", "lanes"},
    {"emmintrin.h", "lanes"},
    {"nlohmann/", "json"},
    {"date/", "date"},
    {"SQLiteCpp/", "sqlite"},
    {"sqlite3.h", "sqlite"},
    {"imgui", "imgui"},
    {"implot", "implot"},
    {"generated/", "assets"},
    {"GLES3/", "graphics"},
    {"emscripten", "emscripten"},
    {"pthread.h", "threads"},
    {"fcntl.h", "system"},
    {"unistd.h", "system"},
    {"sys/", "system"},
    {"malloc.h", "system"},
    {"sodium.h", "sodium"},
    {"boost/pfr", "reflection"},
    {"boost/", "network"},
    {"openssl/", "network"},
    {"spdlog/", "network"},
    {"zlib.h", "network"},
    {"xlsxwriter.h", "xlsxwriter"},
    {"brotli/", "network"},
    {"CLI/", "commandline"},
});

// Some floors are used through a door: of `to`, `from` may include these headers only.
struct Door {
    std::string_view from;
    std::string_view to;
    std::string_view headers;
};
constexpr std::string_view repo_interface = "repository commit_queue account_records import_writes share_records";
constexpr auto doors = std::to_array<Door>({
    {"sync", "store", "outbox patch replica_store store executor viewer"},
    {"server_api", "server_repo", repo_interface},
    {"server_auth", "server_repo", repo_interface},
    {"server_live", "server_repo", repo_interface},
    {"server_import", "server_repo", repo_interface},
});

struct FloorException {
    std::string_view path;
    std::string_view target;
    std::string_view reason;
};
constexpr auto exceptions = std::to_array<FloorException>({
    {"app/store/overview_builder.cpp", "shared/tenant/generator.hpp",
     "the checklist of stories is the tenant's own list; the generator itself stays out of the store"},
    {"app/shell/appearance.cpp", "shared/rules/business_time.hpp",
     "the shell hands the views' formatter the zone's offsets, since views see no zone data"},
});

bool names(std::string_view list, std::string_view name) {
    std::size_t at = find_word(list, name);
    return !name.empty() && at != std::string_view::npos;
}

// The row of a file, found by its folder; files beside a platform's folder carry its name.
const Floor* floor_of(std::string_view path) {
    const std::string_view folder = path.substr(0, path.rfind('/'));
    const Floor* found = nullptr;
    for (const Floor& floor : floor_table) {
        const bool beside = is_under(floor.folder, "app/platform") && folder == "app/platform" &&
                            path.substr(0, floor.folder.size()) == floor.folder &&
                            !is_word_character(path[floor.folder.size()] == '_' ? '.' : path[floor.folder.size()]);
        // The server's own row is for the files in its root, so that no new folder hides under it.
        const bool inside = folder == floor.folder || (floor.folder != "server-stub" && is_under(folder, floor.folder));
        if (beside || inside) found = &floor;
    }
    return found;
}

std::string_view library_of(std::string_view target) {
    for (const Library& library : libraries) {
        if (target.substr(0, library.prefix.size()) == library.prefix) return library.name;
    }
    return {};
}

bool is_standard(std::string_view target) {
    return target.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") == std::string_view::npos;
}

bool is_excepted(std::string_view path, std::string_view target) {
    return std::any_of(exceptions.begin(), exceptions.end(), [&](const FloorException& exception) {
        return exception.path == path && exception.target == target;
    });
}

std::string wrong_library(const Floor& floor, const Include& include) {
    if (!include.quoted && is_standard(include.target)) return {};
    const std::string_view library = library_of(include.target);
    if (library.empty()) {
        return include.target +
               " is no library this test knows; name it in `libraries` and say which floors may use it";
    }
    if (names(floor.sources, library)) return {};
    return std::string(floor.folder) + " may not use " + std::string(library) + " (" + include.target +
           "); ask a floor that may";
}

std::string wrong_door(const Floor& from, const Floor& to, std::string_view target) {
    for (const Door& door : doors) {
        if (door.from != from.target || door.to != to.target) continue;
        const std::string_view name = target.substr(target.rfind('/') + 1);
        if (names(door.headers, name.substr(0, name.rfind('.')))) return {};
        return std::string(from.folder) + " sees of " + std::string(to.folder) + " only: " + std::string(door.headers);
    }
    return {};
}

std::string wrong_include(const Floor& floor, const Include& include) {
    const bool of_ours = is_under(include.target, "shared") || is_under(include.target, "app") ||
                         is_under(include.target, "server-stub") || is_under(include.target, "tests");
    if (!of_ours) return wrong_library(floor, include);
    const Floor* to = floor_of(include.target);
    if (to == nullptr) return include.target + " lies on no floor; give its folder a row in `floor_table`";
    if (to == &floor) return {};
    if (!names(floor.floors, to->target)) {
        return std::string(floor.folder) + " may not include " + include.target +
               "; it may include: " + std::string(floor.floors);
    }
    return wrong_door(floor, *to, include.target);
}

Findings wrong_includes(const SourceFile& file) {
    const Floor* floor = floor_of(file.path);
    if (floor == nullptr) return {{file.path, 0, "lies on no floor; give its folder a row in `floor_table`"}};
    Findings findings;
    for (const Include& include : file.includes) {
        if (is_excepted(file.path, include.target)) continue;
        std::string what = wrong_include(*floor, include);
        if (!what.empty()) findings.push_back({file.path, include.line, std::move(what)});
    }
    return findings;
}

bool is_product(const SourceFile& file) {
    return file.is_cpp() &&
           (is_under(file.path, "shared") || is_under(file.path, "app") || is_under(file.path, "server-stub"));
}

TEST_CASE("every include obeys the floors") {
    Findings findings;
    std::size_t seen = 0;
    for (const SourceFile& file : source_tree()) {
        if (!is_product(file)) continue;
        ++seen;
        const Findings found = wrong_includes(file);
        findings.insert(findings.end(), found.begin(), found.end());
    }
    CHECK(seen > 100);
    expect_none(findings);
}

struct FloorExample {
    const char* path;
    const char* text;
    std::size_t findings;
};

TEST_CASE("an include of a higher or a foreign floor is found") {
    const FloorExample examples[] = {
        {"shared/model/x.hpp", "#include \"shared/base/result.hpp\"\n#include <vector>\n", 0},
        {"shared/base/x.hpp", "#include \"shared/model/id.hpp\"\n", 1},
        {"shared/wire/x.cpp", "#include \"shared/rules/mutate.hpp\"\n", 1},
        {"shared/rules/figures/x.cpp", "#include \"shared/model/id.hpp\"\n", 0},
        {"app/views/x.cpp", "#include \"app/store/store.hpp\"\n", 1},
        {"app/views/x.cpp", "#include <imgui.h>\n", 1},
        {"app/views/x.cpp", "// #include <imgui.h>\n", 0},
        {"app/ui/x.cpp", "  #  include <imgui.h>\n", 0},
        {"app/ui/x.cpp", "#include \"shared/model/id.hpp\"\n", 1},
        {"app/sync/x.cpp", "#include \"app/store/outbox.hpp\"\n", 0},
        {"app/sync/x.cpp", "#include \"app/store/replica.hpp\"\n", 1},
        {"app/platform/window_web.cpp", "#include \"app/mirror/mirror.hpp\"\n", 0},
        {"app/platform/transport_web.cpp", "#include \"app/mirror/mirror.hpp\"\n", 1},
        {"app/platform/other_web.cpp", "", 1},
        {"app/shell/x.cpp", "#include \"server-stub/api/api.hpp\"\n", 1},
        {"app/shell/x.cpp", "#include \"tests/ui/screen.hpp\"\n", 1},
        {"server-stub/api/x.cpp", "#include <boost/beast/http.hpp>\n", 1},
        {"server-stub/api/x.cpp", "#include \"server-stub/repo/sqlite_repository.hpp\"\n", 1},
        {"server-stub/x.cpp", "#include \"server-stub/repo/sqlite_repository.hpp\"\n", 0},
        {"server-stub/x.cpp", "#include \"app/vm/words.hpp\"\n", 1},
        {"server-stub/live/x.cpp", "#include \"server-stub/net/metrics.hpp\"\n", 1},
        {"server-stub/mail/x.cpp", "", 1},
        {"shared/base/x.cpp", "#include <curl/curl.h>\n", 1},
        {"shared/other/x.cpp", "", 1},
    };
    for (const FloorExample& example : examples) {
        INFO(example.path << ": " << example.text);
        CHECK(wrong_includes(source_file(example.path, example.text)).size() == example.findings);
    }
}

TEST_CASE("no exception from the floors outlives its include") {
    Findings findings;
    for (const FloorException& exception : exceptions) {
        const SourceFile* file = find_file(exception.path);
        const bool used =
            file != nullptr && std::any_of(file->includes.begin(), file->includes.end(),
                                           [&](const Include& include) { return include.target == exception.target; });
        if (!used) {
            findings.push_back({std::string(exception.path), 0,
                                "no longer includes " + std::string(exception.target) + "; drop the exception"});
        }
        CHECK_FALSE(exception.reason.empty());
    }
    expect_none(findings);
}

// The words after DEPENDS that are floors, by target name without "portal_".
std::vector<std::string> floors_in(std::string_view arguments) {
    std::vector<std::string> found;
    std::size_t at = arguments.find("DEPENDS");
    while (at != std::string_view::npos && (at = arguments.find("portal_", at)) != std::string_view::npos) {
        std::size_t end = at;
        while (end < arguments.size() && is_word_character(arguments[end]))
            ++end;
        const std::string_view name = arguments.substr(at + 7, end - at - 7);
        const bool is_floor = std::any_of(floor_table.begin(), floor_table.end(),
                                          [&](const Floor& floor) { return floor.target == name; });
        if (is_floor) found.emplace_back(name);
        at = end;
    }
    return found;
}

// Every portal_floor(portal_<name> ...) of a CMake file: its line and the floors it links.
std::map<std::string, std::pair<std::size_t, std::vector<std::string>>> linked_floors(std::string_view cmake) {
    constexpr std::string_view call = "portal_floor(portal_";
    std::map<std::string, std::pair<std::size_t, std::vector<std::string>>> linked;
    for (std::size_t at = cmake.find(call); at != std::string_view::npos; at = cmake.find(call, at + 1)) {
        const std::string_view arguments = cmake.substr(at + call.size(), cmake.find(')', at) - at - call.size());
        linked[std::string(arguments.substr(0, arguments.find(' ')))] = {line_at(cmake, at), floors_in(arguments)};
    }
    return linked;
}

TEST_CASE("CMake links no floor that the table forbids, and every floor is a target") {
    const SourceFile* cmake = find_file("CMakeLists.txt");
    REQUIRE(cmake != nullptr);
    const auto linked = linked_floors(cmake->text);
    Findings findings;
    for (const Floor& floor : floor_table) {
        const auto target = linked.find(std::string(floor.target));
        if (target == linked.end()) {
            findings.push_back({cmake->path, 0, std::string(floor.folder) + " has no portal_floor"});
            continue;
        }
        for (const std::string& name : target->second.second) {
            const bool excepted =
                std::any_of(exceptions.begin(), exceptions.end(), [&](const FloorException& exception) {
                    const Floor* to = floor_of(exception.target);
                    return floor_of(exception.path) == &floor && to != nullptr && to->target == name;
                });
            if (names(floor.floors, name) || excepted) continue;
            findings.push_back({cmake->path, target->second.first,
                                "portal_" + std::string(floor.target) + " links portal_" + name +
                                    ", which the table of floors forbids"});
        }
    }
    CHECK(linked.size() == floor_table.size());
    expect_none(findings);
}

// What a test includes, also through other files of tests/.
void collect_includes(const SourceFile& file, std::set<std::string>& seen) {
    for (const Include& include : file.includes) {
        if (!include.quoted || !seen.insert(include.target).second) continue;
        const SourceFile* next = is_under(include.target, "tests") ? find_file(include.target) : nullptr;
        if (next != nullptr) collect_includes(*next, seen);
    }
}

Finding both_sides(const SourceFile& file) {
    std::set<std::string> seen;
    collect_includes(file, seen);
    const auto of_app = std::find_if(seen.begin(), seen.end(), [](const auto& path) { return is_under(path, "app"); });
    const auto of_server =
        std::find_if(seen.begin(), seen.end(), [](const auto& path) { return is_under(path, "server-stub"); });
    if (of_app == seen.end() || of_server == seen.end()) return {};
    return {file.path, 0, "includes " + *of_app + " and " + *of_server + "; only tests/sim may join both sides"};
}

TEST_CASE("only the simulation includes both the app and the server") {
    Findings findings;
    for (const SourceFile& file : source_tree()) {
        if (!is_under(file.path, "tests") || is_under(file.path, "tests/sim")) continue;
        Finding finding = both_sides(file);
        if (!finding.what.empty()) findings.push_back(std::move(finding));
    }
    expect_none(findings);

    const char* both = "#include \"app/vm/words.hpp\"\n#include \"server-stub/api/api.hpp\"\n";
    CHECK(both_sides(source_file("tests/ui/x_test.cpp", both)).path == "tests/ui/x_test.cpp");
    CHECK(both_sides(source_file("tests/ui/x_test.cpp", "#include \"app/vm/words.hpp\"\n")).path.empty());
}

}  // namespace
}  // namespace portal::tidy
