// Fact segments as rows: the id that both sides give to (location, month), and making one from its facts.
#pragma once

#include <span>

#include "shared/model/records.hpp"

namespace portal {

// The same for the same place and month everywhere, so that an import replaces a segment instead of adding one.
Id segment_id(const Id& location, MonthIndex month);

// `facts` are all facts of the location whose event day is in the month, in the order they shall be told back.
FactSegment make_segment(const Id& practice, const Id& location, MonthIndex month, Day closed_until,
                         std::span<const FinancingFact> facts);

}  // namespace portal
