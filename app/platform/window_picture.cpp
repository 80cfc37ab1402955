#include "app/platform/window_picture.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace portal::platform {

namespace {

using Bytes = std::span<const std::byte>;

template <typename Element>
Bytes bytes_of(const ImVector<Element>& elements) {
    return {reinterpret_cast<const std::byte*>(elements.Data), static_cast<std::size_t>(elements.size_in_bytes())};
}

bool changes_textures(const ImDrawData& frame) {
    return frame.Textures != nullptr &&
           std::any_of(frame.Textures->begin(), frame.Textures->end(),
                       [](const auto* texture) { return texture->Status != ImTextureStatus_OK; });
}

// Everything that the renderer reads, part by part. The sizes come first, so that no two frames give the same bytes.
template <typename Visit>
void for_each_part(const ImDrawData& frame, const ImVec4& ground, Visit visit) {
    const std::array numbers{frame.DisplayPos.x,
                             frame.DisplayPos.y,
                             frame.DisplaySize.x,
                             frame.DisplaySize.y,
                             frame.FramebufferScale.x,
                             frame.FramebufferScale.y,
                             ground.x,
                             ground.y,
                             ground.z,
                             ground.w};
    visit(std::as_bytes(std::span(numbers)));
    for (const ImDrawList* list : frame.CmdLists) {
        const std::array sizes{list->CmdBuffer.Size, list->IdxBuffer.Size, list->VtxBuffer.Size};
        visit(std::as_bytes(std::span(sizes)));
        visit(bytes_of(list->CmdBuffer));
        visit(bytes_of(list->IdxBuffer));
        visit(bytes_of(list->VtxBuffer));
    }
}

}  // namespace

bool ShownPicture::replace(const ImDrawData& frame, ImVec4 ground) {
    std::size_t position = 0;
    bool is_same = !changes_textures(frame);
    for_each_part(frame, ground, [&](Bytes part) {
        is_same = is_same && part.size() <= m_bytes.size() - position &&
                  (part.empty() || std::memcmp(m_bytes.data() + position, part.data(), part.size()) == 0);
        if (is_same) position += part.size();
    });
    if (is_same && position == m_bytes.size()) return false;
    m_bytes.clear();
    for_each_part(frame, ground, [&](Bytes part) { m_bytes.insert(m_bytes.end(), part.begin(), part.end()); });
    return true;
}

}  // namespace portal::platform
