// The request line's target, taken apart. Hostile input: anything odd is refused, nothing is
// repaired.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace portal::server {

struct Target {
    std::string path;   // Percent-decoded once; starts with '/', valid UTF-8 bytes unchecked, no
                        // NUL, control or '\'.
    std::string query;  // Raw, without the '?'.
};

Result<Target> parse_target(std::string_view target);

// The client's network, for rate limits: an IPv4 address whole, an IPv6 address's first 64 bits.
std::string network_of_address(std::string_view address);

}  // namespace portal::server
