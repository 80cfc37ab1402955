// Several tabs of one user on one device: production clients on a shared place, lock and channel.
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <map>

#include "app/platform/transport.hpp"
#include "app/sync/client.hpp"
#include "shared/base/limits.hpp"
#include "tests/store/demo_replica.hpp"

namespace portal::sync {
namespace {

namespace files = std::filesystem;
using store::test::DemoTenant;

constexpr std::string_view account = "practice_owner";

// What all tabs of a browser share: the files, who has them, and the channel.
struct Device {
    ManualClock clock{DemoTenant::today * 86'400'000LL};
    files::path folder = files::temp_directory_path() / ("portal-tabs-" + std::to_string(::getpid()));
    std::string last_user;
    const void* holder = nullptr;
    std::deque<std::pair<const void*, std::function<void(Status)>>> waiting;
    std::map<const void*, std::function<void()>> inboxes;

    Device() {
        files::remove_all(folder);
        files::create_directories(folder);
        auto replica = store::test::replica_of(account);
        last_user = replica->state().user;
        db::OpenOptions options;
        options.path = path_of(last_user);
        auto file = db::open_database(options);
        REQUIRE(file.has_value());
        REQUIRE(replica->copy_to(**file).has_value());
    }
    ~Device() { files::remove_all(folder); }

    std::string path_of(const std::string& user) const { return (folder / (user + ".db")).string(); }

    void let_go(const void* tab) {
        std::erase_if(waiting, [&](const auto& waiter) { return waiter.first == tab; });
        if (holder == tab) holder = nullptr;
        if (holder || waiting.empty()) return;
        auto [next, done] = std::move(waiting.front());
        waiting.pop_front();
        holder = next;
        done({});
    }

    std::vector<store::OutboxEntry> edits() const {
        db::OpenOptions options;
        options.path = path_of(last_user);
        auto replica = store::Replica::open(options);
        REQUIRE(replica.has_value());
        return store::Outbox(**replica).pending(100);
    }
};

class SharedStorage final : public platform::Storage {
  public:
    explicit SharedStorage(Device& device) : m_device(device) {}
    ~SharedStorage() override { m_device.let_go(this); }
    bool is_durable_supported() const override { return true; }
    void find_last_user(std::function<void(Result<std::string>)> done) override { done(m_device.last_user); }
    void open(const std::string& user, std::function<void(Result<platform::Place>)> done) override {
        if (m_device.holder && m_device.holder != this) return done(fail(ErrorCode::conflict, "another tab has it"));
        m_device.holder = this;
        done(platform::Place{m_device.path_of(user), {}, true});
    }
    void wait(const std::string&, std::function<void(Status)> done) override {
        m_device.waiting.emplace_back(this, std::move(done));
        if (!m_device.holder) m_device.let_go(nullptr);
    }
    void close() override { m_device.let_go(this); }
    void erase(const std::string& user, std::function<void(Status)> done) override {
        files::remove(m_device.path_of(user));
        m_device.last_user.clear();
        m_device.let_go(this);
        done({});
    }
    void set_aside(const std::string&, std::function<void(Status)> done) override { done({}); }
    void ask_to_persist() override {}

  private:
    Device& m_device;
};

// Every message is heard in a later turn.
class Channel final {
  public:
    struct Message {
        std::string to;
        std::string bytes;
    };
    std::map<std::string, std::deque<Message>> inboxes;  // By the tab's name.
};

class SharedTabs final : public platform::Tabs {
  public:
    explicit SharedTabs(Channel& channel) : m_channel(channel) {}
    ~SharedTabs() override { SharedTabs::leave(); }
    void join(const std::string&, const std::string& own_name, std::function<void(std::string_view)> heard) override {
        leave();
        m_name = own_name;
        m_heard = std::move(heard);
        m_channel.inboxes[m_name];
    }
    void send(const std::string& name, std::string_view message) override {
        for (auto& [other, inbox] : m_channel.inboxes)
            if (other != m_name && (name.empty() || name == other)) inbox.push_back({name, std::string(message)});
    }
    void leave() override { m_channel.inboxes.erase(m_name); }

    void deliver() {
        for (auto* inbox = this->inbox(); inbox && !inbox->empty(); inbox = this->inbox()) {
            const std::string bytes = std::move(inbox->front().bytes);
            inbox->pop_front();
            m_heard(bytes);
        }
    }
    void lose() {
        if (auto* inbox = this->inbox()) inbox->clear();
    }

  private:
    std::deque<Channel::Message>* inbox() {
        const auto found = m_channel.inboxes.find(m_name);
        return found == m_channel.inboxes.end() ? nullptr : &found->second;
    }

