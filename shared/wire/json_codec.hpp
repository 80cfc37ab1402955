// Bytes of the sync protocol. Every decoder accepts hostile input: an Error names the line, the member and the cause.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/wire/sync_messages.hpp"

namespace portal::wire {

std::string encode(const PullRequest& request);
Result<PullRequest> decode_pull_request(std::string_view json);

// One line with its newline.
std::string encode(const PullLine& line);
Result<PullLine> decode_pull_line(std::string_view line);

std::string encode(const PushRequest& request);
Result<PushRequest> decode_push_request(std::string_view json);
std::string encode(const PushResponse& response);
Result<PushResponse> decode_push_response(std::string_view json);

// A mutation alone, as the outbox stores it (and as the server compares a repeat with what it stored).
std::string encode(const Mutation& mutation);
Result<Mutation> decode_mutation(std::string_view json);

// {"error":{"code":"permission_denied","message":".."}}
std::string encode_error(const Error& error);
Result<Error> decode_error(std::string_view json);

// CRC-32 (IEEE 802.3), resumable: pass the former result to go on.
std::uint32_t crc32(std::string_view bytes, std::uint32_t former = 0);

// A row's contribution to its stream's additive hash: 128 bits over (entity, id, rev), by FNV-1a 128 with each half
// passed through SplitMix64's finaliser. It finds accidents, not enemies: both sides of it are the server's word.
std::array<std::uint64_t, 2> row_hash(Entity entity, std::string_view id, std::int64_t rev);

}  // namespace portal::wire
