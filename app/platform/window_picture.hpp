// The picture that the canvas shows: all of a frame that the renderer reads.
//
// Dear ImGui needs a few frames to settle after each input, and most of them draw what the one before drew. Sending
// such a frame to the graphics card again costs as much as the first one did and shows nothing new, so it is not sent.
//
// Thread: the browser's main thread.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <span>
#include <vector>

namespace portal::platform {

class ShownPicture {
  public:
    // Keeps the frame as the one that is shown. False when the same one is shown already: nothing has to be drawn then.
    // A frame that creates or changes a texture is always another one.
    bool replace(const ImDrawData& frame, ImVec4 ground);
    // The canvas was emptied, or its context has gone: the next frame is another one, whatever it holds.
    void forget() { m_bytes.clear(); }

  private:
    std::vector<std::byte> m_bytes;
};

}  // namespace portal::platform
