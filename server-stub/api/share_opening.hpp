// What opening a link has in common for guests and for signed-in users.
#pragma once

#include <string>

#include "server-stub/api/http.hpp"
#include "server-stub/auth/share_access.hpp"
#include "shared/model/share_dataset.hpp"

namespace portal::server {

// Of its own: wrong links keep nobody from signing in.
std::string share_throttle_key(const std::string& address);
// Wrong, ended and expired links are answered alike.
Error link_refusal();
// 200 with the body, or the error; nothing on the way keeps it.
void answer_unkept(const Result<std::string>& body, const Respond& respond);
// What a reader of `scope` is told: all of the share's for a guest, what a user reaches of it for that user.
ShareGuestSession session_of_share(ReadSnapshot& view, const ShareStanding& standing, const ShareScope& scope);

}  // namespace portal::server
