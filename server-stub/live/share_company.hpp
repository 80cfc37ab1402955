// Those who follow one shared view, as its presenter is told of them: numbers, names they give themselves, and what
// they have pressed of late. In memory only. Thread: the owner's lock.
#pragma once

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/model/share.hpp"

namespace portal::server {

class ShareCompany {
  public:
    // `guest` is the hash of a cookie: a person's pages share it.
    void join(const std::string& guest);
    // A signed-in user, by the name of their account.
    void join_user(const std::string& key, const Id& user, const std::string& name);
    void name(const std::string& guest, const std::string& name);
    void react(ShareReaction reaction, DurationMs now_ms);

    // Of those who are present, in the order in which they came, at most limits::share_people_max.
    std::vector<ShareFollower> people(const std::set<std::string>& present) const;
    // What was pressed within limits::share_reaction_ms of the time before it.
    std::vector<ShareReactionCount> reactions(DurationMs now_ms) const;

  private:
    struct Pressed {
        std::int64_t count = 0;
        DurationMs last_ms = 0;
    };

    std::map<std::string, ShareFollower> m_guests;
    std::array<Pressed, all_share_reactions.size()> m_pressed;
};

}  // namespace portal::server