    Channel& m_channel;
    std::string m_name;
    std::function<void(std::string_view)> m_heard;
};

class Tab {
  public:
    Tab(Device& device, Channel& channel, std::uint64_t seed) : m_random(seed) {
        ClientOptions options;
        options.clock = &device.clock;
        options.random = std::make_unique<SeededRandom>(seed);
        options.storage = std::make_unique<SharedStorage>(device);
        options.transport = platform::make_transport();
        auto tabs = std::make_unique<SharedTabs>(channel);
        m_tabs = tabs.get();
        options.tabs = std::move(tabs);
        options.executor = store::ExecutorKind::manual;
        options.signed_out = [this] { has_left = true; };
        m_client = make_client(std::move(options));
        m_client->start();
    }

    bool has_left = false;
    store::StoreHost& client() { return *m_client; }
    std::shared_ptr<const vm::Snapshot> snapshot() const { return m_client->latest(); }
    void hear() { m_tabs->deliver(); }
    // What was told to it is never heard.
    void lose() { m_tabs->lose(); }
    void work() {
        int steps = 0;
        while (m_client->step())
            REQUIRE(++steps < 10'000);
    }
    void want(vm::Intent intent) { REQUIRE(m_client->post(std::move(intent)) == store::PostResult::taken); }

    Id file_ticket(const std::string& subject) {
        vm::FileTicket intent;
        intent.intent = make_id(1, m_random);
        intent.ticket = make_id(1, m_random);
        intent.location = snapshot()->session->locations.front().id;
        intent.subject = subject;
        intent.description = "Since this morning";
        want(intent);
        return intent.ticket;
    }
    bool shows(const Id& ticket) const {
        const auto tickets = snapshot()->tickets;
        return tickets && std::any_of(tickets->rows.begin(), tickets->rows.end(),
                                      [&](const vm::TicketBrief& brief) { return brief.id == ticket; });
    }
    vm::LocalProblem problem() const { return snapshot()->sync->problem; }

  private:
    SeededRandom m_random;
    SharedTabs* m_tabs = nullptr;
    std::unique_ptr<store::StoreHost> m_client;
};

struct Browser {
    Device device;
    Channel channel;
    std::vector<std::unique_ptr<Tab>> tabs;

