// Several tabs of one user on one device: production clients on a shared place, lock and channel.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <deque>
#include <filesystem>
#include <map>

#include "app/platform/transport.hpp"
#include "app/sync/client.hpp"
#include "shared/base/limits.hpp"
#include "tests/store/demo_replica.hpp"

namespace portal::sync::test {

namespace files = std::filesystem;
using store::test::DemoTenant;

inline constexpr std::string_view account = "practice_owner";

// What all tabs of a browser share: the files, who has them, and the channel.
struct Device {
    ManualClock clock{DemoTenant::today * 86'400'000LL};
    files::path folder = files::temp_directory_path() / ("portal-tabs-" + std::to_string(::getpid()));
    std::string last_user;
    const void* holder = nullptr;
    std::deque<std::pair<const void*, std::function<void(Status)>>> waiting;
    std::int64_t live = 1;                                 // The generation of its files.
    std::map<std::int64_t, const void*> open_generations;  // By whom.
    std::vector<std::int64_t> formers;
    std::pair<const void*, std::function<void()>> waits_for_former;
    std::map<const void*, std::function<void()>> when_replaced;
    bool tells_of_replacing = true;  // Else a tab has to ask.
    std::map<const void*, std::function<void()>> inboxes;
    bool opens_late = false;  // Places wait in `openings` until end_opening().
    std::deque<std::function<void()>> openings;

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

    std::string path_of(const std::string& user) const { return path_of(user, live); }
    std::string path_of(const std::string& user, std::int64_t generation) const {
        return (folder / (user + (generation > 1 ? "." + std::to_string(generation) : "") + ".db")).string();
    }

    void let_go(const void* tab) {
        std::erase_if(open_generations, [&](const auto& open) { return open.second == tab; });
        if (waits_for_former.first == tab) waits_for_former = {};
        if (waits_for_former.second) waits_for_former.second();
        std::erase_if(waiting, [&](const auto& waiter) { return waiter.first == tab; });
        if (holder == tab) holder = nullptr;
        if (holder || waiting.empty()) return;
        auto [next, done] = std::move(waiting.front());
        waiting.pop_front();
        holder = next;
        done({});
    }

    // Of files in use, as they are.
    void copy_files(const std::string& user, std::int64_t from, std::int64_t to) const {
        for (const char* suffix : {"", "-wal", "-journal"})
            if (files::exists(path_of(user, from) + suffix))
                files::copy_file(path_of(user, from) + suffix, path_of(user, to) + suffix);
    }

