#include "tests/ui/gallery/gallery.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/ui/screen.hpp"

namespace portal::ui::gallery {

// Every widget at every width and scheme: nothing trips a check, the mirror's containers close, and
// each page has its title.
TEST_CASE("every page of the gallery draws at every width and in every scheme") {
    for (const Scheme scheme : {Scheme::light, Scheme::dark, Scheme::forced_light, Scheme::forced_dark}) {
        for (const float width : {320.0f, 390.0f, 800.0f, 1280.0f, 2560.0f}) {
            const Density density = width < 640 ? Density::touch : Density::normal;
            test::Screen screen(ImVec2(width, 800), {.scheme = scheme, .density = density});
            State state;
            screen.draw([&] { draw_gallery(state); });
            for (int page = 0; page < page_count; ++page) {
                state.page = page;
                screen.frame(4);
                INFO("page " << page << ", width " << width);
                CHECK(screen.all(mirror::Role::heading).size() >= 1);
                CHECK(screen.find(mirror::Role::text, "Demo data") != nullptr);
            }
        }
    }
}

// Names are how people and tests find things: an item without one cannot be found.
TEST_CASE("everything that can be pressed in the gallery has a name and a place") {
    for (const float width : {390.0f, 1280.0f}) {
        test::Screen screen(ImVec2(width, 800), {.density = width < 640 ? Density::touch : Density::normal});
        State state;
        screen.draw([&] { draw_gallery(state); });
        for (int page = 0; page < page_count; ++page) {
            state.page = page;
            screen.frame(6);
            for (const mirror::Role role : {mirror::Role::button, mirror::Role::link, mirror::Role::checkbox,
                                            mirror::Role::combobox, mirror::Role::textbox, mirror::Role::image}) {
                for (const mirror::MirrorNode* node : screen.all(role)) {
                    INFO("page " << page << ", role " << static_cast<int>(role) << ", at " << node->rect.x << ","
                                 << node->rect.y);
                    CHECK_FALSE(node->name.empty());
                    CHECK(node->rect.width > 0);
                }
            }
        }
    }
}

}  // namespace portal::ui::gallery
