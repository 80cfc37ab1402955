// What the ways of signing in have in common.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "server-stub/api/api.hpp"

namespace portal::server {

// {"user":{"id","name","email","language"},"demo":false,"lease_days":7}
std::string session_json(ReadSnapshot& view, const Services& services, const Id& user);

CookieKind cookie_of(const Request& request);
// Plain HTTP from another machine would carry the cookie in the clear. Error permission_denied.
Status check_channel(const Request& request);

Response throttled_response(DurationMs wait_ms);

// Both waiting times of an attempt; empty keys are not counted.
struct AttemptKeys {
    std::string account, address;
};
// Counts an attempt, unless one of the keys is still closed: then nothing is counted, and the wait comes back.
DurationMs begin_attempt(WriteTransaction& writes, const AttemptKeys& keys, InstantMs now_ms);

// Commits `work`, which may open a session for the user it returns, and answers: 200 with the session's JSON and
// cookie, or the error.
void sign_in_by(Services& services, const Request& request, Respond respond,
                std::function<Result<Id>(WriteTransaction&)> work);

}  // namespace portal::server
