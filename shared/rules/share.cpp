#include "shared/rules/share.hpp"

#include <algorithm>

#include "shared/base/limits.hpp"
#include "shared/model/id.hpp"
#include "shared/rules/validate.hpp"

namespace portal {
namespace {

constexpr std::string_view widget_prefix = "widget:";
constexpr std::int32_t whole_widget = 10'000;

template <class Item>
void keep_once(std::vector<Item>& items) {
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
}

bool is_widget_name(std::string_view name) {
    return name.size() > widget_prefix.size() && name.size() <= limits::share_widget_bytes_max &&
           name.starts_with(widget_prefix) && std::all_of(name.begin() + widget_prefix.size(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
           });
}

// Sorted, unique.
std::vector<Id> readable_practices(const Caller& caller, const Directory& directory) {
    const std::vector<StreamId> streams = streams_of_caller(caller, directory);
    std::vector<Id> practices;
    for (const Id& practice : directory.practices())
        if (std::binary_search(streams.begin(), streams.end(), "p:" + practice)) practices.push_back(practice);
    keep_once(practices);
    return practices;
}

void keep_practices(ShareScope& scope, const std::vector<Id>& reach) {
    std::erase_if(scope.practices,
                  [&](const Id& practice) { return !std::binary_search(reach.begin(), reach.end(), practice); });
}

Status refuse_state(std::string_view member) {
    return fail(ErrorCode::permission_denied, "the state's '" + std::string(member) + "' is outside of what is shared");
}

class StateCheck {
  public:
    StateCheck(const ShareScope& scope, const Directory& directory) : m_scope(scope), m_directory(directory) {}

    bool may_name(std::string_view kind, const std::string& value) const {
        if (kind == "practice") return m_scope.has_practice(value);
        if (kind == "location") return is_inside(m_directory.practice_of_location(value));
        if (kind == "integration") return is_inside(m_directory.practice_of_integration(value));
        if (kind == "plan") return is_id(value);
        return false;
    }
    bool may_filter(const std::string& name, const std::string& value) const {
        if (name == "from" || name == "to") return is_day_of_period(value);
        if (name == "grain") return value == "month" || value == "week" || (value == "day" && shows_days());
        return is_trait(name, value) || may_name(name, value);
    }
    bool may_select(const std::string& selection) const {
        if (selection.empty()) return true;
        const std::size_t colon = selection.find(':');
        if (colon == std::string::npos) return false;
        const std::string kind = selection.substr(0, colon), value = selection.substr(colon + 1);
        if (kind == "month") return is_month_of_period(value);
        if (kind == "day") return shows_days() && is_day_of_period(value);
        return may_name(kind, value);
    }

  private:
    bool is_inside(const Id& practice) const { return !practice.empty() && m_scope.has_practice(practice); }
    // What facts have in common, in closed words and numbers, which name no row.
    static bool is_trait(const std::string& name, const std::string& value) {
        if (name == "channel") return parse_text<FactChannel>(value).has_value();
        if (name == "kind") return parse_text<FactKind>(value).has_value();
        if (name == "status") return parse_text<FactStatus>(value).has_value();
        if (name == "cardholder") return value == "new" || value == "existing";
        const auto number = number_of_filter(value);
        if (name == "weekday") return number && *number < 7;
        if (name == "hour") return number && *number < 24;
        return number && (name == "cents_from" || name == "cents_until");
    }
    bool shows_days() const { return m_scope.rows == ShareRows::drill_down; }
    bool is_day_of_period(const std::string& text) const {
        const auto day = parse_iso_day(text);
        return day && *day >= m_scope.first_day && *day <= m_scope.last_day;
    }
    bool is_month_of_period(const std::string& text) const {
        const auto month = parse_iso_month(text);
        return month && *month >= month_of_day(m_scope.first_day) && *month <= month_of_day(m_scope.last_day);
    }

