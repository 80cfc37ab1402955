// How practices of one kind do together, as it is told to one of them. Plain data.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/model/figure.hpp"
#include "shared/model/records.hpp"

namespace portal {

// Why a figure of the peers is not told.
enum class PeerReason : std::uint8_t { none, too_few_practices, one_dominates };
inline constexpr std::array<std::string_view, 3> peer_reason_texts = {"none", "too_few_practices", "one_dominates"};

struct PeerFigure {
    FigureId id = FigureId::approval_rate;
    std::optional<std::int64_t> value;  // Of all together, rounded; basis points, of average_sale cents.
    PeerReason reason = PeerReason::none;
    friend bool operator==(const PeerFigure&, const PeerFigure&) = default;
};

struct PeerSummary {
    InstantMs as_of_ms = 0;  // Server time.
    Specialty specialty = Specialty::dental;
    std::string size;            // Empty: practices of every size.
    std::int64_t practices = 0;  // 0: too few to tell anything of them.
    Day first_day = 0, last_day = 0;
    std::vector<PeerFigure> figures;  // None when there are too few practices.
    friend bool operator==(const PeerSummary&, const PeerSummary&) = default;
};

}  // namespace portal
