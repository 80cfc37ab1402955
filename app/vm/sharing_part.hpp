// What the presenter's screens show of sharing: what would become visible, the links there are, and how asking went.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/base/result.hpp"
#include "shared/model/share_recording.hpp"

namespace portal::vm {

// One question to the server. `failed`: it did not answer; `refused`: it said no.
enum class Asking : std::uint8_t { idle, asking, known, failed, refused };

// What is to be shared, as the sheet has it.
struct ShareWish {
    ShareScope scope;
    DurationMs duration_ms = 0;
    friend bool operator==(const ShareWish&, const ShareWish&) = default;
};

// What is recorded in this page, and until it is saved or discarded what was.
enum class RecordingPhase : std::uint8_t { none, running, over };
struct RecordingPart {
    RecordingPhase phase = RecordingPhase::none;
    Id share;
    InstantMs started_ms = 0;  // Server time.
    DurationMs length_ms = 0;
    std::int64_t bytes = 0;
    RecordingEnd end = RecordingEnd::cut;  // Why it is over.

    bool runs(const Id& of) const { return phase == RecordingPhase::running && share == of; }
};

struct SharingPart {
    Asking preview = Asking::idle;
    ShareScope previewed;  // What `lines` are of, or what is being asked about.
    std::vector<RedactionLine> lines;
    std::string refusal;  // The server's words for a preview or a link that it refused.
    ShareScope marked;    // Whose exposures `marks` are: what guests see of the present screen.
    std::vector<RedactionLine> marks;
    Asking link = Asking::idle;
    std::string made_link;  // The address without the origin; of the scope that was previewed.
    Asking list = Asking::idle;
    std::vector<ShareListing> shares;  // Newest first.
    bool is_change_refused = false;    // The last pause, resume or end did not go through.
    Asking handing = Asking::idle;     // Presenting is handed over; `refusal` says why not.

    // The newest that the reader presents.
    const ShareListing* live() const {
        for (const ShareListing& share : shares)
            if (share.state != ShareState::ended && share.presenter.empty()) return &share;
        return nullptr;
    }
    // The newest that the reader made and another presents.
    const ShareListing* handed() const {
        for (const ShareListing& share : shares)
            if (share.state != ShareState::ended && !share.presenter.empty()) return &share;
        return nullptr;
    }
};

}  // namespace portal::vm
