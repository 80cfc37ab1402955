#include "shared/model/share.hpp"

#include <algorithm>
#include <charconv>

namespace portal {

bool ShareScope::has_practice(const Id& practice) const {
    return std::binary_search(practices.begin(), practices.end(), practice);
}

bool ShareScope::has_view(ShareView view) const {
    return std::find(views.begin(), views.end(), view) != views.end();
}

std::optional<std::int64_t> number_of_filter(std::string_view value) {
    const bool is_digits =
        !value.empty() && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    std::int64_t number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    if (!is_digits || read.ec != std::errc() || std::to_string(number) != value) return std::nullopt;
    return number;
}

bool looks_at_part(const ShareViewState& state, Day first_day, Day last_day) {
    return std::any_of(state.filters.begin(), state.filters.end(), [&](const ShareFilter& filter) {
        if (filter.name == "practice" || filter.name == "grain" || filter.values.empty()) return false;
        if (filter.name == "from") return filter.values.front() != iso_day(first_day);
        if (filter.name == "to") return filter.values.front() != iso_day(last_day);
        return true;
    });
}

}  // namespace portal
