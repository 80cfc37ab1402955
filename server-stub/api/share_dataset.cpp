// What guests read: what the shared view is, and its datasets; the same for its presenter, who records it; and what
// guests would read. Everything is computed in one snapshot, in which the share's standing has been asked too. Signed-in
// followers read what it is, too.
#include "shared/facts/share_dataset.hpp"
#include <algorithm>
#include <iterator>
#include <span>

#include "server-stub/api/handlers.hpp"
#include "server-stub/api/share_opening.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"
#include "shared/rules/business_time.hpp"
#include "shared/wire/fact_page_json.hpp"
#include "shared/wire/share_dataset_json.hpp"
#include "shared/wire/share_json.hpp"

namespace portal::server {
namespace {

constexpr Day health_days = 14;

// Of the share that a guest has opened, or of the presenter's own that is recorded.
Result<ShareStanding> standing_for_reader(const Exchange& exchange, ReadSnapshot& view) {
    const InstantMs now_ms = exchange.services.clock.now_ms();
    const Principal& reader = exchange.principal;
    if (reader.signed_in) return standing_for_presenter(view, Id(exchange.parameter), reader.caller.user, now_ms);
    ShareStanding standing = standing_of_guest(view, reader.guest.session, now_ms);
    if (standing.state == ShareState::ended) return fail(ErrorCode::unauthenticated, "this shared view has ended");
    return standing;
}

template <class Record>
std::vector<Record> records_where(ReadSnapshot& view, std::string_view column, const Id& id) {
    std::vector<Record> records;
    view.each_row_where(Record::entity, column, Value{id},
                        [&](const Row& row) { records.push_back(from_row<Record>(row)); });
    return records;
}

// The business date where the practice is.
Day today_at(ReadSnapshot& view, const Id& practice, InstantMs now_ms) {
    for (const Location& location : records_where<Location>(view, "practice", practice))
        if (const auto zone = TimeZone::find(location.time_zone)) return zone->day_of(now_ms);
    return static_cast<Day>(now_ms / day_ms);
}

// Of one practice, each of those views: its rows are read once.
Result<std::vector<ShareDataset>> datasets_of(ReadSnapshot& view, const ShareScope& scope,
                                              std::span<const ShareView> shown, const Id& practice, InstantMs now_ms) {
    const auto row = view.row(Entity::practice, practice);
    if (!row) return fail(ErrorCode::permission_denied, "this practice is not shared");
    FactTable facts;
    for (const FactSegment& segment : records_where<FactSegment>(view, "practice", practice))
        PORTAL_TRY(facts.put_segment(segment));
    std::vector<PromoPlan> plans;
    view.each_row(Entity::promo_plan, [&](const Row& plan) { plans.push_back(from_row<PromoPlan>(plan)); });
    const auto integrations = records_where<Integration>(view, "practice", practice);
    const Day today = today_at(view, practice, now_ms);
    std::vector<CheckRollup> rollups;
    for (const Integration& integration : integrations)
        for (CheckRollup& rollup : records_where<CheckRollup>(view, "integration", integration.id))
            if (rollup.day > today - health_days) rollups.push_back(std::move(rollup));
    const auto name = from_row<Practice>(*row);
    std::vector<ShareDataset> datasets;
    for (const ShareView one : shown) {
        PORTAL_TRY_ASSIGN(dataset,
                          share_dataset({facts, name, plans, integrations, rollups, today, now_ms}, scope, one));
        datasets.push_back(std::move(dataset));
    }
    return datasets;
}

Result<std::string> read_dataset(const Exchange& exchange) {
    const auto snapshot = exchange.services.repository.read();
    PORTAL_TRY_ASSIGN(standing, standing_for_reader(exchange, *snapshot));
    if (standing.state == ShareState::paused)
        return fail(ErrorCode::precondition_failed, "the presenter has paused this shared view");
    const auto shown = parse_text<ShareView>(wire::query_value(exchange.request.query, "view"));
    if (!shown) return fail(ErrorCode::invalid_argument, "'view' is not a view that can be shared");
    const Id practice(wire::query_value(exchange.request.query, "practice"));
    // Before anything is read of it: an answer must not tell which practices there are.
    if (!standing.scope.has_practice(practice))
        return fail(ErrorCode::permission_denied, "this practice is not shared");
    PORTAL_TRY_ASSIGN(datasets, datasets_of(*snapshot, standing.scope, std::span(&*shown, 1), practice,
                                            exchange.services.clock.now_ms()));
    return wire::encode(datasets.front());
}

// What guests would be given of a scope that is not shared yet: the same check, the same datasets.
Result<std::string> read_preview(const Exchange& exchange) {
    PORTAL_TRY_ASSIGN(request, wire::decode_share_request(exchange.request.body));
    const Id& presenter = exchange.principal.caller.user;
    request.scope.presenter = presenter;
    const auto snapshot = exchange.services.repository.read();
    const auto caller = snapshot->caller(presenter);
    if (!caller) return fail(ErrorCode::unauthenticated, "sign in first");
    PORTAL_TRY_ASSIGN(scope, checked_scope(request.scope, *caller, *snapshot->directory(presenter)));
    std::vector<ShareDataset> all;
    for (const Id& practice : scope.practices) {
        PORTAL_TRY_ASSIGN(datasets,
                          datasets_of(*snapshot, scope, scope.views, practice, exchange.services.clock.now_ms()));
        std::ranges::move(datasets, std::back_inserter(all));
    }
    return wire::encode_share_preview(all);
}

Result<std::string> read_share_session(const Exchange& exchange) {
    const auto snapshot = exchange.services.repository.read();
    PORTAL_TRY_ASSIGN(standing, standing_for_reader(exchange, *snapshot));
    return wire::encode(session_of_share(*snapshot, standing, standing.scope));
}

}  // namespace

void answer_unkept(const Result<std::string>& body, const Respond& respond) {
    Response response = body ? json_response(200, *body) : error_response(body.error());
    response.headers.emplace_back("Cache-Control", "no-store");
    respond(std::move(response));
}

ShareGuestSession session_of_share(ReadSnapshot& view, const ShareStanding& standing, const ShareScope& scope) {
    ShareGuestSession session;
    session.views = scope.views;
    session.first_day = scope.first_day;
    session.last_day = scope.last_day;
    session.rows = scope.rows;
    session.paused = standing.state == ShareState::paused;
    session.expires_ms = standing.record.expires_ms;
    if (const auto presenter = view.row(Entity::user, scope.presenter))
        session.presenter = text_value(*presenter, "name");
    for (const Id& practice : scope.practices)
        if (const auto row = view.row(Entity::practice, practice))
            session.practices.push_back({practice, std::string(text_value(*row, "name"))});
    return session;
}

void handle_share_preview(const Exchange& exchange, Respond respond) {
    answer_unkept(read_preview(exchange), respond);
}

void handle_share_dataset(const Exchange& exchange, Respond respond) {
    answer_unkept(read_dataset(exchange), respond);
}

void handle_share_guest(const Exchange& exchange, Respond respond) {
    answer_unkept(read_share_session(exchange), respond);
}

void handle_recorded_dataset(const Exchange& exchange, Respond respond) {
    answer_unkept(read_dataset(exchange), respond);
}

void handle_recorded_session(const Exchange& exchange, Respond respond) {
    answer_unkept(read_share_session(exchange), respond);
}

}  // namespace portal::server
