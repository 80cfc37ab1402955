#include "server-stub/api/pull_page.hpp"

#include <algorithm>
#include <charconv>

#include "server-stub/auth/sessions.hpp"
#include "shared/base/check.hpp"
#include "shared/base/limits.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::server {
namespace {

constexpr std::size_t set_name_characters = 32;
constexpr std::size_t token_parts = 8;
constexpr std::string_view token_version = "1";

std::vector<StreamId> missing_from(const std::vector<StreamId>& former, const std::vector<StreamId>& present) {
    std::vector<StreamId> missing;
    std::set_difference(former.begin(), former.end(), present.begin(), present.end(), std::back_inserter(missing));
    return missing;
}

// "1.<epoch>.<set>.<cursor>.<low>.<high>.<stream>.<after>": no secret, and a forged one harms its forger's replica
// only.
std::string encode_token(const PullPlan& plan, const PagePosition& position) {
    std::string token(token_version);
    token.append(".").append(plan.head.epoch).append(".").append(plan.set);
    const std::int64_t numbers[] = {plan.cursor, position.round_low, position.round_high,
                                    static_cast<std::int64_t>(position.stream), position.after};
    for (const std::int64_t number : numbers)
        token.append(".").append(std::to_string(number));
    return token;
}

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find('.');
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

bool parse_number(std::string_view text, std::int64_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number >= 0;
}

}  // namespace

std::string name_of_set(const std::vector<StreamId>& streams) {
    std::string joined;
    for (const StreamId& stream : streams)
        joined.append(stream).append("\n");
    return hash_token(joined).substr(0, set_name_characters);
}

PullPlan plan_pull(ReadSnapshot& snapshot, const Caller& caller, const wire::PullRequest& request) {
    PullPlan plan;
    plan.head = snapshot.head();
    const auto directory = snapshot.directory(caller.user);
    plan.streams = streams_of_caller(caller, *directory);
    plan.figures = figures_form(caller, *directory);
    plan.set = name_of_set(plan.streams);
    plan.starts.assign(plan.streams.size(), 0);
    const bool cursor_holds = request.epoch == plan.head.epoch && request.seq >= plan.head.floor && request.seq > 0 &&
                              request.seq <= plan.head.seq;
    std::optional<std::vector<StreamId>> former;
    if (cursor_holds)
        former = request.set == plan.set ? plan.streams : snapshot.permission_set(caller.user, request.set);
    if (!former) return plan;
    plan.cursor = request.seq;
    plan.lost = missing_from(*former, plan.streams);
    for (std::size_t index = 0; index < plan.streams.size(); ++index) {
        const StreamId& stream = plan.streams[index];
        const bool is_repaired =
            std::find(request.repair.begin(), request.repair.end(), stream) != request.repair.end();
        if (is_repaired)
            plan.lost.push_back(stream);
        else if (std::binary_search(former->begin(), former->end(), stream))
            plan.starts[index] = plan.cursor;
    }
    return plan;
}

Result<PagePosition> start_of_page(const PullPlan& plan, const std::string& token) {
    PagePosition position;
    position.round_high = plan.head.seq;
    if (token.empty()) return position;
    const auto parts = split(token);
    std::int64_t cursor = 0, stream = 0;
    const bool readable = parts.size() == token_parts && parts[0] == token_version && parse_number(parts[3], cursor) &&
                          parse_number(parts[4], position.round_low) && parse_number(parts[5], position.round_high) &&
                          parse_number(parts[6], stream) && parse_number(parts[7], position.after);
    if (!readable) return fail(ErrorCode::invalid_argument, "'page' is not a token of this server");
    position.stream = static_cast<std::size_t>(stream);
    // Above the round, and inside a later one, deletions may be forgotten that the pages sent before know nothing of.
    const bool floor_passed =
        position.round_high < plan.head.floor || (position.round_low > 0 && position.round_low < plan.head.floor);
    if (parts[1] != plan.head.epoch || parts[2] != plan.set || cursor != plan.cursor || floor_passed ||
        position.round_high > plan.head.seq || position.stream > plan.streams.size())
        return fail(ErrorCode::conflict, "the pull no longer applies: discard its pages and start it again");
    return position;
}

