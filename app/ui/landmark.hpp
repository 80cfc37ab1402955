// Places on the screen that have a name, so that what one person points at is found on the screen of another, whose
// layout is a different one. Names are lower case: letters, digits, points and underscores.
//
// Thread: the UI thread, inside a frame. A place holds for the frame in which it was drawn and the one after it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/paint.hpp"

namespace portal::ui {

// Whatever is laid out during its life, as wide as the room there is.
class Landmark {
  public:
    explicit Landmark(std::string name);
    ~Landmark();
    Landmark(const Landmark&) = delete;
    Landmark& operator=(const Landmark&) = delete;

  private:
    std::string m_name;
    ImVec2 m_origin;
    float m_width = 0;
};
// A place whose box is known.
void note_landmark(std::string name, Box box);

struct LandmarkPoint {
    std::string name;
    ImVec2 part;  // Of the place's width and height, 0 to 1.
};
// The smallest place under a point; nothing where there is none.
std::optional<LandmarkPoint> landmark_at(ImVec2 point);
// Where that place is now.
std::optional<Box> find_landmark(std::string_view name);

// The first place in sight below that height and how much of it is above; nothing while none is.
std::optional<LandmarkPoint> landmark_in_sight(float top);

// What others see otherwise: an eye at the corner of the place, and why.
struct LandmarkMark {
    std::string name;
    std::string words;
};
// Until it is called again. `unnamed` are the words for cards that hold no place with a name, which others never see;
// empty: those are not marked.
void mark_landmarks(std::vector<LandmarkMark> marks, std::string unnamed = {});
// For cards: how many places have been noted in this frame, and the mark of one that has noted none.
std::size_t noted_landmarks();
void mark_unnamed(Box card);

enum class PointerKind : std::uint8_t { quiet, laser };
// Somebody's pointer over everything; with a name beside it when there is one.
void paint_pointer(ImVec2 at, std::string_view name, PointerKind kind = PointerKind::quiet);
// Scrolls so that this part of the place, 0 to 1 of its height, stands at the top.
void scroll_to_part(Box box, float part);
// To where the content begins.
void scroll_to_head();
// Brings a height into the middle of the area that scrolls here, if it is out of sight.
void scroll_into_view(Box box);

}  // namespace portal::ui
