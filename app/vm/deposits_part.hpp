// What the screen of deposits shows; a part of the snapshot (snapshot.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/vm/intent.hpp"
#include "app/vm/place_choice.hpp"
#include "shared/base/clock.hpp"
#include "shared/model/records.hpp"

namespace portal::vm {

// A location's day; rules/deposits says what is expected and how it stands.
struct DepositLine {
    Id location;
    std::string location_name;
    std::string practice_name;
    Day day = 0;
    std::int64_t expected_cents = 0;
    std::int64_t carried_cents = 0;
    std::int64_t deposited_cents = 0;
    DepositState state = DepositState::unmatched;
    std::string reference;  // Of the day's deposits, joined by commas.
    bool pending = false;   // A review of it waits in the outbox.
};

struct DepositTotals {
    std::int64_t days = 0;
    std::int64_t expected_cents = 0;
    std::int64_t deposited_cents = 0;
};

struct DepositDetail {
    DepositLine line;
    std::int64_t sales = 0;
    std::int64_t gross_cents = 0;
    std::int64_t returned_cents = 0;  // Refunds and chargebacks net of reversals.
    std::int64_t fee_cents = 0;       // Net of those given back.
    std::optional<ReviewValues> review;
    std::string reviewed_by_name;
    std::optional<InstantMs> reviewed_ms;
    bool may_review = false;
    bool may_see_rows = false;
};

struct DepositsPart {
    DepositsQuery query;
    InstantMs as_of_ms = 0;
    Day closed_until = 0;
    bool has_daily_sums_alone = false;    // Deposits go with single facts, which this device does not have.
    std::array<DepositTotals, 3> totals;  // By state, under the other filters.
    std::int64_t listed = 0;              // Under all filters; the rows are the newest of them.
    std::vector<DepositLine> rows;        // Newest first.
    std::vector<PlaceChoice> location_choices;
    std::optional<DepositDetail> detail;
};

}  // namespace portal::vm