    Tab& open() {
        tabs.push_back(std::make_unique<Tab>(device, channel, 10 + tabs.size()));
        settle();
        return *tabs.back();
    }
    void close(Tab& tab) {
        std::erase_if(tabs, [&](const auto& held) { return held.get() == &tab; });
    }
    void settle() {
        for (int round = 0; round < 20; ++round)
            for (const auto& tab : tabs) {
                tab->hear();
                tab->work();
            }
    }
    void pass(DurationMs ms) {
        device.clock.advance(ms);
        settle();
    }
    std::vector<store::OutboxEntry> edits() {
        tabs.clear();
        return device.edits();
    }
};

}  // namespace

TEST_CASE("A second tab shows its own screens, built by the first", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    REQUIRE(follower.snapshot()->session);
    CHECK(follower.snapshot()->session->name == owner.snapshot()->session->name);
    follower.want(vm::ShowScreen{vm::TicketsQuery{.tab = vm::TicketTab::all}});
    browser.settle();
    CHECK(follower.snapshot()->tickets->query.tab == vm::TicketTab::all);
    CHECK(owner.snapshot()->tickets->query.tab == vm::TicketTab::open);
    const Id location = follower.snapshot()->session->locations.front().id;
    follower.want(vm::ChooseScope{{.locations = {location}}});
    browser.settle();
    CHECK(follower.snapshot()->session->scope.locations == std::vector<Id>{location});
    CHECK(owner.snapshot()->session->scope.locations.empty());
}

TEST_CASE("An edit made in a tab that follows is stored once and seen in all", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& one = browser.open();
    Tab& two = browser.open();
    const Id ticket = one.file_ticket("Reader is broken");
    browser.settle();
    for (const Tab* tab : {&owner, &one, &two})
        CHECK(tab->shows(ticket));
    CHECK(two.snapshot()->sync->pending_count == 1);
    CHECK(browser.edits().size() == 1);
}

TEST_CASE("A file is offered only in the tab that asked for it", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    follower.want(vm::ExportData{vm::Export::tickets_csv, vm::TicketsQuery{}});
    browser.settle();
    REQUIRE(follower.snapshot()->ready_export);
    CHECK(follower.snapshot()->ready_export->name == "tickets.csv");
    CHECK_FALSE(owner.snapshot()->ready_export);
}

TEST_CASE("A tab takes over from one that closes, and its screens stay", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    follower.want(vm::ShowScreen{vm::TicketsQuery{.tab = vm::TicketTab::all}});
    browser.settle();
    const auto before = follower.snapshot();
    browser.close(owner);
    for (int step = 0; step < 5; ++step) {
        (void)follower.client().step();
        CHECK(follower.snapshot()->tickets->rows.size() == before->tickets->rows.size());
    }
    browser.settle();
    const Id ticket = follower.file_ticket("After the other has gone");
    browser.settle();
    CHECK(follower.shows(ticket));
    CHECK(follower.snapshot()->tickets->query.tab == vm::TicketTab::all);
    CHECK(browser.edits().size() == 1);
}

TEST_CASE("No edit is lost or doubled when the owner dies", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    Tab& third = browser.open();
    SECTION("before it has heard of it") {
        follower.file_ticket("Written in the moment of death");
        follower.work();
    }
    SECTION("after it was stored, before it could say so") {
        follower.file_ticket("Written in the moment of death");
        follower.work();
        owner.hear();
        owner.work();
        follower.lose();
        third.lose();
    }
    browser.close(owner);
    browser.settle();
    CHECK(third.snapshot()->sync->pending_count == 1);
    const auto edits = browser.edits();
    REQUIRE(edits.size() == 1);
    CHECK(edits.front().about == "Written in the moment of death");
}

TEST_CASE("Edits keep their order through a handover", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    follower.file_ticket("first");
    browser.settle();
    follower.file_ticket("second");
    follower.work();
    browser.close(owner);
    follower.file_ticket("third");
    browser.settle();
    const auto edits = browser.edits();
    REQUIRE(edits.size() == 3);
    CHECK(edits[0].about == "first");
    CHECK(edits[1].about == "second");
    CHECK(edits[2].about == "third");
}

TEST_CASE("A hidden owner hands over to a tab that is seen", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    const void* holder = browser.device.holder;
    owner.file_ticket("kept by the first");
    browser.settle();
    owner.client().set_visible(false);
    browser.settle();
    CHECK(browser.device.holder != holder);
    follower.file_ticket("kept by the second");
    browser.settle();
    // Its screens wait until somebody looks.
    CHECK(owner.snapshot()->sync->pending_count == 2);
    owner.client().set_visible(true);
    browser.settle();
    CHECK(owner.snapshot()->tickets->rows.size() == follower.snapshot()->tickets->rows.size());
    CHECK(browser.edits().size() == 2);
}

TEST_CASE("An owner that does not answer is told, and what was done meanwhile is kept for it", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    const auto wait = [&](DurationMs ms) {
        browser.device.clock.advance(ms);
        follower.hear();
        follower.work();
    };
    wait(limits::tab_word_period_ms);
    CHECK(follower.problem() == vm::LocalProblem::none);
    const Id ticket = follower.file_ticket("While the other stood still");
    wait(limits::tab_answer_ms_max);
    CHECK(follower.problem() == vm::LocalProblem::other_tab);
    CHECK(follower.snapshot()->session);
    browser.settle();
    CHECK(follower.problem() == vm::LocalProblem::none);
    CHECK(owner.shows(ticket));
}

TEST_CASE("A tab that finds the place taken and nobody to speak with says so", "[tabs]") {
    Browser browser;
    browser.device.holder = &browser;
    Tab& tab = browser.open();
    CHECK(tab.snapshot()->sync->phase == vm::SyncPhase::starting);
    browser.pass(limits::tab_answer_ms_max);
    CHECK(tab.snapshot()->sync->phase == vm::SyncPhase::failed);
    CHECK(tab.problem() == vm::LocalProblem::other_tab);
    browser.device.let_go(&browser);
    browser.settle();
    CHECK(tab.snapshot()->session);
    CHECK(tab.problem() == vm::LocalProblem::none);
}

TEST_CASE("A tab that has been silent is let go, and comes back with a word", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    browser.device.clock.advance(10 * limits::tab_word_period_ms);
    owner.work();
    const Id ticket = owner.file_ticket("While the other slept");
    owner.work();
    CHECK_FALSE(follower.shows(ticket));
    browser.settle();
    CHECK(follower.shows(ticket));
}

TEST_CASE("Signing out in one tab signs all out", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    follower.want(vm::SignOut{});
    browser.pass(1);
    browser.pass(1);
    CHECK(owner.has_left);
    CHECK(follower.has_left);
    CHECK_FALSE(follower.snapshot()->session);
    CHECK_FALSE(files::exists(browser.device.path_of(store::test::replica_of(account)->state().user)));
}

TEST_CASE("When the device is to keep nothing, no tab keeps anything", "[tabs]") {
    Browser browser;
    Tab& owner = browser.open();
    Tab& follower = browser.open();
    follower.want(vm::KeepDataOnDevice{false});
    browser.settle();
    browser.settle();
    CHECK(owner.snapshot()->sync->storage == vm::StorageKind::memory);
    CHECK(follower.snapshot()->sync->storage == vm::StorageKind::memory);
    CHECK(browser.device.holder == nullptr);
}

}  // namespace portal::sync
