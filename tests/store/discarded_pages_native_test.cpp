// Pages of a pull that starts anew: what they held may be of streams that have been lost since.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/store/replica_store.hpp"
#include "tests/server-stub/repo/temp_folder.hpp"
#include "tests/store/replica_fixture.hpp"

namespace portal::store {
namespace {

constexpr std::string_view canary = "staged before the grant was taken back";

bool holds(const std::filesystem::path& folder, std::string_view bytes) {
    const auto has_bytes = [&](const std::filesystem::directory_entry& file) {
        std::ifstream in(file.path(), std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(in), {}};
        return content.find(bytes) != std::string::npos;
    };
    const std::filesystem::directory_iterator files(folder);
    return std::any_of(begin(files), end(files), has_bytes);
}

}  // namespace

TEST_CASE("Pages that were staged in vain are scrubbed from the device", "[store]") {
    const server::test::TempFolder folder;
    const std::string path = folder.file("replica.sqlite");
    db::OpenOptions options;
    options.path = path;
    options.erasure = db::Erasure::overwrite;
    auto replica = Replica::open(options);
    REQUIRE(replica.has_value());
    apply_pull(**replica, page_of({begin_of()}, 1));
    ManualClock clock(1'700'000'000'000);
    SeededRandom random(1);
    ReplicaStore store(clock, random);
    store.attach(std::move(*replica));
    REQUIRE(store.discard_staging().has_value());
    CHECK_FALSE(store.replica().state().scrub_due);

    const std::string body =
        page_of({begin_of(), wire::PullUpsert{to_row(ticket_of(1, std::string(canary))), {"s1"}}}, 2, "page 2");
    const auto page = check_page(body);
    REQUIRE(page.has_value());
    REQUIRE(store.stage_page(body, *page, true).has_value());
    REQUIRE(holds(std::filesystem::path(path).parent_path(), canary));
    REQUIRE(store.discard_staging().has_value());
    store.scrub_when_due();
    CHECK_FALSE(store.replica().state().scrub_due);
    CHECK_FALSE(holds(std::filesystem::path(path).parent_path(), canary));
}

}  // namespace portal::store
