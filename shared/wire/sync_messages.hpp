// The sync protocol's messages as plain data; json_codec.hpp turns them into bytes and back.
//
// Pull answers NDJSON: begin, then drop / up / del lines, a sum per stream touched, end. Push takes up to
// limits::push_mutations_max mutations and answers one result each. See docs of each struct for the line's shape.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "shared/model/mutation.hpp"
#include "shared/model/row.hpp"
#include "shared/model/stream.hpp"

namespace portal::wire {

inline constexpr int protocol_version = 1;
// Version of the rows' shape: a new column or entity raises it. Servers accept pushes of two older ones.
inline constexpr int schema_version = 7;

// POST /api/v1/sync/pull
// {"proto":1,"schema":5,"client":"01J..","epoch":"..","seq":42,"set":"..","max_bytes":1048576,"page":"...",
//  "repair":["l:01J..:work"]}
struct PullRequest {
    int proto = protocol_version;
    int schema = schema_version;
    Id client;
    std::string epoch;     // Empty before the first pull.
    std::int64_t seq = 0;  // The cursor: every change up to it has been applied.
    std::string set;       // Names the permission set last seen; empty before the first pull.
    std::int64_t max_bytes = 0;
    std::string page;  // Opaque continuation from the last `end`; empty for the first page.
    // Streams whose rows disagree with their sum: dropped and sent whole. The same on every page of a pull; absent when
    // empty.
    std::vector<StreamId> repair;
};

// {"k":"begin","epoch":"..","set":"..","reset":false,"time":1700000000000,"streams":["g","u:.."],"user":"..","mid":7,
//  "about":1200}
struct PullBegin {
    std::string epoch;
    std::string set;
    bool reset = false;            // The cursor was of another epoch, below the floor or unknown: start from nothing.
    InstantMs server_time_ms = 0;  // The only clock that orders anything.
    std::vector<StreamId>
        streams;                  // All streams of the caller now; none when they are those of the set that was named.
    Id user;                      // A replica belongs to one user; a difference stops the client.
    std::int64_t last_mid = 0;    // Highest mutation id of this client whose effect this pull includes.
    std::int64_t about_rows = 0;  // A full pull's, on its first page; a row counts in each of its streams.
};
// {"k":"drop","s":"p:01J.."}: the stream is lost; delete its memberships, and rows without any other.
struct PullDrop {
    StreamId stream;
};
// {"k":"up","e":"ticket","id":"..","rev":3,"t":1700..,"by":"..","s":["l:..:work"],"v":{"subject":".."}}
struct PullUpsert {
    Row row;
    std::vector<StreamId> streams;  // The row's memberships that this caller may see, complete.
};
// {"k":"del","e":"ticket","id":".."}: deleted, or moved out of every stream the caller sees.
struct PullDelete {
    Entity entity = Entity::ticket;
    Id id;
};
// {"k":"sum","s":"g","n":12,"h":"<32 hex digits>"}: rows in the stream and their additive hash, for self-repair.
struct PullSum {
    StreamId stream;
    std::int64_t count = 0;
    std::array<std::uint64_t, 2> hash{};
};
// {"k":"end","rows":120,"crc":123456,"seq":57,"more":false,"page":""}
struct PullEnd {
    std::int64_t rows = 0;      // up + del + drop lines of this page.
    std::uint32_t crc = 0;      // CRC-32 of every line before this one, newlines included.
    std::int64_t next_seq = 0;  // The cursor after this page; take it only when more is false.
    bool more = false;
    std::string page;
};
using PullLine = std::variant<PullBegin, PullDrop, PullUpsert, PullDelete, PullSum, PullEnd>;

// POST /api/v1/sync/push
// {"proto":1,"schema":5,"client":"..","epoch":"..","acked":5,"muts":[{"mid":6,"intent":"..","op":"ticket.create",
//  "id":"..","was":{},"set":{..},"after":"<intent>"}]}
struct PushRequest {
    int proto = protocol_version;
    int schema = schema_version;
    Id client;
    // Of the last completed pull. After a restore nothing is taken of whoever does not know of it: what was undone
    // comes first. Empty: takes it as it comes.
    std::string epoch;
    std::int64_t acked = 0;  // Results up to here are stored by the client and may be pruned.
    std::vector<Mutation> mutations;
};
struct PushResult {
    std::int64_t mid = 0;
    Id intent;
    MutationOutcome outcome;
};
// {"epoch":"..","results":[{"mid":6,"intent":"..","r":"applied"},{"mid":7,"intent":"..","r":"rejected","code":"clash",
//  "message":"..","theirs":{"subject":".."}}],"renew":false}
struct PushResponse {
    std::string epoch;
    std::vector<PushResult> results;
    bool renew_client = false;  // Gap, cloned profile or new epoch: take a new client id and re-offer by intent.
};

}  // namespace portal::wire
