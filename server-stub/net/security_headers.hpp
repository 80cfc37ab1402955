// The headers that every response carries, whatever it is.
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace portal::server {

// No inline script or style and no other origin; wasm may compile. It holds for worker scripts too.
inline constexpr std::string_view content_security_policy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src "
    "'self'; style-src 'self'; "
    "img-src 'self' blob:; font-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors "
    "'none'; form-action "
    "'self'";

inline constexpr std::array<std::pair<std::string_view, std::string_view>, 7> security_headers{{
    {"content-security-policy", content_security_policy},
    // Isolation: threads need shared memory, and shared memory needs these three.
    {"cross-origin-opener-policy", "same-origin"},
    {"cross-origin-embedder-policy", "require-corp"},
    {"cross-origin-resource-policy", "same-origin"},
    {"x-content-type-options", "nosniff"},
    {"referrer-policy", "no-referrer"},
    {"permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
}};

// Over TLS only.
inline constexpr std::string_view strict_transport_security = "max-age=31536000";

}  // namespace portal::server
