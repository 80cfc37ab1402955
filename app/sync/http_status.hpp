// The statuses of HTTP that the protocol gives a meaning of its own.
#pragma once

namespace portal::sync {

constexpr int status_ok = 200;
constexpr int status_bad_request = 400;
constexpr int status_unauthorized = 401;
constexpr int status_forbidden = 403;
constexpr int status_conflict = 409;
constexpr int status_too_large = 413;
constexpr int status_unprocessable = 422;
constexpr int status_upgrade_required = 426;
constexpr int status_too_many = 429;
constexpr int status_server_error = 500;

}  // namespace portal::sync
