// Every fuzz target takes its own seeds, those that once broke it among them. What it checks ends the program.
#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "tests/source/source_folder.hpp"

// Named after their files: the build gives each of them its file's name.
extern "C" {
int answers_fuzz(const std::uint8_t* data, std::size_t size);
int import_records_fuzz(const std::uint8_t* data, std::size_t size);
int json_body_fuzz(const std::uint8_t* data, std::size_t size);
int live_frames_fuzz(const std::uint8_t* data, std::size_t size);
int pull_cursor_fuzz(const std::uint8_t* data, std::size_t size);
int pull_page_fuzz(const std::uint8_t* data, std::size_t size);
int rollup_fuzz(const std::uint8_t* data, std::size_t size);
int share_preview_fuzz(const std::uint8_t* data, std::size_t size);
int share_recording_fuzz(const std::uint8_t* data, std::size_t size);
int segment_fuzz(const std::uint8_t* data, std::size_t size);
int sync_messages_fuzz(const std::uint8_t* data, std::size_t size);
}

namespace portal {
namespace {

using Target = int (*)(const std::uint8_t*, std::size_t);
const std::map<std::string, Target> targets = {{"answers", answers_fuzz},
                                               {"rollup", rollup_fuzz},
                                               {"import_records", import_records_fuzz},
                                               {"json_body", json_body_fuzz},
                                               {"live_frames", live_frames_fuzz},
                                               {"pull_cursor", pull_cursor_fuzz},
                                               {"pull_page", pull_page_fuzz},
                                               {"segment", segment_fuzz},
                                               {"share_preview", share_preview_fuzz},
                                               {"share_recording", share_recording_fuzz},
                                               {"sync_messages", sync_messages_fuzz}};

int run_seeds(const std::filesystem::path& folder, Target target) {
    int count = 0;
    for (const auto& seed : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(seed.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        INFO(seed.path().filename());
        CHECK(target(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()) == 0);
        ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("every fuzz target takes its seeds", "[fuzz]") {
    const std::filesystem::path folder = test::source_folder() / "tests/fuzz";
    std::set<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(folder))
        if (const std::string stem = file.path().stem().string(); stem.ends_with("_fuzz"))
            names.insert(stem.substr(0, stem.size() - std::string_view("_fuzz").size()));
    for (const std::string& name : names) {
        INFO(name);
        REQUIRE(targets.contains(name));
        CHECK(run_seeds(folder / "corpus" / name, targets.at(name)) > 0);
    }
    CHECK(names.size() == targets.size());
}

}  // namespace portal
