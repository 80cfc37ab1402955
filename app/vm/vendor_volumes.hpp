// What an integration's screen shows of its practice's volumes: to the vendor's people, and to who decides it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "shared/base/calendar_day.hpp"
#include "shared/model/figure.hpp"
#include "shared/model/id.hpp"

namespace portal::vm {

// What a vendor is told of a practice's month, which the source has reported to its end. A count of few cases is kept
// back: it has neither value nor denominator.
struct VendorMonth {
    MonthIndex month = 0;
    Figure applications, approved, sales;
};

// For a vendor's people: the practice's volumes, as far as it has agreed.
struct VendorVolumes {
    bool is_agreed = false;
    std::vector<VendorMonth> months;  // Newest first.
};

// For who may give or take back the practice's consent.
struct VendorConsent {
    Id practice;
    bool is_given = false;
    bool pending = false;
};

}  // namespace portal::vm
