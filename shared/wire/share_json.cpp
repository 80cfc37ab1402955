#include "shared/wire/share_json.hpp"

#include "shared/base/durations.hpp"
#include "shared/model/id.hpp"
#include "shared/wire/json_reader.hpp"

namespace portal::wire {
namespace {

using nlohmann::json;

constexpr std::int32_t widget_size = 10'000;

std::string text_of_json(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json json_of(const ShareScope& scope) {
    json views = json::array();
    for (const ShareView view : scope.views)
        views.push_back(text_of(view));
    return {{"practices", scope.practices},
            {"views", views},
            {"from", iso_day(scope.first_day)},
            {"to", iso_day(scope.last_day)},
            {"rows", scope.rows == ShareRows::drill_down}};
}

Day read_day(Reader& reader, const char* member) {
    const auto day = parse_iso_day(reader.text(member));
    if (!day) reader.complain(member, "is no day like 2026-03-04");
    return day.value_or(0);
}

ShareScope read_scope(Reader& reader) {
    ShareScope scope;
    scope.practices = reader.texts("practices");
    for (const Id& practice : scope.practices)
        if (!is_id(practice)) reader.complain("practices", "names something that is no id");
    if (scope.practices.size() > limits::share_practices_max) reader.complain("practices", "names too many");
    const std::vector<std::string> views = reader.texts("views");
    if (views.size() > all_share_views.size()) reader.complain("views", "names too many");
    for (const std::string& word : views) {
        const auto view = parse_text<ShareView>(word);
        if (!view) reader.complain("views", "names no view that can be shared");
        if (view) scope.views.push_back(*view);
    }
    scope.first_day = read_day(reader, "from");
    scope.last_day = read_day(reader, "to");
    scope.rows = reader.optional_boolean("rows") ? ShareRows::drill_down : ShareRows::aggregates;
    return scope;
}

std::vector<ShareFilter> read_filters(Reader& reader) {
    std::vector<ShareFilter> filters;
    std::size_t values = 0;
    for (const auto& [name, list] : reader.object("filters").items()) {
        if (filters.size() >= limits::share_filters_max || name.size() > limits::wire_name_bytes_max ||
            !list.is_array() || (values += list.size()) > limits::share_filter_values_max) {
            reader.complain("filters", "is not an object of few short lists");
            return {};
        }
        ShareFilter& filter = filters.emplace_back();
        filter.name = name;
        for (const json& value : list) {
            if (!value.is_string() || value.get_ref<const std::string&>().size() > limits::wire_name_bytes_max) {
                reader.complain("filters", "holds a value that is no short text");
                return {};
            }
            filter.values.push_back(value.get<std::string>());
        }
    }
    return filters;
}

Result<ShareShow> read_state(const json& object) {
    Reader reader(object, "view state");
    reader.allow_only({"k", "q", "route", "filters", "sel", "top", "scroll", "away"});
    ShareViewState state;
    state.q = reader.integer("q");
    const auto route = parse_text<ShareView>(reader.text("route"));
    if (!route) reader.complain("route", "names no view that can be shared");
    state.route = route.value_or(ShareView::overview);
    state.filters = read_filters(reader);
    state.sel = reader.text("sel");
    state.top = reader.optional_text("top");
    if (state.top.size() > limits::share_widget_bytes_max) reader.complain("top", "is too long");
    state.scroll = reader.integer("scroll", 0, widget_size);
    state.away = reader.optional_boolean("away");
    PORTAL_TRY(reader.status());
    return ShareShow{state, std::nullopt};
}

Result<ShareShow> read_pointer(const json& object) {
    Reader reader(object, "pointer");
    reader.allow_only({"k", "at", "x", "y", "laser"});
    SharePointer pointer;
    pointer.at = reader.text("at", limits::share_widget_bytes_max);
    pointer.x = static_cast<std::int32_t>(reader.integer("x", 0, widget_size));
    pointer.y = static_cast<std::int32_t>(reader.integer("y", 0, widget_size));
    pointer.is_laser = reader.optional_boolean("laser");
    PORTAL_TRY(reader.status());
    return ShareShow{std::nullopt, pointer};
}

json json_of(const ShareListing& listing) {
    json object = json_of(listing.scope);
    object["id"] = listing.id;
    object["state"] = text_of(listing.state);
    object["guests"] = listing.guests;
    object["followers"] = listing.followers;
    object["created_ms"] = listing.created_ms;
    object["expires_ms"] = listing.expires_ms;
    if (!listing.link.empty()) object["link"] = listing.link;
    if (!listing.presenter.empty()) object["presenter"] = listing.presenter;
    if (listing.is_lent) object["lent"] = true;
    for (const ShareFollower& one : listing.people) {
        json person = {{"number", one.number}, {"name", one.name}};
        if (!one.user.empty()) person["user"] = one.user;
        if (one.may_present) person["may_present"] = true;
        object["people"].push_back(std::move(person));
    }
    for (const ShareReactionCount& one : listing.reactions)
        object["reactions"].push_back({{"kind", text_of(one.reaction)}, {"count", one.count}, {"age_ms", one.age_ms}});
    return object;
}

std::vector<ShareFollower> read_people(Reader& reader) {
    std::vector<ShareFollower> people;
    for (const json& one : reader.array("people", limits::share_people_max)) {
        Reader inner(one, "follower");
        inner.allow_only({"number", "name", "user", "may_present"});
        const std::int64_t number = inner.integer("number");
        std::string name = inner.text("name", limits::short_text_bytes_max);
        people.push_back({number, std::move(name), inner.optional_text("user"), inner.optional_boolean("may_present")});
        const ShareFollower& person = people.back();
        const bool is_guest = person.user.empty();
        if (!inner.status() || (is_guest ? person.name.size() > limits::share_name_bytes_max : !is_id(person.user)))
            reader.complain("people", "holds something else");
    }
    return people;
}

std::vector<ShareReactionCount> read_reactions(Reader& reader) {
    std::vector<ShareReactionCount> reactions;
    for (const json& one : reader.array("reactions", all_share_reactions.size())) {
        Reader inner(one, "reaction");
        inner.allow_only({"kind", "count", "age_ms"});
        const auto kind = parse_text<ShareReaction>(inner.text("kind"));
        if (!kind || !inner.status()) reader.complain("reactions", "holds something else");
        reactions.push_back({kind.value_or(ShareReaction::agree), inner.integer("count"), inner.integer("age_ms")});
    }
    return reactions;
}

Result<ShareListing> read_listing(const json& object) {
    if (!object.is_object()) return fail(ErrorCode::invalid_argument, "share: is no object");
    Reader reader(object, "share");
    reader.allow_only({"id", "state", "practices", "views", "from", "to", "rows", "guests", "followers", "created_ms",
                       "expires_ms", "link", "people", "reactions", "presenter", "lent"});
    ShareListing listing;
    listing.id = reader.text("id");
    if (!is_id(listing.id)) reader.complain("id", "is no id");
    const auto state = parse_text<ShareState>(reader.text("state"));
    if (!state) reader.complain("state", "is outside its vocabulary");
    listing.state = state.value_or(ShareState::ended);
    listing.scope = read_scope(reader);
    listing.guests = reader.integer("guests");
    listing.followers = reader.integer("followers");
    listing.created_ms = reader.integer("created_ms");
    listing.expires_ms = reader.integer("expires_ms");
    listing.link = reader.optional_text("link");
    listing.presenter = reader.optional_text("presenter");
    listing.is_lent = reader.optional_boolean("lent");
    if (object.contains("people")) listing.people = read_people(reader);
    if (object.contains("reactions")) listing.reactions = read_reactions(reader);
    PORTAL_TRY(reader.status());
    return listing;
}

}  // namespace

std::string encode(const ShareListing& listing) {
    return text_of_json(json_of(listing));
}

Result<ShareListing> decode_share_listing(std::string_view text) {
    PORTAL_TRY_ASSIGN(object, parse_object(text, "share", limits::share_request_bytes_max));
    return read_listing(object);
}

std::string encode_share_list(std::span<const ShareListing> listings) {
    json shares = json::array();
    for (const ShareListing& listing : listings)
        shares.push_back(json_of(listing));
    return text_of_json({{"shares", std::move(shares)}});
}

Result<std::vector<ShareListing>> decode_share_list(std::string_view text) {
    PORTAL_TRY_ASSIGN(object, parse_object(text, "shares", limits::share_list_bytes_max));
    Reader reader(object, "shares");
    reader.allow_only({"shares"});
    std::vector<ShareListing> listings;
    for (const json& one : reader.array("shares", limits::share_list_max)) {
        PORTAL_TRY_ASSIGN(listing, read_listing(one));
        listings.push_back(std::move(listing));
    }
    PORTAL_TRY(reader.status());
    return listings;
}

std::string encode(const ShareRequest& request) {
    json object = json_of(request.scope);
    object["hours"] = request.duration_ms / hour_ms;
    return text_of_json(object);
}

Result<ShareRequest> decode_share_request(std::string_view text) {
    PORTAL_TRY_ASSIGN(object, parse_object(text, "share", limits::share_request_bytes_max));
    Reader reader(object, "share");
    reader.allow_only({"practices", "views", "from", "to", "rows", "hours"});
    ShareRequest request;
    request.scope = read_scope(reader);
    request.duration_ms = object.contains("hours")
                              ? reader.integer("hours", 1, limits::share_ms_max / hour_ms) * hour_ms
                              : limits::share_ms_default;
    PORTAL_TRY(reader.status());
    return request;
}

std::string encode(const ShareScope& scope) {
    json object = json_of(scope);
    object["presenter"] = scope.presenter;
    return text_of_json(object);
}

Result<ShareScope> decode_share_scope(std::string_view text) {
    PORTAL_TRY_ASSIGN(object, parse_object(text, "share scope", limits::share_request_bytes_max));
    Reader reader(object, "share scope");
    reader.allow_only({"practices", "views", "from", "to", "rows", "presenter"});
    ShareScope scope = read_scope(reader);
    scope.presenter = reader.text("presenter");
    PORTAL_TRY(reader.status());
    return scope;
}

std::string encode(const ShareViewState& state) {
    json filters = json::object();
    for (const ShareFilter& filter : state.filters)
        filters[filter.name] = filter.values;
    json object = {{"k", "state"},       {"q", state.q},     {"route", text_of(state.route)},
                   {"filters", filters}, {"sel", state.sel}, {"scroll", state.scroll}};
    if (!state.top.empty()) object["top"] = state.top;
    if (state.away) object["away"] = true;
    return text_of_json(object);
}

std::string encode(const SharePointer& pointer) {
    json object = {{"k", "ptr"}, {"at", pointer.at}, {"x", pointer.x}, {"y", pointer.y}};
    if (pointer.is_laser) object["laser"] = true;
    return text_of_json(object);
}

std::string encode_share_presenter(const Id& user) {
    return text_of_json({{"user", user}});
}

Result<std::int64_t> decode_share_told(std::string_view text) {
    PORTAL_TRY_ASSIGN(object, parse_object(text, "view state", limits::error_message_bytes_max));
    Reader reader(object, "view state");
    const std::int64_t q = reader.integer("q");
    PORTAL_TRY(reader.status());
    return q;
}

std::string encode_follower_name(std::string_view name) {
    return text_of_json({{"name", name}});
}

std::string encode(ShareReaction reaction) {
    return text_of_json({{"kind", text_of(reaction)}});
}

Result<ShareShow> decode_share_show(std::string_view text) {
    PORTAL_TRY_ASSIGN(object, parse_object(text, "view state", limits::share_state_bytes_max));
    Reader reader(object, "view state");
    const std::string kind = reader.text("k");
    PORTAL_TRY(reader.status());
    if (kind == "state") return read_state(object);
    if (kind == "ptr") return read_pointer(object);
    return fail(ErrorCode::invalid_argument, "view state: 'k' is neither \"state\" nor \"ptr\"");
}

}  // namespace portal::wire