void PageWriter::add(const wire::PullLine& line) {
    const bool counts = std::holds_alternative<wire::PullDrop>(line) ||
                        std::holds_alternative<wire::PullUpsert>(line) ||
                        std::holds_alternative<wire::PullDelete>(line);
    m_rows += counts ? 1 : 0;
    m_bytes += wire::encode(line);
}

std::int64_t PageWriter::low_of(std::size_t stream, const PagePosition& position) const {
    return position.round_low > 0 ? position.round_low : m_plan.starts[stream];
}

const StreamState& PageWriter::state_of(std::size_t stream) {
    if (!m_states[stream]) m_states[stream] = m_snapshot.stream(m_plan.streams[stream]);
    return *m_states[stream];
}

void PageWriter::add_entry(const StreamEntry& entry, const PagePosition& position) {
    const auto row = m_snapshot.row(entry.entity, entry.row);
    std::vector<StreamId> visible;
    if (row) {
        // A row has a few streams and a caller may have thousands.
        const auto streams = streams_of_row(*row);
        std::copy_if(streams.begin(), streams.end(), std::back_inserter(visible), [&](const StreamId& stream) {
            return std::binary_search(m_plan.streams.begin(), m_plan.streams.end(), stream);
        });
    }
    if (entry.membership == Membership::gone) {
        // Still seen elsewhere: its entry there, which is at least as new, tells the whole truth.
        if (visible.empty() && m_deleted.emplace(entry.entity, entry.row).second)
            add(wire::PullDelete{entry.entity, entry.row});
        return;
    }
    check(row.has_value(), "a row that its stream lists exists");
    // A row of several streams is sent by the first of them whose range it is in.
    const auto owner = std::find_if(visible.begin(), visible.end(), [&](const StreamId& stream) {
        const auto found = std::lower_bound(m_plan.streams.begin(), m_plan.streams.end(), stream);
        return low_of(static_cast<std::size_t>(found - m_plan.streams.begin()), position) < entry.seq;
    });
    check(owner != visible.end(), "the stream that lists a row is one of the row's own");
    if (*owner == m_plan.streams[position.stream]) add(wire::PullUpsert{*row, std::move(visible)});
}

PageWriter::Progress PageWriter::fill_round(PagePosition& position, std::size_t bytes_max) {
    for (; position.stream < m_plan.streams.size(); ++position.stream, position.after = 0) {
        const std::int64_t low = low_of(position.stream, position);
        // Of a caller's thousands of streams few have news.
        if (low > 0 && state_of(position.stream).last_seq <= low) continue;
        bool full = false;
        m_snapshot.each_entry(m_plan.streams[position.stream], std::max(low, position.after), position.round_high,
                              [&](const StreamEntry& entry) {
                                  full = m_rows > 0 && m_bytes.size() >= bytes_max;
                                  if (full) return false;
                                  // Who takes a stream whole has nothing that could have left it.
                                  if (low > 0 || entry.membership == Membership::present) add_entry(entry, position);
                                  position.after = entry.seq;
                                  return true;
                              });
        if (full) return Progress::page_full;
    }
    return Progress::round_done;
}

void PageWriter::fill(PagePosition position, std::size_t bytes_max) {
    Progress progress = fill_round(position, bytes_max);
    while (progress == Progress::round_done && position.round_high < m_plan.head.seq) {
        position = {position.round_high, m_plan.head.seq, 0, 0};
        progress = fill_round(position, bytes_max);
    }
    if (progress == Progress::round_done) add_sums();
    add_end(position, progress);
}

void PageWriter::add_sums() {
    for (std::size_t index = 0; index < m_plan.streams.size(); ++index) {
        const StreamState& state = state_of(index);
        if (state.last_seq > m_plan.starts[index]) add(wire::PullSum{m_plan.streams[index], state.count, state.hash});
    }
}

void PageWriter::add_end(const PagePosition& position, Progress progress) {
    wire::PullEnd end;
    end.rows = m_rows;
    end.crc = wire::crc32(m_bytes);
    end.more = progress == Progress::page_full;
    end.next_seq = end.more ? m_plan.cursor : m_plan.head.seq;
    if (end.more) end.page = encode_token(m_plan, position);
    m_bytes += wire::encode(wire::PullLine(end));
}

}  // namespace portal::server