    const ShareScope& m_scope;
    const Directory& m_directory;
};

}  // namespace

bool role_may_share(Role role) {
    return role == Role::account_manager || role == Role::lead || role == Role::practice_admin;
}

std::vector<Id> shareable_practices(const Caller& caller, const Directory& directory) {
    // The reach of these grants alone: who is also the front desk of another practice does not share that one.
    Caller sharing = caller;
    std::erase_if(sharing.grants, [](const Grant& grant) { return !role_may_share(grant.role); });
    return sharing.grants.empty() ? std::vector<Id>() : readable_practices(sharing, directory);
}

Result<ShareScope> checked_scope(ShareScope scope, const Caller& presenter, const Directory& directory) {
    if (presenter.user.empty() || scope.presenter != presenter.user)
        return fail(ErrorCode::permission_denied, "only the presenter shares");
    keep_once(scope.practices);
    keep_once(scope.views);
    if (scope.practices.empty()) return fail(ErrorCode::invalid_argument, "name at least one practice to share");
    if (scope.practices.size() > limits::share_practices_max)
        return fail(ErrorCode::invalid_argument,
                    "share at most " + std::to_string(limits::share_practices_max) + " practices at a time");
    if (scope.views.empty()) return fail(ErrorCode::invalid_argument, "name at least one view to share");
    if (scope.first_day > scope.last_day) return fail(ErrorCode::invalid_argument, "the period ends before it begins");
    if (scope.last_day - scope.first_day >= limits::share_days_max)
        return fail(ErrorCode::invalid_argument,
                    "share at most " + std::to_string(limits::share_days_max) + " days at a time");
    const std::vector<Id> reach = shareable_practices(presenter, directory);
    if (!std::includes(reach.begin(), reach.end(), scope.practices.begin(), scope.practices.end()))
        return fail(ErrorCode::permission_denied, "a practice to share is not among those that you may share");
    return scope;
}

ShareScope narrowed_scope(ShareScope scope, const Caller& presenter, const Directory& directory) {
    const bool is_theirs = !presenter.user.empty() && scope.presenter == presenter.user;
    keep_practices(scope, is_theirs ? shareable_practices(presenter, directory) : std::vector<Id>());
    return scope;
}

ShareScope followed_scope(ShareScope scope, const Caller& follower, const Directory& directory) {
    keep_practices(scope, follower.user.empty() ? std::vector<Id>() : readable_practices(follower, directory));
    return scope;
}

bool may_present(const ShareScope& scope, const Caller& caller, const Directory& directory) {
    const std::vector<Id> reach = shareable_practices(caller, directory);
    return !scope.practices.empty() &&
           std::includes(reach.begin(), reach.end(), scope.practices.begin(), scope.practices.end());
}

ShareViewState away_state(ShareView route, std::int64_t q) {
    ShareViewState state;
    state.q = q;
    state.route = route;
    state.away = true;
    return state;
}

Status check_view_state(const ShareViewState& state, const ShareScope& scope, const Directory& directory) {
    if (scope.practices.empty()) return refuse_state("route");
    if (!scope.has_view(state.route)) return refuse_state("route");
    const StateCheck check(scope, directory);
    for (const ShareFilter& filter : state.filters)
        for (const std::string& value : filter.values)
            if (!check.may_filter(filter.name, value)) return refuse_state("filters");
    if (!state.top.empty() && !is_widget_name(state.top)) return refuse_state("top");
    return check.may_select(state.sel) ? Status() : refuse_state("sel");
}

Status check_follower_name(std::string_view name) {
    return validate_text(name, "name", TextShape::single_line, limits::share_name_bytes_max);
}

Status check_pointer(const SharePointer& pointer) {
    const auto is_on_it = [](std::int32_t part) { return part >= 0 && part <= whole_widget; };
    if (is_widget_name(pointer.at) && is_on_it(pointer.x) && is_on_it(pointer.y)) return {};
    return fail(ErrorCode::invalid_argument, "a pointer stands on a widget, between 0 and 10000 of its size");
}

}  // namespace portal
