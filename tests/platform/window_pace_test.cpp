// The mirror waits a frame while something scrolls, and never for long.
#include "app/platform/window_pace.hpp"

#include <catch2/catch_test_macros.hpp>

using portal::platform::MirrorPace;

TEST_CASE("The mirror is told with the picture unless something scrolls", "[platform]") {
    MirrorPace pace;
    CHECK_FALSE(pace.may_wait(1'000));
    pace.note_scrolling();
    CHECK(pace.may_wait(1'016));
    // Rows that come later still belong to it.
    pace.note_told();
    CHECK(pace.may_wait(1'200));
    pace.note_told();
    CHECK_FALSE(pace.may_wait(1'217));
}

TEST_CASE("A mirror that waits is told while the scrolling goes on", "[platform]") {
    MirrorPace pace;
    double now_ms = 5'000;
    int waited = 0;
    for (int frame = 0; frame < 60; ++frame, now_ms += 16) {
        pace.note_scrolling();
        if (pace.may_wait(now_ms)) {
            ++waited;
            continue;
        }
        pace.note_told();
    }
    // Of sixty frames in a second, those of ten tellings at most did not wait, and some did not.
    CHECK(waited >= 50);
    CHECK(waited < 60);
}
