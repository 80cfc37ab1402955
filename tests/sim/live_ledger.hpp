// Knows, beside the hub, what each live connection has not been told yet, and finds what it must not be told: a hint
// about streams that its session has lost, and more bytes than one connection may have waiting.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "server-stub/live/hub.hpp"
#include "shared/base/limits.hpp"

namespace portal::sim {

class LiveLedger {
  public:
    void add(server::LiveConnectionId id, const std::string& session) { m_known[id] = {session, {}, {}}; }
    void remove(server::LiveConnectionId id) { m_known.erase(id); }
    void clear() { m_known.clear(); }
    const std::string& session_of(server::LiveConnectionId id) const { return m_known.at(id).session; }
    std::vector<server::LiveConnectionId> connections() const {
        std::vector<server::LiveConnectionId> ids;
        for (const auto& [id, connection] : m_known)
            ids.push_back(id);
        return ids;
    }

    void on_commit(const server::CommitNotice& notice) {
        for (auto& [id, connection] : m_known)
            connection.touched.insert(connection.touched.end(), notice.streams.begin(), notice.streams.end());
    }

    // What is wrong with telling this now; `permitted` as the grants are, sorted. Empty when all is well.
    std::string check(server::LiveConnectionId id, const std::string& bytes, const std::vector<StreamId>& permitted) {
        constexpr std::size_t bytes_max = limits::live_connection_bytes_max + limits::live_hint_bytes_max;
        if (bytes.size() > bytes_max) return "a live connection had more waiting than its bound";
        Connection& connection = m_known.at(id);
        const bool is_hint = bytes.find("event: hint") != std::string::npos;
        // The first hint is about anything, and so is one after the grants have changed.
        const bool is_due = permitted != connection.permitted ||
                            std::any_of(connection.touched.begin(), connection.touched.end(), [&](const auto& stream) {
                                return std::binary_search(permitted.begin(), permitted.end(), stream);
                            });
        connection.touched.clear();
        if (!bytes.empty()) connection.permitted = permitted;
        return is_hint && !is_due ? "a live connection was told of streams that its session may not follow" : "";
    }

  private:
    struct Connection {
        std::string session;
        std::vector<StreamId> permitted;  // When it was told something last.
        std::vector<StreamId> touched;    // By commits since it was asked last.
    };
    std::map<server::LiveConnectionId, Connection> m_known;
};

}  // namespace portal::sim
