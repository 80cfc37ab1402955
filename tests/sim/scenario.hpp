// What a run of the simulation is made of. Everything that happens in it follows from these values, so that they replay
// it: the seed, how long it goes on, and which kinds of faults are left out.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portal::sim {

enum class Fault : std::uint8_t {
    drop,         // The request never arrives.
    lose_reply,   // It arrives, its answer does not.
    duplicate,    // It arrives twice; the second answer is the one received.
    truncate,     // The answer ends in the middle.
    refuse,       // The server's commit fails.
    delay,        // The request or its answer is late, and others overtake it.
    restart,      // The program ends at once and starts again.
    offline,      // The link is away for a while.
    skew,         // The device's clock jumps by days.
    clone,        // The profile is copied, and both go on.
    evict,        // The browser deletes the replica.
    regrant,      // A grant is taken back and given again later.
    restore,      // The server goes back to an older backup.
    kill,         // The program dies at one of its writes.
    power,        // The device loses power at one of its writes, and what it had not synced.
    full,         // The device's disk is full for a while.
    blackout,     // The server loses power at one of its writes.
    server_full,  // The server's disk is full for a while.
    lose_hint,    // What the live channel tells is lost.
    cut,          // The live connection ends.
    flood,        // More comes by the live channel than the device reads.
    season,       // Days or weeks pass, and the server forgets what it need not keep any longer.
    die_before,   // The tab that owns the store ends before it has stored what another one wished.
    die_after,    // The same when it has stored that and nobody has been told.
    close,        // It is closed.
    leave,        // A tab that follows is closed.
    freeze,       // The tab that owns the store stands still for a while.
    doze,         // A tab that follows does.
    hide,         // The owner is hidden while others are seen.
    outlast,      // The owner stands still for so long that another tab takes its place.
};
inline constexpr std::array<std::string_view, 30> fault_names = {
    "drop",     "lose_reply",  "duplicate", "truncate", "refuse",  "delay",  "restart",    "offline",
    "skew",     "clone",       "evict",     "regrant",  "restore", "kill",   "power",      "full",
    "blackout", "server_full", "lose_hint", "cut",      "flood",   "season", "die_before", "die_after",
    "close",    "leave",       "freeze",    "doze",     "hide",    "outlast"};
inline constexpr std::size_t fault_count = fault_names.size();
using FaultSet = std::bitset<fault_count>;
using FaultCounts = std::array<std::int64_t, fault_count>;

// A defect that only the simulation has, as an object beside the product, to prove that it would be seen.
enum class Plant : std::uint8_t {
    none,
    cursor_by_allocation,  // The cursor passes a change that was numbered before and is committed later.
    no_deduplication,      // The server knows a repeat neither by its intent nor by its number.
    no_intents,            // It knows a repeat by its number alone, and not one that comes under another.
    published_by_page,     // A page is taken for the whole pull.
    trusted_clock,         // A device's jumping clock is taken for the time that has passed.
    dropped_on_failure,    // A failed push is taken for a done one.
    acknowledged_early,    // The server answers before its commit, which fails.
    no_sync,               // The server's disk takes a sync for done at once.
    unchecked_hints,       // The grants are not asked again before a live connection is told something.
    overlay_dropped,       // An edit that is acknowledged leaves the overlay before a pull brings it.
    no_device_sync,        // A device's disk takes a sync for done at once.
    wish_forgotten,        // A tab that follows forgets what its user did once the owner has been told of it.
    shared_reach,          // A guest's dataset is computed over all that the presenter reaches, not over the scope.
    kept_dataset,          // A guest's dataset is answered again as it once was, whatever became of the share.
    lost_lead,             // The server does not write a lead that it answers as done.
    doubled_lead,          // It writes one more under another id.
    lost_review,           // It does not write a review of a deposit.
};
inline constexpr std::size_t plant_count = 17;

struct Scenario {
    std::uint64_t seed = 1;
    int actions = 40;
    FaultSet without;
    Plant plant = Plant::none;

    bool has(Fault fault) const { return !without.test(static_cast<std::size_t>(fault)); }
};

// "SEED=7 ACTIONS=12 WITHOUT=drop,clone": what `./portal sim` takes to replay it.
std::string words_of(const Scenario& scenario);
// "drop,clone"; empty for a name that no fault has.
std::optional<FaultSet> parse_faults(std::string_view names);

}  // namespace portal::sim
