// Expected failure as a value. A bug is not an Error: it trips check().
//
// An Error is handled exactly once: returned to the caller or logged, never both. The message says what was wrong,
// where, and what to do, in words that may be shown to a user.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace portal {

enum class ErrorCode {
    invalid_argument,     // The caller's input is malformed.
    not_found,            // No such row, file or route.
    unauthenticated,      // Nobody is signed in, or the sign-in has ended.
    permission_denied,    // Signed in, but not allowed.
    conflict,             // Another edit came first; both values are kept.
    precondition_failed,  // The move is not allowed from the present state.
    resource_exhausted,   // A named cap was reached; try later.
    unavailable,          // Transient: the network, a lock, a restart. Retry.
    storage_full,         // The disk or the browser's quota is full.
    corrupted,            // Stored or received bytes fail their check.
    unsupported_version,  // Another protocol or schema version.
    internal,             // A defect of ours; reported with an incident id.
};

struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;
};

template <class T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace portal

// Returns the error of `expression` from the enclosing function; otherwise goes on.
#define PORTAL_TRY(expression)                                       \
    do {                                                             \
        if (auto portal_status = (expression); !portal_status)       \
            return ::portal::fail(std::move(portal_status).error()); \
    } while (false)

// Declares `name` from a Result, or returns its error from the enclosing function.
#define PORTAL_TRY_ASSIGN(name, expression)                                      \
    auto name##_result = (expression);                                           \
    if (!name##_result) return ::portal::fail(std::move(name##_result).error()); \
    auto name = std::move(*name##_result)
