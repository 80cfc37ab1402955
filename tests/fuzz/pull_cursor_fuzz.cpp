// Hostile bytes as a pull request: cursor, epoch, permission set and page token, as the server reads and follows them.
// A mutated text would never guess the names of epoch and set, so EPOCH and SET in the input stand for the right ones:
// what is under test is everything behind them. Whatever cursor is claimed, the answer is one whole page.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "server-stub/api/pull_page.hpp"
#include "server-stub/repo/sqlite_repository.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/json_codec.hpp"
#include "tests/server-stub/repo/small_world.hpp"
#include "tests/server-stub/repo/temp_folder.hpp"

namespace {

using namespace portal;
using namespace portal::server;

constexpr std::size_t page_bytes_max = 2'000;  // So that a pull has many pages.

// One small tenant for all inputs; none of them writes.
struct World {
    World() {
        repository =
            std::move(*open_sqlite_repository({folder.file("portal.sqlite"), OpenMode::create_if_missing, {}}, random));
        CommitQueue queue(*repository);
        const auto made = queue.run([](WriteTransaction& writes) -> Status {
            writes.act_as({}, test::start_ms);
            test::put_small_world(writes);
            return {};
        });
        if (!made) std::abort();
        snapshot = repository->read();
        caller = *snapshot->caller(test::id_of("mona"));
        wire::PullRequest none;
        set = plan_pull(*snapshot, caller, none).set;
    }

    test::TempFolder folder;
    SeededRandom random{11};
    std::unique_ptr<Repository> repository;
    std::unique_ptr<ReadSnapshot> snapshot;
    Caller caller;
    std::string set;
};

World& world() {
    static World made;
    return made;
}

void replace_all(std::string& text, std::string_view word, const std::string& value) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + value.size()))
        text.replace(at, word.size(), value);
}

// As check_page() of app/store wants it; written once more, because the floors keep server and app apart.
void require_whole(std::string_view page) {
    if (page.empty() || page.back() != '\n') std::abort();
    const std::size_t last_start = page.rfind('\n', page.size() - 2) + 1;
    const auto last = wire::decode_pull_line(page.substr(last_start));
    const auto* end = last ? std::get_if<wire::PullEnd>(&*last) : nullptr;
    if (!end || end->crc != wire::crc32(page.substr(0, last_start))) std::abort();
    if (end->more != !end->page.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string text(reinterpret_cast<const char*>(data), size);
    replace_all(text, "EPOCH", world().snapshot->head().epoch);
    replace_all(text, "SET", world().set);
    const auto request = wire::decode_pull_request(text);
    if (!request) return 0;
    const PullPlan plan = plan_pull(*world().snapshot, world().caller, *request);
    const auto start = start_of_page(plan, request->page);
    if (!start) return 0;
    PageWriter page(*world().snapshot, plan);
    page.add(wire::PullBegin{plan.head.epoch, plan.set, plan.is_full(), 1, plan.streams, world().caller.user, 0, 0});
    page.fill(*start, page_bytes_max);
    require_whole(page.take());
    return 0;
}
