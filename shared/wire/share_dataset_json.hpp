// What guests of a shared view are given, as JSON: what is shared, and its datasets. The decoders are the guest's
// page's; they trust the server as little as the server trusts a page. Error of both: invalid_argument, naming the
// member.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/model/share_dataset.hpp"

namespace portal::wire {

// Hidden members are null.
std::string encode(const ShareDataset& dataset);
Result<ShareDataset> decode_share_dataset(std::string_view text);

// What a scope would show, all its datasets: {"datasets":[..]}. For its presenter, before anything is shared.
std::string encode_share_preview(std::span<const ShareDataset> datasets);
Result<std::vector<ShareDataset>> decode_share_preview(std::string_view text);

std::string encode(const ShareGuestSession& session);
Result<ShareGuestSession> decode_share_guest_session(std::string_view text);

}  // namespace portal::wire
