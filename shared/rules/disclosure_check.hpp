// Keeps texts about promotional plans from promising what a plan is not: phrases that mislead are found in English and
// Spanish, each with a rewrite, and "No interest if paid in full within 12 months" only stands beside what happens
// otherwise. A phrase that is denied ("not interest-free") is no promise. What counsel approved as it stands is data,
// and a report says where it was used.
//
// Counsel of whoever deploys this confirms phrases and rewrites. Thread: any.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/calendar_day.hpp"
#include "shared/model/id.hpp"

namespace portal {

enum class DisclosureRule : std::uint8_t {
    interest_free,
    free_financing,
    zero_percent,
    same_as_cash,
    no_interest,        // Without its condition.
    condition_missing,  // The condition is there, what happens otherwise is not.
    guaranteed,
    preapproved,
    no_credit_check,
};

// The plan that a text is about, for its rewrites; a text about none speaks of "promotional financing".
struct DisclosureTerms {
    std::int32_t months = 0;
    std::int32_t apr_basis_points = 0;
};

// A text that may say what it says, word for word, until that day.
struct DisclosureException {
    DisclosureRule rule = DisclosureRule::no_interest;
    std::string text;
    Id approved_by;
    Day approved_on = 0;
    Day expires_on = 0;  // The first day it no longer holds.
    std::string reason;
};

struct DisclosureFinding {
    DisclosureRule rule = DisclosureRule::interest_free;
    std::size_t first = 0, size = 0;       // Bytes of the text.
    std::string rewrite;                   // What may stand there instead.
    std::optional<std::size_t> exception;  // Of those that were given: approved as it stands.
};

struct DisclosureReport {
    std::vector<DisclosureFinding> findings;  // In the text's order; they do not overlap.
    bool is_clean() const;
};

DisclosureReport check_disclosure(std::string_view text, const std::optional<DisclosureTerms>& terms = {},
                                  std::span<const DisclosureException> exceptions = {}, Day today = 0);

// The text with every rewrite in its place: one that the check finds nothing in.
std::string rewritten_disclosure(std::string_view text, const std::optional<DisclosureTerms>& terms = {});

}  // namespace portal
