#include "app/ui/fonts.hpp"

#include "generated/fonts.hpp"

#include <array>
#include <cstdio>

namespace portal::ui {
namespace {

struct Faces {
    std::array<ImFont*, 3> text{};
    ImFont* icons = nullptr;
};

Faces& faces() {
    static Faces value;
    return value;
}

ImFont* add_face(std::span<const std::uint8_t> bytes, const char* name, ImFont* merge_into) {
    ImFontConfig config;
    // The bytes are constants of the program; the atlas only reads them.
    config.FontDataOwnedByAtlas = false;
    config.PixelSnapH = false;
    config.OversampleH = 2;
    config.MergeMode = merge_into != nullptr;
    config.DstFont = merge_into;
    std::snprintf(config.Name, sizeof(config.Name), "%s", name);
    const float base_size = type_token(TextStyle::body).em * face_line_ratio;
    return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<std::uint8_t*>(bytes.data()),
                                                      static_cast<int>(bytes.size()), base_size, &config);
}

}  // namespace

void load_fonts() {
    Faces& loaded = faces();
    loaded.text[static_cast<std::size_t>(FontWeight::regular)] = add_face(assets::font_regular, "regular", nullptr);
    loaded.text[static_cast<std::size_t>(FontWeight::medium)] = add_face(assets::font_medium, "medium", nullptr);
    loaded.text[static_cast<std::size_t>(FontWeight::semibold)] = add_face(assets::font_semibold, "semibold", nullptr);
    loaded.icons = add_face(assets::font_icons, "icons", nullptr);
    ImGui::GetIO().FontDefault = loaded.text[0];
}

ImFont* face(FontWeight weight) {
    return faces().text[static_cast<std::size_t>(weight)];
}
ImFont* icon_face() {
    return faces().icons;
}

void add_fallback_face(std::span<const std::uint8_t> bytes) {
    for (ImFont* target : faces().text) {
        add_face(bytes, "fallback", target);
    }
}

float font_size(TextStyle style) {
    return type_token(style).em * face_line_ratio * theme().text_scale;
}

float icon_font_size(float box) {
    return box * theme().text_scale;
}

FontScope::FontScope(TextStyle style) {
    // PushFont applies the text scale itself, so it is given the unscaled size.
    const TypeToken token = type_token(style);
    ImGui::PushFont(face(token.weight), token.em * face_line_ratio);
}

FontScope::~FontScope() {
    ImGui::PopFont();
}

}  // namespace portal::ui
