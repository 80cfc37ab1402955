// The channel between the tabs of a simulated browser: what one says is heard later, by turns, in its order; what
// others say meanwhile may be heard before it.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/platform/tabs.hpp"
#include "app/sync/tab_messages.hpp"
#include "tests/sim/simulated_network.hpp"

namespace portal::sim {

enum class Patience : std::uint8_t { until_due, none };

class TabChannel {
  public:
    explicit TabChannel(SimulatedNetwork& network) : m_network(network) {}

    void join(const std::string& name) { m_inboxes[name]; }
    void leave(const std::string& name) { m_inboxes.erase(name); }

    void send(const std::string& from, const std::string& to, std::string_view bytes) {
        // Nothing overtakes what the same tab has said before.
        DurationMs& due_ms = m_last_due_ms[from];
        due_ms = std::max(due_ms, now_ms() + m_network.delay_ms());
        for (auto& [name, inbox] : m_inboxes)
            if (name != from && (to.empty() || to == name)) inbox.push_back({due_ms, from, std::string(bytes)});
        if (m_network.plant() == Plant::wish_forgotten) forget_wish(from, to, bytes);
    }

    // The next thing that this tab is to hear; the one that was due first.
    std::optional<std::string> take(const std::string& name, Patience patience) {
        const auto found = m_inboxes.find(name);
        if (found == m_inboxes.end() || found->second.empty()) return std::nullopt;
        auto& inbox = found->second;
        const auto first = std::min_element(inbox.begin(), inbox.end(), [](const Letter& left, const Letter& right) {
            return left.due_ms < right.due_ms;
        });
        if (patience == Patience::until_due && first->due_ms > now_ms()) return std::nullopt;
        std::string bytes = std::move(first->bytes);
        inbox.erase(first);
        return bytes;
    }
    // What it has said and nobody has heard yet is never heard.
    void lose_words_of(const std::string& name) {
        for (auto& [other, inbox] : m_inboxes)
            std::erase_if(inbox, [&](const Letter& letter) { return letter.from == name; });
    }

  private:
    struct Letter {
        DurationMs due_ms = 0;
        std::string from, bytes;
    };

    DurationMs now_ms() const { return m_network.server().clock.monotonic_ms(); }
    // A follower that takes a wish for stored as soon as it has said it.
    void forget_wish(const std::string& from, const std::string& to, std::string_view bytes) {
        const auto message = sync::decode_tab_message(bytes);
        REQUIRE(message.has_value());
        if (const auto* wish = std::get_if<sync::Wish>(&message->what))
            m_inboxes[from].push_back({0, to, sync::encode({to, sync::Stored{wish->number}})});
    }

    SimulatedNetwork& m_network;
    std::map<std::string, std::vector<Letter>> m_inboxes;  // By the hearing tab's name.
    std::map<std::string, DurationMs> m_last_due_ms;       // By the speaking one's.
};

class SimulatedTabs final : public platform::Tabs {
  public:
    // Of a device whose disk is down nothing is heard: the program that would speak is dead.
    SimulatedTabs(TabChannel& channel, const SimulatedDisk& disk) : m_channel(channel), m_disk(disk) {}
    ~SimulatedTabs() override { SimulatedTabs::leave(); }

    void join(const std::string&, const std::string& own_name, std::function<void(std::string_view)> heard) override {
        leave();
        m_name = own_name;
        m_heard = std::move(heard);
        m_channel.join(m_name);
    }
    void send(const std::string& name, std::string_view message) override {
        if (!m_disk.is_down()) m_channel.send(m_name, name, message);
    }
    void leave() override { m_channel.leave(m_name); }

    // False when there was nothing to hear.
    bool deliver(Patience patience) {
        bool has_heard = false;
        for (auto bytes = m_channel.take(m_name, patience); bytes; bytes = m_channel.take(m_name, patience)) {
            m_heard(*bytes);
            has_heard = true;
        }
        return has_heard;
    }
    void lose_words() { m_channel.lose_words_of(m_name); }

  private:
    TabChannel& m_channel;
    const SimulatedDisk& m_disk;
    std::string m_name;
    std::function<void(std::string_view)> m_heard;
};

}  // namespace portal::sim
