// Shared views as JSON. Decoders take what an enemy may have written: sizes, words and numbers are checked, unknown
// members refused. Error of all: invalid_argument, naming the member.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "shared/base/clock.hpp"
#include "shared/base/result.hpp"
#include "shared/model/share.hpp"

namespace portal::wire {

// What a presenter asks for: {"practices":[..],"views":[..],"from":"2026-01-01","to":"2026-03-31","rows":false,
// "hours":24}. The scope's presenter is the caller's, not the body's.
struct ShareRequest {
    ShareScope scope;
    DurationMs duration_ms = 0;
};
std::string encode(const ShareRequest& request);
Result<ShareRequest> decode_share_request(std::string_view text);

// The same members and the presenter, for the server's own table.
std::string encode(const ShareScope& scope);
Result<ShareScope> decode_share_scope(std::string_view text);

// A share as its presenter is told of it, and all of theirs: {"shares":[..]}.
std::string encode(const ShareListing& listing);
Result<ShareListing> decode_share_listing(std::string_view text);
std::string encode_share_list(std::span<const ShareListing> listings);
Result<std::vector<ShareListing>> decode_share_list(std::string_view text);

// {"k":"state","q","route","filters":{"name":["value"]},"sel","top","scroll","away"}; "top" and "away" where they hold
// only.
std::string encode(const ShareViewState& state);
// {"k":"ptr","at":"widget:..","x","y","laser"}; "laser" where it holds only.
std::string encode(const SharePointer& pointer);
// One of the two, by "k".
struct ShareShow {
    std::optional<ShareViewState> state;
    std::optional<SharePointer> pointer;
};
Result<ShareShow> decode_share_show(std::string_view text);

// Who is to present: {"user":".."}.
std::string encode_share_presenter(const Id& user);
// The number of the newest state, as the server answers who told one: {"q","followers"}.
Result<std::int64_t> decode_share_told(std::string_view text);

// What a guest says: {"name":"Ana"}, and what they press: {"kind":"question"}.
std::string encode_follower_name(std::string_view name);
std::string encode(ShareReaction reaction);

}  // namespace portal::wire
