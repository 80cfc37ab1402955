// The faces of the portal: IBM Plex Sans in three weights (its default digits are tabular) and one
// icon face.
//
// Dear ImGui rasterises glyphs on demand at the device's density, so any size is crisp.
// Thread: the UI thread only.
#pragma once

#include "app/ui/tokens.hpp"

#include <cstdint>
#include <span>

namespace portal::ui {

// Adds the faces to the atlas of the current ImGui context. Call once per context, before its first
// frame.
void load_fonts();

ImFont* face(FontWeight weight);
ImFont* icon_face();

// Merges a face for scripts that the built-in ones lack, so that no name becomes boxes. `bytes`
// must outlive the context.
void add_fallback_face(std::span<const std::uint8_t> bytes);

// Sizes as ImGui wants them, with the user's text scale applied.
float font_size(TextStyle style);
float icon_font_size(float box);

// For ImGui's own widgets (text fields): pushes the style's face and size for the scope.
class FontScope {
  public:
    explicit FontScope(TextStyle style);
    ~FontScope();
    FontScope(const FontScope&) = delete;
    FontScope& operator=(const FontScope&) = delete;
};

}  // namespace portal::ui
