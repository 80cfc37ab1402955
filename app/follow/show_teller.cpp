#include "app/follow/show_teller.hpp"

#include <algorithm>

#include "app/platform/transport_answer.hpp"
#include "shared/base/limits.hpp"
#include "shared/rules/share.hpp"
#include "shared/wire/share_json.hpp"

namespace portal::follow {
namespace {

bool is_same_look(ShareViewState left, const ShareViewState& right) {
    left.q = right.q;
    return left == right;
}

bool is_same_place(ShareViewState left, const ShareViewState& right) {
    left.top = right.top;
    left.scroll = right.scroll;
    return is_same_look(std::move(left), right);
}

bool is_in_period(const std::string& text, const ShareScope& scope) {
    const auto day = parse_iso_day(text);
    return day && *day >= scope.first_day && *day <= scope.last_day;
}

}  // namespace

ShareViewState fitted_state(ShareViewState state, const ShareScope& scope) {
    bool fits = !state.away && scope.has_view(state.route);
    for (const ShareFilter& filter : state.filters)
        for (const std::string& value : filter.values)
            if (filter.name == "practice") fits = fits && scope.has_practice(value);
    if (!fits) return away_state(scope.views.front(), 0);
    std::erase_if(state.filters, [&](const ShareFilter& filter) {
        return (filter.name == "from" || filter.name == "to") && !is_in_period(filter.values.front(), scope);
    });
    return state;
}

void ShowTeller::look(const std::vector<ShareListing>& shares, ShareViewState state) {
    m_shares.clear();
    for (const ShareListing& share : shares)
        if (share.state == ShareState::live && share.presenter.empty() && !share.scope.views.empty())
            m_shares.push_back(share);
    m_state = std::move(state);
    step();
}

void ShowTeller::point(const SharePointer& pointer) {
    if (m_pointed == pointer) return;
    m_pointer = pointer;
    step();
}

// After how long there is something to tell of it again.
DurationMs ShowTeller::tell(const ShareListing& share) {
    ShareViewState state = fitted_state(*m_state, share.scope);
    Told& told = m_told[share.id];
    const bool is_new = !told.state || !is_same_look(state, *told.state);
    const DurationMs now_ms = m_clock.monotonic_ms();
    const bool is_scrolled = is_new && told.state && is_same_place(state, *told.state);
    const DurationMs period_ms = is_scrolled ? limits::share_scroll_period_ms
                                 : is_new    ? DurationMs(0)
                                             : limits::share_state_period_ms;
    if (told.at_ms && now_ms - *told.at_ms < period_ms) return *told.at_ms + period_ms - now_ms;
    if (is_new) told.is_refused = false;
    // Grows over reloads of the page, too.
    m_q = std::max(m_q + 1, m_clock.now_ms());
    state.q = m_q;
    told.state = state;
    told.at_ms = now_ms;
    if (told.is_refused) {
        state.away = true;
        state = fitted_state(std::move(state), share.scope);
        state.q = m_q;
    }
    put(share.id, wire::encode(state), true);
    return limits::share_state_period_ms;
}

// Of a selection only the server knows whether it is shared. Refused, the guests are told that it is not.
void ShowTeller::put(const Id& share, std::string body, bool is_state) {
    platform::TransportRequest request;
    request.method = "PUT";
    request.path = "/api/v1/shares/" + share + "/show";
    request.body = std::move(body);
    platform::ask(m_transport, std::move(request), limits::error_message_bytes_max,
                  [this, share, is_state, alive = std::weak_ptr<int>(m_alive)](const platform::HttpAnswer& answer) {
                      if (alive.expired() || !is_state) return;
                      if (answer.status == platform::http_ok) return count_on(share, answer.body);
                      if (answer.status != platform::http_forbidden) return;
                      Told& told = m_told[share];
                      if (told.is_refused) return;
                      told.is_refused = true;
                      told.at_ms.reset();
                      step();
                  });
}

// Another has told states before, by a clock that is ahead of ours: the newest one counts, so ours has to be newer.
void ShowTeller::count_on(const Id& share, const std::string& answer) {
    const auto newest = wire::decode_share_told(answer);
    if (!newest || *newest <= m_q) return;
    m_q = *newest;
    m_told[share].at_ms.reset();
    step();
}

std::optional<DurationMs> ShowTeller::step() {
    if (m_shares.empty() || !m_state) return std::nullopt;
    DurationMs next_ms = limits::share_state_period_ms;
    for (const ShareListing& share : m_shares)
        next_ms = std::min(next_ms, tell(share));
    const DurationMs now_ms = m_clock.monotonic_ms();
    if (!m_pointer) return next_ms;
    const DurationMs left_ms = m_pointed_ms + limits::share_pointer_period_ms - now_ms;
    if (m_pointed && left_ms > 0) return std::min(next_ms, left_ms);
    for (const ShareListing& share : m_shares)
        if (const auto& told = m_told[share.id]; told.state && !told.state->away && !told.is_refused)
            put(share.id, wire::encode(*m_pointer), false);
    m_pointed = std::exchange(m_pointer, std::nullopt);
    m_pointed_ms = now_ms;
    return next_ms;
}

}  // namespace portal::follow
