// How a practice's peers do, asked of the server by whoever sees the practice's figures. The rules are in
// rules/peers.hpp.
//
// GET /api/v1/peers?practice=ID
// {"as_of_ms":1,"specialty":"dental","size":"small","practices":38,"from":"2025-11-01","until":"2026-10-31",
//   "figures":[{"id":"approval_rate","value":6100,"reason":"none"},{"id":"average_sale","reason":"one_dominates"}]}
//
// Errors: invalid_argument names the parameter or member. Thread: any.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/model/peers.hpp"

namespace portal::wire {

inline constexpr std::string_view peers_path = "/api/v1/peers";

struct PeerQuery {
    Id practice;
    friend bool operator==(const PeerQuery&, const PeerQuery&) = default;
};

// "practice=..": what stands after the '?'.
std::string encode(const PeerQuery& query);
Result<PeerQuery> decode_peer_query(std::string_view query);
std::string encode(const PeerSummary& summary);
Result<PeerSummary> decode_peer_summary(std::string_view text);

}  // namespace portal::wire
