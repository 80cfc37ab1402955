// SHA-256 (FIPS 180-4) of bytes in memory, for files whose reader wants to know that nobody has changed a row. Not for
// secrets: the server's library compares in constant time, this does not.
#pragma once

#include <string>
#include <string_view>

namespace portal {

// In lower-case hex.
std::string sha256_hex(std::string_view bytes);

}  // namespace portal
