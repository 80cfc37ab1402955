// An answer of the server that is gathered whole, and the statuses of HTTP that the protocols give a meaning of their
// own.
//
// Thread: the transport's.
#pragma once

#include <functional>
#include <string>

#include "app/platform/transport.hpp"

namespace portal::platform {

constexpr int http_ok = 200;
constexpr int http_created = 201;
constexpr int http_no_content = 204;
constexpr int http_bad_request = 400;
constexpr int http_unauthorized = 401;
constexpr int http_forbidden = 403;
constexpr int http_not_found = 404;
constexpr int http_conflict = 409;
constexpr int http_precondition_failed = 412;
constexpr int http_too_large = 413;
constexpr int http_unprocessable = 422;
constexpr int http_upgrade_required = 426;
constexpr int http_too_many = 429;
constexpr int http_server_error = 500;

struct HttpAnswer {
    int status = 0;  // 0: none came whole.
    DurationMs retry_after_ms = 0;
    std::string body;
};

// Of a longer answer than `bytes_max` the rest is dropped, and it will not decode.
RequestId ask(Transport& transport, TransportRequest request, std::size_t bytes_max,
              std::function<void(HttpAnswer)> done);

}  // namespace portal::platform
