// A request and a response as the handlers see them: no socket, no clock, no library's types.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/result.hpp"

namespace portal::server {

enum class Method : std::uint8_t { get, post, put, patch, delete_ };
std::string_view text_of_method(Method method);

enum class ConnectionKind : std::uint8_t {
    tls,
    plain_loopback,  // Plain HTTP from the same machine: allowed, with another cookie name.
    plain_remote,    // Plain HTTP from elsewhere: sign-in is refused, the cookie would travel in the clear.
};

struct Request {
    Method method = Method::get;
    std::string path;     // Decoded, without the query: "/api/v1/session".
    std::string query;    // Raw, without the '?'.
    std::string host;     // The Host header.
    std::string origin;   // The Origin header, or empty.
    std::string cookie;   // The Cookie header, or empty.
    std::string marker;   // The X-Portal-Request header, or empty.
    std::string address;  // Of the network peer.
    ConnectionKind connection = ConnectionKind::tls;
    std::string body;
};

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::vector<std::pair<std::string, std::string>> headers;  // Beside content type and the security headers.
    std::string body;
};

// Called exactly once, maybe on another thread (the writer's or a password worker's).
using Respond = std::function<void(Response)>;

Response json_response(int status, std::string body);
// Status by the error's code, wire::encode_error as body.
Response error_response(const Error& error);
int status_of(ErrorCode code);

}  // namespace portal::server
