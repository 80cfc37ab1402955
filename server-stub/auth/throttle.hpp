// Slows guessing: each failure of an account or an address doubles the wait before the next attempt is looked at.
#pragma once

#include <string>

#include "server-stub/repo/repository.hpp"

namespace portal::server {

enum class ThrottleKind : std::uint8_t { account, address };

// "account:<sha256 of the folded e-mail>" or "address:<address>": unknown accounts are slowed like known ones.
std::string throttle_key(ThrottleKind kind, std::string_view text);

// How long to wait before `now_ms` is acceptable for the key; 0 when it is now.
DurationMs throttle_wait_ms(ReadSnapshot& view, const std::string& key, InstantMs now_ms);
// Counts an attempt before it is looked at, so that parallel ones cannot slip past.
void count_attempt(WriteTransaction& writes, const std::string& key, ThrottleKind kind, InstantMs now_ms);
// That one was no guess; those before it still count.
void take_back_attempt(WriteTransaction& writes, const std::string& key);
void forgive(WriteTransaction& writes, const std::string& key);

}  // namespace portal::server
