// What of the present screen guests see otherwise, as marks for its places.
#pragma once

#include <span>
#include <vector>

#include "app/ui/landmark.hpp"
#include "app/views/view.hpp"
#include "shared/model/share_dataset.hpp"

namespace portal::views {

std::vector<ui::LandmarkMark> share_marks(const ViewContext& context, std::span<const RedactionLine> lines);

}  // namespace portal::views
