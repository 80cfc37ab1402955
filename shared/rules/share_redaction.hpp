// What becomes visible by sharing, line by line: computed from the very datasets that guests are given.
#pragma once

#include <span>
#include <vector>

#include "shared/model/share_dataset.hpp"

namespace portal {

// In the datasets' order; then the views that the scope leaves out. A dataset outside the scope gives no line.
std::vector<RedactionLine> what_becomes_visible(const ShareScope& scope, std::span<const ShareDataset> datasets);

}  // namespace portal
