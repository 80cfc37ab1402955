#include "app/vm/typed_percent.hpp"

namespace portal::vm {

std::optional<std::int64_t> typed_percent(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '%'))
        text.remove_suffix(1);
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    std::int64_t basis_points = 0;
    int digits = 0, decimals = -1;
    for (const char c : text) {
        if ((c == '.' || c == ',') && decimals < 0 && digits > 0) {
            decimals = 0;
        } else if (c >= '0' && c <= '9' && digits < 6 && decimals < 2) {
            basis_points = basis_points * 10 + (c - '0');
            ++digits;
            if (decimals >= 0) ++decimals;
        } else {
            return std::nullopt;
        }
    }
    if (digits == 0) return std::nullopt;
    for (int missing = decimals < 0 ? 0 : decimals; missing < 2; ++missing)
        basis_points *= 10;
    return basis_points <= 10'000 ? std::optional(basis_points) : std::nullopt;
}

}  // namespace portal::vm
