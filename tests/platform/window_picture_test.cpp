#include "app/platform/window_picture.hpp"

#include <catch2/catch_test_macros.hpp>

using portal::platform::ShownPicture;

namespace {

// A frame of one triangle, as the renderer gets it.
struct Triangle {
    Triangle() {
        list.VtxBuffer.resize(3);
        for (int corner = 0; corner < 3; ++corner) {
            list.VtxBuffer[corner] = {.pos = {float(corner), 1}, .uv = {0, 0}, .col = 0xFF00FF00};
            list.IdxBuffer.push_back(static_cast<ImDrawIdx>(corner));
        }
        list.CmdBuffer.push_back({});
        list.CmdBuffer[0].ElemCount = 3;
        frame.CmdLists.push_back(&list);
        frame.CmdListsCount = 1;
        frame.DisplaySize = {100, 50};
        frame.FramebufferScale = {1, 1};
    }
    ImDrawList list{nullptr};
    ImDrawData frame;
};

constexpr ImVec4 white{1, 1, 1, 1};

}  // namespace

TEST_CASE("A frame that draws what is shown is not drawn again") {
    ShownPicture shown;
    Triangle triangle;
    CHECK(shown.replace(triangle.frame, white));
    CHECK_FALSE(shown.replace(triangle.frame, white));
    const Triangle same;
    CHECK_FALSE(shown.replace(same.frame, white));
}

TEST_CASE("Whatever the renderer reads makes another picture") {
    ShownPicture shown;
    Triangle triangle;
    REQUIRE(shown.replace(triangle.frame, white));
    const auto changes = [&] { return shown.replace(triangle.frame, white) && !shown.replace(triangle.frame, white); };

    triangle.list.VtxBuffer[2].col = 0xFF0000FF;
    CHECK(changes());
    triangle.list.IdxBuffer[0] = 2;
    CHECK(changes());
    triangle.list.CmdBuffer[0].ClipRect = {0, 0, 10, 10};
    CHECK(changes());
    triangle.frame.DisplaySize.x = 200;
    CHECK(changes());
    triangle.frame.FramebufferScale = {2, 2};
    CHECK(changes());
    triangle.list.IdxBuffer.push_back(0);
    CHECK(changes());
    triangle.frame.CmdLists.push_back(&triangle.list);
    CHECK(changes());
    triangle.frame.CmdLists.resize(0);
    CHECK(changes());
    CHECK(shown.replace(triangle.frame, {0, 0, 0, 1}));
}

TEST_CASE("A texture that is new or changed is drawn, though nothing else differs") {
    ShownPicture shown;
    Triangle triangle;
    ImTextureData texture;
    ImVector<ImTextureData*> textures;
    textures.push_back(&texture);
    triangle.frame.Textures = &textures;
    texture.Status = ImTextureStatus_WantCreate;
    CHECK(shown.replace(triangle.frame, white));
    texture.Status = ImTextureStatus_WantUpdates;
    CHECK(shown.replace(triangle.frame, white));
    texture.Status = ImTextureStatus_OK;
    CHECK_FALSE(shown.replace(triangle.frame, white));
}

TEST_CASE("A canvas that was emptied is drawn again") {
    ShownPicture shown;
    const Triangle triangle;
    REQUIRE(shown.replace(triangle.frame, white));
    shown.forget();
    CHECK(shown.replace(triangle.frame, white));
}
