// A pupil of the protocol: pulls page by page into staging, publishes with the last page, and can be compared with what
// the server says its user may see. Deliberately simple, so that it can be believed.
#pragma once

#include <map>
#include <set>

#include "tests/server-stub/api/server_fixture.hpp"

namespace portal::server::test {

class Replica {
  public:
    Replica(Server& server, std::string name, std::string token)
        : m_server(server), m_user(id_of(name)), m_client(id_of("client" + name)), m_token(std::move(token)) {}

    enum class Progress { more, complete, restart };

    Progress pull_page(std::int64_t bytes_max) {
        wire::PullRequest request;
        request.client = m_client;
        request.epoch = epoch;
        request.seq = seq;
        request.set = set;
        request.max_bytes = bytes_max;
        request.page = m_page;
        request.repair = repair;
        const Response response = m_server.send(Method::post, "/api/v1/sync/pull", wire::encode(request), m_token);
        if (response.status == 409) {
            m_staged.clear();
            m_page.clear();
            return Progress::restart;
        }
        REQUIRE(response.status == 200);
        last_body = response.body;
        return take_page(response.body);
    }

    void sign_in_again(const std::string& name) { m_token = m_server.sign_in(name); }

    // Pages until the pull is complete; `between` runs after each page.
    void pull(std::int64_t bytes_max = 1 << 20, const std::function<void()>& between = {}) {
        for (int page = 0; page < 10'000; ++page) {
            if (pull_page(bytes_max) == Progress::complete) return;
            if (between) between();
        }
        FAIL("the pull does not come to its end");
    }

    void require_equals_server() {
        const auto snapshot = m_server.repository->read();
        const auto caller = snapshot->caller(m_user);
        REQUIRE(caller.has_value());
        const auto streams = streams_of_caller(*caller, *snapshot->directory(m_user));
        std::map<Key, Held> permitted;
        for (const EntityDescriptor& descriptor : all_entities())
            snapshot->each_row(descriptor.entity, [&](Row row) {
                std::vector<StreamId> visible;
                for (const StreamId& stream : streams_of_row(row))
                    if (std::binary_search(streams.begin(), streams.end(), stream)) visible.push_back(stream);
                if (!visible.empty()) permitted[{row.entity, row.id}] = {row, visible};
            });
        REQUIRE(rows.size() == permitted.size());
        for (const auto& [key, held] : permitted) {
            REQUIRE(rows.contains(key));
            CHECK(rows.at(key).row == held.row);
            CHECK(rows.at(key).streams == held.streams);
        }
        for (const StreamId& stream : streams)
            require_sum(stream, snapshot->stream(stream));
    }

    bool holds(Entity entity, std::string_view name) const { return rows.contains({entity, id_of(name)}); }

    using Key = std::pair<Entity, Id>;
    struct Held {
        Row row;
        std::vector<StreamId> streams;
    };
    std::map<Key, Held> rows;
    std::string epoch, set;
    std::int64_t seq = 0;
    bool last_reset = false;
    std::vector<StreamId> repair;
    std::int64_t last_mid = 0;
    std::int64_t last_rows = 0;
    std::int64_t last_about_rows = 0;
    std::string last_body;
    const Id& client() const { return m_client; }

  private:
    Progress take_page(const std::string& body) {
        std::vector<wire::PullLine> lines;
        std::uint32_t crc = 0;
        std::optional<wire::PullEnd> end;
        for (std::size_t begin = 0; begin < body.size();) {
            const std::size_t stop = body.find('\n', begin) + 1;
            const std::string line = body.substr(begin, stop - begin);
            auto decoded = wire::decode_pull_line(line);
            REQUIRE(decoded.has_value());
            REQUIRE_FALSE(end.has_value());
            if (const auto* last = std::get_if<wire::PullEnd>(&*decoded))
                end = *last;
            else
                crc = wire::crc32(line, crc);
            lines.push_back(std::move(*decoded));
            begin = stop;
        }
        REQUIRE(end.has_value());
        CHECK(end->crc == crc);
        last_rows = end->rows;
        m_staged.insert(m_staged.end(), lines.begin(), lines.end());
        m_page = end->page;
        if (end->more) return Progress::more;
        publish();
        seq = end->next_seq;
        m_staged.clear();
        return Progress::complete;
    }

    void publish() {
        const auto& begin = std::get<wire::PullBegin>(m_staged.front());
        REQUIRE(begin.user == m_user);
        if (begin.reset) rows.clear();
        last_reset = begin.reset;
        last_about_rows = begin.about_rows;
        m_sums.clear();
        for (const wire::PullLine& line : m_staged) {
            if (const auto* head = std::get_if<wire::PullBegin>(&line)) {
                epoch = head->epoch;
                set = head->set;
                last_mid = head->last_mid;
            } else if (const auto* lost = std::get_if<wire::PullDrop>(&line)) {
                drop(lost->stream);
            } else if (const auto* up = std::get_if<wire::PullUpsert>(&line)) {
                rows[{up->row.entity, up->row.id}] = {up->row, up->streams};
            } else if (const auto* gone = std::get_if<wire::PullDelete>(&line)) {
                rows.erase({gone->entity, gone->id});
            } else if (const auto* sum = std::get_if<wire::PullSum>(&line)) {
                m_sums.push_back(*sum);
            }
        }
        for (const wire::PullSum& sum : m_sums)
            require_sum(sum.stream, {sum.count, sum.hash, 0});
    }

    void drop(const StreamId& stream) {
        for (auto position = rows.begin(); position != rows.end();) {
            std::erase(position->second.streams, stream);
            position = position->second.streams.empty() ? rows.erase(position) : std::next(position);
        }
    }

    void require_sum(const StreamId& stream, const StreamState& expected) {
        StreamState state;
        for (const auto& [key, held] : rows) {
            if (!std::binary_search(held.streams.begin(), held.streams.end(), stream)) continue;
            ++state.count;
            const auto hash = wire::row_hash(held.row.entity, held.row.id, held.row.rev);
            for (std::size_t lane = 0; lane < hash.size(); ++lane)
                state.hash[lane] += hash[lane];
        }
        CAPTURE(stream);
        CHECK(state.count == expected.count);
        CHECK(state.hash == expected.hash);
    }

    Server& m_server;
    const Id m_user, m_client;
    std::string m_token;
    std::string m_page;
    std::vector<wire::PullLine> m_staged;
    std::vector<wire::PullSum> m_sums;
};

}  // namespace portal::server::test
