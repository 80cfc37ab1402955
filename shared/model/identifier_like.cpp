#include "shared/model/identifier_like.hpp"

#include <cstddef>

namespace portal {
namespace {

constexpr std::size_t digits_min = 9;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_joint(char c) { return c == ' ' || c == '-' || c == '.'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

struct Run {
    std::size_t end = 0;
    std::size_t digits = 0;
};

// From a digit at `begin`: digits with at most one joint between two of them.
Run run_from(std::string_view text, std::size_t begin) {
    Run run{begin, 0};
    for (std::size_t at = begin; at < text.size(); ++at) {
        if (is_digit(text[at])) {
            ++run.digits;
            run.end = at + 1;
        } else if (!is_joint(text[at]) || at + 1 >= text.size() || !is_digit(text[at + 1])) {
            break;
        }
    }
    return run;
}

}  // namespace

std::string_view identifier_like(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_digit(text[at])) continue;
        const Run run = run_from(text, at);
        // A letter on either side makes it a code ("01J4...") rather than a number.
        const bool is_code = (at > 0 && is_letter(text[at - 1])) || (run.end < text.size() && is_letter(text[run.end]));
        if (run.digits >= digits_min && !is_code) return text.substr(at, run.end - at);
        at = run.end - 1;
    }
    return {};
}

}  // namespace portal
