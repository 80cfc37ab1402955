#include "app/vm/shown_state.hpp"

#include <algorithm>

namespace portal::vm {
namespace {

constexpr std::string_view integration_prefix = "integration:";

void add_filter(ShareViewState& state, const char* name, std::string value) {
    if (!value.empty()) state.filters.push_back({name, {std::move(value)}});
}

void add_number(ShareViewState& state, const char* name, std::int64_t number) {
    add_filter(state, name, std::to_string(number));
}

std::string value_of(const ShareViewState& state, std::string_view name) {
    const auto found = std::ranges::find(state.filters, name, &ShareFilter::name);
    return found == state.filters.end() || found->values.size() != 1 ? std::string() : found->values.front();
}

Day day_of(const ShareViewState& state, std::string_view name) {
    return parse_iso_day(value_of(state, name)).value_or(0);
}

std::int64_t number_of(const ShareViewState& state, std::string_view name) {
    return number_of_filter(value_of(state, name)).value_or(0);
}

std::optional<int> small_number_of(const ShareViewState& state, std::string_view name) {
    const auto number = number_of_filter(value_of(state, name));
    return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

// What facts are chosen by, but for their place and their days.
void add_traits(ShareViewState& state, const FinancingQuery& query) {
    add_filter(state, "plan", query.plan);
    if (query.channel) add_filter(state, "channel", std::string(text_of(*query.channel)));
    if (query.existing_cardholder) add_filter(state, "cardholder", *query.existing_cardholder ? "existing" : "new");
    if (query.cents_from > 0) add_number(state, "cents_from", query.cents_from);
    if (query.cents_until > 0) add_number(state, "cents_until", query.cents_until);
    if (query.weekday) add_number(state, "weekday", *query.weekday);
    if (query.hour) add_number(state, "hour", *query.hour);
    if (query.kind) add_filter(state, "kind", std::string(text_of(*query.kind)));
    if (query.status) add_filter(state, "status", std::string(text_of(*query.status)));
}

void take_traits(const ShareViewState& state, FinancingQuery& query) {
    query.plan = value_of(state, "plan");
    query.channel = parse_text<FactChannel>(value_of(state, "channel"));
    if (const std::string whose = value_of(state, "cardholder"); !whose.empty())
        query.existing_cardholder = whose == "existing";
    query.cents_from = number_of(state, "cents_from");
    query.cents_until = number_of(state, "cents_until");
    query.weekday = small_number_of(state, "weekday");
    query.hour = small_number_of(state, "hour");
    query.kind = parse_text<FactKind>(value_of(state, "kind"));
    query.status = parse_text<FactStatus>(value_of(state, "status"));
}

FinancingQuery financing_of(const ShareViewState& state, const FinancingQuery* now, bool chooses_practices) {
    FinancingQuery query = now ? without_filters(*now) : FinancingQuery();
    query.passport.clear();
    query.rows.reset();
    query.from = day_of(state, "from");
    query.until = day_of(state, "to");
    if (chooses_practices) query.practice = practice_of(state);
    query.location = value_of(state, "location");
    take_traits(state, query);
    return query;
}

IntegrationsQuery integrations_of(const ShareViewState& state, const IntegrationsQuery* now) {
    IntegrationsQuery query = now ? *now : IntegrationsQuery();
    const Id selected = state.sel.starts_with(integration_prefix) ? state.sel.substr(integration_prefix.size()) : Id();
    if (query.selected != selected) query.day.reset();
    query.selected = selected;
    return query;
}

}  // namespace

std::optional<ShareView> share_view_of(const Query& query) {
    if (std::holds_alternative<OverviewQuery>(query)) return ShareView::overview;
    if (std::holds_alternative<IntegrationsQuery>(query)) return ShareView::integrations;
    if (std::holds_alternative<FinancingQuery>(query)) return ShareView::financing;
    return std::nullopt;
}

ShareViewState shown_state(const Query* query, const Scope& scope) {
    ShareViewState state;
    const auto view = query ? share_view_of(*query) : std::nullopt;
    state.away = !view.has_value();
    state.route = view.value_or(ShareView::overview);
    if (state.away) return state;
    Id practice = scope.practices.size() == 1 ? scope.practices.front() : Id();
    if (const auto* financing = std::get_if<FinancingQuery>(query)) {
        if (financing->rows) state.away = true;
        if (!financing->practice.empty()) practice = financing->practice;
        if (financing->from > 0) add_filter(state, "from", iso_day(financing->from));
        if (financing->until > 0) add_filter(state, "to", iso_day(financing->until));
        add_filter(state, "location", financing->location);
        add_traits(state, *financing);
    }
    if (const auto* integrations = std::get_if<IntegrationsQuery>(query))
        if (!integrations->selected.empty()) state.sel = std::string(integration_prefix) + integrations->selected;
    add_filter(state, "practice", practice);
    // Filters are written in the order of their names, and compared as they were written.
    std::ranges::sort(state.filters, {}, &ShareFilter::name);
    return state;
}

Id practice_of(const ShareViewState& state) {
    return value_of(state, "practice");
}

std::optional<Query> query_of_state(const ShareViewState& state, const std::optional<Query>& now,
                                    const FollowingUser& user) {
    if (state.away) return std::nullopt;
    switch (state.route) {
        case ShareView::overview:
            return OverviewQuery();
        case ShareView::integrations:
            return integrations_of(state, now ? std::get_if<IntegrationsQuery>(&*now) : nullptr);
        case ShareView::financing:
            break;
    }
    if (!user.sees_financing) return std::nullopt;
    return financing_of(state, now ? std::get_if<FinancingQuery>(&*now) : nullptr, user.chooses_practices);
}

}  // namespace portal::vm