    void end_opening() {
        REQUIRE_FALSE(openings.empty());
        const auto end = std::move(openings.front());
        openings.pop_front();
        end();
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
    ~SharedStorage() override {
        m_device.when_replaced.erase(this);
        m_device.let_go(this);
    }
    bool is_durable_supported() const override { return true; }
    void find_last_user(std::function<void(Result<std::string>)> done) override { done(m_device.last_user); }
    void open(const std::string& user, std::function<void(Result<platform::Place>)> done) override {
        if (m_device.holder && m_device.holder != this) return done(fail(ErrorCode::conflict, "another tab has it"));
        m_device.holder = this;
        m_user = user;
        m_generation = m_device.live;
        m_device.open_generations[m_generation] = this;
        auto end = [done = std::move(done),
                    place = platform::Place{
                        m_device.path_of(user), {}, true, m_generation, !m_device.formers.empty()}] { done(place); };
        if (m_device.opens_late)
            m_device.openings.push_back(std::move(end));
        else
            end();
    }
    void wait(const std::string&, std::function<void(Status)> done) override {
        m_device.waiting.emplace_back(this, std::move(done));
        if (!m_device.holder) m_device.let_go(nullptr);
    }
    void close() override { m_device.let_go(this); }
    void replace(const std::string& user, std::function<void(Status)> done) override {
        const std::int64_t former = m_device.live;
        if (!m_device.open_generations.contains(former)) return done(fail(ErrorCode::conflict, "nobody has it"));
        m_device.copy_files(user, former, former + 1);
        m_device.live = former + 1;
        m_device.formers.push_back(former);
        std::erase_if(m_device.waiting, [&](const auto& waiter) { return waiter.first == this; });
        const void* const replaced = std::exchange(m_device.holder, this);
        done({});
        if (m_device.tells_of_replacing) m_device.when_replaced.at(replaced)();
    }
    void when_replaced(std::function<void()> told) override { m_device.when_replaced[this] = std::move(told); }
    void confirm(std::function<void(Status)> done) override {
        done(m_device.live == m_generation ? Status() : fail(ErrorCode::conflict, "another tab has it"));
    }
    void open_former(std::function<void(Result<platform::Place>)> done) override {
        auto look = [this, done = std::move(done)] {
            for (const std::int64_t former : m_device.formers) {
                if (m_device.open_generations.contains(former)) continue;
                m_former = former;
                const auto tell = done;
                m_device.waits_for_former = {};
                return tell(platform::Place{m_device.path_of(m_user, former), {}, true});
            }
        };
        m_device.waits_for_former = {this, look};
        look();
    }
    void drop_former() override {
        std::erase(m_device.formers, m_former);
        files::remove(m_device.path_of(m_user, m_former));
    }
    void erase(const std::string& user, std::function<void(Status)> done) override {
        files::remove(m_device.path_of(user));
        m_device.last_user.clear();
        m_device.let_go(this);
        done({});
    }
    void set_aside(const std::string&, std::function<void(Status)> done) override { done({}); }
    void ask_to_persist(std::function<void(bool)> done) override { done(false); }

  private:
    Device& m_device;
    std::string m_user;
    std::int64_t m_generation = 0, m_former = 0;
};

// A server's end without a stream of hints. Its heirs answer, each request in the next step.
class AnsweringTransport : public platform::Transport {
  public:
    platform::RequestId send(platform::TransportRequest request, platform::TransportHandlers handlers) final {
        m_asked.emplace(++m_last, std::pair(std::move(request), std::move(handlers)));
        return m_last;
    }
    void cancel(platform::RequestId request) final { m_asked.erase(request); }
    void poll() final {
        while (!m_asked.empty()) {
            const auto asked = m_asked.extract(m_asked.begin());
            answer(asked.mapped().first, asked.mapped().second);
        }
    }
    bool has_arrived() const final { return !m_asked.empty(); }
    platform::RequestId subscribe(const std::string&, std::function<void(std::string_view, std::string_view)>,
                                  std::function<void(Status)>) override {
        return ++m_last;
    }
    void unsubscribe(platform::RequestId) final {}

  private:
    virtual void answer(const platform::TransportRequest& request, const platform::TransportHandlers& handlers) = 0;

    platform::RequestId m_last = 0;
    std::map<platform::RequestId, std::pair<platform::TransportRequest, platform::TransportHandlers>> m_asked;
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
    // Without a transport of its own: one that reaches nobody.
    Tab(Device& device, Channel& channel, std::uint64_t seed, std::unique_ptr<platform::Transport> transport)
        : m_random(seed) {
        ClientOptions options;
        options.clock = &device.clock;
        options.random = std::make_unique<SeededRandom>(seed);
        options.storage = std::make_unique<SharedStorage>(device);
        options.transport = transport ? std::move(transport) : platform::make_transport();
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
    std::uint64_t last_seed = 9;

    // Each makes ids of its own.
    Tab& open(std::unique_ptr<platform::Transport> transport = nullptr) {
        tabs.push_back(std::make_unique<Tab>(device, channel, ++last_seed, std::move(transport)));
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
    // All other tabs stand still.
    void pass_for(Tab& tab, DurationMs ms) {
        device.clock.advance(ms);
        tab.hear();
        tab.work();
    }
    std::vector<store::OutboxEntry> edits() {
        tabs.clear();
        return device.edits();
    }
};

}  // namespace portal::sync::test
