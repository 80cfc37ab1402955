// What the presenter of a pitch says: how financing may be worded, and the notes of each step. They are versioned by
// their own words, and each version is attested before its notes show. Thread: any.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/vm/pitch_words.hpp"
#include "shared/base/clock.hpp"

namespace portal::vm {

// Counsel of whoever deploys this confirms them.
std::span<const PitchWord> wording_rules();

// Of the step that shows that story; 0 is the one where an integration goes live.
PitchWord notes_of_story(int story);

// Eight digits that change with any word of the rules and notes, in any language.
const std::string& talking_points_version();

// That somebody on this machine read them and will keep to them.
struct Attestation {
    std::string version;
    InstantMs at_ms = 0;  // By this machine's clock.
};

enum class Attested : std::uint8_t { no, other_version, yes };
Attested attested(const std::optional<Attestation>& attestation);

// As this machine keeps it. Nothing for a text that is none.
std::string text_of_attestation(const Attestation& attestation);
std::optional<Attestation> attestation_of_text(std::string_view text);

}  // namespace portal::vm
