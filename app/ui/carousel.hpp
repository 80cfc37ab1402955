// Cards in one row that a finger, a wheel or the focus moves sideways: for phones. As much of the next one is seen as
// tells that there is more.
//
//     Carousel tiles("figures", count);
//     for (...) { tiles.next(); Card card(...); ... }
//
// Thread: the UI thread, inside a frame.
#pragma once

#include <optional>

#include "app/ui/layout.hpp"

namespace portal::ui {

class Carousel {
  public:
    explicit Carousel(const char* id);
    ~Carousel();
    Carousel(const Carousel&) = delete;
    Carousel& operator=(const Carousel&) = delete;
    // Opens the next place; the former one is closed.
    void next();

  private:
    void close();

    ImVec2 m_at;
    float m_width = 0;
    float m_tallest = 0;
    std::optional<Area> m_area;
};

}  // namespace portal::ui
