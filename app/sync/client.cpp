#include "app/sync/client.hpp"

#include <atomic>

#include "app/sync/client_core.hpp"
#include "shared/base/channel.hpp"
#include "shared/base/check.hpp"
#include "shared/base/latest_value.hpp"
#include "shared/base/limits.hpp"

namespace portal::sync {
namespace {

ClientOptions with_tabs(ClientOptions options) {
    if (!options.tabs) options.tabs = platform::make_tabs();
    return options;
}

enum class Flag : std::uint8_t { unset, no, yes };

class Client final : public store::StoreHost {
  public:
    explicit Client(ClientOptions options)
        : m_options(with_tabs(std::move(options))),
          m_intents(limits::intent_queue_max),
          m_executor(store::make_executor(m_options.executor)),
          m_core(m_options, [this] { m_executor->wake(); }) {
        check(m_options.clock && m_options.random && m_options.storage && m_options.transport,
              "a client needs its clock, randomness, storage and transport");
        m_core.store().own_viewer().published = [this](std::shared_ptr<const vm::Snapshot> snapshot) {
            m_latest.publish(std::move(snapshot));
            if (m_options.wake) m_options.wake();
        };
        m_latest.publish(m_core.store().snapshot());
    }

    ~Client() override { Client::stop(); }

    void start() override {
        m_executor->start([this] { return step_core(); });
        m_executor->wake();
    }

    store::PostResult post(vm::Intent intent) override {
        if (!m_intents.try_push(std::move(intent))) return store::PostResult::queue_full;
        m_executor->wake();
        return store::PostResult::taken;
    }

    std::shared_ptr<const vm::Snapshot> latest() const override { return m_latest.take(); }

    void set_visible(bool visible) override {
        m_visible = visible ? Flag::yes : Flag::no;
        m_executor->wake();
    }

    void set_online(bool online) override {
        m_online = online ? Flag::yes : Flag::no;
        m_executor->wake();
    }

    bool step() override { return m_executor->step_once(); }

    void stop() override {
        if (m_stopped) return;
        m_stopped = true;
        m_intents.close();
        m_executor->stop();
        m_core.stop();
    }

  private:
    store::StepResult step_core() {
        if (!m_started) {
            // On the store's own thread: storage handles belong to it.
            m_started = true;
            m_core.start();
        }
        if (!m_core.is_sure_of_place()) return {};
        if (const Flag visible = m_visible.exchange(Flag::unset); visible != Flag::unset)
            m_core.set_visible(visible == Flag::yes);
        if (const Flag online = m_online.exchange(Flag::unset); online != Flag::unset)
            m_core.set_online(online == Flag::yes);
        if (m_waiting && m_core.take_own(*m_waiting)) m_waiting.reset();
        while (!m_waiting) {
            auto intent = m_intents.try_pop();
            if (!intent) break;
            // One that must wait keeps its place before those that came after it.
            if (!m_core.take_own(*intent)) m_waiting = std::move(intent);
        }
        store::StepResult result = m_core.step();
        if (m_waiting && m_core.store().is_ready()) result.more = true;
        return result;
    }

    ClientOptions m_options;
    Channel<vm::Intent> m_intents;
    LatestValue<vm::Snapshot> m_latest;
    std::unique_ptr<store::Executor> m_executor;
    ClientCore m_core;
    std::optional<vm::Intent> m_waiting;
    std::atomic<Flag> m_visible = Flag::unset;
    std::atomic<Flag> m_online = Flag::unset;
    bool m_started = false;
    bool m_stopped = false;
};

}  // namespace

std::unique_ptr<store::StoreHost> make_client(ClientOptions options) {
    return std::make_unique<Client>(std::move(options));
}

}  // namespace portal::sync
