// Base 64 (RFC 4648, section 4, padded): opaque bytes inside JSON.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace portal::wire {

std::string encode_base64(std::string_view bytes);
// Strict: no white space, right padding, no stray bits, so that each text has one meaning and one form.
Result<std::string> decode_base64(std::string_view text);

}  // namespace portal::wire
