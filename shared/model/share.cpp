#include "shared/model/share.hpp"

#include <algorithm>

#include "shared/base/check.hpp"

namespace portal {
namespace {

constexpr std::array<std::string_view, all_share_views.size()> view_texts = {"overview", "integrations", "financing"};

constexpr std::array<std::string_view, all_share_reactions.size()> reaction_texts = {"agree", "question", "slower"};

constexpr std::array<std::string_view, 3> share_state_texts = {"live", "paused", "ended"};

}  // namespace

template <>
std::string_view text_of(ShareState value) {
    check(static_cast<std::size_t>(value) < share_state_texts.size(), "a share's state outside its vocabulary");
    return share_state_texts[static_cast<std::size_t>(value)];
}

template <>
std::optional<ShareState> parse_text(std::string_view text) {
    const auto found = std::find(share_state_texts.begin(), share_state_texts.end(), text);
    if (found == share_state_texts.end()) return std::nullopt;
    return static_cast<ShareState>(found - share_state_texts.begin());
}

template <>
std::string_view text_of(ShareReaction value) {
    check(static_cast<std::size_t>(value) < reaction_texts.size(), "a reaction outside its vocabulary");
    return reaction_texts[static_cast<std::size_t>(value)];
}

template <>
std::optional<ShareReaction> parse_text(std::string_view text) {
    const auto found = std::find(reaction_texts.begin(), reaction_texts.end(), text);
    if (found == reaction_texts.end()) return std::nullopt;
    return static_cast<ShareReaction>(found - reaction_texts.begin());
}

template <>
std::string_view text_of(ShareView value) {
    check(static_cast<std::size_t>(value) < view_texts.size(), "a shared view outside its vocabulary");
    return view_texts[static_cast<std::size_t>(value)];
}

template <>
std::optional<ShareView> parse_text(std::string_view text) {
    const auto found = std::find(view_texts.begin(), view_texts.end(), text);
    if (found == view_texts.end()) return std::nullopt;
    return static_cast<ShareView>(found - view_texts.begin());
}

bool ShareScope::has_practice(const Id& practice) const {
    return std::binary_search(practices.begin(), practices.end(), practice);
}

bool ShareScope::has_view(ShareView view) const {
    return std::find(views.begin(), views.end(), view) != views.end();
}

}  // namespace portal
