#include "app/pitch/demo_server.hpp"

#include <charconv>
#include <map>
#include <utility>

#include "shared/base/check.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/facts/cohort_rates.hpp"
#include "shared/facts/fact_table.hpp"
#include "shared/facts/peers.hpp"
#include "shared/wire/json_codec.hpp"
#include "shared/wire/peers_json.hpp"

namespace portal::pitch {
namespace {

constexpr std::string_view demo_epoch = "demo";
constexpr std::string_view demo_set = "all";
constexpr int story_of_edits = 8;
// An edit that comes later than this was made without a connection.
constexpr DurationMs apart_ms = 2 * second_ms;
constexpr int status_no_content = 204, status_unauthorized = 401, status_forbidden = 403, status_not_found = 404,
              status_bad = 400;

std::int64_t number_in(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// By its key, or the first of that role: what a story begins with.
const tenant::DemoAccount* account_of(std::string_view name) {
    if (const auto* account = tenant::find_demo_account(name)) return account;
    for (const tenant::DemoAccount& account : tenant::demo_accounts())
        if (text_of(account.role) == name) return &account;
    return nullptr;
}

PeerSummary peers_of(const DemoRows& rows, const Practice& asking) {
    std::map<Id, PeerCandidate<FactTable>> by_practice;
    rows.each_row(Entity::practice, [&](const Row& row) {
        const auto practice = from_row<Practice>(row);
        if (practice.specialty == asking.specialty) by_practice[practice.id].size = practice.size;
    });
    rows.each_row(Entity::fact_segment, [&](const Row& row) {
        const auto found = by_practice.find(Id(text_value(row, "practice")));
        if (found == by_practice.end()) return;
        const auto put = found->second.table.put_segment(from_row<FactSegment>(row));
        check(put.has_value(), "the tenant's own segments decode");
    });
    std::vector<PeerCandidate<FactTable>> candidates;
    for (auto& [id, candidate] : by_practice)
        candidates.push_back(std::move(candidate));
    return summarize_peers(asking, candidates);
}

class DemoPage {
  public:
    void add(const wire::PullLine& line) { m_bytes += wire::encode(line); }
    void add_row(const Row& row, std::vector<StreamId> streams) {
        ++m_count;
        if (streams.empty())
            add(wire::PullDelete{row.entity, row.id});
        else
            add(wire::PullUpsert{row, std::move(streams)});
    }
    bool is_full(std::size_t bytes_max) const { return m_count > 0 && m_bytes.size() >= bytes_max; }
    std::string end(wire::PullEnd end) {
        end.rows = m_count;
        end.crc = wire::crc32(m_bytes);
        add(end);
        return std::move(m_bytes);
    }

  private:
    std::string m_bytes;
    std::int64_t m_count = 0;
};

}  // namespace

DemoServer::DemoServer(DemoServerOptions options)
    : m_options(std::move(options)), m_account(account_of(m_options.account)) {}

platform::RequestId DemoServer::send(platform::TransportRequest request, platform::TransportHandlers handlers) {
    m_waiting.push_back({++m_last_request, std::move(request), std::move(handlers)});
    return m_last_request;
}

void DemoServer::cancel(platform::RequestId request) {
    std::erase_if(m_waiting, [&](const Waiting& waiting) { return waiting.id == request; });
}

platform::RequestId DemoServer::subscribe(const std::string&, std::function<void(std::string_view, std::string_view)>,
                                          std::function<void(Status)>) {
    // There is nobody else whose changes could come.
    return ++m_last_request;
}

void DemoServer::unsubscribe(platform::RequestId) {}

void DemoServer::poll() {
    // Those that have been asked up to now: an answer may ask again.
    for (std::size_t left = m_waiting.size(); left > 0 && !m_waiting.empty(); --left) {
        const Waiting waiting = std::move(m_waiting.front());
        m_waiting.pop_front();
        const Reply reply = answer(waiting.request);
        waiting.handlers.head({reply.status, 0});
        waiting.handlers.chunk(reply.body);
        waiting.handlers.done({});
    }
}

DemoServer::Reply DemoServer::answer(const platform::TransportRequest& request) {
    if (!m_account) return {status_unauthorized, wire::encode_error({ErrorCode::unauthenticated, "choose a role"})};
    if (request.path == "/api/v1/session" && request.method == "DELETE") return {status_no_content, {}};
    if (request.path == "/api/v1/session") return session();
    if (request.path == "/api/v1/sync/pull") return pull(request.body);
    if (request.path == "/api/v1/sync/push") return push(request.body);
    if (const std::size_t mark = request.path.find('?'); request.path.substr(0, mark) == wire::peers_path)
        return peers(mark == std::string::npos ? std::string_view() : std::string_view(request.path).substr(mark + 1));
    return {status_not_found, wire::encode_error({ErrorCode::not_found, "the demo has no such thing"})};
}

DemoServer::Reply DemoServer::session() {
    return {200, "{\"user\":{\"id\":\"" + std::string(m_account->id) + "\"},\"demo\":true}"};
}

DemoRows& DemoServer::rows() {
    if (m_rows) return *m_rows;
    tenant::DemoOptions options;
    options.today = static_cast<Day>(m_options.clock->now_ms() / day_ms);
    options.scale = m_options.scale;
    std::vector<Row> more;
    if (m_options.go_live) more.push_back(to_row(m_go_live.emplace(tenant::go_live(options)).kickoff()));
    m_rows = std::make_unique<DemoRows>(options, Id(m_account->id), *m_options.clock,
                                        DemoExtent{more, m_options.practices_max});
    for (const tenant::Story& story : tenant::stories(options))
        if (story.number == story_of_edits) m_meeting_place = story.subject;
    return *m_rows;
}

DemoServer::Reply DemoServer::pull(const std::string& body) {
    const auto request = wire::decode_pull_request(body);
    if (!request) return {status_bad, wire::encode_error(request.error())};
    DemoRows& held = rows();
    if (m_go_live)
        if (const auto position = m_options.go_live->take()) m_go_live->follow(*position, held);
    const bool is_full = request->epoch != demo_epoch || request->seq == 0;
    DemoPage page;
    page.add(wire::PullBegin{.epoch = std::string(demo_epoch),
                             .set = std::string(demo_set),
                             .reset = is_full,
                             .server_time_ms = m_options.clock->now_ms(),
                             .streams = request->set == demo_set ? std::vector<StreamId>() : held.streams(),
                             .user = held.caller().user,
                             .last_mid = m_last_mids[request->client],
                             .about_rows = is_full ? static_cast<std::int64_t>(held.size()) : 0});
    wire::PullEnd end;
    // A page goes on after the change that the one before it ended with.
    const std::int64_t after = request->page.empty() ? (is_full ? 0 : request->seq) : number_in(request->page);
    std::int64_t last = after;
    held.each_after(after, [&](std::int64_t change, const Row& row, std::vector<StreamId> streams) {
        end.more = page.is_full(limits::pull_page_bytes_default);
        if (end.more) return false;
        if (!is_full || !streams.empty()) page.add_row(row, std::move(streams));
        last = change;
        return true;
    });
    // With the last page, so that whoever sees the rows has what they come to, too.
    if (is_full && !end.more) tell_cohorts();
    end.next_seq = end.more ? request->seq : held.head();
    if (end.more) end.page = std::to_string(last);
    return {200, page.end(std::move(end))};
}

void DemoServer::tell_cohorts() {
    if (!m_options.cohorts || m_options.cohorts->take()) return;
    FactTable facts;
    std::vector<Practice> practices;
    std::vector<PromoPlan> plans;
    rows().each_row(Entity::fact_segment, [&](const Row& row) {
        const auto put = facts.put_segment(from_row<FactSegment>(row));
        check(put.has_value(), "the tenant's own segments decode");
    });
    rows().each_row(Entity::practice, [&](const Row& row) { practices.push_back(from_row<Practice>(row)); });
    rows().each_row(Entity::promo_plan, [&](const Row& row) { plans.push_back(from_row<PromoPlan>(row)); });
    auto cohorts = std::make_shared<std::vector<CohortRates>>();
    for (const Specialty specialty : {Specialty::dental, Specialty::veterinary, Specialty::medical})
        cohorts->push_back(cohort_rates(facts, specialty, practices, plans));
    m_options.cohorts->publish(std::move(cohorts));
}

DemoServer::Reply DemoServer::push(const std::string& body) {
    const auto request = wire::decode_push_request(body);
    if (!request) return {status_bad, wire::encode_error(request.error())};
    wire::PushResponse response;
    response.epoch = demo_epoch;
    std::int64_t& last_mid = m_last_mids[request->client];
    for (const Mutation& mutation : request->mutations) {
        if (mutation.mid > last_mid + 1) {
            response.renew_client = true;
            break;
        }
        last_mid = std::max(last_mid, mutation.mid);
        const auto known = m_outcomes.find(mutation.intent);
        const MutationOutcome outcome =
            known != m_outcomes.end() ? known->second : (m_outcomes[mutation.intent] = decide(mutation));
        response.results.push_back({mutation.mid, mutation.intent, outcome});
    }
    return {200, wire::encode(response)};
}

DemoServer::Reply DemoServer::peers(std::string_view query) {
    const auto asked = wire::decode_peer_query(query);
    if (!asked) return {status_bad, wire::encode_error(asked.error())};
    const auto row = rows().get(Entity::practice, asked->practice);
    if (!row) return {status_forbidden, wire::encode_error({ErrorCode::permission_denied, "not your practice"})};
    const auto practice = from_row<Practice>(*row);
    PeerSummary summary = peers_of(rows(), practice);
    summary.as_of_ms = m_options.clock->now_ms();
    return {200, wire::encode(summary)};
}

MutationOutcome DemoServer::decide(const Mutation& mutation) {
    DemoRows& held = rows();
    let_edits_meet(mutation);
    const bool makes_ticket = mutation.kind == MutationKind::create && mutation.entity == Entity::ticket;
    const MutationContext context{.now_ms = m_options.clock->now_ms(),
                                  .caller = held.caller(),
                                  .directory = &held.directory(),
                                  .next_ticket_number = makes_ticket ? held.next_ticket_number() : 0};
    return apply_mutation(mutation, context, held);
}

// Support has resolved the same case meanwhile and filed it elsewhere. Once: what is applied again afterwards stands.
void DemoServer::let_edits_meet(const Mutation& mutation) {
    const InstantMs now_ms = m_options.clock->now_ms();
    if (mutation.kind != MutationKind::update || mutation.row != m_meeting_place) return;
    if (now_ms - made_ms(mutation.intent) < apart_ms) return;
    const auto row = m_rows->get(Entity::ticket, std::exchange(m_meeting_place, {}));
    if (!row) return;
    auto ticket = from_row<Ticket>(*row);
    if (ticket.state == TicketState::resolved) return;
    ticket.state = TicketState::resolved;
    ticket.resolved_ms = ticket.state_since_ms = now_ms;
    ticket.category = TicketCategory::other;
    m_rows->put_of(Id(tenant::find_demo_account("support_agent")->id), to_row(ticket));
}

}  // namespace portal::pitch
