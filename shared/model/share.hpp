// A live shared view as plain data: what is shared, and what its presenter shows at the moment. ShareSession in the
// product's words. What a guest is sent are ids, closed words, days and numbers; the only free text is the name that a
// guest gives themselves, which their presenter is told.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/calendar_day.hpp"
#include "shared/base/clock.hpp"
#include "shared/model/field.hpp"
#include "shared/model/states.hpp"

namespace portal {

// The screens that may be shared, each with datasets of its own.
enum class ShareView : std::uint8_t { overview, integrations, financing };
inline constexpr std::array<ShareView, 3> all_share_views = {ShareView::overview, ShareView::integrations,
                                                             ShareView::financing};

// Whether what lies behind the aggregates may be shown: single days, later rows.
enum class ShareRows : std::uint8_t { aggregates, drill_down };

struct ShareScope {
    Id presenter;                  // Who made the link; narrowed, who presents now.
    std::vector<Id> practices;     // Sorted, unique.
    std::vector<ShareView> views;  // Sorted, unique.
    Day first_day = 0;             // The period, both ends included.
    Day last_day = 0;
    ShareRows rows = ShareRows::aggregates;

    bool has_practice(const Id& practice) const;
    bool has_view(ShareView view) const;
    friend bool operator==(const ShareScope&, const ShareScope&) = default;
};

struct ShareFilter {
    std::string name;  // "practice", "location", "from", ..: rules/share lists them.
    std::vector<std::string> values;

    friend bool operator==(const ShareFilter&, const ShareFilter&) = default;
};

// The whole of what the presenter looks at, so that the newest one alone suffices.
struct ShareViewState {
    std::int64_t q = 0;  // Counts the presenter's states; the highest is the newest.
    ShareView route = ShareView::overview;
    std::vector<ShareFilter> filters;
    std::string sel;          // "integration:<id>", "month:2026-03", .., or empty.
    std::string top;          // "widget:" and the name of the first widget in sight; empty at the head of the screen.
    std::int64_t scroll = 0;  // How much of that widget is out of sight above, in ten-thousandths of its height.
    bool away = false;        // They look at something that is not shared; the rest says nothing then.

    friend bool operator==(const ShareViewState&, const ShareViewState&) = default;
};

//   live <> paused        either --ended by its presenter, expired, restored from a backup--> ended
enum class ShareState : std::uint8_t { live, paused, ended };

// The number that a filter's value is: digits and nothing else.
std::optional<std::int64_t> number_of_filter(std::string_view value);
// Whether it looks at a part of what datasets of that period add up: by a filter of its own, or at fewer days.
bool looks_at_part(const ShareViewState& state, Day first_day, Day last_day);

// What those who follow may press.
enum class ShareReaction : std::uint8_t { agree, question, slower };
inline constexpr std::array<ShareReaction, 3> all_share_reactions = {ShareReaction::agree, ShareReaction::question,
                                                                     ShareReaction::slower};

// A browser that follows now, or a signed-in user. A guest's name is what they call themselves; often there is none.
struct ShareFollower {
    std::int64_t number = 0;  // In the order in which they came, from 1.
    std::string name;
    Id user = {};              // Empty for a guest.
    bool may_present = false;  // Presenting may be handed to them.

    friend bool operator==(const ShareFollower&, const ShareFollower&) = default;
};

// How often one was pressed of late, and how long ago the last time.
struct ShareReactionCount {
    ShareReaction reaction = ShareReaction::agree;
    std::int64_t count = 0;
    DurationMs age_ms = 0;

    friend bool operator==(const ShareReactionCount&, const ShareReactionCount&) = default;
};

// A share as its presenter is told of it.
struct ShareListing {
    Id id;
    ShareState state = ShareState::ended;
    ShareScope scope;            // What is still reached; the presenter is the reader.
    std::int64_t guests = 0;     // Browsers that opened the link.
    std::int64_t followers = 0;  // Pages that have it open now.
    InstantMs created_ms = 0;
    InstantMs expires_ms = 0;
    std::string link;                   // Told once, when it was made: the address without the origin.
    std::vector<ShareFollower> people;  // Who follows now, at most limits::share_people_max of them.
    std::vector<ShareReactionCount> reactions;
    std::string presenter = {};  // Who presents in place of the reader; empty: the reader does.
    bool is_lent = false;        // Another made the link.

    friend bool operator==(const ShareListing&, const ShareListing&) = default;
};

// Where the presenter points: at a widget, which stands elsewhere on another screen.
struct SharePointer {
    std::string at;      // "widget:" and the widget's name.
    std::int32_t x = 0;  // In ten-thousandths of the widget's width and height.
    std::int32_t y = 0;
    bool is_laser = false;  // More than a hint where the mouse is: look here.

    friend bool operator==(const SharePointer&, const SharePointer&) = default;
};

}  // namespace portal
