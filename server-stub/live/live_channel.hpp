// What a transport asks of whoever has something to tell over a live connection. Thread: any.
#pragma once

#include <cstdint>
#include <string>

namespace portal::server {

using LiveConnectionId = std::uint64_t;

// What take() gives: bytes to write (none when there is nothing), and whether to end the connection after them.
struct LiveOutput {
    std::string bytes;
    enum class Next : std::uint8_t { go_on, close } next = Next::go_on;
};

class LiveChannel {
  public:
    virtual ~LiveChannel() = default;
    // What to write now. Asks the grants when there is something to tell.
    virtual LiveOutput take(LiveConnectionId id) = 0;
    // A comment line for an idle connection; asks the grants, so that an ended session ends its connection too.
    virtual LiveOutput heartbeat(LiveConnectionId id) = 0;
    virtual void close(LiveConnectionId id) = 0;
};

}  // namespace portal::server
