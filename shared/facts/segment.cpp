#include "shared/facts/segment.hpp"

#include "shared/base/random.hpp"
#include "shared/wire/columnar.hpp"

namespace portal {

Id segment_id(const Id& location, MonthIndex month) {
    // FNV-1a over the place, spread by the seeded generator into an id without a time.
    std::uint64_t hash = 0xCBF29CE484222325ull;
    for (const char c : location)
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001B3ull;
    SeededRandom random(hash + static_cast<std::uint64_t>(month) * 0x9E3779B97F4A7C15ull);
    return make_id(0, random);
}

FactSegment make_segment(const Id& practice, const Id& location, MonthIndex month, Day closed_until,
                         std::span<const FinancingFact> facts) {
    FactSegment segment;
    segment.id = segment_id(location, month);
    segment.practice = practice;
    segment.location = location;
    segment.month = month;
    segment.fact_count = static_cast<std::int64_t>(facts.size());
    segment.closed_until = closed_until;
    segment.columns.data = wire::encode_segment(facts);
    return segment;
}

}  // namespace portal
