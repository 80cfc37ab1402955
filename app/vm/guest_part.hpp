// What the page of a guest shows: a shared view, its datasets, and where its presenter looks. No rows, no user, no
// store.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "shared/model/share_dataset.hpp"

namespace portal::vm {

enum class GuestPhase : std::uint8_t {
    opening,
    live,
    paused,
    ended,
    link_wrong,
    throttled,  // Too many tries from this address: it tries again by itself.
    crowded,    // So many guests have opened the link that there is no room.
    away,       // The server does not answer; what is known stays readable.
};

struct GuestPart {
    GuestPhase phase = GuestPhase::opening;
    DurationMs wait_ms = 0;                                     // Of throttled: how long.
    std::shared_ptr<const ShareGuestSession> session;           // Null until it is known, and once it has ended.
    std::vector<std::shared_ptr<const ShareDataset>> datasets;  // Of what was looked at, as of the last change.
    std::optional<ShareViewState> shown;                        // Where the presenter looks, while it is known.
    std::optional<SharePointer> pointer;                        // Where they point.
    bool is_recorded = false;                                   // By its presenter, now.
    std::optional<InstantMs> recorded_ms;                       // It is a recording that began then, and not live.
    InstantMs server_now_ms = 0;                                // When the newest of them was made.

    const ShareDataset* find(ShareView view, const Id& practice) const {
        for (const auto& dataset : datasets)
            if (dataset->view == view && dataset->practice == practice) return dataset.get();
        return nullptr;
    }
};

}  // namespace portal::vm
