// Hostile bytes as the answer to a pull, as the browser's reader takes them: pages, lines, rows, and the screens that
// are built of them. An empty line ends a page. The check sum would stop nearly every mutated page at the door, so each
// page gets an end line that is right; a page that brings its own is offered as it is as well. Whatever came in, the
// sums that the replica keeps are those of its rows.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "app/store/replica_store.hpp"
#include "shared/wire/json_codec.hpp"

namespace {

using namespace portal;
using namespace portal::store;

constexpr int steps_max = 10'000;

std::vector<std::string> pages_of(std::string_view bytes) {
    std::vector<std::string> pages;
    for (;;) {
        const std::size_t end = bytes.find("\n\n");
        pages.emplace_back(bytes.substr(0, end));
        if (end == std::string_view::npos) return pages;
        bytes.remove_prefix(end + 2);
    }
}

std::string with_end(std::string page, bool is_last) {
    page += '\n';
    wire::PullEnd end;
    end.crc = wire::crc32(page);
    end.next_seq = 7;
    end.more = !is_last;
    end.page = is_last ? "" : "next";
    return page + wire::encode(wire::PullLine(end));
}

void run_steps(ReplicaStore& store) {
    for (int steps = 0; store.step([] { return false; }); ++steps)
        if (steps > steps_max) std::abort();
}

void apply(ReplicaStore& store, const std::string& body, const CheckedPage& page, bool is_first) {
    store.begin_apply({body, page, is_first});
    run_steps(store);
    if (!store.take_apply_end() || store.replica().in_transaction()) std::abort();
}

// From now on the pages of a pull are staged; the base is that of an empty first load.
void publish(ReplicaStore& store) {
    wire::PullBegin begin;
    begin.epoch = "first";
    begin.set = "set";
    std::string line = wire::encode(wire::PullLine(begin));
    line.pop_back();
    const std::string body = with_end(line, true);
    const auto page = check_page(body);
    if (!page) std::abort();
    apply(store, body, *page, true);
    if (store.is_first_load()) std::abort();
}

void look_at_every_screen(ReplicaStore& store) {
    const vm::Query queries[] = {vm::OverviewQuery{}, vm::IntegrationsQuery{}, vm::FinancingQuery{}, vm::TicketsQuery{},
                                 vm::DepositsQuery{}};
    for (const vm::Query& query : queries) {
        static_cast<void>(store.take(vm::ShowScreen{query}));
        run_steps(store);
    }
}

void require_true_sums(Replica& replica) {
    SumRecount recount(replica);
    if (recount.step([] { return false; }) || !recount.differing().empty()) std::abort();
}

// Making a database costs more than most inputs do, so one is emptied for each.
std::unique_ptr<Replica>& spare_replica() {
    static std::unique_ptr<Replica> replica = std::move(*Replica::open({}));
    return replica;
}

void make_empty(Replica& replica) {
    replica.begin();
    replica.clear_overlay();
    replica.clear_base();
    replica.clear_staging();
    replica.set_state({});
    replica.commit();
}

// False when a page was refused: there is nothing to look at then.
bool take_pages(ReplicaStore& store, const std::vector<std::string>& pages) {
    for (std::size_t index = 0; index < pages.size(); ++index) {
        const bool is_last = index + 1 == pages.size();
        const std::string body = with_end(pages[index], is_last);
        const auto page = check_page(body);
        if (!page) return false;
        if (is_last || store.is_first_load())
            apply(store, body, *page, index == 0);
        else if (!store.stage_page(body, *page, index == 0))
            return false;
    }
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    static_cast<void>(check_page(bytes));
    ManualClock clock(1'790'000'000'000);
    SeededRandom random(5);
    ReplicaStore store(clock, random);
    store.attach(std::move(spare_replica()));
    run_steps(store);
    if (size % 2 == 1) publish(store);
    if (take_pages(store, pages_of(bytes))) {
        look_at_every_screen(store);
        require_true_sums(store.replica());
    }
    spare_replica() = store.detach();
    make_empty(*spare_replica());
    return 0;
}
