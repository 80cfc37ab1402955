#include "server-stub/api/http.hpp"

#include "shared/base/check.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::server {

std::string_view text_of_method(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::delete_:
            return "DELETE";
    }
    check_failed("a method outside its vocabulary", std::source_location::current());
}

int status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_argument:
            return 400;
        case ErrorCode::unauthenticated:
            return 401;
        case ErrorCode::permission_denied:
            return 403;
        case ErrorCode::not_found:
            return 404;
        case ErrorCode::conflict:
            return 409;
        case ErrorCode::precondition_failed:
            return 412;
        case ErrorCode::unsupported_version:
            return 426;
        case ErrorCode::resource_exhausted:
            return 429;
        case ErrorCode::unavailable:
            return 503;
        case ErrorCode::storage_full:
            return 507;
        case ErrorCode::corrupted:
        case ErrorCode::internal:
            return 500;
    }
    return 500;
}

Response json_response(int status, std::string body) {
    return {status, "application/json", {}, std::move(body)};
}

Response error_response(const Error& error) {
    Response response = json_response(status_of(error.code), wire::encode_error(error));
    if (response.status == 429 || response.status == 503) response.headers.emplace_back("Retry-After", "1");
    return response;
}

}  // namespace portal::server
