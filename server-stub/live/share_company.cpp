#include "server-stub/live/share_company.hpp"

#include <algorithm>

#include "shared/base/limits.hpp"

namespace portal::server {

void ShareCompany::join(const std::string& guest) {
    const auto number = static_cast<std::int64_t>(m_guests.size()) + 1;
    m_guests.try_emplace(guest, ShareFollower{number, {}});
}

void ShareCompany::join_user(const std::string& key, const Id& user, const std::string& name) {
    join(key);
    m_guests[key].user = user;
    m_guests[key].name = name;
}

void ShareCompany::name(const std::string& guest, const std::string& name) {
    join(guest);
    m_guests[guest].name = name;
}

void ShareCompany::react(ShareReaction reaction, DurationMs now_ms) {
    Pressed& pressed = m_pressed[static_cast<std::size_t>(reaction)];
    // What nobody is shown any more is not counted on from.
    if (now_ms - pressed.last_ms >= limits::share_reaction_ms) pressed.count = 0;
    ++pressed.count;
    pressed.last_ms = now_ms;
}

std::vector<ShareFollower> ShareCompany::people(const std::set<std::string>& present) const {
    std::vector<ShareFollower> people;
    for (const std::string& guest : present)
        if (const auto known = m_guests.find(guest); known != m_guests.end()) people.push_back(known->second);
    std::sort(people.begin(), people.end(),
              [](const ShareFollower& left, const ShareFollower& right) { return left.number < right.number; });
    if (people.size() > limits::share_people_max) people.resize(limits::share_people_max);
    return people;
}

std::vector<ShareReactionCount> ShareCompany::reactions(DurationMs now_ms) const {
    std::vector<ShareReactionCount> reactions;
    for (const ShareReaction reaction : all_share_reactions) {
        const Pressed& pressed = m_pressed[static_cast<std::size_t>(reaction)];
        const DurationMs age_ms = now_ms - pressed.last_ms;
        if (pressed.count > 0 && age_ms < limits::share_reaction_ms)
            reactions.push_back({reaction, pressed.count, age_ms});
    }
    return reactions;
}

}  // namespace portal::server
